//! What a tab of the team's pages holds, and what the live line does to it: plain signals, fed by
//! the pure folds of [`list`] and [`talk`].

#[cfg(test)]
pub(crate) mod cast;
mod drafts;
mod frame;
pub mod list;
mod memory;
pub mod outgoing;
pub mod talk;
pub mod whereabouts;
mod whisper;

use std::sync::Arc;

use leptos::prelude::*;
use pigeon_wire::inbox::{InboxPage, InboxRow, ViewCounts};
use pigeon_wire::live::{LiveCall, StaffChange, StaffFrame};
use pigeon_wire::note::{StaffContent, StaffEntryView};
use pigeon_wire::person::PersonRef;
use pigeon_wire::{Millis, PersonId, ThreadId};

use crate::browser;
use crate::live::socket::{Heard, Line};
use list::List;
use memory::{Reads, Recent};
use outgoing::{Drafts, Outgoing};
use talk::{Folded, Talk};
use whereabouts::Whereabouts;

use crate::upload::Tray;

/// Milliseconds between two looks at the clock, for waiting times.
const TICK_MS: u64 = 20_000;

/// One tab's state. Made with the page, on the server too; the line is opened in the browser.
#[derive(Clone, Copy)]
pub struct Store {
    /// The live line.
    pub line: Line,
    /// How many threads need a reply from the reader, once the line or a page has told.
    pub badge: RwSignal<Option<i64>>,
    /// How many of the reader's own threads are unread, once a line has told.
    pub own: RwSignal<Option<i64>>,
    /// How many threads each view holds; the badge is one of them.
    pub counts: RwSignal<Option<ViewCounts>>,
    /// How many threads of each view are unread for the reader.
    pub unread: RwSignal<Option<ViewCounts>>,
    /// How often the line has opened: whoever shows a list asks for it anew each time.
    pub opened: RwSignal<u32>,
    /// Whether rows must stay where they are: the reader's pointer is over them.
    pub hold: RwSignal<bool>,
    /// How often what the reader may do has changed under the page: it asks anew each time.
    pub rights: RwSignal<u32>,
    /// Whether the session has ended under a page that holds something typed.
    pub ended: RwSignal<bool>,
    /// The browser's clock; nothing until the page is alive.
    pub now: RwSignal<Option<Millis>>,
    /// Whether somebody can see the page.
    pub visible: RwSignal<bool>,
    /// Whether settings have changed under a page that holds something typed.
    pub stale: RwSignal<bool>,
    /// What is being written, thread by thread.
    pub drafts: RwSignal<Drafts>,
    /// Whether the server keeps what is written as it is now.
    pub drafts_kept: RwSignal<bool>,
    /// Files that go with what is being written or was sent.
    pub tray: Tray,
    /// What was sent and has not come back as an entry yet.
    pub outgoing: RwSignal<Vec<Outgoing>>,
    /// Who can be assigned, once asked.
    pub assignees: RwSignal<Vec<PersonRef>>,
    /// The newest message or note of somebody else that came live.
    pub heard: RwSignal<Option<Arc<StaffEntryView>>>,
    /// Who else is where.
    pub whereabouts: RwSignal<Whereabouts>,
    lists: RwSignal<Vec<RwSignal<List>>>,
    talk: RwSignal<Option<RwSignal<Talk>>>,
    memory: StoredValue<Memory>,
}

/// What the tab remembers beside what it shows.
#[derive(Default)]
struct Memory {
    /// What the reader has read.
    reads: Reads,
    /// Rows for pages that are still on their way.
    recent: Recent,
    /// The number after which something was found missing and asked for.
    asked_after: Option<i64>,
    /// What the server's pages are made of, as far as it was told.
    build: Option<String>,
    /// What it said last of what is typed.
    typed: whisper::Typed,
    /// What is to be kept by the server.
    drafts: drafts::Keeping,
    /// Whether the page has forms of its own, in which anything may have been typed.
    forms: bool,
}

impl Store {
    /// The state of a tab that has just opened.
    pub fn new() -> Self {
        Self {
            line: Line::new(),
            badge: RwSignal::new(None),
            own: RwSignal::new(None),
            counts: RwSignal::new(None),
            unread: RwSignal::new(None),
            opened: RwSignal::new(0),
            hold: RwSignal::new(false),
            rights: RwSignal::new(0),
            ended: RwSignal::new(false),
            now: RwSignal::new(None),
            visible: RwSignal::new(false),
            stale: RwSignal::new(false),
            drafts: RwSignal::new(Drafts::default()),
            drafts_kept: RwSignal::new(false),
            tray: Tray::default(),
            outgoing: RwSignal::new(Vec::new()),
            assignees: RwSignal::new(Vec::new()),
            heard: RwSignal::new(None),
            whereabouts: RwSignal::new(Whereabouts::default()),
            lists: RwSignal::new(Vec::new()),
            talk: RwSignal::new(None),
            memory: StoredValue::new(Memory::default()),
        }
    }

    /// The state of a tab with a plain page, whose forms keep what is typed by themselves.
    pub fn beside_forms() -> Self {
        let store = Self::new();
        store.memory.update_value(|memory| memory.forms = true);
        store
    }

    /// Brings the tab of `me` to life: the clock, the eye, the line. Browser only.
    pub fn open(self, me: PersonId) {
        self.whereabouts.update(|all| all.reader = Some(me));
        self.now.set(Some(browser::now()));
        self.visible.set(browser::is_visible());
        let ticking = set_interval_with_handle(
            move || self.now.set(Some(browser::now())),
            std::time::Duration::from_millis(TICK_MS),
        );
        let watching = window_event_listener_untyped("visibilitychange", move |_| {
            let visible = browser::is_visible();
            self.visible.set(visible);
            if !visible {
                self.keep_now();
            }
        });
        on_cleanup(move || {
            watching.remove();
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
            self.line.hang_up();
        });
        self.keep_looking();
        self.line.open(String::new, move |heard| self.take(heard));
    }

    /// Shows a list: frames fold into it from now on. What came while its page was on the way is
    /// applied.
    pub fn show_list(self, list: RwSignal<List>) {
        self.memory
            .update_value(|memory| list.with_untracked(|list| memory.reads.learn(list.rows())));
        self.catch_up(list);
        self.lists.update(|lists| lists.push(list));
    }

    /// Shows a list no longer.
    pub fn hide_list(self, list: RwSignal<List>) {
        self.lists.try_update(|lists| {
            lists.retain(|shown| *shown != list);
            if lists.is_empty() {
                self.hold.set(false);
            }
        });
    }

    /// Renews a list from a page that was asked for after the line had opened.
    pub fn renew_list(self, list: RwSignal<List>, page: InboxPage) {
        self.tell_counts(page.counts);
        self.memory
            .update_value(|memory| memory.reads.learn(&page.rows));
        let hold = self.hold.get_untracked();
        self.memory
            .with_value(|memory| list.try_update(|list| list.renew(page, &memory.reads, hold)));
        self.catch_up(list);
    }

    /// The counts as the line or a page tells them: one place for views, badge and dashboard.
    pub fn tell_counts(self, counts: ViewCounts) {
        self.counts.set(Some(counts));
        self.badge.set(Some(counts.needs_reply));
    }

    /// Adds the next page to a list.
    pub fn extend_list(self, list: RwSignal<List>, page: InboxPage) {
        self.memory
            .update_value(|memory| memory.reads.learn(&page.rows));
        list.try_update(|list| list.append(page));
        self.catch_up(list);
    }

    /// Shows a thread: its changes are watched from now on.
    pub fn show_talk(self, talk: RwSignal<Talk>) {
        self.memory.update_value(|memory| memory.asked_after = None);
        self.talk.set(Some(talk));
        self.watch(talk);
    }

    /// Shows a thread no longer.
    pub fn hide_talk(self, talk: RwSignal<Talk>, thread: ThreadId) {
        let shown = self.talk.try_get_untracked().flatten();
        if shown == Some(talk) {
            self.talk.set(None);
        }
        let others = shown.filter(|shown| *shown != talk);
        if others.and_then(id_of) != Some(thread) {
            self.line.say(&LiveCall::Unwatch { thread });
        }
    }

    /// Notes that the reader has read a thread up to `upto`, here or elsewhere.
    pub fn note_read(self, thread: ThreadId, upto: i64) {
        self.memory
            .update_value(|memory| memory.reads.note(thread, upto));
        for list in self.lists.get_untracked() {
            list.try_update(|list| list.read(thread, upto));
        }
        if let Some(talk) = self.talk_of(thread) {
            talk.try_update(|talk| talk.read = talk.read.max(upto));
        }
    }

    /// The reader signed out, or was signed out. What is typed here must not vanish with the page.
    pub fn end(self) {
        if self.holds_nothing() {
            browser::reload();
        } else {
            self.ended.set(true);
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
            self.renew_page();
        }
    }

    /// What the page shows of the settings has changed, or what it is made of.
    fn renew_page(self) {
        browser::soon(move || {
            if self.holds_nothing() {
                browser::reload();
            } else {
                self.stale.try_set(true);
            }
        });
    }

    /// Whether nothing typed or chosen would vanish with the page.
    fn holds_nothing(self) -> bool {
        !self.memory.with_value(|memory| memory.forms)
            && self.drafts.with_untracked(Drafts::is_empty)
            && self.tray.is_empty()
            && self.outgoing.with_untracked(Vec::is_empty)
    }

    fn take(self, heard: Heard) {
        match heard {
            Heard::Opened => self.subscribe(),
            Heard::Text(text) => {
                // A frame of a newer server than this page is none of its business.
                if let Some(frame) = frame::read(&text) {
                    self.hear(frame);
                }
            }
            Heard::Refused => self.ask_whether_signed_in(),
            Heard::Ended => self.end(),
        }
    }

    fn subscribe(self) {
        self.memory.update_value(|memory| {
            memory.recent.clear();
            memory.asked_after = None;
        });
        self.forget_whereabouts();
        self.catch_up_on_drafts();
        self.line.say(&LiveCall::Inbox);
        if let Some(talk) = self.talk.get_untracked() {
            self.watch(talk);
        }
        self.look();
        self.opened.update(|times| *times += 1);
    }

    fn ask_whether_signed_in(self) {
        leptos::task::spawn_local(async move {
            let answer = crate::api::session::signed_in().await;
            let fault = answer.as_ref().err().and_then(crate::UiError::fault);
            if fault == Some(&pigeon_wire::Fault::NotSignedIn) {
                self.line.hang_up();
                self.end();
            }
        });
    }

    fn hear(self, frame: StaffFrame) {
        match frame {
            StaffFrame::Row(row) => self.hear_row(row),
            StaffFrame::Change(change) => self.hear_change(change),
            StaffFrame::Badge { count } => self.badge.set(Some(count)),
            StaffFrame::Counts(counts) => self.tell_counts(counts),
            StaffFrame::Unread(unread) => self.unread.set(Some(unread)),
            StaffFrame::Gone { thread } => self.forget(thread),
            StaffFrame::Read { thread, upto } => self.note_read(thread, upto),
            StaffFrame::Settings => self.renew_page(),
            StaffFrame::Rights => self.rights.update(|times| *times += 1),
            StaffFrame::Presence(told) => self.hear_presences(vec![told]),
            StaffFrame::Presences { threads } => self.hear_presences(threads),
            StaffFrame::Draft(kept) => self.hear_draft(&kept),
            StaffFrame::Receipts { thread, receipts } => self.hear_receipts(thread, receipts),
            StaffFrame::Hello { build, .. } => self.hear_build(build),
            StaffFrame::Beat => {}
        }
    }

    fn hear_row(self, row: InboxRow) {
        self.memory.update_value(|memory| memory.recent.note(&row));
        let hold = self.hold.get_untracked();
        for list in self.lists.get_untracked() {
            let row = row.clone();
            self.memory
                .with_value(|memory| list.try_update(|list| list.hear(row, &memory.reads, hold)));
        }
    }

    fn forget(self, thread: ThreadId) {
        self.memory
            .update_value(|memory| memory.recent.forget(thread));
        for list in self.lists.get_untracked() {
            list.try_update(|list| list.drop_thread(thread));
        }
    }

    fn hear_change(self, change: StaffChange) {
        let Some(talk) = self.talk_of(change.thread) else {
            return;
        };
        let newest = self.news(&change);
        match talk.try_update(|talk| talk.hear(change)) {
            Some(Folded::Applied) => {
                self.memory.update_value(|memory| memory.asked_after = None);
                if let Some(newest) = newest {
                    self.heard.set(Some(Arc::new(newest)));
                }
            }
            Some(Folded::Gap) => self.ask_for_missed(talk),
            Some(Folded::Known) | None => {}
        }
    }

    /// The newest message or note of somebody else that a change brings.
    fn news(self, change: &StaffChange) -> Option<StaffEntryView> {
        let me = self.whereabouts.with_untracked(|all| all.reader);
        let is_news = |entry: &&StaffEntryView| {
            Some(entry.author.id) != me
                && entry.place > change.prev
                && !matches!(entry.content, StaffContent::Event(_))
        };
        change.entries.iter().rev().find(is_news).cloned()
    }

    /// Asks once for what is missing after the number held; the answer moves the number.
    fn ask_for_missed(self, talk: RwSignal<Talk>) {
        let held = talk.try_with_untracked(|talk| talk.change);
        let asked = self
            .memory
            .try_update_value(|memory| std::mem::replace(&mut memory.asked_after, held));
        if held.is_some() && asked.flatten() != held {
            self.watch(talk);
        }
    }

    fn watch(self, talk: RwSignal<Talk>) {
        if let Some((thread, after)) = talk.try_with_untracked(|talk| (talk.id(), talk.change)) {
            self.line.say(&LiveCall::Watch { thread, after });
        }
    }

    fn catch_up(self, list: RwSignal<List>) {
        let hold = self.hold.get_untracked();
        self.memory.with_value(|memory| {
            list.try_update(|list| memory.recent.catch_up(list, &memory.reads, hold));
        });
    }

    fn talk_of(self, thread: ThreadId) -> Option<RwSignal<Talk>> {
        self.talk
            .get_untracked()
            .filter(|talk| id_of(*talk) == Some(thread))
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

fn id_of(talk: RwSignal<Talk>) -> Option<ThreadId> {
    talk.try_with_untracked(Talk::id)
}

/// The tab's state, which the team's layout provides.
pub fn use_store() -> Store {
    use_context().unwrap_or_default()
}
