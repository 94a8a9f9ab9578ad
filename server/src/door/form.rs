//! What was typed into a plain HTML form, urlencoded or multipart. Read strictly: text that is no
//! UTF-8 is refused, never mended into something that nobody typed.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use pigeon_wire::Fault;

use super::intake::{self, Intake};
use crate::Refused;
use crate::layer::limit::BODY_BYTES_MAX;

/// Most fields of one form.
const FIELDS_MAX: usize = 64;

/// The text fields of a form, in the order in which they came. Files are skipped,
/// except by [`Form::with_files`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// The first field of this name as it was typed; nothing typed and no such field are alike.
    pub fn text(&self, name: &str) -> String {
        self.given(name).unwrap_or_default().to_owned()
    }

    /// The first field of this name, if there is one.
    pub fn given(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Every field of this name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let found = self.0.iter().filter(move |(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The last number that the page showed, which a form carries as `seen`.
    pub fn seen(&self) -> Result<Option<i64>, Fault> {
        let typed = self.text("seen");
        if typed.is_empty() {
            return Ok(None);
        }
        typed.parse().map(Some).map_err(|_| Fault::Malformed)
    }

    fn put(&mut self, name: String, value: String) -> Result<(), Fault> {
        if self.0.len() == FIELDS_MAX {
            return Err(Fault::TooLarge);
        }
        self.0.push((name, value));
        Ok(())
    }

    /// Reads `name=value&…`, as in a body or after the question mark of an address.
    pub fn urlencoded(bytes: &[u8]) -> Result<Self, Fault> {
        let mut form = Self::default();
        for pair in bytes
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            let cut = pair
                .iter()
                .position(|byte| *byte == b'=')
                .unwrap_or(pair.len());
            let (name, value) = pair.split_at(cut);
            form.put(
                decoded(name)?,
                decoded(value.strip_prefix(b"=").unwrap_or(value))?,
            )?;
        }
        Ok(form)
    }

    /// Reads a form that may carry files, which `intake` takes as they come.
    ///
    /// # Errors
    /// What makes the form unreadable; a file that is refused does not.
    pub async fn with_files(request: Request, intake: &mut Intake) -> Result<Self, Refused> {
        match media_type(request.headers()).as_deref() {
            Some("multipart/form-data") => {
                let parts = Multipart::from_request(request, &()).await;
                Self::multipart(parts.map_err(|_| Fault::Malformed)?, Some(intake)).await
            }
            _ => Self::from_request(request, &()).await,
        }
    }

    async fn multipart(
        mut parts: Multipart,
        mut intake: Option<&mut Intake>,
    ) -> Result<Self, Refused> {
        let why = |failed| intake::why(&failed);
        let mut form = Self::default();
        let mut left = BODY_BYTES_MAX;
        while let Some(mut part) = parts.next_field().await.map_err(why)? {
            if part.file_name().is_some() {
                if let Some(intake) = &mut intake {
                    intake.take(part).await?;
                }
                continue;
            }
            let name = part.name().unwrap_or_default().to_owned();
            let mut bytes = Vec::new();
            while let Some(piece) = part.chunk().await.map_err(why)? {
                left = left.checked_sub(piece.len()).ok_or(Fault::TooLarge)?;
                bytes.extend_from_slice(&piece);
            }
            let text = String::from_utf8(bytes).map_err(|_| Fault::Malformed)?;
            form.put(name, text)?;
        }
        Ok(form)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match media_type(request.headers()).as_deref() {
            Some("application/x-www-form-urlencoded") => {
                let bytes = Bytes::from_request(request, state).await;
                Ok(Self::urlencoded(&bytes.map_err(|_| Fault::Malformed)?)?)
            }
            Some("multipart/form-data") => {
                let parts = Multipart::from_request(request, state).await;
                Self::multipart(parts.map_err(|_| Fault::Malformed)?, None).await
            }
            _ => Err(Refused::unsupported_type()),
        }
    }
}

/// The media type of a body, without its parameters.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase())
}

/// One side of a urlencoded pair. A percent sign that leads no two digits stands for itself, as
/// the URL standard says.
fn decoded(encoded: &[u8]) -> Result<String, Fault> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        match (first, others) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) if let Some(byte) = byte_of(*high, *low) => {
                bytes.push(byte);
                rest = after;
            }
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).map_err(|_| Fault::Malformed)
}

fn byte_of(high: u8, low: u8) -> Option<u8> {
    let digit = |hex: u8| char::from(hex).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let form =
            Form::urlencoded(b"name=J%C3%BCrgen+K&body=a%3Db%26c&body=second&&empty").unwrap();
        assert_eq!(form.text("name"), "Jürgen K");
        assert_eq!(form.text("body"), "a=b&c");
        assert_eq!(form.text("empty"), "");
        assert_eq!(form.text("missing"), "");
        assert_eq!(Form::urlencoded(b"a=100%&b=%zz").unwrap().text("b"), "%zz");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bad in [b"body=%ff".as_slice(), b"body=\xff", b"%c3=x"] {
            assert_eq!(Form::urlencoded(bad), Err(Fault::Malformed));
        }
        let many = "a=b&".repeat(FIELDS_MAX + 1);
        assert_eq!(Form::urlencoded(many.as_bytes()), Err(Fault::TooLarge));
    }

    #[test]
    fn a_number_is_one_or_the_form_is_refused() {
        let seen = |text: &str| Form::urlencoded(text.as_bytes()).unwrap().seen();
        assert_eq!(seen("seen=12"), Ok(Some(12)));
        assert_eq!(seen("seen="), Ok(None));
        assert_eq!(seen("seen=x"), Err(Fault::Malformed));
    }
}
