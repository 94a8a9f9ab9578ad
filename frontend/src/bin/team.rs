//! Hydrates the team's pages; of a plain one, its rail.

use leptos::mount::{hydrate_body, hydrate_from};
use leptos::prelude::*;
use pigeon_app::TeamRoot;
use pigeon_app::plain::{LiveRail, found};

fn main() {
    console_error_panic_hook::set_once();
    match found() {
        // It lives as long as the page.
        Some((seat, start)) => {
            hydrate_from(seat, move || view! { <LiveRail start=start /> }).forget();
        }
        None => hydrate_body(TeamRoot),
    }
}
