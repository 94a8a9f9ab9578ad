//! What a text is worth for a search, and the piece of it that shows why.
//!
//! Reckoned here rather than by the databases: they would weigh the same text differently, and a
//! weight that counts the words of every document would let notes show through it.

use pigeon_wire::search::Piece;

use super::fold::{self, Cut};
use super::query::Term;

/// About how many characters a snippet has.
const SNIPPET_CHARS: usize = 180;
/// Characters before the first hit.
const LEAD_CHARS: usize = 40;
/// Words of a text of middling length.
const MIDDLING_WORDS: i64 = 60;
/// The worth of a term that could not be there more often.
const WORTH: i64 = 1000;

/// A text with the terms that were looked for.
pub struct Found<'t> {
    text: &'t str,
    cuts: Vec<Cut>,
}

impl<'t> Found<'t> {
    /// Cuts a text.
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            cuts: fold::cut(text),
        }
    }

    fn words(&self) -> Vec<&str> {
        self.cuts.iter().map(|cut| cut.word.as_str()).collect()
    }

    /// How well the text fits: each term counts the more often it is there, ever less, and less in a
    /// long text; a mere beginning counts half.
    pub fn score(&self, terms: &[Term]) -> i64 {
        let words = self.words();
        let length = i64::try_from(words.len()).unwrap_or(i64::MAX);
        let damp = 300 + 900 * length.min(10 * MIDDLING_WORDS) / MIDDLING_WORDS;
        let of_term = |term: &Term| {
            let hits = (0..words.len()).filter_map(|at| term.stands_at(&words, at));
            let weight: i64 = hits
                .map(|exact| if exact { WORTH } else { WORTH / 2 })
                .sum();
            let wide = i64::try_from(term.words.len()).unwrap_or(1);
            wide * WORTH * weight / (weight + damp)
        };
        terms.iter().map(of_term).sum()
    }

    /// The text around the first hit, with every hit in it marked.
    pub fn snippet(&self, terms: &[Term]) -> Vec<Piece> {
        let words = self.words();
        let mut hits: Vec<(usize, usize)> = Vec::new();
        for at in 0..words.len() {
            let long = terms
                .iter()
                .filter(|term| term.stands_at(&words, at).is_some())
                .map(|term| term.words.len())
                .max();
            let last = long.and_then(|long| self.cuts.get(at + long - 1));
            if let (Some(first), Some(last)) = (self.cuts.get(at), last) {
                match hits.last_mut() {
                    Some((_, end)) if first.range.start < *end => {
                        *end = (*end).max(last.range.end);
                    }
                    _ => hits.push((first.range.start, last.range.end)),
                }
            }
        }
        let (from, to) = self.window(hits.first().map_or(0, |(start, _)| *start));
        let mut pieces = Vec::new();
        let mut push = |from: usize, to: usize, hit: bool| {
            if let Some(text) = self.text.get(from..to).filter(|text| !text.is_empty()) {
                let text = text.replace('\n', " ");
                pieces.push(Piece { text, hit });
            }
        };
        let mut at = from;
        for (start, end) in hits
            .into_iter()
            .filter(|(start, _)| (from..to).contains(start))
        {
            let end = end.min(to);
            push(at, start, false);
            push(start, end, true);
            at = end;
        }
        push(at, to, false);
        if from > 0
            && let Some(first) = pieces.first_mut()
        {
            first.text.insert(0, '…');
        }
        if to < self.text.len()
            && let Some(last) = pieces.last_mut()
        {
            last.text.push('…');
        }
        pieces
    }

    /// The bytes that are shown around `hit`, at the ends of letters and, where it can be, of words.
    fn window(&self, hit: usize) -> (usize, usize) {
        let before = self.text.get(..hit).unwrap_or_default();
        let lead = before.char_indices().rev().take(LEAD_CHARS).last();
        let earliest = lead.map_or(hit, |(at, _)| at);
        let words = self.cuts.iter().map(|cut| cut.range.start);
        let from = if earliest == 0 {
            0
        } else {
            words.clone().find(|at| *at >= earliest).unwrap_or(earliest)
        };
        let rest = self.text.get(from..).unwrap_or_default();
        let to = match rest.char_indices().nth(SNIPPET_CHARS) {
            None => self.text.len(),
            Some((length, _)) => from + length,
        };
        (from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Query;
    use proptest::prelude::*;

    fn shown(text: &str, typed: &str) -> String {
        let pieces = Found::new(text).snippet(&Query::read(typed).terms);
        let mark = |piece: &Piece| {
            if piece.hit {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(mark).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_in_the_original_text() {
        assert_eq!(shown("Die Crème\nbrûlée.", "creme"), "Die [Crème] brûlée.");
        assert_eq!(
            shown("It leaks at the spout", "\"leaks at\""),
            "It [leaks at] the spout"
        );
        assert_eq!(shown("京東京都庁", "東京都"), "京[東京都]庁");
        assert_eq!(shown("Kettles", "kett"), "[Kettles]");
        assert_eq!(shown("nothing", "kett"), "nothing");
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_hit() {
        let text = format!("{} kettle {}", "word ".repeat(100), "tail ".repeat(100));
        let shown = shown(&text, "kettle");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("[kettle]"), "{shown}");
        assert!(shown.chars().count() < SNIPPET_CHARS + 8, "{shown}");
    }

    #[test]
    fn more_and_whole_words_in_less_text_are_worth_more() {
        let score = |text: &str| Found::new(text).score(&Query::read("kettle").terms);
        assert!(score("kettle") > score("a kettle in many other words here"));
        assert!(score("kettle kettle") > score("kettle other"));
        assert!(score("kettle") > score("kettles"));
        assert_eq!(score("nothing"), 0);
    }

    proptest! {
        #[test]
        fn a_snippet_is_cut_from_any_text(text in "\\PC*|.*", typed in "\\PC{0,20}") {
            let terms = Query::read(&typed).terms;
            let found = Found::new(&text);
            prop_assert!(found.score(&terms) >= 0);
            let whole: String = found.snippet(&terms).into_iter().map(|piece| piece.text).collect();
            prop_assert!(whole.chars().count() <= SNIPPET_CHARS + 2);
        }
    }
}
