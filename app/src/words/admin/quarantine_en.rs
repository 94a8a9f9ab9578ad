//! The words of the quarantine in English.

use super::QuarantineWords;

pub(super) const WORDS: QuarantineWords = QuarantineWords {
    lead: "What filled in the contact form\u{2019}s trap. The sender saw what every sender sees, and \
           was mailed nothing. Accept what is no robot\u{2019}s: it becomes a conversation, and its \
           sender is mailed the private link. After 90 days it is deleted by itself.",
    none: "Nothing is in the quarantine.",
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
