//! What a tab of somebody's own threads holds: the rail's store, what is unread, the conversation that
//! is open, and the line that feeds them. Signals; the folds are those of [`super::conversation`].

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::live::{UserCall, UserChange, UserFrame};
use pigeon_wire::person::Me;
use pigeon_wire::presence::{LOOK_EVERY_MS, TYPING_EVERY_MS};
use pigeon_wire::seen::learn;
use pigeon_wire::{Fault, PersonId, ThreadId};
use serde::Deserialize;

use super::around::Around;
use super::conversation::Folded;
use super::mine::UserTalk;
use super::rows::Rows;
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
    /// Who else is at the conversation that the page shows.
    pub around: RwSignal<Around>,
    /// The conversation that the page shows.
    talk: RwSignal<Option<RwSignal<UserTalk>>>,
    /// The list that the page shows.
    rows: RwSignal<Option<RwSignal<Rows>>>,
    memory: StoredValue<Memory>,
    /// Whether something is typed that would vanish with the page.
    pub writes: RwSignal<bool>,
    /// Counts the changes that were taken in, so that the page can follow them to its end.
    pub taken: RwSignal<u32>,
    /// The team's line, for the badge of whoever works in the inbox too.
    team: Line,
}

/// What the tab remembers beside what it shows.
#[derive(Default)]
struct Memory {
    /// Whether the line was open before.
    opened: bool,
    /// When it said last that the reader types.
    typed: i64,
    /// What the server's pages are made of, as far as it was told.
    build: Option<String>,
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
            around: RwSignal::new(Around::default()),
            talk: RwSignal::new(None),
            rows: RwSignal::new(None),
            memory: StoredValue::new(Memory::default()),
            writes: RwSignal::new(false),
            taken: RwSignal::new(0),
            team: Line::new(),
        }
    }

    /// Brings the tab of `me` to life. Browser only.
    pub fn open(self, me: &Me) {
        let query = || "?mine=true".to_owned();
        self.store.line.open(query, move |heard| self.hear(heard));
        if me.permissions.is_staff() {
            self.team.open(String::new, move |heard| match heard {
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

    /// Says that the reader sees the conversation: now, and again and again while they do. Browser
    /// only.
    pub fn keep_looking(self) {
        let again = set_interval_with_handle(
            move || self.look(),
            Duration::from_millis(LOOK_EVERY_MS.into()),
        );
        on_cleanup(move || {
            if let Ok(again) = again {
                again.clear();
            }
        });
    }

    fn look(self) {
        if let Some(thread) = self.shown()
            && browser::is_visible()
        {
            self.say(&UserCall::Look { thread });
        }
    }

    /// Says that the reader types, now and then while they go on.
    pub fn types(self) {
        let now = browser::now().0;
        if let Some(thread) = self.shown()
            && now - self.memory.with_value(|memory| memory.typed) >= i64::from(TYPING_EVERY_MS)
        {
            self.memory.update_value(|memory| memory.typed = now);
            self.say(&UserCall::Typing { thread });
        }
    }

    /// What was typed is on its way: the next letter is told at once.
    pub fn has_sent(self) {
        self.memory.update_value(|memory| memory.typed = 0);
    }

    fn shown(self) -> Option<ThreadId> {
        let talk = self.talk.get_untracked()?;
        talk.try_with_untracked(|held| held.head.id)
    }

    fn say(self, call: &UserCall) {
        if let Ok(text) = serde_json::to_string(call) {
            self.store.line.say_text(&text);
        }
    }

    /// Forgets who has gone, now and when the next sign runs out.
    fn keep_around(self) {
        let now = browser::now();
        let next = self.around.try_update(|around| around.keep(now));
        if let Some(next) = next.flatten() {
            let left = u64::try_from(next.since(now)).unwrap_or_default();
            set_timeout(move || self.keep_around(), Duration::from_millis(left + 1));
        }
    }

    /// Shows a list: rows fold into it from now on.
    pub fn list(self, rows: RwSignal<Rows>) {
        self.rows.set(Some(rows));
    }

    fn with_rows(self, act: impl FnOnce(&mut Rows)) {
        if let Some(rows) = self.rows.get_untracked() {
            rows.update(act);
        }
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Opened => {
                let came_back = self
                    .memory
                    .try_update_value(|memory| std::mem::replace(&mut memory.opened, true));
                if came_back == Some(true) && self.rows.with_untracked(Option::is_some) {
                    // Rows have no number to catch up by, and nothing is typed on a list.
                    browser::soon(browser::reload);
                }
                self.around.update(Around::clear);
                self.with_talk(|held| held.typing = None);
                self.catch_up();
                self.look();
            }
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
        self.say(&call);
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
            UserFrame::Typing { thread, by } => {
                self.with_talk(|held| {
                    if held.head.id == thread {
                        held.typing = by;
                    }
                });
            }
            UserFrame::Sign { thread, who, types } => {
                if self.shown() == Some(thread) {
                    let now = browser::now();
                    self.around.update(|around| around.hear(who, types, now));
                    self.keep_around();
                }
            }
            UserFrame::Row(row) => self.with_rows(|held| held.hear(row)),
            UserFrame::Gone { thread } => {
                self.with_rows(|held| held.gone(thread));
                if self.shown() == Some(thread) {
                    self.end();
                }
            }
            UserFrame::Settings => browser::soon(move || self.renew_page()),
            UserFrame::Hello { build, .. } => self.hear_build(build),
            UserFrame::Beat => {}
        }
    }

    fn fold(self, change: UserChange) {
        if self.shown() == Some(change.thread) {
            let authors = change.entries.iter().filter_map(|entry| entry.by);
            let authors: Vec<PersonId> = authors.collect();
            self.around.update(|around| {
                for author in authors {
                    around.sent(author);
                }
            });
        }
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

    /// A line cannot say why it was refused; a server function can. A read serves as the question.
    fn ask_whether_ended(self) {
        let thread = self.shown();
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

    /// A page that outlives its server is older than the next one's pages.
    fn hear_build(self, build: String) {
        let mut is_other = false;
        self.memory.update_value(|memory| {
            is_other = memory.build.as_ref().is_some_and(|known| *known != build);
            memory.build = Some(build);
        });
        if is_other {
            browser::soon(move || self.renew_page());
        }
    }

    /// What the page shows of the settings has changed, or what it is made of.
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
