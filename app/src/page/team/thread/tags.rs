//! The tags of a conversation, each with a way to the list of it, and a field for another.

use leptos::prelude::*;
use leptos::task::spawn_local;
use pigeon_wire::inbox::{Ask, Filter};
use pigeon_wire::permission::Permission;
use pigeon_wire::tag::{TAG_BYTES_MAX, TAGS_MAX, Tag};

use super::Open;
use super::act::act;
use crate::api::thread;
use crate::browser;
use crate::page::team::drawing::CLOSE;
use crate::page::team::inbox::list_address;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::words::team::words;

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
                    on:click=move |_| act(open, thread::set_tag(open.id, tag, false))
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
    let add = move || {
        let has_room = tags.with(|tags| tags.len() < TAGS_MAX);
        (may && has_room).then(|| view! { <Add open=open /> })
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

/// The field for another tag; those that there are are offered.
#[component]
fn Add(open: Open) -> impl IntoView {
    let words = &words().side;
    let known = RwSignal::new(Vec::<Tag>::new());
    let ask = move |_| {
        if known.with_untracked(Vec::is_empty) {
            spawn_local(async move {
                if let Ok(all) = thread::tags().await {
                    known.try_set(all);
                }
            });
        }
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
                act(open, thread::set_tag(open.id, tag, true));
            }
            Err(_) => open.notice.set(Some(words.no_tag.to_owned())),
        }
    };
    let options = move || {
        let known = known.get().into_iter();
        known
            .map(|tag| view! { <option value=tag.to_string()></option> })
            .collect_view()
    };
    view! {
        <form class="add-tag" on:submit=send>
            <input
                type="text"
                name="tag"
                list="known-tags"
                maxlength=TAG_BYTES_MAX.to_string()
                autocomplete="off"
                aria-keyshortcuts="l"
                aria-label=words.add_tag
                placeholder=words.add_tag
                on:focus=ask
            />
            <datalist id="known-tags">{options}</datalist>
        </form>
    }
    .boxed()
}
