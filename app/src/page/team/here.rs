//! Who else is at a conversation: their discs, with a pencil for whoever types.

use leptos::prelude::*;
use pigeon_wire::ThreadId;
use pigeon_wire::presence::{Doing, Present};

use crate::live::team::use_store;
use crate::page::team::drawing::PENCIL;
use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::presence::words;

/// Most discs that stand beside each other.
const DISCS_MAX: usize = 3;

/// Everybody else who is at a thread now.
#[component]
pub fn Here(
    /// Which thread.
    thread: ThreadId,
) -> impl IntoView {
    let words = words();
    let store = use_store();
    let others = Memo::new(move |_| store.whereabouts.with(|all| all.others(thread)));
    let discs = move || {
        let all = others.get();
        (!all.is_empty()).then(|| {
            let said = all
                .iter()
                .map(|one| (words.doing)(&one.who.name, one.doing));
            let said = said.collect::<Vec<_>>().join(", ");
            let more = all.len().saturating_sub(DISCS_MAX);
            let more =
                (more != 0).then(|| view! { <span class="more">{format!("+{more}")}</span> });
            let discs = all.into_iter().take(DISCS_MAX).map(disc).collect_view();
            view! {
                <span class="here" title=said.clone()>
                    <span class="unseen">{words.label}": "{said.clone()}</span>
                    <span class="discs" aria-hidden="true">{discs} {more}</span>
                </span>
            }
        })
    };
    discs.boxed()
}

fn disc(one: Present) -> AnyView {
    let pencil = (one.doing != Doing::Looking).then(|| view! { <Icon of=PENCIL /> });
    view! {
        <span class="disc" class:typing=one.doing != Doing::Looking>
            <Avatar name=one.who.name small=true />
            {pencil}
        </span>
    }
    .boxed()
}
