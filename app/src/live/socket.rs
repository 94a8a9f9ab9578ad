//! The one live line of a page, which comes back: a socket, or plain requests where none can be had. It
//! knows nothing of what it carries.

mod course;
mod pace;
mod plain;
mod wire;

use std::rc::Rc;

use leptos::prelude::*;
use pigeon_wire::live::LiveCall;
use send_wrapper::SendWrapper;

use wire::Wire;

/// Milliseconds without a connection after which the page says so.
const MISSED_MS: u64 = 1500;

/// What a line brings to its page.
pub enum Heard {
    /// The line is there, for the first time or again: ask for what was missed.
    Opened,
    /// A frame.
    Text(String),
    /// The server did not let the line in, or could not be reached; the line tries again. A page
    /// can ask at another door which of the two it was.
    Refused,
    /// The right behind the line has ended; it does not come back.
    Ended,
}

/// A page's live line. Made with the page, on the server too; opened in the browser alone.
#[derive(Clone, Copy)]
pub struct Line {
    missed: RwSignal<bool>,
    wire: StoredValue<Option<SendWrapper<Rc<Wire>>>>,
}

impl Line {
    /// A line that is not open yet.
    pub fn new() -> Self {
        Self {
            missed: RwSignal::new(false),
            wire: StoredValue::new(None),
        }
    }

    /// Opens the line and keeps it open until the page ends. `query` is asked before each try, so
    /// that it can name the last number held.
    pub fn open(self, query: impl Fn() -> String + 'static, hear: impl Fn(Heard) + 'static) {
        let wire = Wire::open(query, hear, self.missed);
        self.wire.set_value(Some(SendWrapper::new(wire)));
    }

    /// Whether the connection has been missing for so long that the reader should know.
    pub fn is_missed(self) -> bool {
        self.missed.get()
    }

    /// Says something, if the line is open; when it opens, the page says anew what it wants.
    pub fn say(self, call: &LiveCall) {
        if let Ok(text) = serde_json::to_string(call) {
            self.say_text(&text);
        }
    }

    /// Says something that is worded already.
    pub fn say_text(self, text: &str) {
        self.with(|wire| wire.say(text));
    }

    /// Hangs up and comes back at once, to ask for what was missed.
    pub fn renew(self) {
        self.with(Wire::renew);
    }

    /// Hangs up for good.
    pub fn hang_up(self) {
        self.with(Wire::end);
    }

    fn with(self, act: impl FnOnce(&Rc<Wire>)) {
        self.wire
            .with_value(|wire| wire.as_ref().map(|wire| act(wire)));
    }
}

impl Default for Line {
    fn default() -> Self {
        Self::new()
    }
}
