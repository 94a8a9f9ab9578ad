//! The page behind the key with which a mail's reader ends mails about a conversation.

use leptos::prelude::*;

use super::outside::{Outside, door};
use crate::part::boxed::Boxed;
use crate::words::mine::words;

/// The page of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It opens something.
    Known {
        /// The page's own address.
        address: String,
        /// Whether mails are sent.
        wants: bool,
        /// Whether that was changed just now.
        done: bool,
    },
    /// It opens nothing, or no longer.
    Unknown,
}

impl Outside for Stop {
    fn title(&self) -> &'static str {
        words().stop.title
    }

    fn view(&self, site: &str) -> AnyView {
        let words = &words().stop;
        let Self::Known {
            address,
            wants,
            done,
        } = self
        else {
            let body = view! { <p>{words.unknown}</p> }.boxed();
            return door("/", words.title.to_owned(), body);
        };
        let (says, value, act) = if *wants {
            (words.on, "off", words.stop)
        } else {
            (words.off, "on", words.again)
        };
        let role = done.then_some("status");
        let body = view! {
            <p role=role>{says(site)}</p>
            <form method="post" action=address.clone()>
                <input type="hidden" name="mails" value=value autocomplete="off" />
                <button class="btn primary">{act}</button>
            </form>
        }
        .boxed();
        door(address, words.title.to_owned(), body)
    }
}
