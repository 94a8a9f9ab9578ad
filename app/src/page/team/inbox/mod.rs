//! The inbox: a view's list beside the conversation that is open.

mod pane;
pub mod row;
mod views;

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_query_map};
use pigeon_wire::ThreadId;
use pigeon_wire::inbox::View;

use super::signed::use_signed;
use super::title::BadgeTitle;
use super::trouble::TroublePage;
use crate::api::inbox;
use crate::live::team::use_store;
use crate::words::team::words;

use pane::Pane;
use views::Views;

/// The inbox, with the open conversation as its outlet.
#[component]
pub fn Inbox() -> impl IntoView {
    let words = &words().list;
    let store = use_store();
    let query = use_query_map();
    let view = Memo::new(move |_| query.with(|query| view_of(query.get("view"))));
    let path = use_location().pathname;
    let open = Memo::new(move |_| path.with(|path| open_thread(path)));
    let signed = use_signed();
    let page = Resource::new(
        move || view.get(),
        move |view| async move {
            // The list asks anew when the line has opened since.
            let opened = store.opened.try_get_untracked().unwrap_or_default();
            inbox::page(view, None).await.map(|page| (opened, page))
        },
    );
    let content = move || {
        Suspend::new(async move {
            match (signed.await, page.await) {
                (Ok(signed), Ok((opened, page))) => {
                    let title = (words.view)(page.view);
                    let badge = signed.badge;
                    // An open conversation gives the tab its own title.
                    let own_title = move || {
                        open.get()
                            .is_none()
                            .then(|| view! { <BadgeTitle badge=badge text=title /> })
                    };
                    view! {
                        {own_title}
                        <Views view=view badge=badge />
                        <Pane me=signed.me.id page=page opened=opened open=open />
                    }
                    .into_any()
                }
                (Err(error), _) | (_, Err(error)) => {
                    view! { <TroublePage error=error /> }.into_any()
                }
            }
        })
    };
    view! {
        <main class="inbox" class:talking=move || open.get().is_some() id="content">
            <Transition>{content}</Transition>
            <Outlet />
        </main>
    }
    .into_any()
}

/// The view that an address names; all of it when it names none.
pub fn view_of(word: Option<String>) -> View {
    word.and_then(|word| word.parse().ok()).unwrap_or(View::All)
}

/// The address of a view's list.
pub fn view_address(view: View) -> String {
    match view {
        View::All => "/inbox".to_owned(),
        view => ["/inbox?view=", view.as_str()].concat(),
    }
}

/// The address of a thread beside a view's list.
pub fn thread_address(thread: ThreadId, view: View) -> String {
    match view {
        View::All => format!("/inbox/{thread}"),
        view => format!("/inbox/{thread}?view={view}"),
    }
}

/// The thread that an address opens.
fn open_thread(path: &str) -> Option<ThreadId> {
    path.strip_prefix("/inbox/")?
        .trim_end_matches('/')
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::thread;

    #[test]
    fn a_view_and_a_thread_have_addresses_that_lead_back() {
        for view in View::ALL {
            let address = view_address(*view);
            let word = address.split_once("view=").map(|(_, word)| word.to_owned());
            assert_eq!(view_of(word), *view);
            let address = thread_address(thread(7), *view);
            let path = address.split('?').next().unwrap();
            assert_eq!(open_thread(path), Some(thread(7)));
        }
    }

    #[test]
    fn an_address_of_no_thread_opens_none() {
        for path in ["/inbox", "/inbox/", "/inbox/x", "/dashboard"] {
            assert_eq!(open_thread(path), None, "{path}");
        }
    }
}
