//! What carries the line now, its timers and its listeners.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{IntervalHandle, TimeoutHandle, WindowListenerHandle};
use leptos::prelude::*;
use pigeon_wire::live::{SILENCE_MS, close};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::course::{Course, Loss, Way, trial_after};
use super::pace::{Next, after_close};
use super::plain::Plain;
use super::{Heard, MISSED_MS};
use crate::browser;

/// Milliseconds between two looks at whether the line has gone silent.
const LOOK_MS: u64 = 5000;
/// The close code for "done" (RFC 6455 section 7.4.1), the only standard one that a page may send.
const DONE: u16 = 1000;
/// The code of a connection that broke without a word (the same section).
pub const BROKEN: u16 = 1006;
/// Milliseconds after which a try that has brought nothing is given up.
const MUTE_MS: u64 = 5000;
/// Looks after which a page that nobody sees lets a line without a socket go: such lines take of the few
/// connections that a browser opens to one server, and other windows need them.
const UNSEEN_LOOKS: u32 = 12;

/// A line that comes back.
pub struct Wire {
    query: Box<dyn Fn() -> String>,
    hear: Box<dyn Fn(Heard)>,
    missed: RwSignal<bool>,
    course: Cell<Course>,
    is_open: Cell<bool>,
    /// Tries that failed since the line was last open.
    tries: Cell<u32>,
    /// Times that the socket was tried beside another way.
    trials: Cell<u32>,
    opened_at: Cell<f64>,
    heard_at: Cell<f64>,
    /// Looks in a row at which nobody saw the page.
    unseen: Cell<u32>,
    connection: RefCell<Option<Connection>>,
    plain: RefCell<Option<Rc<Plain>>>,
    /// What is done unless something else comes first: a try given up, the next one, a trial.
    next: Cell<Option<TimeoutHandle>>,
    alarm: Cell<Option<TimeoutHandle>>,
    look: Cell<Option<IntervalHandle>>,
    wakers: RefCell<Vec<WindowListenerHandle>>,
}

/// Under which the tab remembers what carried its line.
const WAY: &str = "way";

/// One socket with the closures that it calls.
struct Connection {
    socket: WebSocket,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Connection {
    /// Hangs up and hears nothing more.
    fn leave(&self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close_with_code(DONE);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The closures go with this value: a late event must not call them.
        self.leave();
    }
}

impl Wire {
    pub fn open(
        query: impl Fn() -> String + 'static,
        hear: impl Fn(Heard) + 'static,
        missed: RwSignal<bool>,
    ) -> Rc<Self> {
        let wire = Rc::new(Self {
            query: Box::new(query),
            hear: Box::new(hear),
            missed,
            course: Cell::new(Course::begin(Way::of(
                &browser::kept(WAY).unwrap_or_default(),
            ))),
            is_open: Cell::new(false),
            tries: Cell::new(0),
            trials: Cell::new(0),
            opened_at: Cell::new(0.0),
            heard_at: Cell::new(js_sys::Date::now()),
            unseen: Cell::new(0),
            connection: RefCell::new(None),
            plain: RefCell::new(None),
            next: Cell::new(None),
            alarm: Cell::new(None),
            look: Cell::new(None),
            wakers: RefCell::new(Vec::new()),
        });
        wire.listen_for_waking();
        wire.lose();
        wire.connect();
        wire
    }

    pub fn say(self: &Rc<Self>, text: &str) {
        // What cannot be said now is said anew when the line opens again.
        if !self.is_open.get() {
            return;
        }
        if let Some(plain) = &*self.plain.borrow() {
            plain.say(self, text);
        } else if let Some(connection) = &*self.connection.borrow()
            // It may be going already: hung up here, or by a server that was not heard yet.
            && connection.socket.ready_state() == WebSocket::OPEN
        {
            let _ = connection.socket.send_with_str(text);
        }
    }

    pub fn renew(self: &Rc<Self>) {
        self.leave();
        self.lose();
        // Not at once: a server that always leaves a gap must not be asked in a tight loop.
        self.return_after_close(close::BEHIND);
    }

    pub fn end(self: &Rc<Self>) {
        for timer in [self.next.take(), self.alarm.take()].into_iter().flatten() {
            timer.clear();
        }
        if let Some(look) = self.look.take() {
            look.clear();
        }
        for waker in self.wakers.take() {
            waker.remove();
        }
        self.leave();
        // Later: the closure that led here may belong to the connection.
        let wire = Rc::clone(self);
        set_timeout(move || drop(wire.connection.take()), Duration::ZERO);
    }

    /// Hears nothing more from what carries the line, nor from a socket that is tried. A socket goes when
    /// its successor comes.
    fn leave(&self) {
        if let Some(connection) = &*self.connection.borrow() {
            connection.leave();
        }
        self.leave_plain();
    }

    fn leave_plain(&self) {
        if let Some(plain) = self.plain.take() {
            plain.leave();
        }
    }

    fn connect(self: &Rc<Self>) {
        self.leave();
        self.heard_at.set(js_sys::Date::now());
        let way = self.course.get().way;
        let is_asked = if way == Way::Socket {
            self.connect_socket()
        } else {
            let plain = Plain::open(self, way == Way::Polls, (self.query)());
            let is_asked = plain.is_some();
            self.plain.replace(plain);
            is_asked
        };
        if is_asked {
            self.later(MUTE_MS, |wire| wire.lost(BROKEN, Loss::Mute));
        } else {
            self.come_back(BROKEN);
        }
    }

    /// Whether a socket is asked for.
    fn connect_socket(self: &Rc<Self>) -> bool {
        let path = ["/api/v1/live", &(self.query)()].concat();
        let Some(socket) =
            browser::socket_url(&path).and_then(|address| WebSocket::new(&address).ok())
        else {
            return false;
        };
        let heard = {
            let wire = Rc::clone(self);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    wire.hear_socket(text);
                }
            })
        };
        let closed = {
            let wire = Rc::clone(self);
            Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| {
                // One that was tried beside another way is tried again in its time.
                if wire.course.get().way == Way::Socket {
                    wire.come_back(event.code());
                }
            })
        };
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        let connection = Connection {
            socket,
            _heard: heard,
            _closed: closed,
        };
        drop(self.connection.replace(Some(connection)));
        true
    }

    /// Tries the socket while something else carries the line.
    fn try_socket(self: &Rc<Self>) {
        self.trials.set(self.trials.get().saturating_add(1));
        self.connect_socket();
        self.plan_trial();
    }

    fn plan_trial(self: &Rc<Self>) {
        self.later(trial_after(self.trials.get()), Self::try_socket);
    }

    fn hear_socket(self: &Rc<Self>, text: String) {
        if self.course.get().way != Way::Socket {
            // It works again: from here on it carries the line.
            self.leave_plain();
            self.course.set(Course::default());
            self.trials.set(0);
            self.is_open.set(false);
        }
        self.hear_text(text);
    }

    /// Hears a frame. The first one opens the line: whatever was let in before may be held back by
    /// somebody on the way.
    pub fn hear_text(self: &Rc<Self>, text: String) {
        self.heard_at.set(js_sys::Date::now());
        if !self.is_open.get() {
            self.opened();
        }
        (self.hear)(Heard::Text(text));
    }

    fn opened(self: &Rc<Self>) {
        self.is_open.set(true);
        self.tries.set(0);
        self.opened_at.set(js_sys::Date::now());
        if let Some(alarm) = self.alarm.take() {
            alarm.clear();
        }
        self.missed.set(false);
        let way = self.course.get().way;
        browser::keep(WAY, way.word());
        if way != Way::Socket {
            self.plan_trial();
        } else if let Some(next) = self.next.take() {
            next.clear();
        }
        (self.hear)(Heard::Opened);
    }

    /// The line, or a try, has come to an end with this code.
    pub fn come_back(self: &Rc<Self>, code: u16) {
        let loss = if !self.is_open.get() {
            Loss::Refused
        } else if code == BROKEN {
            Loss::Broken(self.heard_at.get() - self.opened_at.get())
        } else {
            Loss::Told
        };
        self.lost(code, loss);
    }

    fn lost(self: &Rc<Self>, code: u16, loss: Loss) {
        let was_open = self.is_open.get();
        self.leave();
        self.lose();
        self.course.set(self.course.get().after(loss));
        if self.return_after_close(code) && !was_open {
            (self.hear)(Heard::Refused);
        }
    }

    /// Whether the line comes back at all.
    fn return_after_close(self: &Rc<Self>, code: u16) -> bool {
        match after_close(code, self.tries.get(), js_sys::Math::random()) {
            Next::End => {
                self.end();
                (self.hear)(Heard::Ended);
                false
            }
            Next::ReturnAfter(wait_ms) => {
                self.tries.set(self.tries.get().saturating_add(1));
                self.connect_after(wait_ms);
                true
            }
        }
    }

    fn connect_after(self: &Rc<Self>, wait_ms: u64) {
        self.later(wait_ms, Self::connect);
    }

    fn later(self: &Rc<Self>, wait_ms: u64, act: fn(&Rc<Self>)) {
        let wire = Rc::clone(self);
        let act = move || act(&wire);
        let next = set_timeout_with_handle(act, Duration::from_millis(wait_ms)).ok();
        if let Some(earlier) = self.next.replace(next) {
            earlier.clear();
        }
    }

    /// The line is away: if it stays away, through however many tries, the reader should know.
    fn lose(&self) {
        self.is_open.set(false);
        let missed = self.missed;
        let alarm = self.alarm.take().or_else(|| {
            // The page may be gone by then.
            let miss = move || {
                let _ = missed.try_set(true);
            };
            set_timeout_with_handle(miss, Duration::from_millis(MISSED_MS)).ok()
        });
        self.alarm.set(alarm);
    }

    /// Looks after the line while the page lives: from time to time, when the machine is back on
    /// the network, and when somebody looks at the page again.
    fn listen_for_waking(self: &Rc<Self>) {
        let wire = Rc::clone(self);
        let look = move || wire.look_after();
        self.look
            .set(set_interval_with_handle(look, Duration::from_millis(LOOK_MS)).ok());
        let mut wakers = self.wakers.borrow_mut();
        for event in ["online", "visibilitychange"] {
            let wire = Rc::clone(self);
            wakers.push(window_event_listener_untyped(event, move |_| wire.wake()));
        }
    }

    fn look_after(self: &Rc<Self>) {
        if !self.is_open.get() {
            return;
        }
        let silence_ms = js_sys::Date::now() - self.heard_at.get();
        if silence_ms > f64::from(SILENCE_MS) {
            return self.come_back(BROKEN);
        }
        let unseen = if browser::is_visible() {
            0
        } else {
            self.unseen.get() + 1
        };
        self.unseen.set(unseen);
        if unseen >= UNSEEN_LOOKS && self.course.get().way != Way::Socket {
            self.leave();
            self.is_open.set(false);
            self.tries.set(1);
            if let Some(next) = self.next.take() {
                next.clear();
            }
        }
    }

    fn wake(self: &Rc<Self>) {
        if !browser::is_visible() {
            return;
        }
        self.look_after();
        if self.is_open.get() {
            if self.course.get().way != Way::Socket {
                // This may be another network.
                self.trials.set(0);
                self.plan_trial();
            }
        } else if self.tries.get() > 0 {
            self.tries.set(0);
            self.connect_after(0);
        }
    }
}
