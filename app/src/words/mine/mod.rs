//! Every sentence of the users' own threads. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::mailbox::MailboxView;
use pigeon_wire::message::PublicEvent;
use pigeon_wire::person::Language;
use pigeon_wire::thread::{Status, ThreadKind};

use super::language;

/// The words of the own threads in one language.
pub(crate) struct MineWords {
    /// What was done, by the word that the address carries.
    pub done: fn(&str) -> Option<&'static str>,
    pub views: &'static str,
    pub view: fn(MailboxView) -> &'static str,
    pub none: fn(MailboxView) -> &'static str,
    pub ask: &'static str,
    pub search: &'static str,
    /// That so many threads were begun without an account.
    pub claimable: fn(usize) -> String,
    pub claim: &'static str,
    pub ask_lead: &'static str,
    pub list: &'static str,
    pub no_subject: fn(ThreadKind) -> &'static str,
    pub team: &'static str,
    pub unread: fn(i64) -> String,
    pub muted: &'static str,
    pub status: fn(Status) -> &'static str,
    pub state: fn(Status) -> &'static str,
    pub more: &'static str,
    pub back: &'static str,
    pub subject: &'static str,
    pub message: &'static str,
    pub optional: &'static str,
    pub send: &'static str,
    pub you: &'static str,
    pub edited: &'static str,
    pub event: fn(PublicEvent, &str) -> String,
    pub entries: &'static str,
    pub older: &'static str,
    pub sent: &'static str,
    pub sending: &'static str,
    /// That no answer came.
    pub not_sent: &'static str,
    pub seen_by_team: &'static str,
    pub seen_by: fn(&str) -> String,
    pub typing: fn(&[String]) -> String,
    pub here: fn(&[String]) -> String,
    pub write: &'static str,
    pub placeholder: &'static str,
    pub mark_read: &'static str,
    pub mark_unread: &'static str,
    pub mute: &'static str,
    pub unmute: &'static str,
    pub acts: &'static str,
    pub direct: DirectWords,
    pub reports: ReportWords,
    pub stop: StopWords,
}

/// The page on which a mail's reader ends the mails about a conversation.
pub(crate) struct StopWords {
    pub title: &'static str,
    /// That mails from this site are sent, or not.
    pub on: fn(&str) -> String,
    pub off: fn(&str) -> String,
    pub stop: &'static str,
    pub again: &'static str,
    pub unknown: &'static str,
}

/// Direct threads.
pub(crate) struct DirectWords {
    pub write: &'static str,
    pub lead: &'static str,
    pub to: &'static str,
    pub to_hint: &'static str,
    pub known: &'static str,
    pub requests: &'static str,
    pub requests_wait: fn(i64) -> String,
    pub no_requests: &'static str,
    pub asks: fn(&str) -> String,
    pub accept: &'static str,
    pub ignore: &'static str,
    pub block: fn(&str) -> String,
    pub unblock: fn(&str) -> String,
    pub blocked: &'static str,
    pub more: &'static str,
    pub close: &'static str,
    pub reopen: &'static str,
    pub leave: &'static str,
    pub add: &'static str,
    pub add_hint: &'static str,
    pub report: &'static str,
    pub report_lead: &'static str,
    pub report_which: &'static str,
    pub report_why: &'static str,
    pub edit: &'static str,
    pub edit_label: &'static str,
    pub save: &'static str,
}

/// What was reported.
pub(crate) struct ReportWords {
    pub lead: &'static str,
    pub none: &'static str,
    pub by: fn(&str) -> String,
    pub settle: &'static str,
    /// The way to the whole thread, for whoever may read it.
    pub glass: &'static str,
    pub glass_lead: &'static str,
    pub glass_why: &'static str,
    pub glass_read: &'static str,
    pub glass_told: &'static str,
    pub glass_more: &'static str,
}

impl MineWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static MineWords {
    MineWords::of(language())
}
