//! What the team's pages draw beside the icons that all pages share.

use pigeon_wire::thread::Source;

use crate::part::icon::{Drawing, MAIL};

/// The inbox.
pub const INBOX: Drawing = Drawing("M2 9 4 3h8l2 6v4H2Zm0 0h3.2l1 1.8h3.6l1-1.8H14");
/// The reader's own threads.
pub const OWN: Drawing = Drawing("M2.5 3h8v5.5H6L3.8 10.5V8.5H2.5Zm10 3h1v6h-1.3v2L10 12H6.5v-1.2");
/// The dashboard.
pub const DASHBOARD: Drawing = Drawing("M3 13V7.5M6.3 13V3M9.7 13V9M13 13V5.5");
/// Figures of the last days.
pub const FIGURES: Drawing = Drawing("M2.5 13.5h11M3 10.5 6 6.5l3 2.5L13 3");
/// Looking for something.
pub const SEARCH: Drawing = Drawing("M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.2 3.2");
/// What administrators look after.
pub const ADMIN: Drawing = Drawing(
    "M2.5 4.5H7m4 0h2.5M2.5 11.5H5m4 0h4.5M9 2.7a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6ZM7 9.7a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6",
);
/// An account.
pub const PERSON: Drawing =
    Drawing("M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM3 13.5c.4-2.6 2.2-4 5-4s4.6 1.4 5 4");
/// The embedded widget.
pub const WIDGET: Drawing = Drawing("M2.5 3h11v8H8l-3 2.5V11H2.5Z");
/// Only for the team.
pub const LOCK: Drawing = Drawing("M4 7.5h8v6H4ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5");
/// Back to the list.
pub const BACK: Drawing = Drawing("M9.5 3.5 5 8l4.5 4.5");
/// Our answer.
pub const OURS: Drawing = Drawing("M6.5 4 3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4v1");
/// Somebody types.
pub const PENCIL: Drawing = Drawing("m3 13 .8-3.2 7-7 2.4 2.4-7 7Z");
/// About something.
pub const ABOUT: Drawing = Drawing("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 5.2v3.7m0-6v.1");
/// Close what was opened.
pub const CLOSE: Drawing = Drawing("M4 4l8 8m0-8-8 8");
/// Thrown away.
pub const TRASH: Drawing =
    Drawing("M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M6.8 7v3.5M9.2 7v3.5");
/// A file hangs on it.
pub const CLIP: Drawing = Drawing(
    "m13 7.5-5.2 5.2a2.9 2.9 0 0 1-4.1-4.1L9 3.3A1.9 1.9 0 0 1 11.7 6l-5.3 5.3a.9.9 0 0 1-1.3-1.3L10 5.2",
);
/// Less of it.
pub const FILTER: Drawing = Drawing("M2.5 4h11M4.5 8h7M6.5 12h3");
/// Down to what is newest.
pub const DOWN: Drawing = Drawing("m4 6.5 4 4 4-4");

/// The drawing of where a thread came from.
pub const fn source_drawing(source: Source) -> Drawing {
    match source {
        Source::Form => MAIL,
        Source::Widget => WIDGET,
        Source::User => PERSON,
    }
}
