//! What else the guest can do with the conversation: plain forms, opened without a script.

use leptos::prelude::*;
use pigeon_wire::ThreadId;

use crate::part::icon::{Drawing, Icon, LEAVE, MAIL, MORE, NOT_ME};
use crate::words::guest::words;

/// The menu.
#[component]
pub fn Menu(thread: ThreadId, by_mail: bool) -> impl IntoView {
    let words = words();
    let path = |act: &str| ["/c/", &thread.to_string(), act].concat();
    // A browser that only filled in the form came through no link: there is nothing to sign out of
    // that would not lose the conversation, and nobody else's mail could have led here.
    let of_the_link = by_mail.then(|| {
        view! {
            <Act action=path("/sign-out") icon=LEAVE word=words.sign_out />
            <Act action=path("/not-me") icon=NOT_ME word=words.not_me hint=words.not_me_hint />
        }
    });
    view! {
        <details class="g-menu">
            <summary class="btn quiet" aria-label=words.menu title=words.menu>
                <Icon of=MORE />
            </summary>
            <div class="g-menu-acts">
                <Act action=path("/link") icon=MAIL word=words.fresh_link />
                {of_the_link}
            </div>
        </details>
    }
}

/// One line of the menu.
#[component]
fn Act(
    action: String,
    icon: Drawing,
    word: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let hint = hint.map(|hint| view! { <small>{hint}</small> });
    view! {
        <form method="post" action=action>
            <button class="g-menu-act">
                <Icon of=icon />
                <span>{word} " " {hint}</span>
            </button>
        </form>
    }
}
