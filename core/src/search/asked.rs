//! A search in the words of each database. Every word stands in quotation marks of its own and is
//! made of letters and digits alone, so that nothing typed can be read as anything else.

use super::index::{self, AUTHOR, FILE};
use super::query::{Query, Term};

/// What the index is asked for; nothing where a search has no words.
pub struct Asked {
    terms: Vec<Wanted>,
    threads: Vec<String>,
}

struct Wanted {
    words: Vec<String>,
    begins: bool,
}

impl Asked {
    /// The words and marks of a search, within `threads` if there are some.
    pub fn of(query: &Query, threads: &[pigeon_wire::ThreadId]) -> Self {
        let plain = |term: &Term| Wanted {
            words: term.words.clone(),
            begins: term.begins,
        };
        let author = |term: &Term| Wanted {
            words: term
                .words
                .iter()
                .map(|word| [AUTHOR, word].concat())
                .collect(),
            begins: term.begins,
        };
        let mut terms: Vec<Wanted> = query.terms.iter().map(plain).collect();
        terms.extend(query.from.iter().map(author));
        if query.has_file {
            terms.push(Wanted {
                words: vec![FILE.to_owned()],
                begins: false,
            });
        }
        Self {
            terms,
            threads: threads.iter().map(|id| index::of_thread(*id)).collect(),
        }
    }

    /// Whether there is nothing to ask the index for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.threads.is_empty()
    }

    /// For FTS5.
    pub fn for_sqlite(&self) -> String {
        let terms = self.terms.iter().map(|wanted| {
            let star = if wanted.begins { " *" } else { "" };
            format!("\"{}\"{star}", wanted.words.join(" "))
        });
        let quoted = self.threads.iter().map(|mark| format!("\"{mark}\""));
        both(terms.collect(), quoted.collect(), " AND ", " OR ")
    }

    /// For PostgreSQL, within the marks of time of one range.
    pub fn for_postgres(&self, times: &[String]) -> String {
        let terms = self.terms.iter().map(|wanted| {
            let last = wanted.words.len().saturating_sub(1);
            let quoted = wanted.words.iter().enumerate().map(|(at, word)| {
                let star = if wanted.begins && at == last {
                    ":*"
                } else {
                    ""
                };
                format!("'{word}'{star}")
            });
            format!("({})", quoted.collect::<Vec<_>>().join(" <-> "))
        });
        let mut terms: Vec<String> = terms.collect();
        if !times.is_empty() {
            let times: Vec<String> = times.iter().map(|time| format!("'{time}'")).collect();
            terms.push(format!("({})", times.join(" | ")));
        }
        let quoted = self.threads.iter().map(|mark| format!("'{mark}'"));
        both(terms, quoted.collect(), " & ", " | ")
    }
}

fn both(mut terms: Vec<String>, any: Vec<String>, and: &str, or: &str) -> String {
    if !any.is_empty() {
        terms.push(format!("({})", any.join(or)));
    }
    terms.join(and)
}
