//! Every sentence of the team's pages. A table of fields, so that a translation that misses one
//! does not compile; apart from the guests' words, so that neither program carries the other's.

mod de;
mod en;
pub(crate) mod presence;

use pigeon_wire::Fault;
use pigeon_wire::act::{Moved, Rest, Standing};
use pigeon_wire::inbox::{Sort, Starter, View};
use pigeon_wire::merge::MergeStep;
use pigeon_wire::message::{KnownBy, PublicEvent};
use pigeon_wire::note::Delivery;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::thread::{LinkOrigin, ParticipantRole, Source, Status};

use super::{fault_text, language, problem_text};
use crate::UiError;
use crate::start::Theme;

/// The team's words in one language.
pub(crate) struct TeamWords {
    pub nav: Nav,
    pub live: Live,
    pub dashboard: DashboardWords,
    pub list: ListWords,
    pub thread: ThreadWords,
    pub side: SideWords,
    pub compose: ComposeWords,
    pub trouble: Trouble,
    /// A span of time in its largest unit, as rows show it.
    pub span: fn(ms: i64) -> String,
    pub status: fn(Status) -> &'static str,
    pub source: fn(Source) -> &'static str,
}

/// The rail and its forms.
pub(crate) struct Nav {
    pub label: &'static str,
    pub skip: &'static str,
    pub inbox: &'static str,
    pub inbox_needs: fn(i64) -> String,
    pub dashboard: &'static str,
    pub threads: &'static str,
    pub threads_unread: fn(i64) -> String,
    pub search: &'static str,
    pub figures: &'static str,
    pub admin: &'static str,
    pub settings: &'static str,
    pub signed_in_as: fn(&str) -> String,
    pub language: &'static str,
    pub theme: &'static str,
    pub themes: fn(Theme) -> &'static str,
    pub account: &'static str,
    pub log_out: &'static str,
}

/// The state of the connection, and what it brings.
pub(crate) struct Live {
    pub reconnecting: &'static str,
    pub ended: &'static str,
    pub stale: &'static str,
    pub reload: &'static str,
    pub message_from: fn(&str) -> String,
    pub note_from: fn(&str) -> String,
}

/// The dashboard.
pub(crate) struct DashboardWords {
    pub title: &'static str,
    pub need: fn(i64) -> String,
    pub newest: &'static str,
    pub mine: &'static str,
    pub longest: &'static str,
    pub empty: &'static str,
    pub to_inbox: &'static str,
    pub all_waiting: &'static str,
}

/// The inbox's list.
pub(crate) struct ListWords {
    /// Before the beginning of a reply that is being written.
    pub draft: &'static str,
    /// The reader's own direct threads.
    pub direct: &'static str,
    pub views_label: &'static str,
    pub save_view: &'static str,
    pub view: fn(View) -> &'static str,
    pub empty: fn(View) -> &'static str,
    pub more: &'static str,
    pub loading: &'static str,
    pub arrivals: fn(usize) -> String,
    pub unread: &'static str,
    pub ours: &'static str,
    pub no_subject: &'static str,
    pub waiting: &'static str,
    pub verified: &'static str,
    pub assigned_to: fn(&str) -> String,
    pub in_all: &'static str,
    /// What rows show: the heading, and the parts in the order of `COLUMNS`.
    pub rows_show: &'static str,
    pub columns: [&'static str; 9],
    /// What the list's edge chooses.
    pub width: &'static str,
    /// What the figure of a view's unread conversations is.
    pub unread_label: &'static str,
    pub filter: &'static str,
    pub filters: &'static str,
    pub without: fn(&str) -> String,
    pub none_left: &'static str,
    pub any: &'static str,
    pub status: &'static str,
    pub source: &'static str,
    pub started_by: &'static str,
    pub starter: fn(Starter) -> &'static str,
    pub somebody: &'static str,
    pub only_unread: &'static str,
    pub has_file: &'static str,
    pub tag: &'static str,
    pub from: &'static str,
    pub until: &'static str,
    pub apply: &'static str,
    pub order: &'static str,
    pub sort: fn(Sort) -> &'static str,
    pub choose: fn(&str) -> String,
    pub choose_none: &'static str,
    pub chosen: fn(usize) -> String,
    pub bulk: &'static str,
    pub assign: &'static str,
    pub close: &'static str,
    pub reopen: &'static str,
    pub trash: &'static str,
    pub restore: &'static str,
    pub done: fn(usize) -> String,
    pub undone: fn(usize) -> String,
    pub undo: &'static str,
    pub dismiss: &'static str,
}

/// A conversation.
pub(crate) struct ThreadWords {
    pub none_chosen: &'static str,
    pub back: &'static str,
    pub label: &'static str,
    pub earlier: &'static str,
    pub later: &'static str,
    pub to_newest: &'static str,
    /// A folded run of events.
    pub changes: fn(usize) -> String,
    pub new: &'static str,
    pub you: &'static str,
    pub note_label: &'static str,
    pub set_status: &'static str,
    pub assignee: &'static str,
    pub nobody: &'static str,
    /// The choice among those who can look after it that leads to a note for them.
    pub hand_over: &'static str,
    pub take: &'static str,
    pub drop: &'static str,
    pub about: &'static str,
    pub changed: &'static str,
    pub public_event: fn(PublicEvent, who: &str) -> String,
    pub assigned: fn(who: &str, to: &str) -> String,
    pub assigned_you: fn(who: &str) -> String,
    pub took: fn(who: &str) -> String,
    pub dropped: fn(who: &str) -> String,
    pub status_set: fn(who: &str, Status) -> String,
    pub links_revoked: fn(who: &str) -> String,
    /// A guest has an account now, and this thread with it.
    pub claimed: fn(who: &str) -> String,
    pub trashed: fn(who: &str) -> String,
    pub restored: fn(who: &str) -> String,
    pub snooze: &'static str,
    pub rest: fn(Rest) -> &'static str,
    pub wake: &'static str,
    /// Before a moment.
    pub rests_until: &'static str,
    pub awake: &'static str,
    /// Before the moment until which it rests.
    pub snoozed: fn(who: &str) -> String,
    pub woke: fn(who: &str) -> String,
    pub snooze_ended: &'static str,
    pub tagged: fn(who: &str, tag: &str) -> String,
    pub untagged: fn(who: &str, tag: &str) -> String,
    /// Before the other conversation.
    pub merge: fn(who: &str, MergeStep) -> String,
    /// Leads to where a merge is undone.
    pub undo_merge: &'static str,
    /// Where a conversation goes on.
    pub merged_into: fn(mark: &str) -> String,
    pub note_moved: &'static str,
    pub in_trash: &'static str,
    pub moved: fn(who: &str, now: &str) -> String,
    pub moved_unknown: fn(now: &str) -> String,
    pub known_by: fn(KnownBy) -> &'static str,
    pub delivery: fn(Delivery) -> &'static str,
}

/// What stands beside a conversation.
pub(crate) struct SideWords {
    pub customer: &'static str,
    pub verified: &'static str,
    pub not_verified: &'static str,
    pub guest: &'static str,
    pub account: &'static str,
    pub reads: fn(Language) -> &'static str,
    pub language: &'static str,
    pub kind: &'static str,
    pub thread: &'static str,
    pub opened: &'static str,
    pub through: &'static str,
    pub participants: &'static str,
    pub tags: &'static str,
    pub add_tag: &'static str,
    pub untag: fn(&str) -> String,
    pub no_tag: &'static str,
    pub follow: &'static str,
    pub unfollow: &'static str,
    pub follow_hint: &'static str,
    pub role: fn(ParticipantRole) -> &'static str,
    pub links: &'static str,
    pub no_links: &'static str,
    pub origin: fn(LinkOrigin) -> &'static str,
    pub last_used: &'static str,
    pub never_used: &'static str,
    pub expires: &'static str,
    pub revoke: &'static str,
    pub revoke_sure: &'static str,
    pub revoke_yes: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
}

/// The composer.
pub(crate) struct ComposeWords {
    pub label: &'static str,
    pub reply_to: fn(&str) -> String,
    pub channel_mail: &'static str,
    pub channel_account: &'static str,
    pub note: &'static str,
    pub note_scope: &'static str,
    pub reply_placeholder: &'static str,
    pub note_placeholder: &'static str,
    pub send: &'static str,
    pub send_and_close: &'static str,
    pub canned: &'static str,
    pub canned_keys: &'static str,
    /// Whom a note can mention.
    pub mention: &'static str,
    pub kept: &'static str,
    pub add_note: &'static str,
    pub reopen: &'static str,
    pub keys: &'static str,
    pub sending: &'static str,
    pub failed: &'static str,
    pub retry: &'static str,
    pub edit: &'static str,
    pub overtaken: fn(who: &str, ms: i64) -> String,
    pub later: &'static str,
    pub sent: &'static str,
    pub show: &'static str,
    pub send_anyway: &'static str,
    pub as_note: &'static str,
    pub read_only: &'static str,
}

/// What went wrong.
pub(crate) struct Trouble {
    pub not_found_title: &'static str,
    pub not_found: &'static str,
    pub no_access_title: &'static str,
    pub no_access: &'static str,
    pub title: &'static str,
    pub no_answer: &'static str,
    pub again: &'static str,
    pub to_login: &'static str,
    pub to_inbox: &'static str,
    pub lacks: fn(Permission) -> &'static str,
}

impl TeamWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// Why Pigeon refused, told to a member of the team.
pub(crate) fn team_fault(fault: &Fault) -> String {
    let (words, language) = (words(), language());
    match fault {
        Fault::Forbidden(permission) => (words.trouble.lacks)(*permission).to_owned(),
        Fault::Changed => words.thread.changed.to_owned(),
        Fault::Moved(moved) => moved_text(words, moved),
        Fault::NotFound => words.trouble.not_found.to_owned(),
        Fault::Invalid(faults) => {
            let texts = faults
                .iter()
                .map(|fault| problem_text(language, fault.problem));
            texts.collect::<Vec<_>>().join(" ")
        }
        other => fault_text(language, other),
    }
}

/// That somebody was quicker, who, and how it stands now.
fn moved_text(words: &TeamWords, moved: &Moved) -> String {
    let now = match &moved.now {
        Standing::Status(status) => (words.status)(*status).to_owned(),
        Standing::Assignee(Some(person)) => (words.list.assigned_to)(&person.name),
        Standing::Assignee(None) => (words.list.assigned_to)(words.thread.nobody),
        Standing::Snoozed(Some(_)) => (words.list.view)(View::Snoozed).to_owned(),
        Standing::Snoozed(None) => words.thread.awake.to_owned(),
        Standing::Merged(into) => (words.thread.merged_into)(&into.mark()),
        Standing::Trashed => (words.list.view)(View::Trash).to_owned(),
        Standing::Sent => return words.compose.sent.to_owned(),
    };
    match &moved.by {
        Some(by) => (words.thread.moved)(by, &now),
        None => (words.thread.moved_unknown)(&now),
    }
}

/// What went wrong, told to a member of the team.
pub(crate) fn team_error(error: &UiError) -> String {
    error
        .fault()
        .map_or_else(|| words().trouble.no_answer.to_owned(), team_fault)
}

/// The reader's words, by the language of the frame that the root has provided.
pub(crate) fn words() -> &'static TeamWords {
    TeamWords::of(language())
}

/// The largest unit that fits into a span of time, with how many of it.
enum Span {
    Seconds(i64),
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

impl Span {
    fn of(ms: i64) -> Self {
        use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
        match ms {
            ms if ms < MINUTE_MS => Self::Seconds((ms / 1000).max(1)),
            ms if ms < HOUR_MS => Self::Minutes(ms / MINUTE_MS),
            ms if ms < DAY_MS => Self::Hours(ms / HOUR_MS),
            ms => Self::Days(ms / DAY_MS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_its_largest_unit() {
        let told = [
            0,
            59_999,
            60_000,
            3_599_999,
            3_600_000,
            86_400_000,
            8 * 86_400_000,
        ]
        .map(TeamWords::of(Language::En).span);
        assert_eq!(told, ["now", "now", "1 min", "59 min", "1 h", "1 d", "8 d"]);
        assert_eq!((TeamWords::of(Language::De).span)(7_200_000), "2 Std.");
    }

    #[test]
    fn who_was_faster_is_told_with_how_long_ago() {
        let [en, de] = [Language::En, Language::De].map(|one| TeamWords::of(one).compose.overtaken);
        assert_eq!(en("Nora", 20_400), "Nora was active here 20 s ago.");
        assert_eq!(en("Nora", -5), "Nora was active here 1 s ago.");
        assert_eq!(de("Nora", 7_200_000), "Nora war vor 2 Std. hier tätig.");
        assert_eq!(
            de("Nora", 2 * 86_400_000),
            "Nora war vor 2 Tagen hier tätig."
        );
    }

    #[test]
    fn one_is_not_many() {
        let [en, de] = [Language::En, Language::De].map(TeamWords::of);
        assert_eq!((en.dashboard.need)(1), "1 conversation needs a reply");
        assert_eq!((en.dashboard.need)(2), "2 conversations need a reply");
        assert_eq!((de.dashboard.need)(1), "1 Gespräch wartet auf Antwort");
        assert_eq!((de.dashboard.need)(2), "2 Gespräche warten auf Antwort");
    }
}
