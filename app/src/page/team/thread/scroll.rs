//! Where the timeline stands: at the first unread entry when it opens, at the newest while its
//! reader is there, and where they have scrolled to otherwise.

use leptos::prelude::*;

use super::Open;
use crate::live::team::outgoing::Outgoing;
use crate::live::team::use_store;

/// Pixels from the end up to which the reader counts as being at the end.
const END_PX: i32 = 80;

/// Pixels before the beginning at which older entries are asked for.
const NEAR_PX: i32 = 600;

/// The scrolled element and what is known of it.
#[derive(Clone, Copy)]
pub struct Scroll {
    /// The element that scrolls.
    pub talk: NodeRef<leptos::html::Div>,
    /// How many entries have arrived below what is shown.
    pub below: RwSignal<usize>,
    /// Told each time that the reader goes up and the beginning of what is loaded is near.
    pub near_start: RwSignal<bool>,
    /// The pixels that were scrolled away.
    top: StoredValue<i32>,
    at_end: StoredValue<bool>,
    /// Whether what comes at the end next was asked for, and moves nothing.
    quiet: StoredValue<bool>,
    /// The place that the address names, if any.
    at: Option<i64>,
}

/// What stands at the end of a timeline.
#[derive(Clone, Copy, PartialEq, Eq)]
struct End {
    /// The place of the last entry.
    place: Option<i64>,
    /// The place of the last message or note of others.
    others: Option<i64>,
    /// How many of the reader's own texts are on their way.
    sent: usize,
}

impl Scroll {
    /// Keeps a timeline where its reader is.
    pub fn new(open: Open) -> Self {
        let scroll = Self {
            talk: NodeRef::new(),
            below: RwSignal::new(0),
            near_start: RwSignal::new(false),
            top: StoredValue::new(0),
            at_end: StoredValue::new(false),
            quiet: StoredValue::new(false),
            at: open.at,
        };
        let store = use_store();
        let me = open.me.with_value(|me| me.id);
        let end = Memo::new(move |_| {
            let here = |item: &&Outgoing| item.thread == open.id;
            let sent = store.outgoing.with(|all| all.iter().filter(here).count());
            open.talk.with(|talk| End {
                place: talk.entries.last().map(|entry| entry.place),
                others: talk.latest_of_others(me),
                sent,
            })
        });
        Effect::new(move |before: Option<End>| {
            let now = end.get();
            match before {
                None => request_animation_frame(move || {
                    if !scroll.below.is_disposed() {
                        scroll.begin();
                    }
                }),
                Some(before) => scroll.follow(before, now),
            }
            now
        });
        scroll
    }

    /// Notes where the reader has scrolled to.
    pub fn note(self) {
        let Some(talk) = self.talk.get_untracked() else {
            return;
        };
        let (height, top) = (talk.client_height(), talk.scroll_top());
        let near = top < NEAR_PX && top < self.top.get_value();
        self.top.set_value(top);
        if near {
            self.near_start.set(true);
        }
        let left = talk.scroll_height() - height - top;
        let at_end = left <= END_PX;
        self.at_end.set_value(at_end);
        if at_end && self.below.get_untracked() != 0 {
            self.below.set(0);
        }
    }

    /// Shows the newest entry.
    pub fn to_bottom(self) {
        self.below.set(0);
        if let Some(talk) = self.talk.get_untracked() {
            talk.set_scroll_top(talk.scroll_height());
        }
    }

    /// Runs what adds entries above, and keeps what the reader sees where it is.
    pub fn keep_place(self, add: impl FnOnce()) {
        let height = self.talk.get_untracked().map(|talk| talk.scroll_height());
        add();
        request_animation_frame(move || {
            if let (Some(talk), Some(before)) = (self.talk.try_get_untracked().flatten(), height) {
                talk.set_scroll_top(talk.scroll_top() + talk.scroll_height() - before);
                self.top.set_value(talk.scroll_top());
            }
        });
    }

    /// Runs what adds entries below that the reader goes on with.
    pub fn read_on(self, add: impl FnOnce()) {
        self.quiet.set_value(true);
        add();
    }

    /// Something that is no entry came at the end, for whoever is there.
    pub fn came(self) {
        if self.at_end.get_value() {
            self.to_bottom();
        }
    }

    /// Runs what brings the newest entries, and shows the last of them.
    pub fn go_to_end<T>(self, renew: impl FnOnce() -> T) -> T {
        self.at_end.set_value(true);
        renew()
    }

    fn begin(self) {
        let named = self
            .at
            .map_or("new".to_owned(), |place| format!("e{place}"));
        match document().get_element_by_id(&named) {
            Some(there) => there.scroll_into_view(),
            None => self.to_bottom(),
        }
        self.note();
    }

    /// Something came at the end. The reader's own text is always shown; what others wrote only to
    /// whoever is there already.
    fn follow(self, before: End, now: End) {
        if self.quiet.try_update_value(std::mem::take) == Some(true) {
            return;
        }
        let is_own = before.sent < now.sent;
        if is_own || (before != now && self.at_end.get_value()) {
            request_animation_frame(move || {
                if !self.below.is_disposed() {
                    self.to_bottom();
                }
            });
        } else if before.others != now.others {
            self.below.update(|below| *below += 1);
        }
    }
}
