//! The line over the composer that tells who is typing.

use leptos::prelude::*;
use pigeon_wire::presence::Doing;

use super::Open;
use crate::live::team::use_store;
use crate::page::team::drawing::PENCIL;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::presence::words;

/// Who types: the customer, and others of the team.
#[component]
pub fn Typing(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = words();
    let store = use_store();
    let text = Memo::new(move |_| {
        let customer = store
            .whereabouts
            .with(|all| all.customer_types(open.id))
            .then(|| {
                let name = open
                    .talk
                    .with_untracked(|talk| talk.head.customer.name.clone());
                (words.customer_types)(&name)
            });
        let others = store.whereabouts.with(|all| all.others(open.id));
        let typing = others.iter().filter(|one| one.doing != Doing::Looking);
        let team = typing.map(|one| (words.doing)(&one.who.name, one.doing));
        let said: Vec<_> = customer.into_iter().chain(team).collect();
        said.join(" · ")
    });
    let line = move || {
        let text = text.get();
        (!text.is_empty()).then(|| view! { <Icon of=PENCIL /> <span dir="auto">{text}</span> })
    };
    view! { <p class="typing-line" role="status">{line}</p> }.boxed()
}
