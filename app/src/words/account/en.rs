//! The words about making, finding and moving an account in English.

use pigeon_wire::proof::ProofKind;

use super::{AskWords, ProofWords};

pub(super) static WORDS: ProofWords = ProofWords {
    register: AskWords {
        title: "Make an account",
        heading: |site| format!("An account at {site}"),
        lead: "Type your address. We mail you a link to it; behind the link you choose your name \
               and a password.",
    },
    reset: AskWords {
        title: "New password",
        heading: |site| format!("A new password for {site}"),
        lead: "Type the address of your account. We mail you a link, and behind it you choose a \
               new password.",
    },
    email: "E-mail address",
    send: "Send me the link",
    sent: "Please look into your mailbox",
    sent_lead: "If this address can have a link, a mail is on its way. It may take some minutes; \
                look into the folder for spam, too. If you ask again within a quarter of an hour, \
                no second mail is sent.",
    off: "Accounts are made by invitation",
    off_lead: "Please ask the team to invite you. If you have an account already, log in.",
    log_in: "Log in",
    title: |kind| match kind {
        ProofKind::Register => "Make your account",
        ProofKind::Reset => "Choose a new password",
        ProofKind::NewAddress => "Confirm your new address",
        ProofKind::OldAddress => "Take your account back",
    },
    lead: |kind, email| match kind {
        ProofKind::Register => {
            format!("Your account for {email}: choose your name and a password.")
        }
        ProofKind::Reset => format!(
            "The new password for the account of {email}. Every browser that is logged in to it is \
             logged out."
        ),
        ProofKind::NewAddress => format!(
            "From now on your account has the address {email}: you log in with it, and mails go \
             there. The address before is told, and can take this back for a week."
        ),
        ProofKind::OldAddress => format!(
            "Your account gets the address {email} back, and a new password. Every browser that is \
             logged in to it is logged out."
        ),
    },
    act: |kind| match kind {
        ProofKind::Register => "Make the account",
        ProofKind::Reset => "Set the password",
        ProofKind::NewAddress => "Move my account",
        ProofKind::OldAddress => "Take my account back",
    },
    sign_in_first: "Please log in to your account first, then come back here.",
    other_account: "You are logged in with another account in this browser. Log out, log in to the \
                    account that shall move, and open the link once more.",
    signs_out: "You are logged in with another account in this browser. Going on signs that one out.",
    closed: "This link does not work",
    closed_lead: "It has been used, it has expired, or something newer has replaced it.",
    again: "Ask for a new password",
};
