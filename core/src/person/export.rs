//! Somebody's own data, to take away: what is kept of them, and their conversations as their own pages
//! show them. Read page by page as it is sent, so that it fits into memory however much there is; the
//! right to it is asked for with each page.

use std::collections::VecDeque;

use pigeon_wire::message::Content;
use pigeon_wire::thread::{Status, ThreadKind};
use pigeon_wire::{Millis, ThreadId};
use serde_json::{Value, json};

use super::{in_person, own, sql};
use crate::actor::Account;
use crate::db::on;
use crate::message::entry;
use crate::{Error, Office};

/// Threads and entries that are read at once.
const PAGE: i64 = 100;

/// One person's data, on its way out.
pub struct Export {
    office: Office,
    account: Account,
    stage: Stage,
    threads: VecDeque<ThreadRow>,
    after: ThreadId,
    is_last: bool,
    has_thread: bool,
}

enum Stage {
    Begin,
    Threads,
    /// In a thread, after this place.
    Entries(ThreadRow, i64, bool),
    End,
}

#[derive(Clone, sqlx::FromRow)]
struct ThreadRow {
    id: ThreadId,
    kind: ThreadKind,
    status: Status,
    subject: Option<String>,
    created_at: Millis,
    left_at: Option<Millis>,
    as_staff: bool,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    agent: String,
    created_at: Millis,
    seen_at: Millis,
    expires_at: Millis,
}

impl Export {
    /// The data of whoever asks.
    pub async fn begin(office: &Office, account: &Account) -> Result<Self, Error> {
        in_person(&mut office.read().await?, account, office.now()).await?;
        Ok(Self {
            office: office.clone(),
            account: account.clone(),
            stage: Stage::Begin,
            threads: VecDeque::new(),
            after: ThreadId(uuid::Uuid::nil()),
            is_last: false,
            has_thread: false,
        })
    }

    /// The next piece of the JSON text; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<String>, Error> {
        match std::mem::replace(&mut self.stage, Stage::End) {
            Stage::Begin => {
                self.stage = Stage::Threads;
                self.head().await.map(Some)
            }
            Stage::Threads => self.thread().await.map(Some),
            Stage::Entries(thread, after, has_entry) => {
                self.entries(thread, after, has_entry).await.map(Some)
            }
            Stage::End => Ok(None),
        }
    }

    async fn head(&self) -> Result<String, Error> {
        let account = own::account(&self.office, &self.account).await?;
        let mut conn = self.office.read().await?;
        let rows: Vec<SessionRow> = on!(&mut conn, c => sqlx::query_as(sql::EXPORTED_SESSIONS)
            .bind(self.account.person).fetch_all(c).await)?;
        let sessions = rows.iter().map(|row| {
            json!({
                "agent": row.agent,
                "created_at": row.created_at.rfc3339(),
                "seen_at": row.seen_at.rfc3339(),
                "expires_at": row.expires_at.rfc3339(),
            })
        });
        let profile = json!({
            "id": self.account.person,
            "name": account.name,
            "email": account.email,
            "language": account.language,
            "time_zone": account.time_zone,
            "role": account.role.map(|role| role.name),
            "picture_at": account.picture_at.map(Millis::rfc3339),
        });
        let sessions: Value = sessions.collect();
        let at = self.office.now().rfc3339();
        Ok(format!(
            "{{\"exported_at\":\"{at}\",\"profile\":{profile},\"sessions\":{sessions},\"threads\":["
        ))
    }

    /// Begins the next thread, or ends the whole.
    async fn thread(&mut self) -> Result<String, Error> {
        if self.threads.is_empty() && !self.is_last {
            let mut conn = self.office.read().await?;
            let me = in_person(&mut conn, &self.account, self.office.now()).await?;
            let rows: Vec<ThreadRow> = on!(&mut conn, c => sqlx::query_as(sql::EXPORTED_THREADS)
                .bind(me.id).bind(self.after).bind(PAGE).fetch_all(c).await)?;
            self.is_last = i64::try_from(rows.len()).is_ok_and(|count| count < PAGE);
            self.threads = rows.into();
        }
        let Some(thread) = self.threads.pop_front() else {
            return Ok("]}".to_owned());
        };
        self.after = thread.id;
        let comma = if self.has_thread { "," } else { "" };
        self.has_thread = true;
        let id = thread.id;
        // What a customer has called their thread belongs to the team's view, which ends with the
        // role: of threads that were answered for the team, only the own words are taken away.
        let subject = thread.subject.as_ref().filter(|_| !thread.as_staff);
        let head = format!(
            "{comma}{{\"id\":\"{id}\",\"kind\":\"{}\",\"status\":\"{}\",\"subject\":{},\
             \"for_the_team\":{},\"opened_at\":\"{}\",\"messages\":[",
            thread.kind,
            thread.status,
            json!(subject),
            thread.as_staff,
            thread.created_at.rfc3339(),
        );
        self.stage = Stage::Entries(thread, 0, false);
        Ok(head)
    }

    async fn entries(
        &mut self,
        thread: ThreadRow,
        after: i64,
        mut has_entry: bool,
    ) -> Result<String, Error> {
        let mut conn = self.office.read().await?;
        let me = in_person(&mut conn, &self.account, self.office.now()).await?;
        let (rows, more) = entry::public_after(&mut conn, thread.id, after, PAGE).await?;
        let last = rows.last().and_then(|row| row.public_place);
        let upto = thread.left_at.unwrap_or(Millis(i64::MAX));
        let mut text = String::new();
        for row in rows {
            let is_mine = row.author_id == me.id;
            if row.created_at > upto || (thread.as_staff && !is_mine) {
                continue;
            }
            let Some(view) = row.public_view()? else {
                continue;
            };
            let Content::Message {
                author,
                side,
                body,
                attachments,
                ..
            } = view.content
            else {
                continue;
            };
            let files = attachments.into_iter().map(|file| file.name);
            let message = json!({
                "id": view.id,
                "at": view.at.rfc3339(),
                "by": author,
                "mine": is_mine,
                "side": side,
                "text": body,
                "files": files.collect::<Vec<_>>(),
            });
            if has_entry {
                text.push(',');
            }
            has_entry = true;
            text.push_str(&message.to_string());
        }
        if let Some(after) = last.filter(|_| more) {
            self.stage = Stage::Entries(thread, after, has_entry);
        } else {
            self.stage = Stage::Threads;
            text.push_str("]}");
        }
        Ok(text)
    }
}
