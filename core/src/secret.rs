//! Secrets that open things: made here, shown once, stored only as a hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pigeon_wire::text::Key;
use sha2::{Digest, Sha256};

use crate::clock::Randomness;

/// Characters of a secret: 256 bits in base64url.
const SECRET_CHARS: usize = 43;

/// A secret of 256 bits. Not `Debug`, not `Display`: it is handed out by [`Secret::reveal`] alone.
pub struct Secret(String);

/// What is stored of a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHash(pub [u8; 32]);

impl Secret {
    /// A fresh secret.
    pub fn fresh(randomness: &Randomness) -> Self {
        Self(URL_SAFE_NO_PAD.encode(randomness.bytes::<32>()))
    }

    /// What somebody presents as a secret, if it has the form of one.
    pub fn presented(text: &str) -> Option<Self> {
        let fits = text.len() == SECRET_CHARS
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        fits.then(|| Self(text.to_owned()))
    }

    /// SHA-256 of the secret: enough, since a secret of 256 random bits cannot be guessed.
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(&self.0).into())
    }

    /// The secret itself, for its owner's cookie or mail.
    pub fn reveal(self) -> String {
        self.0
    }
}

impl SecretHash {
    /// The bytes as they are stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// SHA-256 over `parts`, each led by its length, so that no two lists run together.
pub fn content_hash(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

/// An idempotency key made of 128 bits.
///
/// # Panics
/// Never: 32 hexadecimal digits are a key.
pub fn key_of(bytes: [u8; 16]) -> Key {
    let digits = format!("{:032x}", u128::from_be_bytes(bytes));
    #[expect(clippy::expect_used, reason = "32 hexadecimal digits are a key")]
    Key::parse(&digits).expect("a key")
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The key that other content gets under a key that is taken: always the same one, so that this
/// content, too, is stored once however often it is sent.
pub fn key_beside(key: &str, content: &[u8; 32]) -> Key {
    let mut hash = Sha256::new();
    hash.update(content);
    hash.update(key);
    let [bytes @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _]: [u8; 32] =
        hash.finalize().into();
    key_of(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_presented_again_has_the_same_hash() {
        let secret = Secret::fresh(&Randomness::Os);
        let hash = secret.hash();
        let text = secret.reveal();
        assert_eq!(text.len(), SECRET_CHARS);
        assert!(Secret::presented(&text).is_some_and(|again| again.hash() == hash));
        assert!(Secret::presented("short").is_none());
        assert!(Secret::presented(&"é".repeat(22)).is_none());
    }

    #[test]
    fn content_does_not_run_together() {
        assert_ne!(content_hash(&["ab", "c"]), content_hash(&["a", "bc"]));
    }
}
