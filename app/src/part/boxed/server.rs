//! On the server: a view is written in order, and never built.

use leptos::prelude::{AddAnyAttr, Render, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::ssr::{StreamBuilder, StreamChunk};
use leptos::tachys::view::{Mountable, Position, PositionState};

/// A view that is written in one way, whoever asks.
pub(super) struct AtOnce<V>(pub(super) V);

/// What is left of a view in the page: there is no page here.
pub(super) struct NoPage;

impl Mountable for NoPage {
    fn unmount(&mut self) {}

    fn mount(&mut self, _: &Element, _: Option<&Node>) {}

    fn insert_before_this(&self, _: &mut dyn Mountable) -> bool {
        false
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

impl<V: Render> Render for AtOnce<V> {
    type State = NoPage;

    fn build(self) -> NoPage {
        NoPage
    }

    fn rebuild(self, _: &mut NoPage) {}
}

impl<V: AddAnyAttr> AddAnyAttr for AtOnce<V> {
    type Output<A: Attribute> = V::Output<A>;

    fn add_any_attr<A: Attribute>(self, attribute: A) -> V::Output<A>
    where
        V::Output<A>: RenderHtml,
    {
        self.0.add_any_attr(attribute)
    }
}

impl<V: RenderHtml> RenderHtml for AtOnce<V> {
    type AsyncOutput = Self;
    type Owned = AtOnce<V::Owned>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    /// What the view still waits for is waited for when it is written.
    async fn resolve(self) -> Self {
        self
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    /// A page that waits for nothing, as guests' pages and plain ones: the same writing, into the text
    /// that is there.
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        let mut stream = StreamBuilder::new(None);
        stream.with_buf(|text| std::mem::swap(text, buf));
        self.to_html_async_with_buf::<false>(
            &mut stream,
            position,
            escape,
            mark_branches,
            extra_attrs,
        );
        for chunk in stream.take_chunks() {
            match chunk {
                StreamChunk::Sync(text) if buf.is_empty() => *buf = text,
                StreamChunk::Sync(text) => buf.push_str(&text),
                _ => tracing::error!("a page that waits for nothing holds something that waits"),
            }
        }
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0
            .to_html_async_with_buf::<false>(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> NoPage {
        NoPage
    }

    fn into_owned(self) -> Self::Owned {
        AtOnce(self.0.into_owned())
    }
}
