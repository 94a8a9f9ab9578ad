//! The composer: a reply or an internal note, never in doubt which.

use leptos::prelude::*;
use pigeon_wire::permission::Permission;
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::thread::Status;
use pigeon_wire::waiting::SendWhen;
use wasm_bindgen::JsCast as _;
use web_sys::{KeyboardEvent, MouseEvent, SubmitEvent};

use super::Open;
use super::entry::room_of;
use super::underway::send;
use crate::browser;
use crate::live::team::outgoing::{Draft, Mode, Outgoing, Stage, desk_of};
use crate::live::team::talk::Talk;
use crate::live::team::use_store;
use crate::page::team::canned::{Offer, acts_for, put_offered, take_acts};
use crate::page::team::drawing::{LOCK, OURS};
use crate::page::team::later::choose;
use crate::part::boxed::Boxed;
use crate::part::icon::{CLOCK, Icon};
use crate::part::tray::{AddFiles, Adding};
use crate::words::team::words;

/// The composer, or why there is none.
#[component]
pub fn Composer(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    if open
        .me
        .with_value(|me| me.permissions.has(Permission::ManageThreads))
    {
        view! { <Editor open=open /> }.boxed()
    } else {
        view! { <p class="read-only">{words().compose.read_only}</p> }.boxed()
    }
}

/// What is being written to one thread.
#[derive(Clone, Copy)]
struct Writing {
    open: Open,
    store: crate::live::team::Store,
    mode: Memo<Mode>,
    text: Memo<String>,
    reopen: RwSignal<bool>,
    adding: Adding,
}

impl Writing {
    fn new(open: Open) -> Self {
        let store = use_store();
        let id = open.id;
        let mode = Memo::new(move |_| store.drafts.with(|drafts| drafts.mode(id)));
        let text = Memo::new(move |_| {
            store
                .drafts
                .with(|drafts| drafts.text(id, mode.get()).to_owned())
        });
        let desk = Box::new(move || desk_of(id, mode.get()));
        let rules = open.talk.with_untracked(|talk| talk.files.clone());
        Self {
            adding: Adding::new(store.tray, desk, room_of(id), rules),
            open,
            store,
            mode,
            text,
            reopen: RwSignal::new(false),
        }
    }

    fn keep(self, text: String) {
        let change = self.open.talk.with_untracked(Talk::seen);
        let mode = self.mode.get_untracked();
        if !text.trim().is_empty() {
            self.store.types(self.open.id, mode);
        }
        self.store
            .drafts
            .update(|drafts| drafts.keep(self.open.id, mode, text, change));
        self.store.keep_soon(self.open.id, mode);
    }

    fn is_blank(self) -> bool {
        self.text.with(|text| text.trim().is_empty()) && !self.adding.is_filled()
    }

    fn is_closed(self) -> bool {
        self.open
            .talk
            .with(|talk| talk.head.public.status == Status::Closed)
    }

    fn send(self, close: bool, when: SendWhen) {
        let (thread, mode) = (self.open.id, self.mode.get_untracked());
        if untrack(|| self.adding.is_coming() || self.is_blank()) {
            return;
        }
        let Some(key) = browser::fresh_key() else {
            return;
        };
        let change = self.open.talk.with_untracked(Talk::seen);
        let attachments = self.store.tray.post(&desk_of(thread, mode), &key);
        let draft = self
            .store
            .drafts
            .try_update(|drafts| drafts.take(thread, mode))
            .flatten();
        // Files alone say something, too.
        let draft = draft.unwrap_or_else(|| Draft {
            text: String::new(),
            began: change,
        });
        let reopen = mode == Mode::Reply && self.reopen.get_untracked();
        self.reopen.set(false);
        let acts = match mode {
            Mode::Reply => acts_for(thread),
            Mode::Note => String::new(),
        };
        let item = Outgoing {
            thread,
            mode,
            written: mode,
            body: draft.text,
            attachments,
            key,
            seen: draft.began,
            reopen,
            close: close && mode == Mode::Reply,
            acts,
            shown: change,
            when,
            stage: Stage::Sending,
        };
        self.store.has_sent();
        self.store.keep_no_more(thread, mode);
        send(self.store, item);
    }
}

#[component]
fn Editor(open: Open) -> impl IntoView {
    let words = &words().compose;
    let writing = Writing::new(open);
    let store = writing.store;
    let is_note = move || writing.mode.get() == Mode::Note;
    // Before the page is alive nothing typed could be sent.
    let asleep = move || store.now.with(Option::is_none);
    // What was to be done in one conversation is not done in another.
    Effect::new(move |_| on_cleanup(|| drop(take_acts())));
    let placeholder = move || match writing.mode.get() {
        Mode::Reply => words.reply_placeholder,
        Mode::Note => words.note_placeholder,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        writing.send(false, SendWhen::Undoable);
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            writing.send(event.shift_key(), SendWhen::Undoable);
        }
        let mentions = is_note().then_some(Offer::Mention);
        let offers = [Some(Offer::Canned), mentions].into_iter().flatten();
        for offer in offers.filter(|offer| event.key() == offer.sign()) {
            if let Some(text) = browser::target(event.as_ref())
                && offer.is_asked(&text)
            {
                event.prevent_default();
                put_offered(offer, open.id, text, true);
            }
        }
    };
    let scope = move || {
        is_note().then(|| view! { <p class="scope"><Icon of=LOCK /> {words.note_scope}</p> })
    };
    view! {
        <form
            class="composer"
            class:noting=is_note
            on:submit=submit
            aria-label=words.label
        >
            <fieldset disabled=asleep>
                <Modes writing=writing />
                {scope}
                <textarea
                    rows="3"
                    maxlength=BODY_CHARS_MAX.to_string()
                    dir="auto"
                    aria-label=placeholder
                    placeholder=placeholder
                    prop:value=move || writing.text.get()
                    on:input=move |event| writing.keep(event_target_value(&event))
                    on:keydown=key
                ></textarea>
                <AddFiles adding=writing.adding />
                <Foot writing=writing />
            </fieldset>
        </form>
    }
    .boxed()
}

/// Reply or note.
#[component]
fn Modes(writing: Writing) -> impl IntoView {
    let words = &words().compose;
    let id = writing.open.id;
    let (name, guest) = writing
        .open
        .talk
        .with_untracked(|talk| (talk.head.customer.name.clone(), talk.head.customer.guest));
    let channel = if guest {
        words.channel_mail
    } else {
        words.channel_account
    };
    let choose = move |mode| {
        writing
            .store
            .drafts
            .update(|drafts| drafts.set_mode(id, mode));
    };
    let pressed = move |mode| {
        if writing.mode.get() == mode {
            "true"
        } else {
            "false"
        }
    };
    view! {
        <div class="segments" role="group" aria-label=words.label>
            <button
                type="button"
                aria-keyshortcuts="r"
                aria-pressed=move || pressed(Mode::Reply)
                on:click=move |_| choose(Mode::Reply)
            >
                <Icon of=OURS />
                <span dir="auto">{(words.reply_to)(&name)}</span>
                " "
                <span class="faint">{channel}</span>
            </button>
            <button
                type="button"
                aria-keyshortcuts="n"
                aria-pressed=move || pressed(Mode::Note)
                on:click=move |_| choose(Mode::Note)
            >
                <Icon of=LOCK />
                {words.note}
            </button>
        </div>
    }
    .boxed()
}

#[component]
fn Foot(writing: Writing) -> impl IntoView {
    let words = &words().compose;
    let can_reopen = Memo::new(move |_| writing.mode.get() == Mode::Reply && writing.is_closed());
    let tick = move |event| writing.reopen.set(event_target_checked(&event));
    let reopen = move || {
        can_reopen.get().then(|| {
            view! {
                <label class="reopen">
                    <input
                        type="checkbox"
                        prop:checked=move || writing.reopen.get()
                        on:change=tick
                    />
                    {words.reopen}
                </label>
            }
        })
    };
    let label = move || match writing.mode.get() {
        Mode::Reply => words.send,
        Mode::Note => words.add_note,
    };
    let can_close = Memo::new(move |_| writing.mode.get() == Mode::Reply && !writing.is_closed());
    let is_off = move || writing.is_blank() || writing.adding.is_coming();
    let close = move || {
        can_close.get().then(|| {
            view! {
                <button
                    class="btn"
                    type="button"
                    disabled=is_off
                    on:click=move |_| writing.send(true, SendWhen::Undoable)
                >
                    {words.send_and_close}
                </button>
            }
        })
    };
    let later = move || {
        (writing.mode.get() == Mode::Reply).then(|| {
            let choose = move |_| choose(move |at| writing.send(false, SendWhen::At(at)));
            view! {
                <button
                    class="btn later"
                    type="button"
                    disabled=is_off
                    aria-label=words.later
                    title=words.later
                    on:click=choose
                >
                    <Icon of=CLOCK />
                </button>
            }
        })
    };
    let canned = move |event: MouseEvent| {
        let text = browser::form_of(&event)
            .and_then(|form| form.query_selector("textarea").ok().flatten())
            .and_then(|text| text.dyn_into().ok());
        if let Some(text) = text {
            put_offered(Offer::Canned, writing.open.id, text, false);
        }
    };
    let kept = move || {
        let is_kept = writing.store.drafts_kept.get() && !writing.text.with(String::is_empty);
        if is_kept { words.kept } else { words.keys }
    };
    view! {
        <div class="foot">
            {reopen}
            <button class="btn quiet" type="button" on:click=canned title=words.canned_keys>
                {words.canned}
            </button>
            <span class="keys">{kept}</span>
            {close}
            {later}
            <button
                class="btn primary"
                type="submit"
                disabled=is_off
            >
                {label}
            </button>
        </div>
    }
    .boxed()
}
