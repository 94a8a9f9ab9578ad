//! Pages outside of the team's frame, and without any program: plain forms of people who are not
//! signed in, or not yet.

use leptos::prelude::*;

use crate::page::team::menu::LookForms;
use crate::part::boxed::Boxed;

/// A page outside.
pub trait Outside {
    /// What the tab is called.
    fn title(&self) -> &'static str;
    /// The page.
    fn view(&self, site: &str) -> AnyView;
}

/// What stands around every such page; `here` is its address.
pub(super) fn door(here: &str, heading: String, body: AnyView) -> AnyView {
    let here = Signal::stored(here.to_owned());
    view! {
        <main class="door" id="content">
            <h1>{heading}</h1>
            {body}
            <LookForms here=here />
        </main>
    }
    .boxed()
}
