//! The doors of files: in, for pages with a script; out, for whoever may read what they came with.

use std::ops::Range;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::IntoResponse;
use futures::{Stream, StreamExt as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use pigeon_core::attachment::{self, Handed, Uploader, Wanted};
use pigeon_core::guest::{self, Standing};
use pigeon_wire::{AttachmentId, Fault, ThreadId};

use super::form::Form;
use crate::asking::Asking;
use crate::layer::limit;
use crate::refusal::Answer;
use crate::{Hall, Refused};

/// No other site's page shows or reads what is handed out here.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// What a file may do in a browser that shows it all the same: nothing.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'";
/// What a parameter of a header may hold as it is: RFC 8187 section 3.2.1, `attr-char`.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// `POST /c/{id}/file?name=…`: the guest's page sends one file as the body.
pub async fn guest_upload(
    State(hall): State<Hall>,
    asking: Asking,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let guest = guest_of(&hall, &asking, &id).await?;
    upload(
        &hall,
        Uploader::Guest(guest, asking.visitor.clone()),
        request,
    )
    .await
}

/// `POST /inbox/{id}/file?name=…`: a staff member's page sends one file as the body.
pub async fn team_upload(
    State(hall): State<Hall>,
    asking: Asking,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let account = asking.account.clone().ok_or(Fault::NotSignedIn)?;
    upload(&hall, Uploader::Staff(account, thread_of(&id)?), request).await
}

/// `GET /c/{id}/file/{file}`.
pub async fn guest_file(
    State(hall): State<Hall>,
    asking: Asking,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let guest = guest_of(&hall, &asking, &id).await?;
    let file = file_of(&file)?;
    let handed = attachment::for_guest(&hall.office, &guest, file, Wanted::Whole).await?;
    hand_out(&handed, Wanted::Whole, &headers).await
}

/// `GET /c/{id}/file/{file}/small`: the small image of an image.
pub async fn guest_small(
    State(hall): State<Hall>,
    asking: Asking,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let guest = guest_of(&hall, &asking, &id).await?;
    let file = file_of(&file)?;
    let handed = attachment::for_guest(&hall.office, &guest, file, Wanted::Thumb).await?;
    hand_out(&handed, Wanted::Thumb, &headers).await
}

/// `GET /inbox/{id}/file/{file}`.
pub async fn team_file(
    State(hall): State<Hall>,
    asking: Asking,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    for_team(&hall, &asking, (&id, &file), Wanted::Whole, &headers).await
}

/// `GET /inbox/{id}/file/{file}/small`: the small image of an image.
pub async fn team_small(
    State(hall): State<Hall>,
    asking: Asking,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    for_team(&hall, &asking, (&id, &file), Wanted::Thumb, &headers).await
}

/// `GET /threads/{id}/file/{file}`.
pub async fn own_file(
    State(hall): State<Hall>,
    asking: Asking,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    for_user(&hall, &asking, (&id, &file), Wanted::Whole, &headers).await
}

/// `GET /threads/{id}/file/{file}/small`: the small image of an image.
pub async fn own_small(
    State(hall): State<Hall>,
    asking: Asking,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    for_user(&hall, &asking, (&id, &file), Wanted::Thumb, &headers).await
}

async fn for_user(
    hall: &Hall,
    asking: &Asking,
    (thread, file): (&str, &str),
    wanted: Wanted,
    headers: &HeaderMap,
) -> Answer {
    let account = asking.account.as_ref().ok_or(Fault::NotSignedIn)?;
    let (thread, file) = (thread_of(thread)?, file_of(file)?);
    let handed = attachment::for_user(&hall.office, account, thread, file, wanted).await?;
    hand_out(&handed, wanted, headers).await
}

async fn for_team(
    hall: &Hall,
    asking: &Asking,
    (thread, file): (&str, &str),
    wanted: Wanted,
    headers: &HeaderMap,
) -> Answer {
    let account = asking.account.as_ref().ok_or(Fault::NotSignedIn)?;
    let (thread, file) = (thread_of(thread)?, file_of(file)?);
    let handed = attachment::for_staff(&hall.office, account, thread, file, wanted).await?;
    hand_out(&handed, wanted, headers).await
}

fn thread_of(id: &str) -> Result<ThreadId, Refused> {
    id.parse().map_err(|_| Fault::NotFound.into())
}

pub(crate) fn file_of(id: &str) -> Result<AttachmentId, Refused> {
    id.parse().map_err(|_| Fault::NotFound.into())
}

/// The guest whom this browser's cookie for the thread makes known.
async fn guest_of(
    hall: &Hall,
    asking: &Asking,
    id: &str,
) -> Result<pigeon_core::actor::Guest, Refused> {
    let thread = thread_of(id)?;
    let secret = asking.secrets.of(thread).ok_or(Fault::NotFound)?;
    match guest::standing(&hall.office, thread, secret).await? {
        Standing::Good(guest) | Standing::Elsewhere(guest) => Ok(guest),
        Standing::Expired { .. } => Err(Fault::Expired.into()),
        Standing::Unknown => Err(Fault::NotFound.into()),
    }
}

pub(crate) async fn upload(hall: &Hall, uploader: Uploader, request: Request) -> Answer {
    let name = name_in(request.uri())?;
    let mut cut = None;
    let mut body = request.into_body().into_data_stream();
    let pieces = (&mut body).map(|piece| {
        piece.map_err(|failed| {
            cut = Some(limit::cut(&failed));
            Fault::Malformed
        })
    });
    let taken = attachment::upload(&hall.office, &uploader, &name, pieces).await;
    if let Some(cut) = cut {
        return Err(cut);
    }
    match taken.map_err(Fault::from) {
        Ok(file) => Ok((StatusCode::CREATED, Json(file)).into_response()),
        Err(fault) => {
            // A browser that is still sending hears no answer: what it sends is read to its end,
            // which the layer has bounded.
            if matches!(fault, Fault::Files(_)) {
                read_over(body).await;
            }
            Err(fault.into())
        }
    }
}

async fn read_over<E>(mut body: impl Stream<Item = Result<axum::body::Bytes, E>> + Unpin) {
    while let Some(Ok(_)) = body.next().await {}
}

/// The file's name, which the address carries: a header could not hold every letter.
fn name_in(uri: &Uri) -> Result<String, Fault> {
    let query = uri.query().unwrap_or_default();
    Ok(Form::urlencoded(query.as_bytes())?.text("name"))
}

/// A file as an answer: to be kept, never to be run. Only small images, which were made here, are
/// shown in pages.
pub(crate) async fn hand_out(file: &Handed, wanted: Wanted, headers: &HeaderMap) -> Answer {
    let (status, range) = match asked_for(headers, file.bytes) {
        Asked::All => (StatusCode::OK, 0..file.bytes),
        Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Asked::Beyond => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            put(
                response.headers_mut(),
                CONTENT_RANGE,
                &format!("bytes */{}", file.bytes),
            );
            // Nothing to word: the range is a program's, and the header says it all.
            response.headers_mut().insert(
                CONTENT_TYPE,
                HeaderValue::from_static("application/octet-stream"),
            );
            return Ok(response);
        }
    };
    let pieces = file.read(range.clone()).await?;
    let mut response = (status, Body::from_stream(pieces)).into_response();
    let headers = response.headers_mut();
    put(headers, CONTENT_TYPE, file.media_type);
    put(
        headers,
        CONTENT_LENGTH,
        &(range.end - range.start).to_string(),
    );
    put(headers, ACCEPT_RANGES, "bytes");
    put(headers, CACHE_CONTROL, "private, no-store");
    put(headers, CONTENT_SECURITY_POLICY, SANDBOX);
    put(headers, RESOURCE_POLICY, "same-origin");
    let disposition = match wanted {
        Wanted::Whole => attached(&file.name),
        Wanted::Thumb => "inline".to_owned(),
    };
    put(headers, CONTENT_DISPOSITION, &disposition);
    if status == StatusCode::PARTIAL_CONTENT {
        let last = range.end - 1;
        let told = format!("bytes {}-{last}/{}", range.start, file.bytes);
        put(headers, CONTENT_RANGE, &told);
    }
    Ok(response)
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

/// `Content-Disposition` with a name for every client (RFC 6266, RFC 8187).
fn attached(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let whole = percent_encode(name.as_bytes(), PLAIN);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

/// Which part of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    All,
    Part(Range<u64>),
    Beyond,
}

/// Reads `Range` for a file of so many bytes: one range, as RFC 9110 section 14 has it. What is not
/// understood, several ranges among it, is as if it were not there.
fn asked_for(headers: &HeaderMap, bytes: u64) -> Asked {
    let told = headers.get(RANGE).and_then(|value| value.to_str().ok());
    // Files have no version that a condition could name; theirs never holds.
    let Some(told) = told.filter(|_| !headers.contains_key(IF_RANGE)) else {
        return Asked::All;
    };
    let parts = told
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'));
    let number = |text: &str| -> Option<u64> {
        let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match parts.map(|(from, to)| (from.trim(), to.trim())) {
        Some(("", last)) => match number(last) {
            None => Asked::All,
            Some(0) => Asked::Beyond,
            Some(count) => Asked::Part(bytes.saturating_sub(count)..bytes),
        },
        Some((from, to)) => match (number(from), number(to), to.is_empty()) {
            (Some(from), Some(to), _) if to < from => Asked::All,
            (Some(from), None, true) if from < bytes => Asked::Part(from..bytes),
            (Some(from), Some(to), _) if from < bytes => {
                Asked::Part(from..to.saturating_add(1).min(bytes))
            }
            (Some(_), Some(_), _) | (Some(_), None, true) => Asked::Beyond,
            _ => Asked::All,
        },
        None => Asked::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_read_and_everything_else_is_the_whole() {
        let asked = |range: &str| {
            let value = HeaderValue::from_str(range).unwrap();
            asked_for(&HeaderMap::from_iter([(RANGE, value)]), 100)
        };
        assert_eq!(asked_for(&HeaderMap::new(), 100), Asked::All);
        assert_eq!(asked("bytes=0-9"), Asked::Part(0..10));
        assert_eq!(asked("bytes=90-"), Asked::Part(90..100));
        assert_eq!(asked("bytes=-10"), Asked::Part(90..100));
        assert_eq!(asked("bytes=-1000"), Asked::Part(0..100));
        assert_eq!(asked("bytes=50-99999999999999999999"), Asked::Part(50..100));
        assert_eq!(asked("bytes=99-99"), Asked::Part(99..100));
        for beyond in [
            "bytes=100-",
            "bytes=100-200",
            "bytes=-0",
            "bytes=99999999999999999999-",
        ] {
            assert_eq!(asked(beyond), Asked::Beyond, "{beyond}");
        }
        for all in [
            "bytes=9-0",
            "bytes=a-b",
            "bytes=",
            "bytes=-",
            "lines=0-1",
            "bytes=0-1,5-6",
            "bytes=+1-2",
        ] {
            assert_eq!(asked(all), Asked::All, "{all}");
        }
        let range = HeaderValue::from_static("bytes=0-9");
        let version = HeaderValue::from_static("\"v\"");
        let headers = HeaderMap::from_iter([(RANGE, range), (IF_RANGE, version)]);
        assert_eq!(asked_for(&headers, 100), Asked::All);
    }

    #[test]
    fn a_name_fits_into_a_header_whatever_it_is() {
        assert_eq!(
            attached("Straße \"5\" 100%.pdf"),
            "attachment; filename=\"Stra_e _5_ 100_.pdf\"; \
             filename*=UTF-8''Stra%C3%9Fe%20%225%22%20100%25.pdf"
        );
        assert!(HeaderValue::try_from(attached("a\r\nb\u{202e}c")).is_ok());
    }
}
