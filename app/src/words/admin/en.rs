//! The words of the administrative pages in English.

use pigeon_wire::person::Language;

use super::{AdminWords, SearchWords, SnippetWords, mail_en, quarantine_en, settings_en};
use crate::page::plain::Section;
use crate::words::contact::ContactWords;
use crate::words::embed::EmbedWords;
use crate::words::mine::MineWords;
use crate::words::people::PeopleWords;
use crate::words::webhook::WebhookWords;

pub(super) static WORDS: AdminWords = AdminWords {
    label: "Administration",
    section: |section| match section {
        Section::Settings => "Settings",
        Section::Mail => "Mail",
        Section::Webhooks => "Web hooks",
        Section::Form => "Contact form",
        Section::Embed => "Other sites",
        Section::People => "People",
        Section::Roles => "Roles",
        Section::Audit => "Audit log",
        Section::Account => "Your account",
        Section::Tokens => "API tokens",
        Section::Canned => "Canned replies",
        Section::Saved => "Saved views",
        Section::Scheduled => "Scheduled replies",
        Section::Fate => "Mail of a message",
        Section::HandOver => "Hand over",
        Section::Merge => "Merge conversations",
        Section::Figures => "Figures",
        Section::Quarantine => "Quarantine",
        Section::Blocked => "Blocked senders",
        Section::Contact => "Contact",
        Section::Search => "Search",
        Section::Reports => "Reports",
        Section::Threads => "Your conversations",
    },
    done: |what| match what {
        "saved" => Some(
            "Saved. It holds from now on. Pages that are open show it once they are loaded anew.",
        ),
        "logo_saved" => {
            Some("The logo is saved. Pages that are open show it once they are loaded anew.")
        }
        "view_saved" => Some("Saved. It stands beside the inbox’s other views."),
        "view_deleted" => Some("The view was deleted."),
        "canned_saved" => Some("Saved. It is at hand wherever you write."),
        "canned_deleted" => Some("The canned reply is deleted."),
        "logo_removed" => Some("The logo is removed."),
        "unchanged" => Some("Nothing was changed."),
        "retried" => Some("Due now: it is tried at once."),
        "cancelled" => Some("Not sent any more."),
        "accepted" => Some("Accepted: it is in the inbox now."),
        "deleted" => Some("Deleted."),
        "overtaken" => Some("Nothing was done: it has left, or somebody else was quicker."),
        "key_revoked" => Some(EmbedWords::of(Language::En).done_revoked),
        other => (PeopleWords::of(Language::En).done)(other)
            .or_else(|| (MineWords::of(Language::En).done)(other))
            .or_else(|| (WebhookWords::of(Language::En).done)(other))
            .or_else(|| (ContactWords::of(Language::En).blocked.done)(other)),
    },
    count: |section, count| match section {
        Section::Mail => format!("{count} failed"),
        _ => count.to_string(),
    },
    settings: settings_en::WORDS,
    mail: mail_en::WORDS,
    quarantine: quarantine_en::WORDS,
    snippet: SnippetWords {
        lead: "This form starts conversations from any page of any site. It needs no script and no \
               key: copy it, and word and style it as you like. Only the names of the fields must \
               stay as they are.",
        label: "HTML of the contact form",
        copy: "Click into the field, choose everything (Ctrl+A, on a Mac ⌘A) and copy it.",
        honeypot: |name| {
            format!(
                "The hidden field “{name}” is a trap for robots: whatever fills it in goes to the \
                 quarantine. When you change its name in the settings, copy the form anew: in a \
                 form with the old name the trap no longer works, while questions still arrive."
            )
        },
        no_honeypot: "The trap for robots is switched off in the settings, so the form carries \
                      none. Copy it anew once you switch the trap on.",
        off: "Guests may not start conversations just now: what this form sends is refused until \
              you allow it in the settings.",
        own: "The same form as a page of its own:",
    },
    search: SearchWords {
        label: "Words, names, addresses",
        own_hint: "Finds messages, subjects and names in your conversations with the team.",
        own_operators: "Narrow it down: from:name, is:open, is:closed, has:file, before:2026-01-31, \
                        after:2026-01-01, \u{201c}a whole phrase\u{201d}.",
        hint: "Finds messages, internal notes, subjects, names and addresses.",
        look: "Search",
        ranked: "Best first",
        newest: "Newest first",
        order: "Order",
        none: "Nothing fits. Fewer words find more.",
        total: |count, more| match (count, more) {
            (count, true) => format!("{count}+ hits"),
            (1, _) => "1 hit".to_owned(),
            (count, _) => format!("{count} hits"),
        },
        without: |operator| format!("Search without {operator}"),
        note: "Internal note",
        more: "More hits",
        operators: "Narrow it down: from:name, is:pending, is:open, is:closed, assignee:me, \
                    in:note, before:2026-01-31, after:2026-01-31, \"words in this order\".",
        begin: "Type what you are looking for. Words may be in any order, and accents and capital \
                letters do not matter.",
    },
};
