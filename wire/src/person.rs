//! People as pages show them.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::permission::Permissions;

choice! {
    /// What sort of person somebody is.
    PersonKind {
        /// Has an account.
        User = "user",
        /// Has an address and links.
        Guest = "guest",
    }
}

choice! {
    /// The languages that Pigeon speaks.
    Language {
        /// English.
        En = "en",
        /// German.
        De = "de",
    }
}

impl Language {
    /// The best of the languages that an `Accept-Language` header names, or `None` when it names
    /// none of ours. Quality values are honoured; ties go to the one named first.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let primary = tag
                .split('-')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q=")?.parse().ok())
                .unwrap_or(1.0);
            if let Ok(language) = primary.parse()
                && quality > best.map_or(0.0, |(q, _)| q)
            {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// A user or staff member as the team sees them: a name to show and an id to act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRef {
    /// Who.
    pub id: PersonId,
    /// Display name.
    pub name: String,
}

/// The signed-in user, as their own pages know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Own id.
    pub id: PersonId,
    /// Own display name.
    pub name: String,
    /// Own address.
    pub email: String,
    /// The role's word, if any.
    pub role: Option<String>,
    /// What the role allows now.
    pub permissions: Permissions,
    /// How many of their own threads hold something unread.
    #[serde(default)]
    pub unread: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_is_taken() {
        assert_eq!(
            Language::accepted("de-AT,de;q=0.9,en;q=0.8"),
            Some(Language::De)
        );
        assert_eq!(
            Language::accepted("fr, en;q=0.3, de;q=0.7"),
            Some(Language::De)
        );
        assert_eq!(Language::accepted("en-GB"), Some(Language::En));
        assert_eq!(Language::accepted("fr,*;q=0.1"), None);
        assert_eq!(Language::accepted("de;q=0"), None);
        assert_eq!(Language::accepted(";;q=,,,"), None);
    }
}
