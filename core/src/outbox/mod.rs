//! The ledger of mails: rows are written in the unit that causes them, and settled by the worker.
//! A row holds ids alone; whether, what and to which address is asked when it is sent.

mod account;
mod assigned;
mod digest;
mod fate;
mod keep;
pub(crate) mod letter;
mod mine;
mod proof;
pub(crate) mod settle;
pub(crate) mod sql;
mod trial;
pub mod worker;

pub use fate::{fate, retry_message};
pub use keep::{Keeper, cancel, failed, page, retry, retry_all};
pub use trial::{trial, trial_to};

use pigeon_wire::id::{OutboxId, RecordId};
use pigeon_wire::note::Delivery;
use pigeon_wire::notice::{MailPace, NoticeKind, Notices};
use pigeon_wire::outbox::MailKind;
use pigeon_wire::permission::Permission;
use pigeon_wire::proof::ProofKind;
use pigeon_wire::team::InvitationMail;
use pigeon_wire::text::Email;
use pigeon_wire::thread::{ParticipantRole, Side, ThreadKind};
use pigeon_wire::{InvitationId, MessageId, Millis, PersonId, ThreadId};

use crate::Error;
use crate::db::later::later;
use crate::db::{Conn, on};
use crate::hub::Announcement;
use crate::person::{self, notice};
use crate::thread::row::{self, ParticipantRow, ThreadRow};
use crate::work::Work;
use crate::zone::Zone;

/// To whom.
enum To<'t> {
    Person(PersonId),
    Address(&'t Email),
    /// A person, at an address that is not, or is no longer, their account's.
    PersonAt(PersonId, &'t Email),
    /// A request for an address that nobody has: the row is written all the same.
    Nobody(RecordId),
}

/// Whether the customer of a thread will be mailed about a staff member's message.
pub(crate) fn owes_customer(thread: &ThreadRow, participants: &[ParticipantRow]) -> bool {
    participants.iter().any(|p| {
        let pace = p.choices().mail(p.is_told_of(thread.kind));
        p.person_id == thread.customer_id && p.is_mailed() && pace != MailPace::Never
    })
}

/// Owes everybody else in the thread a mail about a message; a customer's message on a thread that
/// nobody able looks after goes to the support recipients too.
pub(crate) async fn owe_message(
    work: &mut Work,
    (thread, participants): (&ThreadRow, &[ParticipantRow]),
    message: MessageId,
    author: PersonId,
    side: Side,
) -> Result<(), Error> {
    let others = participants
        .iter()
        .filter(|p| p.person_id != author && p.is_mailed());
    for other in others.clone() {
        owe_party(
            work,
            thread.id,
            message,
            other,
            other.is_told_of(thread.kind),
        )
        .await?;
    }
    let is_question = side == Side::Customer && thread.kind == ThreadKind::Support;
    if is_question && !has_able_assignee(work, thread).await? {
        // Nobody gets two mails for one message, and the customer none about their own.
        let told: Vec<String> = others.map(|p| p.email.to_lowercase()).collect();
        let customer = thread.customer_email.to_lowercase();
        let settings = work.office.settings();
        for address in settings.support_recipients() {
            let folded = address.folded();
            if !told.contains(&folded) && folded != customer {
                owe_news(work, thread.id, message, &To::Address(address)).await?;
            }
        }
    }
    Ok(())
}

/// Owes somebody who was asked into a direct thread a mail about it: `message` is what asks them.
pub(crate) async fn owe_request(
    work: &mut Work,
    thread: ThreadId,
    message: MessageId,
    person: PersonId,
) -> Result<(), Error> {
    let rights = person::rights_of(&mut work.conn, person).await?;
    match rights.map(|rights| (rights.notices.mail(NoticeKind::Request), rights)) {
        Some((MailPace::Soon, _)) => owe_news(work, thread, message, &To::Person(person)).await,
        Some((MailPace::Daily, rights)) => {
            let zone = rights.zone(&work.office.settings());
            owe_daily(work, thread, message, person, Some(zone)).await
        }
        Some((MailPace::Never, _)) | None => Ok(()),
    }
}

/// Owes the staff in the thread a mail about a note: the customer never.
pub(crate) async fn owe_note(
    work: &mut Work,
    thread: &ThreadRow,
    note: MessageId,
    author: PersonId,
) -> Result<(), Error> {
    let participants = row::participants(&mut work.conn, thread.id).await?;
    let staff = participants
        .iter()
        .filter(|p| p.role == ParticipantRole::Staff);
    for other in staff.filter(|p| p.person_id != author && p.is_mailed()) {
        owe_party(work, thread.id, note, other, NoticeKind::Note).await?;
    }
    Ok(())
}

/// Owes a party of a thread a mail about an entry, at the pace that they have chosen.
async fn owe_party(
    work: &mut Work,
    thread: ThreadId,
    entry: MessageId,
    party: &ParticipantRow,
    kind: NoticeKind,
) -> Result<(), Error> {
    let person = party.person_id;
    match party.choices().mail(kind) {
        MailPace::Soon => owe_news(work, thread, entry, &To::Person(person)).await,
        MailPace::Daily => {
            let zone = party.time_zone.as_deref().map(Zone::stored);
            owe_daily(work, thread, entry, person, zone).await
        }
        MailPace::Never => Ok(()),
    }
}

/// Owes somebody a line about an entry in the day's mail; `zone` is theirs, if they have chosen one.
async fn owe_daily(
    work: &mut Work,
    thread: ThreadId,
    entry: MessageId,
    person: PersonId,
    zone: Option<Zone>,
) -> Result<(), Error> {
    let zone = zone.unwrap_or_else(|| work.office.settings().zone());
    let due = zone.next_hour(work.now, notice::DIGEST_HOUR);
    let bundle = format!("digest:{person}");
    owe(
        work,
        MailKind::Digest,
        Some(thread),
        Some(entry),
        &To::Person(person),
        &bundle,
        due,
    )
    .await
}

/// Owes a guest the private link of the thread that they have just started, at once.
pub(crate) async fn owe_started(
    work: &mut Work,
    thread: ThreadId,
    guest: PersonId,
) -> Result<(), Error> {
    let bundle = format!("started:{thread}");
    let now = work.now;
    owe(
        work,
        MailKind::GuestStarted,
        Some(thread),
        None,
        &To::Person(guest),
        &bundle,
        now,
    )
    .await
}

/// Owes whoever has `address` links to their threads, at once. The same row is written for an
/// address that nobody has, and for none.
pub(crate) async fn owe_links(work: &mut Work, address: Option<&Email>) -> Result<(), Error> {
    let nobody = To::Nobody(RecordId(work.office.fresh_id()));
    let to = address.map_or(nobody, To::Address);
    let bundle = match &to {
        To::Address(address) => format!("links:{}", address.folded()),
        To::Nobody(id) => format!("links:{id}"),
        To::Person(id) | To::PersonAt(id, _) => format!("links:{id}"),
    };
    let now = work.now;
    owe(work, MailKind::GuestLinks, None, None, &to, &bundle, now).await
}

/// The bundle of an invitation's mails.
fn invitation_bundle(invitation: InvitationId) -> String {
    format!("invitation:{invitation}")
}

/// What became of the newest mail of an invitation.
pub(crate) async fn invitation_mail(
    conn: &mut Conn,
    invitation: InvitationId,
) -> Result<Option<InvitationMail>, Error> {
    let row: Option<(String, Option<String>)> = on!(conn, c => sqlx::query_as(sql::INVITATION)
        .bind(invitation_bundle(invitation)).fetch_optional(c).await)?;
    Ok(row.map(|(state, answer)| InvitationMail {
        delivery: match state.as_str() {
            "sent" => Delivery::Sent,
            "deferred" => Delivery::Deferred,
            "dead" => Delivery::Failed,
            "dropped" => Delivery::Unneeded,
            _ => Delivery::Queued,
        },
        answer,
    }))
}

/// Owes an invited address its link, at once.
pub(crate) async fn owe_invitation(
    work: &mut Work,
    invitation: InvitationId,
    address: &Email,
) -> Result<(), Error> {
    let bundle = invitation_bundle(invitation);
    let (to, now) = (To::Address(address), work.now);
    owe(work, MailKind::Invitation, None, None, &to, &bundle, now).await
}

/// Owes an address the link by which something is proven, at once. The same rows are written
/// whether or not anybody has it.
pub(crate) async fn owe_proof(
    work: &mut Work,
    kind: ProofKind,
    person: Option<PersonId>,
    address: &Email,
) -> Result<(), Error> {
    let mail = match kind {
        ProofKind::Register | ProofKind::NewAddress => MailKind::ConfirmAddress,
        ProofKind::Reset => MailKind::ResetPassword,
        ProofKind::OldAddress => MailKind::AddressChanged,
    };
    let folded = address.folded();
    let (bundle, to) = match person {
        None => (format!("{kind}:{folded}"), To::Address(address)),
        Some(id) => (format!("{kind}:{id}:{folded}"), To::PersonAt(id, address)),
    };
    let now = work.now;
    owe(work, mail, None, None, &to, &bundle, now).await
}

/// Owes every owner the notice that somebody may read others' direct threads, at once.
pub(crate) async fn owe_read_direct(work: &mut Work) -> Result<(), Error> {
    let owners: Vec<PersonId> = on!(&mut work.conn, c => sqlx::query_scalar(person::sql::OWNERS)
        .fetch_all(c).await)?;
    let (notice, now) = (work.office.fresh_id().simple(), work.now);
    for owner in owners {
        let bundle = format!("read_direct:{notice}:{owner}");
        let to = To::Person(owner);
        owe(work, MailKind::ReadDirect, None, None, &to, &bundle, now).await?;
    }
    Ok(())
}

/// Owes whoever was given a thread a mail about it; `event` is the line that tells of it.
pub(crate) async fn owe_assigned(
    work: &mut Work,
    thread: ThreadId,
    event: MessageId,
    to: PersonId,
) -> Result<(), Error> {
    let rights = person::rights_of(&mut work.conn, to).await?;
    if let Some(rights) = rights {
        match rights.notices.mail(NoticeKind::Assigned) {
            MailPace::Soon => {}
            MailPace::Daily => {
                let zone = rights.zone(&work.office.settings());
                return owe_daily(work, thread, event, to, Some(zone)).await;
            }
            MailPace::Never => return Ok(()),
        }
    }
    let bundle = format!("assigned:{thread}:{to}");
    // A slip that is taken back at once is not mailed.
    let delay_ms = work.office.settings().joining_delay_s.saturating_mul(1000);
    let due = work.now.plus(delay_ms);
    let to = To::Person(to);
    owe(
        work,
        MailKind::Assigned,
        Some(thread),
        Some(event),
        &to,
        &bundle,
        due,
    )
    .await
}

/// Cancels the mails that wait for anybody in a thread. One that is on its way is looked at again
/// before it is tried once more.
pub(crate) async fn cancel_thread(work: &mut Work, thread: ThreadId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::CANCEL_THREAD)
        .bind(thread).bind("the thread is in the trash").bind(work.now)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Drops the mails that wait for somebody whose account has ended. Those about a thread in which
/// they are the customer are only hastened: the worker drops them, and shows it to the team.
pub(crate) async fn drop_mails_to(work: &mut Work, person: PersonId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::DROP_FOR)
        .bind(person).bind("the recipient's account has ended").bind(work.now)
        .execute(c).await.map(|_| ()))?;
    on!(&mut work.conn, c => sqlx::query(sql::HASTEN_FOR)
        .bind(person).bind(work.now).execute(c).await.map(|_| ()))?;
    work.tell(Announcement::Mail);
    Ok(())
}

/// The bundle of mails to somebody about what is new in a thread.
pub(crate) fn news_bundle(thread: ThreadId, person: PersonId) -> String {
    format!("news:{thread}:{person}")
}

async fn owe_news(
    work: &mut Work,
    thread: ThreadId,
    message: MessageId,
    to: &To<'_>,
) -> Result<(), Error> {
    let bundle = match to {
        To::Person(id) => news_bundle(thread, *id),
        To::Address(address) => format!("news:{thread}:{}", address.folded()),
        To::PersonAt(..) | To::Nobody(_) => return Ok(()),
    };
    let due = work
        .now
        .plus(work.office.settings().joining_delay_s.saturating_mul(1000));
    owe(
        work,
        MailKind::NewMessage,
        Some(thread),
        Some(message),
        to,
        &bundle,
        due,
    )
    .await
}

async fn owe(
    work: &mut Work,
    kind: MailKind,
    thread: Option<ThreadId>,
    message: Option<MessageId>,
    to: &To<'_>,
    bundle: &str,
    due: Millis,
) -> Result<(), Error> {
    let id = OutboxId(work.office.fresh_id());
    let (person, address) = match to {
        To::Person(person) => (Some(*person), None),
        To::Address(address) => (None, Some(address.as_str().to_owned())),
        To::PersonAt(person, address) => (Some(*person), Some(address.as_str().to_owned())),
        To::Nobody(_) => (None, None),
    };
    later!(
        &mut work.conn,
        sql::OWE,
        id = id,
        kind = kind,
        thread = thread,
        message = message,
        person = person,
        address = address,
        bundle = bundle.to_owned(),
        due = due,
        now = work.now
    )?;
    work.tell(Announcement::Mail);
    Ok(())
}

/// Whether somebody looks after the thread who can answer now.
async fn has_able_assignee(work: &mut Work, thread: &ThreadRow) -> Result<bool, Error> {
    let Some(assignee) = thread.assignee_id else {
        return Ok(false);
    };
    let person = person::rights_of(&mut work.conn, assignee).await?;
    Ok(person.is_some_and(|person| person.permissions.has(Permission::ManageThreads)))
}

impl ParticipantRow {
    /// Whether this party is mailed at all; what exactly is asked again when a mail is sent.
    fn is_mailed(&self) -> bool {
        self.wants_mail && self.deactivated_at.is_none() && person::is_reachable(&self.email)
    }

    /// What this party has chosen to be told.
    fn choices(&self) -> Notices {
        notice::stored(self.notices.as_deref())
    }

    /// What a message in a thread of this sort is to this party.
    fn is_told_of(&self, kind: ThreadKind) -> NoticeKind {
        match self.role {
            ParticipantRole::Staff => NoticeKind::Team,
            _ => notice::kind_of(kind),
        }
    }
}
