//! A moment: UTC from the server, the reader's own time once the browser can tell it.

use std::sync::Arc;

use leptos::prelude::*;
use pigeon_wire::Millis;

use crate::browser;
use crate::words::language;

/// A moment as a `time` element.
#[component]
pub fn Moment(
    /// Which moment.
    at: Millis,
) -> impl IntoView {
    let language = language();
    let text = RwSignal::new(told(at));
    let full = RwSignal::new(told(at));
    // After hydration, so that both sides begin with the same text.
    Effect::new(move |_| {
        text.set(browser::local_moment(at, language));
        full.set(browser::full_moment(at, language));
    });
    view! {
        <time class="moment" datetime=at.rfc3339() title=move || full.get()>
            {move || text.get()}
        </time>
    }
}

/// How a moment is told by the clocks of a reader whose zone is known: on pages that no browser
/// brings to life.
#[derive(Clone)]
pub struct Clocks(pub Arc<dyn Fn(Millis) -> String + Send + Sync>);

/// A moment in words before a browser knows better.
fn told(at: Millis) -> String {
    use_context::<Clocks>().map_or_else(|| utc(at), |Clocks(tell)| tell(at))
}

fn utc(at: Millis) -> String {
    let text = at.rfc3339();
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    let minute = time.get(..5).unwrap_or(time);
    [day, " ", minute, " UTC"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_in_utc_before_the_browser_knows_better() {
        assert_eq!(utc(Millis(1_795_392_245_999)), "2026-11-23 00:04 UTC");
    }
}
