//! A person's picture, or their initials where there is none.

use leptos::prelude::*;
use pigeon_wire::{Millis, PersonId};

use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;

/// A person's picture on a disc. Only people who may see it are shown a page with it, and its own
/// door asks again.
#[component]
pub fn Portrait(
    /// Who.
    person: PersonId,
    /// Their name.
    #[prop(into)]
    name: String,
    /// When the picture was chosen, if there is one.
    #[prop(optional_no_strip)]
    picture_at: Option<Millis>,
    /// Whether it stands by itself.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    match picture_at {
        None => view! { <Avatar name=name /> }.boxed(),
        Some(at) => {
            // The moment makes another address of another picture.
            let source = format!("/picture/{person}?v={}", at.0);
            view! {
                <img
                    class="avatar portrait"
                    class:large=large
                    src=source
                    alt=""
                    width="32"
                    height="32"
                    loading="lazy"
                />
            }
            .boxed()
        }
    }
}
