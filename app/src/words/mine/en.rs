//! English.

use pigeon_wire::mailbox::MailboxView;
use pigeon_wire::message::PublicEvent;
use pigeon_wire::thread::{Status, ThreadKind};

use super::{DirectWords, MineWords, ReportWords, StopWords};

/// The words of the own threads in English.
pub(super) static WORDS: MineWords = MineWords {
    done: |what| match what {
        "read" => Some("Marked as read."),
        "unread" => Some("Marked as unread."),
        "muted" => Some("You get no more mails about this conversation."),
        "unmuted" => Some("You get mails about this conversation again."),
        "accepted_request" => Some("From now on this is a conversation like any other."),
        "ignored" => Some("The request is out of your sight. Nobody is told."),
        "blocked" => Some("You hear nothing from them any more. Nobody is told."),
        "unblocked" => Some("You hear from them again."),
        "left" => Some("You have left the conversation."),
        "added" => Some("Added. Whoever does not know you yet is asked first."),
        "closed" => Some("The conversation is closed."),
        "reopened" => Some("The conversation is open again."),
        "edited" => Some("The message is changed."),
        "reported" => {
            Some("Thank you. Whoever looks after people here sees the messages that you picked.")
        }
        "claimed" => Some("They are here now. Their private links have ended."),
        "settled" => Some("Settled."),
        _ => None,
    },
    views: "Which conversations",
    view: |view| match view {
        MailboxView::All => "All",
        MailboxView::Unread => "Unread",
        MailboxView::Direct => "Direct",
        MailboxView::Closed => "Closed",
    },
    none: |view| match view {
        MailboxView::All => "You have no conversations yet.",
        MailboxView::Unread => "You have read everything.",
        MailboxView::Direct => "You have no conversations with other people.",
        MailboxView::Closed => "None of your conversations is closed.",
    },
    ask: "Ask the team",
    search: "Search",
    claimable: |count| match count {
        1 => "You began a conversation from your address without an account.".to_owned(),
        _ => {
            format!("You began {count} conversations from your address without an account.")
        }
    },
    claim: "Bring here",
    ask_lead: "You find our answer here, and get it by mail if you are away.",
    list: "Conversations, newest first",
    no_subject: |kind| match kind {
        ThreadKind::Support => "Support request",
        ThreadKind::Direct => "New message",
    },
    team: "With the team",
    unread: |count| format!("{count} unread"),
    muted: "Muted",
    status: |status| match status {
        Status::Pending => "Waiting for us",
        Status::Open => "Open",
        Status::Closed => "Closed",
    },
    state: |status| match status {
        Status::Pending => "We are looking at it.",
        Status::Open => "We have answered. Write whenever it suits you.",
        Status::Closed => "This conversation is closed. Write to open it again.",
    },
    more: "Older conversations",
    back: "All conversations",
    subject: "Subject",
    message: "Your message",
    optional: "optional",
    send: "Send",
    you: "You",
    edited: "edited",
    event: |event, who| match event {
        PublicEvent::Closed => format!("{who} closed the conversation"),
        PublicEvent::Reopened => format!("{who} opened the conversation again"),
        PublicEvent::Joined => format!("{who} joined the conversation"),
        PublicEvent::Left => format!("{who} left the conversation"),
        PublicEvent::Moved => {
            "A message stood here. It is in another of your conversations".to_owned()
        }
        PublicEvent::Read => {
            format!("{who}, who is not in this conversation, was allowed to read it and did")
        }
    },
    entries: "Conversation",
    older: "Show older messages",
    sent: "Sent",
    sending: "On its way",
    not_sent: "It could not be sent: no connection. Your text is still here.",
    seen_by_team: "Seen by the team",
    seen_by: |name| format!("Seen by {name}"),
    typing: |names| match names {
        [one] => [one, " is typing…"].concat(),
        all => [&all.join(", "), " are typing…"].concat(),
    },
    here: |names| match names {
        [one] => [one, " is here"].concat(),
        all => [&all.join(", "), " are here"].concat(),
    },
    write: "Your message",
    placeholder: "Write your message",
    mark_read: "Mark as read",
    mark_unread: "Mark as unread",
    mute: "No mails about this",
    unmute: "Mails about this again",
    acts: "What you can do with this conversation",
    direct: DirectWords {
        write: "Write to somebody",
        lead: "Only those in the conversation can read it. Whoever you write to for the first time \
               is asked whether they want to.",
        to: "Addresses",
        to_hint: "Up to eight, with spaces, commas or semicolons between them.",
        known: "People you know",
        requests: "Requests",
        requests_wait: |count| format!("Requests ({count})"),
        no_requests: "Nobody is waiting for your answer.",
        asks: |name| format!("{name} wants to write to you."),
        accept: "Accept",
        ignore: "Ignore",
        block: |name| format!("Block {name}"),
        unblock: |name| format!("Unblock {name}"),
        blocked: "Blocked",
        more: "More",
        close: "Close the conversation",
        reopen: "Open it again",
        leave: "Leave the conversation",
        add: "Add people",
        add_hint: "They see nothing of what was written before.",
        report: "Report messages",
        report_lead: "Whoever looks after people here sees the messages that you pick, who wrote \
                      them, and your reason. Nothing else of this conversation.",
        report_which: "Which messages",
        report_why: "Why",
        edit: "Edit",
        edit_label: "New text",
        save: "Save",
    },
    stop: StopWords {
        title: "Mails about a conversation",
        on: |site| {
            format!("{site} mails you what is new in the conversation that the mail was about.")
        },
        off: |site| {
            format!(
                "{site} mails you nothing more about this conversation. It goes on, and you can still read it."
            )
        },
        stop: "No more mails about it",
        again: "Mail me again",
        unknown: "This link works no longer, or never did.",
    },
    reports: ReportWords {
        lead: "These messages were picked by somebody in a private conversation. You see them and \
               nothing else of it.",
        none: "Nothing is reported.",
        by: |name| format!("Reported by {name}"),
        settle: "Settled",
        glass: "Read the whole conversation",
        glass_lead: "This is a private conversation of others. When you read it, everybody in it is \
                     told so by name, and the audit log keeps your reason.",
        glass_why: "Why it has to be read",
        glass_read: "Read it",
        glass_told: "Those in it have been told that you read this.",
        glass_more: "Older messages are left out.",
    },
};
