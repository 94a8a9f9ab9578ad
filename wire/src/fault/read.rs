//! Reading a fault. The derived reader would take values before the code, too: it keeps them for later
//! and so brings a second reader of every type in them into the browser's programs. Whoever writes a
//! fault writes the code first (problem details sort their members), and so it is asked for.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Fault, Problem};

/// The members of a fault; problem details have others beside them.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Member {
    Code,
    Values,
    #[serde(other)]
    Other,
}

/// What [`Fault::code`] says.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Code {
    Invalid,
    Files,
    NotFound,
    NotSignedIn,
    WrongPassword,
    Forbidden,
    OutOfScope,
    Expired,
    Overtaken,
    Changed,
    Moved,
    Trashed,
    KeyReused,
    Off,
    TooMany,
    Busy,
    Malformed,
    TooLarge,
    Internal,
}

#[derive(Deserialize)]
struct Wait {
    retry_after_s: u32,
}

struct Reader;

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_map(Reader)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Fault;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a fault")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fault, M::Error> {
        let (mut code, mut fault) = (None, None);
        while let Some(member) = map.next_key()? {
            match (member, code) {
                (Member::Code, _) => code = Some(map.next_value()?),
                (Member::Values, Some(code)) => fault = with_values(code, &mut map)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let code = code.ok_or_else(|| M::Error::missing_field("code"))?;
        let fault = fault.or_else(|| alone(code));
        fault.ok_or_else(|| M::Error::missing_field("values"))
    }
}

/// A fault that has values; of any other they are passed over.
fn with_values<'de, M: MapAccess<'de>>(code: Code, map: &mut M) -> Result<Option<Fault>, M::Error> {
    Ok(Some(match code {
        Code::Invalid => Fault::Invalid(map.next_value()?),
        Code::Files => Fault::Files(map.next_value()?),
        Code::Forbidden => Fault::Forbidden(map.next_value()?),
        Code::Overtaken => Fault::Overtaken(map.next_value()?),
        Code::Moved => Fault::Moved(map.next_value()?),
        Code::TooMany => {
            let Wait { retry_after_s } = map.next_value()?;
            Fault::TooMany { retry_after_s }
        }
        Code::Busy => {
            let Wait { retry_after_s } = map.next_value()?;
            Fault::Busy { retry_after_s }
        }
        _ => {
            map.next_value::<IgnoredAny>()?;
            return Ok(None);
        }
    }))
}

/// A fault that needs no values.
const fn alone(code: Code) -> Option<Fault> {
    Some(match code {
        Code::NotFound => Fault::NotFound,
        Code::NotSignedIn => Fault::NotSignedIn,
        Code::WrongPassword => Fault::WrongPassword,
        Code::OutOfScope => Fault::OutOfScope,
        Code::Expired => Fault::Expired,
        Code::Changed => Fault::Changed,
        Code::Trashed => Fault::Trashed,
        Code::KeyReused => Fault::KeyReused,
        Code::Off => Fault::Off,
        Code::Malformed => Fault::Malformed,
        Code::TooLarge => Fault::TooLarge,
        Code::Internal => Fault::Internal,
        Code::Invalid
        | Code::Files
        | Code::Forbidden
        | Code::Overtaken
        | Code::Moved
        | Code::TooMany
        | Code::Busy => return None,
    })
}

/// A problem as it stands in JSON: its word, and the bound that it may name.
#[derive(Deserialize)]
pub(super) struct FlatProblem {
    problem: Word,
    #[serde(default)]
    min: u32,
    #[serde(default)]
    max: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Missing,
    TooShort,
    TooLong,
    ForbiddenCharacter,
    NotAnAddress,
    NotAKey,
    Taken,
    Unknown,
    Invited,
    LastOwner,
    OwnersOnly,
    BeyondOwn,
    InUse,
    BuiltIn,
    TooMany,
    WrongPassword,
}

impl From<FlatProblem> for Problem {
    fn from(flat: FlatProblem) -> Self {
        match flat.problem {
            Word::Missing => Self::Missing,
            Word::TooShort => Self::TooShort { min: flat.min },
            Word::TooLong => Self::TooLong { max: flat.max },
            Word::ForbiddenCharacter => Self::ForbiddenCharacter,
            Word::NotAnAddress => Self::NotAnAddress,
            Word::NotAKey => Self::NotAKey,
            Word::Taken => Self::Taken,
            Word::Unknown => Self::Unknown,
            Word::Invited => Self::Invited,
            Word::LastOwner => Self::LastOwner,
            Word::OwnersOnly => Self::OwnersOnly,
            Word::BeyondOwn => Self::BeyondOwn,
            Word::InUse => Self::InUse,
            Word::BuiltIn => Self::BuiltIn,
            Word::TooMany => Self::TooMany { max: flat.max },
            Word::WrongPassword => Self::WrongPassword,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::{Moved, Standing};
    use crate::attachment::FileProblem;
    use crate::fault::{Field, Overtaken};
    use crate::id::Millis;
    use crate::permission::Permission;
    use crate::thread::Status;

    fn every_fault() -> Vec<Fault> {
        let problems = [
            Problem::Missing,
            Problem::TooShort { min: 10 },
            Problem::TooLong { max: 200 },
            Problem::ForbiddenCharacter,
            Problem::NotAnAddress,
            Problem::NotAKey,
            Problem::Taken,
            Problem::Unknown,
            Problem::Invited,
            Problem::LastOwner,
            Problem::OwnersOnly,
            Problem::BeyondOwn,
            Problem::InUse,
            Problem::BuiltIn,
            Problem::WrongPassword,
        ];
        let mut all: Vec<Fault> = problems
            .into_iter()
            .map(|problem| Fault::field(Field::Body, problem))
            .collect();
        all.extend([
            Fault::file("a.exe", FileProblem::Gone),
            Fault::NotFound,
            Fault::NotSignedIn,
            Fault::WrongPassword,
            Fault::Forbidden(Permission::ManageThreads),
            Fault::Expired,
            Fault::Overtaken(Overtaken {
                by: "Nora".to_owned(),
                at: Millis(7),
                now: 3,
            }),
            Fault::Changed,
            Fault::Moved(Moved {
                by: None,
                now: Standing::Status(Status::Closed),
            }),
            Fault::Trashed,
            Fault::KeyReused,
            Fault::Off,
            Fault::TooMany { retry_after_s: 9 },
            Fault::Busy { retry_after_s: 1 },
            Fault::Malformed,
            Fault::TooLarge,
            Fault::Internal,
        ]);
        all
    }

    #[test]
    fn every_fault_is_read_as_it_was_written() {
        for fault in every_fault() {
            let text = serde_json::to_string(&fault).unwrap();
            assert!(text.contains(&format!("\"{}\"", fault.code())), "{text}");
            assert_eq!(
                serde_json::from_str::<Fault>(&text).unwrap(),
                fault,
                "{text}"
            );
            // As problem details, with members of others around it and in the order of their names.
            let mut details = serde_json::to_value(&fault).unwrap();
            details["a"] = serde_json::json!({ "code": "x" });
            details["title"] = "Why".into();
            assert_eq!(serde_json::from_value::<Fault>(details).unwrap(), fault);
        }
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        for text in [
            "{}",
            "[]",
            "\"expired\"",
            "{\"code\":\"new\"}",
            "{\"code\":\"invalid\"}",
            "{\"code\":\"too_many\",\"values\":{}}",
        ] {
            assert!(serde_json::from_str::<Fault>(text).is_err(), "{text}");
        }
    }
}
