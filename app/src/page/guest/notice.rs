//! Pages that say one thing and lead on.

use leptos::prelude::*;

use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CHECK, Drawing, Icon, MAIL};
use crate::start::GuestPage;
use crate::words::guest::words;
use crate::words::{fault_text, language};

/// A page of one sentence.
#[component]
pub fn Notice(
    /// Which page; those with a form of their own say nothing here.
    page: GuestPage,
) -> impl IntoView {
    let words = words();
    let contact = Some(("/contact", words.to_contact));
    let link = Some(("/link", words.to_link));
    match page {
        GuestPage::Sent => say(MAIL, words.sent_title, words.sent_text, None),
        GuestPage::LinkSent => say(MAIL, words.link_sent_title, words.link_sent_text, contact),
        GuestPage::SignedOut => say(CHECK, words.signed_out_title, words.signed_out_text, link),
        GuestPage::NotMe => say(CHECK, words.not_me_title, words.not_me_text, None),
        GuestPage::NotFound => say(ALERT, words.not_found_title, words.not_found_text, link),
        GuestPage::Trouble { fault } => say(
            ALERT,
            words.trouble_title,
            fault_text(language(), &fault),
            contact,
        ),
        GuestPage::Contact { .. }
        | GuestPage::Thread { .. }
        | GuestPage::Expired { .. }
        | GuestPage::LinkForm { .. } => ().boxed(),
    }
}

fn say(
    icon: Drawing,
    title: &'static str,
    text: impl Into<String>,
    onward: Option<(&'static str, &'static str)>,
) -> AnyView {
    let onward = onward.map(|(path, word)| view! { <a class="btn" href=path>{word}</a> });
    view! {
        <div class="g-notice">
            <span class="g-notice-icon"><Icon of=icon /></span>
            <h1>{title}</h1>
            <p class="g-calm">{text.into()}</p>
            {onward}
        </div>
    }
    .boxed()
}
