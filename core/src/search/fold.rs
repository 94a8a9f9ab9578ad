//! Text folded and cut into words, in Rust, so that both databases hold the same words: accents and
//! case go, and what is written without spaces is cut into overlapping pairs.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Most characters of one word; what is longer is known by its beginning.
const WORD_CHARS_MAX: usize = 48;

/// A word as it is indexed, and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The folded word.
    pub word: String,
    /// The bytes of the original text.
    pub range: Range<usize>,
    /// Whether it is a letter of a script without spaces: a pair, or the last one alone.
    pub dense: bool,
    /// Whether it is the last letter of a dense run, indexed so that every letter begins a word.
    pub tail: bool,
}

/// All words of a text, in order.
pub fn cut(text: &str) -> Vec<Cut> {
    let mut knife = Knife::default();
    for (at, letter) in text.char_indices() {
        knife.take(letter, at..at + letter.len_utf8());
    }
    knife.end_word();
    knife.end_run();
    knife.cuts
}

#[derive(Default)]
struct Knife {
    cuts: Vec<Cut>,
    word: String,
    chars: usize,
    range: Range<usize>,
    run: Vec<(char, Range<usize>)>,
}

impl Knife {
    fn take(&mut self, letter: char, range: Range<usize>) {
        if letter.is_ascii() {
            if letter.is_ascii_alphanumeric() {
                self.push(letter.to_ascii_lowercase(), range);
            } else {
                self.end_word();
                self.end_run();
            }
            return;
        }
        for part in std::iter::once(letter).nfkd() {
            if is_combining_mark(part) {
                continue;
            }
            for lower in part.to_lowercase().filter(|c| !is_combining_mark(*c)) {
                match plain(lower) {
                    Some(plain) => plain.chars().for_each(|c| self.push(c, range.clone())),
                    None => self.push(lower, range.clone()),
                }
            }
        }
    }

    fn push(&mut self, letter: char, range: Range<usize>) {
        if is_dense(letter) && letter.is_alphanumeric() {
            self.end_word();
            self.run.push((letter, range));
            return;
        }
        self.end_run();
        if !letter.is_alphanumeric() {
            self.end_word();
            return;
        }
        if self.word.is_empty() {
            self.range = range.clone();
        }
        self.range.end = range.end;
        self.chars += 1;
        if self.chars <= WORD_CHARS_MAX {
            self.word.push(letter);
        }
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        self.chars = 0;
        self.cuts.push(Cut {
            word: std::mem::take(&mut self.word),
            range: self.range.clone(),
            dense: false,
            tail: false,
        });
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for (at, (letter, range)) in run.iter().enumerate() {
            let next = run.get(at + 1);
            let mut word = String::from(*letter);
            word.extend(next.map(|(next, _)| *next));
            let end = next.map_or(range.end, |(_, next)| next.end);
            self.cuts.push(Cut {
                word,
                range: range.start..end,
                dense: true,
                tail: next.is_none(),
            });
        }
    }
}

/// Letters that no decomposition makes plain, as people type them without their keyboard.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Letters of scripts that are written without spaces between words.
const fn is_dense(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}'      // Thai, Lao
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}'    // Kana
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'    // Han
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && !matches!(
            letter,
            '\u{30a0}' | '\u{30fb}' | '\u{0e3f}' | '\u{0e4f}' | '\u{0e5a}' | '\u{0e5b}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|cut| cut.word).collect()
    }

    #[test]
    fn accents_and_case_go() {
        assert_eq!(
            words("Crème BRÛLÉE, naïve Straße"),
            ["creme", "brulee", "naive", "strasse"]
        );
        assert_eq!(
            words("cre\u{300}me Łódź İstanbul"),
            ["creme", "lodz", "istanbul"]
        );
        assert_eq!(words("ﬁne Ａ１ x²"), ["fine", "a1", "x2"]);
    }

    #[test]
    fn what_is_written_without_spaces_is_cut_into_pairs() {
        assert_eq!(words("東京都へ"), ["東京", "京都", "都へ", "へ"]);
        assert_eq!(words("a東b"), ["a", "東", "b"]);
        assert_eq!(words("がく"), ["かく", "く"]);
    }

    #[test]
    fn signs_part_words() {
        assert_eq!(words("a.b@c-d_e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(words("\"*^(NEAR) AND ¤x"), ["near", "and", "x"]);
    }

    proptest! {
        #[test]
        fn no_text_yields_anything_but_letters_and_digits(text in "\\PC*|.*") {
            let mut end = 0;
            for cut in cut(&text) {
                prop_assert!(!cut.word.is_empty());
                prop_assert!(cut.word.chars().all(char::is_alphanumeric), "{}", cut.word);
                prop_assert!(text.get(cut.range.clone()).is_some());
                prop_assert!(cut.range.end >= end);
                end = cut.range.end;
            }
        }
    }
}
