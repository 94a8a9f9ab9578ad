//! The files that pages of other sites and the frame load. They are small, written by hand, and part
//! of the program as they are: there is nothing to build. Compressed once, when they are asked for
//! first.

use std::io::Write as _;
use std::sync::LazyLock;

use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use pigeon_core::secret::{content_hash, hex};

use crate::assets::Coding;

/// Pages of other sites load the file, however strictly they isolate themselves.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What has one address for ever is asked for again after an hour.
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// A file as it goes out.
pub struct File {
    text: &'static str,
    kind: &'static str,
    zipped: Vec<u8>,
    tag: String,
}

impl File {
    fn new(text: &'static str, kind: &'static str) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Writing into memory cannot fail; if it did, the file would go out as it is.
        let zipped = encoder
            .write_all(text.as_bytes())
            .and_then(|()| encoder.finish())
            .unwrap_or_default();
        let tag = hex(&content_hash(&[text])).chars().take(16).collect();
        Self {
            text,
            kind,
            zipped,
            tag,
        }
    }

    /// Bytes as they travel to a browser.
    pub fn zipped_bytes(&self) -> usize {
        self.zipped.len()
    }

    /// The address that names this content.
    pub fn address(&self, path: &str) -> String {
        [path, "?v=", &self.tag].concat()
    }

    fn out(&self, headers: &HeaderMap, uri: &Uri) -> Response {
        let accepted = headers
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let is_zipped = !self.zipped.is_empty()
            && Coding::accepted(accepted).any(|coding| coding == Coding::Gzip);
        let coding = if is_zipped { "gzip" } else { "identity" };
        let tag = format!("\"{}-{coding}\"", self.tag);
        let is_known = headers
            .get(IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|known| {
                let mut all = known.split(',');
                all.any(|one| one.trim().trim_start_matches("W/") == tag)
            });
        let mut response = match (is_known, is_zipped) {
            (true, _) => StatusCode::NOT_MODIFIED.into_response(),
            (false, true) => self.zipped.clone().into_response(),
            (false, false) => self.text.into_response(),
        };
        let is_named = uri.query() == Some(&["v=", &self.tag].concat());
        let cached = if is_named { FOR_EVER } else { FOR_AN_HOUR };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cached));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        if let Ok(tag) = HeaderValue::try_from(tag) {
            headers.insert(ETAG, tag);
        }
        if !is_known {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
            if is_zipped {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
        }
        response
    }
}

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

/// What a page of another site loads.
pub static EMBED: LazyLock<File> =
    LazyLock::new(|| File::new(include_str!("../../embed/embed.js"), JS));
/// The script of the frame, with its reading of what is typed before it.
pub static FRAME: LazyLock<File> = LazyLock::new(|| {
    File::new(
        concat!(
            include_str!("../../embed/prose.js"),
            include_str!("../../embed/frame.js")
        ),
        JS,
    )
});
/// The styles of the frame.
pub static STYLE: LazyLock<File> =
    LazyLock::new(|| File::new(include_str!("../../embed/frame.css"), CSS));

/// `GET /embed.js`.
pub async fn embed(headers: HeaderMap, uri: Uri) -> Response {
    EMBED.out(&headers, &uri)
}

/// `GET /embed/frame.js`.
pub async fn script(headers: HeaderMap, uri: Uri) -> Response {
    FRAME.out(&headers, &uri)
}

/// `GET /embed/frame.css`.
pub async fn style(headers: HeaderMap, uri: Uri) -> Response {
    STYLE.out(&headers, &uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a closed bubble may cost the page that shows it.
    const BYTES_MAX: usize = 8 * 1024;

    #[test]
    fn a_closed_bubble_costs_little() {
        let bytes = EMBED.zipped_bytes();
        assert!((1000..=BYTES_MAX).contains(&bytes), "{bytes} bytes");
    }

    #[test]
    fn no_script_makes_markup_of_text() {
        for file in [&EMBED, &FRAME] {
            for way in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
            ] {
                assert!(!file.text.contains(way), "{way}");
            }
        }
    }
}
