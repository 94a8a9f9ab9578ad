//! How other sites show conversations, and the keys with which they vouch for their visitors.

use axum::extract::Path;
use axum::http::StatusCode;
use pigeon_app::plain::{Embed, Section};
use pigeon_core::embed::key::{self, Made};
use pigeon_core::{Error, setting};
use pigeon_wire::{EmbedKeyId, Fault};

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const HERE: &str = "/settings/embed";

/// `GET /settings/embed`.
pub async fn show(desk: Desk) -> Answer {
    let told = page(&desk).await;
    desk.show(Section::Embed, told, |embed| embed.view()).await
}

/// `POST /settings/embed/keys`: the answer itself shows the secret, and nothing ever shows it again.
pub async fn make(desk: Desk, typed: Form) -> Answer {
    let name = typed.text("name");
    match key::make(desk.office(), desk.account(), &name).await {
        Ok(made) => shown(&desk, made).await,
        Err(error) => {
            let view = |embed: Embed, fault| {
                let embed = Embed {
                    typed: name,
                    fault: Some(fault),
                    ..embed
                };
                embed.view()
            };
            desk.again(Section::Embed, error, page(&desk), view).await
        }
    }
}

/// `POST /settings/embed/keys/{key}/renew`: likewise.
pub async fn renew(desk: Desk, Path(id): Path<String>) -> Answer {
    let renewed = match parsed(&id) {
        Ok(id) => key::renew(desk.office(), desk.account(), id).await,
        Err(fault) => Err(fault.into()),
    };
    match renewed {
        Ok(made) => shown(&desk, made).await,
        Err(error) => desk.refuse(Section::Embed, error.into()).await,
    }
}

/// `POST /settings/embed/keys/{key}/revoke`.
pub async fn revoke(desk: Desk, Path(id): Path<String>) -> Answer {
    let revoked = match parsed(&id) {
        Ok(id) => key::revoke(desk.office(), desk.account(), id).await,
        Err(fault) => Err(fault.into()),
    };
    match revoked {
        Ok(()) => Ok(done(HERE, "key_revoked")),
        Err(error) => desk.refuse(Section::Embed, error.into()).await,
    }
}

fn parsed(id: &str) -> Result<EmbedKeyId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

async fn shown(desk: &Desk, made: Made) -> Answer {
    let embed = Embed {
        made: Some((made.id.to_string(), made.secret)),
        ..page(desk).await?
    };
    desk.page(StatusCode::OK, Section::Embed, || embed.view())
        .await
}

async fn page(desk: &Desk) -> Result<Embed, Error> {
    let settings = setting::open(desk.office(), desk.account()).await?;
    Ok(Embed {
        public_url: settings.public_url.clone(),
        origins: settings.embed_origins.clone(),
        keys: key::all(desk.office(), desk.account()).await?,
        ..Embed::default()
    })
}
