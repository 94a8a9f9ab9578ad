//! What stands where a page could not: why, and what can be done.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use pigeon_wire::Fault;
use pigeon_wire::permission::Permission;

use super::menu::here;
use crate::UiError;
use crate::part::boxed::Boxed;
use crate::words::team::{team_error, words};

/// Why a page, or a part of it, cannot be shown.
#[component]
pub fn TroublePage(
    /// What went wrong.
    error: UiError,
) -> impl IntoView {
    let words = &words().trouble;
    let location = use_location();
    let title = match error.fault() {
        Some(Fault::NotFound) => words.not_found_title,
        Some(Fault::Forbidden(Permission::AccessInbox)) => words.no_access_title,
        _ => words.title,
    };
    let way_on = match error.fault() {
        Some(Fault::NotSignedIn) => {
            let login = move || ["/login?next=", &encoded(&here(&location))].concat();
            view! { <a class="btn primary" rel="external" href=login>{words.to_login}</a> }.boxed()
        }
        Some(Fault::NotFound) => {
            view! { <a class="btn" href="/inbox">{words.to_inbox}</a> }.boxed()
        }
        Some(Fault::Forbidden(_)) => ().boxed(),
        _ => {
            let address = move || here(&location);
            view! { <a class="btn" rel="external" href=address>{words.again}</a> }.boxed()
        }
    };
    view! {
        <section class="trouble" role="alert">
            <Title text=title />
            <h1>{title}</h1>
            <p>{team_error(&error)}</p>
            {way_on}
        </section>
    }
    .boxed()
}

/// An address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <main class="lone"><TroublePage error=UiError::Fault(Fault::NotFound) /></main> }
}

/// A path as a value inside an address.
fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'/' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_path_inside_an_address_ends_where_it_ends() {
        assert_eq!(
            encoded("/inbox?view=mine&x=1#y"),
            "/inbox%3Fview%3Dmine%26x%3D1%23y"
        );
    }
}
