//! The part of the team's pages that offers colleagues to be mentioned in a note.

use leptos::prelude::*;
use pigeon_wire::mention::SIGN;
use pigeon_wire::person::PersonRef;

use crate::part::boxed::Boxed;
use crate::words::team::words;

/// The dialog that offers these people.
pub fn colleagues(people: &[PersonRef]) -> AnyView {
    let words = &words().compose;
    let items = people.iter().map(|person| {
        let put = format!("{SIGN}{} ", person.name);
        view! {
            <li>
                <button type="button" value=put>
                    <span dir="auto">{person.name.clone()}</span>
                </button>
            </li>
        }
    });
    view! {
        <dialog id="mentions" class="palette" aria-label=words.mention>
            <input type="search" aria-label=words.mention placeholder=words.mention autocomplete="off" />
            <ul>{items.collect_view()}</ul>
        </dialog>
    }
    .boxed()
}
