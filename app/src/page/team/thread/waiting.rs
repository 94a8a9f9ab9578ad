//! Replies that wait to be posted: everybody of the team sees them, and their author can take them back.
//! The server words them; the page asks for them whenever what waits may be another.

use std::time::Duration;

use js_sys::Date;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::WaitingId;
use pigeon_wire::act::ThreadAct;
use web_sys::{Element, HtmlElement};

use super::Open;
use super::act::{act, done};
use super::scroll::Scroll;
use crate::browser;
use crate::live::team::talk::Talk;
use crate::live::team::{Store, use_store};
use crate::page::team::keys::{all, on, part};
use crate::words::language;

/// What waits.
#[component]
pub fn Waiting(
    /// The conversation.
    open: Open,
    /// Where its timeline stands.
    scroll: Scroll,
) -> impl IntoView {
    let store = use_store();
    let language = language();
    let seat = NodeRef::<Div>::new();
    // Whatever happens in the conversation may have changed what waits in it.
    let wanted = Memo::new(move |_| {
        open.talk
            .with(|talk| (!talk.head.waiting.is_empty()).then_some(talk.change))
    });
    Effect::new(move |_| {
        let (now, owner) = (wanted.get(), Owner::current());
        store.opened.track();
        let Some(seat) = seat.get() else { return };
        if now.is_none() {
            seat.set_inner_html("");
            return;
        }
        let counted = seat.clone();
        if let Ok(ticking) =
            set_interval_with_handle(move || count_down(&counted), Duration::from_secs(1))
        {
            on_cleanup(move || ticking.clear());
        }
        spawn_local(async move {
            let address = ["/inbox/", &open.id.to_string(), "/waiting"].concat();
            let text = part(&address).await;
            if let Some(text) = text
                && wanted.try_get_untracked() == Some(now)
            {
                seat.set_inner_html(&text);
                for moment in all(&seat, "time") {
                    let at = moment.get_attribute("datetime").unwrap_or_default();
                    let at = browser::moment_of(&Date::new(&at.into()));
                    moment.set_text_content(Some(&browser::local_moment(at, language)));
                }
                for button in all(&seat, "button") {
                    let (owner, pressed) = (owner.clone(), button.clone());
                    on(&button, "click", move |_| {
                        if let Some(owner) = &owner {
                            owner.with(|| press(store, open, &pressed));
                        }
                    });
                }
                let is_there = |key: &str| {
                    let here =
                        |talk: &Talk| talk.head.waiting.iter().any(|one| one.as_str() == key);
                    open.talk.with_untracked(here)
                };
                // What was on its way is here.
                store
                    .outgoing
                    .update(|all| all.retain(|item| !is_there(&item.key)));
                scroll.came();
            }
        });
    });
    view! { <div node_ref=seat></div> }
}

/// A second less to take it back.
fn count_down(seat: &Element) {
    for left in all(seat, ".left") {
        let seconds = left.text_content().unwrap_or_default().parse::<u32>();
        let seconds = seconds.unwrap_or_default().saturating_sub(1);
        left.set_text_content(Some(&seconds.to_string()));
    }
}

/// Does what a button of a reply says.
fn press(store: Store, open: Open, button: &HtmlElement) {
    let line = button.closest("[data-reply]").ok().flatten();
    let id = |line: &Element| line.get_attribute("data-reply")?.parse::<WaitingId>().ok();
    let Some((line, reply)) = line.and_then(|line| Some((line.clone(), id(&line)?))) else {
        return;
    };
    let seen = open.talk.with_untracked(Talk::seen);
    if button
        .get_attribute("value")
        .is_some_and(|value| value == "send")
    {
        let until = None;
        act(open, done(open, ThreadAct::Send { reply, until, seen }));
        return;
    }
    act(open, async move {
        done(open, ThreadAct::Unsend { reply }).await?;
        // As it was typed: what is shown has lost its marks.
        let text = line.get_attribute("data-body");
        let files = all(&line, "[data-file]").into_iter();
        let files = files.filter_map(|file| browser::parsed(&file.get_attribute("data-file")?));
        store.take_back(open.id, text.unwrap_or_default(), files.collect(), seen);
        Ok(())
    });
}
