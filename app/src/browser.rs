//! What only a browser can do. Called from effects and event handlers alone, which never run on
//! the server.

use std::cell::RefCell;

use js_sys::Intl::DateTimeFormat;
use js_sys::{Array, Date, Function, Object, Reflect};
use leptos::prelude::{document, request_animation_frame, set_timeout, window};
use pigeon_wire::Millis;
use pigeon_wire::id::DAY_MS;
use pigeon_wire::person::Language;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FormData, HtmlFormElement, VisibilityState};

/// Bytes of an idempotency key: 128 bits.
const KEY_BYTES: usize = 16;

/// The text of the element with this id: the data that the server put into the page.
pub fn page_data(id: &str) -> Option<String> {
    document().get_element_by_id(id)?.text_content()
}

/// JSON from the page or the line as a value. Read as bytes, as the answers of server functions
/// are: the program then holds one JSON reader and not two.
pub fn parsed<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(text.as_bytes()).ok()
}

/// Whether somebody can see the page now. Only then is anything marked as read.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Loads the page anew.
pub fn reload() {
    // Without a location there is nothing to reload.
    let _ = window().location().reload();
}

/// Runs `act` within the next two seconds: what every open page is told at once, not every page
/// does at once.
pub fn soon(act: impl FnOnce() + 'static) {
    /// Milliseconds over which pages are spread.
    const SPREAD_MS: f64 = 2_000.0;
    let wait = std::time::Duration::from_secs_f64(js_sys::Math::random() * SPREAD_MS / 1_000.0);
    set_timeout(act, wait);
}

/// The address of a socket on this page's own host.
pub fn socket_url(path: &str) -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" {
        "wss://"
    } else {
        "ws://"
    };
    Some([scheme, &location.host().ok()?, path].concat())
}

/// A fresh idempotency key from the browser's source of randomness.
pub fn fresh_key() -> Option<String> {
    let mut bytes = [0_u8; KEY_BYTES];
    window()
        .crypto()
        .ok()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()?;
    Some(hex(&bytes))
}

/// A number that this page alone has, most likely; never 0.
pub fn fresh_number() -> u32 {
    let digits = fresh_key().unwrap_or_default();
    let number = digits.get(..8).map(|some| u32::from_str_radix(some, 16));
    number.and_then(Result::ok).unwrap_or_default().max(1)
}

/// Keeps a word of the reader's taste on this device for a year.
pub fn keep_taste(name: &str, word: &str) {
    /// Seconds of a year, as the server's own cookies of taste are kept.
    const YEAR_S: &str = "31536000";
    if let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let cookie = [
            name,
            "=",
            word,
            "; path=/; max-age=",
            YEAR_S,
            "; samesite=lax",
        ]
        .concat();
        // A browser that keeps no cookies keeps the choice for this page alone.
        let _ = document.set_cookie(&cookie);
    }
}

/// Has this tab remember a word for its next page.
pub fn keep(name: &str, word: &str) {
    if let Ok(Some(store)) = window().session_storage() {
        // A tab that remembers nothing finds out again.
        let _ = store.set_item(name, word);
    }
}

/// The word that this tab remembers.
pub fn kept(name: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(name).ok()?
}

/// This moment by the browser's clock: only for what has not reached the server yet.
pub fn now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::as_conversions,
        reason = "milliseconds since 1970 stay far below 2^53"
    )]
    Millis(Date::now() as i64)
}

/// The moment of a date.
pub fn moment_of(date: &Date) -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::as_conversions,
        reason = "milliseconds since 1970 stay far below 2^53"
    )]
    Millis(date.get_time() as i64)
}

/// A moment in the reader's own time zone: the time alone when it was today, else the day too.
pub fn local_moment(at: Millis, language: Language) -> String {
    let (date, now) = (js_date(at), Date::new_0());
    let time = worded(&date, language, Form::Time);
    let is_this_year = date.get_full_year() == now.get_full_year();
    if is_this_year && (date.get_month(), date.get_date()) == (now.get_month(), now.get_date()) {
        return time;
    }
    let day = if is_this_year {
        Form::Day
    } else {
        Form::DayOfYear
    };
    [&worded(&date, language, day), ", ", &time].concat()
}

/// A moment in the reader's own time zone, in full.
pub fn full_moment(at: Millis, language: Language) -> String {
    worded(&js_date(at), language, Form::Full)
}

/// The day of a moment in the reader's own time zone, in full.
pub fn day(at: Millis, language: Language) -> String {
    worded(&js_date(at), language, Form::WholeDay)
}

/// The number of the day of a moment in the reader's own time zone.
pub fn day_of(at: Millis) -> i64 {
    const MINUTE_MS: f64 = 60_000.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::as_conversions,
        reason = "a time zone is a few hours"
    )]
    let behind = (js_date(at).get_timezone_offset() * MINUTE_MS) as i64;
    at.0.saturating_sub(behind).div_euclid(DAY_MS)
}

/// How much of a moment is worded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Time,
    Day,
    DayOfYear,
    WholeDay,
    Full,
}

impl Form {
    const fn parts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Time => &[("timeStyle", "short")],
            Self::Day => &[("day", "numeric"), ("month", "short")],
            Self::DayOfYear => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
            Self::WholeDay => &[("dateStyle", "full")],
            Self::Full => &[("dateStyle", "full"), ("timeStyle", "short")],
        }
    }
}

/// What words moments in one form and language.
type Worder = (Form, Language, Function);

thread_local! {
    /// The worders of this page: to make one takes a browser longer than a page of rows does.
    static WORDERS: RefCell<Vec<Worder>> = const { RefCell::new(Vec::new()) };
}

#[expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "milliseconds since 1970 stay far below 2^53"
)]
fn js_date(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64))
}

/// The tag by which the browser words times. English stands for any English: the browser's own
/// kind, with its order of day and month and its clock, is taken where it is one.
fn locale(language: Language) -> String {
    let own = window().navigator().language().unwrap_or_default();
    if own.starts_with(language.as_str()) {
        own
    } else {
        language.as_str().to_owned()
    }
}

fn worded(date: &Date, language: Language, form: Form) -> String {
    let known = WORDERS.with_borrow(|all| {
        let is = |one: &&Worder| (one.0, one.1) == (form, language);
        all.iter().find(is).map(|one| one.2.clone())
    });
    let word = known.unwrap_or_else(|| {
        let options = Object::new();
        for (name, value) in form.parts() {
            // Setting a property of a plain object cannot fail.
            let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
        }
        let locales = Array::of1(&locale(language).into());
        let word = DateTimeFormat::new(&locales, &options).format();
        WORDERS.with_borrow_mut(|all| all.push((form, language, word.clone())));
        word
    });
    let worded = word.call1(&JsValue::NULL, date);
    worded
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| {
        DIGITS
            .get(usize::from(value))
            .copied()
            .map_or('0', char::from)
    };
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// The element of an event, as what it is known to be.
pub fn target<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// The form around the element of an event.
pub fn form_of(event: &web_sys::Event) -> Option<HtmlFormElement> {
    let element: web_sys::Element = target(event)?;
    element.closest("form").ok()??.dyn_into().ok()
}

/// What is filled into a form's field; nothing where it is empty or not ticked.
pub fn field(form: &HtmlFormElement, name: &str) -> Option<String> {
    let text = FormData::new_with_form(form).ok()?.get(name).as_string()?;
    Some(text).filter(|text| !text.is_empty())
}

/// Whether files are chosen in a form's field of this name.
pub fn holds_files(form: &HtmlFormElement, name: &str) -> bool {
    let chosen = FormData::new_with_form(form).map(|data| data.get(name));
    // An empty field sends one nameless file.
    chosen.is_ok_and(|file| {
        file.dyn_into::<web_sys::File>()
            .is_ok_and(|file| !file.name().is_empty())
    })
}

/// Whether the page's address names a place in it.
pub fn has_place() -> bool {
    let place = window().location().hash();
    place.is_ok_and(|place| !place.is_empty())
}

/// Whether the top of an element is in view.
pub fn is_in_view(element: &web_sys::Element) -> bool {
    let height = window().inner_height().ok();
    let height = height.and_then(|value| value.as_f64()).unwrap_or_default();
    element.get_bounding_client_rect().top() < height
}

/// Brings an element into view from below once what has just changed is drawn.
pub fn bring_into_view(element: &web_sys::Element) {
    let element = element.clone();
    request_animation_frame(move || element.scroll_into_view_with_bool(false));
}

/// Whether the end of the page is in view, or nearly.
pub fn is_at_end() -> bool {
    /// Pixels that may lie below and still count as nothing.
    const NEARLY_PX: f64 = 160.0;
    let height = document()
        .document_element()
        .map_or(0, |root| root.scroll_height());
    let seen = window()
        .inner_height()
        .ok()
        .and_then(|value| value.as_f64())
        .unwrap_or_default();
    let above = window().scroll_y().unwrap_or_default();
    f64::from(height) - above - seen < NEARLY_PX
}

/// Brings the end of the page into view once what has just changed is drawn.
pub fn scroll_to_end() {
    request_animation_frame(|| {
        if let Some(root) = document().document_element() {
            window().scroll_to_with_x_and_y(0.0, f64::from(root.scroll_height()));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use pigeon_wire::text::Key;

    #[test]
    fn a_key_made_here_is_one_that_the_door_takes() {
        let key = hex(&[0x0f; KEY_BYTES]);
        assert_eq!(key, "0f".repeat(KEY_BYTES));
        assert!(Key::parse(&key).is_ok());
    }
}
