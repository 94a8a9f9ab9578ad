//! What whoever looks after a house sees of it.

use pigeon_wire::audit::{AuditLine, Recorded};
use pigeon_wire::{Millis, direct, outbox, quarantine, setting, team, webhook};
use serde::Serialize;
use utoipa::ToSchema;

use super::Person;

/// A message that was kept from the team.
#[derive(Serialize, ToSchema)]
pub struct Catch {
    /// Which.
    pub id: String,
    /// The sender's name as typed.
    pub name: String,
    /// The sender's address as typed.
    pub email: String,
    /// The subject as typed.
    pub subject: Option<String>,
    /// The text as typed.
    pub text: String,
    /// Why: `honeypot` or `blocked`.
    pub reason: String,
    /// What stood in the trap; empty where it was no trap.
    pub bait: String,
    /// The thread in which it is a reply, if it is one.
    pub thread: Option<String>,
    /// When it was caught.
    pub at: String,
}

impl From<quarantine::Catch> for Catch {
    fn from(caught: quarantine::Catch) -> Self {
        Self {
            id: caught.id.to_string(),
            name: caught.name,
            email: caught.email,
            subject: caught.subject,
            text: caught.body,
            reason: caught.reason.to_string(),
            bait: caught.bait,
            thread: caught.thread_id.map(|thread| thread.to_string()),
            at: caught.created_at.rfc3339(),
        }
    }
}

/// A page of catches.
#[derive(Serialize, ToSchema)]
pub struct CatchPage {
    /// How many the honeypot has caught, up to 1000.
    pub honeypot: i64,
    /// How many are from blocked senders, up to 1000.
    pub blocked: i64,
    /// The catches, newest first.
    pub items: Vec<Catch>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// A setting.
#[derive(Serialize, ToSchema)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// What is in force.
    pub value: String,
    /// Whether the configuration has fixed it.
    pub locked: bool,
}

impl From<setting::Shown> for Setting {
    fn from(shown: setting::Shown) -> Self {
        Self {
            name: shown.setting.to_string(),
            value: shown.was,
            locked: shown.is_locked,
        }
    }
}

/// Every setting.
#[derive(Serialize, ToSchema)]
pub struct SettingList {
    /// The settings.
    pub items: Vec<Setting>,
}

/// A mail, without what stands in it.
#[derive(Serialize, ToSchema)]
pub struct Mail {
    /// Which.
    pub id: String,
    /// What sort, like `new_message`.
    pub kind: String,
    /// How far it has come: `dead`, `deferred`, `queued`, `leased`, `sent` or `dropped`.
    pub state: String,
    /// To which address.
    pub address: Option<String>,
    /// The support thread that it is about.
    pub thread: Option<String>,
    /// The mail server's words, or why nothing was sent.
    pub answer: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// Since when it is owed.
    pub created_at: String,
    /// When it was sent.
    pub sent_at: Option<String>,
}

impl From<outbox::MailLine> for Mail {
    fn from(line: outbox::MailLine) -> Self {
        Self {
            id: line.id.to_string(),
            kind: line.kind.to_string(),
            state: line.state.to_string(),
            address: line.address,
            thread: line.thread.map(|thread| thread.to_string()),
            answer: line.answer,
            attempts: line.attempts,
            created_at: line.created_at.rfc3339(),
            sent_at: line.sent_at.map(Millis::rfc3339),
        }
    }
}

/// A page of mails.
#[derive(Serialize, ToSchema)]
pub struct MailPage {
    /// The mails.
    pub items: Vec<Mail>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// What became of a test mail.
#[derive(Serialize, ToSchema)]
pub struct MailTrial {
    /// To whom.
    pub to: String,
    /// Why it was not taken, in the mail server's words; `null`: it was.
    pub refusal: Option<String>,
}

/// How many were tried again.
#[derive(Serialize, ToSchema)]
pub struct Count {
    /// So many.
    pub count: i64,
}

/// A line of the audit log.
#[derive(Serialize, ToSchema)]
pub struct AuditEntry {
    /// Which.
    pub id: String,
    /// When.
    pub at: String,
    /// Who did it; nobody with an account where it is missing.
    pub actor: Option<Person>,
    /// What, in one word.
    pub act: String,
    /// With which person.
    pub person: Option<Person>,
    /// In which thread, where the token's owner may open it.
    pub thread: Option<String>,
    /// Further facts, by their names.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
}

impl From<AuditLine> for AuditEntry {
    fn from(line: AuditLine) -> Self {
        let facts = line.facts.into_iter();
        let facts = facts.map(|(name, value)| (name, serde_json::Value::from(value)));
        Self {
            id: line.id.to_string(),
            at: line.at.rfc3339(),
            actor: line.actor.map(Person::from),
            act: match line.act {
                Recorded::Known(act) => act.to_string(),
                Recorded::Other(word) => word,
            },
            person: line.person.map(Person::from),
            thread: line.thread.map(|thread| thread.id.to_string()),
            facts: facts.collect::<serde_json::Map<_, _>>().into(),
        }
    }
}

/// A page of the audit log.
#[derive(Serialize, ToSchema)]
pub struct AuditPage {
    /// The lines, newest first.
    pub items: Vec<AuditEntry>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// An invitation that nobody has accepted yet.
#[derive(Serialize, ToSchema)]
pub struct Invitation {
    /// Which.
    pub id: String,
    /// The invited address.
    pub email: String,
    /// The word of the role that it gives.
    pub role: Option<String>,
    /// Who invites.
    pub by: Person,
    /// When its link ends.
    pub expires_at: String,
    /// Whether its link works.
    pub works: bool,
}

impl From<team::InvitationView> for Invitation {
    fn from(invitation: team::InvitationView) -> Self {
        Self {
            id: invitation.id.to_string(),
            email: invitation.email,
            role: invitation.role.map(|role| role.slug),
            by: invitation.by.into(),
            expires_at: invitation.expires_at.rfc3339(),
            works: invitation.works,
        }
    }
}

/// Invitations.
#[derive(Serialize, ToSchema)]
pub struct InvitationList {
    /// The invitations, newest first.
    pub items: Vec<Invitation>,
}

/// A role.
#[derive(Serialize, ToSchema)]
pub struct Role {
    /// Its word.
    pub role: String,
    /// Its name.
    pub name: String,
    /// What it allows.
    pub permissions: Vec<String>,
    /// How many people and open invitations have it.
    pub used: i64,
}

impl From<team::RoleView> for Role {
    fn from(view: team::RoleView) -> Self {
        let permissions: Vec<pigeon_wire::permission::Permission> = view.permissions.into();
        Self {
            role: view.role.slug,
            name: view.role.name,
            permissions: permissions.iter().map(ToString::to_string).collect(),
            used: view.used,
        }
    }
}

/// Every role.
#[derive(Serialize, ToSchema)]
pub struct RoleList {
    /// The roles, built-in ones first.
    pub items: Vec<Role>,
}

/// A role that was made.
#[derive(Serialize, ToSchema)]
pub struct RoleMade {
    /// Its word.
    pub role: String,
}

/// A web hook, without its secret.
#[derive(Serialize, ToSchema)]
pub struct Webhook {
    /// Which.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Whether it is told what the team alone sees.
    pub team: bool,
    /// What it is told.
    pub events: Vec<String>,
    /// Whether it is told anything now.
    pub active: bool,
    /// How many deliveries were given up, up to 1000.
    pub failed: i64,
    /// How many wait, up to 1000.
    pub waiting: i64,
}

impl From<webhook::HookView> for Webhook {
    fn from(hook: webhook::HookView) -> Self {
        Self {
            id: hook.id.to_string(),
            name: hook.name,
            url: hook.url,
            team: hook.team,
            events: hook.events.iter().map(ToString::to_string).collect(),
            active: hook.active,
            failed: hook.failed,
            waiting: hook.waiting,
        }
    }
}

/// Every web hook.
#[derive(Serialize, ToSchema)]
pub struct WebhookList {
    /// The hooks.
    pub items: Vec<Webhook>,
}

/// A web hook that was made.
#[derive(Serialize, ToSchema)]
pub struct WebhookMade {
    /// Which.
    pub id: String,
    /// What its deliveries are signed with: told here once and never again.
    pub secret: String,
}

/// A delivery in a hook's log, without what stands in it.
#[derive(Serialize, ToSchema)]
pub struct HookDelivery {
    /// Which: the `webhook-id` that its receiver sees.
    pub id: String,
    /// What it tells.
    pub event: String,
    /// How far it has come: `queued`, `leased`, `deferred`, `sent`, `dead` or `dropped`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// The status of the last answer.
    pub status: Option<i64>,
    /// The beginning of the last answer, or why there was none.
    pub answer: Option<String>,
    /// When what it tells happened.
    pub created_at: String,
}

impl From<webhook::DeliveryLine> for HookDelivery {
    fn from(line: webhook::DeliveryLine) -> Self {
        Self {
            id: line.id.to_string(),
            event: line.event.to_string(),
            state: line.state.to_string(),
            attempts: line.attempts,
            status: line.status,
            answer: line.answer,
            created_at: line.created_at.rfc3339(),
        }
    }
}

/// A page of a hook's log.
#[derive(Serialize, ToSchema)]
pub struct HookDeliveryPage {
    /// The deliveries, newest first.
    pub items: Vec<HookDelivery>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// A message that was reported.
#[derive(Serialize, ToSchema)]
pub struct ReportedLine {
    /// Who wrote it.
    pub author: Person,
    /// Its text.
    pub text: String,
    /// When it was written.
    pub at: String,
}

/// A report: the messages that were picked and nothing else.
#[derive(Serialize, ToSchema)]
pub struct Report {
    /// Which.
    pub id: String,
    /// When.
    pub at: String,
    /// Who reports.
    pub reporter: Person,
    /// Why.
    pub reason: String,
    /// The messages, as they were then.
    pub messages: Vec<ReportedLine>,
}

impl From<direct::ReportView> for Report {
    fn from(report: direct::ReportView) -> Self {
        let lines = report.lines.into_iter().map(|line| ReportedLine {
            author: line.author.into(),
            text: line.body,
            at: line.at.rfc3339(),
        });
        Self {
            id: report.id.to_string(),
            at: report.at.rfc3339(),
            reporter: report.reporter.into(),
            reason: report.reason,
            messages: lines.collect(),
        }
    }
}

/// Reports that nobody has dealt with.
#[derive(Serialize, ToSchema)]
pub struct ReportList {
    /// The reports, oldest first.
    pub items: Vec<Report>,
}
