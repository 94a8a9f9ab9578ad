//! What somebody wrote, made of nodes.

use leptos::prelude::*;
use leptos::tachys::html::element::custom;
use pigeon_wire::prose::{Piece, Tag, pieces};

use crate::part::boxed::Boxed;

/// Names and values of what an element carries.
type Attributes = [(&'static str, Option<String>); 3];

/// A message's text.
#[component]
pub fn Prose(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let pieces = pieces(&text);
    // A paragraph holds no lists.
    let is_block = |piece: &Piece| matches!(piece, Piece::Open(tag, _) if tag.is_block());
    let name = if pieces.iter().any(is_block) {
        "div"
    } else {
        "p"
    };
    let attributes = [
        ("class", Some("prose".to_owned())),
        ("dir", Some("auto".to_owned())),
        ("rel", None),
    ];
    element(name, attributes, &mut pieces.into_iter())
}

/// An element around all pieces up to the one that ends it. Every element is of one type: a view of its
/// own for each would cost the browser's programs more than reading the text does.
fn element(
    name: &'static str,
    attributes: Attributes,
    pieces: &mut dyn Iterator<Item = Piece>,
) -> AnyView {
    let mut inside: Vec<AnyView> = Vec::new();
    while let Some(piece) = pieces.next() {
        inside.push(match piece {
            Piece::Text(text) => text.boxed(),
            Piece::Open(tag, with) => element(tag.name(), attributes_of(tag, with), pieces),
            Piece::Close(_) => break,
        });
    }
    let [(first, one), (second, two), (third, three)] = attributes;
    custom(name)
        .attr(first, one)
        .attr(second, two)
        .attr(third, three)
        .child(inside)
        .boxed()
}

fn attributes_of(tag: Tag, with: Option<String>) -> Attributes {
    let own = |value: &str| Some(value.to_owned());
    match tag {
        Tag::Link => [
            ("href", with),
            ("rel", own("noopener noreferrer nofollow ugc")),
            ("target", own("_blank")),
        ],
        // Long lines are moved in themselves, by keys as well.
        Tag::Fence => [("tabindex", own("0")), ("dir", own("ltr")), ("rel", None)],
        _ => [("value", with), ("dir", None), ("rel", None)],
    }
}
