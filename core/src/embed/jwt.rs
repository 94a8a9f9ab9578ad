//! What another site signs to vouch for its visitor: a JSON Web Token (RFC 7519) under HS256 (RFC 7518,
//! section 3.2) and nothing else. The algorithm is ours to name, never the token's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use pigeon_wire::embed::{SUBJECT_CHARS_MAX, VOUCH_S_MAX};
use pigeon_wire::{EmbedKeyId, Millis};
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::Sha256;

use super::Unvouched;

/// Most bytes of a token: several times what the claims that are read can hold.
const TOKEN_BYTES_MAX: usize = 4096;
/// Seconds by which the site's clock may be ahead of ours.
const AHEAD_S: i64 = 60;

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood (RFC 7515, section 4.1.11): none is.
    crit: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
struct Payload {
    sub: String,
    name: Option<String>,
    email: Option<String>,
    aud: Option<Audience>,
    iat: i64,
    exp: i64,
    nbf: Option<i64>,
}

/// Whom a site vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    /// The site's own name for its visitor.
    pub subject: String,
    /// The display name.
    pub name: Option<String>,
    /// The address, which proves nothing.
    pub email: Option<String>,
}

/// A token in its parts, of which nothing is believed yet.
pub(crate) struct Presented<'t> {
    /// The key that it names.
    pub key: EmbedKeyId,
    signed: &'t str,
    payload: &'t str,
    signature: Vec<u8>,
}

impl<'t> Presented<'t> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// For what is no token, names another algorithm than HS256, or no key of ours.
    pub fn read(token: &'t str) -> Result<Self, Unvouched> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(Unvouched::Malformed);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Unvouched::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(Unvouched::Malformed)?;
        let header: Header = decoded(header)?;
        if header.alg != "HS256" {
            return Err(Unvouched::Algorithm);
        }
        if header.crit.is_some() {
            return Err(Unvouched::Malformed);
        }
        let key = header.kid.and_then(|kid| kid.parse().ok());
        Ok(Self {
            key: key.ok_or(Unvouched::Key)?,
            signed,
            payload,
            signature: bytes(signature)?,
        })
    }

    /// The claims, once the signature is proven to be of `secret`, for us at `audience` and for now.
    ///
    /// # Errors
    /// Why it is not believed.
    pub fn proven(self, secret: &str, audience: &str, now: Millis) -> Result<Claims, Unvouched> {
        if !is_signed(secret, self.signed.as_bytes(), &self.signature) {
            return Err(Unvouched::Signature);
        }
        let payload: Payload = decoded(self.payload)?;
        let now_s = now.0.div_euclid(1000);
        if payload.exp <= now_s {
            return Err(Unvouched::Expired);
        }
        if payload.iat > now_s.saturating_add(AHEAD_S) {
            return Err(Unvouched::Early);
        }
        if payload
            .nbf
            .is_some_and(|from| from > now_s.saturating_add(AHEAD_S))
        {
            return Err(Unvouched::Early);
        }
        if payload.exp.saturating_sub(payload.iat) > VOUCH_S_MAX {
            return Err(Unvouched::TooLong);
        }
        let is_us = |one: &String| one.trim_end_matches('/') == audience;
        let is_for_us = match &payload.aud {
            None => true,
            Some(Audience::One(one)) => is_us(one),
            Some(Audience::Several(all)) => all.iter().any(is_us),
        };
        if !is_for_us {
            return Err(Unvouched::Audience);
        }
        let chars = payload.sub.chars().count();
        if chars == 0 || chars > SUBJECT_CHARS_MAX || payload.sub.chars().any(char::is_control) {
            return Err(Unvouched::Subject);
        }
        Ok(Claims {
            subject: payload.sub,
            name: payload.name,
            email: payload.email,
        })
    }
}

fn bytes(part: &str) -> Result<Vec<u8>, Unvouched> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| Unvouched::Malformed)
}

fn decoded<T: for<'d> Deserialize<'d>>(part: &str) -> Result<T, Unvouched> {
    serde_json::from_slice(&bytes(part)?).map_err(|_| Unvouched::Malformed)
}

/// Whether `mac` is the HMAC-SHA-256 of `text` under `secret`; compared in constant time. A secret
/// that is empty, as that of a revoked key, signs nothing.
pub(crate) fn is_signed(secret: &str, text: &[u8], mac: &[u8]) -> bool {
    let hmac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    !secret.is_empty() && hmac.is_ok_and(|hmac| hmac.chain_update(text).verify_slice(mac).is_ok())
}

/// The HMAC-SHA-256 of `text` under `secret`.
pub(crate) fn signature(secret: &str, text: &[u8]) -> Vec<u8> {
    // An HMAC takes a key of any length.
    Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map(|hmac| hmac.chain_update(text).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

#[cfg(test)]
#[path = "jwt_tests.rs"]
mod tests;
