//! What somebody wrote, made of nodes.

#[cfg(not(feature = "ssr"))]
#[path = "prose/browser.rs"]
mod half;
#[cfg(feature = "ssr")]
#[path = "prose/server.rs"]
mod half;

use leptos::prelude::*;
use pigeon_wire::prose::{Piece, Tag, pieces};

/// A message's text. The server makes a view of it as of everything; in the browser, where nothing of it
/// ever changes or is listened to, its nodes are made directly, and those that came from the server stay
/// as they are: views for them all would weigh more than reading the text does.
#[component]
pub fn Prose(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    half::whole(text)
}

/// Names of what an element carries, and values where it does.
type Attributes<'a> = [(&'static str, Option<&'a str>); 3];

/// The pieces of a text, and the element and attributes around them all.
fn parts(text: &str) -> (Vec<Piece>, &'static str, Attributes<'static>) {
    let pieces = pieces(text);
    // A paragraph holds no lists.
    let is_block = |piece: &Piece| matches!(piece, Piece::Open(tag, _) if tag.is_block());
    let name = if pieces.iter().any(is_block) {
        "div"
    } else {
        "p"
    };
    let attributes = [
        ("class", Some("prose")),
        ("dir", Some("auto")),
        ("rel", None),
    ];
    (pieces, name, attributes)
}

fn attributes_of(tag: Tag, with: Option<&str>) -> Attributes<'_> {
    match tag {
        Tag::Link => [
            ("href", with),
            ("rel", Some("noopener noreferrer nofollow ugc")),
            ("target", Some("_blank")),
        ],
        // Long lines are moved in themselves, by keys as well.
        Tag::Fence => [("tabindex", Some("0")), ("dir", Some("ltr")), ("rel", None)],
        _ => [("value", with), ("dir", None), ("rel", None)],
    }
}
