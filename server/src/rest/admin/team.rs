//! People, invitations and roles.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pigeon_core::invitation;
use pigeon_core::person::{self, Held};
use pigeon_core::role::{self, Move};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::team::{NO_ROLE, PeopleFilter, PeopleState};
use pigeon_wire::{Fault, InvitationId, PersonId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Hall;
use crate::refusal::Answer;
use crate::rest::bearer::{Administers, Program};
use crate::rest::model::{Invitation, InvitationList, Role, RoleList, RoleMade};
use crate::rest::thread::fresh;

/// Somebody to invite.
#[derive(Deserialize, ToSchema)]
pub struct NewInvitation {
    /// Their address.
    pub email: String,
    /// The word of the role that they get; without it, none.
    pub role: Option<String>,
    /// The language of the mail, `en` or `de`; without it, the site's.
    pub language: Option<String>,
}

/// A role to give.
#[derive(Deserialize, ToSchema)]
pub struct SetRole {
    /// Its word; `null` for none.
    #[schema(required)]
    pub role: Option<String>,
}

/// How an account ends.
#[derive(Deserialize, ToSchema)]
pub struct EndAccount {
    /// Whether what is assigned to them becomes nobody's.
    #[serde(default)]
    pub release: bool,
}

/// A role to be.
#[derive(Deserialize, ToSchema)]
pub struct NewRole {
    /// Its name.
    pub name: String,
    /// What it allows.
    pub permissions: Vec<String>,
}

/// What happens to those who have a role that goes.
#[derive(Deserialize, ToSchema)]
pub struct EndRole {
    /// The word of the role that they get, or `user` for none. Without it, the role goes only if nobody
    /// has it.
    pub to: Option<String>,
}

/// Invitations that nobody has accepted yet.
#[utoipa::path(
    get, path = "/api/v1/invitations", tag = "admin",
    responses((status = 200, body = InvitationList), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn invitations(State(hall): State<Hall>, program: Program<Administers>) -> Answer {
    let filter = PeopleFilter {
        text: String::new(),
        state: PeopleState::Active,
        role: None,
        after: None,
    };
    let page = person::people(&hall.office, &program.account, &filter).await?;
    Ok(fresh(InvitationList {
        items: page.invitations.into_iter().map(Invitation::from).collect(),
    }))
}

/// Invites somebody by mail.
#[utoipa::path(
    post, path = "/api/v1/invitations", tag = "admin",
    request_body = NewInvitation,
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn invite(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Json(new): Json<NewInvitation>,
) -> Answer {
    let language = match new.language {
        Some(word) => word.parse::<Language>().map_err(|_| Fault::Malformed)?,
        None => hall.office.settings().language,
    };
    let role = new.role.as_deref().filter(|role| *role != NO_ROLE);
    invitation::invite(&hall.office, &program.account, &new.email, role, language).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Sends an invitation once more, with a fresh link.
#[utoipa::path(
    post, path = "/api/v1/invitations/{id}/send", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn send_again(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    invitation::send_again(&hall.office, &program.account, invited(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes an invitation back.
#[utoipa::path(
    post, path = "/api/v1/invitations/{id}/revoke", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn take_back(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    invitation::revoke(&hall.office, &program.account, invited(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Gives somebody another role.
#[utoipa::path(
    put, path = "/api/v1/people/{id}/role", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    request_body = SetRole,
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn set_role(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
    Json(new): Json<SetRole>,
) -> Answer {
    let role = new.role.as_deref().filter(|role| *role != NO_ROLE);
    person::change_role(&hall.office, &program.account, somebody(&id)?, role).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Ends an account: its sessions, tokens, live lines and waiting mails end with it.
#[utoipa::path(
    post, path = "/api/v1/people/{id}/deactivate", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    request_body = EndAccount,
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn deactivate(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
    Json(new): Json<EndAccount>,
) -> Answer {
    let held = if new.release {
        Held::Released
    } else {
        Held::Stays
    };
    person::deactivate(&hall.office, &program.account, somebody(&id)?, held).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Opens an account again.
#[utoipa::path(
    post, path = "/api/v1/people/{id}/reactivate", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn reactivate(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    person::reactivate(&hall.office, &program.account, somebody(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Every role.
#[utoipa::path(
    get, path = "/api/v1/roles", tag = "admin",
    responses((status = 200, body = RoleList), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn roles(State(hall): State<Hall>, program: Program<Administers>) -> Answer {
    let page = role::list(&hall.office, &program.account).await?;
    Ok(fresh(RoleList {
        items: page.roles.into_iter().map(Role::from).collect(),
    }))
}

/// Makes a role.
#[utoipa::path(
    post, path = "/api/v1/roles", tag = "admin",
    request_body = NewRole,
    responses((status = 201, body = RoleMade), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn make_role(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Json(new): Json<NewRole>,
) -> Answer {
    let permissions = allowed(&new.permissions)?;
    let role = role::create(&hall.office, &program.account, &new.name, &permissions).await?;
    Ok((StatusCode::CREATED, fresh(RoleMade { role })).into_response())
}

/// Changes a role that was made here.
#[utoipa::path(
    put, path = "/api/v1/roles/{role}", tag = "admin",
    params(("role" = String, Path, description = "Its word.")),
    request_body = NewRole,
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn edit_role(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(slug): Path<String>,
    Json(new): Json<NewRole>,
) -> Answer {
    let permissions = allowed(&new.permissions)?;
    role::edit(
        &hall.office,
        &program.account,
        &slug,
        &new.name,
        &permissions,
    )
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Deletes a role that was made here.
#[utoipa::path(
    post, path = "/api/v1/roles/{role}/delete", tag = "admin",
    params(("role" = String, Path, description = "Its word.")),
    request_body = EndRole,
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn delete_role(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(slug): Path<String>,
    Json(new): Json<EndRole>,
) -> Answer {
    let to = match new.to.as_deref() {
        None => Move::Nowhere,
        Some(NO_ROLE) => Move::ToNone,
        Some(other) => Move::To(other.to_owned()),
    };
    role::delete(&hall.office, &program.account, &slug, to).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn invited(id: &str) -> Result<InvitationId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

fn somebody(id: &str) -> Result<PersonId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

fn allowed(words: &[String]) -> Result<Vec<Permission>, Fault> {
    let all = words
        .iter()
        .map(|word| word.parse().map_err(|_| Fault::Malformed));
    all.collect()
}
