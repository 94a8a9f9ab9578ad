//! A conversation's way into the trash and out of it.

use leptos::prelude::*;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::permission::Permission;

use super::Open;
use super::act::{act, done};
use crate::page::team::drawing::TRASH;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::part::moment::Moment;
use crate::words::team::words;

/// The button that throws a conversation away. It asks nothing: what is thrown away can be taken back
/// where it lies.
#[component]
pub fn ThrowAway(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = &words().list;
    let shown = move || {
        let may = may_manage(open) && open.talk.with(|talk| talk.head.trashed_at.is_none());
        may.then(|| {
            view! {
                <button
                    class="btn quiet"
                    type="button"
                    aria-keyshortcuts="#"
                    aria-label=words.trash
                    title=words.trash
                    on:click=move |_| act(open, done(open, ThreadAct::Trash))
                >
                    <Icon of=TRASH />
                </button>
            }
        })
    };
    shown.boxed()
}

/// What stands in place of the composer while a conversation lies in the trash.
#[component]
pub fn InTrash(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = words();
    let since = move || {
        let at = open.talk.with(|talk| talk.head.trashed_at)?;
        Some(view! { <Moment at=at /> })
    };
    let restore = may_manage(open).then(|| {
        view! {
            <button
                class="btn primary"
                type="button"
                on:click=move |_| act(open, done(open, ThreadAct::Restore { trashed_at: None }))
            >
                {words.list.restore}
            </button>
        }
    });
    view! {
        <div class="in-trash" role="status">
            <Icon of=TRASH />
            <p>{words.thread.in_trash} " " {since}</p>
            {restore}
        </div>
    }
    .boxed()
}

fn may_manage(open: Open) -> bool {
    open.me
        .with_value(|me| me.permissions.has(Permission::ManageThreads))
}
