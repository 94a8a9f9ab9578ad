//! What a row of the list shows and whether the views stand beside it, as the reader chose on this
//! device. A cookie keeps what is hidden, so that the server draws the same page as the one that lives.

use leptos::prelude::*;

use crate::browser;
use crate::part::boxed::Boxed;
use crate::start::TeamStart;
use crate::words::team::words;

/// What can be left out, as they stand in the cookie and in `data-hide`.
pub const COLUMNS: [&str; 9] = [
    "subject", "preview", "source", "status", "assignee", "files", "time", "lines", VIEWS,
];

/// The views beside the list, which have a key as well.
const VIEWS: &str = "views";

/// The parts that are hidden, in words with spaces between them.
#[derive(Clone, Copy)]
pub struct Hidden(RwSignal<String>);

impl Hidden {
    /// As the server found them.
    pub fn of_page() -> Self {
        let start = use_context::<TeamStart>();
        Self(RwSignal::new(
            start.map(|start| start.hidden).unwrap_or_default(),
        ))
    }

    /// The words for the element that the rows are in; nothing when all is shown.
    pub fn words(self) -> Option<String> {
        Some(self.0.get()).filter(|words| !words.is_empty())
    }

    fn has(self, column: &str) -> bool {
        self.0.with(|words| has(words, column))
    }

    fn toggle(self, column: &str) {
        self.0.update(|words| *words = toggled(words, column));
        browser::keep_taste(COOKIE, &self.0.get_untracked().replace(' ', "."));
    }
}

/// The cookie; its words have dots between them.
pub const COOKIE: &str = "pigeon-hide";

/// The known words of a cookie, as [`Hidden`] holds them.
pub fn read(cookie: &str) -> String {
    let known = COLUMNS
        .into_iter()
        .filter(|column| cookie.split('.').any(|word| word == *column));
    known.collect::<Vec<_>>().join(" ")
}

fn has(words: &str, column: &str) -> bool {
    words.split(' ').any(|word| word == column)
}

fn toggled(words: &str, column: &str) -> String {
    let is_hidden = |one: &&str| has(words, one) != (*one == column);
    let hidden = COLUMNS.into_iter().filter(|one| is_hidden(one));
    hidden.collect::<Vec<_>>().join(" ")
}

/// The boxes that choose what a row shows.
#[component]
pub fn ColumnPicks(
    /// What is hidden.
    hidden: Hidden,
) -> impl IntoView {
    let words = &words().list;
    let pick = |(column, label): (&'static str, &'static str)| {
        let shown = move || !hidden.has(column);
        // The form around it is about which rows there are.
        let choose = move |event: web_sys::Event| {
            event.stop_propagation();
            hidden.toggle(column);
        };
        view! {
            <label class="tick-box" aria-keyshortcuts=(column == VIEWS).then_some("[")>
                <input type="checkbox" form="columns" checked=shown() prop:checked=shown on:change=choose />
                {label}
            </label>
        }
    };
    let picks = COLUMNS.into_iter().zip(words.columns).map(pick);
    view! {
        <fieldset class="columns">
            <legend>{words.rows_show}</legend>
            {picks.collect_view()}
        </fieldset>
    }
    .boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_hides_what_it_names_and_nothing_else() {
        assert_eq!(read("time.preview.<b>.preview"), "preview time");
        assert_eq!(read(""), "");
    }

    #[test]
    fn what_is_chosen_twice_is_shown_again() {
        let hidden = toggled("", "source");
        assert_eq!(hidden, "source");
        assert_eq!(toggled(&hidden, "subject"), "subject source");
        assert_eq!(toggled(&toggled(&hidden, "subject"), "source"), "subject");
    }
}
