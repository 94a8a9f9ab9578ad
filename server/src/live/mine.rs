//! The line of a user in their own threads: changes of all of them, rows of the list, what waits.

use pigeon_core::actor::Account;
use pigeon_core::hub::{Line, frame};
use pigeon_core::message::rest_after;
use pigeon_core::{Error, mailbox, presence, user};
use pigeon_wire::live::{BEAT_MS, UserCall, UserFrame, VERSION};
use pigeon_wire::{Fault, ThreadId};

use crate::assets;

use super::Who;
use super::talk::{End, Talk, code_of, found};

impl Talk {
    pub(super) async fn with_mine(&mut self, who: &Who, account: &Account) -> End {
        let mut line = self.office.hub().attach_mine(account);
        // Reading proves the right: a session that ended just now was not on the hub yet.
        let counts = match mailbox::counts(&self.office, account).await {
            Ok(counts) => counts,
            Err(error) => return Some(code_of(error)),
        };
        let hello = UserFrame::Hello {
            version: VERSION,
            beat_ms: BEAT_MS,
            build: assets::build().to_owned(),
        };
        if let Err(end) = self.write_all([hello, UserFrame::Counts(counts)]).await {
            return end;
        }
        self.talk(&mut line, who, frame(&UserFrame::Beat)).await
    }

    pub(super) async fn answer_mine(
        &mut self,
        call: UserCall,
        line: &Line,
        account: &Account,
    ) -> Result<(), End> {
        let office = &self.office;
        match call {
            UserCall::Beat => Ok(()),
            UserCall::CatchUp { thread, after } => {
                self.catch_up_own(line, account, thread, after).await
            }
            UserCall::Look { thread } => found(presence::user_looks(office, account, thread).await),
            UserCall::Typing { thread } => {
                found(presence::user_types(office, account, line, thread).await)
            }
        }
    }

    /// Writes what a page missed of a thread; a long absence takes several answers.
    async fn catch_up_own(
        &mut self,
        line: &Line,
        account: &Account,
        thread: ThreadId,
        after: i64,
    ) -> Result<(), End> {
        let mut rest = Some(after);
        while let Some(after) = rest {
            let changes = user::changed_after(&self.office, account, thread, after).await;
            let changes = match changes {
                Ok(changes) => changes,
                // The page that asks learns the same from its own answer.
                Err(Error::Fault(Fault::NotFound)) => return Ok(()),
                Err(error) => return Err(Some(code_of(error))),
            };
            rest = rest_after(&changes);
            self.write_all(changes.into_iter().map(UserFrame::Change))
                .await?;
        }
        // What has no number is told whole; a page begins with nobody typing.
        let by = line.typing(thread);
        let typing = by.is_some().then_some(UserFrame::Typing { thread, by });
        self.write_all(typing).await
    }
}
