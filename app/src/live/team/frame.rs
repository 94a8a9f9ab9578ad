//! Reading a frame: its tag first, then what it holds. What is derived for the frames keeps all members
//! until it knows the tag, and so brings a second reader of every type in them into the program.

use pigeon_wire::ThreadId;
use pigeon_wire::live::StaffFrame;
use pigeon_wire::presence::{Receipt, ThreadPresence};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Tagged {
    t: Tag,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tag {
    Hello,
    Change,
    Row,
    Badge,
    Counts,
    Unread,
    Gone,
    Read,
    Rights,
    Settings,
    Presence,
    Presences,
    Receipts,
    Draft,
    /// A beat, or what a newer server says.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Hello {
    version: u32,
    beat_ms: u32,
    build: String,
}

#[derive(Deserialize)]
struct Badge {
    count: i64,
}

#[derive(Deserialize)]
struct Gone {
    thread: ThreadId,
}

#[derive(Deserialize)]
struct Read {
    thread: ThreadId,
    upto: i64,
}

#[derive(Deserialize)]
struct Presences {
    threads: Vec<ThreadPresence>,
}

#[derive(Deserialize)]
struct Receipts {
    thread: ThreadId,
    receipts: Vec<Receipt>,
}

/// The frame, if it is one that asks for something to be done.
pub fn read(text: &str) -> Option<StaffFrame> {
    Some(match parsed::<Tagged>(text)?.t {
        Tag::Hello => {
            let Hello {
                version,
                beat_ms,
                build,
            } = parsed(text)?;
            StaffFrame::Hello {
                version,
                beat_ms,
                build,
            }
        }
        Tag::Change => StaffFrame::Change(parsed(text)?),
        Tag::Row => StaffFrame::Row(parsed(text)?),
        Tag::Badge => {
            let Badge { count } = parsed(text)?;
            StaffFrame::Badge { count }
        }
        Tag::Counts => StaffFrame::Counts(parsed(text)?),
        Tag::Unread => StaffFrame::Unread(parsed(text)?),
        Tag::Gone => {
            let Gone { thread } = parsed(text)?;
            StaffFrame::Gone { thread }
        }
        Tag::Read => {
            let Read { thread, upto } = parsed(text)?;
            StaffFrame::Read { thread, upto }
        }
        Tag::Rights => StaffFrame::Rights,
        Tag::Settings => StaffFrame::Settings,
        Tag::Presence => StaffFrame::Presence(parsed(text)?),
        Tag::Presences => {
            let Presences { threads } = parsed(text)?;
            StaffFrame::Presences { threads }
        }
        Tag::Receipts => {
            let Receipts { thread, receipts } = parsed(text)?;
            StaffFrame::Receipts { thread, receipts }
        }
        Tag::Draft => StaffFrame::Draft(parsed(text)?),
        Tag::Other => return None,
    })
}

/// As bytes, as the answers of server functions are read: the program then holds one JSON reader.
fn parsed<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::{GUIDO, change, message, row, thread};
    use pigeon_wire::draft::{DraftKept, DraftKind};
    use pigeon_wire::inbox::ViewCounts;

    #[test]
    fn every_frame_reads_back() {
        let presence = ThreadPresence {
            thread: thread(1),
            people: Vec::new(),
            customer_types: true,
        };
        let frames = [
            StaffFrame::Hello {
                version: 1,
                beat_ms: 20_000,
                build: "0f".into(),
            },
            StaffFrame::Change(change(1, 2, vec![message(2, GUIDO)])),
            StaffFrame::Row(row(1, 1)),
            StaffFrame::Badge { count: 3 },
            StaffFrame::Counts(ViewCounts::default()),
            StaffFrame::Unread(ViewCounts::default()),
            StaffFrame::Gone { thread: thread(1) },
            StaffFrame::Read {
                thread: thread(1),
                upto: 4,
            },
            StaffFrame::Rights,
            StaffFrame::Settings,
            StaffFrame::Draft(DraftKept {
                thread: thread(1),
                kind: DraftKind::Note,
                text: "Between".into(),
                began: 2,
                tab: 9,
            }),
            StaffFrame::Presence(presence.clone()),
            StaffFrame::Presences {
                threads: vec![presence],
            },
            StaffFrame::Receipts {
                thread: thread(1),
                receipts: Vec::new(),
            },
        ];
        for frame in frames {
            let text = serde_json::to_string(&frame).unwrap();
            assert_eq!(read(&text), Some(frame), "{text}");
        }
        let beat = serde_json::to_string(&StaffFrame::Beat).unwrap();
        for none in [beat.as_str(), r#"{"t":"moon"}"#, "{}", "nonsense"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
