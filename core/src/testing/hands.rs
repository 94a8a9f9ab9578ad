//! What tests do that no command does: look into the tables, age a row, take a right away.

use pigeon_wire::live::PublicChange;
use pigeon_wire::text::Body;
use pigeon_wire::thread::{LinkOrigin, PublicHead, Status};
use pigeon_wire::{LinkId, PersonId, ThreadId};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Backend, House};
use crate::actor::{Account, Guest};
use crate::db::on;
use crate::hub::{Announcement, Audience};
use crate::thread::change::Change;
use crate::thread::row;
use crate::{Office, guest, person, user};

/// Runs a statement that no command has.
pub async fn run_sql(office: &Office, text: &str) {
    let text = text.to_owned();
    let done = office.write(move |work| {
        Box::pin(async move {
            on!(&mut work.conn, c => sqlx::raw_sql(AssertSqlSafe(text)).execute(c).await.map(|_| ()))?;
            Ok(())
        })
    });
    done.await.expect("the statement");
}

impl House {
    /// Runs a statement that no command has.
    pub async fn sql(&self, text: &str) {
        run_sql(&self.office, text).await;
    }

    /// The one number that a query answers.
    pub async fn number(&self, text: &str) -> i64 {
        let mut conn = self.office.read().await.expect("a connection");
        let text = AssertSqlSafe(text.to_owned());
        on!(&mut conn, c => sqlx::query_scalar(text).fetch_one(c).await).expect("a number")
    }

    /// The words that a query answers, row by row.
    pub async fn words(&self, text: &str) -> Vec<String> {
        let mut conn = self.office.read().await.expect("a connection");
        let text = AssertSqlSafe(text.to_owned());
        on!(&mut conn, c => sqlx::query_scalar(text).fetch_all(c).await).expect("words")
    }

    /// An id as it stands in a statement.
    pub fn id(&self, id: Uuid) -> String {
        match self.backend {
            Backend::Sqlite => format!("x'{}'", id.simple()),
            Backend::Postgres => format!("CAST('{id}' AS UUID)"),
        }
    }

    /// How many rows each table has.
    pub async fn row_counts(&self) -> Vec<(String, i64)> {
        let tables = match self.backend {
            Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
            Backend::Postgres => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            }
        };
        let mut counts = Vec::new();
        for table in self.words(tables).await {
            let count = self.number(&format!("SELECT COUNT(*) FROM {table}")).await;
            counts.push((table, count));
        }
        counts
    }

    /// Takes away every right of somebody, as an owner would.
    pub async fn deactivate(&self, person: PersonId) {
        let (id, now) = (self.id(person.0), self.office.now().0);
        self.sql(&format!(
            "UPDATE people SET deactivated_at = {now} WHERE id = {id}"
        ))
        .await;
    }

    /// Gives somebody another role, or none.
    pub async fn give_role(&self, person: PersonId, role: Option<&str>) {
        let id = self.id(person.0);
        let role = role.map_or("NULL".to_owned(), |role| format!("'{role}'"));
        self.sql(&format!("UPDATE people SET role = {role} WHERE id = {id}"))
            .await;
    }

    /// Puts a thread into the trash, by nobody in particular.
    pub async fn trash(&self, thread: ThreadId) {
        let trashed = self.office.write(move |work| {
            Box::pin(async move {
                let thread = row::lock(work, thread).await?.expect("the thread");
                let mut change = Change::of(thread);
                change.thread.trashed_at = Some(work.now);
                change.finish(work).await
            })
        });
        trashed.await.expect("to trash");
    }

    /// Folds the subjects that are not folded yet, as an office does when it opens.
    pub async fn fold_subjects(&self) {
        let folded = crate::thread::fold_subjects(&self.office).await;
        folded.expect("the subjects");
    }

    /// A support thread in which a user with an account is the customer.
    pub async fn question_of(&self, account: &Account, body: &str) -> ThreadId {
        let (account, body) = (account.clone(), Body::parse(body).expect("a body"));
        let opened = self.office.write(move |work| {
            Box::pin(async move {
                let me = person::rights(&mut work.conn, &account, work.now).await?;
                let id = ThreadId(work.office.fresh_id());
                user::open_question(work, id, &me, (None, Some(&body)), &[]).await?;
                Ok(id)
            })
        });
        opened.await.expect("a thread")
    }

    /// The guest with the newest link that was mailed to the address of `guest`.
    pub async fn by_mail(&self, guest: &Guest) -> Guest {
        let id = self.id(guest.person.0);
        let query = format!("SELECT email FROM people WHERE id = {id}");
        let address = self.words(&query).await.remove(0);
        let token = self.token_to(&address).expect("a mail with a link");
        super::recognised(&self.office, guest.thread, &token).await
    }

    /// The token of the newest mail with a link to `address`.
    pub fn token_to(&self, address: &str) -> Option<String> {
        let letters = self.mailbox.letters();
        let mut to = letters.iter().rev().filter(|l| l.to.1.as_str() == address);
        to.find_map(|letter| {
            let (_, rest) = letter.text.split_once("/t/")?;
            Some(rest.chars().take_while(|c| !c.is_whitespace()).collect())
        })
    }

    /// Has the guest's own mail sent and follows its link.
    pub async fn verified_way(&self, guest: &Guest) -> Guest {
        self.run_mails().await;
        self.by_mail(guest).await
    }

    /// Waits until the hub has told all that was committed before.
    pub async fn told(&self) {
        let office = &self.office;
        let thread = ThreadId(office.fresh_id());
        let nobody = Guest {
            person: PersonId(office.fresh_id()),
            thread,
            link: LinkId(office.fresh_id()),
            origin: LinkOrigin::Browser,
        };
        let mut line = office.hub().attach_guest(&nobody);
        let head = PublicHead {
            id: thread,
            subject: None,
            status: Status::Pending,
            opened_at: office.now(),
        };
        let change = PublicChange {
            thread,
            prev: 0,
            now: 1,
            head,
            entries: Vec::new(),
        };
        let seat = office.announcer().seat().await.expect("a seat");
        seat.announce(vec![Announcement::Public(change)]);
        line.next().await;
    }

    /// Has the hub whisper what is new to both audiences.
    pub fn whispers(&self) {
        let now = self.office.now();
        for audience in [Audience::Team, Audience::Guests] {
            self.office.hub().whisper(audience, now);
        }
    }

    /// What a cookie's or mail's secret is worth.
    pub async fn worth(&self, thread: ThreadId, secret: &str) -> guest::Standing {
        guest::standing(&self.office, thread, secret)
            .await
            .expect("an answer")
    }
}
