//! Who has seen a message, and when.

use leptos::prelude::*;
use pigeon_wire::PersonId;
use pigeon_wire::person::PersonRef;
use pigeon_wire::presence::{Receipt, seen_by};
use pigeon_wire::thread::Side;

use crate::part::boxed::Boxed;
use crate::part::icon::{CHECK, Icon};
use crate::part::moment::Moment;
use crate::words::team::presence::words;

/// When the customer saw what the team wrote, and who of the team has seen it.
#[component]
pub fn Seen(
    /// All that is known of what was read.
    receipts: Memo<Vec<Receipt>>,
    /// The entry's place.
    place: i64,
    /// Its author, whose own reading says nothing.
    author: PersonId,
    /// Whether the customer is a guest.
    guest: bool,
) -> impl IntoView {
    let by = Memo::new(move |_| {
        receipts.with(|all| {
            let by = seen_by(all.iter(), place, author);
            let owned = by
                .into_iter()
                .map(|(who, side, at)| (who.clone(), side, at));
            owned.collect::<Vec<_>>()
        })
    });
    let words = words();
    let customer = move || {
        let (who, _, at) = by.with(|by| {
            let mut customers = by.iter().filter(|(_, side, _)| *side == Side::Customer);
            customers.next().cloned()
        })?;
        let said = if guest {
            words.seen_by_guest.to_owned()
        } else {
            (words.seen_by)(&who.name)
        };
        Some(view! { <p class="state seen"><Icon of=CHECK /> {said} " " <Moment at=at /></p> })
    };
    let team = move || {
        let of_team = by
            .get()
            .into_iter()
            .filter(|(_, side, _)| *side == Side::Staff);
        let of_team: Vec<_> = of_team.collect();
        (!of_team.is_empty()).then(|| {
            let count = of_team.len();
            let rows = of_team.into_iter().map(|(PersonRef { name, .. }, _, at)| {
                view! { <li><span dir="auto">{name}</span> " " <Moment at=at /></li> }
            });
            view! {
                <details class="state seen-by">
                    <summary>{(words.seen_by_team)(count)}</summary>
                    <ul>{rows.collect_view()}</ul>
                </details>
            }
        })
    };
    view! { {customer} {team} }.boxed()
}
