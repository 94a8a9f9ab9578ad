//! The words about web hooks in English.

use pigeon_wire::webhook::{DeliveryState, HookEvent, HookWrong};

use super::WebhookWords;

pub(super) static WORDS: WebhookWords = WebhookWords {
    lead: "A web hook tells another program what happens here: Pigeon posts it there as JSON, signed \
           (Standard Webhooks). What is not taken is tried again for a day, and of one conversation \
           one thing comes after the other. Direct conversations and the trash are told to nobody.",
    private: "This server lets web hooks lead to private addresses, and over plain http.",
    made: "The secret of your new web hook",
    made_hint: "Copy it now: it is not shown again. The receiver checks with it that what it gets is \
                from here.",
    list: "Web hooks",
    none: "There is no web hook.",
    on: "On",
    off: "Off",
    gone: "Off, because the receiver said that it is gone (410),",
    made_by: |who| format!("made by {who}"),
    told: "Told:",
    team: "With what only the team sees",
    team_hint: "Internal notes, who looks after a conversation, and the customer’s address leave the \
                house too. Without it, nothing does that the customer could not see.",
    public: "only what everybody in a conversation sees",
    failed: |count| format!("{count} failed"),
    waiting: |count| format!("{count} waiting"),
    event: |event| match event {
        HookEvent::MessageCreated => "New messages",
        HookEvent::ThreadCreated => "New conversations",
        HookEvent::StatusChanged => "Changes of status",
        HookEvent::Assigned => "Assignments",
    },
    event_hint: |event| match event {
        HookEvent::MessageCreated => "message.created",
        HookEvent::ThreadCreated => "thread.created",
        HookEvent::StatusChanged => "thread.status_changed",
        HookEvent::Assigned => "thread.assigned, only with what the team sees",
    },
    log: "Deliveries",
    log_of: |name| format!("Deliveries of {name}"),
    turn_on: "Turn on",
    turn_off: "Turn off",
    delete: "Delete",
    delete_lead: "Nothing more is told to it, and its deliveries go too.",
    act_on: |act, what| format!("{act}: {what}"),
    new: "New web hook",
    name: "Name",
    name_hint: "For which program it is.",
    url: "Address",
    url_hint: "Where the program listens, like https://crm.example.org/pigeon.",
    events: "What it is told",
    make: "Make the web hook",
    refused: "It was not made. Please look at what is marked.",
    wrong: |wrong| match wrong {
        HookWrong::Name => "It needs a name of one line, up to 100 characters.",
        HookWrong::Address => {
            "This is no address that can be posted to. It has no user and no #, and up to 2000 \
             characters."
        }
        HookWrong::Http => "It must begin with https://.",
        HookWrong::Private => {
            "This leads into a private network. Whoever runs the server can allow that \
             (PIGEON_WEBHOOK_PRIVATE)."
        }
        HookWrong::NoEvent => "Choose at least one.",
        HookWrong::TeamOnly => "Assignments are told only together with what the team sees.",
    },
    back: "All web hooks",
    log_lead: "What became of each delivery, newest first, for 30 days. What stood in it is not shown.",
    no_delivery: "Nothing was told to it yet.",
    state: |state| match state {
        DeliveryState::Queued => "Waiting",
        DeliveryState::Leased => "On its way",
        DeliveryState::Deferred => "Put off",
        DeliveryState::Sent => "Taken",
        DeliveryState::Failed => "Failed",
        DeliveryState::Dropped => "Not sent",
    },
    happened: "happened",
    next: "next try",
    settled: "settled",
    attempts: |count| match count {
        1 => "tried once".to_owned(),
        count => format!("tried {count} times"),
    },
    answered: |status| format!("answer {status}"),
    replay: "Send again",
    try_now: "Try now",
    replay_failed: "Send all failed ones again",
    older: "Older",
    newest: "Newest",
    done: |what| match what {
        "hook_on" => Some("On: it is told what happens from now on."),
        "hook_off" => Some("Off: it is told nothing more. What waits for it goes on waiting."),
        "hook_deleted" => Some("The web hook is deleted."),
        "replayed" => Some("On its way again."),
        _ => None,
    },
};
