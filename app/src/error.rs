//! The error of server functions: a fault as problem details (RFC 9457), or no answer at all.

use bytes::Bytes;
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use pigeon_wire::Fault;
use serde::{Deserialize, Serialize};

/// Why a server function gave no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum UiError {
    /// Pigeon refused, and says why.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// No sensible answer came: no connection, or something between that is not Pigeon.
    #[error("no answer: {0}")]
    Transport(String),
}

impl UiError {
    /// The fault, if Pigeon gave one.
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            Self::Transport(_) => None,
        }
    }
}

impl FromServerFnError for UiError {
    type Encoder = ProblemDetails;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // What the server could not read is the caller's fault and must answer as such.
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Fault(Fault::Malformed),
            other => Self::Transport(other.to_string()),
        }
    }
}

/// The encoding of [`UiError`]: a problem-details document.
pub struct ProblemDetails;

impl ContentType for ProblemDetails {
    const CONTENT_TYPE: &'static str = "application/problem+json";
}

impl FormatType for ProblemDetails {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<UiError> for ProblemDetails {
    type Error = serde_json::Error;

    fn encode(error: &UiError) -> Result<Bytes, serde_json::Error> {
        // What failed on the way stays in the log; the caller learns that something did.
        let fault = error.fault().unwrap_or(&Fault::Internal);
        serde_json::to_vec(&problem(fault)?).map(Bytes::from)
    }
}

impl Decodes<UiError> for ProblemDetails {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<UiError, serde_json::Error> {
        Ok(match serde_json::from_slice::<Fault>(&bytes) {
            Ok(fault) => UiError::Fault(fault),
            Err(_) => UiError::Transport("an answer that is no problem details".to_owned()),
        })
    }
}

/// A fault as the members of a problem-details document.
pub fn problem(fault: &Fault) -> Result<serde_json::Value, serde_json::Error> {
    let mut members = serde_json::to_value(fault)?;
    if let Some(members) = members.as_object_mut() {
        members.insert("type".to_owned(), "about:blank".into());
        members.insert("title".to_owned(), fault.to_string().into());
        members.insert("status".to_owned(), fault.status().into());
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pigeon_wire::fault::{Field, Problem};

    #[test]
    fn a_fault_travels_as_problem_details_and_back() {
        for fault in [
            Fault::NotFound,
            Fault::TooMany { retry_after_s: 30 },
            Fault::field(Field::Body, Problem::TooLong { max: 7 }),
        ] {
            let error = UiError::Fault(fault.clone());
            let bytes = ProblemDetails::encode(&error).unwrap();
            let members: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(members["status"], fault.status());
            assert_eq!(members["code"], fault.code());
            assert_eq!(ProblemDetails::decode(bytes).unwrap(), error);
        }
    }

    #[test]
    fn what_failed_on_the_way_is_not_told() {
        let bytes = ProblemDetails::encode(&UiError::Transport("secret".into())).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"));
    }

    #[test]
    fn an_answer_of_another_kind_is_no_fault() {
        let told = ProblemDetails::decode(Bytes::from_static(b"<html>")).unwrap();
        assert!(told.fault().is_none());
    }
}
