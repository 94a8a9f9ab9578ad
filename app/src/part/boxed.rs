//! Views in boxes, cheaply.

#[cfg(not(feature = "ssr"))]
#[path = "boxed/browser.rs"]
mod half;
#[cfg(feature = "ssr")]
#[path = "boxed/server.rs"]
mod half;

use leptos::prelude::{AnyView, IntoAny, RenderHtml};

use half::AtOnce;

/// Puts a view into a box.
pub trait Boxed {
    /// The view as one of the type that all boxed views share.
    ///
    /// A box of the framework's own compiles everything that could ever be asked of the view: in the
    /// browser its hydration twice, at once and for pages that are loaded piece by piece, and on the
    /// server three ways of writing it, its building in a browser, and all that once more for the
    /// view that is left when what it waits for has come. None of ours needs it: behind this box a
    /// view has one way to be hydrated, and one to be written. It takes a sixth off the team's
    /// program.
    fn boxed(self) -> AnyView;
}

impl<V: RenderHtml + Send> Boxed for V {
    #[expect(clippy::disallowed_methods, reason = "this is the one box")]
    fn boxed(self) -> AnyView {
        AtOnce(self).into_any()
    }
}
