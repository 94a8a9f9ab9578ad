//! Reading acts and what became of them: the members of every kind side by side, as in
//! [`crate::note`]'s reader.

use serde::Deserialize;

use super::{Outcome, ThreadAct};
use crate::Fault;
use crate::id::{Millis, WaitingId};
use crate::tag::Tag;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Assign,
    Status,
    Snooze,
    Tag,
    Follow,
    Unsend,
    Send,
    Trash,
    Restore,
}

/// An act as it is read. Whom or what it is about are words alike.
#[derive(Deserialize)]
pub(super) struct FlatAct {
    act: Kind,
    from: Option<String>,
    to: Option<String>,
    was: Option<Millis>,
    until: Option<Millis>,
    tag: Option<Tag>,
    #[serde(default)]
    on: bool,
    reply: Option<WaitingId>,
    #[serde(default)]
    seen: i64,
    trashed_at: Option<Millis>,
}

const BAD: &str = "an act that lacks what its kind has";

fn word<T: std::str::FromStr>(word: Option<String>) -> Result<Option<T>, &'static str> {
    word.map(|word| word.parse().map_err(|_| BAD)).transpose()
}

impl TryFrom<FlatAct> for ThreadAct {
    type Error = &'static str;

    fn try_from(flat: FlatAct) -> Result<Self, &'static str> {
        Ok(match flat.act {
            Kind::Assign => Self::Assign {
                from: word(flat.from)?,
                to: word(flat.to)?,
            },
            Kind::Status => Self::Status {
                from: word(flat.from)?,
                to: word(flat.to)?.ok_or(BAD)?,
            },
            Kind::Snooze => Self::Snooze {
                was: flat.was,
                until: flat.until,
            },
            Kind::Tag => Self::Tag {
                tag: flat.tag.ok_or(BAD)?,
                on: flat.on,
            },
            Kind::Follow => Self::Follow { on: flat.on },
            Kind::Unsend => Self::Unsend {
                reply: flat.reply.ok_or(BAD)?,
            },
            Kind::Send => Self::Send {
                reply: flat.reply.ok_or(BAD)?,
                until: flat.until,
                seen: flat.seen,
            },
            Kind::Trash => Self::Trash,
            Kind::Restore => Self::Restore {
                trashed_at: flat.trashed_at,
            },
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Is {
    Done,
    Nothing,
    Refused,
}

/// What became of a task, as it is read.
#[derive(Deserialize)]
pub(super) struct FlatOutcome {
    is: Is,
    undo: Option<ThreadAct>,
    fault: Option<Fault>,
}

impl TryFrom<FlatOutcome> for Outcome {
    type Error = &'static str;

    fn try_from(flat: FlatOutcome) -> Result<Self, &'static str> {
        match (flat.is, flat.undo, flat.fault) {
            (Is::Done, Some(undo), _) => Ok(Self::Done { undo }),
            (Is::Nothing, ..) => Ok(Self::Nothing),
            (Is::Refused, _, Some(fault)) => Ok(Self::Refused { fault }),
            _ => Err("an outcome that lacks what its kind has"),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::PersonId;
    use crate::thread::Status;

    #[test]
    fn every_kind_reads_back() {
        let nora = Some(PersonId(Uuid::from_u128(7)));
        let acts = [
            ThreadAct::Assign {
                from: None,
                to: nora,
            },
            ThreadAct::Status {
                from: Some(Status::Open),
                to: Status::Closed,
            },
            ThreadAct::Snooze {
                was: None,
                until: Some(Millis(7)),
            },
            ThreadAct::Snooze {
                was: Some(Millis(7)),
                until: None,
            },
            ThreadAct::Tag {
                tag: "vip".parse().unwrap(),
                on: true,
            },
            ThreadAct::Follow { on: true },
            ThreadAct::Unsend {
                reply: WaitingId(Uuid::from_u128(9)),
            },
            ThreadAct::Send {
                reply: WaitingId(Uuid::from_u128(9)),
                until: Some(Millis(7)),
                seen: 3,
            },
            ThreadAct::Trash,
            ThreadAct::Restore {
                trashed_at: Some(Millis(5)),
            },
        ];
        let done = acts.map(|undo| Outcome::Done { undo });
        let refused = Outcome::Refused {
            fault: Fault::Trashed,
        };
        for outcome in done.into_iter().chain([Outcome::Nothing, refused]) {
            let json = serde_json::to_string(&outcome).unwrap();
            assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome);
        }
        let bad = r#"{"act":"status","to":"gone"}"#;
        assert!(serde_json::from_str::<ThreadAct>(bad).is_err());
    }
}
