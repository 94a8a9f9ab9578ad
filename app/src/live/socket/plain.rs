//! A line by plain requests: what comes is read from answers, what is said goes in requests of its own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

use super::wire::{BROKEN, Wire};

/// What a line brings when it has nothing to say; said back, it shows that somebody is here.
const BEAT: &str = r#"{"t":"beat"}"#;

/// One line. It stays with the wire until it is left.
pub struct Plain {
    abort: AbortController,
    is_left: Cell<bool>,
    /// By which the server knows the line, and what of it has come.
    mark: RefCell<String>,
    /// What is to be said, each on a line.
    calls: RefCell<String>,
    is_saying: Cell<bool>,
}

impl Plain {
    /// Asks for a line; `None` in a browser that cannot give up a request.
    pub fn open(wire: &Rc<Wire>, polls: bool, query: String) -> Option<Rc<Self>> {
        let plain = Rc::new(Self {
            abort: AbortController::new().ok()?,
            is_left: Cell::new(false),
            mark: RefCell::default(),
            calls: RefCell::default(),
            is_saying: Cell::new(false),
        });
        let (line, wire) = (Rc::clone(&plain), Rc::clone(wire));
        spawn_local(async move {
            let code = line.listen(&wire, polls, query).await;
            line.lost(&wire, code);
        });
        Some(plain)
    }

    /// Gives the line up, and hears nothing more.
    pub fn leave(&self) {
        self.is_left.set(true);
        self.abort.abort();
    }

    /// Says something, after all that was said before.
    pub fn say(self: &Rc<Self>, wire: &Rc<Wire>, call: &str) {
        let mut calls = self.calls.borrow_mut();
        calls.push_str(call);
        calls.push('\n');
        if self.is_saying.replace(true) {
            return;
        }
        let (line, wire) = (Rc::clone(self), Rc::clone(wire));
        spawn_local(async move {
            loop {
                let calls = line.calls.take();
                if calls.is_empty() {
                    break;
                }
                let query = line.query();
                if line.ask("call", &query, Some(&calls)).await.is_none() {
                    // What could not be said is said anew when the line opens again.
                    line.lost(&wire, BROKEN);
                }
            }
            line.is_saying.set(false);
        });
    }

    fn lost(&self, wire: &Rc<Wire>, code: u16) {
        if !self.is_left.get() {
            wire.come_back(code);
        }
    }

    fn query(&self) -> String {
        ["?line=", &self.mark.borrow()].concat()
    }

    /// Hears what comes, to the end; answers with its code.
    async fn listen(self: &Rc<Self>, wire: &Rc<Wire>, polls: bool, mut query: String) -> u16 {
        let door = if polls { "poll" } else { "events" };
        while let Some(body) = self.ask(door, &query, None).await.and_then(|it| it.body()) {
            let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
            let mut is_ours = false;
            let mut held = Vec::new();
            let mut id = String::new();
            while let Some(piece) = next(&reader).await {
                held.extend(piece);
                while let Some(end) = held.iter().position(|byte| *byte == b'\n') {
                    let rest = held.split_off(end + 1);
                    held.pop();
                    let line = String::from_utf8(std::mem::replace(&mut held, rest));
                    let line = line.unwrap_or_default();
                    if self.is_left.get() {
                        return BROKEN;
                    }
                    is_ours |= line.starts_with(':');
                    if let Some(mark) = line.strip_prefix("id: ") {
                        mark.clone_into(&mut id);
                    } else if let Some(data) = line.strip_prefix("data: ") {
                        is_ours = true;
                        if !data.starts_with('{') {
                            return code(data);
                        }
                        // Only now has the frame come that it counts.
                        self.mark.replace(std::mem::take(&mut id));
                        wire.hear_text(data.to_owned());
                        if data == BEAT {
                            self.say(wire, BEAT);
                        }
                    }
                }
            }
            // An answer that says nothing comes from somebody else, who must not be asked without end.
            if !polls || !is_ours {
                break;
            }
            query = self.query();
        }
        BROKEN
    }

    /// Asks one of the line's doors; `None` when it does not do what it is asked for.
    async fn ask(&self, door: &str, query: &str, calls: Option<&str>) -> Option<Response> {
        let request = RequestInit::new();
        request.set_signal(Some(&self.abort.signal()));
        if let Some(calls) = calls {
            request.set_method("POST");
            request.set_body(&calls.into());
        }
        let url = ["/api/v1/live/", door, query].concat();
        let answer = window().fetch_with_str_and_init(&url, &request);
        let answer: Response = JsFuture::from(answer).await.ok()?.unchecked_into();
        answer.ok().then_some(answer)
    }
}

/// The next bytes of an answer.
async fn next(reader: &ReadableStreamDefaultReader) -> Option<Vec<u8>> {
    let piece = JsFuture::from(reader.read()).await.ok()?;
    let bytes = Reflect::get(&piece, &"value".into()).ok()?;
    (!bytes.is_undefined()).then(|| bytes.unchecked_into::<Uint8Array>().to_vec())
}

/// A close code in digits. The number that any other text makes is no code that means something.
fn code(digits: &str) -> u16 {
    digits.bytes().fold(0, |code: u16, digit| {
        code.wrapping_mul(10).wrapping_add(u16::from(digit & 15))
    })
}
