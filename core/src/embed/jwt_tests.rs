//! What a token must be to be believed.

use serde_json::{Value, json};

use super::*;

const SECRET: &str = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";
const KEY: &str = "0123456789abcdef0123456789abcdef";
const US: &str = "https://help.example.org";
const NOW: Millis = Millis(1_800_000_000_000);
const NOW_S: i64 = NOW.0 / 1000;

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn token(header: &Value, payload: &Value) -> String {
    let signed = [encoded(header), encoded(payload)].join(".");
    let mac = URL_SAFE_NO_PAD.encode(signature(SECRET, signed.as_bytes()));
    [signed, mac].join(".")
}

fn header() -> Value {
    json!({ "alg": "HS256", "typ": "JWT", "kid": KEY })
}

fn payload() -> Value {
    json!({ "sub": "4711", "name": "Vera", "iat": NOW_S, "exp": NOW_S + 300 })
}

fn with(mut value: Value, name: &str, new: Value) -> Value {
    value[name] = new;
    value
}

fn judged(token: &str) -> Result<Claims, Unvouched> {
    Presented::read(token)?.proven(SECRET, US, NOW)
}

fn claimed(name: &str, new: Value) -> Result<Claims, Unvouched> {
    judged(&token(&header(), &with(payload(), name, new)))
}

#[test]
fn a_token_of_the_keys_secret_is_believed() {
    let claims = judged(&token(&header(), &payload())).unwrap();
    assert_eq!(claims.subject, "4711");
    assert_eq!(claims.name.as_deref(), Some("Vera"));
    assert_eq!(claims.email, None);
}

#[test]
fn the_example_of_rfc_7515_signs_as_it_says() {
    // Appendix A.1; its key is 64 bytes that are no text, so its own signing input is signed anew.
    let of_empty = signature("key", b"The quick brown fox jumps over the lazy dog");
    assert_eq!(
        crate::secret::hex(&of_empty),
        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    );
}

#[test]
fn the_token_does_not_choose_its_algorithm() {
    for alg in [
        "none", "None", "hs256", "HS384", "HS512", "RS256", "ES256", "",
    ] {
        let token = token(&with(header(), "alg", json!(alg)), &payload());
        assert_eq!(judged(&token), Err(Unvouched::Algorithm), "{alg}");
    }
    let unsigned = [
        encoded(&with(header(), "alg", json!("none"))),
        encoded(&payload()),
        String::new(),
    ];
    assert_eq!(judged(&unsigned.join(".")), Err(Unvouched::Algorithm));
    let bare = [encoded(&header()), encoded(&payload()), String::new()].join(".");
    assert_eq!(judged(&bare), Err(Unvouched::Signature));
}

#[test]
fn another_secret_or_a_changed_byte_is_not_believed() {
    let good = token(&header(), &payload());
    let presented = Presented::read(&good).unwrap();
    assert_eq!(
        presented.proven("another", US, NOW),
        Err(Unvouched::Signature)
    );
    let presented = Presented::read(&good).unwrap();
    assert_eq!(presented.proven("", US, NOW), Err(Unvouched::Signature));
    let (_, mac) = good.rsplit_once('.').unwrap();
    let forged = [
        encoded(&header()),
        encoded(&with(payload(), "sub", json!("1"))),
    ]
    .join(".");
    assert_eq!(
        judged(&[forged.as_str(), mac].join(".")),
        Err(Unvouched::Signature)
    );
    let cut = good.get(..good.len() - 3).unwrap();
    assert_eq!(judged(cut), Err(Unvouched::Signature));
}

#[test]
fn a_token_holds_for_ten_minutes_at_most_and_now() {
    assert_eq!(claimed("exp", json!(NOW_S)), Err(Unvouched::Expired));
    assert!(claimed("exp", json!(NOW_S + 600)).is_ok());
    assert_eq!(claimed("exp", json!(NOW_S + 601)), Err(Unvouched::TooLong));
    assert!(claimed("iat", json!(NOW_S + 60)).is_ok());
    assert_eq!(claimed("iat", json!(NOW_S + 61)), Err(Unvouched::Early));
    assert_eq!(claimed("nbf", json!(NOW_S + 61)), Err(Unvouched::Early));
    // Long ago and for long: as much too long as one from the future.
    assert_eq!(claimed("iat", json!(NOW_S - 601)), Err(Unvouched::TooLong));
    assert_eq!(claimed("exp", json!(i64::MAX)), Err(Unvouched::TooLong));
    assert_eq!(claimed("iat", json!(i64::MIN)), Err(Unvouched::TooLong));
    for name in ["exp", "iat"] {
        for new in [Value::Null, json!("1"), json!(1.5)] {
            assert_eq!(claimed(name, new), Err(Unvouched::Malformed));
        }
    }
}

#[test]
fn a_token_for_somebody_else_is_not_for_us() {
    assert!(claimed("aud", json!(US)).is_ok());
    assert!(claimed("aud", json!([US, "https://x.example"])).is_ok());
    assert_eq!(
        claimed("aud", json!("https://x.example")),
        Err(Unvouched::Audience)
    );
    assert_eq!(claimed("aud", json!([])), Err(Unvouched::Audience));
}

#[test]
fn a_subject_is_a_line_of_text() {
    for sub in [
        String::new(),
        "a\nb".to_owned(),
        "x".repeat(SUBJECT_CHARS_MAX + 1),
    ] {
        assert_eq!(claimed("sub", json!(sub)), Err(Unvouched::Subject));
    }
    assert_eq!(claimed("sub", json!(7)), Err(Unvouched::Malformed));
}

#[test]
fn what_is_no_token_is_refused_and_breaks_nothing() {
    for text in ["", ".", "..", "a.b.c", "....", "é.é.é"] {
        assert_eq!(judged(text), Err(Unvouched::Malformed), "{text}");
    }
    assert_eq!(judged(&"a".repeat(5000)), Err(Unvouched::Malformed));
    let unknown = token(&with(header(), "kid", json!("x")), &payload());
    assert_eq!(judged(&unknown), Err(Unvouched::Key));
    let critical = token(&with(header(), "crit", json!(["b64"])), &payload());
    assert_eq!(judged(&critical), Err(Unvouched::Malformed));
}
