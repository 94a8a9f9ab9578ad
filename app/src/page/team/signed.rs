//! Who is signed in: asked once for each page load, read by every page under its own Transition.

use leptos::prelude::*;
use pigeon_wire::person::Me;
use serde::{Deserialize, Serialize};

use crate::UiError;
use crate::api::{inbox, session};
use crate::data::{Data, data};
use crate::live::team::use_store;

/// The signed-in user and their badge as the page began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The user.
    pub me: Me,
    /// How many threads need a reply from them.
    pub badge: i64,
}

/// Who is signed in, as a page waits for it.
pub type SignedResource = Data<Result<Signed, UiError>>;

/// Asks who is signed in, and again when what they may do has changed.
pub fn ask_signed() -> SignedResource {
    let rights = use_store().rights;
    data(
        move || rights.get(),
        |_| async move {
            let me = session::signed_in().await?;
            let badge = if me.permissions.is_staff() {
                inbox::badge().await?
            } else {
                0
            };
            Ok(Signed { me, badge })
        },
    )
}

/// Who is signed in, as the layout asked.
pub fn use_signed() -> SignedResource {
    use_context().unwrap_or_else(ask_signed)
}
