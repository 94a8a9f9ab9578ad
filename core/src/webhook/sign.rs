//! The secret of a hook and what it signs, in the form of the Standard Webhooks: a receiver checks a
//! delivery with any library for them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use pigeon_wire::Millis;
use pigeon_wire::webhook::SECRET_PREFIX;
use sha2::Sha256;

use crate::Error;
use crate::clock::Randomness;

/// Bytes of a secret; the Standard Webhooks ask for 24 to 64.
const SECRET_BYTES: usize = 32;

/// A fresh secret as it is shown and stored: `whsec_` and base64.
pub(super) fn fresh(randomness: &Randomness) -> String {
    let bytes = randomness.bytes::<SECRET_BYTES>();
    [SECRET_PREFIX, &STANDARD.encode(bytes)].concat()
}

/// The headers of a delivery that is sent at `at`: its id, the moment in seconds since 1970, and the
/// signature over both and the body.
///
/// # Errors
/// [`Error::Inconsistent`] for a stored secret of another form.
pub(super) fn headers(
    secret: &str,
    id: &str,
    at: Millis,
    body: &str,
) -> Result<[(&'static str, String); 3], Error> {
    let seconds = at.0.div_euclid(1000).to_string();
    let signature = signature(secret, id, &seconds, body)?;
    Ok([
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds),
        ("webhook-signature", signature),
    ])
}

fn signature(secret: &str, id: &str, seconds: &str, body: &str) -> Result<String, Error> {
    let wrong = |what: String| Error::Inconsistent {
        table: "webhooks",
        column: "secret",
        what,
    };
    let bare = secret
        .strip_prefix(SECRET_PREFIX)
        .ok_or_else(|| wrong("no secret".to_owned()))?;
    let key = STANDARD
        .decode(bare)
        .map_err(|cause| wrong(cause.to_string()))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|cause| wrong(cause.to_string()))?;
    for part in [id, ".", seconds, ".", body] {
        mac.update(part.as_bytes());
    }
    Ok(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

#[cfg(test)]
mod tests {
    use sha2::Digest as _;

    use super::*;

    /// HMAC by the words of RFC 2104, beside the crate that signs.
    fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
        let mut block = [0_u8; 64];
        block[..key.len()].copy_from_slice(key);
        let keyed = |with: u8, text: &[u8]| {
            let pad: Vec<u8> = block.iter().map(|byte| byte ^ with).collect();
            Sha256::digest([pad.as_slice(), text].concat()).to_vec()
        };
        keyed(0x5c, &keyed(0x36, text))
    }

    #[test]
    fn a_signature_is_that_of_the_standard() {
        // Computed by OpenSSL: printf '%s' "$id.$seconds.$body" | openssl dgst -sha256 -mac HMAC.
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let body = "{\"test\": 2432232314}";
        let headers = headers(secret, id, Millis(1_614_265_330_999), body).unwrap();
        assert_eq!(
            headers[2].1,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
        assert_eq!(headers[0].1, id);
        assert_eq!(headers[1].1, "1614265330");
    }

    #[test]
    fn a_fresh_secret_signs_as_rfc_2104_says() {
        let secret = fresh(&Randomness::Os);
        let key = STANDARD.decode(&secret[SECRET_PREFIX.len()..]).unwrap();
        assert_eq!(key.len(), SECRET_BYTES);
        let signed = signature(&secret, "id", "7", "{}").unwrap();
        let by_hand = STANDARD.encode(hmac(&key, b"id.7.{}"));
        assert_eq!(signed, format!("v1,{by_hand}"));
        assert!(signature("whsec_%", "id", "7", "{}").is_err());
        assert!(signature("", "id", "7", "{}").is_err());
    }
}
