//! The guests' pages. The server renders one of them, as plain forms. Only the conversation goes on
//! living in the browser, and never becomes another page there: so there is no router here, and the
//! guests' program stays small.

mod contact;

mod expired;

mod layout;

mod link;

mod notice;

mod refusal;

mod thread;

use leptos::prelude::*;

use crate::browser;
use crate::part::boxed::Boxed;
use crate::part::files::KeptFiles;
use crate::shell::DATA_ID;
use crate::start::{GuestPage, GuestView, TalkStart};

use contact::Contact;
use expired::Expired;
use layout::Layout;
use link::LinkForm;
use notice::Notice;
use thread::Thread;

/// The guests' program in the browser: hydrates the conversation from the data in the page.
#[component]
pub fn GuestRoot() -> impl IntoView {
    let data = browser::page_data(DATA_ID).and_then(|text| browser::parsed(&text));
    #[expect(
        clippy::expect_used,
        reason = "start-up: without its data the page stays as the server rendered it, and works"
    )]
    let start: TalkStart = data.expect("the page carries its data");
    view! { <Talking start=start kept=() /> }
}

/// The page with the conversation, in the browser and on the server. No view on it is erased: an
/// erased one brings the code of every way to hydrate it.
#[component]
fn Talking<K: IntoView + 'static>(start: TalkStart, kept: K) -> impl IntoView {
    let TalkStart {
        frame,
        thread,
        form,
        fault,
        key,
    } = start;
    provide_context(frame);
    view! {
        <Layout path=["/c/", &thread.head.id.to_string()].concat()>
            <Thread thread=thread form=form kept=kept fault=fault key=key />
        </Layout>
    }
}

/// A guest's page on the server.
#[component]
pub fn GuestPages(
    /// Which page, with what it shows.
    view: GuestView,
) -> impl IntoView {
    if let Some(start) = view.talk() {
        return view! { <Talking start=start kept=() /> }.boxed();
    }
    if let (Some(start), GuestPage::Thread { kept, .. }) = (view.conversation(), &view.page) {
        provide_context(view.frame.clone());
        let kept = view! { <KeptFiles files=kept.clone() /> };
        return view! { <Talking start=start kept=kept /> }.boxed();
    }
    provide_context(view.frame);
    let path = view.page.path();
    let page = match view.page {
        GuestPage::Contact {
            form,
            fault,
            key,
            honeypot,
            files,
            again,
        } => view! {
            <Contact
                form=form
                fault=fault
                key=key
                honeypot=honeypot
                files=files
                again=again
            />
        }
        .boxed(),
        GuestPage::Expired {
            email_hint,
            token,
            thread,
            kept,
        } => {
            view! { <Expired email_hint=email_hint token=token thread=thread kept=kept /> }.boxed()
        }
        GuestPage::LinkForm { email, fault } => {
            view! { <LinkForm email=email fault=fault /> }.boxed()
        }
        other => view! { <Notice page=other /> }.boxed(),
    };
    view! { <Layout path=path>{page}</Layout> }.boxed()
}

impl GuestPage {
    /// The page's own address: where the language switch comes back to.
    fn path(&self) -> String {
        match self {
            Self::Contact { .. } | Self::NotFound | Self::Trouble { .. } => "/contact".to_owned(),
            Self::Sent => "/contact/sent".to_owned(),
            Self::Thread { thread, .. } => ["/c/", &thread.head.id.to_string()].concat(),
            Self::Expired {
                thread: Some(thread),
                ..
            } => ["/c/", &thread.to_string()].concat(),
            Self::Expired {
                token: Some(token), ..
            } => ["/t/", token].concat(),
            Self::Expired { .. } | Self::LinkForm { .. } | Self::SignedOut | Self::NotMe => {
                "/link".to_owned()
            }
            Self::LinkSent => "/link/sent".to_owned(),
        }
    }
}
