//! The signed-in user.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::person::Me;

use crate::UiError;

/// Who is signed in, and what they may do now.
#[server(prefix = "/ui", endpoint = "session/me", input = Json, output = Json)]
pub async fn signed_in() -> Result<Me, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::session::me(&office, &account).await?)
}
