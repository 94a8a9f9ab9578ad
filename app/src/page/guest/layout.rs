//! What stands around every page of a guest: the site's name above, the language below.

use leptos::prelude::*;
use pigeon_wire::person::Language;

use crate::start::Frame;
use crate::words::guest::words;
use crate::words::own_name;

/// A guest's page between its head and foot.
#[component]
pub fn Layout<C: IntoView + 'static>(
    /// The page's own address.
    path: String,
    /// The page.
    children: TypedChildren<C>,
) -> impl IntoView {
    let page = children.into_inner();
    let (site_name, logo) = use_context::<Frame>()
        .map(|frame| (frame.site_name, frame.logo))
        .unwrap_or_default();
    let has_none = logo.is_empty();
    let mark = has_none.then(|| {
        let first = site_name.chars().next();
        let mark = first.map(|c| c.to_uppercase().to_string());
        view! { <span class="guest-mark" aria-hidden="true">{mark.unwrap_or_default()}</span> }
    });
    // The name stands beside it.
    let logo = (!has_none).then(|| view! { <img class="guest-logo" src=logo alt="" /> });
    view! {
        <div class="guest">
            <header class="guest-site">
                {mark} {logo}
                <span class="guest-site-name">{site_name}</span>
            </header>
            <main class="guest-main">{page()}</main>
            <footer class="guest-foot">
                <LanguageSwitch path=path />
            </footer>
        </div>
    }
}

/// A button for each language but the reader's own.
#[component]
fn LanguageSwitch(path: String) -> impl IntoView {
    let current = crate::words::language();
    let others = Language::ALL
        .iter()
        .filter(|language| **language != current);
    let buttons: Vec<_> = others
        .map(|language| {
            let word = language.as_str();
            view! {
                <button class="btn quiet" name="language" value=word lang=word>
                    {own_name(*language)}
                </button>
            }
        })
        .collect();
    view! {
        <form method="post" action="/lang" aria-label=words().language>
            <input type="hidden" name="next" value=path autocomplete="off" />
            {buttons}
        </form>
    }
}
