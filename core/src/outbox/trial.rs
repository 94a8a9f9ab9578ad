//! A test mail: one try, at once and past the queue, so that the mail server's own answer is told to
//! whoever asked for it.

use std::time::Duration;

use pigeon_wire::Fault;
use pigeon_wire::outbox::Trial;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::text::{Email, Name};

use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::limit::{self, Limit};
use crate::mail::Letter;
use crate::mail::render;
use crate::zone::Zone;
use crate::{Error, Office, person};

/// How long somebody waits for the mail server's answer.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// Sends a test mail to the own address of somebody who may change the settings.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::TooMany`].
pub async fn trial(office: &Office, account: &Account) -> Result<Trial, Error> {
    let limits = [Limit::trials_by(account.person)];
    office.limits().count(&limits, office.now())?;
    let account = account.clone();
    let me = office
        .write(move |work| {
            Box::pin(async move {
                let me = person::rights(&mut work.conn, &account, work.now).await?;
                me.need(Permission::ManageSettings)?;
                limit::count_stored(work, &limits).await?;
                audit::note(work, Some(me.id), Act::MailTested, About::default()).await?;
                Ok(me)
            })
        })
        .await?;
    let name = Name::parse(&me.name).ok();
    let zone = me.zone(&office.settings());
    send(office, (name, me.email), me.language, &zone).await
}

/// Sends a test mail to any address, for whoever holds the machine.
///
/// # Errors
/// [`Fault::Invalid`] when it is no address.
pub async fn trial_to(office: &Office, address: &str) -> Result<Trial, Error> {
    let address = Email::parse(address)
        .map_err(|problem| Fault::field(pigeon_wire::fault::Field::Email, problem))?;
    send(
        office,
        (None, address),
        office.settings().language,
        &office.settings().zone(),
    )
    .await
}

async fn send(
    office: &Office,
    to: (Option<Name>, Email),
    language: Language,
    zone: &Zone,
) -> Result<Trial, Error> {
    let settings = office.settings();
    let at = office.now();
    let data = render::Test {
        site_name: settings.site_name.clone(),
        at: zone.tells(at),
        link: settings.public_url.clone(),
    };
    let rendered = render::test(language, &data);
    let told = to.1.as_str().to_owned();
    let letter = Letter {
        id: office.fresh_id().to_string(),
        domain: settings.host().to_owned(),
        at,
        from: (settings.from_name.clone(), settings.from_address.clone()),
        to,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        thread_ref: None,
        stop: None,
    };
    let sent = tokio::time::timeout(ANSWER_MAX, office.mailer().send(&letter)).await;
    let refusal = match sent {
        Ok(Ok(())) => None,
        Ok(Err(refusal)) => Some(refusal.to_string()),
        Err(_) => Some(format!(
            "the mail server did not answer within {} s",
            ANSWER_MAX.as_secs()
        )),
    };
    Ok(Trial {
        to: told,
        way: office.mailer().way(),
        at,
        refusal,
    })
}
