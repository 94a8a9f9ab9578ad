//! Handing a thread over: who looks after it, and what they should know, in one act.

use pigeon_wire::ThreadId;
use pigeon_wire::act::{HandOver, ThreadAct};
use pigeon_wire::message::ReplyForm;

use super::act::perform;
use crate::actor::Account;
use crate::{Error, Office, note};

/// Changes who looks after a thread, and adds a note for them if there is one. Sent twice, it is done
/// once.
///
/// # Errors
/// Those of [`super::assign`] and of [`note::add`]; then neither is done.
pub async fn hand_over(
    office: &Office,
    account: &Account,
    id: ThreadId,
    form: &HandOver,
) -> Result<(), Error> {
    let HandOver {
        from,
        to,
        note,
        key,
    } = form.clone();
    let note = if note.trim().is_empty() {
        None
    } else {
        let form = ReplyForm {
            body: note,
            key,
            ..ReplyForm::default()
        };
        Some(form.check()?)
    };
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                perform(work, &account, id, ThreadAct::Assign { from, to }).await?;
                if let Some(note) = &note {
                    note::post(work, &account, id, note).await?;
                }
                Ok(())
            })
        })
        .await
}
