//! What was typed, read into words and filters. Anything can be typed: what is no operator is plain
//! words, and words are never a language of their own.

use pigeon_wire::Millis;
use pigeon_wire::id::DAY_MS;
use pigeon_wire::search::{Chip, SEARCH_CHARS_MAX};
use pigeon_wire::thread::Status;

use super::fold::{self, Cut};

/// Most terms of one search; more are not looked at.
const TERMS_MAX: usize = 12;
/// Fewest letters of a beginning that stands for all words that begin so.
const BEGINNING_CHARS_MIN: usize = 3;

/// Words that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The folded words.
    pub words: Vec<String>,
    /// Whether the last one stands for every word that begins so.
    pub begins: bool,
}

/// Who must look after the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookedAfter {
    /// Whoever searches.
    ByMe,
    /// Nobody.
    ByNobody,
    /// Whoever of the team has this name or address.
    By(Term),
}

/// A search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must be there.
    pub terms: Vec<Term>,
    /// Who must have written it.
    pub from: Vec<Term>,
    /// The thread's status.
    pub status: Option<Status>,
    /// Who looks after the thread.
    pub assignee: Option<LookedAfter>,
    /// Whether a file must hang on it.
    pub has_file: bool,
    /// Whether only notes are wanted.
    pub in_note: bool,
    /// Before this moment.
    pub before: Option<Millis>,
    /// From this moment on.
    pub since: Option<Millis>,
    /// The operators, with what stays without each.
    pub chips: Vec<Chip>,
}

impl Query {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Self {
        let typed: String = typed.chars().take(SEARCH_CHARS_MAX).collect();
        let parts = parts(&typed);
        let mut query = Self::default();
        let mut operators = Vec::new();
        let ends_inside = typed.chars().last().is_some_and(|c| !c.is_whitespace());
        for (at, part) in parts.iter().enumerate() {
            let is_last = at + 1 == parts.len() && ends_inside;
            if part
                .operator()
                .is_some_and(|(name, value)| query.operator(name, value))
            {
                operators.push(at);
            } else if query.terms.len() < TERMS_MAX {
                let begins = is_last && !part.quoted;
                query.terms.extend(Term::of(part.text, begins));
            }
        }
        let whole = |part: &Part| part.whole.to_owned();
        query.chips = operators
            .into_iter()
            .filter_map(|at| {
                let rest = parts.iter().enumerate().filter(|(other, _)| *other != at);
                let rest: Vec<String> = rest.map(|(_, part)| whole(part)).collect();
                parts.get(at).map(|part| Chip {
                    text: whole(part),
                    without: rest.join(" "),
                })
            })
            .collect();
        query
    }

    /// Whether it asks for anything.
    pub fn asks(&self) -> bool {
        !self.terms.is_empty() || !self.chips.is_empty()
    }

    /// Takes an operator; tells whether it is one.
    fn operator(&mut self, name: &str, value: &str) -> bool {
        match name {
            "from" => {
                let Some(term) = Term::of(value, true).filter(|_| self.from.len() < TERMS_MAX)
                else {
                    return false;
                };
                self.from.push(term);
            }
            "is" => match value.parse() {
                Ok(status) => self.status = Some(status),
                Err(_) => return false,
            },
            "assignee" => {
                self.assignee = Some(match value {
                    "me" => LookedAfter::ByMe,
                    "none" | "nobody" => LookedAfter::ByNobody,
                    name => match Term::of(name, true) {
                        Some(term) => LookedAfter::By(term),
                        None => return false,
                    },
                });
            }
            "has" if value == "file" => self.has_file = true,
            "in" if value == "note" => self.in_note = true,
            "before" | "after" => {
                let Some(day) = Millis::of_day(value) else {
                    return false;
                };
                if name == "before" {
                    self.before = Some(day);
                } else {
                    self.since = Some(day.plus(DAY_MS));
                }
            }
            _ => return false,
        }
        true
    }
}

impl Term {
    /// The words of a text that stands in one piece.
    pub fn of(text: &str, begins: bool) -> Option<Self> {
        let mut cuts = fold::cut(text);
        let is_pair = |cut: &Cut| cut.dense && !cut.tail;
        // The last letter of a run is part of the pair before it already.
        if let [.., before, last] = cuts.as_slice()
            && last.tail
            && is_pair(before)
        {
            cuts.pop();
        }
        let last = cuts.last()?;
        let alone = last.tail;
        let long = last.word.chars().count() >= BEGINNING_CHARS_MIN;
        let begins = alone || (begins && long && !last.dense);
        Some(Self {
            words: cuts.into_iter().map(|cut| cut.word).collect(),
            begins,
        })
    }

    /// How many words from `at` on it covers in a text, if it stands there; and whether the last
    /// word is there as a whole.
    pub fn stands_at(&self, words: &[&str], at: usize) -> Option<bool> {
        let there = words.get(at..at + self.words.len())?;
        let (last, before) = self.words.split_last()?;
        let (there_last, there_before) = there.split_last()?;
        if before != there_before {
            return None;
        }
        let exact = last == there_last;
        (exact || (self.begins && there_last.starts_with(last.as_str()))).then_some(exact)
    }
}

/// A piece of what was typed: a word, or what stands in quotation marks.
struct Part<'t> {
    whole: &'t str,
    text: &'t str,
    quoted: bool,
}

impl<'t> Part<'t> {
    /// The name and the value, if it looks like an operator.
    fn operator(&self) -> Option<(&'t str, &'t str)> {
        if self.quoted {
            return None;
        }
        let (name, value) = self.whole.split_once(':')?;
        Some((name, value.trim_matches('"')))
    }
}

/// Parts at white space outside of quotation marks; a mark that is not closed goes to the end.
fn parts(typed: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let mut inside = false;
        let end = rest.find(|c: char| {
            inside ^= c == '"';
            c.is_whitespace() && !inside
        });
        let (whole, after) = rest.split_at(end.unwrap_or(rest.len()));
        parts.push(Part {
            whole,
            text: whole.trim_matches('"'),
            quoted: whole.starts_with('"'),
        });
        rest = after.trim_start();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn term(words: &[&str], begins: bool) -> Term {
        Term {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            begins,
        }
    }

    #[test]
    fn words_phrases_and_a_beginning_are_told_apart() {
        let query = Query::read("Kettle \"leaks at\" a.b spo");
        let expected = [
            term(&["kettle"], false),
            term(&["leaks", "at"], false),
            term(&["a", "b"], false),
            term(&["spo"], true),
        ];
        assert_eq!(query.terms, expected);
        assert_eq!(Query::read("spo ").terms, [term(&["spo"], false)]);
        assert_eq!(Query::read("sp").terms, [term(&["sp"], false)]);
        assert_eq!(
            Query::read("東京都").terms,
            [term(&["東京", "京都"], false)]
        );
        assert_eq!(Query::read("東").terms, [term(&["東"], true)]);
    }

    #[test]
    fn operators_become_filters() {
        let query = Query::read(
            "from:Guido is:open assignee:me has:file in:note before:2026-02-01 after:2025-12-31",
        );
        assert!(query.terms.is_empty());
        assert_eq!(query.from, [term(&["guido"], true)]);
        assert_eq!(query.status, Some(Status::Open));
        assert_eq!(query.assignee, Some(LookedAfter::ByMe));
        assert!(query.has_file && query.in_note);
        assert_eq!(query.before.unwrap().rfc3339(), "2026-02-01T00:00:00Z");
        assert_eq!(query.since.unwrap().rfc3339(), "2026-01-01T00:00:00Z");
        assert_eq!(query.chips.len(), 7);
        assert!(query.chips[1].without.starts_with("from:Guido assignee:me"));
        let quoted = Query::read("from:\"Guido Berg\" x");
        assert_eq!(quoted.from, [term(&["guido", "berg"], true)]);
    }

    #[test]
    fn what_is_no_operator_is_plain_words() {
        let typed = "is:purple has:wings nearby:3 before:2026-02-30 before:soon \"is:open\" from:";
        let query = Query::read(typed);
        assert!(query.chips.is_empty() && query.status.is_none());
        assert_eq!(query.terms.first(), Some(&term(&["is", "purple"], false)));
        assert_eq!(query.terms.len(), 7);
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_panics(typed in "\\PC*|.*|([a-z]{1,8}:[\"a-z0-9東 -]*)*") {
            let query = Query::read(&typed);
            prop_assert!(query.terms.len() <= TERMS_MAX);
            for term in query.terms.iter().chain(&query.from) {
                prop_assert!(!term.words.is_empty());
                prop_assert!(term.words.iter().all(|w| w.chars().all(char::is_alphanumeric)));
            }
            for chip in &query.chips {
                prop_assert!(Query::read(&chip.without).chips.len() < query.chips.len() + 1);
            }
        }
    }
}
