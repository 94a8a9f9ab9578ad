//! A thread's status as a chip: an icon and a word, never a colour alone.

use leptos::prelude::*;
use pigeon_wire::thread::Status;

use super::icon::{CHECK, CLOCK, Drawing, Icon};

/// Somebody waits for us.
const WAITS: Drawing = Drawing("M8 2.5v6.5m0 3.4v.1");

/// A status with its word.
#[component]
pub fn StatusChip(
    /// Which status.
    status: Status,
    /// The word for it.
    word: &'static str,
) -> impl IntoView {
    view! {
        <span class=["chip ", status.as_str()].concat()>
            <Icon of=status_drawing(status) />
            {word}
        </span>
    }
}

/// The drawing of a status.
pub const fn status_drawing(status: Status) -> Drawing {
    match status {
        Status::Pending => WAITS,
        Status::Open => CLOCK,
        Status::Closed => CHECK,
    }
}
