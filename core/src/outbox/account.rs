//! Letters about accounts: invitations, and what owners must know.

use pigeon_wire::PersonId;
use pigeon_wire::text::{Email, Name};

use super::letter::{Verdict, letter};
use super::worker::Lease;
use crate::mail::render;
use crate::work::Work;
use crate::{Error, invitation, person};

/// An invitation, with a fresh link: the one of an earlier mail ends with it.
pub(super) async fn invitation(
    work: &mut Work,
    lease: &Lease,
    address: &Email,
) -> Result<Verdict, Error> {
    let Some((invited, secret)) = invitation::mint(work, address).await? else {
        return Ok(Verdict::Drop(
            "taken back, accepted, expired or not given any more",
        ));
    };
    let settings = work.office.settings();
    let data = render::Invitation {
        site_name: settings.site_name.clone(),
        inviter: invited.by.name,
        link: format!("{}/invite/{}", settings.public_url, secret.reveal()),
        until: invited.expires_at,
    };
    let rendered = render::invitation(invited.language, &data);
    let letter = letter(work, lease, (None, address.clone()), rendered, None);
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}

/// To an owner: the reading of others' direct threads was allowed.
pub(super) async fn read_direct(
    work: &mut Work,
    lease: &Lease,
    owner: PersonId,
) -> Result<Verdict, Error> {
    let owner = person::rights_of(&mut work.conn, owner).await?;
    let Some(owner) = owner.filter(person::Rights::is_owner) else {
        return Ok(Verdict::Drop("the recipient is no owner any more"));
    };
    let settings = work.office.settings();
    let data = render::ReadDirect {
        site_name: settings.site_name.clone(),
        at: owner.zone(&settings).tells(lease.first().created_at),
        link: format!("{}/audit?act=read_direct_granted", settings.public_url),
    };
    let rendered = render::read_direct(owner.language, &data);
    let to = (Name::parse(&owner.name).ok(), owner.email);
    let letter = letter(work, lease, to, rendered, None);
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}
