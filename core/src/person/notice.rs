//! What people want to be told by mail and by the badge: their own choices.

use pigeon_wire::notice::{NoticeKind, Notices};
use pigeon_wire::thread::ThreadKind;

use super::{in_person, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::{Error, Office, mailbox};

/// The hour of the day, by the clocks of its reader, at which the day's mail is sent.
pub(crate) const DIGEST_HOUR: i8 = 8;

/// Stored choices. What cannot be read is what nobody chose: a mail too many is better than one too
/// few.
pub(crate) fn stored(text: Option<&str>) -> Notices {
    text.and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default()
}

/// What a message in a thread of this sort is to those on its customer's side.
pub(crate) const fn kind_of(kind: ThreadKind) -> NoticeKind {
    match kind {
        ThreadKind::Support => NoticeKind::Support,
        ThreadKind::Direct => NoticeKind::Direct,
    }
}

/// The choices of whoever asks.
pub async fn own(office: &Office, account: &Account) -> Result<Notices, Error> {
    let mut conn = office.read().await?;
    Ok(in_person(&mut conn, account, office.now()).await?.notices)
}

/// Changes them. The badge follows at once; mails that wait are looked at again when they are sent.
pub async fn change(office: &Office, account: &Account, chosen: Notices) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = in_person(&mut work.conn, &account, work.now).await?;
                if me.notices == chosen {
                    return Ok(());
                }
                let text = serde_json::json!(chosen).to_string();
                on!(&mut work.conn, c => sqlx::query(sql::SET_NOTICES)
                    .bind(me.id).bind(&text).execute(c).await.map(|_| ()))?;
                for kind in [ThreadKind::Support, ThreadKind::Direct] {
                    let counts = chosen.counts(kind_of(kind));
                    if counts != me.notices.counts(kind_of(kind)) {
                        mailbox::recount(work, me.id, kind, counts).await?;
                    }
                }
                audit::note(work, Some(me.id), Act::ProfileChanged, About::person(me.id)).await
            })
        })
        .await
}
