//! The page of the settings: what is in force, and how it is changed.

use pigeon_wire::Millis;
use pigeon_wire::setting::{Kind, Meanwhile, Setting, Shown, Typed, Value, Wrong};
use serde_json::json;

use super::{Manager, Overrides, Settings, load, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::person::manage;
use crate::work::{Renewal, Work};
use crate::zone::Zone;
use crate::{Error, Office};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// So many settings have another value now.
    Stored(usize),
    /// Nothing was stored: every field, with what is wrong where something is.
    Refused(Vec<Shown>),
}

/// Every setting with what is in force, for whoever may change them.
///
/// # Errors
/// [`Fault::Forbidden`](pigeon_wire::Fault) for everybody else.
pub async fn page(office: &Office, account: &Account) -> Result<Vec<Shown>, Error> {
    let mut conn = office.read().await?;
    Manager::prove(&mut conn, account, office.now()).await?;
    let settings = load(&mut conn, office.overrides()).await?;
    let locked = office.overrides().names()?;
    let shown = Setting::ALL.iter();
    Ok(shown
        .map(|one| shown_as_is(&settings, &locked, *one))
        .collect())
}

/// Changes what was typed anew: all of it, or nothing. What somebody else has changed since the form
/// was drawn is not overwritten.
///
/// # Errors
/// [`Fault::Forbidden`](pigeon_wire::Fault) for whoever may not.
pub async fn change(
    office: &Office,
    account: &Account,
    typed: Vec<Typed>,
) -> Result<Changed, Error> {
    let account = account.clone();
    office
        .write(move |work| Box::pin(async move { store(work, &account, &typed).await }))
        .await
}

async fn store(work: &mut Work, account: &Account, typed: &[Typed]) -> Result<Changed, Error> {
    manage::take_turns(work).await?;
    Manager::prove(&mut work.conn, account, work.now).await?;
    let office = work.office.clone();
    let overrides = office.overrides();
    let settings = load(&mut work.conn, overrides).await?;
    let locked = overrides.names()?;
    // Also when nothing is stored: a form that is sent again mends what was not read anew before.
    work.renew_settings(Renewal::Quiet);
    let mut page = Vec::new();
    let mut new = Vec::new();
    for setting in Setting::ALL {
        let mut shown = shown_as_is(&settings, &locked, *setting);
        if let Some(typed) = typed.iter().find(|typed| typed.setting == *setting) {
            match judged(&shown, typed) {
                Ok(None) => {}
                Ok(Some(value)) => new.push((*setting, shown.was.clone(), value)),
                Err(wrong) => shown.wrong = Some(wrong),
            }
            if !shown.is_locked {
                shown.text.clone_from(&typed.text);
            }
            if shown.wrong == Some(Wrong::Changed) {
                shown.meanwhile = meanwhile(work, *setting).await?;
            }
        }
        page.push(shown);
    }
    if page.iter().any(|shown| shown.wrong.is_some()) {
        return Ok(Changed::Refused(page));
    }
    for (setting, was, value) in &new {
        let stored = json!(value).to_string();
        on!(&mut work.conn, c => sqlx::query(sql::SET)
            .bind(setting).bind(&stored).bind(work.now).bind(account.person)
            .execute(c).await.map(|_| ()))?;
        let facts = json!({ "setting": setting, "from": was, "to": value.text() });
        let about = About::default().with(facts);
        audit::note(work, Some(account.person), Act::SettingChanged, about).await?;
    }
    if new.iter().any(|(setting, ..)| setting.is_on_pages()) {
        work.renew_settings(Renewal::Told);
    }
    // Each was checked by itself; this checks the whole, as the next start will.
    load(&mut work.conn, overrides).await?;
    Ok(Changed::Stored(new.len()))
}

/// What is to be stored of what was typed, if anything.
fn judged(shown: &Shown, typed: &Typed) -> Result<Option<Value>, Wrong> {
    let setting = shown.setting;
    if shown.is_locked {
        return Err(Wrong::Locked);
    }
    if setting.is_same(&typed.text, &typed.was) {
        return Ok(None);
    }
    let value = setting.typed(&typed.text)?;
    if setting.kind() == Kind::Zone && Zone::named(typed.text.trim()).is_none() {
        return Err(Wrong::Unknown);
    }
    if setting.is_same(&typed.text, &shown.was) {
        return Ok(None);
    }
    if !setting.is_same(&typed.was, &shown.was) {
        return Err(Wrong::Changed);
    }
    Ok(Some(value))
}

async fn meanwhile(work: &mut Work, setting: Setting) -> Result<Option<Meanwhile>, Error> {
    let row: Option<(Millis, Option<String>)> = on!(&mut work.conn, c => sqlx::query_as(sql::CHANGED)
        .bind(setting).fetch_optional(c).await)?;
    Ok(row.map(|(at, by)| Meanwhile {
        by,
        at,
        ago_ms: work.now.since(at),
    }))
}

fn shown_as_is(settings: &Settings, locked: &[String], setting: Setting) -> Shown {
    let text = settings.value(setting).text();
    let is_locked = setting.is_fixed() || locked.iter().any(|name| name == setting.as_str());
    Shown {
        setting,
        was: text.clone(),
        text,
        is_locked,
        wrong: None,
        meanwhile: None,
    }
}

impl Overrides {
    /// The names of what is fixed.
    fn names(&self) -> Result<Vec<String>, Error> {
        let all = serde_json::to_value(self);
        let all = all.map_err(|cause| Error::Configuration(cause.to_string()))?;
        let names = all.as_object().map(|all| all.keys().cloned().collect());
        Ok(names.unwrap_or_default())
    }
}

impl Settings {
    /// What is in force for one setting.
    pub fn value(&self, setting: Setting) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        match setting {
            Setting::SiteName => text(&self.site_name),
            Setting::PublicUrl => text(&self.public_url),
            Setting::Language => text(self.language.as_str()),
            Setting::Accent => self
                .accent
                .map_or(Value::None, |colour| Value::Text(colour.to_string())),
            Setting::TimeZone => text(&self.time_zone),
            Setting::AllowGuestThreads => Value::Switch(self.allow_guest_threads),
            Setting::ShowSeenToGuests => Value::Switch(self.show_seen_to_guests),
            Setting::AllowDirect => Value::Switch(self.allow_direct),
            Setting::DirectRoles => Value::List(self.direct_roles.clone()),
            Setting::EmbedOrigins => Value::List(self.embed_origins.clone()),
            Setting::OpenRegistration => Value::Switch(self.open_registration),
            Setting::LinkDays => Value::Number(self.link_days),
            Setting::TrashDays => Value::Number(self.trash_days),
            Setting::AttachmentStorage => text(self.attachment_storage.as_str()),
            Setting::AttachmentsMost => Value::Number(self.attachments_most.into()),
            Setting::AttachmentMb => Value::Number(self.attachment_mb.into()),
            Setting::AttachmentEndings => {
                let all = self.attachment_endings.iter();
                Value::List(all.map(|one| one.as_str().to_owned()).collect())
            }
            Setting::FromName => text(self.from_name.as_str()),
            Setting::FromAddress => text(self.from_address.as_str()),
            Setting::SupportRecipients => {
                let all = self.support_recipients.iter();
                Value::List(all.map(|one| one.as_str().to_owned()).collect())
            }
            Setting::Undo => Value::Number(self.undo_s),
            Setting::JoiningDelay => Value::Number(self.joining_delay_s),
            Setting::RateMessages => Value::Number(self.rate_messages),
            Setting::RateWindow => Value::Number(self.rate_window_s),
            Setting::HoneypotOn => Value::Switch(self.honeypot_on),
            Setting::HoneypotField => text(&self.honeypot_field),
            Setting::UnverifiedMailsHour => Value::Number(self.unverified_mails_hour),
            Setting::UnverifiedMailsDay => Value::Number(self.unverified_mails_day),
            Setting::UnverifiedMailsTotalHour => Value::Number(self.unverified_mails_total_hour),
        }
    }
}
