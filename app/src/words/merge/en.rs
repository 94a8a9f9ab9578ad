//! The words about merging in English.

use pigeon_wire::merge::MergeRefusal;

use super::MergeWords;

pub(super) static WORDS: MergeWords = MergeWords {
    back: "Back to the conversation",
    this: "This conversation",
    lead: "Choose the conversation in which it goes on. You see everything once more before anything \
           happens.",
    none: "This customer has no other conversation that it could go on in.",
    choices: "Other conversations of this customer",
    no_subject: "No subject",
    not_verified: "address not verified",
    messages: |n| match n {
        1 => "1 message".to_owned(),
        n => format!("{n} messages"),
    },
    choose: "Merge into this one…",
    sure: |mark| format!("Merge into {mark}?"),
    moves: "All messages and files of this conversation move to the end of the other one, with the \
            times at which they were written. This one is closed, and nothing can be written in it.",
    notes: "Notes move as well. As before, only the team sees them.",
    guest_sees: "The customer reads both as one conversation. Private links to this one lead to the \
                 other one from now on. Whoever reads the other one in the browser that began it, \
                 without a mailed link, is asked to open a fresh link.",
    user_sees: "The customer reads both as one conversation. This one leaves their list.",
    no_mail: "Nobody is mailed about it. Mails that wait are sent as they would have been.",
    undo_lead: |days| {
        format!(
            "It can be undone for {days} days. What is written meanwhile stays where it was written."
        )
    },
    merge: "Merge",
    other: "Choose another one",
    merged: |by| format!("Merged by {by},"),
    into: "It goes on here",
    undo_says: "Undoing brings its messages, notes and files back, and its links lead here again. What \
                was written in the other conversation since stays there.",
    undo: "Undo the merge",
    refusal: |why| match why {
        MergeRefusal::Same => "A conversation cannot be merged into itself.",
        MergeRefusal::OtherCustomer => "The two are not of the same customer.",
        MergeRefusal::Unverified => {
            "The address of one of the two is not verified: anybody could have typed it, and would read \
             what is said in the other. It is verified once the customer has answered through a mailed \
             link."
        }
        MergeRefusal::Merged => "This conversation is merged into another one already.",
        MergeRefusal::TargetMerged => {
            "The other conversation is merged into another one itself. Undo that first, or merge into \
             the one in which it goes on."
        }
        MergeRefusal::Trashed => "One of the two is in the trash. Restore it first.",
        MergeRefusal::Caught => {
            "A message of this conversation waits in the quarantine. Accept or delete it first."
        }
        MergeRefusal::TooLong => {
            "This conversation has more than 1000 messages and notes. Merge the other one into it \
             instead."
        }
        MergeRefusal::NotMerged => "There is no merge to undo.",
        MergeRefusal::TooLate => "It was merged more than 30 days ago, and stays so.",
    },
};
