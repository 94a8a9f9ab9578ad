//! The people of the house: the list, and invitations.

use axum::extract::Path;
use axum::http::Uri;
use pigeon_app::plain::{InviteForm, People, Section};
use pigeon_core::{Error, invitation, person};
use pigeon_wire::team::{NO_ROLE, PeopleFilter, PeoplePage, PeopleState};
use pigeon_wire::text::NAME_CHARS_MAX;
use pigeon_wire::{Fault, InvitationId};

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const PEOPLE: &str = "/people";

/// `GET /people?q=…&of=…&state=…&after=…`. What is no choice is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let filter = PeopleFilter {
        text: asked.text("q").chars().take(NAME_CHARS_MAX).collect(),
        state: asked.text("state").parse().unwrap_or(PeopleState::Active),
        role: Some(asked.text("of")).filter(|role| !role.is_empty()),
        after: asked.text("after").parse().ok(),
    };
    let page = person::people(desk.office(), desk.account(), &filter).await;
    let people = |page| of(&desk, filter, page).view();
    desk.show(Section::People, page, people).await
}

/// `POST /people`: invites.
pub async fn invite(desk: Desk, typed: Form) -> Answer {
    let (office, account) = (desk.office(), desk.account());
    let (email, role) = (typed.text("email"), typed.text("role"));
    let language = typed.text("language").parse();
    let language = language.unwrap_or(office.settings().language);
    let given = Some(role.as_str()).filter(|role| *role != NO_ROLE);
    match invitation::invite(office, account, &email, given, language).await {
        Ok(()) => Ok(done(PEOPLE, "invited")),
        Err(error) => {
            let invite = InviteForm {
                email,
                role,
                language,
            };
            again(&desk, error, Some(invite)).await
        }
    }
}

/// `POST /people/invitations/{id}/again`.
pub async fn send_again(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    match invitation::send_again(desk.office(), desk.account(), id).await {
        Ok(()) => Ok(done(PEOPLE, "sent_again")),
        Err(error) => again(&desk, error, None).await,
    }
}

/// `POST /people/invitations/{id}/revoke`.
pub async fn revoke(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    match invitation::revoke(desk.office(), desk.account(), id).await {
        Ok(()) => Ok(done(PEOPLE, "taken_back")),
        Err(error) => again(&desk, error, None).await,
    }
}

fn known(id: &str) -> Result<InvitationId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

/// The whole list once more, with why something was refused.
async fn again(desk: &Desk, error: Error, invite: Option<InviteForm>) -> Answer {
    let filter = PeopleFilter {
        text: String::new(),
        state: PeopleState::Active,
        role: None,
        after: None,
    };
    let told = person::people(desk.office(), desk.account(), &filter);
    let view = |page, fault: Fault| {
        let mut people = of(desk, filter.clone(), page);
        people.invite = invite.unwrap_or(people.invite);
        people.fault = Some(fault);
        people.view()
    };
    desk.again(Section::People, error, told, view).await
}

fn of(desk: &Desk, filter: PeopleFilter, page: PeoplePage) -> People {
    People {
        reader: desk.account().person,
        filter,
        page,
        invite: InviteForm {
            email: String::new(),
            role: NO_ROLE.to_owned(),
            language: desk.office().settings().language,
        },
        fault: None,
    }
}
