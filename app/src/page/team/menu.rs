//! The reader's own menu: language, colours, log-out. Plain forms, so that they work at once and
//! without JavaScript.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;
use pigeon_wire::person::{Language, Me};

use crate::part::avatar::Avatar;
use crate::part::boxed::Boxed;
use crate::start::{Frame, Theme};
use crate::words::own_name;
use crate::words::team::words;

/// The menu behind the reader's initials.
#[component]
pub fn Menu(
    /// The reader.
    me: Me,
    /// Where the reader is.
    here: Signal<String>,
) -> impl IntoView {
    let words = &words().nav;
    view! {
        <details class="menu">
            <summary aria-label=words.settings title=words.settings>
                <Avatar name=me.name.clone() />
            </summary>
            <div class="menu-card">
                <p class="menu-who">
                    {(words.signed_in_as)(&me.name)} <span>{me.email}</span>
                </p>
                <a class="btn" rel="external" href="/account">{words.account}</a>
                <LookForms here=here />
                <form method="post" action="/logout">
                    <button class="btn" type="submit">{words.log_out}</button>
                </form>
            </div>
        </details>
    }
    .boxed()
}

/// The choices of language and colours, on pages inside and outside.
#[component]
pub fn LookForms(
    /// Where the reader is, to come back to.
    here: Signal<String>,
) -> impl IntoView {
    let words = &words().nav;
    let frame = use_context::<Frame>();
    let language = frame.as_ref().map(|frame| frame.language);
    let theme = frame.as_ref().map(|frame| frame.theme);
    let languages = Language::ALL.iter().map(|one| Choice {
        word: one.as_str(),
        label: own_name(*one),
        lang: Some(one.as_str()),
        chosen: Some(*one) == language,
    });
    let themes = Theme::ALL.iter().map(|one| Choice {
        word: one.as_str(),
        label: (words.themes)(*one),
        lang: None,
        chosen: Some(*one) == theme,
    });
    view! {
        <Choose action="/lang" name="language" legend=words.language choices=languages.collect() here=here />
        <Choose action="/theme" name="theme" legend=words.theme choices=themes.collect() here=here />
    }
}

/// One value to choose.
struct Choice {
    word: &'static str,
    label: &'static str,
    lang: Option<&'static str>,
    chosen: bool,
}

#[component]
fn Choose(
    action: &'static str,
    name: &'static str,
    legend: &'static str,
    choices: Vec<Choice>,
    here: Signal<String>,
) -> impl IntoView {
    let buttons = choices.into_iter().map(
        |Choice {
             word,
             label,
             lang,
             chosen,
         }| {
            let pressed = if chosen { "true" } else { "false" };
            view! {
                <button type="submit" name=name value=word lang=lang aria-pressed=pressed>
                    {label}
                </button>
            }
        },
    );
    view! {
        <form class="choose" method="post" action=action>
            <input type="hidden" name="next" value=move || here.get() />
            <fieldset>
                <legend>{legend}</legend>
                <div class="segments">{buttons.collect_view()}</div>
            </fieldset>
        </form>
    }
}

/// Where the reader is, on the pages that the router shows.
pub fn use_here() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || here(&location))
}

/// The path and query of the page that is shown.
pub fn here(location: &Location) -> String {
    let search = location.search.get();
    let path = location.pathname.get();
    match search.trim_start_matches('?') {
        "" => path,
        query => [path.as_str(), "?", query].concat(),
    }
}
