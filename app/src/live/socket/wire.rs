//! The socket itself, its timers and its listeners.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{IntervalHandle, TimeoutHandle, WindowListenerHandle};
use leptos::prelude::*;
use pigeon_wire::live::{SILENCE_MS, close};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::pace::{Next, after_close};
use super::{Heard, MISSED_MS};
use crate::browser;

/// Milliseconds between two looks at whether the line has gone silent.
const LOOK_MS: u64 = 5000;
/// The close code for "done" (RFC 6455 section 7.4.1), the only standard one that a page may send.
const DONE: u16 = 1000;

/// A socket that comes back.
pub struct Wire {
    path: Box<dyn Fn() -> String>,
    hear: Box<dyn Fn(Heard)>,
    missed: RwSignal<bool>,
    is_open: Cell<bool>,
    /// Tries that failed since the line was last open.
    tries: Cell<u32>,
    heard_at: Cell<f64>,
    connection: RefCell<Option<Connection>>,
    retry: Cell<Option<TimeoutHandle>>,
    alarm: Cell<Option<TimeoutHandle>>,
    look: Cell<Option<IntervalHandle>>,
    wakers: RefCell<Vec<WindowListenerHandle>>,
}

/// One socket with the closures that it calls.
struct Connection {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Connection {
    /// Hangs up and hears nothing more.
    fn leave(&self) {
        self.socket.set_onopen(None);
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
        path: impl Fn() -> String + 'static,
        hear: impl Fn(Heard) + 'static,
        missed: RwSignal<bool>,
    ) -> Rc<Self> {
        let wire = Rc::new(Self {
            path: Box::new(path),
            hear: Box::new(hear),
            missed,
            is_open: Cell::new(false),
            tries: Cell::new(0),
            heard_at: Cell::new(js_sys::Date::now()),
            connection: RefCell::new(None),
            retry: Cell::new(None),
            alarm: Cell::new(None),
            look: Cell::new(None),
            wakers: RefCell::new(Vec::new()),
        });
        wire.listen_for_waking();
        wire.lose();
        wire.connect();
        wire
    }

    pub fn say(&self, text: &str) {
        if self.is_open.get()
            && let Some(connection) = &*self.connection.borrow()
            // It may be going already: hung up here, or by a server that was not heard yet.
            && connection.socket.ready_state() == WebSocket::OPEN
        {
            // What cannot be said now is said anew when the line opens again.
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
        for timer in [self.retry.take(), self.alarm.take()].into_iter().flatten() {
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

    /// Hears nothing more from the socket of now, which goes when its successor comes.
    fn leave(&self) {
        if let Some(connection) = &*self.connection.borrow() {
            connection.leave();
        }
    }

    fn connect(self: &Rc<Self>) {
        let Some(socket) =
            browser::socket_url(&(self.path)()).and_then(|address| WebSocket::new(&address).ok())
        else {
            return self.come_back(close::BEHIND);
        };
        let opened = {
            let wire = Rc::clone(self);
            Closure::<dyn FnMut()>::new(move || wire.opened())
        };
        let heard = {
            let wire = Rc::clone(self);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                wire.heard_at.set(js_sys::Date::now());
                if let Some(text) = event.data().as_string() {
                    (wire.hear)(Heard::Text(text));
                }
            })
        };
        let closed = {
            let wire = Rc::clone(self);
            Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| {
                wire.come_back(event.code());
            })
        };
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        self.heard_at.set(js_sys::Date::now());
        let connection = Connection {
            socket,
            _opened: opened,
            _heard: heard,
            _closed: closed,
        };
        drop(self.connection.replace(Some(connection)));
    }

    fn opened(&self) {
        self.is_open.set(true);
        self.tries.set(0);
        self.heard_at.set(js_sys::Date::now());
        if let Some(alarm) = self.alarm.take() {
            alarm.clear();
        }
        self.missed.set(false);
        (self.hear)(Heard::Opened);
    }

    fn come_back(self: &Rc<Self>, code: u16) {
        let was_open = self.is_open.get();
        self.lose();
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
        let wire = Rc::clone(self);
        let connect = move || wire.connect();
        let retry = set_timeout_with_handle(connect, Duration::from_millis(wait_ms)).ok();
        if let Some(earlier) = self.retry.replace(retry) {
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
        let silence_ms = js_sys::Date::now() - self.heard_at.get();
        if self.is_open.get() && silence_ms > f64::from(SILENCE_MS) {
            self.renew();
        }
    }

    fn wake(self: &Rc<Self>) {
        if !browser::is_visible() {
            return;
        }
        self.look_after();
        if !self.is_open.get() && self.tries.get() > 0 {
            self.tries.set(0);
            self.connect_after(0);
        }
    }
}
