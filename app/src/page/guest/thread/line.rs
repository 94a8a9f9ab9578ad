//! What holds the page together in the browser: the conversation, its live line, and what is told
//! to the server. On the server it is only the conversation.

use leptos::either::EitherOf3;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::live::{PublicChange, PublicWhisper, SETTINGS_FRAME};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::presence::TYPING_EVERY_MS;
use pigeon_wire::{Fault, ThreadId};

use crate::api::guest::{guest_before, guest_reply, guest_seen};
use crate::browser;
use crate::live::conversation::Folded;
use crate::live::guest::GuestTalk;
use crate::live::socket::{Heard, Line};
use crate::part::icon::{ALERT, AWAY, Icon};
use crate::upload::Tray;
use crate::words::guest::words;

/// Where files wait for the reply that is being written.
pub const DESK: &str = "";

/// A conversation as its page handles it.
#[derive(Clone, Copy)]
pub struct Talk {
    /// Which thread.
    pub thread: ThreadId,
    /// What the page holds of it.
    pub conversation: RwSignal<GuestTalk>,
    /// Files that go with what is written.
    pub tray: Tray,
    /// Where the guest writes.
    pub composer: NodeRef<html::Textarea>,
    line: Line,
    /// Whether this browser may no longer see the thread.
    ended: RwSignal<bool>,
    /// Whether a form is taking the reader elsewhere.
    leaving: StoredValue<bool>,
    /// The place up to which this page has said that it was read.
    marked: StoredValue<i64>,
    /// When this page last said that the guest types, by the browser's clock.
    typed: StoredValue<i64>,
}

impl Talk {
    /// A conversation that is not live yet.
    pub fn new(thread: ThreadId, conversation: RwSignal<GuestTalk>) -> Self {
        Self {
            thread,
            conversation,
            tray: Tray::default(),
            composer: NodeRef::new(),
            line: Line::new(),
            ended: RwSignal::new(false),
            leaving: StoredValue::new(false),
            marked: StoredValue::new(0),
            typed: StoredValue::new(0),
        }
    }

    /// Opens the live line once the page lives in a browser, and marks what is seen there.
    pub fn keep_live(self) {
        Effect::new(move |_| {
            let query = move || {
                let after = self
                    .conversation
                    .with_untracked(|held| held.change)
                    .to_string();
                ["?thread=", &self.thread.to_string(), "&after=", &after].concat()
            };
            self.line.open(query, move |heard| self.hear(heard));
            browser::scroll_to_end();
        });
        Effect::new(move |_| {
            let to_read = self.conversation.with(GuestTalk::to_read);
            self.mark(to_read);
        });
        Effect::new(move |_| {
            let seen_again = window_event_listener_untyped("visibilitychange", move |_| {
                self.mark(self.conversation.with_untracked(GuestTalk::to_read));
            });
            let leaving = window_event_listener_untyped("submit", move |event| {
                self.leaving.set_value(!event.default_prevented());
            });
            on_cleanup(move || {
                seen_again.remove();
                leaving.remove();
            });
        });
        on_cleanup(move || self.line.hang_up());
    }

    /// Says that the guest types, now and then while they go on.
    pub fn types(self) {
        let now = browser::now().0;
        if now - self.typed.get_value() >= i64::from(TYPING_EVERY_MS) {
            self.typed.set_value(now);
            self.line.say_text("{\"t\":\"typing\"}");
        }
    }

    /// Sends a reply, for the first time or once more.
    pub fn post(self, form: ReplyForm) {
        self.typed.set_value(0);
        self.conversation
            .update(|held| held.send(form.clone(), browser::now()));
        browser::scroll_to_end();
        spawn_local(async move {
            let answer = guest_reply(self.thread, form.clone()).await;
            self.conversation.update(|held| match answer {
                Ok(posted) => held.posted(&form.key, &posted),
                Err(error) => held.failed(&form.key, error.fault().cloned()),
            });
        });
    }

    /// Takes a reply that failed back into the composer, before what stands there.
    pub fn take_back(self, key: &str) {
        let taken = self
            .conversation
            .try_update(|held| held.take_back(key))
            .flatten();
        self.tray.take_back(key, DESK);
        if let (Some(pending), Some(area)) = (taken, self.composer.get_untracked()) {
            let written = area.value();
            let gap = if written.is_empty() { "" } else { "\n\n" };
            area.set_value(&[&pending.form.body, gap, &written].concat());
            // Nothing is lost when the focus stays elsewhere.
            let _ = area.focus();
        }
    }

    fn hear(self, heard: Heard) {
        match heard {
            // A line begins with nobody typing.
            Heard::Opened => self.conversation.update(|held| held.typing = None),
            Heard::Text(text) => self.take(&text),
            Heard::Refused => self.ask_whether_ended(),
            Heard::Ended => self.end(),
        }
    }

    fn take(self, text: &str) {
        // Each frame that a guest hears is known by its members: beats, and what newer servers say
        // beyond them, fall through without the machinery that tells tags apart.
        let Some(change) = browser::parsed::<PublicChange>(text) else {
            if text == SETTINGS_FRAME {
                browser::soon(move || self.renew_page());
            } else if let Some(whisper) = browser::parsed::<PublicWhisper>(text) {
                self.conversation.update(|held| held.hear(whisper));
            }
            return;
        };
        let was_at_end = browser::is_at_end();
        let folded = self.conversation.try_update(|held| held.fold(change));
        match folded {
            Some(Folded::Gap) => self.line.renew(),
            Some(Folded::Taken) if was_at_end => browser::scroll_to_end(),
            _ => {}
        }
    }

    /// A line cannot say why it was refused; a server function can. A read serves as the question.
    fn ask_whether_ended(self) {
        spawn_local(async move {
            if let Err(error) = guest_before(self.thread, 0).await
                && matches!(error.fault(), Some(Fault::Expired | Fault::NotFound))
            {
                self.end();
            }
        });
    }

    /// The right to see this has ended. The page goes, unless the guest would lose a text with it.
    fn end(self) {
        self.line.hang_up();
        // Signing out ends it too, and loading anew would overtake the answer to that.
        if self.leaving.get_value() {
            return;
        }
        if self.holds_nothing() {
            browser::reload();
        } else {
            self.ended.set(true);
        }
    }

    /// What the page shows of the settings has changed. Whoever writes just now goes on as it was,
    /// and what is no longer allowed is refused with its reason.
    fn renew_page(self) {
        if !self.leaving.get_value() && self.holds_nothing() {
            browser::reload();
        }
    }

    /// Whether nothing typed or chosen would vanish with the page.
    fn holds_nothing(self) -> bool {
        let is_writing = self
            .composer
            .get_untracked()
            .is_some_and(|area| !area.value().trim().is_empty());
        let is_sending = self
            .conversation
            .with_untracked(|held| !held.pending.is_empty());
        !is_writing && !is_sending && self.tray.is_empty()
    }

    /// Says what was read, while somebody can see it.
    fn mark(self, to_read: Option<i64>) {
        let Some(place) = to_read.filter(|place| *place > self.marked.get_value()) else {
            return;
        };
        if !browser::is_visible() {
            return;
        }
        self.marked.set_value(place);
        spawn_local(async move {
            if guest_seen(self.thread, place).await.is_err() {
                // It is said again when the page is next looked at, or with the next reply.
                self.marked.set_value(0);
            }
        });
    }
}

/// What the guest should know of the line: that it is broken, or that it has ended.
#[component]
pub fn LineStrip(talk: Talk) -> impl IntoView {
    let words = words();
    let link = ["/c/", &talk.thread.to_string(), "/link"].concat();
    let strip = move || {
        if talk.ended.get() {
            EitherOf3::A(view! {
                <form class="strip ended" method="post" action=link.clone()>
                    <Icon of=ALERT />
                    <span>{words.ended}</span>
                    <button class="btn small">{words.fresh_link}</button>
                </form>
            })
        } else if talk.line.is_missed() {
            EitherOf3::B(view! {
                <p class="strip"><Icon of=AWAY /> <span>{words.reconnecting}</span></p>
            })
        } else {
            EitherOf3::C(())
        }
    };
    view! { <div class="g-strips" role="status">{strip}</div> }
}
