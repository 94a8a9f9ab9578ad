//! Conversations in the pages of another site, and how that site vouches for its own visitors.

use serde::{Deserialize, Serialize};

use crate::id::{EmbedKeyId, Millis};

/// Keys, revoked ones included.
pub const KEYS_MAX: i64 = 50;
/// Seconds that a site's word may hold: from its `iat` to its `exp`.
pub const VOUCH_S_MAX: i64 = 600;
/// Seconds that a visitor stays known by a word that was good; then the site is asked anew.
pub const STAY_S: i64 = 3600;
/// Most characters of a site's own name for its visitor.
pub const SUBJECT_CHARS_MAX: usize = 100;
/// What the token of a visitor who was vouched for begins with.
pub const STAY_PREFIX: &str = "pge_";

/// A key as whoever changes the settings sees it: never the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedKeyView {
    /// Which: the `kid` of what it signs.
    pub id: EmbedKeyId,
    /// What it is called.
    pub name: String,
    /// When its secret was made.
    pub secret_at: Millis,
    /// When it was made.
    pub created_at: Millis,
    /// The hour in which it vouched for somebody last.
    pub used_at: Option<Millis>,
    /// When it was revoked.
    pub revoked_at: Option<Millis>,
}

/// By whom somebody is vouched for, as whoever manages people sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct VouchedView {
    /// What the site's key is called.
    pub key_name: String,
    /// The site's own name for its visitor.
    pub subject: String,
    /// The address that the site gave, which proves nothing.
    pub email: Option<String>,
}
