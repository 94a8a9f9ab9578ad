//! What lives on a plain page: the rail with its badge, the strip, and the tab's title.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{DATA_ID, SEAT_ID};
use crate::browser;
use crate::live::own::Own;
use crate::live::team::{Store, use_store};
use crate::page::team::layout::Awake;
use crate::page::team::rail::Rail;
use crate::page::team::signed::Signed;
use crate::page::team::strip::Strip;
use crate::page::team::title::counted;
use crate::part::boxed::Boxed;
use crate::start::Frame;

/// What the rail starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainStart {
    /// Reader and site.
    pub frame: Frame,
    /// Who reads, with the badge as the page began.
    pub signed: Signed,
    /// The page's own address.
    pub here: String,
    /// What the page is called, and the tab, without the badge; nothing: as its section.
    pub title: String,
    /// Whether the page belongs to the reader's own threads rather than to the team's work: another
    /// program brings it to life, and the tab counts what is unread in them.
    #[serde(default)]
    pub own: bool,
}

impl PlainStart {
    /// What the tab counts as the page begins.
    pub const fn count(&self) -> i64 {
        if self.own {
            self.signed.me.unread
        } else {
            self.signed.badge
        }
    }
}

/// Where the rail of this page is and what it starts with; nothing on pages that are not plain.
/// Browser only.
pub fn found() -> Option<(HtmlElement, PlainStart)> {
    let start = browser::page_data(DATA_ID).and_then(|text| browser::parsed(&text))?;
    let seat = document().get_element_by_id(SEAT_ID)?;
    Some((seat.unchecked_into(), start))
}

/// The rail of a plain page of the team, in the browser and on the server.
#[component]
pub fn LiveRail(
    /// What it starts with.
    start: PlainStart,
) -> impl IntoView {
    let count = start.count();
    let PlainStart {
        frame,
        signed,
        here,
        title,
        ..
    } = start;
    provide_context(frame);
    provide_context(Store::beside_forms());
    let here = Signal::stored(here);
    let reader = signed.me.permissions.is_staff().then_some(signed.me.id);
    keep_title(title, count, false);
    view! {
        <Rail signed=signed here=here />
        {reader.map(|me| view! { <Awake me=me /> })}
        <Strip here=here />
    }
    .boxed()
}

/// The rail of a page of the reader's own threads, or of whoever has no others.
#[component]
pub fn OwnRail(
    /// What it starts with.
    start: PlainStart,
    /// The tab's state.
    own: Own,
) -> impl IntoView {
    let count = start.count();
    let PlainStart {
        frame,
        signed,
        here,
        title,
        ..
    } = start;
    provide_context(frame);
    provide_context(own.store);
    let here = Signal::stored(here);
    keep_title(title, count, true);
    let me = signed.me.clone();
    Effect::new(move |_| own.open(&me));
    view! {
        <Rail signed=signed here=here />
        <Strip here=here />
    }
    .boxed()
}

fn keep_title(title: String, begun: i64, own: bool) {
    let store = use_store();
    Effect::new(move |_| {
        let live = if own {
            store.own.get()
        } else {
            store.badge.get()
        };
        let count = live.unwrap_or(begun);
        document().set_title(&counted(count, &title));
    });
}
