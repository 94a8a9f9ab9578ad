//! The page of one of the own threads: what the server makes, around what lives on in the browser.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::mailbox::UserThread;
use pigeon_wire::message::ReplyForm;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::ThreadKind;
use serde::{Deserialize, Serialize};

use super::party::party;
use super::room::LiveTalk;
use crate::browser;
use crate::live::own::Own;
use crate::part::boxed::Boxed;
use crate::words::mine::words;

/// The id of the element in which a conversation's data travels.
const DATA_ID: &str = "pigeon-talk";
/// The id of the element that lives on in the browser.
const SEAT_ID: &str = "talk";

/// The page of a thread. What is skipped never reaches the browser's half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// The thread.
    pub thread: UserThread,
    /// What was typed so far.
    pub form: ReplyForm,
    /// Files that came in with a form that was refused.
    #[serde(skip)]
    pub kept: Vec<AttachmentView>,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
    /// The idempotency key of the next try.
    pub key: String,
    /// Whom the reader knows, and may add by name.
    #[serde(skip)]
    pub known: Vec<PersonRef>,
}

impl Talk {
    /// What the page is called.
    pub fn title(thread: &UserThread) -> Option<String> {
        thread.head.subject.clone()
    }

    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let with = match self.thread.kind {
            ThreadKind::Support => words.team.to_owned(),
            ThreadKind::Direct => self.thread.with.join(", "),
        };
        let is_direct = self.thread.kind == ThreadKind::Direct;
        // A form that came back with files is sent again as it is: its page stays plain.
        let data = self.kept.is_empty().then(|| {
            view! { <script type="application/json" id=DATA_ID inner_html=crate::shell::data(self)></script> }
        });
        view! {
            <p class="record-meta">
                <a href="/threads">{words.back}</a>
                " · "
                {with}
            </p>
            {data}
            <div class="own-talk" id=SEAT_ID>
                <LiveTalk talk=self.clone() own=Own::new() />
            </div>
            {is_direct.then(|| party(&self.thread, &self.known))}
        }
        .boxed()
    }
}

/// Where the conversation of this page is and what it starts with, if there is one. Browser only.
pub fn found_talk() -> Option<(web_sys::HtmlElement, Talk)> {
    let talk = browser::page_data(DATA_ID).and_then(|text| browser::parsed(&text))?;
    let seat = document().get_element_by_id(SEAT_ID)?;
    Some((wasm_bindgen::JsCast::unchecked_into(seat), talk))
}
