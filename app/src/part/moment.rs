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
    /// Whether its day is told alone.
    #[prop(optional)]
    day: bool,
) -> impl IntoView {
    let language = language();
    let local = move || {
        let short = if day {
            browser::day(at, language)
        } else {
            browser::local_moment(at, language)
        };
        (short, browser::full_moment(at, language))
    };
    let told = if is_fresh() {
        RwSignal::new(local())
    } else {
        let full = told(at);
        let short = full.split(' ').next().filter(|_| day).unwrap_or(&full);
        let told = RwSignal::new((short.to_owned(), full));
        // After hydration, so that both sides begin with the same text.
        Effect::new(move |_| told.set(local()));
        told
    };
    view! {
        <time class="moment" datetime=at.rfc3339() title=move || told.with(|told| told.1.clone())>
            {move || told.with(|told| told.0.clone())}
        </time>
    }
}

/// Whether what is drawn was never drawn by the server.
fn is_fresh() -> bool {
    Owner::current_shared_context()
        .is_some_and(|shared| shared.is_browser() && !shared.during_hydration())
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
