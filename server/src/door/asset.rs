//! What browsers load. Names carry the content's hash, so a browser that has a file never asks
//! again; what must have a plain name is asked for again after a day.

use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use pigeon_wire::Fault;
use pigeon_wire::setting::{Accent, Colour};

use crate::Hall;
use crate::assets::{self, Asset, Coding};
use crate::refusal::Answer;

pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";

/// `GET /pkg/…`.
pub async fn hashed(Path(name): Path<String>, headers: HeaderMap) -> Answer {
    let asset = assets::by_real_name(&name, accepted(&headers)).ok_or(Fault::NotFound)?;
    Ok(out(asset, &headers, FOR_EVER))
}

/// `GET /favicon.svg`.
pub async fn favicon(headers: HeaderMap) -> Answer {
    let asset = assets::by_name("favicon.svg", accepted(&headers)).ok_or(Fault::NotFound)?;
    Ok(out(asset, &headers, FOR_A_DAY))
}

/// `GET /brand.css?v=…`: the owner's colour, as the colours that are made of it. Kept for ever under
/// the address that names the colour in force, and under no other.
pub async fn brand(State(hall): State<Hall>, uri: Uri) -> Response {
    let accent = hall.office.settings().accent;
    let styles = accent.map(sheet).unwrap_or_default();
    let mut response = styles.into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static(media_type("brand.css")),
    );
    let asked = uri.path_and_query().map(PathAndQuery::as_str);
    if accent.is_some_and(|accent| asked == Some(accent.style().as_str())) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    }
    response
}

fn sheet(chosen: Colour) -> String {
    let (light, dark) = (Accent::light(chosen), Accent::dark(chosen));
    let colours = [
        ("accent", light.plain, dark.plain),
        ("accent-strong", light.strong, dark.strong),
        ("accent-soft", light.soft, dark.soft),
        ("on-accent", light.on, dark.on),
        ("focus", light.plain, dark.plain),
    ];
    let lines = colours.map(|(name, light, dark)| format!("--{name}:light-dark({light},{dark});"));
    format!(":root{{{}}}\n", lines.concat())
}

fn accepted(headers: &HeaderMap) -> &str {
    headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn out(asset: Asset, headers: &HeaderMap, cached: &'static str) -> Response {
    let tag = format!("\"{}-{}\"", asset.real_name, asset.coding.word());
    let is_known = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| {
            known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        });
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        asset.bytes.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cached));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    if !is_known {
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static(media_type(&asset.real_name)),
        );
        if asset.coding != Coding::Identity {
            headers.insert(
                CONTENT_ENCODING,
                HeaderValue::from_static(asset.coding.word()),
            );
        }
    }
    response
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
