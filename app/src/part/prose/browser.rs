//! In the browser: nodes.

use leptos::prelude::{AddAnyAttr, Render, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::renderer::{CastFrom, Rndr};
use leptos::tachys::view::{Mountable, Position, PositionState};
use pigeon_wire::prose::Piece;

use super::{Attributes, attributes_of, parts};

/// A text that is to stand in the page.
pub(super) struct Whole(String);

/// A text that stands there.
pub(super) struct Standing {
    text: String,
    element: Element,
}

pub(super) fn whole(text: String) -> Whole {
    Whole(text)
}

/// An element around all pieces up to the one that ends it.
fn element(
    name: &str,
    attributes: Attributes<'_>,
    pieces: &mut dyn Iterator<Item = Piece>,
) -> Element {
    let element = Rndr::create_element(name, None);
    for (name, value) in attributes {
        if let Some(value) = value {
            Rndr::set_attribute(&element, name, value);
        }
    }
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => Rndr::insert_node(&element, &Rndr::create_text_node(&text), None),
            Piece::Open(tag, with) => {
                let attributes = attributes_of(tag, with.as_deref());
                let inner = self::element(tag.name(), attributes, pieces);
                Rndr::insert_node(&element, &inner, None);
            }
            Piece::Close(_) => break,
        }
    }
    element
}

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.element.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.element.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

impl Render for Whole {
    type State = Standing;

    fn build(self) -> Standing {
        let (pieces, name, attributes) = parts(&self.0);
        Standing {
            element: element(name, attributes, &mut pieces.into_iter()),
            text: self.0,
        }
    }

    fn rebuild(self, state: &mut Standing) {
        if self.0 == state.text {
            return;
        }
        let mut fresh = self.build();
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

impl AddAnyAttr for Whole {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

impl RenderHtml for Whole {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// Never asked for in a browser.
    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Standing {
        match position.get() {
            Position::FirstChild => {
                cursor.child();
            }
            Position::Current => {}
            _ => {
                cursor.sibling();
            }
        }
        position.set(Position::NextChild);
        match Element::cast_from(cursor.current()) {
            Some(element) => Standing {
                text: self.0,
                element,
            },
            // What came is not what was sent.
            None => self.build(),
        }
    }

    fn into_owned(self) -> Self {
        self
    }
}
