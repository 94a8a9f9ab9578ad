//! Who is at a conversation, who types, and who has seen what.

use pigeon_wire::person::Language;
use pigeon_wire::presence::Doing;

/// These words.
pub(crate) struct PresenceWords {
    /// Name of the list of those who are there.
    pub label: &'static str,
    /// What somebody of the team does.
    pub doing: fn(name: &str, Doing) -> String,
    /// The customer types.
    pub customer_types: fn(name: &str) -> String,
    /// Before the moment at which a guest saw a message.
    pub seen_by_guest: &'static str,
    /// Before the moment at which a customer with an account saw it.
    pub seen_by: fn(name: &str) -> String,
    /// How many of the team have seen a message.
    pub seen_by_team: fn(usize) -> String,
}

static EN: PresenceWords = PresenceWords {
    label: "Here now",
    doing: |name, doing| match doing {
        Doing::Looking => format!("{name} is looking"),
        Doing::Replying => format!("{name} is typing a reply"),
        Doing::Noting => format!("{name} is typing a note"),
    },
    customer_types: |name| format!("{name} is typing"),
    seen_by_guest: "Seen by the guest",
    seen_by: |name| format!("Seen by {name}"),
    seen_by_team: |n| match n {
        1 => "Seen by 1 of the team".to_owned(),
        n => format!("Seen by {n} of the team"),
    },
};

static DE: PresenceWords = PresenceWords {
    label: "Gerade hier",
    doing: |name, doing| match doing {
        Doing::Looking => format!("{name} schaut zu"),
        Doing::Replying => format!("{name} schreibt eine Antwort"),
        Doing::Noting => format!("{name} schreibt eine Notiz"),
    },
    customer_types: |name| format!("{name} schreibt"),
    seen_by_guest: "Vom Gast gesehen",
    seen_by: |name| format!("Von {name} gesehen"),
    seen_by_team: |n| match n {
        1 => "Von 1 im Team gesehen".to_owned(),
        n => format!("Von {n} im Team gesehen"),
    },
};

/// The words in the reader's language, inside a component.
pub(crate) fn words() -> &'static PresenceWords {
    match crate::words::language() {
        Language::En => &EN,
        Language::De => &DE,
    }
}
