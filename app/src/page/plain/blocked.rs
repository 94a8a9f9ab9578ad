//! Whose messages are kept from the team: listed, blocked, lifted.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::contact::{Block, BlockKind, BlockPage};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::permission::{Permission, Permissions};
use pigeon_wire::text::EMAIL_CHARS_MAX;

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::field::problem_of;
use crate::part::moment::Moment;
use crate::words::contact::words;

/// The page of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// What is blocked.
    pub page: BlockPage,
    /// What the reader may do.
    pub may: Permissions,
    /// What was typed, where it was refused.
    pub typed: String,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

impl Blocked {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = &words().blocked;
        let Self {
            page,
            may,
            typed,
            fault,
        } = self;
        let list = if page.blocks.is_empty() {
            view! { <p>{words.none}</p> }.boxed()
        } else {
            let rows = page.blocks.iter().map(|one| row(one, *may));
            view! { <ul class="ledger">{rows.collect_view()}</ul> }.boxed()
        };
        let more = page.next.map(|next| {
            view! {
                <p class="ways">
                    <a class="btn" href=format!("/blocked?after={next}")>
                        {words.more}
                    </a>
                </p>
            }
        });
        let line = Control::Line {
            kind: "text",
            max: EMAIL_CHARS_MAX,
        };
        view! {
            <p class="lead">{words.lead}</p>
            <p>
                <a href="/quarantine">{words.quarantine}</a>
            </p>
            {list}
            {more}
            <section class="plain-part" aria-labelledby="new-heading">
                <h2 id="new-heading">{words.new}</h2>
                {refusal(fault.as_ref(), &[Field::Email])}
                <form method="post" action="/blocked" class="plain-form">
                    <PlainField
                        name="email"
                        label=words.what
                        control=line
                        value=typed.clone()
                        hint=words.hint
                        problem=wrong(fault.as_ref())
                    />
                    <div class="ways">
                        <button class="btn primary">{words.add}</button>
                    </div>
                </form>
            </section>
        }
        .boxed()
    }
}

/// What is wrong with what was to be blocked: it is more than an address.
fn wrong(fault: Option<&Fault>) -> Option<String> {
    let words = &words().blocked;
    match problem_of(fault, Field::Email) {
        Some(Problem::NotAnAddress) => Some(words.neither.to_owned()),
        Some(Problem::InUse) => Some(words.of_team.to_owned()),
        _ => problem(fault, Field::Email),
    }
}

fn row(one: &Block, may: Permissions) -> AnyView {
    let words = &words().blocked;
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <p class="ledger-title">{one.what.clone()}</p>
                <p class="ledger-meta">
                    {(words.kind)(one.kind)}
                    ", "
                    {(words.by)(&one.by)}
                    ", "
                    <Moment at=one.created_at />
                </p>
            </div>
            {lift(one, may, "")}
        </li>
    }
    .boxed()
}

/// The button that lifts a block, for whoever may; back to the customer whose page it stands on, if it
/// stands on one.
pub(super) fn lift(one: &Block, may: Permissions, back: &str) -> Option<AnyView> {
    let words = &words().blocked;
    let needed = match one.kind {
        BlockKind::Address => Permission::ManageThreads,
        BlockKind::Domain => Permission::ManageSettings,
    };
    let action = format!("/blocked/{}/lift", one.id);
    may.has(needed).then(|| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="back" value=back.to_owned() />
                <button class="btn small" type="submit" aria-label=(words.lift_of)(&one.what)>
                    {words.lift}
                </button>
            </form>
        }
        .boxed()
    })
}
