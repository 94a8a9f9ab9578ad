//! The words of the quarantine in English.

use super::QuarantineWords;

pub(super) const WORDS: QuarantineWords = QuarantineWords {
    lead: "What filled in the contact form\u{2019}s trap, and what blocked senders wrote. They saw what \
           every sender sees, and were mailed nothing. Accept what is for you: it becomes a \
           conversation, or a message in the one that it answers. Whoever is not blocked is then mailed \
           the private link. After 90 days it is deleted by itself.",
    none: "Nothing is in the quarantine.",
    counts: |counts| {
        format!(
            "{} in the trap, {} from blocked senders",
            counts.honeypot, counts.blocked
        )
    },
    blocked: "from a blocked sender",
    reply: "a reply in this conversation",
    senders: "Blocked senders",
    bait: |bait| format!("in the trap: \u{201c}{bait}\u{201d}"),
    accept: "Accept",
    delete: "Delete",
    delete_all: |count| match count {
        1 => "Delete the one shown here".to_owned(),
        count => format!("Delete all {count} shown here"),
    },
    act_on: |act, from| format!("{act}: {from}"),
    more: "Older ones",
};
