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
    /// Who reads: that they see it is no news to them.
    me: PersonId,
    /// Whether the customer is a guest.
    guest: bool,
) -> impl IntoView {
    let by = Memo::new(move |_| {
        receipts.with(|all| {
            let by = seen_by(all.iter(), place, author);
            let others = by.into_iter().filter(|(who, ..)| who.id != me);
            let owned = others.map(|(who, side, at)| (who.clone(), side, at));
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
    // Who they are is drawn for whoever wants to know: every message has some.
    let is_open = RwSignal::new(false);
    let names = move || {
        let of_team = by.get().into_iter();
        let of_team = of_team.filter(|(_, side, _)| is_open.get() && *side == Side::Staff);
        let rows = of_team.map(|(PersonRef { name, .. }, _, at)| {
            view! { <li><span dir="auto">{name}</span> " " <Moment at=at /></li> }
        });
        rows.collect_view()
    };
    let count = Memo::new(move |_| {
        let of_team = |(_, side, _): &&(_, Side, _)| *side == Side::Staff;
        by.with(|by| by.iter().filter(of_team).count())
    });
    let team = move || {
        (count.get() != 0).then(|| {
            view! {
                <details class="state seen-by" on:toggle=move |_| is_open.update(|open| *open = !*open)>
                    <summary>{move || (words.seen_by_team)(count.get())}</summary>
                    <ul>{names}</ul>
                </details>
            }
        })
    };
    view! { {customer} {team} }.boxed()
}
