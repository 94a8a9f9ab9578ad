//! Hydrates the pages of somebody's own threads: the rail, and the conversation or the list where
//! there is one.

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use pigeon_app::live::own::Own;
use pigeon_app::plain::{LiveRows, LiveTalk, OwnRail, found, found_rows, found_talk};

fn main() {
    console_error_panic_hook::set_once();
    let Some((seat, start)) = found() else {
        return;
    };
    // What is made here lives as long as the page.
    let owner = Owner::new();
    let own = owner.with(Own::new);
    let frame = start.frame.clone();
    hydrate_from(seat, move || view! { <OwnRail start=start own=own /> }).forget();
    if let Some((seat, talk)) = found_talk() {
        let talk = move || {
            provide_context(frame);
            view! { <LiveTalk talk=talk own=own /> }
        };
        hydrate_from(seat, talk).forget();
    } else if let Some((seat, rows)) = found_rows() {
        let list = move || {
            provide_context(frame);
            view! { <LiveRows rows=rows own=own /> }
        };
        hydrate_from(seat, list).forget();
    }
    std::mem::forget(owner);
}
