//! What stands around the content of a plain page.

use leptos::prelude::*;

use super::SEAT_ID;
use super::rail::{LiveRail, OwnRail, PlainStart};
use super::section::{Counts, Section, SectionNav};
use crate::live::own::Own;
use crate::part::boxed::Boxed;
use crate::words::team::words;

/// A plain page on the server: the rail, the ways between the administrative pages, the content.
#[component]
pub fn PlainPage(
    /// What the rail starts with.
    start: PlainStart,
    /// Which page.
    section: Section,
    /// What waits for somebody's eye.
    counts: Counts,
    /// What was done just now, if anything.
    done: Option<&'static str>,
    /// The content, under the page's heading.
    content: AnyView,
) -> impl IntoView {
    let permissions = start.signed.me.permissions;
    let title = start.title.clone();
    let rail = if start.own {
        view! { <OwnRail start=start own=Own::new() /> }.boxed()
    } else {
        view! { <LiveRail start=start /> }.boxed()
    };
    let done = done.map(|done| view! { <p class="done" role="status">{done}</p> });
    let ways = Section::ALL
        .contains(&section)
        .then(|| view! { <SectionNav current=section permissions=permissions counts=counts /> });
    view! {
        <a class="skip" href="#content">{words().nav.skip}</a>
        <div class="team">
            <div class="seat" id=SEAT_ID>
                {rail}
            </div>
            <main class="plain" id="content">
                {ways}
                <div class="plain-page">
                    <h1 dir="auto">{title}</h1>
                    {done}
                    {content}
                </div>
            </main>
        </div>
    }
    .boxed()
}
