//! The own API tokens.

use axum::extract::Path;
use axum::http::StatusCode;
use pigeon_app::plain::{Section, Tokens, scope_field};
use pigeon_core::{Error, token};
use pigeon_wire::Fault;
use pigeon_wire::token::Scope;

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const TOKENS: &str = "/account/tokens";

/// `GET /account/tokens`.
pub async fn show(desk: Desk) -> Answer {
    let told = page(&desk).await;
    desk.show(Section::Tokens, told, |tokens| tokens.view())
        .await
}

/// `POST /account/tokens`: the answer itself shows the new token, and nothing ever shows it again.
pub async fn make(desk: Desk, typed: Form) -> Answer {
    let name = typed.text("name");
    let chosen = |scope: &Scope| typed.given(&scope_field(*scope)) == Some("on");
    let scopes: Vec<Scope> = Scope::ALL.iter().copied().filter(chosen).collect();
    let days = typed.text("days").parse().unwrap_or_default();
    match token::make(desk.office(), desk.account(), &name, &scopes, days).await {
        Ok(made) => {
            let tokens = Tokens {
                made: Some(made.secret),
                ..page(&desk).await?
            };
            desk.page(StatusCode::OK, Section::Tokens, || tokens.view())
                .await
        }
        Err(error) => {
            let view = |tokens: Tokens, fault| {
                let tokens = Tokens {
                    typed: Some((name, scopes, days)),
                    fault: Some(fault),
                    ..tokens
                };
                tokens.view()
            };
            desk.again(Section::Tokens, error, page(&desk), view).await
        }
    }
}

/// `POST /account/tokens/{token}/revoke`.
pub async fn revoke(desk: Desk, Path(id): Path<String>) -> Answer {
    let revoked = match id.parse() {
        Ok(id) => token::revoke(desk.office(), desk.account(), id).await,
        Err(_) => Err(Fault::NotFound.into()),
    };
    match revoked {
        Ok(()) => Ok(done(TOKENS, "token_revoked")),
        Err(error) => desk.refuse(Section::Tokens, error.into()).await,
    }
}

async fn page(desk: &Desk) -> Result<Tokens, Error> {
    Ok(Tokens {
        tokens: token::own(desk.office(), desk.account()).await?,
        ..Tokens::default()
    })
}
