//! A conversation of the reader's own as it lives in the browser: what others write arrives over the
//! line, and what is written leaves through the server function. Without the program everything on
//! it is plain forms.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::fault::Field;
use pigeon_wire::message::{ENTRIES_PAGE_MAX, ReplyForm};
use pigeon_wire::person::Language;
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::thread::ThreadKind;
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};

use super::entry::Entry;
use super::talk::Talk;
use crate::api::mine::{own_before, own_reply, own_seen};
use crate::browser;
use crate::live::around::Around;
use crate::live::conversation::{Pending, PendingState};
use crate::live::mine::UserTalk;
use crate::live::own::Own;
use crate::part::boxed::Boxed;
use crate::part::field::problem_of;
use crate::part::files::{FileField, KeptFiles};
use crate::part::prose::Prose;
use crate::part::status::StatusChip;
use crate::part::typed::inside_textarea;
use crate::words::mine::words;
use crate::words::{fault_text, language, problem_text};

/// Why something was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trouble {
    /// It was refused.
    Refused(Fault),
    /// No answer came.
    Unanswered,
}

/// A conversation as its page handles it.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Which thread.
    pub thread: ThreadId,
    /// What sort it is.
    pub kind: ThreadKind,
    /// The reader.
    pub me: PersonId,
    /// When the page was made: an author may change a message for a while.
    pub now: Millis,
    /// What the page holds of it.
    pub conversation: RwSignal<UserTalk>,
    /// How many messages of others are unread.
    unread: RwSignal<i64>,
    /// Whether something would vanish with the page.
    writes: RwSignal<bool>,
    /// Counts the changes that were taken in.
    taken: RwSignal<u32>,
    /// The tab's state.
    own: StoredValue<Own>,
    composer: NodeRef<html::Textarea>,
    trouble: RwSignal<Option<Trouble>>,
    next_key: StoredValue<Option<String>>,
    /// The place up to which this page has said that it was read.
    marked: StoredValue<i64>,
}

impl Room {
    fn new(talk: &Talk, own: &Own) -> Self {
        let thread = &talk.thread;
        Self {
            thread: thread.head.id,
            kind: thread.kind,
            me: thread.me,
            now: thread.now,
            conversation: RwSignal::new(UserTalk::opened(thread)),
            unread: RwSignal::new(thread.unread),
            writes: own.writes,
            taken: own.taken,
            own: StoredValue::new(*own),
            composer: NodeRef::new(),
            trouble: RwSignal::new(talk.fault.clone().map(Trouble::Refused)),
            next_key: StoredValue::new(Some(talk.key.clone())),
            marked: StoredValue::new(0),
        }
    }

    /// The address of something that can be done here.
    pub fn path(self, act: &str) -> String {
        ["/threads/", &self.thread.to_string(), act].concat()
    }

    /// Joins the tab's line once the page lives in a browser, and marks what is seen there.
    fn keep_live(self) {
        Effect::new(move |_| {
            self.own.get_value().show(self.conversation);
            self.own.get_value().keep_looking();
            // A search leads to a place of its own.
            if !browser::has_place() {
                self.show_the_end();
            }
        });
        Effect::new(move |_| {
            // Whoever looks at the newest message goes on looking at it.
            if self.taken.get() > 0 && self.sees_the_end() {
                self.show_the_end();
            }
        });
        Effect::new(move |_| {
            let to_read = self.conversation.with(|held| held.unread_by(self.me));
            self.mark(to_read);
        });
        Effect::new(move |_| {
            let seen_again = window_event_listener_untyped("visibilitychange", move |_| {
                self.mark(
                    self.conversation
                        .with_untracked(|held| held.unread_by(self.me)),
                );
            });
            on_cleanup(move || seen_again.remove());
        });
    }

    fn mark(self, to_read: Option<i64>) {
        let Some(place) = to_read.filter(|place| *place > self.marked.get_value()) else {
            return;
        };
        if !browser::is_visible() {
            return;
        }
        self.marked.set_value(place);
        spawn_local(async move {
            if own_seen(self.thread, place).await.is_ok() {
                self.unread.set(0);
            } else {
                // It is said again when the page is next looked at, or with the next message.
                self.marked.set_value(0);
            }
        });
    }

    /// Sends what stands in the composer.
    fn send(self) {
        let Some(area) = self.composer.get_untracked() else {
            return;
        };
        // The first message takes the key that came with the page: if the plain form was sent with
        // it too, they are one message.
        let key = self.next_key.try_update_value(Option::take).flatten();
        let Some(key) = key.or_else(browser::fresh_key) else {
            return;
        };
        let form = ReplyForm {
            body: area.value(),
            key,
            seen: Some(self.conversation.with_untracked(|held| held.change)),
            ..ReplyForm::default()
        };
        if let Err(refused) = form.check() {
            self.next_key.set_value(Some(form.key));
            self.trouble.set(Some(Trouble::Refused(refused)));
            return;
        }
        self.trouble.set(None);
        area.set_value("");
        self.post(form);
        // Nothing is lost when the focus stays elsewhere.
        let _ = area.focus();
    }

    fn post(self, form: ReplyForm) {
        self.own.get_value().has_sent();
        self.writes.set(true);
        self.conversation
            .update(|held| held.send(form.clone(), browser::now()));
        self.show_the_end();
        spawn_local(async move {
            let answer = own_reply(self.thread, form.clone()).await;
            match answer {
                Ok(posted) => {
                    self.conversation
                        .update(|held| held.posted(&form.key, &posted));
                }
                Err(error) => self.take_back(form, error.fault().cloned()),
            }
            self.note_writing();
        });
    }

    /// What did not get through stands in the composer again, before what was typed meanwhile. Its
    /// key stays with it, so that it is not posted twice.
    fn take_back(self, form: ReplyForm, fault: Option<Fault>) {
        let is_on_its_way = self
            .conversation
            .try_update(|held| held.take_back(&form.key))
            .flatten();
        let (Some(_), Some(area)) = (is_on_its_way, self.composer.get_untracked()) else {
            // Its stored copy has come: it got through after all.
            return;
        };
        let written = area.value();
        if written.is_empty() {
            self.next_key.set_value(Some(form.key));
            area.set_value(&form.body);
        } else {
            area.set_value(&[&form.body, "\n\n", &written].concat());
        }
        let trouble = fault.map_or(Trouble::Unanswered, Trouble::Refused);
        self.trouble.set(Some(trouble));
    }

    /// Tells the tab whether something would vanish with the page.
    fn note_writing(self) {
        let area = self.composer.get_untracked();
        let is_typed = area.is_some_and(|area| !area.value().trim().is_empty());
        let is_sending = self
            .conversation
            .with_untracked(|held| !held.pending.is_empty());
        self.writes.set(is_typed || is_sending);
    }

    fn sees_the_end(self) -> bool {
        self.composer
            .get_untracked()
            .is_some_and(|area| browser::is_in_view(&area))
    }

    fn show_the_end(self) {
        if let Some(area) = self.composer.get_untracked() {
            browser::bring_into_view(&area);
        }
    }

    /// Why nothing was sent, as a sentence.
    fn told(self, unanswered: &'static str, language: Language) -> Option<String> {
        self.trouble.with(|trouble| {
            let fault = match trouble.as_ref()? {
                Trouble::Unanswered => return Some(unanswered.to_owned()),
                Trouble::Refused(fault) => fault,
            };
            Some(match problem_of(Some(fault), Field::Body) {
                Some(problem) => problem_text(language, problem),
                None => fault_text(language, fault),
            })
        })
    }
}

/// What lives of a conversation's page. Its words come from the frame around it.
#[component]
pub fn LiveTalk(
    /// What it starts with.
    talk: Talk,
    /// The tab's state.
    own: Own,
) -> impl IntoView {
    let words = words();
    let room = Room::new(&talk, &own);
    room.keep_live();
    let status = Memo::new(move |_| room.conversation.with(|held| held.head.status));
    let chip = move || {
        let status = status.get();
        view! { <StatusChip status=status word=(words.status)(status) /> }
    };
    let state = move || match room.kind {
        ThreadKind::Support => (words.state)(status.get()),
        ThreadKind::Direct => "",
    };
    let entries = move || room.conversation.with(|held| held.entries.clone());
    view! {
        <p class="lead own-state">{chip} " " {state}</p>
        {older(room)}
        <ol class="g-entries" aria-label=words.entries>
            <For each=entries key=|entry| (entry.entry.place, entry.entry.change) let:entry>
                <Entry room=room entry=entry />
            </For>
        </ol>
        {pending(room)}
        {around(room)}
        {acts(room, talk.thread.muted)}
        {composer(room, &talk)}
    }
    .boxed()
}

/// The way to older entries: a link to the page that holds them, answered here by the program.
fn older(room: Room) -> AnyView {
    let words = words();
    let waiting = RwSignal::new(false);
    let is_more = Memo::new(move |_| room.conversation.with(|held| held.more_before));
    let bring = move |event: leptos::ev::MouseEvent| {
        let Some(first) = room.conversation.with_untracked(UserTalk::first) else {
            return;
        };
        event.prevent_default();
        if waiting.get_untracked() {
            return;
        }
        waiting.set(true);
        spawn_local(async move {
            // What does not come is asked for again with the next click.
            if let Ok((entries, more)) = own_before(room.thread, first).await {
                room.conversation.update(|held| held.older(entries, more));
            }
            waiting.set(false);
        });
    };
    let path = move || {
        let held = room.conversation.with(|held| held.entries.len());
        let portions = i64::try_from(held).unwrap_or_default() / ENTRIES_PAGE_MAX;
        room.path(&["?older=", &portions.max(1).to_string()].concat())
    };
    let way = move || {
        is_more.get().then(|| {
            view! {
                <p class="g-older">
                    <a class="btn quiet" href=path on:click=bring>
                        {words.older}
                    </a>
                </p>
            }
        })
    };
    view! { {way} }.boxed()
}

/// What is on its way and has not come back as an entry.
fn pending(room: Room) -> AnyView {
    let pending = move || room.conversation.with(|held| held.pending.clone());
    let key = |one: &Pending| (one.form.key.clone(), one.state == PendingState::Sending);
    view! {
        <ol class="g-entries" aria-label=words().sending>
            <For each=pending key=key let:one>
                <OnItsWay pending=one />
            </For>
        </ol>
    }
    .boxed()
}

#[component]
fn OnItsWay(pending: Pending) -> impl IntoView {
    let words = words();
    let fate = match pending.state {
        PendingState::Sending => words.sending,
        PendingState::Sent | PendingState::Failed(_) => words.sent,
    };
    view! {
        <li class="g-entry mine on-its-way">
            <div class="g-bubble">
                <p class="g-by"><b>{words.you}</b></p>
                <Prose text=pending.form.body />
            </div>
            <p class="g-fate">{fate}</p>
        </li>
    }
}

/// Who else types, and in a direct conversation who else is here.
fn around(room: Room) -> AnyView {
    let words = words();
    let heard = room.own.get_value().around;
    let typing = Memo::new(move |_| {
        let team = room.conversation.with(|held| held.typing.clone());
        let mut names = heard.with(Around::typing);
        names.extend(team);
        names
    });
    let reading = Memo::new(move |_| heard.with(Around::reading));
    let typing_line = move || {
        let names = typing.get();
        (!names.is_empty()).then(|| (words.typing)(&names))
    };
    // Who is here comes and goes: it is shown, and not read aloud each time.
    let here_line = move || {
        let names = reading.get();
        (!names.is_empty()).then(|| (words.here)(&names))
    };
    view! {
        <p class="g-typing" role="status">
            {typing_line}
        </p>
        <p class="g-here">{here_line}</p>
    }
    .boxed()
}

/// What the reader can do with the conversation.
fn acts(room: Room, muted: bool) -> AnyView {
    let words = words();
    let mark = move || {
        let is_unread = room.unread.get() > 0;
        let (act, word) = if is_unread {
            ("/read", words.mark_read)
        } else {
            ("/unread", words.mark_unread)
        };
        let change = room.conversation.with(|held| held.change).to_string();
        view! {
            <form method="post" action=room.path(act)>
                <input type="hidden" name="seen" value=change autocomplete="off" />
                <button class="btn">{word}</button>
            </form>
        }
    };
    let (value, mute) = if muted {
        ("off", words.unmute)
    } else {
        ("on", words.mute)
    };
    view! {
        <div class="record-acts" role="group" aria-label=words.acts>
            {mark}
            <form method="post" action=room.path("/mute")>
                <input type="hidden" name="muted" value=value autocomplete="off" />
                <button class="btn">{mute}</button>
            </form>
        </div>
    }
    .boxed()
}

/// Where the reader writes: a plain form; without files it never leaves the page.
fn composer(room: Room, talk: &Talk) -> AnyView {
    let (words, language) = (words(), language());
    let files = talk.thread.files.clone();
    let is_on = files.is_on();
    let trouble = move || room.told(words.not_sent, language);
    let on_submit = move |event: SubmitEvent| {
        // Files leave with the form itself.
        let form = browser::target(event.as_ref());
        if form.is_none_or(|form| !browser::holds_files(&form, "attachments[]")) {
            event.prevent_default();
            room.send();
        }
    };
    let on_keydown = move |event: KeyboardEvent| {
        let wants = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if wants
            && !event.is_composing()
            && let Some(form) = browser::form_of(event.as_ref())
        {
            event.prevent_default();
            // As the button would: with what the browser checks before, and with its files.
            let _ = form.request_submit();
        }
    };
    view! {
        <form
            method="post"
            action=room.path("")
            enctype="multipart/form-data"
            class="plain-form"
            on:submit=on_submit
        >
            <div class="field">
                <label for="body">{words.write}</label>
                <textarea
                    id="body"
                    name="body"
                    rows="4"
                    required=!is_on
                    maxlength=BODY_CHARS_MAX.to_string()
                    placeholder=words.placeholder
                    aria-describedby="body-problem"
                    aria-invalid=move || trouble().map(|_| "true")
                    node_ref=room.composer
                    on:keydown=on_keydown
                    on:input=move |_| {
                        room.note_writing();
                        room.own.get_value().types();
                    }
                >
                    {inside_textarea(&talk.form.body)}
                </textarea>
                <p class="field-problem" id="body-problem" role="alert">{trouble}</p>
            </div>
            <input type="hidden" name="key" value=talk.key.clone() autocomplete="off" />
            <input
                type="hidden"
                name="seen"
                value=move || room.conversation.with(|held| held.change).to_string()
                autocomplete="off"
            />
            <KeptFiles files=talk.kept.clone() />
            <FileField rules=files />
            <div class="ways">
                <button class="btn primary">{words.send}</button>
            </div>
        </form>
    }
    .boxed()
}
