//! The orders in which a list can stand: one rule for the server's pages and for rows that arrive
//! live.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::InboxRow;
use crate::id::{Millis, ThreadId};

choice! {
    /// In which order a list stands.
    Sort {
        /// The newest message first.
        Activity = "activity",
        /// Whoever has waited longest first; below them those who wait for nothing.
        Waiting = "waiting",
        /// The newest thread first.
        Created = "created",
        /// By subject, from A to Z; those without one first.
        Subject = "subject",
    }
}

/// Where a row stands in its list: rows are in the order of these, and a page goes on after one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowCursor {
    /// By a moment, newest first.
    Newest(Reverse<(Millis, ThreadId)>),
    /// By a moment, oldest first.
    Oldest(Millis, ThreadId),
    /// By a text.
    Text(String, ThreadId),
}

impl Sort {
    /// Where `row` stands.
    pub fn place(self, row: &InboxRow) -> RowCursor {
        match self {
            Self::Activity => RowCursor::Newest(Reverse((row.active_at, row.id))),
            Self::Created => RowCursor::Newest(Reverse((row.created_at, row.id))),
            Self::Waiting => {
                let since = row.waiting_since.unwrap_or(Millis(i64::MAX));
                RowCursor::Oldest(since, row.id)
            }
            Self::Subject => {
                let subject = row.subject.as_deref().unwrap_or_default();
                RowCursor::Text(fold_subject(subject), row.id)
            }
        }
    }
}

/// A subject as lists sort it.
pub fn fold_subject(subject: &str) -> String {
    subject.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::tests::row;

    #[test]
    fn each_order_puts_what_it_is_about_first() {
        let older = InboxRow {
            subject: Some("Zebra".into()),
            waiting_since: Some(Millis(1)),
            active_at: Millis(9),
            ..row(1)
        };
        let newer = InboxRow {
            subject: Some("ärger".into()),
            waiting_since: None,
            active_at: Millis(5),
            created_at: Millis(8),
            ..row(2)
        };
        let first = |sort: Sort| sort.place(&older) < sort.place(&newer);
        assert!(first(Sort::Activity));
        assert!(first(Sort::Waiting), "who waits comes before who does not");
        assert!(!first(Sort::Created));
        assert!(
            first(Sort::Subject),
            "by letters alone, whatever their case"
        );
        assert_eq!(fold_subject(" ÄRGER "), "ärger");
    }

    #[test]
    fn ids_break_ties_and_a_place_survives_the_wire() {
        for sort in Sort::ALL {
            let (one, two) = (
                sort.place(&row(1)),
                sort.place(&InboxRow {
                    id: row(2).id,
                    ..row(1)
                }),
            );
            assert_ne!(one, two, "{sort}");
            let json = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<RowCursor>(&json).unwrap(), one);
        }
    }
}
