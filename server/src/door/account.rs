//! The own account.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use futures::stream;
use pigeon_app::plain::{self, Own, Profile, Section};
use pigeon_core::person::export::Export;
use pigeon_core::person::{notice, own};
use pigeon_core::session::{self, list};
use pigeon_core::zone::Zone;
use pigeon_core::{Error, proof};
use pigeon_wire::Fault;
use pigeon_wire::notice::{MailPace, NoticeKind, Notices};

use super::form::Form;
use super::person::end_sessions;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

/// The page's address.
pub const ACCOUNT: &str = "/account";

/// `GET /account`.
pub async fn show(desk: Desk) -> Answer {
    let told = page(&desk).await;
    desk.show(Section::Account, told, |own| own.view()).await
}

/// `POST /account`: the name, the language of mails, the time zone.
pub async fn save(desk: Desk, typed: Form) -> Answer {
    let (office, account) = (desk.office(), desk.account());
    let name = typed.text("name");
    let language = typed.text("language").parse();
    let language = language.unwrap_or(office.settings().language);
    let time_zone = typed.text("time_zone");
    let saved = own::change_profile(office, account, &name, language, &time_zone).await;
    let profile = Profile {
        name,
        language,
        time_zone,
    };
    told(&desk, saved, "profile_saved", |own| Own {
        typed: Some(profile),
        ..own
    })
    .await
}

/// `POST /account/password`.
pub async fn password(desk: Desk, typed: Form) -> Answer {
    let (old, new) = (typed.text("old_password"), typed.text("password"));
    let changed = own::change_password(desk.office(), desk.account(), &old, &new).await;
    told(&desk, changed, "password_changed", |own| own).await
}

/// `POST /account/address`: asks for the link by which the account moves.
pub async fn address(desk: Desk, typed: Form) -> Answer {
    let (email, password) = (typed.text("email"), typed.text("own_password"));
    let asked = proof::change_address(desk.office(), desk.account(), &email, &password).await;
    told(&desk, asked, "moving", |own| Own {
        moving: Some(email),
        ..own
    })
    .await
}

/// `POST /account/notices`: what is mailed, and what counts for the badge.
pub async fn notices(desk: Desk, typed: Form) -> Answer {
    let (office, account) = (desk.office(), desk.account());
    let mut chosen = Notices::default();
    for kind in NoticeKind::ALL.iter().copied() {
        // What the page did not show stays as nobody chose it.
        let pace = typed.text(&plain::mail_field(kind)).parse();
        let counts = typed.text(&plain::badge_field(kind)) == "on";
        chosen = chosen
            .mailing(kind, pace.unwrap_or(MailPace::Soon))
            .counting(kind, counts);
    }
    let chosen = chosen.undoing(typed.text("undo_s").parse().ok());
    let changed = notice::change(office, account, chosen).await;
    told(&desk, changed, "notices_saved", |own| own).await
}

/// `POST /account/sessions`: ends one, or all others.
pub async fn sessions(desk: Desk, typed: Form) -> Answer {
    let (ended, what) = end_sessions(&desk, desk.account().person, &typed).await;
    told(&desk, ended, what, |own| own).await
}

/// `GET /account/export`: the own data as a file, read as it is sent.
pub async fn export(desk: Desk) -> Answer {
    let export = Export::begin(desk.office(), desk.account()).await?;
    let pieces = stream::try_unfold(export, |mut export| async move {
        // Whoever loses the right on the way gets a file that breaks off.
        let piece = export.next().await.map_err(Fault::from)?;
        Ok::<_, Fault>(piece.map(|piece| (piece, export)))
    });
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"pigeon.json\""),
        ),
    ];
    Ok((StatusCode::OK, headers, Body::from_stream(pieces)).into_response())
}

async fn page(desk: &Desk) -> Result<Own, Error> {
    let (office, account) = (desk.office(), desk.account());
    Ok(Own {
        account: own::account(office, account).await?,
        notices: notice::own(office, account).await?,
        is_staff: session::me(office, account).await?.permissions.is_staff(),
        sessions: list::own(office, account).await?,
        zones: Zone::names(),
        picture_accept: office.settings().image_accept(),
        typed: None,
        moving: None,
        fault: None,
    })
}

/// Back to the account, or the page once more with why not, and what was typed.
pub(super) async fn told(
    desk: &Desk,
    answer: Result<(), Error>,
    what: &str,
    typed: impl FnOnce(Own) -> Own,
) -> Answer {
    match answer {
        Ok(()) => Ok(done(ACCOUNT, what)),
        Err(error) => {
            let view = |own: Own, fault| {
                let own = Own {
                    fault: Some(fault),
                    ..typed(own)
                };
                own.view()
            };
            desk.again(Section::Account, error, page(desk), view).await
        }
    }
}
