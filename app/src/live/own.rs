//! What a tab of somebody's own threads holds: the rail's store, what is unread, the conversation that
//! is open, and the line that feeds them. Signals; the folds are those of [`super::conversation`].

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::Fault;
use pigeon_wire::live::{UserCall, UserChange, UserFrame};
use pigeon_wire::person::Me;
use pigeon_wire::seen::learn;
use serde::Deserialize;

use super::conversation::Folded;
use super::mine::UserTalk;
use super::socket::{Heard, Line};
use super::team::Store;
use crate::api::mine::own_before;
use crate::api::session::signed_in;
use crate::browser;

/// One tab's state. Made with the page, on the server too; the lines are opened in the browser.
#[derive(Clone, Copy)]
pub struct Own {
    /// What the rail and the strip show; its line is that of the own threads.
    pub store: Store,
    /// The conversation that the page shows.
    talk: RwSignal<Option<RwSignal<UserTalk>>>,
    /// Whether something is typed that would vanish with the page.
    pub writes: RwSignal<bool>,
    /// Counts the changes that were taken in, so that the page can follow them to its end.
    pub taken: RwSignal<u32>,
    /// The team's line, for the badge of whoever works in the inbox too.
    team: Line,
}

/// The one frame of the team's line that this page reads, known by its member.
#[derive(Deserialize)]
struct Badge {
    count: i64,
}

impl Own {
    /// The state of a tab that has just opened.
    pub fn new() -> Self {
        Self {
            store: Store::beside_forms(),
            talk: RwSignal::new(None),
            writes: RwSignal::new(false),
            taken: RwSignal::new(0),
            team: Line::new(),
        }
    }

    /// Brings the tab of `me` to life. Browser only.
    pub fn open(self, me: &Me) {
        let path = || "/api/v1/live?mine=true".to_owned();
        self.store.line.open(path, move |heard| self.hear(heard));
        if me.permissions.is_staff() {
            let path = || "/api/v1/live".to_owned();
            self.team.open(path, move |heard| match heard {
                Heard::Opened => self.team.say_text(r#"{"t":"inbox"}"#),
                Heard::Text(text) => {
                    if let Some(Badge { count }) = browser::parsed(&text) {
                        self.store.badge.set(Some(count));
                    }
                }
                // The other line tells of an end.
                Heard::Refused | Heard::Ended => {}
            });
        }
        on_cleanup(move || {
            self.store.line.hang_up();
            self.team.hang_up();
        });
    }

    /// Shows a conversation: its changes fold into it from now on.
    pub fn show(self, talk: RwSignal<UserTalk>) {
        self.talk.set(Some(talk));
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Opened => self.catch_up(),
            Heard::Text(text) => {
                // What newer servers say beyond these frames falls through.
                if let Some(frame) = browser::parsed::<UserFrame>(&text) {
                    self.take(frame);
                }
            }
            Heard::Refused => self.ask_whether_ended(),
            Heard::Ended => self.end(),
        }
    }

    /// Asks for what the conversation lacks.
    fn catch_up(self) {
        let Some(talk) = self.talk.get_untracked() else {
            return;
        };
        let call = talk.with_untracked(|held| UserCall::CatchUp {
            thread: held.head.id,
            after: held.change,
        });
        if let Ok(text) = serde_json::to_string(&call) {
            self.store.line.say_text(&text);
        }
    }

    fn take(self, frame: UserFrame) {
        match frame {
            UserFrame::Change(change) => self.fold(change),
            UserFrame::Counts(counts) => self.store.own.set(Some(counts.unread)),
            UserFrame::Seen { thread, seen } => {
                self.with_talk(|held| {
                    if held.head.id == thread {
                        learn(&mut held.seen, seen);
                    }
                });
            }
            UserFrame::Gone { thread } => {
                let talk = self.talk.get_untracked();
                let is_here =
                    talk.is_some_and(|talk| talk.with_untracked(|held| held.head.id == thread));
                if is_here {
                    self.end();
                }
            }
            UserFrame::Settings => browser::soon(move || self.renew_page()),
            UserFrame::Row(_) | UserFrame::Hello { .. } | UserFrame::Beat => {}
        }
    }

    fn fold(self, change: UserChange) {
        let folded = self.with_talk(|held| held.fold(change));
        match folded {
            Some(Folded::Gap) => self.catch_up(),
            Some(Folded::Taken) => self.taken.update(|taken| *taken += 1),
            Some(Folded::Known) | None => {}
        }
    }

    fn with_talk<T>(self, act: impl FnOnce(&mut UserTalk) -> T) -> Option<T> {
        self.talk.get_untracked()?.try_update(act)
    }

    /// A socket cannot say why it was refused; a server function can. A read serves as the question.
    fn ask_whether_ended(self) {
        let thread = self.talk.get_untracked();
        let thread = thread.map(|talk| talk.with_untracked(|held| held.head.id));
        spawn_local(async move {
            let error = match thread {
                Some(thread) => own_before(thread, 0).await.err(),
                None => signed_in().await.err(),
            };
            let fault = error.as_ref().and_then(|error| error.fault());
            if matches!(fault, Some(Fault::NotSignedIn | Fault::NotFound)) {
                self.end();
            }
        });
    }

    /// The right to see this has ended. The page goes, unless the reader would lose a text with it.
    fn end(self) {
        self.store.line.hang_up();
        if self.writes.get_untracked() {
            self.store.ended.set(true);
        } else {
            browser::reload();
        }
    }

    /// What the page shows of the settings has changed.
    fn renew_page(self) {
        if self.writes.get_untracked() {
            self.store.stale.set(true);
        } else {
            browser::reload();
        }
    }
}

impl Default for Own {
    fn default() -> Self {
        Self::new()
    }
}

/// The tab's state, which the page provides.
pub fn use_own() -> Own {
    use_context().unwrap_or_default()
}
