//! The strip that tells of a missing connection, and of a session that has ended.

use leptos::prelude::*;

use crate::live::team::use_store;
use crate::part::boxed::Boxed;
use crate::part::icon::{AWAY, Icon};
use crate::words::team::words;

/// Nothing, as long as all is well.
#[component]
pub fn Strip(
    /// Where the reader is.
    here: Signal<String>,
) -> impl IntoView {
    let store = use_store();
    let words = words();
    let strip = move || {
        if store.ended.get() {
            view! {
                <p class="strip">
                    <Icon of=AWAY />
                    {words.live.ended}
                    <a rel="external" target="_blank" href="/login">{words.trouble.to_login}</a>
                    <a rel="external" href=move || here.get()>{words.live.reload}</a>
                </p>
            }
            .boxed()
        } else if store.stale.get() {
            view! {
                <p class="strip">
                    {words.live.stale}
                    <a rel="external" href=move || here.get()>{words.live.reload}</a>
                </p>
            }
            .boxed()
        } else if store.line.is_missed() {
            view! { <p class="strip"><Icon of=AWAY /> {words.live.reconnecting}</p> }.boxed()
        } else {
            ().boxed()
        }
    };
    view! { <div role="status">{strip}</div> }
}
