//! The inbox: a list beside the conversation that is open.

mod bulk;
mod chips;
pub mod columns;
mod filter;
pub mod grip;
mod pane;
mod picks;
pub mod row;
mod views;
mod window;

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_query_map};
use leptos_router::params::ParamsMap;
use pigeon_wire::ThreadId;
use pigeon_wire::inbox::Ask;

use super::signed::use_signed;
use super::title::BadgeTitle;
use super::trouble::TroublePage;
use crate::api::inbox;
use crate::data::data;
use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::words::team::words;

use columns::Hidden;
use grip::Width;
use pane::Pane;
use views::Views;

/// The inbox, with the open conversation as its outlet.
#[component]
pub fn Inbox() -> impl IntoView {
    let words = &words().list;
    let store = use_store();
    let query = use_query_map();
    let ask = Memo::new(move |_| query.with(ask_of));
    let path = use_location().pathname;
    let open = Memo::new(move |_| path.with(|path| open_thread(path)));
    let signed = use_signed();
    let hidden = Hidden::of_page();
    let width = Width::of_page();
    let page = data(
        move || ask.get(),
        move |ask| async move {
            // The list asks anew when the line has opened since.
            let opened = store.opened.try_get_untracked().unwrap_or_default();
            inbox::page(ask, None).await.map(|page| (opened, page))
        },
    );
    let content = move || {
        Suspend::new(async move {
            match (signed.await, page.await) {
                (Ok(signed), Ok((opened, page))) => {
                    let title = (words.view)(page.ask.view);
                    let badge = signed.badge;
                    let (counts, unread) = (page.counts, page.unread);
                    let saved = page.saved.clone();
                    // An open conversation gives the tab its own title.
                    let own_title = move || {
                        open.get()
                            .is_none()
                            .then(|| view! { <BadgeTitle badge=badge text=title /> })
                    };
                    view! {
                        {own_title}
                        <Views ask=ask counts=counts unread=unread saved=saved />
                        <Pane me=signed.me page=page opened=opened open=open hidden=hidden width=width />
                    }
                    .boxed()
                }
                (Err(error), _) | (_, Err(error)) => view! { <TroublePage error=error /> }.boxed(),
            }
        })
    };
    view! {
        <main
            class="inbox"
            class:talking=move || open.get().is_some()
            id="content"
            data-hide=move || hidden.words()
            data-list=move || width.word()
        >
            <Transition>{content}</Transition>
            <Outlet />
        </main>
    }
    .boxed()
}

/// What an address asks for; all of it when it asks for nothing.
pub fn ask_of(query: &ParamsMap) -> Ask {
    Ask::read(|name| query.get(name))
}

/// The address of a list.
pub fn list_address(ask: &Ask) -> String {
    address("/inbox", ask)
}

/// The address of a thread beside a list.
pub fn thread_address(thread: ThreadId, ask: &Ask) -> String {
    address(&format!("/inbox/{thread}"), ask)
}

/// The address of a list, beside the thread that is open now.
pub fn beside(open: Option<ThreadId>, ask: &Ask) -> String {
    open.map_or_else(|| list_address(ask), |thread| thread_address(thread, ask))
}

fn address(path: &str, ask: &Ask) -> String {
    match ask.query() {
        query if query.is_empty() => path.to_owned(),
        query => [path, "?", &query].concat(),
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
    use pigeon_wire::inbox::{Sort, View};

    #[test]
    fn a_list_and_a_thread_have_addresses_that_lead_back() {
        for view in View::ALL {
            let ask = Ask {
                sort: Sort::Subject,
                ..Ask::of(*view)
            };
            for address in [list_address(&ask), thread_address(thread(7), &ask)] {
                let query = address.split_once('?').map_or("", |(_, query)| query);
                let mut map = ParamsMap::new();
                for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
                    map.insert(name.to_owned(), value.to_owned());
                }
                assert_eq!(ask_of(&map), ask);
            }
            let address = thread_address(thread(7), &ask);
            let path = address.split('?').next().unwrap();
            assert_eq!(open_thread(path), Some(thread(7)));
        }
        assert_eq!(list_address(&Ask::default()), "/inbox");
    }

    #[test]
    fn an_address_of_no_thread_opens_none() {
        for path in ["/inbox", "/inbox/", "/inbox/x", "/dashboard"] {
            assert_eq!(open_thread(path), None, "{path}");
        }
    }
}
