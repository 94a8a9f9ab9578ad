//! The words of the page of mails in English.

use pigeon_wire::outbox::{MailCounts, MailKind, MailState, MailView, MailWay};

use super::MailWords;

pub(super) const WORDS: MailWords = MailWords {
    way: |way| match way {
        MailWay::Relay(address) => format!("Mails leave through the mail server {address}."),
        MailWay::Folder(path) => format!(
            "No mail server is configured: mails are written to the folder {path} and reach nobody. \
             Set PIGEON_SMTP where Pigeon is started."
        ),
        MailWay::Memory => "Mails are kept in memory.".to_owned(),
    },
    test: "Send a test mail to my address",
    taken: |to| format!("The mail server has taken the test mail to {to}. Look into that mailbox."),
    written: |to| format!("The test mail to {to} was written to the folder."),
    refused: |to| format!("The test mail to {to} did not leave. The answer was:"),
    views: "Which mails",
    view,
    none: |view| match view {
        MailView::Trouble => "No mail has failed, and none was put off.",
        MailView::Waiting => "No mail waits.",
        MailView::Sent => "No mail was sent yet.",
        MailView::Dropped => "No mail was cancelled or not needed.",
    },
    kind: |kind| match kind {
        MailKind::NewMessage => "New messages",
        MailKind::GuestStarted => "Private link of a new conversation",
        MailKind::GuestLinks => "Links that were asked for",
        MailKind::Invitation => "Invitation",
        MailKind::ReadDirect => "Notice to owners",
        MailKind::Digest => "Mail of the day",
        MailKind::Assigned => "Assignment",
        MailKind::ConfirmAddress => "Proof of an address",
        MailKind::ResetPassword => "New password",
        MailKind::AddressChanged => "Notice of a changed address",
    },
    state: |state| match state {
        MailState::Failed => "Failed",
        MailState::Deferred => "Put off",
        MailState::Queued => "Waiting",
        MailState::Leased => "On its way",
        MailState::Sent => "Sent",
        MailState::Dropped => "Not sent",
    },
    nobody: "an address that nobody has",
    conversation: "Conversation",
    sent_at: "taken by the mail server",
    next_at: "next try",
    owed_at: "since",
    attempts: |count| match count {
        1 => "tried once".to_owned(),
        count => format!("tried {count} times"),
    },
    retry: "Try again",
    retry_all: "Try all failed ones again",
    cancel: "Cancel",
    put_aside: "Put aside",
    act_on: |act, to| format!("{act}: {to}"),
    more: "More mails",
};

fn view(view: MailView, counts: MailCounts) -> String {
    match view {
        MailView::Trouble => format!("{} failed, {} put off", counts.failed, counts.deferred),
        MailView::Waiting => format!("{} waiting", counts.waiting),
        MailView::Sent => format!("{} sent in 24 hours", counts.sent_today),
        MailView::Dropped => "Not sent".to_owned(),
    }
}
