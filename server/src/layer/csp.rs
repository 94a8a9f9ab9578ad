//! What every answer tells the browser it may do with it.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;

use crate::Hall;

/// A window that one of ours opened, or that opened one of ours, gets no hold of it.
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// The layer: mints the nonce of this answer's scripts, and sets the headers that no door has set
/// by itself.
pub async fn layer(State(hall): State<Hall>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(policy(&nonce)) {
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    let mut default = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // With `no-referrer` browsers send `Origin: null` on form posts, and the origin layer would
    // refuse a guest's own page.
    default(REFERRER_POLICY, "same-origin");
    default(OPENER_POLICY, "same-origin");
    // Almost every answer is somebody's own; what is not says so itself.
    default(CACHE_CONTROL, "no-store");
    if hall.is_https {
        default(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Nothing from elsewhere, no inline style, and no script without this answer's nonce.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )
}
