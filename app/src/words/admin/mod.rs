//! Every sentence of the administrative pages. Rendered by the server alone, so they are a table
//! apart: the team's program carries none of them.

mod de;
mod en;
mod mail_de;
mod mail_en;
mod quarantine_de;
mod quarantine_en;
mod settings_de;
mod settings_en;

use pigeon_wire::attachment::Storage;
use pigeon_wire::outbox::{MailCounts, MailKind, MailState, MailView, MailWay};
use pigeon_wire::person::Language;
use pigeon_wire::quarantine::CatchCounts;
use pigeon_wire::setting::{Group, Setting, Wrong};

use super::language;
use crate::page::plain::Section;

/// The words of the administrative pages in one language.
pub(crate) struct AdminWords {
    /// What the ways between the pages are called.
    pub label: &'static str,
    pub section: fn(Section) -> &'static str,
    /// What was done, by the word that the address carries.
    pub done: fn(&str) -> Option<&'static str>,
    /// How much in a page waits, inside the way to it.
    pub count: fn(Section, i64) -> String,
    pub settings: SettingsWords,
    pub mail: MailWords,
    pub quarantine: QuarantineWords,
    pub snippet: SnippetWords,
    pub search: SearchWords,
}

/// The search page.
pub(crate) struct SearchWords {
    pub label: &'static str,
    pub hint: &'static str,
    pub look: &'static str,
    pub ranked: &'static str,
    pub newest: &'static str,
    pub order: &'static str,
    pub none: &'static str,
    pub total: fn(usize, bool) -> String,
    pub without: fn(&str) -> String,
    pub note: &'static str,
    pub more: &'static str,
    pub operators: &'static str,
    pub begin: &'static str,
    /// What the reader's own search finds, and how to narrow it.
    pub own_hint: &'static str,
    pub own_operators: &'static str,
}

/// The settings.
pub(crate) struct SettingsWords {
    /// What a setting is called, and what it is for.
    pub about: fn(Setting) -> (&'static str, &'static str),
    pub group: fn(Group) -> &'static str,
    pub storage: fn(Storage) -> &'static str,
    pub bounds: fn(i64, i64) -> String,
    /// By which variable it is fixed.
    pub locked: fn(&str) -> String,
    pub wrong: fn(Wrong) -> String,
    /// Who set it to which value, so many milliseconds ago.
    pub meanwhile: fn(Option<&str>, &str, i64) -> String,
    pub on: &'static str,
    pub off: &'static str,
    pub none: &'static str,
    pub refused: &'static str,
    pub save: &'static str,
    pub logo: LogoWords,
}

/// The part about the site's logo.
pub(crate) struct LogoWords {
    pub heading: &'static str,
    pub lead: &'static str,
    pub file: &'static str,
    pub take: &'static str,
    pub remove: &'static str,
    /// That no files are taken here.
    pub off: &'static str,
}

/// The page of mails.
pub(crate) struct MailWords {
    pub way: fn(&MailWay) -> String,
    pub test: &'static str,
    pub taken: fn(&str) -> String,
    pub written: fn(&str) -> String,
    pub refused: fn(&str) -> String,
    pub views: &'static str,
    pub view: fn(MailView, MailCounts) -> String,
    pub none: fn(MailView) -> &'static str,
    pub kind: fn(MailKind) -> &'static str,
    pub state: fn(MailState) -> &'static str,
    pub nobody: &'static str,
    pub conversation: &'static str,
    pub sent_at: &'static str,
    pub next_at: &'static str,
    pub owed_at: &'static str,
    pub attempts: fn(i64) -> String,
    pub retry: &'static str,
    pub retry_all: &'static str,
    pub cancel: &'static str,
    pub put_aside: &'static str,
    /// An act, and on what.
    pub act_on: fn(&str, &str) -> String,
    pub more: &'static str,
}

/// The page of what was kept from the team.
pub(crate) struct QuarantineWords {
    pub lead: &'static str,
    pub none: &'static str,
    /// How many there are of each sort.
    pub counts: fn(CatchCounts) -> String,
    pub bait: fn(&str) -> String,
    /// Why something was caught where it was no trap.
    pub blocked: &'static str,
    /// The way to the conversation in which it is a reply.
    pub reply: &'static str,
    pub senders: &'static str,
    pub accept: &'static str,
    pub delete: &'static str,
    pub delete_all: fn(usize) -> String,
    /// An act, and on what.
    pub act_on: fn(&str, &str) -> String,
    pub more: &'static str,
}

/// The page with the contact form's HTML.
pub(crate) struct SnippetWords {
    pub lead: &'static str,
    pub label: &'static str,
    pub copy: &'static str,
    pub honeypot: fn(&str) -> String,
    pub no_honeypot: &'static str,
    pub off: &'static str,
    pub own: &'static str,
}

impl AdminWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static AdminWords {
    AdminWords::of(language())
}
