//! Icons: one stroke each, on a grid of 16, drawn in the colour of the text beside them.

use leptos::prelude::*;

/// A drawing: the data of one SVG path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing(pub &'static str);

/// Done, sent, closed.
pub const CHECK: Drawing = Drawing("M3 8.5 6.5 12 13 4.5");
/// Under way, waiting.
pub const CLOCK: Drawing = Drawing("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 3v3.2l2.2 1.3");
/// Something needs a look.
pub const ALERT: Drawing = Drawing("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 3v3.5m0 2.4v.1");
/// Away: no connection.
pub const AWAY: Drawing =
    Drawing("M2 6.5a9 9 0 0 1 12 0M4.5 9a5.5 5.5 0 0 1 7 0M8 12v.1M2.5 2l11 12");
/// Mail.
pub const MAIL: Drawing = Drawing("M2.5 4h11v8h-11Zm0 .5L8 8.8l5.5-4.3");
/// More to choose from.
pub const MORE: Drawing = Drawing("M3.5 8v.01M8 8v.01M12.5 8v.01");
/// Leave.
pub const LEAVE: Drawing = Drawing("M6.5 2.5h-4v11h4M6 8h7.5m-2.8-2.8L13.5 8l-2.8 2.8");
/// Not this person.
pub const NOT_ME: Drawing = Drawing(
    "M6.5 2.5a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM1.5 14c.3-2.5 2-4 5-4s4.7 1.5 5 4m-.5-8.5 3.5 3.5m0-3.5-3.5 3.5",
);
/// Back to something older.
pub const UP: Drawing = Drawing("m4 9.5 4-4 4 4");

/// An icon. It never stands alone: a word beside it, or the label of its button, says the same.
#[component]
pub fn Icon(
    /// What to draw.
    of: Drawing,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=of.0></path>
        </svg>
    }
}
