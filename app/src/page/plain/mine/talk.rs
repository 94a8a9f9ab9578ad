//! One of the own threads, as a plain page: read, reply, mark, mute.

use leptos::prelude::*;
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::mailbox::{UserEntry, UserThread, seen_of};
use pigeon_wire::message::{Content, ENTRIES_PAGE_MAX, ReplyForm};
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::thread::{Side, ThreadKind};
use pigeon_wire::{Fault, Millis};

use super::party::{mend, party};
use crate::page::plain::form::{problem, refusal};
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::files::{FileField, Files, KeptFiles};
use crate::part::moment::Moment;
use crate::part::prose::Prose;
use crate::part::status::StatusChip;
use crate::part::typed::inside_textarea;
use crate::words::mine::words;

/// The page of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// The thread.
    pub thread: UserThread,
    /// What was typed so far.
    pub form: ReplyForm,
    /// Files that came in with a form that was refused.
    pub kept: Vec<AttachmentView>,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
    /// The idempotency key of the next try.
    pub key: String,
    /// Whom the reader knows, and may add by name.
    pub known: Vec<PersonRef>,
}

impl Talk {
    /// What the page is called.
    pub fn title(thread: &UserThread) -> Option<String> {
        thread.head.subject.clone()
    }

    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let head = &self.thread.head;
        let with = match self.thread.kind {
            ThreadKind::Support => words.team.to_owned(),
            ThreadKind::Direct => self.thread.with.join(", "),
        };
        let state = match self.thread.kind {
            ThreadKind::Support => (words.state)(head.status),
            ThreadKind::Direct => "",
        };
        let is_direct = self.thread.kind == ThreadKind::Direct;
        let entries = self.thread.entries.iter().map(|entry| self.entry(entry));
        view! {
            <p class="record-meta">
                <a href="/threads">{words.back}</a>
                " · "
                <StatusChip status=head.status word=(words.status)(head.status) />
                " "
                {with}
            </p>
            <p class="lead">{state}</p>
            {self.older()}
            <ol class="g-entries" aria-label=words.entries>
                {entries.collect_view()}
            </ol>
            {self.acts()}
            {refusal(self.fault.as_ref(), &[Name::Body])}
            {self.composer()}
            {is_direct.then(|| party(&self.thread, &self.known))}
        }
        .boxed()
    }

    fn path(&self, act: &str) -> String {
        format!("/threads/{}{act}", self.thread.head.id)
    }

    fn older(&self) -> Option<AnyView> {
        let held = i64::try_from(self.thread.entries.len()).unwrap_or_default();
        let portions = (held / ENTRIES_PAGE_MAX).max(1);
        self.thread.more_before.then(|| {
            view! {
                <p class="g-older">
                    <a class="btn quiet" href=self.path(&format!("?older={portions}"))>
                        {words().older}
                    </a>
                </p>
            }
            .boxed()
        })
    }

    fn entry(&self, entry: &UserEntry) -> AnyView {
        let words = words();
        let at = entry.entry.at;
        let edited = entry.edited_at.map(|_| view! { " · " {words.edited} });
        match &entry.entry.content {
            Content::Message {
                body,
                attachments,
                author,
                ..
            } => {
                let is_mine = entry.by == Some(self.thread.me);
                let room = self.path("");
                let said = view! {
                    <Prose text=body.clone() />
                    <Files files=attachments.clone() room=room />
                };
                if is_mine {
                    let is_direct = self.thread.kind == ThreadKind::Direct;
                    let mends = is_direct.then(|| mend(&self.thread, entry, body)).flatten();
                    view! {
                        <li class="g-entry mine">
                            <div class="g-bubble">
                                <p class="g-by">
                                    <b>{words.you}</b>
                                    " "
                                    <Moment at=at />
                                    {edited}
                                </p>
                                {said}
                            </div>
                            {self.fate(entry.entry.place)}
                            {mends}
                        </li>
                    }
                    .boxed()
                } else {
                    view! {
                        <li class="g-entry theirs">
                            <Avatar name=author.clone() />
                            <div class="g-bubble">
                                <p class="g-by">
                                    <b>{author.clone()}</b>
                                    " "
                                    <Moment at=at />
                                    {edited}
                                </p>
                                {said}
                            </div>
                        </li>
                    }
                    .boxed()
                }
            }
            Content::Event {
                event,
                author,
                side,
            } => {
                let is_mine = *side == Side::Customer && entry.by == Some(self.thread.me);
                let who = if is_mine { words.you } else { author };
                view! {
                    <li class="g-entry g-event">
                        <span>{(words.event)(*event, who)}</span>
                        " "
                        <Moment at=at />
                    </li>
                }
                .boxed()
            }
        }
    }

    /// That a message of the reader was stored, or who has seen it, and when.
    fn fate(&self, place: i64) -> AnyView {
        let words = words();
        let seen = seen_of(&self.thread.seen, place);
        if seen.is_empty() {
            return view! { <p class="g-fate">{words.sent}</p> }.boxed();
        }
        let line = |(who, at): (Option<String>, Millis)| {
            let text = who.map_or_else(
                || words.seen_by_team.to_owned(),
                |name| (words.seen_by)(&name),
            );
            view! {
                <p class="g-fate">
                    <span>{text}</span>
                    " "
                    <Moment at=at />
                </p>
            }
        };
        seen.into_iter().map(line).collect_view().boxed()
    }

    fn acts(&self) -> AnyView {
        let words = words();
        let thread = &self.thread;
        let change = thread.change.to_string();
        let read = (thread.unread > 0).then(|| {
            view! {
                <form method="post" action=self.path("/read")>
                    <input type="hidden" name="seen" value=change autocomplete="off" />
                    <button class="btn">{words.mark_read}</button>
                </form>
            }
        });
        let unread = (thread.unread == 0).then(|| {
            view! {
                <form method="post" action=self.path("/unread")>
                    <button class="btn">{words.mark_unread}</button>
                </form>
            }
        });
        let (value, mute) = if thread.muted {
            ("off", words.unmute)
        } else {
            ("on", words.mute)
        };
        view! {
            <div class="record-acts" role="group" aria-label=words.acts>
                {read}
                {unread}
                <form method="post" action=self.path("/mute")>
                    <input type="hidden" name="muted" value=value autocomplete="off" />
                    <button class="btn">{mute}</button>
                </form>
            </div>
        }
        .boxed()
    }

    fn composer(&self) -> AnyView {
        let words = words();
        let files = self.thread.files.clone();
        let problem = problem(self.fault.as_ref(), Name::Body);
        let invalid = problem.as_ref().map(|_| "true");
        view! {
            <form
                method="post"
                action=self.path("")
                enctype="multipart/form-data"
                class="plain-form"
            >
                <div class="field">
                    <label for="body">{words.write}</label>
                    <textarea
                        id="body"
                        name="body"
                        rows="4"
                        required=!files.is_on()
                        maxlength=BODY_CHARS_MAX.to_string()
                        placeholder=words.placeholder
                        aria-describedby="body-problem"
                        aria-invalid=invalid
                    >
                        {inside_textarea(&self.form.body)}
                    </textarea>
                    <p class="field-problem" id="body-problem">{problem}</p>
                </div>
                <input type="hidden" name="key" value=self.key.clone() autocomplete="off" />
                <input
                    type="hidden"
                    name="seen"
                    value=self.thread.change.to_string()
                    autocomplete="off"
                />
                <KeptFiles files=self.kept.clone() />
                <FileField rules=files />
                <div class="ways">
                    <button class="btn primary">{words.send}</button>
                </div>
            </form>
        }
        .boxed()
    }
}
