//! The settings.

use axum::http::StatusCode;
use pigeon_app::plain::{self, Section};
use pigeon_core::Error;
use pigeon_core::setting::{self, Changed};
use pigeon_core::zone::Zone;
use pigeon_wire::Fault;
use pigeon_wire::setting::{Setting, Shown, Typed, Wrong};

use super::form::Form;
use super::logo;
use crate::desk::{self, Desk};
use crate::refusal::Answer;

pub(super) const HERE: &str = "/settings";

/// `GET /settings`.
pub async fn show(desk: Desk) -> Answer {
    let shown = setting::page(desk.office(), desk.account()).await;
    let view = |shown| drawn(&desk, shown, None).view();
    desk.show(Section::Settings, shown, view).await
}

/// `POST /settings`. Each field comes with what was in force when the form was drawn.
pub async fn change(desk: Desk, form: Form) -> Answer {
    let typed = Setting::ALL.iter().filter_map(|one| typed(&form, *one));
    match setting::change(desk.office(), desk.account(), typed.collect()).await {
        Ok(Changed::Stored(0)) => Ok(desk::done(HERE, "unchanged")),
        Ok(Changed::Stored(_)) => Ok(desk::done(HERE, "saved")),
        Ok(Changed::Refused(shown)) => refused(&desk, shown).await,
        Err(error) => desk.refuse(Section::Settings, error.into()).await,
    }
}

/// The page once more with why there is no other logo.
pub(super) async fn logo_refused(desk: &Desk, error: Error) -> Answer {
    let page = setting::page(desk.office(), desk.account());
    let view = |shown, fault| drawn(desk, shown, Some(fault)).view();
    desk.again(Section::Settings, error, page, view).await
}

fn drawn(desk: &Desk, fields: Vec<Shown>, fault: Option<Fault>) -> plain::SettingsPage {
    let settings = desk.office().settings();
    plain::SettingsPage {
        fields,
        zones: Zone::names(),
        logo: settings.logo.as_deref().map(logo::address),
        logo_accept: settings.image_accept(),
        fault,
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

async fn refused(desk: &Desk, shown: Vec<Shown>) -> Answer {
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
    desk.page(status, Section::Settings, || {
        drawn(desk, shown, None).view()
    })
    .await
}
