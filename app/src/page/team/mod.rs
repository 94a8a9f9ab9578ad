//! The team's pages: one program with a router of its own.

mod ago;
mod canned;
mod dashboard;
pub(crate) mod drawing;
mod favicon;
mod here;
mod inbox;
mod keys;
mod later;
pub(crate) mod layout;
pub(crate) mod menu;
pub(crate) mod rail;
pub(crate) mod rest;
pub(crate) mod signed;
pub(crate) mod strip;
mod thread;
pub(crate) mod title;
mod trouble;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::browser;
use crate::part::boxed::Boxed;
use crate::shell::DATA_ID;
use crate::start::TeamStart;

pub use inbox::{columns, grip};

use dashboard::DashboardPage;
use inbox::Inbox;
use layout::Team;
use thread::{NoThread, ThreadPage};
use trouble::NotFound;

/// The team's program in the browser: hydrates what the server rendered from the data in the page.
#[component]
pub fn TeamRoot() -> impl IntoView {
    browser::page_data(DATA_ID)
        .and_then(|text| browser::parsed::<TeamStart>(&text))
        .map(|start| view! { <TeamPages start=start /> })
}

/// The team's pages, in the browser and on the server.
#[component]
pub fn TeamPages(
    /// What the server tells every page.
    start: TeamStart,
) -> impl IntoView {
    provide_meta_context();
    provide_context(start.frame.clone());
    provide_context(start);
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=Team ssr=SsrMode::Async>
                    <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("/inbox") view=Inbox ssr=SsrMode::Async>
                        <Route path=path!("") view=NoThread ssr=SsrMode::Async />
                        <Route path=path!("/:id") view=ThreadPage ssr=SsrMode::Async />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
    .boxed()
}
