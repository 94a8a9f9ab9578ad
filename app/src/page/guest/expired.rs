//! A link that works no longer: a fresh one is one tap away when the address behind it is known.

use leptos::prelude::*;
use pigeon_wire::ThreadId;

use super::link::TypedLink;
use crate::part::boxed::Boxed;
use crate::part::icon::{Icon, MAIL};
use crate::part::typed::inside_textarea;
use crate::words::guest::words;

/// The page of an expired, revoked or unknown link.
#[component]
pub fn Expired(
    email_hint: Option<String>,
    token: Option<String>,
    thread: Option<ThreadId>,
    kept: Option<String>,
) -> impl IntoView {
    let words = words();
    let one_tap = match (email_hint, token, thread) {
        (Some(hint), Some(token), _) => Some((hint, "/link".to_owned(), Some(token))),
        (Some(hint), None, Some(thread)) => {
            Some((hint, ["/c/", &thread.to_string(), "/link"].concat(), None))
        }
        _ => None,
    };
    let way_back = match one_tap {
        Some((hint, action, token)) => {
            let token = token.map(|token| view! { <input type="hidden" name="token" value=token autocomplete="off" /> });
            view! {
                <p class="g-calm">{(words.expired_known)(&hint)}</p>
                <form method="post" action=action>
                    {token}
                    <button class="btn primary">
                        <Icon of=MAIL />
                        {words.fresh_link}
                    </button>
                </form>
            }
            .boxed()
        }
        None => view! {
            <p class="g-calm">{words.expired_unknown}</p>
            <TypedLink email=String::new() fault=None />
        }
        .boxed(),
    };
    view! {
        <h1>{words.expired_title}</h1>
        <Kept text=kept />
        {way_back}
    }
}

/// A reply that could not be posted, for the reader to copy.
#[component]
fn Kept(text: Option<String>) -> impl IntoView {
    text.filter(|text| !text.trim().is_empty()).map(|text| {
        view! {
            <div class="card g-kept">
                <label for="kept">{words().kept}</label>
                <textarea id="kept" rows="6" readonly>
                    {inside_textarea(&text)}
                </textarea>
            </div>
        }
    })
}
