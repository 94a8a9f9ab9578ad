//! Every sentence about web hooks. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::person::Language;
use pigeon_wire::webhook::{DELIVERIES_COUNTED, DeliveryState, HookEvent, HookWrong};

use super::language;

/// The words of these pages in one language.
pub(crate) struct WebhookWords {
    pub lead: &'static str,
    pub private: &'static str,
    pub made: &'static str,
    pub made_hint: &'static str,
    pub list: &'static str,
    pub none: &'static str,
    pub on: &'static str,
    pub off: &'static str,
    pub gone: &'static str,
    pub made_by: fn(&str) -> String,
    pub told: &'static str,
    pub team: &'static str,
    pub team_hint: &'static str,
    pub public: &'static str,
    /// So many deliveries were given up; where there are many, the figure says so.
    pub failed: fn(&str) -> String,
    pub waiting: fn(&str) -> String,
    pub event: fn(HookEvent) -> &'static str,
    pub event_hint: fn(HookEvent) -> &'static str,
    pub log: &'static str,
    pub log_of: fn(&str) -> String,
    pub turn_on: &'static str,
    pub turn_off: &'static str,
    pub delete: &'static str,
    pub delete_lead: &'static str,
    /// An act on the hook or delivery that is named.
    pub act_on: fn(act: &str, what: &str) -> String,
    pub new: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub url: &'static str,
    pub url_hint: &'static str,
    pub events: &'static str,
    pub make: &'static str,
    pub refused: &'static str,
    pub wrong: fn(HookWrong) -> &'static str,
    pub back: &'static str,
    pub log_lead: &'static str,
    pub no_delivery: &'static str,
    pub state: fn(DeliveryState) -> &'static str,
    pub happened: &'static str,
    pub next: &'static str,
    pub settled: &'static str,
    pub attempts: fn(i64) -> String,
    pub answered: fn(i64) -> String,
    pub replay: &'static str,
    pub try_now: &'static str,
    pub replay_failed: &'static str,
    pub older: &'static str,
    pub newest: &'static str,
    pub done: fn(&str) -> Option<&'static str>,
}

impl WebhookWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static WebhookWords {
    WebhookWords::of(language())
}

/// A count that ends at a bound, as it is shown.
pub(crate) fn counted(count: i64) -> String {
    let more = if count >= DELIVERIES_COUNTED { "+" } else { "" };
    format!("{count}{more}")
}
