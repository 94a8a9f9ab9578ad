//! The frame of the signed-in pages: the rail, the live line, and the page beside them.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use pigeon_wire::PersonId;

use super::keys;
use super::menu::use_here;
use super::rail::Rail;
use super::signed::ask_signed;
use super::strip::Strip;
use crate::live::team::{Store, use_store};
use crate::part::boxed::Boxed;
use crate::words::team::words;

/// The frame around every page of the team.
#[component]
pub fn Team() -> impl IntoView {
    provide_context(Store::new());
    let signed = ask_signed();
    let here = use_here();
    provide_context(signed);
    let rail = move || {
        Suspend::new(async move {
            signed.await.ok().map(|signed| {
                let reader = signed.me.permissions.is_staff().then_some(signed.me.id);
                view! {
                    <Rail signed=signed here=here />
                    {reader.map(|me| view! { <Awake me=me /> })}
                }
            })
        })
    };
    view! {
        <a class="skip" href="#content">{words().nav.skip}</a>
        <div class="team">
            <Transition>{rail}</Transition>
            <Strip here=here />
            <Outlet />
        </div>
    }
    .boxed()
}

/// Brings the tab to life once it is known who reads. Draws nothing.
#[component]
pub fn Awake(
    /// Who reads.
    me: PersonId,
) -> impl IntoView {
    let store = use_store();
    Effect::new(move |_| {
        store.open(me);
        keys::listen();
    });
}
