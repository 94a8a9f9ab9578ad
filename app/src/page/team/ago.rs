//! How long ago something was: the day from the server, the span of time once the browser's clock
//! is known.

use leptos::prelude::*;
use pigeon_wire::Millis;
use pigeon_wire::id::DAY_MS;

use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::team::words;

/// Beyond this a date says more than a number of days.
const SPAN_MAX_MS: i64 = 7 * DAY_MS;

/// The time since a moment, kept up to date.
#[component]
pub fn Ago(
    /// Since when.
    at: Millis,
) -> impl IntoView {
    let store = use_store();
    let stated = at.rfc3339();
    let day = stated.split('T').next().unwrap_or_default().to_owned();
    move || match store.now.get() {
        Some(now) if now.since(at) < SPAN_MAX_MS => {
            let span = (words().span)(now.since(at));
            view! { <time class="ago" datetime=stated.clone()>{span}</time> }.boxed()
        }
        Some(_) => view! { <Moment at=at /> }.boxed(),
        None => view! { <time class="ago" datetime=stated.clone()>{day.clone()}</time> }.boxed(),
    }
}
