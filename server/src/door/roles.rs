//! Roles: listed, made, changed, deleted.

use axum::extract::Path;
use pigeon_app::plain::{OneRole, RoleForm, Roles, Section};
use pigeon_core::role::{self, Move};
use pigeon_core::{Error, role::list};
use pigeon_wire::Fault;
use pigeon_wire::permission::Permission;
use pigeon_wire::team::NO_ROLE;

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const ROLES: &str = "/roles";

/// `GET /roles`.
pub async fn show(desk: Desk) -> Answer {
    let page = list(desk.office(), desk.account()).await;
    let view = |page| {
        let roles = Roles {
            page,
            typed: RoleForm::default(),
            fault: None,
        };
        roles.view()
    };
    desk.show(Section::Roles, page, view).await
}

/// `POST /roles`: makes one.
pub async fn create(desk: Desk, typed: Form) -> Answer {
    let (office, account) = (desk.office(), desk.account());
    let (name, permissions) = (typed.text("name"), ticked(&typed));
    match role::create(office, account, &name, &permissions).await {
        Ok(_) => Ok(done(ROLES, "role_made")),
        Err(error) => {
            let typed = form(name, &permissions);
            let view = |page, fault| {
                let roles = Roles {
                    page,
                    typed,
                    fault: Some(fault),
                };
                roles.view()
            };
            desk.again(Section::Roles, error, list(office, account), view)
                .await
        }
    }
}

/// `GET /roles/{role}`: a custom one.
pub async fn show_one(desk: Desk, Path(slug): Path<String>) -> Answer {
    let told = one(&desk, &slug, None).await;
    desk.show(Section::Roles, told, |one| one.view()).await
}

/// `POST /roles/{role}`: changes it.
pub async fn edit(desk: Desk, Path(slug): Path<String>, typed: Form) -> Answer {
    let (name, permissions) = (typed.text("name"), ticked(&typed));
    match role::edit(desk.office(), desk.account(), &slug, &name, &permissions).await {
        Ok(()) => Ok(done(&[ROLES, "/", &slug].concat(), "role_saved")),
        Err(error) => refused(&desk, &slug, error, Some(form(name, &permissions))).await,
    }
}

/// `POST /roles/{role}/delete`.
pub async fn delete(desk: Desk, Path(slug): Path<String>, typed: Form) -> Answer {
    let to = match typed.text("to").as_str() {
        "" => Move::Nowhere,
        NO_ROLE => Move::ToNone,
        other => Move::To(other.to_owned()),
    };
    match role::delete(desk.office(), desk.account(), &slug, to).await {
        Ok(()) => Ok(done(ROLES, "role_deleted")),
        Err(error) => refused(&desk, &slug, error, None).await,
    }
}

async fn refused(desk: &Desk, slug: &str, error: Error, typed: Option<RoleForm>) -> Answer {
    let told = one(desk, slug, typed);
    let view = |mut one: OneRole, fault| {
        one.fault = Some(fault);
        one.view()
    };
    desk.again(Section::Roles, error, told, view).await
}

/// The custom role of this word. Built-in ones have no page: they stay as they are.
async fn one(desk: &Desk, slug: &str, typed: Option<RoleForm>) -> Result<OneRole, Error> {
    let page = list(desk.office(), desk.account()).await?;
    let found = page.roles.iter().find(|one| one.role.slug == slug);
    let found = found.filter(|one| one.role.builtin().is_none());
    let role = found.ok_or(Fault::NotFound)?.clone();
    Ok(OneRole {
        page,
        role,
        typed,
        fault: None,
    })
}

/// The permissions whose boxes are ticked.
fn ticked(typed: &Form) -> Vec<Permission> {
    let all = Permission::ALL.iter().copied();
    all.filter(|permission| typed.text(permission.as_str()) == "on")
        .collect()
}

fn form(name: String, permissions: &[Permission]) -> RoleForm {
    RoleForm {
        name,
        permissions: permissions.to_vec(),
    }
}
