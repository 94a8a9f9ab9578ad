//! On the server: a view.

use leptos::prelude::*;
use leptos::tachys::html::element::custom;
use pigeon_wire::prose::Piece;

use super::{Attributes, attributes_of, parts};
use crate::part::boxed::Boxed;

pub(super) fn whole(text: String) -> AnyView {
    let (pieces, name, attributes) = parts(&text);
    element(name, attributes, &mut pieces.into_iter())
}

/// An element around all pieces up to the one that ends it.
fn element(
    name: &'static str,
    attributes: Attributes<'_>,
    pieces: &mut dyn Iterator<Item = Piece>,
) -> AnyView {
    let mut inside: Vec<AnyView> = Vec::new();
    while let Some(piece) = pieces.next() {
        inside.push(match piece {
            Piece::Text(text) => text.boxed(),
            Piece::Open(tag, with) => {
                element(tag.name(), attributes_of(tag, with.as_deref()), pieces)
            }
            Piece::Close(_) => break,
        });
    }
    let [(first, one), (second, two), (third, three)] = attributes;
    custom(name)
        .attr(first, one.map(str::to_owned))
        .attr(second, two.map(str::to_owned))
        .attr(third, three.map(str::to_owned))
        .child(inside)
        .boxed()
}
