//! What became of one message's mail, from its conversation; and the tags that are known.

use axum::extract::Path;
use pigeon_app::plain::{Fate, Section};
use pigeon_app::ssr::tags_part;
use pigeon_core::outbox::{fate, retry_message};
use pigeon_core::{Error, thread};
use pigeon_wire::permission::Permission;
use pigeon_wire::{Fault, MessageId, ThreadId};

use super::canned::part;
use crate::desk::Desk;
use crate::page;
use crate::refusal::Answer;

/// `GET /inbox/{thread}/mail/{message}`.
pub async fn show(desk: Desk, Path(path): Path<(String, String)>) -> Answer {
    let told = of(&desk, &path).await;
    desk.show(Section::Fate, told, |page| page.view()).await
}

/// `POST /inbox/{thread}/mail/{message}`: has it tried at once, and leads back to the conversation.
pub async fn retry(desk: Desk, Path(path): Path<(String, String)>) -> Answer {
    let tried = match ids(&path) {
        Ok((thread, message)) => {
            retry_message(desk.office(), desk.account(), thread, message).await
        }
        Err(error) => Err(error),
    };
    match tried {
        Ok(()) => Ok(page::see_other(&["/inbox/", &path.0].concat())),
        Err(error) => {
            let view = |page: Fate, fault| {
                let page = Fate {
                    fault: Some(fault),
                    ..page
                };
                page.view()
            };
            desk.again(Section::Fate, error, of(&desk, &path), view)
                .await
        }
    }
}

/// `GET /tags`: those that are known, as a part of a page.
pub async fn tags(desk: Desk) -> Answer {
    let tags = thread::tags(desk.office(), desk.account()).await?;
    Ok(part(tags_part(desk.frame().clone(), &tags)))
}

async fn of(desk: &Desk, path: &(String, String)) -> Result<Fate, Error> {
    let (thread, message) = ids(path)?;
    let room = ["/inbox/", &path.0].concat();
    Ok(Fate {
        here: [&room, "/mail/", &path.1].concat(),
        room,
        fate: fate(desk.office(), desk.account(), thread, message).await?,
        may: desk.may(Permission::ManageThreads).await?,
        fault: None,
    })
}

fn ids((thread, message): &(String, String)) -> Result<(ThreadId, MessageId), Error> {
    let known = || Some((thread.parse().ok()?, message.parse().ok()?));
    Ok(known().ok_or(Fault::NotFound)?)
}
