//! Letters with links that prove something about an account.

use pigeon_wire::PersonId;
use pigeon_wire::id::DAY_MS;
use pigeon_wire::proof::ProofKind;
use pigeon_wire::text::{Email, Name};

use super::letter::{LINKS_APART_MS, Verdict, capped, letter};
use super::sql;
use super::worker::Lease;
use crate::db::on;
use crate::mail::render::{self, Rendered};
use crate::person::Rights;
use crate::work::Work;
use crate::{Error, person, proof};

/// Most mails of one kind a day to one address, whoever asks for them.
const DAILY_MAX: i64 = 10;
const OFTEN: Verdict = Verdict::Drop("such a mail was sent to this address just now");
const OVER: Verdict = Verdict::Drop("used, expired or not wanted any more");

/// To an address that shall be proven: for an account to be made, or for that of `mover` to move to.
/// Whoever has an account there is told so, and nothing is proven.
pub(super) async fn confirm(
    work: &mut Work,
    lease: &Lease,
    mover: Option<PersonId>,
    address: &Email,
) -> Result<Verdict, Error> {
    if too_often(work, lease, address).await? {
        return Ok(OFTEN);
    }
    let settings = work.office.settings();
    let mover = match mover {
        None if !settings.open_registration => {
            return Ok(Verdict::Drop("accounts are made by invitation alone"));
        }
        None => None,
        Some(id) => match person::rights_of(&mut work.conn, id).await? {
            None => return Ok(OVER),
            some => some,
        },
    };
    if person::has_address(&mut work.conn, &address.folded()).await? {
        return taken(work, lease, address).await;
    }
    if capped(work, lease, address).await?.is_some() {
        return Ok(Verdict::Drop(
            "too many mails to an address that is not verified",
        ));
    }
    let (kind, id) = match &mover {
        None => (ProofKind::Register, None),
        Some(mover) => (ProofKind::NewAddress, Some(mover.id)),
    };
    let Some(minted) = proof::mint(work, kind, address, (id, id)).await? else {
        return Ok(OVER);
    };
    let zone = mover
        .as_ref()
        .map_or_else(|| settings.zone(), |mover| mover.zone(&settings));
    let data = render::ConfirmAddress {
        site_name: settings.site_name.clone(),
        moves: mover.is_some(),
        link: format!("{}/confirm/{}", settings.public_url, minted.secret.reveal()),
        until: zone.tells(minted.expires_at),
    };
    let rendered = render::confirm_address(minted.language, &data);
    let letter = letter(work, lease, (None, address.clone()), rendered, None);
    Ok(Verdict::Send {
        letter,
        unverified: true,
    })
}

/// To the account that has the address already.
async fn taken(work: &mut Work, lease: &Lease, address: &Email) -> Result<Verdict, Error> {
    let Some(owner) = holder(work, address).await? else {
        return Ok(Verdict::Drop("the account of this address has ended"));
    };
    let settings = work.office.settings();
    let data = render::AddressTaken {
        site_name: settings.site_name.clone(),
        link: format!("{}/login", settings.public_url),
        reset: format!("{}/reset", settings.public_url),
    };
    let rendered = render::address_taken(owner.language, &data);
    Ok(send(work, lease, owner, rendered))
}

/// The link to a new password, to whoever has an account.
pub(super) async fn reset(
    work: &mut Work,
    lease: &Lease,
    address: &Email,
) -> Result<Verdict, Error> {
    let Some(owner) = holder(work, address).await? else {
        return Ok(Verdict::Drop("nobody has this address"));
    };
    if too_often(work, lease, address).await? {
        return Ok(OFTEN);
    }
    let about = (None, Some(owner.id));
    let Some(minted) = proof::mint(work, ProofKind::Reset, address, about).await? else {
        return Ok(OVER);
    };
    let settings = work.office.settings();
    let data = render::ResetPassword {
        site_name: settings.site_name.clone(),
        link: format!("{}/confirm/{}", settings.public_url, minted.secret.reveal()),
        until: owner.zone(&settings).tells(minted.expires_at),
    };
    let rendered = render::reset_password(owner.language, &data);
    Ok(send(work, lease, owner, rendered))
}

/// To the address that the account of `mover` has left, with the way back.
pub(super) async fn changed(
    work: &mut Work,
    lease: &Lease,
    mover: PersonId,
    address: &Email,
) -> Result<Verdict, Error> {
    let Some(mover) = person::rights_of(&mut work.conn, mover).await? else {
        return Ok(Verdict::Drop("the account has ended"));
    };
    let about = (Some(mover.id), Some(mover.id));
    let Some(minted) = proof::mint(work, ProofKind::OldAddress, address, about).await? else {
        return Ok(OVER);
    };
    let settings = work.office.settings();
    let zone = mover.zone(&settings);
    let data = render::AddressChanged {
        site_name: settings.site_name.clone(),
        to: mover.email.hint(),
        at: zone.tells(lease.first().created_at),
        link: format!("{}/confirm/{}", settings.public_url, minted.secret.reveal()),
        until: zone.tells(minted.expires_at),
    };
    let rendered = render::address_changed(mover.language, &data);
    let letter = letter(work, lease, (None, address.clone()), rendered, None);
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}

/// Whoever has an account with this address, and may use it.
async fn holder(work: &mut Work, address: &Email) -> Result<Option<Rights>, Error> {
    match person::by_email(&mut work.conn, &address.folded()).await? {
        None => Ok(None),
        Some((id, _)) => person::rights_of(&mut work.conn, id).await,
    }
}

/// To the address as its owner wrote it, not as somebody has typed it just now.
fn send(work: &Work, lease: &Lease, owner: Rights, rendered: Rendered) -> Verdict {
    let to = (Name::parse(&owner.name).ok(), owner.email);
    Verdict::Send {
        letter: letter(work, lease, to, rendered, None),
        unverified: false,
    }
}

/// Whether enough mails of this kind went to the address.
async fn too_often(work: &mut Work, lease: &Lease, address: &Email) -> Result<bool, Error> {
    for (since, most) in [(LINKS_APART_MS, 1), (DAY_MS, DAILY_MAX)] {
        let sent: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::KIND_SENT_TO)
            .bind(lease.first().kind).bind(address.folded()).bind(work.now.plus(-since))
            .fetch_one(c).await)?;
        if sent >= most {
            return Ok(true);
        }
    }
    Ok(false)
}
