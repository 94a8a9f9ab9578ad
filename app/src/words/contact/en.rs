//! The words about customers and blocks in English.

use pigeon_wire::contact::{BlockKind, CONTACT_THREADS_COUNTED, ContactCard};

use super::{BlockedWords, ContactWords};

pub(super) static WORDS: ContactWords = ContactWords {
    back: "Back to the inbox",
    address: "Address",
    verified: "verified",
    not_verified: "not verified",
    kind: "Writes",
    guest: "as a guest",
    account: "with an account",
    language: "Reads",
    threads: "Conversations",
    before: "Other conversations",
    count,
    none_before: "This is the only one.",
    no_subject: "No subject",
    older: "Older ones",
    note: "Note on this person",
    note_lead: "For the team alone, about everybody who writes under this address.",
    note_text: "Note",
    no_note: "Nothing is noted.",
    changed: |who| format!("Last changed by {who},"),
    overtaken: "Somebody else has changed the note meanwhile. It now says:",
    save: "Save note",
    links: "Private links",
    links_lead: "Mails this guest links to all of their conversations, at most every 15 minutes.",
    send: "Send fresh links",
    block: "Block",
    block_lead: "What a blocked sender writes goes to the quarantine, where you can accept it. They \
                 notice nothing, and are mailed nothing. Their conversations stay as they are.",
    block_address: "Block this address",
    block_domain: |domain| format!("Block all of {domain}"),
    whole: "Contact card",
    merge: "Merge…",
    blocked: BlockedWords {
        lead: "What these write through the contact form, the widget or their private links goes to the \
               quarantine. They notice nothing, and are mailed nothing. People with an account are \
               always heard in it, and the team always.",
        quarantine: "To the quarantine",
        none: "Nobody is blocked.",
        new: "Block somebody",
        what: "Address or domain",
        hint: "A domain blocks the domains below it too. It takes the right to change the settings.",
        add: "Block",
        neither: "This is neither a mail address nor a domain.",
        of_team: "Somebody of the team has this address.",
        kind: |kind| match kind {
            BlockKind::Address => "Address",
            BlockKind::Domain => "Domain, with all below it",
        },
        by: |who| format!("by {who}"),
        lift: "Lift",
        lift_of: |what| format!("Lift the block of {what}"),
        more: "Older ones",
        stands: |what| format!("Blocked: {what}"),
        done: |what| match what {
            "note_saved" => Some("The note is saved."),
            "links_asked" => Some("The links leave now, unless some did a moment ago."),
            "blocked" => Some("Blocked. What comes from there goes to the quarantine."),
            "blocked_shared" => Some(
                "Blocked. Many people have their address there: lift it if you meant one of them.",
            ),
            "lifted" => Some("Lifted. What was caught before is still in the quarantine."),
            _ => None,
        },
    },
};

fn count(card: &ContactCard) -> String {
    let all = match card.threads {
        0 => "No conversation outside of the trash".to_owned(),
        1 => "One conversation".to_owned(),
        many if many >= CONTACT_THREADS_COUNTED => format!("{many} conversations and more"),
        many => format!("{many} conversations"),
    };
    match (card.threads, card.unclosed) {
        (0, _) => all,
        (1, 0) => format!("{all}, closed"),
        (1, _) => format!("{all}, not closed"),
        (_, 0) => format!("{all}, all of them closed"),
        (_, 1) => format!("{all}, one of them not closed"),
        (_, some) => format!("{all}, {some} of them not closed"),
    }
}
