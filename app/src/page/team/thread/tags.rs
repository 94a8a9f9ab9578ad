//! The tags of a conversation, each with a way to the list of it, and a field for another.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::act::ThreadAct;
use pigeon_wire::inbox::{Ask, Filter};
use pigeon_wire::permission::Permission;
use pigeon_wire::tag::{TAG_BYTES_MAX, TAGS_MAX, Tag};

use super::Open;
use super::act::{act, done};
use crate::browser;
use crate::page::team::drawing::CLOSE;
use crate::page::team::inbox::list_address;
use crate::page::team::keys::append;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::words;

/// The id of the list of known tags.
const KNOWN: &str = "known-tags";

/// The tags, to see or to change.
#[component]
pub fn Tags(
    /// The conversation.
    open: Open,
) -> impl IntoView {
    let words = &words().side;
    let may = open
        .me
        .with_value(|me| me.permissions.has(Permission::ManageThreads));
    let tags = Memo::new(move |_| open.talk.with(|talk| talk.head.tags.clone()));
    let chip = move |tag: Tag| {
        let ask = Ask {
            filter: Filter {
                tag: Some(tag),
                ..Filter::default()
            },
            ..Ask::default()
        };
        let label = (words.untag)(tag.as_str());
        let off = may.then(|| {
            view! {
                <button
                    class="btn quiet"
                    type="button"
                    aria-label=label.clone()
                    title=label.clone()
                    on:click=move |_| act(open, done(open, ThreadAct::Tag { tag, on: false }))
                >
                    <Icon of=CLOSE />
                </button>
            }
        });
        view! {
            <li class="chip tag">
                <a href=list_address(&ask)>{tag.to_string()}</a>
                {off}
            </li>
        }
    };
    let chips = move || tags.get().into_iter().map(chip).collect_view();
    // Worded by the server when somebody first wants one.
    let ask = move |_| {
        spawn_local(async {
            // Without them a tag is typed all the same.
            let _ = append("/tags", KNOWN).await;
        });
    };
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let form: Option<web_sys::HtmlFormElement> = browser::target(&event);
        let Some(form) = form else {
            return;
        };
        let typed = browser::field(&form, "tag").unwrap_or_default();
        match typed.parse() {
            Ok(tag) => {
                form.reset();
                act(open, done(open, ThreadAct::Tag { tag, on: true }));
            }
            Err(_) => open.notice.set(Some(words.no_tag.to_owned())),
        }
    };
    let add = move || {
        let has_room = tags.with(|tags| tags.len() < TAGS_MAX);
        (may && has_room).then(|| {
            view! {
                <form class="add-tag" on:submit=send>
                    <input
                        type="text"
                        name="tag"
                        list=KNOWN
                        maxlength=TAG_BYTES_MAX.to_string()
                        autocomplete="off"
                        aria-keyshortcuts="l"
                        aria-label=words.add_tag
                        placeholder=words.add_tag
                        on:focus=ask
                    />
                </form>
            }
        })
    };
    let heading = move || {
        let shown = may || tags.with(|tags| !tags.is_empty());
        shown.then(|| view! { <h2>{words.tags}</h2> })
    };
    view! {
        {heading}
        <ul class="tags">{chips}</ul>
        {add}
    }
    .boxed()
}
