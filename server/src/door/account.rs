//! The own account.

use pigeon_app::plain::{Own, Section};
use pigeon_core::Error;
use pigeon_core::person::own;
use pigeon_core::session::list;
use pigeon_wire::person::Language;

use super::form::Form;
use super::person::end_sessions;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const ACCOUNT: &str = "/account";

/// `GET /account`.
pub async fn show(desk: Desk) -> Answer {
    let told = page(&desk).await;
    desk.show(Section::Account, told, |own| own.view()).await
}

/// `POST /account`: the name, and the language of mails.
pub async fn save(desk: Desk, typed: Form) -> Answer {
    let (office, account) = (desk.office(), desk.account());
    let name = typed.text("name");
    let language = typed.text("language").parse();
    let language = language.unwrap_or(office.settings().language);
    let saved = own::change_profile(office, account, &name, language).await;
    told(&desk, saved, "profile_saved", Some((name, language))).await
}

/// `POST /account/password`.
pub async fn password(desk: Desk, typed: Form) -> Answer {
    let (old, new) = (typed.text("old_password"), typed.text("password"));
    let changed = own::change_password(desk.office(), desk.account(), &old, &new).await;
    told(&desk, changed, "password_changed", None).await
}

/// `POST /account/sessions`: ends one, or all others.
pub async fn sessions(desk: Desk, typed: Form) -> Answer {
    let (ended, what) = end_sessions(&desk, desk.account().person, &typed).await;
    told(&desk, ended, what, None).await
}

async fn page(desk: &Desk) -> Result<Own, Error> {
    let (office, account) = (desk.office(), desk.account());
    Ok(Own {
        account: own::account(office, account).await?,
        sessions: list::own(office, account).await?,
        typed: None,
        fault: None,
    })
}

/// Back to the account, or the page once more with why not.
async fn told(
    desk: &Desk,
    answer: Result<(), Error>,
    what: &str,
    typed: Option<(String, Language)>,
) -> Answer {
    match answer {
        Ok(()) => Ok(done(ACCOUNT, what)),
        Err(error) => {
            let view = |own: Own, fault| {
                let own = Own {
                    typed,
                    fault: Some(fault),
                    ..own
                };
                own.view()
            };
            desk.again(Section::Account, error, page(desk), view).await
        }
    }
}
