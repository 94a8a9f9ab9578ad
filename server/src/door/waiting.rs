//! Replies that are sent later: the moments that are offered, and the reader's own that wait.

use axum::extract::Path;
use axum::response::Response;
use pigeon_app::plain::{Section, scheduled};
use pigeon_app::ssr::{moments_part, waiting_part};
use pigeon_core::person::own;
use pigeon_core::waiting;
use pigeon_wire::Fault;

use super::canned::part;
use crate::desk::Desk;
use crate::refusal::Answer;

/// `GET /later`: the moments, as a part of a page. They are the same for everybody.
pub async fn moments(desk: Desk) -> Response {
    part(moments_part(desk.frame().clone()))
}

/// `GET /inbox/{id}/waiting`: what waits in a conversation, as a part of a page.
pub async fn lines(desk: Desk, Path(id): Path<String>) -> Answer {
    let (office, account) = (desk.office(), desk.account());
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    let all = waiting::list(office, account, id).await?;
    let zone = own::zone(office, account).await?;
    let (me, now) = (account.person, office.now());
    Ok(part(waiting_part(
        desk.frame().clone(),
        zone,
        &all,
        (me, now),
    )))
}

/// `GET /scheduled`: the reader's own.
pub async fn show(desk: Desk) -> Answer {
    let told = waiting::own_list(desk.office(), desk.account()).await;
    desk.show(Section::Scheduled, told, |all| scheduled(&all))
        .await
}
