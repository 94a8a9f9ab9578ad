//! The rail: the ways through the team's pages, with the live badge.

use leptos::prelude::*;
use pigeon_wire::permission::{Permission, Permissions};

use super::drawing::{ADMIN, DASHBOARD, FIGURES, INBOX, OWN, SEARCH};
use super::favicon::keep_favicon;
use super::menu::Menu;
use super::signed::Signed;
use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::words;

/// The main navigation.
#[component]
pub fn Rail(
    /// Who reads.
    signed: Signed,
    /// Where the reader is.
    here: Signal<String>,
) -> impl IntoView {
    let words = &words().nav;
    let store = use_store();
    let Signed { me, badge } = signed;
    let count = move || store.badge.get().unwrap_or(badge);
    // Without the inbox, what counts is what is unread in the own threads.
    let (is_staff, begun) = (me.permissions.is_staff(), me.unread);
    let unread = move || store.own.get().unwrap_or(begun);
    keep_favicon(move || if is_staff { count() } else { unread() });
    let label = move || match count() {
        0 => words.inbox.to_owned(),
        n => (words.inbox_needs)(n),
    };
    let bubble = move || {
        let n = Some(count()).filter(|n| *n != 0)?;
        Some(view! { <span class="badge" aria-hidden="true">{n}</span> })
    };
    let current = move |roots: &'static [&'static str]| {
        here.with(|path| roots.iter().any(|root| path.starts_with(root)))
            .then_some("page")
    };
    let own_label = move || match unread() {
        0 => words.threads.to_owned(),
        n => (words.threads_unread)(n),
    };
    let own_bubble = move || {
        let n = Some(unread()).filter(|n| *n > 0)?;
        Some(view! { <span class="badge" aria-hidden="true">{n}</span> })
    };
    let ways = is_staff.then(|| {
        view! {
            <a href="/inbox" aria-current=move || current(&["/inbox"]) aria-label=label title=words.inbox>
                <Icon of=INBOX />
                {bubble}
            </a>
            <a
                href="/dashboard"
                aria-current=move || current(&["/dashboard"])
                aria-label=words.dashboard
                title=words.dashboard
            >
                <Icon of=DASHBOARD />
            </a>
            <a
                href="/search"
                rel="external"
                aria-current=move || current(&["/search"])
                aria-label=words.search
                title=words.search
            >
                <Icon of=SEARCH />
            </a>
            <a
                href="/figures"
                rel="external"
                aria-current=move || current(&["/figures"])
                aria-label=words.figures
                title=words.figures
            >
                <Icon of=FIGURES />
            </a>
        }
    });
    let admin = home(me.permissions).map(|home| {
        view! {
            <a
                href=home
                rel="external"
                aria-current=move || current(ROOTS)
                aria-label=words.admin
                title=words.admin
            >
                <Icon of=ADMIN />
            </a>
        }
    });
    view! {
        <nav class="rail" aria-label=words.label>
            {ways}
            <a
                href="/threads"
                rel="external"
                aria-current=move || current(&["/threads"])
                aria-label=own_label
                title=words.threads
            >
                <Icon of=OWN />
                {own_bubble}
            </a>
            {admin}
            <Menu me=me here=here />
        </nav>
    }
    .boxed()
}

/// Where every administrative page's address begins.
const ROOTS: &[&str] = &[
    "/settings",
    "/mail",
    "/quarantine",
    "/blocked",
    "/reports",
    "/people",
    "/roles",
    "/audit",
];

/// The first administrative page that somebody may see.
fn home(permissions: Permissions) -> Option<&'static str> {
    let homes = [
        (Permission::ManageSettings, "/settings"),
        (Permission::ManagePeople, "/people"),
        (Permission::ManageThreads, "/quarantine"),
    ];
    let mut homes = homes.into_iter();
    homes.find_map(|(permission, home)| permissions.has(permission).then_some(home))
}
