//! Whether somebody may log in: asked in one place, whichever way they come.

use pigeon_wire::Millis;
use pigeon_wire::PersonId;
use pigeon_wire::id::HOUR_MS;

use super::sql;
use crate::Error;
use crate::db::on;
use crate::work::Work;

/// Proof that somebody may log in, made by [`may_log_in`] alone. Whatever opens a session, be it by
/// password, invitation or link, asks for it; what stands open asks the same of the database with
/// each use (the condition is one text in `sql.rs`).
pub(crate) struct LogIn {
    person: PersonId,
}

impl LogIn {
    /// Who.
    pub fn person(&self) -> PersonId {
        self.person
    }
}

/// Whether `person` may log in now, by the password with this hash where one was typed. Holds their
/// row until the unit ends: a new password or the end of the account waits for it, or it for them.
pub(crate) async fn may_log_in(
    work: &mut Work,
    person: PersonId,
    password_hash: Option<&str>,
) -> Result<Option<LogIn>, Error> {
    let hour = hour_of(work.now);
    let held = match password_hash {
        Some(hash) => on!(&mut work.conn, c => sqlx::query(sql::HOLD_WITH_PASSWORD)
            .bind(person).bind(hour).bind(hash)
            .execute(c).await.map(|done| done.rows_affected()))?,
        None => on!(&mut work.conn, c => sqlx::query(sql::HOLD)
            .bind(person).bind(hour)
            .execute(c).await.map(|done| done.rows_affected()))?,
    };
    Ok((held > 0).then_some(LogIn { person }))
}

/// The hour of a moment: how exactly it is kept when somebody was here last.
pub(crate) fn hour_of(now: Millis) -> Millis {
    Millis(now.0 - now.0.rem_euclid(HOUR_MS))
}
