//! The rail: the ways through the team's pages, with the live badge.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::drawing::{DASHBOARD, INBOX};
use super::favicon::keep_favicon;
use super::menu::Menu;
use super::signed::Signed;
use crate::live::team::use_store;
use crate::part::icon::Icon;
use crate::words::team::words;

/// The main navigation.
#[component]
pub fn Rail(
    /// Who reads.
    signed: Signed,
) -> impl IntoView {
    let words = &words().nav;
    let store = use_store();
    let path = use_location().pathname;
    let Signed { me, badge } = signed;
    let count = move || store.badge.get().unwrap_or(badge);
    keep_favicon(count);
    let label = move || match count() {
        0 => words.inbox.to_owned(),
        n => (words.inbox_needs)(n),
    };
    let bubble = move || {
        let n = Some(count()).filter(|n| *n != 0)?;
        Some(view! { <span class="badge" aria-hidden="true">{n}</span> })
    };
    let current =
        move |root: &'static str| path.with(|path| path.starts_with(root)).then_some("page");
    let ways = me.permissions.is_staff().then(|| {
        view! {
            <a href="/inbox" aria-current=move || current("/inbox") aria-label=label title=words.inbox>
                <Icon of=INBOX />
                {bubble}
            </a>
            <a
                href="/dashboard"
                aria-current=move || current("/dashboard")
                aria-label=words.dashboard
                title=words.dashboard
            >
                <Icon of=DASHBOARD />
            </a>
        }
    });
    view! {
        <nav class="rail" aria-label=words.label>
            {ways}
            <Menu me=me />
        </nav>
    }
    .into_any()
}
