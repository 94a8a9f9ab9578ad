//! The dashboard.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::inbox::Dashboard;

use crate::UiError;

/// How many threads need a reply, and the newest of them.
#[server(prefix = "/ui", endpoint = "dashboard", input = Json, output = Json)]
pub async fn overview() -> Result<Dashboard, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::inbox::dashboard(&office, &account).await?)
}
