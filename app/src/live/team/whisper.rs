//! What a tab says and hears that has no number: where its reader is, what they type, and the same
//! of others.

use std::time::Duration;

use leptos::prelude::*;
use pigeon_wire::ThreadId;
use pigeon_wire::live::LiveCall;
use pigeon_wire::presence::{LOOK_EVERY_MS, Pen, Receipt, TYPING_EVERY_MS, ThreadPresence};

use super::outgoing::Mode;
use super::whereabouts::Whereabouts;
use super::{Store, id_of};
use crate::browser;

/// What the tab said last of what is typed.
pub(super) type Typed = Option<(ThreadId, Pen, i64)>;

impl Store {
    /// Says where the reader is: now, whenever it changes, and again and again. Browser only.
    pub(super) fn keep_looking(self) {
        Effect::new(move |_| {
            self.talk.track();
            self.visible.track();
            self.look();
        });
        let again = set_interval_with_handle(
            move || {
                if self.visible.get_untracked() && self.talk.with_untracked(Option::is_some) {
                    self.look();
                }
            },
            Duration::from_millis(LOOK_EVERY_MS.into()),
        );
        on_cleanup(move || {
            if let Ok(again) = again {
                again.clear();
            }
        });
    }

    /// Says at which thread somebody looks in this tab; a hidden one looks at none.
    pub(super) fn look(self) {
        let shown = self.talk.get_untracked().and_then(id_of);
        let thread = shown.filter(|_| self.visible.get_untracked());
        self.line.say(&LiveCall::Look { thread });
    }

    /// Says that the reader types, now and then while they go on.
    pub fn types(self, thread: ThreadId, mode: Mode) {
        let pen = match mode {
            Mode::Reply => Pen::Reply,
            Mode::Note => Pen::Note,
        };
        let now = browser::now().0;
        let said = self.memory.with_value(|memory| memory.typed);
        let is_said = said.is_some_and(|(there, with, at)| {
            there == thread && with == pen && now - at < i64::from(TYPING_EVERY_MS)
        });
        if !is_said {
            self.memory
                .update_value(|memory| memory.typed = Some((thread, pen, now)));
            self.line.say(&LiveCall::Typing { thread, pen });
        }
    }

    /// What was typed is on its way: the next letter is told at once.
    pub fn has_sent(self) {
        self.memory.update_value(|memory| memory.typed = None);
    }

    /// A line begins with nobody anywhere.
    pub(super) fn forget_whereabouts(self) {
        self.has_sent();
        self.whereabouts.update(Whereabouts::clear);
    }

    pub(super) fn hear_presences(self, all: Vec<ThreadPresence>) {
        self.whereabouts.update(|known| {
            for told in all {
                known.hear(told);
            }
        });
    }

    pub(super) fn hear_receipts(self, thread: ThreadId, receipts: Vec<Receipt>) {
        if let Some(talk) = self.talk_of(thread) {
            talk.try_update(|talk| pigeon_wire::seen::learn(&mut talk.receipts, receipts));
        }
    }
}
