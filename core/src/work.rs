//! A unit of work: rows, mails owed and announcements, together or not at all.

use futures::future::BoxFuture;
use pigeon_wire::Millis;

use crate::db::{Conn, Db, PgConn, SqliteConn};
use crate::hub::Announcement;
use crate::{Error, Office};

/// What one command writes. What others must hear is remembered and leaves only after the commit.
pub struct Work {
    /// The unit's own transaction.
    pub conn: Conn,
    /// The moment at which the unit began: the time of all that it writes.
    pub now: Millis,
    /// The office that the unit runs in.
    pub office: Office,
    announcements: Vec<Announcement>,
    renews: Option<Renewal>,
    renews_hooks: bool,
}

/// What becomes of the settings in force when a unit is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// They are read anew.
    Quiet,
    /// And open pages are told, since they show some of them.
    Told,
}

#[cfg(test)]
#[path = "work_tests.rs"]
mod tests;

impl Work {
    /// Remembers what others must hear once this unit is stored.
    pub fn tell(&mut self, announcement: Announcement) {
        self.announcements.push(announcement);
    }

    /// Has the settings read anew once this unit is stored, before it is answered.
    pub(crate) fn renew_settings(&mut self, renewal: Renewal) {
        self.renews = Some(renewal);
    }

    /// Has it looked anew whether there are hooks once this unit is stored, before it is answered.
    pub(crate) fn renew_hooks(&mut self) {
        self.renews_hooks = true;
    }
}

impl Office {
    /// Runs `unit` as one unit of work, in a task of its own, so that a client that hangs up cannot
    /// leave it half done. Its answer, good or bad, comes only after the commit.
    ///
    /// # Errors
    /// Those of the unit, and those of the commit.
    pub async fn write<T, F>(&self, unit: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'w> FnOnce(&'w mut Work) -> BoxFuture<'w, Result<T, Error>> + Send + 'static,
    {
        let office = self.clone();
        #[expect(
            clippy::disallowed_methods,
            reason = "a unit outlives the client that asked"
        )]
        let task = tokio::spawn(async move { office.run(unit).await });
        task.await
            .map_err(|lost| Error::UnitLost(lost.to_string()))?
    }

    async fn run<T, F>(self, unit: F) -> Result<T, Error>
    where
        F: for<'w> FnOnce(&'w mut Work) -> BoxFuture<'w, Result<T, Error>>,
    {
        match self.db() {
            Db::Sqlite { writer, .. } => {
                let lease = writer.lease().await?;
                let mut work = Work {
                    conn: Conn::Sqlite(SqliteConn::Writer(lease)),
                    now: self.now(),
                    office: self.clone(),
                    announcements: Vec::new(),
                    renews: None,
                    renews_hooks: false,
                };
                let answer = unit(&mut work).await;
                if let Conn::Sqlite(SqliteConn::Writer(lease)) = work.conn {
                    lease.finish(answer.is_ok(), work.announcements).await?;
                }
                self.renewed((work.renews, work.renews_hooks), answer).await
            }
            Db::Postgres(pool) => {
                let seat = self.announcer().seat().await?;
                let mut work = Work {
                    conn: Conn::Postgres(PgConn::Unit(pool.begin().await?)),
                    now: self.now(),
                    office: self.clone(),
                    announcements: Vec::new(),
                    renews: None,
                    renews_hooks: false,
                };
                let answer = unit(&mut work).await;
                if let Conn::Postgres(PgConn::Unit(transaction)) = work.conn {
                    if answer.is_ok() {
                        transaction.commit().await?;
                        seat.announce(work.announcements);
                    } else {
                        transaction.rollback().await?;
                    }
                }
                self.renewed((work.renews, work.renews_hooks), answer).await
            }
        }
    }

    /// The unit's answer, with what is kept in memory read anew where it has changed: the settings,
    /// and whether there are hooks.
    async fn renewed<T>(
        &self,
        (renews, hooks): (Option<Renewal>, bool),
        answer: Result<T, Error>,
    ) -> Result<T, Error> {
        if hooks && answer.is_ok() {
            self.reload_hooks().await?;
        }
        if let (Some(renewal), Ok(_)) = (renews, &answer) {
            self.reload_settings().await?;
            if renewal == Renewal::Told {
                self.hub().tell_settings();
            }
        }
        answer
    }
}
