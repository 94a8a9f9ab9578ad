//! The conversation. Everything on it is plain forms first; in the browser the reply goes through
//! the server function, and what others write arrives over the live line.

mod composer;

mod entries;

mod line;

mod menu;

mod pending;

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::thread::{GuestThread, Status};

use crate::live::guest::GuestTalk;
use crate::part::icon::{CHECK, CLOCK, Icon, MAIL};
use crate::words::guest::words;

use composer::Composer;
use entries::{Entries, Older, Typing};
use line::{LineStrip, Talk};
use menu::Menu;
use pending::PendingReplies;

/// The page of one conversation.
#[component]
pub fn Thread<K: IntoView + 'static>(
    thread: GuestThread,
    form: ReplyForm,
    kept: K,
    fault: Option<Fault>,
    key: String,
) -> impl IntoView {
    let words = words();
    let talk = Talk::new(thread.head.id, RwSignal::new(GuestTalk::new(&thread)));
    talk.keep_live();
    let subject = thread
        .head
        .subject
        .unwrap_or_else(|| words.no_subject.to_owned());
    let mail_notice = (!thread.by_mail).then(|| {
        view! {
            <p class="g-mail">
                <Icon of=MAIL />
                <span>{(words.look_into_mail)(&thread.email_hint)}</span>
            </p>
        }
    });
    view! {
        <div class="g-head">
            <h1>{subject}</h1>
            <Menu thread=talk.thread by_mail=thread.by_mail />
        </div>
        <State talk=talk />
        {mail_notice}
        <div class="g-talk" role="log" aria-label=words.entries>
            <Older talk=talk />
            <Entries talk=talk />
            <PendingReplies talk=talk />
        </div>
        <Typing talk=talk />
        <LineStrip talk=talk />
        <Composer talk=talk form=form rules=thread.files kept=kept fault=fault key=key />
        <p class="g-small">{(words.answers_go_to)(&thread.email_hint)}</p>
    }
}

/// Whose turn it is, as a calm sentence.
#[component]
fn State(talk: Talk) -> impl IntoView {
    let words = words();
    let status = Memo::new(move |_| talk.conversation.with(|held| held.head.status));
    let icon = move || match status.get() {
        Status::Pending => CLOCK,
        Status::Open | Status::Closed => CHECK,
    };
    view! {
        <p class="g-calm g-state" data-status=move || status.get().as_str()>
            {move || view! { <Icon of=icon() /> }}
            <span>{move || words.state(status.get())}</span>
        </p>
    }
}
