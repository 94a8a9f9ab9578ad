//! What the server hands to a page. It travels to the browser as JSON inside the document, so
//! nothing here may hold what the reader may not see.

use std::str::FromStr;

use pigeon_wire::attachment::{AttachmentView, FileRules};
use pigeon_wire::message::{ReplyForm, StartForm};
use pigeon_wire::person::Language;
use pigeon_wire::thread::GuestThread;
use pigeon_wire::{Fault, ThreadId};
use serde::{Deserialize, Serialize};

/// Addresses of what a document loads; empty where nothing was built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The guest program's loader.
    pub guest_js: String,
    /// The guest program.
    pub guest_wasm: String,
    /// The team program's loader.
    pub team_js: String,
    /// The team program.
    pub team_wasm: String,
    /// The loader of the program of the reader's own threads.
    pub own_js: String,
    /// The program of the reader's own threads.
    pub own_wasm: String,
    /// The styles.
    pub css: String,
    /// The styles of the owner's colour, where one was chosen.
    pub brand: String,
}

/// What every page needs to know of its reader and its site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The reader's language.
    pub language: Language,
    /// The reader's choice of colours.
    pub theme: Theme,
    /// The site's name.
    pub site_name: String,
    /// The address of the site's logo; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub logo: String,
}

/// A choice of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every choice, in order.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word as it stands in the cookie, the form and `data-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = UnknownTheme;

    fn from_str(word: &str) -> Result<Self, UnknownTheme> {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == word)
            .ok_or(UnknownTheme)
    }
}

/// A word that names no choice of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown theme")]
pub struct UnknownTheme;

/// A guest's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestView {
    /// Reader and site.
    pub frame: Frame,
    /// Which page.
    pub page: GuestPage,
}

/// What the guests' program starts with: the conversation is the one page of theirs that goes on
/// living in the browser. The others are plain forms and need no program at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkStart {
    /// Reader and site.
    pub frame: Frame,
    /// The conversation as the server read it.
    pub thread: GuestThread,
    /// What was typed so far.
    pub form: ReplyForm,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
    /// The idempotency key of the next reply.
    pub key: String,
}

impl GuestView {
    /// What the program starts with, on the page that has one. A form that came back with files is
    /// sent again as it is: its page has none.
    pub fn talk(&self) -> Option<TalkStart> {
        match &self.page {
            GuestPage::Thread { kept, .. } if kept.is_empty() => self.conversation(),
            _ => None,
        }
    }

    /// What the page of a conversation shows.
    pub fn conversation(&self) -> Option<TalkStart> {
        let GuestPage::Thread {
            thread,
            form,
            fault,
            key,
            ..
        } = self.page.clone()
        else {
            return None;
        };
        let frame = self.frame.clone();
        Some(TalkStart {
            frame,
            thread,
            form,
            fault,
            key,
        })
    }
}

/// The guest's pages with what they show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestPage {
    /// The contact form.
    Contact {
        /// What was typed so far.
        form: StartForm,
        /// Why it was refused, if it was.
        fault: Option<Fault>,
        /// The idempotency key of the next try.
        key: String,
        /// The name of the field that only robots fill in, while it is switched on.
        honeypot: Option<String>,
        /// Which files may come along.
        files: FileRules,
        /// Whether files came along that must be chosen again.
        again: bool,
    },
    /// The form was taken in, and there is no conversation to show in this browser.
    Sent,
    /// The conversation.
    Thread {
        /// The conversation as the server read it.
        thread: GuestThread,
        /// What was typed so far.
        form: ReplyForm,
        /// Files that came in with it and wait for it.
        kept: Vec<AttachmentView>,
        /// Why it was refused, if it was.
        fault: Option<Fault>,
        /// The idempotency key of the next reply.
        key: String,
    },
    /// A link that works no longer, or never did.
    Expired {
        /// The address behind it with most of it hidden, when it is known.
        email_hint: Option<String>,
        /// The token that was followed, to ask for a fresh one with it.
        token: Option<String>,
        /// The thread whose cookie has expired, to ask for a fresh link with it.
        thread: Option<ThreadId>,
        /// A reply that could not be posted.
        kept: Option<String>,
    },
    /// Asking for a fresh link by typing an address.
    LinkForm {
        /// What was typed so far.
        email: String,
        /// Why it was refused, if it was.
        fault: Option<Fault>,
    },
    /// A fresh link was asked for.
    LinkSent,
    /// This browser has forgotten the conversation.
    SignedOut,
    /// The reader said that the conversation is somebody else's.
    NotMe,
    /// There is no such page.
    NotFound,
    /// The server could not answer.
    Trouble {
        /// Why.
        fault: Fault,
    },
}

/// What the team's program starts with, whichever page it opens on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamStart {
    /// Reader and site.
    pub frame: Frame,
    /// What rows of the inbox leave out, in words with spaces between them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hidden: String,
    /// How wide the inbox's list is on this device, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u16>,
}
