//! What the team knows of a customer: a page of its own, and a part that stands beside a conversation.

use leptos::prelude::*;
use pigeon_wire::contact::{
    BlockKind, CONTACT_THREADS_BESIDE, ContactCard, ContactThread, ContactThreads,
    PERSON_NOTE_CHARS_MAX, Sender,
};
use pigeon_wire::fault::Field;
use pigeon_wire::permission::{Permission, Permissions};
use pigeon_wire::{Fault, ThreadId};

use super::blocked::lift;
use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::status::StatusChip;
use crate::words::contact::words;
use crate::words::team;

/// The page of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What is known.
    pub card: ContactCard,
    /// A page of their threads.
    pub threads: ContactThreads,
    /// What the reader may do.
    pub may: Permissions,
    /// The note that was typed, where it was refused.
    pub typed: Option<String>,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

/// The part that stands beside a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What is known.
    pub card: ContactCard,
    /// The newest of their threads.
    pub threads: ContactThreads,
    /// The one that is open, which is not among the others.
    pub thread: Option<ThreadId>,
    /// What the reader may do.
    pub may: Permissions,
}

impl Contact {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let card = &self.card;
        let may = self.may.has(Permission::ManageThreads);
        let address = address(card);
        let known = if card.verified {
            words.verified
        } else {
            words.not_verified
        };
        let kind = if card.guest {
            words.guest
        } else {
            words.account
        };
        let next = self.threads.next.map(|next| {
            view! {
                <p class="ways">
                    <a class="btn" href=format!("{address}?after={next}")>
                        {words.older}
                    </a>
                </p>
            }
        });
        let links = (may && card.guest).then(|| links(&address));
        let block = may.then(|| self.block());
        view! {
            <p>
                <a href="/inbox">{words.back}</a>
            </p>
            <dl class="facts">
                <dt>{words.address}</dt>
                <dd>{card.email.clone()} ", " {known}</dd>
                <dt>{words.kind}</dt>
                <dd>{kind}</dd>
                <dt>{words.language}</dt>
                <dd>{(team::words().side.reads)(card.language)}</dd>
            </dl>
            {stands(card)}
            <section class="plain-part" aria-labelledby="threads-heading">
                <h2 id="threads-heading">{words.threads}</h2>
                <p class="lead">{(words.count)(card)}</p>
                {list(&self.threads.threads)}
                {next}
            </section>
            <section class="plain-part" aria-labelledby="note-heading">
                <h2 id="note-heading">{words.note}</h2>
                {self.note(may)}
            </section>
            {links}
            {block}
        }
        .boxed()
    }

    /// The note, with a form for whoever may change it.
    fn note(&self, may: bool) -> AnyView {
        let words = words();
        let note = self.card.note.as_ref();
        let text = note.map(|note| note.text.clone()).unwrap_or_default();
        let changed = note.map(|note| {
            view! {
                <p class="ledger-meta">
                    {(words.changed)(&note.by)}
                    " "
                    <Moment at=note.changed_at />
                </p>
            }
        });
        if !may {
            let text = if text.is_empty() {
                words.no_note.to_owned()
            } else {
                text
            };
            return view! {
                <p class="record-text" dir="auto">{text}</p>
                {changed}
            }
            .boxed();
        }
        // Whoever was overtaken sees both texts, and saving once more is over the newer one.
        let is_overtaken = self.fault == Some(Fault::Changed);
        let meanwhile = is_overtaken.then(|| {
            view! {
                <p class="refusal" role="alert">{words.overtaken}</p>
                <p class="record-text" dir="auto">{text.clone()}</p>
            }
        });
        let fault = self.fault.as_ref().filter(|_| !is_overtaken);
        let seen = note.map_or(0, |note| note.version);
        let lines = Control::Lines {
            max: PERSON_NOTE_CHARS_MAX,
        };
        view! {
            {meanwhile}
            {refusal(fault, &[Field::Body])}
            <form method="post" action=[&address(&self.card), "/note"].concat() class="plain-form">
                <input type="hidden" name="seen" value=seen.to_string() />
                <PlainField
                    name="body"
                    label=words.note_text
                    control=lines
                    value=self.typed.clone().unwrap_or(text)
                    hint=words.note_lead
                    problem=problem(fault, Field::Body)
                    optional=true
                />
                {changed}
                <div class="ways">
                    <button class="btn primary">{words.save}</button>
                </div>
            </form>
        }
        .boxed()
    }

    /// The ways to block, and to lift what is blocked.
    fn block(&self) -> AnyView {
        let words = words();
        let card = &self.card;
        let back = card.id.to_string();
        let lifts = card.blocks.iter().map(|one| {
            view! {
                <li class="ledger-row">
                    <p class="ledger-main">{one.what.clone()}</p>
                    {lift(one, self.may, &back)}
                </li>
            }
        });
        let lifts = (!card.blocks.is_empty())
            .then(|| view! { <ul class="ledger">{lifts.collect_view()}</ul> });
        let is_blocked = |kind| card.blocks.iter().any(|one| one.kind == kind);
        let one = (!is_blocked(BlockKind::Address))
            .then(|| block(&card.email, &back, words.block_address.to_owned()));
        let domain = card.email.rsplit_once('@').map(|(_, domain)| domain);
        let domain = domain.filter(|domain| {
            let can = Sender::parse(domain).is_ok() && !is_blocked(BlockKind::Domain);
            can && self.may.has(Permission::ManageSettings)
        });
        let all = domain.map(|domain| block(domain, &back, (words.block_domain)(domain)));
        view! {
            <section class="plain-part" aria-labelledby="block-heading">
                <h2 id="block-heading">{words.block}</h2>
                <p class="lead">{words.block_lead}</p>
                {lifts}
                <div class="ways">{one} {all}</div>
            </section>
        }
        .boxed()
    }
}

impl Beside {
    /// The part.
    pub fn view(&self) -> AnyView {
        let words = words();
        let card = &self.card;
        let most = usize::try_from(CONTACT_THREADS_BESIDE).unwrap_or(usize::MAX);
        let others = self.threads.threads.iter();
        let others = others.filter(|thread| Some(thread.id) != self.thread);
        let others: Vec<ContactThread> = others.take(most).cloned().collect();
        let only = others
            .is_empty()
            .then(|| view! { <p class="faint">{words.none_before}</p> });
        let note = card.note.as_ref().filter(|note| !note.text.is_empty());
        let note = note.map(|note| {
            view! {
                <h2>{words.note}</h2>
                <p class="contact-note" dir="auto">{note.text.clone()}</p>
                <p class="faint">
                    {(words.changed)(&note.by)}
                    " "
                    <Moment at=note.changed_at />
                </p>
            }
        });
        let may = self.may.has(Permission::ManageThreads) && !others.is_empty();
        let merge = self.thread.filter(|_| may).map(|thread| {
            view! {
                <a
                    class="btn"
                    rel="external"
                    href=format!("/inbox/{thread}/merge")
                    aria-keyshortcuts="M"
                >
                    {words.merge}
                </a>
            }
        });
        view! {
            {stands(card)}
            {note}
            <h2>{words.before}</h2>
            <p class="faint">{(words.count)(card)}</p>
            {only} {list(&others)}
            <p class="ways">
                <a class="btn" rel="external" href=address(card)>
                    {words.whole}
                </a>
                " "
                {merge}
            </p>
        }
        .boxed()
    }
}

fn address(card: &ContactCard) -> String {
    ["/contacts/", &card.id.to_string()].concat()
}

/// That nothing of theirs is heard, and because of what.
fn stands(card: &ContactCard) -> Option<AnyView> {
    let first = card.blocks.first()?;
    let text = (words().blocked.stands)(&first.what);
    Some(view! { <p class="refusal">{text}</p> }.boxed())
}

fn list(threads: &[ContactThread]) -> Option<AnyView> {
    if threads.is_empty() {
        return None;
    }
    let words = words();
    let rows = threads.iter().map(|thread| {
        let subject = thread.subject.clone();
        let subject = subject.unwrap_or_else(|| words.no_subject.to_owned());
        let unsure = (!thread.verified).then(|| [", ", words.not_verified].concat());
        view! {
            <li>
                <a href=format!("/inbox/{}", thread.id) dir="auto">
                    {subject}
                </a>
                <span class="faint">
                    <StatusChip
                        status=thread.status
                        word=(team::words().status)(thread.status)
                    />
                    " "
                    <Moment at=thread.active_at />
                    {unsure}
                </span>
            </li>
        }
    });
    Some(view! { <ul class="contact-threads">{rows.collect_view()}</ul> }.boxed())
}

fn links(address: &str) -> AnyView {
    let words = words();
    view! {
        <section class="plain-part" aria-labelledby="links-heading">
            <h2 id="links-heading">{words.links}</h2>
            <p class="lead">{words.links_lead}</p>
            <form method="post" action=[address, "/links"].concat()>
                <button class="btn">{words.send}</button>
            </form>
        </section>
    }
    .boxed()
}

fn block(what: &str, back: &str, label: String) -> AnyView {
    view! {
        <form method="post" action="/blocked">
            <input type="hidden" name="email" value=what.to_owned() />
            <input type="hidden" name="back" value=back.to_owned() />
            <button class="btn danger">{label}</button>
        </form>
    }
    .boxed()
}
