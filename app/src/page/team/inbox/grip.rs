//! How wide the list is, as its reader chose on this device: by dragging its edge, or by keys. In steps,
//! each of which the styles know: a page states no style of its own.

use leptos::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use crate::browser;
use crate::part::boxed::Boxed;
use crate::start::TeamStart;
use crate::words::team::words;

/// The narrowest list, in pixels.
const MIN: u16 = 280;
/// The widest, in pixels.
const MAX: u16 = 480;
/// Pixels between two widths.
const STEP: u16 = 20;
/// As the list is where nobody chose.
const USUAL: u16 = 340;

/// The cookie that keeps the width.
pub const COOKIE: &str = "pigeon-list";

/// The width of a cookie's word, if it is one.
pub fn read(cookie: &str) -> Option<u16> {
    let width = cookie.parse().ok()?;
    (nearest(i32::from(width)) == width).then_some(width)
}

/// The nearest width that there is.
fn nearest(pixels: i32) -> u16 {
    let (min, max, step) = (i32::from(MIN), i32::from(MAX), i32::from(STEP));
    let within = pixels.clamp(min, max) - min;
    u16::try_from(min + (within + step / 2) / step * step).unwrap_or(USUAL)
}

/// The width of the list on this device.
#[derive(Clone, Copy)]
pub struct Width(RwSignal<Option<u16>>);

impl Width {
    /// As the server found it.
    pub fn of_page() -> Self {
        let start = use_context::<TeamStart>();
        Self(RwSignal::new(start.and_then(|start| start.width)))
    }

    /// The width for the element that the list is in; nothing where nobody chose.
    pub fn word(self) -> Option<String> {
        self.0.get().map(|width| width.to_string())
    }

    fn set(self, pixels: i32) {
        let width = Some(nearest(pixels));
        if self.0.get_untracked() != width {
            self.0.set(width);
        }
    }

    fn keep(self) {
        if let Some(width) = self.0.get_untracked() {
            browser::keep_taste(COOKIE, &width.to_string());
        }
    }
}

/// The edge of the list.
#[component]
pub fn Grip(
    /// How wide the list is.
    width: Width,
) -> impl IntoView {
    let held = StoredValue::new(None::<i32>);
    let take = move |event: PointerEvent| {
        let Some(grip) = browser::target::<HtmlElement>(&event) else {
            return;
        };
        event.prevent_default();
        let list = grip.closest(".list").ok().flatten();
        held.set_value(
            list.map(|list| list.get_bounding_client_rect().left())
                .map(whole),
        );
        // Without it the drag ends at the grip's own edge.
        let _ = Element::set_pointer_capture(&grip, event.pointer_id());
    };
    let drag = move |event: PointerEvent| {
        if let Some(left) = held.get_value() {
            width.set(event.client_x() - left);
        }
    };
    let leave = move |_| {
        if held.get_value().is_some() {
            held.set_value(None);
            width.keep();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let now = i32::from(width.0.get_untracked().unwrap_or(USUAL));
        let step = match event.key().as_str() {
            "ArrowLeft" => -i32::from(STEP),
            "ArrowRight" => i32::from(STEP),
            _ => return,
        };
        event.prevent_default();
        width.set(now + step);
        width.keep();
    };
    let now = move || width.0.get().unwrap_or(USUAL).to_string();
    view! {
        <div
            class="grip"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=words().list.width
            aria-valuemin=MIN.to_string()
            aria-valuemax=MAX.to_string()
            aria-valuenow=now
            on:pointerdown=take
            on:pointermove=drag
            on:lostpointercapture=leave
            on:keydown=on_key
        ></div>
    }
    .boxed()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::as_conversions,
    reason = "places on a screen"
)]
fn whole(pixels: f64) -> i32 {
    pixels as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_one_of_those_that_the_styles_know() {
        assert_eq!(nearest(0), MIN);
        assert_eq!(nearest(9_999), MAX);
        assert_eq!(nearest(309), 300);
        assert_eq!(nearest(310), 320);
        assert_eq!(read("360"), Some(360));
        for bad in ["", "361", "20", "wide", "360;"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        let styles = include_str!("../../../../../style/inbox.css");
        for width in (MIN..=MAX).step_by(usize::from(STEP)) {
            assert!(
                styles.contains(&format!("[data-list=\"{width}\"]")),
                "{width}"
            );
        }
    }
}
