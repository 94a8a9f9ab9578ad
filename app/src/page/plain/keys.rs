//! The sheet of keys and the palette: parts of a page that a living one asks for when they are wanted.

use leptos::prelude::*;
use pigeon_wire::inbox::View;
use pigeon_wire::permission::Permissions;

use super::section::Section;
use crate::part::boxed::Boxed;
use crate::words::keys::words;
use crate::words::team;

/// The two dialogs, for somebody with these permissions.
pub fn keys(permissions: Permissions) -> AnyView {
    let words = words();
    let rows = words.all.iter().map(|(keys, what)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " });
        view! {
            <dt>{keys.collect_view()}</dt>
            <dd>{*what}</dd>
        }
    });
    view! {
        <dialog id="keys" class="keysheet" aria-labelledby="keys-title">
            <h2 id="keys-title">{words.title}</h2>
            <dl>{rows.collect_view()}</dl>
            <p class="marks">{words.marks}</p>
            <label>
                <input type="checkbox" checked />
                " "
                {words.letters}
            </label>
            <form method="dialog">
                <button class="btn">{words.close}</button>
            </form>
        </dialog>
        <dialog id="palette" class="palette" aria-label=words.palette>
            <input type="search" aria-label=words.find placeholder=words.find autocomplete="off" />
            <ul>{ways(permissions)}</ul>
        </dialog>
    }
    .boxed()
}

/// Where one can go.
fn ways(permissions: Permissions) -> AnyView {
    let words = words();
    let list = &team::words().list;
    let mut ways: Vec<(String, String)> = Vec::new();
    if permissions.is_staff() {
        let views = View::ALL.iter();
        ways.extend(views.map(|view| {
            let address = ["/inbox?view=", view.as_str()].concat();
            (address, (words.go_to)((list.view)(*view)))
        }));
        let nav = &team::words().nav;
        ways.push(("/dashboard".to_owned(), (words.go_to)(nav.dashboard)));
        ways.push(("/search".to_owned(), (words.go_to)(nav.search)));
        ways.push(("/figures".to_owned(), (words.go_to)(nav.figures)));
    }
    ways.push((
        "/threads".to_owned(),
        (words.go_to)(team::words().nav.threads),
    ));
    let pages = Section::ALL
        .into_iter()
        .chain([Section::Scheduled, Section::Account]);
    let pages = pages.filter(|section| section.is_open_to(permissions));
    ways.extend(
        pages.map(|section| (section.address().to_owned(), (words.go_to)(section.title()))),
    );
    let ways = ways.into_iter().map(|(href, text)| {
        view! {
            <li>
                <a href=href>{text}</a>
            </li>
        }
    });
    ways.collect_view().boxed()
}
