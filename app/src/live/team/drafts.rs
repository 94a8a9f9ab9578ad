//! Keeping what is written: the server holds it for the reader's other windows, and for when this one
//! is gone.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::ThreadId;
use pigeon_wire::draft::DraftKept;

use super::Store;
use super::outgoing::Mode;
use crate::api::message::keep_draft;
use crate::browser;

/// How long nothing is typed before it is kept.
const PAUSE: Duration = Duration::from_millis(700);
/// How long after a letter what other windows say is not taken over.
const TYPES_MS: i64 = 3_000;

/// What a tab remembers of its keeping.
#[derive(Clone, Copy, Default)]
pub(super) struct Keeping {
    /// This tab's number; nothing until it has kept something.
    tab: u32,
    /// Counts the letters, so that only the last one's pause ends in keeping.
    letters: u32,
    /// When the last letter was typed.
    at: i64,
    /// What is typed and not kept yet.
    waits: Option<(ThreadId, Mode)>,
}

impl Store {
    /// Has what is written kept once its author pauses.
    pub fn keep_soon(self, thread: ThreadId, mode: Mode) {
        // Another text that waits is kept now.
        let other = self
            .memory
            .with_value(|memory| memory.drafts.waits.filter(|waits| *waits != (thread, mode)));
        if other.is_some() {
            self.keep_now();
        }
        self.drafts_kept.set(false);
        let mut letters = 0;
        self.memory.update_value(|memory| {
            let keeping = &mut memory.drafts;
            keeping.letters = keeping.letters.wrapping_add(1);
            keeping.at = browser::now().0;
            keeping.waits = Some((thread, mode));
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
        let Some((thread, mode)) = self
            .memory
            .try_update_value(|memory| memory.drafts.waits.take())
            .flatten()
        else {
            return;
        };
        let tab = self.tab();
        let kept = self
            .drafts
            .with_untracked(|drafts| drafts.kept(thread, mode, tab));
        spawn_local(async move {
            // What could not be kept stays in the composer, and is kept with the next letter.
            if keep_draft(kept).await.is_ok() {
                self.drafts_kept.try_set(true);
            }
        });
    }

    /// What waits is sent instead.
    pub fn keep_no_more(self) {
        self.memory
            .update_value(|memory| memory.drafts.waits = None);
    }

    pub(super) fn hear_draft(self, kept: &DraftKept) {
        let keeping = self.memory.with_value(|memory| memory.drafts);
        let types = browser::now().0 - keeping.at < TYPES_MS;
        let is_own = kept.tab != 0 && kept.tab == keeping.tab;
        if !is_own && !types {
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
