//! Hydrates the team's pages.

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(pigeon_app::TeamRoot);
}
