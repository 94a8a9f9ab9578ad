//! What stands beside a conversation: the customer, the thread, its people, the guest's links, and what
//! else the team knows of the customer.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::thread::{CustomerView, ParticipantRole, ParticipantView};

use super::Open;
use super::act::{act, done};
use super::head::focus;
use super::links::Links;
use super::tags::Tags;
use crate::page::team::drawing::CLOSE;
use crate::page::team::keys::part;
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CHECK, Icon};
use crate::part::moment::Moment;
use crate::words::team::words;

/// The panel. Where there is no room for it, it opens over the conversation.
#[component]
pub fn Side(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = words();
    let head = Memo::new(move |_| open.talk.with(|talk| talk.head.clone()));
    let customer = move || view! { <Customer customer=head.with(|head| head.customer.clone()) /> };
    let opened_at = head.with_untracked(|head| head.public.opened_at);
    let source = head.with_untracked(|head| head.source);
    let people = move || {
        let people = head.with(|head| head.participants.clone());
        people
            .into_iter()
            .map(|one| view! { <Participant one=one /> })
            .collect_view()
    };
    let close = move |_| {
        open.side.set(false);
        focus("about");
    };
    let person = head.with_untracked(|head| head.customer.id);
    let contact = NodeRef::<Div>::new();
    // Asked for once the conversation is there, which does not wait for it. Who may not know is
    // answered nothing.
    Effect::new(move |_| {
        if let Some(seat) = contact.get() {
            let address = format!("/contacts/{person}/beside?thread={}", open.id);
            spawn_local(async move {
                if let Some(text) = part(&address).await {
                    seat.set_inner_html(&text);
                }
            });
        }
    });
    let is_guest = head.with_untracked(|head| head.customer.guest);
    view! {
        <aside class="side" id="side" aria-label=words.thread.about>
            <button
                class="btn quiet close"
                type="button"
                aria-label=words.side.close
                title=words.side.close
                on:click=close
            >
                <Icon of=CLOSE />
            </button>
            {customer}
            <h2>{words.side.thread}</h2>
            <dl>
                <dt>{words.side.opened}</dt>
                <dd><Moment at=opened_at /></dd>
                <dt>{words.side.through}</dt>
                <dd>{(words.source)(source)}</dd>
            </dl>
            <Tags open=open />
            <h2>{words.side.participants}</h2>
            <ul class="people">{people}</ul>
            <Follow open=open />
            {is_guest.then(|| view! { <Links open=open /> })}
            <div class="contact" node_ref=contact></div>
        </aside>
    }
    .boxed()
}

/// Whether the reader gets the conversation's mails. Taking part in it brings them, until they are
/// stopped.
#[component]
fn Follow(open: Open) -> impl IntoView {
    let words = &words().side;
    let me = open.me.with_value(|me| me.id);
    let is_party = Memo::new(move |_| {
        let is_me = |one: &ParticipantView| one.person.id == me;
        open.talk
            .with(|talk| talk.head.participants.iter().any(is_me))
    });
    Effect::new(move |was: Option<bool>| {
        let is = is_party.get();
        if is && was == Some(false) {
            open.talk.update(|talk| talk.follows = true);
        }
        is
    });
    let follows = Memo::new(move |_| open.talk.with(|talk| talk.follows));
    let turn = move |_| {
        let wanted = !follows.get_untracked();
        act(open, async move {
            done(open, ThreadAct::Follow { on: wanted }).await?;
            open.talk.try_update(|talk| talk.follows = wanted);
            Ok(())
        });
    };
    let label = move || {
        if follows.get() {
            words.unfollow
        } else {
            words.follow
        }
    };
    view! {
        <p class="ways">
            <button
                class="btn"
                type="button"
                aria-keyshortcuts="m"
                title=words.follow_hint
                on:click=turn
            >
                {label}
            </button>
        </p>
    }
    .boxed()
}

#[component]
fn Customer(customer: CustomerView) -> impl IntoView {
    let words = &words().side;
    let CustomerView {
        name,
        email,
        verified,
        guest,
        language,
        ..
    } = customer;
    let known = if verified {
        view! { <p class="known good"><Icon of=CHECK /> {words.verified}</p> }.boxed()
    } else {
        view! { <p class="known open"><Icon of=ALERT /> {words.not_verified}</p> }.boxed()
    };
    view! {
        <section class="customer" aria-label=words.customer>
            <Avatar name=name.clone() outlined=guest />
            <div>
                <p class="who" dir="auto">{name}</p>
                <p class="address">{email}</p>
                {known}
            </div>
        </section>
        <dl>
            <dt>{words.kind}</dt>
            <dd>{if guest { words.guest } else { words.account }}</dd>
            <dt>{words.language}</dt>
            <dd>{(words.reads)(language)}</dd>
        </dl>
    }
    .boxed()
}

#[component]
fn Participant(one: ParticipantView) -> impl IntoView {
    let words = &words().side;
    let ParticipantView { person, role } = one;
    view! {
        <li>
            <Avatar name=person.name.clone() small=true outlined=role == ParticipantRole::Guest />
            <span class="who" dir="auto">{person.name}</span>
            <span class="role">{(words.role)(role)}</span>
        </li>
    }
}
