//! The document around a page. Nothing but the page itself stands in the body, so that the browser
//! hydrates exactly what the server rendered; data and scripts stand in the head.

use leptos::prelude::*;
use leptos_meta::MetaTags;
use serde::Serialize;

use crate::page::guest::GuestPages;
use crate::page::plain::{self, Counts, Outside, PlainPage, PlainStart, Section};
use crate::page::team::TeamPages;
use crate::page::team::title::counted;
use crate::part::boxed::Boxed;
use crate::start::{Assets, Frame, GuestView, TeamStart};
use crate::words::{admin, guest};

/// The id of the element in which a page's data travels.
pub const DATA_ID: &str = "pigeon-view";

/// A guest's page as a whole document.
pub fn guest_shell(view: GuestView, assets: &Assets, nonce: &str) -> impl IntoView + use<> {
    let title = guest::title(&view);
    let talk = view.talk();
    let head = Head {
        data: data(&talk),
        data_id: DATA_ID,
        boot: talk.and_then(|_| boot(&assets.guest_js, &assets.guest_wasm)),
        js: assets.guest_js.clone(),
        css: [assets.css.clone(), assets.brand.clone()],
        nonce: nonce.to_owned(),
    };
    let frame = view.frame.clone();
    document(
        frame,
        view! {
            <title>{title}</title>
            {head.into_view()}
        }
        .boxed(),
        view! { <GuestPages view=view /> }.boxed(),
    )
}

/// A page of the team as a whole document; its title and other head tags come from the page.
pub fn team_shell(start: TeamStart, assets: &Assets, nonce: &str) -> impl IntoView + use<> {
    let head = Head {
        data: data(&start),
        data_id: DATA_ID,
        boot: boot(&assets.team_js, &assets.team_wasm),
        js: assets.team_js.clone(),
        css: [assets.css.clone(), assets.brand.clone()],
        nonce: nonce.to_owned(),
    };
    let frame = start.frame.clone();
    document(
        frame,
        view! {
            {head.into_view()}
            <MetaTags />
        }
        .boxed(),
        view! { <TeamPages start=start /> }.boxed(),
    )
}

/// A plain page of the team as a whole document: in the browser its rail alone comes to life.
/// `content` is made where the frame is known, so that it finds its words.
pub fn plain_shell<C: FnOnce() -> AnyView>(
    start: PlainStart,
    section: Section,
    (done, counts): (&str, Counts),
    content: C,
    assets: &Assets,
    nonce: &str,
) -> impl IntoView + use<C> {
    provide_context(start.frame.clone());
    let mut start = start;
    if start.title.is_empty() {
        section.title().clone_into(&mut start.title);
    }
    let title = counted(start.count(), &start.title);
    let (js, wasm) = if start.own {
        (&assets.own_js, &assets.own_wasm)
    } else {
        (&assets.team_js, &assets.team_wasm)
    };
    let head = Head {
        data: data(&start),
        data_id: plain::DATA_ID,
        boot: boot(js, wasm),
        js: js.clone(),
        css: [assets.css.clone(), assets.brand.clone()],
        nonce: nonce.to_owned(),
    };
    let frame = start.frame.clone();
    let content = content();
    let done = (admin::words().done)(done);
    document(
        frame,
        view! {
            <title>{title}</title>
            {head.into_view()}
        }
        .boxed(),
        view! { <PlainPage start=start section=section counts=counts done=done content=content /> }
            .boxed(),
    )
}

/// A page outside of the team's frame as a whole document: it needs no program.
pub fn outside_shell<P: Outside>(
    frame: Frame,
    page: &P,
    assets: &Assets,
) -> impl IntoView + use<P> {
    provide_context(frame.clone());
    let head = Head {
        data: String::new(),
        data_id: DATA_ID,
        boot: None,
        js: String::new(),
        css: [assets.css.clone(), assets.brand.clone()],
        nonce: String::new(),
    };
    let (title, page) = (page.title(), page.view(&frame.site_name));
    document(
        frame,
        view! {
            <title>{title}</title>
            {head.into_view()}
        }
        .boxed(),
        page,
    )
}

fn document(frame: Frame, head: AnyView, body: AnyView) -> impl IntoView {
    let (language, theme) = (frame.language.as_str(), frame.theme.as_str());
    view! {
        <!DOCTYPE html>
        <html lang=language data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
                <meta name="robots" content="noindex" />
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
}

/// What the head holds beside the title.
struct Head {
    data: String,
    data_id: &'static str,
    boot: Option<String>,
    js: String,
    css: [String; 2],
    nonce: String,
}

impl Head {
    fn into_view(self) -> impl IntoView {
        let sheets = self.css.into_iter().filter(|css| !css.is_empty());
        let css = sheets.map(|css| view! { <link rel="stylesheet" href=css /> });
        let boot = self.boot.map(|boot| {
            view! {
                <link rel="modulepreload" href=self.js />
                <script type="application/json" id=self.data_id inner_html=self.data></script>
                <script type="module" nonce=self.nonce inner_html=boot></script>
            }
        });
        view! {
            {css.collect_view()}
            <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
            {boot}
        }
    }
}

/// The script that starts a program once the document has been read. The program is asked for at
/// once and beside its loader; a preload link would do the same, but Firefox drops one whose
/// request mode it finds different, and then the program would be fetched twice.
fn boot(js: &str, wasm: &str) -> Option<String> {
    (!js.is_empty() && !wasm.is_empty()).then(|| {
        format!(
            "const program=fetch({wasm});const loader=await import({js});await loader.default({{module_or_path:program}});",
            wasm = quoted(wasm),
            js = quoted(js),
        )
    })
}

/// `value` as JSON that can stand inside a script element: without `<` no tag can end it.
pub(crate) fn data(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

fn quoted(text: &str) -> String {
    data(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_end_its_element() {
        let text = data(&"</script><script>alert(1)</script><!--");
        assert!(!text.contains('<'));
        assert_eq!(
            serde_json::from_str::<String>(&text).unwrap(),
            "</script><script>alert(1)</script><!--"
        );
    }

    #[test]
    fn nothing_starts_where_nothing_was_built() {
        assert_eq!(boot("", "/pkg/guest.wasm"), None);
        assert!(boot("/pkg/guest.js", "/pkg/guest.wasm").is_some());
    }
}
