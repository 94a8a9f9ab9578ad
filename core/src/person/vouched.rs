//! People for whom another site vouches.

use pigeon_wire::PersonId;
use pigeon_wire::person::{Language, PersonKind};
use pigeon_wire::text::Name;

use super::sql;
use crate::Error;
use crate::db::on;
use crate::work::Work;

/// The domain of addresses that are none (RFC 2606, section 2).
const NOWHERE: &str = "vouched.invalid";

/// Stores somebody whom another site calls `subject` and vouches for: a user who has no password, and
/// whose address nobody can type or write to, since its domain is never one (RFC 2606, section 2).
pub(crate) async fn insert_vouched(
    work: &mut Work,
    name: &Name,
    subject: &str,
    language: Language,
) -> Result<PersonId, Error> {
    let id = PersonId(work.office.fresh_id());
    // The site's own name for its visitor, so that the team can tell whom it has before it.
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let local: String = subject
        .chars()
        .map(|c| if is_word(c) { c } else { '-' })
        .take(40)
        .collect();
    let email = format!("{local}@{NOWHERE}");
    // What stands for the folded address is none: whoever looks for one by what was typed finds
    // nobody here.
    let folded = format!("vouched:{id}");
    on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(PersonKind::User).bind(name.as_str()).bind(&email)
        .bind(&folded).bind(None::<String>).bind(None::<String>).bind(language)
        .bind(work.now)
        .execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Whether mails to this stored address can arrive at all.
pub(crate) fn is_reachable(email: &str) -> bool {
    email
        .rsplit_once('@')
        .is_none_or(|(_, domain)| domain != NOWHERE)
}
