//! A conversation with all that the team does in it.

mod act;
mod assign;
mod composer;
mod entry;
mod fate;
mod head;
mod links;
mod reading;
mod runs;
mod scroll;
mod seen;
mod side;
mod snooze;
mod state;
mod tags;
mod timeline;
mod trash;
mod typing;
mod underway;
mod waiting;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use pigeon_wire::ThreadId;
use pigeon_wire::person::Me;
use pigeon_wire::thread::StaffThread;

use super::signed::use_signed;
use super::title::BadgeTitle;
use super::trouble::TroublePage;
use crate::UiError;
use crate::api::thread;
use crate::data::data;
use crate::live::team::talk::Talk;
use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::words::team::words;

use composer::Composer;
use head::Head;
use reading::keep_read;
use side::Side;
use timeline::Timeline;
use trash::InTrash;
use typing::Typing;

/// Where a conversation would stand while none is chosen.
#[component]
pub fn NoThread() -> impl IntoView {
    view! {
        <section class="thread none">
            <p class="empty">{words().thread.none_chosen}</p>
        </section>
    }
}

/// A conversation by its address.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        let id = params.with(|params| thread_of(params.get("id")));
        (id, query.with(|query| place_of(query.get("at"))))
    });
    let signed = use_signed();
    let opened = data(
        move || wanted.get(),
        move |(id, at)| async move { Ok::<_, UiError>((thread::open(id, at).await?, at)) },
    );
    let content = move || {
        Suspend::new(async move {
            match (signed.await, opened.await) {
                (Ok(signed), Ok((opened, at))) => {
                    view! { <Conversation me=signed.me badge=signed.badge opened=opened at=at /> }
                        .boxed()
                }
                (Err(error), _) | (_, Err(error)) => {
                    view! { <section class="thread"><TroublePage error=error /></section> }.boxed()
                }
            }
        })
    };
    view! { <Transition>{content}</Transition> }.boxed()
}

/// One open conversation.
#[derive(Clone, Copy)]
struct Open {
    /// Which.
    id: ThreadId,
    /// What this tab holds of it.
    talk: RwSignal<Talk>,
    /// Who reads.
    me: StoredValue<Me>,
    /// What could not be done, in words; nothing after the next act.
    notice: RwSignal<Option<String>>,
    /// Whether the panel beside the conversation is open where it has no place of its own.
    side: RwSignal<bool>,
    /// The place that the address names, if any.
    at: Option<i64>,
}

#[component]
fn Conversation(me: Me, badge: i64, mut opened: StaffThread, at: Option<i64>) -> impl IntoView {
    let words = words();
    let store = use_store();
    let kept = std::mem::take(&mut opened.drafts);
    let thread = opened.head.public.id;
    // In the browser alone: the server draws the list and this at the same time.
    Effect::new(move |_| store.open_drafts(thread, kept.clone()));
    let query = use_query_map();
    let talk = RwSignal::new(Talk::from(opened));
    let open = Open {
        id: talk.with_untracked(Talk::id),
        talk,
        me: StoredValue::new(me),
        notice: RwSignal::new(None),
        side: RwSignal::new(false),
        at,
    };
    Effect::new(move |_| store.show_talk(talk));
    on_cleanup(move || store.hide_talk(talk, open.id));
    keep_read(store, open);
    let subject = Memo::new(move |_| {
        let subject = talk.with(|talk| talk.head.public.subject.clone());
        subject.unwrap_or_else(|| words.list.no_subject.to_owned())
    });
    let back = move || query.with(|query| super::inbox::list_address(&super::inbox::ask_of(query)));
    // What lies in the trash can be read and taken out, and nothing else.
    let is_trashed = Memo::new(move |_| talk.with(|talk| talk.head.trashed_at.is_some()));
    let foot = move || {
        if is_trashed.get() {
            view! { <InTrash open=open /> }.boxed()
        } else {
            view! { <Composer open=open /> }.boxed()
        }
    };
    view! {
        <BadgeTitle badge=badge text=subject />
        <article class="thread" class:aside=move || open.side.get() aria-label=words.thread.label>
            <div class="talk-column">
                <Head open=open subject=subject back=Signal::derive(back) />
                <Timeline open=open />
                <Typing open=open />
                {foot}
            </div>
            <Side open=open />
        </article>
    }
    .boxed()
}

/// The thread that an address names. What is no id names a thread that nobody has, so that the
/// answer is the same as for a stranger's.
fn thread_of(word: Option<String>) -> ThreadId {
    word.and_then(|word| word.parse().ok()).unwrap_or(NOBODYS)
}

/// The place that an address names.
fn place_of(word: Option<String>) -> Option<i64> {
    word.and_then(|word| word.parse().ok())
}

/// An id that is never given.
const NOBODYS: ThreadId = ThreadId(uuid::Uuid::nil());
