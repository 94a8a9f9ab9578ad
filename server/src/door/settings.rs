//! The settings.

use axum::http::StatusCode;
use pigeon_app::plain::{self, Section};
use pigeon_core::setting::{self, Changed};
use pigeon_wire::Fault;
use pigeon_wire::setting::{Setting, Shown, Typed, Wrong};

use super::form::Form;
use crate::desk::{self, Desk};
use crate::refusal::Answer;

const HERE: &str = "/settings";

/// `GET /settings`.
pub async fn show(desk: Desk) -> Answer {
    let shown = setting::page(desk.office(), desk.account()).await;
    desk.show(Section::Settings, shown, |shown| plain::settings(&shown))
        .await
}

/// `POST /settings`. Each field comes with what was in force when the form was drawn.
pub async fn change(desk: Desk, form: Form) -> Answer {
    let typed = Setting::ALL.iter().filter_map(|one| typed(&form, *one));
    match setting::change(desk.office(), desk.account(), typed.collect()).await {
        Ok(Changed::Stored(0)) => Ok(desk::done(HERE, "unchanged")),
        Ok(Changed::Stored(_)) => Ok(desk::done(HERE, "saved")),
        Ok(Changed::Refused(shown)) => refused(&desk, &shown).await,
        Err(error) => desk.refuse(Section::Settings, error.into()).await,
    }
}

/// What came back for a setting. A switch that is off sends nothing but what it was.
fn typed(form: &Form, setting: Setting) -> Option<Typed> {
    let was = form.given(&setting.was_name());
    let text = form.given(setting.as_str());
    (was.is_some() || text.is_some()).then(|| Typed {
        setting,
        text: text.unwrap_or_default().to_owned(),
        was: was.unwrap_or_default().to_owned(),
    })
}

async fn refused(desk: &Desk, shown: &[Shown]) -> Answer {
    let mut wrongs = shown.iter().filter_map(|shown| shown.wrong);
    let fault = if wrongs.all(|wrong| wrong == Wrong::Changed) {
        Fault::Changed
    } else {
        Fault::Invalid(Vec::new())
    };
    let status = StatusCode::from_u16(fault.status()).map_err(|_| Fault::Internal)?;
    if !desk.reads_pages() {
        return Err(fault.into());
    }
    desk.page(status, Section::Settings, || plain::settings(shown))
        .await
}
