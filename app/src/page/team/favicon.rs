//! The badge on the tab's icon.

use leptos::prelude::*;

/// Counts above this are shown as one: there is room for two characters.
const COUNT_MAX: i64 = 9;

/// Keeps the tab's icon true to the count. Draws nothing.
pub fn keep_favicon(count: impl Fn() -> i64 + Send + Sync + 'static) {
    Effect::new(move |before: Option<i64>| {
        let now = count();
        if before.unwrap_or_default() != now {
            show(now);
        }
        now
    });
}

fn show(count: i64) {
    let link = document().query_selector("link[rel=icon]").ok().flatten();
    if let Some(link) = link {
        let address = match count {
            0 => "/favicon.svg".to_owned(),
            count => {
                let drawn = String::from(js_sys::encode_uri_component(&drawn(count)));
                ["data:image/svg+xml,", &drawn].concat()
            }
        };
        // Without it the tab keeps the icon that it has.
        let _ = link.set_attribute("href", &address);
    }
}

/// The icon with a count in its corner.
fn drawn(count: i64) -> String {
    let text = if count > COUNT_MAX {
        "9+".to_owned()
    } else {
        count.to_string()
    };
    [
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>\
         <rect width='32' height='32' rx='8' fill='#0f6b5c'/>\
         <path fill='#fff' d='M5 22.5c6.2-.4 9.5-3.6 9.5-9.5 0-3.3 2.3-5.5 5-5.5 2.6 0 4.6 1.9 4.9 \
         4.4l2.9 1.5-2.8 1.3c0 6.6-4.4 10.3-11 10.3-3.6 0-6.5-.8-8.5-2.5Z'/>\
         <circle cx='22' cy='22' r='10' fill='#b3261e'/>\
         <text x='22' y='27' font-family='sans-serif' font-size='14' font-weight='bold' \
         text-anchor='middle' fill='#fff'>",
        &text,
        "</text></svg>",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn a_count_fits_into_the_corner() {
        assert!(drawn(3).contains(">3</text>"));
        assert!(drawn(250).contains(">9+</text>"));
    }
}
