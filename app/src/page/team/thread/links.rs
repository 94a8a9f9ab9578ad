//! The guest's links: how they came about, when they were used, and their end.

use leptos::prelude::*;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::LinkView;

use super::Open;
use super::act::act;
use crate::api::thread;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::team::words;

/// The links that still work, with a way to end them all.
#[component]
pub fn Links(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = &words().side;
    let links = Memo::new(move |_| open.talk.with(|talk| talk.links.clone()));
    let may = open
        .me
        .with_value(|me| me.permissions.has(Permission::ManageThreads));
    let body = move || {
        let links = links.get();
        if links.is_empty() {
            return view! { <p class="faint">{words.no_links}</p> }.boxed();
        }
        let rows = links
            .into_iter()
            .map(|link| view! { <Link link=link /> })
            .collect_view();
        let revoke = may.then(|| view! { <Revoke open=open /> });
        view! { <ul class="links">{rows}</ul> {revoke} }.boxed()
    };
    view! { <h2>{words.links}</h2> {body} }.boxed()
}

#[component]
fn Link(link: LinkView) -> impl IntoView {
    let words = &words().side;
    let used = match link.last_used_at {
        Some(at) => view! { {words.last_used} " " <Moment at=at /> }.boxed(),
        None => words.never_used.boxed(),
    };
    view! {
        <li>
            <span>{(words.origin)(link.origin)}</span>
            <span class="faint">{used} ", " {words.expires} " " <Moment at=link.expires_at /></span>
        </li>
    }
}

/// Ends all links, after a second word.
#[component]
fn Revoke(open: Open) -> impl IntoView {
    let words = &words().side;
    let asking = RwSignal::new(false);
    let revoke = move |_| {
        asking.set(false);
        act(open, async move {
            thread::revoke_links(open.id).await?;
            open.talk.try_update(|talk| talk.links.clear());
            Ok(())
        });
    };
    move || {
        if asking.get() {
            view! {
                <p class="faint">{words.revoke_sure}</p>
                <p class="ways">
                    <button class="btn danger" type="button" on:click=revoke>{words.revoke_yes}</button>
                    <button class="btn" type="button" on:click=move |_| asking.set(false)>
                        {words.cancel}
                    </button>
                </p>
            }
            .boxed()
        } else {
            view! {
                <button class="btn" type="button" on:click=move |_| asking.set(true)>
                    {words.revoke}
                </button>
            }
            .boxed()
        }
    }
}
