//! The team's words in English.

use pigeon_wire::act::Rest;
use pigeon_wire::inbox::{Sort, Starter, View};
use pigeon_wire::merge::MergeStep;
use pigeon_wire::message::{KnownBy, PublicEvent};
use pigeon_wire::note::Delivery;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::thread::{LinkOrigin, ParticipantRole, Source, Status};

use super::{
    ComposeWords, DashboardWords, ListWords, Live, Nav, SideWords, Span, TeamWords, ThreadWords,
    Trouble,
};
use crate::start::Theme;

pub(super) static WORDS: TeamWords = TeamWords {
    nav: Nav {
        label: "Main",
        skip: "Skip to the content",
        inbox: "Inbox",
        inbox_needs: |n| format!("Inbox, {n} need a reply"),
        dashboard: "Dashboard",
        threads: "Your conversations",
        threads_unread: |n| format!("{n} of your conversations have something unread"),
        search: "Search",
        figures: "Figures",
        admin: "Administration",
        settings: "You and this page",
        signed_in_as: |name| format!("Signed in as {name}"),
        language: "Language",
        theme: "Colours",
        themes: |theme| match theme {
            Theme::System => "As the system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        },
        account: "Your account",
        log_out: "Log out",
    },
    live: Live {
        reconnecting: "Reconnecting… what you are writing is safe.",
        ended: "You are signed out, or your role does not allow this any more. What you are writing is still here: copy it, or log in again in another tab.",
        stale: "This page has changed. Load it anew when you have finished writing.",
        reload: "Reload",
        message_from: |name| format!("New message from {name}"),
        note_from: |name| format!("New internal note from {name}"),
    },
    dashboard: DashboardWords {
        title: "Dashboard",
        need: |n| match n {
            0 => "No conversation needs a reply".to_owned(),
            1 => "1 conversation needs a reply".to_owned(),
            n => format!("{n} conversations need a reply"),
        },
        newest: "The newest of them",
        mine: "Yours",
        longest: "Waiting longest",
        empty: "Nobody is waiting. New questions appear here by themselves.",
        to_inbox: "Open the inbox",
        all_waiting: "Show all that need a reply",
    },
    list: ListWords {
        draft: "Draft",
        direct: "Direct",
        views_label: "Views",
        save_view: "Save this view…",
        view: |view| match view {
            View::All => "All",
            View::NeedsReply => "Needs a reply",
            View::Mine => "Mine",
            View::Unassigned => "Unassigned",
            View::Pending => "Waiting for us",
            View::Open => "Waiting for them",
            View::Closed => "Closed",
            View::Snoozed => "Snoozed",
            View::Trash => "Trash",
        },
        empty: |view| match view {
            View::All => "No conversations yet. The first one appears here by itself.",
            View::NeedsReply => "Nobody is waiting for you.",
            View::Mine => "Nothing is assigned to you.",
            View::Unassigned => "Everything has somebody who looks after it.",
            View::Pending => "No conversation waits for the team.",
            View::Snoozed => "Nothing rests. What is snoozed waits here and comes back by itself.",
            View::Trash => "The trash is empty.",
            View::Open => "No conversation waits for the other side.",
            View::Closed => "Nothing has been closed yet.",
        },
        more: "Load more",
        loading: "Loading…",
        arrivals: |n| format!("{n} new"),
        unread: "Unread",
        ours: "Our answer",
        no_subject: "Support request",
        waiting: "Waiting",
        verified: "Address verified",
        assigned_to: |name| format!("Assigned to {name}"),
        in_all: "Conversations in this view",
        rows_show: "Show",
        columns: [
            "Subject",
            "Preview",
            "Source",
            "Status",
            "Assignee",
            "Files",
            "Time",
            "Several lines",
            "Views beside the list",
        ],
        width: "Width of the list",
        unread_label: "Unread for you",
        filter: "Filter",
        filters: "Filters in force",
        without: |filter| format!("Remove the filter “{filter}”"),
        none_left: "No conversation fits these filters.",
        any: "Any",
        status: "Status",
        source: "Came through",
        started_by: "Started by",
        starter: |starter| match starter {
            Starter::Guest => "Guest",
            Starter::User => "Account",
        },
        somebody: "Somebody else",
        only_unread: "Unread",
        has_file: "With a file",
        tag: "Tag",
        from: "From",
        until: "Until",
        apply: "Show",
        order: "Order",
        sort: |sort| match sort {
            Sort::Activity => "Newest activity",
            Sort::Waiting => "Longest waiting",
            Sort::Created => "Newest first",
            Sort::Subject => "Subject",
        },
        choose: |name| format!("Choose the conversation with {name}"),
        choose_none: "Choose none",
        chosen: |n| format!("{n} chosen"),
        bulk: "What to do with the chosen conversations",
        assign: "Assign…",
        close: "Close",
        reopen: "Reopen",
        trash: "Move to trash",
        restore: "Restore",
        done: |n| match n {
            0 => "Nothing was changed.".to_owned(),
            1 => "1 conversation changed.".to_owned(),
            n => format!("{n} conversations changed."),
        },
        undone: |n| match n {
            0 => "Nothing could be undone.".to_owned(),
            1 => "Undone for 1 conversation.".to_owned(),
            n => format!("Undone for {n} conversations."),
        },
        undo: "Undo",
        dismiss: "Dismiss",
    },
    thread: ThreadWords {
        none_chosen: "Choose a conversation to read it here.",
        back: "Back to the list",
        label: "Conversation",
        earlier: "Show earlier messages",
        later: "Show later messages",
        to_newest: "Go to the newest",
        changes: |n| format!("{n} changes"),
        new: "New",
        you: "You",
        note_label: "Internal note — only the team sees this",
        set_status: "Status",
        assignee: "Assigned to",
        nobody: "Nobody",
        hand_over: "Hand over with a note…",
        take: "Take",
        drop: "Drop",
        about: "About this conversation",
        changed: "Somebody changed this a moment ago. What you see now is how it stands; choose \
                  again if you still want to change it.",
        public_event: |event, who| match event {
            PublicEvent::Closed => format!("{who} closed the conversation"),
            PublicEvent::Reopened => format!("{who} reopened the conversation"),
            PublicEvent::Joined => format!("{who} joined the conversation"),
            PublicEvent::Left => format!("{who} left the conversation"),
            PublicEvent::Read => {
                format!("{who}, who is not in this conversation, was allowed to read it and did")
            }
            PublicEvent::Moved => {
                "A message stood here. It was moved to another conversation".to_owned()
            }
        },
        assigned: |who, to| format!("{who} assigned {to}"),
        assigned_you: |who| format!("{who} assigned you"),
        took: |who| format!("{who} took the conversation"),
        dropped: |who| format!("{who} removed the assignment"),
        status_set: |who, status| format!("{who} set the status to “{}”", status_word(status)),
        links_revoked: |who| format!("{who} revoked the guest’s links"),
        claimed: |who| format!("{who} has an account now and took this conversation over"),
        trashed: |who| format!("{who} moved the conversation to the trash"),
        restored: |who| format!("{who} restored the conversation"),
        snooze: "Snooze…",
        rest: |rest| match rest {
            Rest::Hours => "For 3 hours",
            Rest::Tomorrow => "Until tomorrow morning",
            Rest::Monday => "Until Monday morning",
            Rest::Month => "For a month",
        },
        wake: "Wake",
        rests_until: "Snoozed until",
        awake: "not snoozed",
        snoozed: |who| format!("{who} snoozed the conversation until"),
        woke: |who| format!("{who} ended the snooze"),
        snooze_ended: "The snooze ended",
        tagged: |who, tag| format!("{who} added the tag “{tag}”"),
        untagged: |who, tag| format!("{who} removed the tag “{tag}”"),
        merge: |who, how| match how {
            MergeStep::Into => format!("{who} merged this conversation into"),
            MergeStep::In => format!("{who} merged into this conversation:"),
            MergeStep::Apart => format!("{who} undid the merge with"),
        },
        undo_merge: "Undo…",
        merged_into: |mark| format!("merged into {mark}, write there"),
        note_moved: "A note stood here. It was moved to another conversation",
        in_trash: "This conversation is in the trash. Its guest sees an expired link. In the trash since",
        moved: |who, now| {
            format!("{who} was quicker. Now: {now}. Choose again if you still want to change it.")
        },
        moved_unknown: |now| {
            format!(
                "Somebody was quicker. Now: {now}. Choose again if you still want to change it."
            )
        },
        known_by: |known| match known {
            KnownBy::Browser => "address not verified",
            KnownBy::MailedLink => "through the mailed link",
            KnownBy::Account => "from an account",
        },
        delivery: |delivery| match delivery {
            Delivery::Queued => "Mail waiting to be sent",
            Delivery::Sent => "Mailed",
            Delivery::Deferred => "Mail delayed, will be tried again",
            Delivery::Failed => "Mail could not be delivered",
            Delivery::Unneeded => "No mail needed",
        },
    },
    side: SideWords {
        customer: "Customer",
        verified: "Address verified",
        not_verified: "Address not verified",
        guest: "Guest",
        account: "Account",
        reads: |language| match language {
            Language::En => "English",
            Language::De => "German",
        },
        language: "Language",
        kind: "Access",
        thread: "Conversation",
        opened: "Started",
        through: "Through",
        participants: "Participants",
        tags: "Tags",
        add_tag: "Add a tag",
        untag: |tag| format!("Remove the tag “{tag}”"),
        no_tag: "A tag is one word of letters, digits and hyphens, with at most 30 of them.",
        follow: "Follow",
        unfollow: "Stop following",
        follow_hint: "Mails about this conversation",
        role: |role| match role {
            ParticipantRole::Owner => "started it",
            ParticipantRole::Staff => "team",
            ParticipantRole::Guest => "guest",
            ParticipantRole::Participant => "participant",
        },
        links: "Guest’s links",
        no_links: "No link works at the moment. The next mail brings a fresh one.",
        origin: |origin| match origin {
            LinkOrigin::Browser => "Browser that wrote first",
            LinkOrigin::Mail => "Mailed link",
        },
        last_used: "last used",
        never_used: "never used",
        expires: "works until",
        revoke: "Revoke all links",
        revoke_sure: "The guest is signed out everywhere and needs a fresh link by mail.",
        revoke_yes: "Revoke them",
        cancel: "Cancel",
        close: "Close",
    },
    compose: ComposeWords {
        label: "Write",
        reply_to: |name| format!("Reply to {name}"),
        channel_mail: "on their page and by mail",
        channel_account: "in their account and by mail",
        note: "Internal note",
        note_scope: "Internal note — only the team sees this",
        reply_placeholder: "Write a reply",
        note_placeholder: "Write a note for the team",
        send_and_close: "Send & close",
        canned: "Canned reply",
        canned_keys: "/ on an empty line",
        mention: "Mention a colleague",
        kept: "Draft saved",
        send: "Send reply",
        add_note: "Add note",
        reopen: "Reopen the conversation with this reply",
        keys: "Ctrl+Enter sends",
        sending: "Sending…",
        failed: "Not sent.",
        retry: "Try again",
        edit: "Back to the editor",
        overtaken: |who, ms| match Span::of(ms) {
            Span::Seconds(n) => format!("{who} was active here {n} s ago."),
            _ => format!("{who} was active here {} ago.", (WORDS.span)(ms)),
        },
        later: "Send later…",
        sent: "It was sent already.",
        show: "Show",
        send_anyway: "Send anyway",
        as_note: "Turn into note",
        read_only: "You may read this conversation. To answer, you need a role that manages \
                    threads; an owner or admin can give it to you.",
    },
    trouble: Trouble {
        not_found_title: "Nothing here",
        not_found: "There is no such page or conversation, or not for you.",
        no_access_title: "No access to the inbox",
        no_access: "Your account may not read the inbox. Ask an owner or admin of this Pigeon for a \
                    role that may.",
        title: "That did not work",
        no_answer: "Pigeon did not answer. Check the connection and try again.",
        again: "Try again",
        to_login: "Log in again",
        to_inbox: "To the inbox",
        lacks,
    },
    span: |ms| match Span::of(ms) {
        Span::Seconds(_) => "now".to_owned(),
        Span::Minutes(n) => format!("{n} min"),
        Span::Hours(n) => format!("{n} h"),
        Span::Days(n) => format!("{n} d"),
    },
    status: status_word,
    source: |source| match source {
        Source::Form => "Contact form",
        Source::Widget => "Widget",
        Source::User => "Account",
    },
};

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Pending => "Needs a reply",
        Status::Open => "Waiting for them",
        Status::Closed => "Closed",
    }
}

fn lacks(permission: Permission) -> &'static str {
    match permission {
        Permission::AccessInbox => WORDS.trouble.no_access,
        Permission::ManageThreads => WORDS.compose.read_only,
        Permission::AssignThreads => {
            "You may take a conversation that nobody has and drop your own. To assign others you \
             need a role that assigns; an owner or admin can give it to you."
        }
        Permission::ManageSettings | Permission::ManagePeople | Permission::ReadDirect => {
            "Your role does not allow this. An owner can change that."
        }
    }
}
