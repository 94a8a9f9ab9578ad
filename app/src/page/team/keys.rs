//! The team's pages by keys alone. Whatever has a key names it in `aria-keyshortcuts`, so that there is
//! one list of them: the page itself. The sheet of keys and the palette are asked of the server when
//! they are first wanted, and cost nobody anything who does not want them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
    KeyboardEvent, Response,
};

use crate::browser;

/// Where the sheet and the palette are asked for.
const PARTS: &str = "/keys";
/// The cookie that holds whether bare letters do anything.
const TASTE: &str = "pigeon-keys";
/// How long after `g` the next letter says where to go.
const GO_MS: i64 = 1500;
/// Where a letter after `g` leads.
const WAYS: &[(&str, &str)] = &[
    ("i", "/inbox"),
    ("n", "/inbox?view=needs-reply"),
    ("m", "/inbox?view=mine"),
    ("u", "/inbox?view=unassigned"),
    ("a", "/inbox?view=all"),
    ("d", "/threads?view=direct"),
    ("h", "/dashboard"),
    ("s", "/scheduled"),
];

/// Listens for keys as long as the page lives. Browser only.
pub fn listen() {
    let went = StoredValue::new(0_i64);
    let keys = window_event_listener_untyped("keydown", move |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            pressed(&event, went);
        }
    });
    on_cleanup(move || keys.remove());
}

fn pressed(event: &KeyboardEvent, went: StoredValue<i64>) {
    if event.default_prevented() || event.is_composing() {
        return;
    }
    // Behind an open dialog nothing is meant.
    if matches!(document().query_selector("dialog[open]"), Ok(Some(_))) {
        return;
    }
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && key == "k" {
        event.prevent_default();
        spawn_local(palette());
        return;
    }
    let target: Option<Element> = browser::target(event.as_ref());
    let writes = target.is_some_and(|target| {
        let is_field = target.matches("input,textarea,select,dialog *");
        if key == "Escape"
            && let Some(text) = target.dyn_ref::<HtmlTextAreaElement>()
        {
            // Out of the text, and back to the keys.
            let _ = text.blur();
        }
        is_field.unwrap_or(false)
    });
    if writes || event.ctrl_key() || event.meta_key() || event.alt_key() || is_off() {
        return;
    }
    // A key that is held down goes on along the list, and repeats nothing else.
    if event.repeat() && !["j", "k", "J", "K"].contains(&key.as_str()) {
        return;
    }
    let now = browser::now().0;
    if now - went.get_value() < GO_MS {
        went.set_value(0);
        if let Some((_, way)) = WAYS.iter().find(|(letter, _)| *letter == key) {
            event.prevent_default();
            let _ = window().location().set_href(way);
        }
        return;
    }
    let done = match key.as_str() {
        "g" => {
            went.set_value(now);
            true
        }
        "?" => {
            spawn_local(sheet());
            true
        }
        "j" => move_by(1),
        "k" => move_by(-1),
        "J" => reach_by(1),
        "K" => reach_by(-1),
        "o" => focused_row().is_some_and(|row| {
            row.click();
            true
        }),
        "x" => focused_row().is_some_and(|row| pick(&row, false)),
        // What acts on the open conversation does not while the list points at another one.
        "e" | "i" | "#" | "s" | "a" | "z" | "m" | "l" if points_elsewhere() => false,
        "e" => choose("s", "closed"),
        "/" => window().location().set_href("/search").is_ok(),
        // A quotation mark would end the selector.
        _ if key.chars().count() == 1 && key != "\"" && key != "\\" => press(&key),
        _ => false,
    };
    if done {
        event.prevent_default();
    }
}

/// Does what the element with this key does, if one can be seen.
fn press(key: &str) -> bool {
    let Some(element) = with_key(key) else {
        return false;
    };
    if element.matches("select,input").unwrap_or(false) {
        return element.focus().is_ok();
    }
    element.click();
    // Whoever chooses what to write goes on to write it.
    if let Some(text) = element.closest("form.composer").ok().flatten()
        && let Ok(Some(text)) = text.query_selector("textarea")
        && let Ok(text) = text.dyn_into::<HtmlElement>()
    {
        let _ = text.focus();
    }
    true
}

/// The element with this key: the one that can be seen, or else a link, which leads on unseen as well (back
/// to the list, on a page that shows the list beside the conversation), or the label of a box in a menu.
fn with_key(key: &str) -> Option<HtmlElement> {
    let selector = ["[aria-keyshortcuts~=\"", key, "\"]"].concat();
    let all = all(&document().document_element()?, &selector);
    let seen = |one: &&HtmlElement| one.offset_parent().is_some();
    let leads = |one: &&HtmlElement| one.matches("[href],label").unwrap_or(false);
    let found = all.iter().find(seen).or_else(|| all.iter().find(leads));
    found.cloned()
}

/// Chooses a value where there is such a choice, as a hand would.
fn choose(key: &str, value: &str) -> bool {
    let Some(element) = with_key(key) else {
        return false;
    };
    let set = js_sys::Reflect::set(
        &element,
        &JsValue::from_str("value"),
        &JsValue::from_str(value),
    );
    let changed = Event::new("change");
    set.is_ok() && changed.is_ok_and(|changed| element.dispatch_event(&changed).is_ok())
}

fn rows() -> Vec<HtmlElement> {
    let root = document().document_element();
    root.map_or_else(Vec::new, |root| all(&root, ".rows a.row"))
}

fn focused_row() -> Option<HtmlElement> {
    let here = document().active_element()?;
    here.matches("a.row").ok().filter(|is_row| *is_row)?;
    here.dyn_into().ok()
}

fn points_elsewhere() -> bool {
    focused_row().is_some_and(|row| !row.has_attribute("aria-current"))
}

/// Chooses a row for acts on many, or leaves it, as its box does; `on` leaves none that is chosen.
fn pick(row: &HtmlElement, on: bool) -> bool {
    let item = row.closest("li").ok().flatten();
    let pick = item.and_then(|item| item.query_selector("input").ok().flatten());
    pick.and_then(|pick| pick.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|pick| {
            if !(on && pick.checked()) {
                pick.click();
            }
            true
        })
}

/// Chooses the row with the focus, leads the focus on, and chooses the next one too.
fn reach_by(step: isize) -> bool {
    let chosen = |row: Option<HtmlElement>| row.is_some_and(|row| pick(&row, true));
    chosen(focused_row()) && move_by(step) && chosen(focused_row())
}

/// Leads the focus along the list; it begins at the conversation that is open.
fn move_by(step: isize) -> bool {
    let rows = rows();
    let here = focused_row();
    let at = rows.iter().position(|row| Some(row) == here.as_ref());
    let open = || {
        rows.iter()
            .position(|row| row.has_attribute("aria-current"))
    };
    // Of a long list, rows are drawn above what is seen.
    let seen = || {
        rows.iter()
            .position(|row| beyond(row).is_none_or(|px| px >= 0))
    };
    let next = match at {
        Some(at) => at.saturating_add_signed(step),
        None => open().or_else(seen).unwrap_or(0),
    };
    rows.get(next.min(rows.len().saturating_sub(1)))
        .is_some_and(|row| {
            // By no more than it takes: a browser would put the row into the middle.
            if let (Some(list), Some(px)) = (list_of(row), beyond(row)) {
                list.set_scroll_top(list.scroll_top() + px);
            }
            row.focus().is_ok()
        })
}

/// The list that a row scrolls with.
fn list_of(row: &HtmlElement) -> Option<Element> {
    row.closest(".rows").ok()?
}

/// The pixels by which a row stands above what is seen of its list (less than 0) or below it, if it does.
fn beyond(row: &HtmlElement) -> Option<i32> {
    let (list, row) = (
        list_of(row)?.get_bounding_client_rect(),
        row.get_bounding_client_rect(),
    );
    let (above, below) = (row.top() - list.top(), row.bottom() - list.bottom());
    let px = if above < 0.0 {
        above.floor()
    } else {
        below.ceil().max(0.0)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::as_conversions,
        reason = "no list is 2^31 pixels high"
    )]
    Some(px as i32).filter(|px| *px != 0)
}

/// Whether bare letters are switched off on this device.
fn is_off() -> bool {
    let cookies = document()
        .dyn_ref::<web_sys::HtmlDocument>()
        .and_then(|document| document.cookie().ok());
    cookies.is_some_and(|cookies| cookies.contains(&[TASTE, "=off"].concat()))
}

/// The dialog with this id, which the server words: asked for once.
async fn dialog(id: &str) -> Option<HtmlDialogElement> {
    if document().get_element_by_id(id).is_none() {
        append(PARTS, id).await?;
    }
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// What the server has at `address`. Browser only.
pub(in crate::page::team) async fn part(address: &str) -> Option<String> {
    let answer = JsFuture::from(window().fetch_with_str(address))
        .await
        .ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    text.as_string().filter(|_| answer.ok())
}

/// Puts what the server has at `address` at the end of the page, if nothing there has this id yet.
pub(super) async fn append(address: &str, id: &str) -> Option<()> {
    let text = part(address).await?;
    // Somebody may have asked twice.
    if document().get_element_by_id(id).is_some() {
        return Some(());
    }
    let body = document().body()?;
    body.insert_adjacent_html("beforeend", &text).ok()
}

async fn sheet() {
    let Some(sheet) = dialog("keys").await else {
        return;
    };
    if let Ok(Some(switch)) = sheet.query_selector("input")
        && let Ok(switch) = switch.dyn_into::<HtmlInputElement>()
    {
        switch.set_checked(!is_off());
        let now = switch.clone();
        on(&switch, "change", move |_| {
            browser::keep_taste(TASTE, if now.checked() { "on" } else { "off" });
        });
    }
    let _ = sheet.show_modal();
}

/// Everything that can be done here, to be found by typing.
async fn palette() {
    let Some(palette) = dialog("palette").await else {
        return;
    };
    if let Ok(Some(list)) = palette.query_selector("ul") {
        offer_what_is_here(&palette, &list);
    }
    offer(&palette);
}

/// Opens a dialog that holds a list, which typing narrows. Enter takes the first that is left, and taking
/// one closes the dialog.
pub(super) fn offer(dialog: &HtmlDialogElement) {
    let (Ok(Some(list)), Ok(Some(input))) =
        (dialog.query_selector("ul"), dialog.query_selector("input"))
    else {
        return;
    };
    let Ok(input) = input.dyn_into::<HtmlInputElement>() else {
        return;
    };
    input.set_value("");
    let narrow = list.clone();
    let typed = input.clone();
    on(&input, "input", move |_| find(&narrow, &typed.value()));
    let chosen = dialog.clone();
    on(&list, "click", move |_| chosen.close());
    let (all, shut) = (list.clone(), dialog.clone());
    on(&input, "keydown", move |event| {
        let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
        if key.as_deref() == Some("Enter")
            && let Ok(Some(first)) = all.query_selector("li:not([hidden]) > *")
            && let Ok(first) = first.dyn_into::<HtmlElement>()
        {
            event.prevent_default();
            shut.close();
            first.click();
        }
    });
    find(&list, "");
    let _ = dialog.show_modal();
    let _ = input.focus();
}

/// Puts what this page can do before where one can go.
fn offer_what_is_here(palette: &HtmlDialogElement, list: &Element) {
    for old in all(list, "li.act") {
        old.remove();
    }
    let Some(root) = document().document_element() else {
        return;
    };
    for element in all(&root, "[aria-keyshortcuts]").into_iter().rev() {
        let label = element.get_attribute("aria-label");
        let label = label.or_else(|| element.text_content()).unwrap_or_default();
        if element.offset_parent().is_none() || label.trim().is_empty() {
            continue;
        }
        let (Ok(item), Ok(button)) = (
            document().create_element("li"),
            document().create_element("button"),
        ) else {
            return;
        };
        item.set_class_name("act");
        button.set_text_content(Some(label.trim()));
        let key = element
            .get_attribute("aria-keyshortcuts")
            .unwrap_or_default();
        let shut = palette.clone();
        on(&button, "click", move |_| {
            // Behind an open dialog nothing takes the focus.
            shut.close();
            press(&key);
        });
        // What cannot be put there is not offered.
        let _ = item.append_child(&button);
        let _ = list.prepend_with_node_1(&item);
    }
}

/// Shows what holds every typed word.
fn find(list: &Element, typed: &str) {
    let typed = typed.to_lowercase();
    for item in all(list, "li") {
        let text = item.text_content().unwrap_or_default().to_lowercase();
        let fits = typed.split_whitespace().all(|word| text.contains(word));
        // An attribute that cannot be set leaves the item shown.
        let _ = item.toggle_attribute_with_force("hidden", !fits);
    }
}

/// The elements within another that a selector finds.
pub(super) fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(all) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into().ok())
        .collect()
}

/// Sets the one handler of an element for an event; what was there before goes.
pub(super) fn on(element: &Element, name: &str, act: impl FnMut(Event) + 'static) {
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(Event)>::new(act).into_js_value();
    let property = JsValue::from_str(&["on", name].concat());
    // Every element has these properties.
    let _ = js_sys::Reflect::set(element, &property, &closure);
}
