//! Keeping what is written: the server holds it for the reader's other windows, and for when this one
//! is gone.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::ThreadId;
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::draft::{DraftKept, DraftView};

use super::Store;
use super::outgoing::{Draft, Mode, desk_of};
use crate::api::message::keep_draft;
use crate::browser;
use crate::words::language;

/// How long nothing is typed before it is kept.
const PAUSE: Duration = Duration::from_millis(700);
/// How long after a letter what other windows say is not taken over.
const TYPES_MS: i64 = 3_000;

/// What a tab remembers of its keeping.
#[derive(Default)]
pub(super) struct Keeping {
    /// This tab's number; nothing until it has kept something.
    tab: u32,
    /// Counts the letters, so that only the last one's pause ends in keeping.
    letters: u32,
    /// Where the last letter was typed, and when.
    typed: Option<((ThreadId, Mode), i64)>,
    /// What the server does not keep yet as it is here.
    unkept: Vec<(ThreadId, Mode)>,
    /// Whether something is on its way to be kept. One at a time: the last word must come last.
    busy: bool,
    /// Whether there is more to keep after what is on its way.
    again: bool,
}

impl Keeping {
    /// Whether the server may hold less of a text than this tab.
    pub fn is_unkept(&self, thread: ThreadId, mode: Mode) -> bool {
        self.unkept.contains(&(thread, mode))
    }

    fn owe(&mut self, text: (ThreadId, Mode)) {
        if !self.unkept.contains(&text) {
            self.unkept.push(text);
        }
    }
}

impl Store {
    /// Has what is written kept once its author pauses.
    pub fn keep_soon(self, thread: ThreadId, mode: Mode) {
        self.drafts_kept.set(false);
        let mut letters = 0;
        self.memory.update_value(|memory| {
            let keeping = &mut memory.drafts;
            keeping.letters = keeping.letters.wrapping_add(1);
            keeping.typed = Some(((thread, mode), browser::now().0));
            keeping.owe((thread, mode));
            letters = keeping.letters;
        });
        set_timeout(
            move || {
                let is_last = self
                    .memory
                    .try_with_value(|memory| memory.drafts.letters == letters);
                if is_last == Some(true) {
                    self.keep_now();
                }
            },
            PAUSE,
        );
    }

    /// Has what waits kept now: the page may be about to go.
    pub fn keep_now(self) {
        let mut next = None;
        self.memory.try_update_value(|memory| {
            let keeping = &mut memory.drafts;
            if keeping.busy {
                keeping.again = true;
            } else if let Some(first) = keeping.unkept.first() {
                next = Some(*first);
                keeping.busy = true;
                keeping.again = false;
            }
        });
        let Some((thread, mode)) = next else {
            return;
        };
        let tab = self.tab();
        let kept = self
            .drafts
            .with_untracked(|drafts| drafts.kept(thread, mode, tab));
        spawn_local(async move {
            let is_kept = keep_draft(kept.clone()).await.is_ok();
            let now = self
                .drafts
                .try_with_untracked(|drafts| drafts.kept(thread, mode, tab));
            let is_current = now.is_some_and(|now| now == kept);
            self.kept((thread, mode), is_kept, is_current);
        });
    }

    /// What could not be kept stays in the composer, and is kept with the next letter or line.
    fn kept(self, text: (ThreadId, Mode), is_kept: bool, is_current: bool) {
        let mut goes_on = false;
        let mut is_all = false;
        self.memory.try_update_value(|memory| {
            let keeping = &mut memory.drafts;
            keeping.busy = false;
            keeping.unkept.retain(|one| *one != text);
            if !(is_kept && is_current) {
                keeping.unkept.push(text);
            }
            let is_other = keeping.unkept.first().is_some_and(|first| *first != text);
            goes_on = is_kept && (keeping.again || is_other);
            is_all = keeping.unkept.is_empty();
        });
        if is_all {
            self.drafts_kept.try_set(true);
        }
        if goes_on {
            self.keep_now();
        }
    }

    /// What waits is sent instead.
    pub fn keep_no_more(self, thread: ThreadId, mode: Mode) {
        self.memory.update_value(|memory| {
            memory.drafts.unkept.retain(|one| *one != (thread, mode));
        });
    }

    /// A text was sent: the server keeps from now on what stands in its composer since, if anything.
    /// What was on its way to be kept may have come after what was sent.
    pub fn settle_draft(self, thread: ThreadId, mode: Mode) {
        self.memory
            .try_update_value(|memory| memory.drafts.owe((thread, mode)));
        self.keep_now();
    }

    /// The line is there again: what could not be kept is, and what others changed is not taken for known.
    pub(super) fn catch_up_on_drafts(self) {
        self.drafts.update(|drafts| {
            self.memory.with_value(|memory| {
                drafts.trust_the_server(|thread, mode| memory.drafts.is_unkept(thread, mode));
            });
        });
        self.keep_now();
    }

    /// Takes what the server keeps of a thread that is opened. What is on its way, or came back, is shown
    /// above the composer and is no draft as well.
    pub fn open_drafts(self, thread: ThreadId, kept: Vec<DraftView>) {
        let held = |mode: Mode, text: &str| {
            let goes = self.outgoing.with_untracked(|all| {
                let mut those = all.iter().filter(|item| item.thread == thread);
                those.any(|item| item.written == mode || item.body.trim() == text.trim())
            });
            let is_unkept = |memory: &super::Memory| memory.drafts.is_unkept(thread, mode);
            goes || self.memory.with_value(is_unkept)
        };
        self.drafts.update(|drafts| drafts.open(thread, kept, held));
    }

    /// A reply was taken back: it is in the composer again, with its files. The server tells of the text
    /// as well, but whoever types here meanwhile does not hear it.
    pub fn take_back(self, thread: ThreadId, text: String, files: Vec<AttachmentView>, began: i64) {
        let mode = Mode::Reply;
        let is_there = self
            .drafts
            .with_untracked(|drafts| drafts.text(thread, mode).starts_with(&text));
        self.drafts.update(|drafts| {
            if is_there {
                drafts.set_mode(thread, mode);
            } else {
                drafts.put_back(thread, mode, Draft { text, began });
            }
        });
        self.keep_soon(thread, mode);
        self.tray.put(&desk_of(thread, mode), language(), files);
    }

    pub(super) fn hear_draft(self, kept: &DraftKept) {
        let text = (kept.thread, Mode::from(kept.kind));
        let now = browser::now().0;
        let is_busy = self.memory.with_value(|memory| {
            let keeping = &memory.drafts;
            let is_own = kept.tab != 0 && kept.tab == keeping.tab;
            let types = keeping
                .typed
                .is_some_and(|(where_to, at)| where_to == text && now - at < TYPES_MS);
            is_own || types || keeping.is_unkept(text.0, text.1)
        });
        // What this tab itself has sent leaves what was begun since.
        let sends = kept.text.is_empty()
            && self.outgoing.with_untracked(|all| {
                let mut those = all.iter().filter(|item| item.thread == kept.thread);
                those.any(|item| item.written == text.1)
            });
        if !is_busy && !sends {
            self.drafts.update(|drafts| drafts.hear(kept));
        }
    }

    fn tab(self) -> u32 {
        let fresh = browser::fresh_number();
        self.memory
            .try_update_value(|memory| {
                let tab = &mut memory.drafts.tab;
                if *tab == 0 {
                    *tab = fresh;
                }
                *tab
            })
            .unwrap_or_default()
    }
}
