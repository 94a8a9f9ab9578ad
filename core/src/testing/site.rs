//! Another site, which vouches for its visitors.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::embed::jwt;
use crate::embed::key::Made;
use crate::{Office, embed};

use super::visitor;
use crate::actor::Account;
use crate::embed::{Unvouched, Word};

/// A site with a key.
pub struct Site {
    /// The key's id.
    pub key: String,
    /// Its secret.
    pub secret: String,
}

impl From<Made> for Site {
    fn from(made: Made) -> Self {
        Self {
            key: made.id.to_string(),
            secret: made.secret,
        }
    }
}

impl Site {
    /// A key that `owner` makes for a site of this name.
    pub async fn new(office: &Office, owner: &Account, name: &str) -> Self {
        let made = embed::key::make(office, owner, name).await;
        made.expect("a key").into()
    }

    /// What the site signs under this header.
    pub fn signed_as(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = [part(header), part(claims)].join(".");
        let mac = jwt::signature(&self.secret, signed.as_bytes());
        [signed, URL_SAFE_NO_PAD.encode(mac)].join(".")
    }

    /// What the site signs.
    pub fn signed(&self, claims: &Value) -> String {
        self.signed_as(
            &json!({ "alg": "HS256", "typ": "JWT", "kid": self.key }),
            claims,
        )
    }

    /// The site's word for a visitor that it calls `subject`, good for five minutes.
    pub fn word(&self, office: &Office, subject: &str, name: &str) -> String {
        let now_s = office.now().0 / 1000;
        self.signed(&json!({ "sub": subject, "name": name, "iat": now_s, "exp": now_s + 300 }))
    }

    /// The token that such a word is worth.
    ///
    /// # Errors
    /// Why it is not believed.
    pub async fn token(&self, office: &Office, subject: &str) -> Result<String, Unvouched> {
        let word = self.word(office, subject, subject);
        match embed::vouch(office, &word, &visitor("192.0.2.9"))
            .await
            .expect("a word")
        {
            Word::Good { token, .. } => Ok(token),
            Word::Bad(why) => Err(why),
        }
    }

    /// The visitor that the site calls `subject`.
    pub async fn brings(&self, office: &Office, subject: &str) -> Account {
        let token = self.token(office, subject).await.expect("to be believed");
        let known = embed::recognise(office, &token).await.expect("an answer");
        known.expect("a token that stands")
    }
}
