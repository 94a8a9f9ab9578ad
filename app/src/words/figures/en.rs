//! Figures in English.

use pigeon_wire::figures::Period;

use super::{FiguresWords, Units};

pub(super) static WORDS: FiguresWords = FiguresWords {
    lead: |zone| {
        format!(
            "What came in, what was done, and how long customers waited. Each thing counts on the day \
             on which it happened, by the clocks of {zone}; the last day is today, so far."
        )
    },
    periods: "Period",
    period: |period| match period {
        Period::Week => "7 days",
        Period::Month => "30 days",
        Period::Quarter => "90 days",
    },
    opened: "New",
    reopened: "Reopened",
    closed: "Closed",
    backlog: "Backlog",
    backlog_now: "Backlog now",
    replies: "Replies",
    first_response: "First response",
    first_responses: "First responses",
    resolution: "Resolution",
    median: "median",
    p90: "90\u{a0}%",
    spread: |median, p90, count| format!("median {median}, 90\u{a0}% within {p90}, of {count}"),
    none: "none",
    most: |most, day| format!("at most {most}, on {day}"),
    empty: "nothing in this time",
    by_day: "By day",
    day: "Day",
    by_person: "By person",
    own_alone: "Only your own line: everybody’s is for those who may assign conversations.",
    person: "Person",
    nobody: "Nobody has written or closed anything in this time.",
    sampled: "There were so many conversations that medians and 90\u{a0}% are those of the newest 200,000.",
    csv_days: "Days as CSV",
    csv_people: "People as CSV",
    meaning: "What the figures mean",
    defined: &[
        (
            "Conversations",
            "Those with the team. Direct conversations, the trash and the quarantine are counted nowhere; \
             what is restored counts again as if it had never been away.",
        ),
        ("New", "Conversations that customers began."),
        (
            "Closed, Reopened",
            "Each time that one was closed or opened again: one that was closed twice counts twice. New and \
             Reopened less Closed is what the backlog grew by.",
        ),
        (
            "Backlog",
            "Conversations that are not closed, at the end of the day: the team’s turn or the customer’s.",
        ),
        (
            "Replies",
            "What the team wrote to customers. Notes are none, and neither is what somebody of the team \
             writes as a customer.",
        ),
        (
            "First response",
            "The time from a conversation’s beginning to the team’s first reply in it.",
        ),
        (
            "Resolution",
            "The time from a conversation’s beginning to its last closing. One that is open again has none.",
        ),
        (
            "Median, 90\u{a0}%",
            "Half of the times were no longer than the median, nine of ten no longer than 90\u{a0}%. Both are \
             exact, and by the clock: nights and weekends count.",
        ),
    ],
    units: Units {
        day: "d",
        hour: "h",
        minute: "min",
        second: "s",
    },
};
