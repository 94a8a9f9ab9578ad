//! Saved views of the inbox: listed, saved, deleted.

use axum::extract::Path;
use axum::http::Uri;
use axum::response::IntoResponse as _;
use pigeon_app::plain::{SavedViews, Section};
use pigeon_core::{Error, saved};
use pigeon_wire::inbox::Ask;
use pigeon_wire::permission::Permission;
use pigeon_wire::{Fault, SavedViewId};

use super::form::Form;
use crate::Refused;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const VIEWS: &str = "/views";

/// `GET /views`: with a list's own words in the address, also the form that saves it.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let query = match uri.query() {
        Some(query) => Some(asked(query)?.query()),
        None => None,
    };
    let page = page(&desk).await.map(|page| SavedViews {
        query: query.filter(|query| !query.is_empty()),
        ..page
    });
    desk.show(Section::Saved, page, |page| page.view()).await
}

/// `GET /views/counts`: a line for each, with its id and how many threads it holds. Plain text, so that the
/// team's program needs no reader for it.
pub async fn counts(desk: Desk) -> Answer {
    let counts = saved::counts(desk.office(), desk.account()).await?;
    let lines = counts.iter().map(|(id, count)| format!("{id} {count}\n"));
    Ok(lines.collect::<String>().into_response())
}

/// `POST /views`: saves one.
pub async fn save(desk: Desk, form: Form) -> Answer {
    let (name, shared) = (form.text("name"), form.given("shared") == Some("on"));
    let ask = asked(&form.text("query"))?;
    match saved::save(desk.office(), desk.account(), &name, &ask, shared).await {
        Ok(_) => Ok(done(VIEWS, "view_saved")),
        Err(error) => {
            let view = |page: SavedViews, fault| {
                let page = SavedViews {
                    query: Some(ask.query()),
                    typed: (name, shared),
                    fault: Some(fault),
                    ..page
                };
                page.view()
            };
            desk.again(Section::Saved, error, page(&desk), view).await
        }
    }
}

/// `POST /views/{saved}/delete`.
pub async fn delete(desk: Desk, Path(id): Path<String>) -> Answer {
    let id: Result<SavedViewId, _> = id.parse();
    let deleted = match id {
        Ok(id) => saved::delete(desk.office(), desk.account(), id).await,
        Err(_) => Err(Fault::NotFound.into()),
    };
    match deleted {
        Ok(()) => Ok(done(VIEWS, "view_deleted")),
        Err(error) => {
            let view = |page: SavedViews, fault| {
                let page = SavedViews {
                    fault: Some(fault),
                    ..page
                };
                page.view()
            };
            desk.again(Section::Saved, error, page(&desk), view).await
        }
    }
}

async fn page(desk: &Desk) -> Result<SavedViews, Error> {
    Ok(SavedViews {
        views: saved::list(desk.office(), desk.account()).await?,
        may_share: desk.may(Permission::ManageThreads).await?,
        ..SavedViews::default()
    })
}

/// What a query asks for; what is none of ours asks for nothing.
fn asked(query: &str) -> Result<Ask, Refused> {
    let words = Form::urlencoded(query.as_bytes())?;
    Ok(Ask::read(|name| words.given(name).map(ToOwned::to_owned)))
}
