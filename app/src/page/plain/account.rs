//! The reader's own account: profile, picture, password, address, browsers, data.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::notice::Notices;
use pigeon_wire::person::Language;
use pigeon_wire::team::{OwnAccount, SessionView};
use pigeon_wire::text::{EMAIL_CHARS_MAX, NAME_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::form::{language_choices, problem, refusal};
use super::notices::notices;
use super::part::{Control, PlainField};
use super::portrait::Portrait;
use super::sessions::sessions;
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::people::words;

/// The page of the own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The account.
    pub account: OwnAccount,
    /// What they want to be told.
    pub notices: Notices,
    /// Whether they work in the team.
    pub is_staff: bool,
    /// Its signed-in browsers.
    pub sessions: Vec<SessionView>,
    /// The time zones to choose from.
    pub zones: Zones,
    /// The endings of files that can become a picture; none where no files are taken.
    pub picture_accept: String,
    /// What was typed about the profile, if it was.
    pub typed: Option<Profile>,
    /// The address to move to that was typed, if one was: what is wrong is wrong there.
    pub moving: Option<String>,
    /// Why something was refused, if it was.
    pub fault: Option<Fault>,
}

/// Names of time zones.
pub type Zones = Vec<String>;

/// What somebody types about themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// The language of their mails.
    pub language: Language,
    /// Their time zone; empty for none.
    pub time_zone: String,
}

const FIELDS: [Name; 5] = [
    Name::Name,
    Name::TimeZone,
    Name::Email,
    Name::OldPassword,
    Name::Password,
];

impl Own {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let all = words();
        let words = &all.account;
        let role = all.role_name(self.account.role.as_ref());
        view! {
            {refusal(self.fault.as_ref(), &FIELDS)}
            <dl class="fact-list">
                <dt>{words.email}</dt>
                <dd>{self.account.email.clone()}</dd>
                <dt>{words.role}</dt>
                <dd>{role}</dd>
            </dl>
            {self.profile()}
            {self.picture()}
            {notices(&self.notices, self.is_staff)}
            {self.password()}
            {self.address()}
            <section class="plain-part">
                <h2>{all.sessions.heading}</h2>
                {sessions(&self.sessions, "/account/sessions", all.sessions.end_others)}
            </section>
            <section class="plain-part">
                <h2>{words.tokens}</h2>
                <a class="btn" href="/account/tokens">{words.tokens}</a>
            </section>
            <section class="plain-part">
                <h2>{words.export}</h2>
                <p class="lead">{words.export_lead}</p>
                <a class="btn" href="/account/export" download>{words.export_do}</a>
            </section>
        }
        .boxed()
    }

    fn profile(&self) -> AnyView {
        let all = words();
        let words = &all.account;
        let Profile {
            name,
            language,
            time_zone,
        } = self.typed.clone().unwrap_or_else(|| Profile {
            name: self.account.name.clone(),
            language: self.account.language,
            time_zone: self.account.time_zone.clone().unwrap_or_default(),
        });
        let none = (String::new(), words.no_time_zone.to_owned());
        let zones = self.zones.iter().map(|zone| (zone.clone(), zone.clone()));
        let zones = std::iter::once(none).chain(zones).collect();
        let line = Control::Line {
            kind: "text",
            max: NAME_CHARS_MAX,
        };
        view! {
            <form method="post" action="/account" class="plain-form">
                <h2>{words.profile}</h2>
                <PlainField
                    name="name"
                    label=words.name
                    control=line
                    value=name
                    problem=problem(self.fault.as_ref(), Name::Name)
                />
                <PlainField
                    name="language"
                    label=words.language
                    control=Control::Choice(language_choices())
                    value=language.as_str()
                    hint=words.language_hint
                />
                <PlainField
                    name="time_zone"
                    label=words.time_zone
                    control=Control::Choice(zones)
                    value=time_zone
                    hint=words.time_zone_hint
                    problem=problem(self.fault.as_ref(), Name::TimeZone)
                />
                <div class="ways">
                    <button class="btn primary">{all.save}</button>
                </div>
            </form>
        }
        .boxed()
    }

    fn password(&self) -> AnyView {
        let words = &words().account;
        let wrong = |name| problem_of(self.fault.as_ref().filter(|_| self.moving.is_none()), name);
        view! {
            <form method="post" action="/account/password" class="plain-form">
                <h2>{words.password}</h2>
                <p class="lead">{words.password_lead}</p>
                <Field
                    name=Name::OldPassword
                    label=words.old_password
                    value=String::new()
                    problem=wrong(Name::OldPassword)
                    max=PASSWORD_CHARS_MAX
                    kind="password"
                    autocomplete="current-password"
                />
                <Field
                    name=Name::Password
                    label=words.new_password
                    value=String::new()
                    problem=wrong(Name::Password)
                    max=PASSWORD_CHARS_MAX
                    kind="password"
                    autocomplete="new-password"
                    hint=words.password_hint
                />
                <div class="ways">
                    <button class="btn primary">{words.change_password}</button>
                </div>
            </form>
        }
        .boxed()
    }

    fn picture(&self) -> AnyView {
        let words = &words().account;
        let name = self.account.name.clone();
        let shown = view! {
            <Portrait person=self.account.id name=name picture_at=self.account.picture_at large=true />
        };
        let remove = self.account.picture_at.map(|_| {
            view! {
                <form method="post" action="/account/picture/remove" class="ways">
                    <button class="btn">{words.picture_remove}</button>
                </form>
            }
        });
        let choose = (!self.picture_accept.is_empty()).then(|| {
            view! {
                <form
                    method="post"
                    action="/account/picture"
                    enctype="multipart/form-data"
                    class="plain-form"
                >
                    <div class="field">
                        <label for="picture">{words.picture_file}</label>
                        <input
                            id="picture"
                            name="picture"
                            type="file"
                            accept=self.picture_accept.clone()
                            required
                        />
                    </div>
                    <div class="ways">
                        <button class="btn">{words.picture_take}</button>
                    </div>
                </form>
            }
        });
        view! {
            <section class="plain-part">
                <h2>{words.picture}</h2>
                <p class="lead">{words.picture_lead}</p>
                {shown}
                {choose}
                {remove}
            </section>
        }
        .boxed()
    }

    fn address(&self) -> AnyView {
        let words = &words().account;
        let fault = self.fault.as_ref().filter(|_| self.moving.is_some());
        view! {
            <form method="post" action="/account/address" class="plain-form">
                <h2>{words.move_heading}</h2>
                <p class="lead">{words.move_lead}</p>
                <Field
                    name=Name::Email
                    label=words.new_email
                    value=self.moving.clone().unwrap_or_default()
                    problem=problem_of(fault, Name::Email)
                    max=EMAIL_CHARS_MAX
                    kind="email"
                    autocomplete="email"
                />
                // Another form of this page has a field of this name, and an id is given once.
                <PlainField
                    name="own_password"
                    label=words.own_password
                    control=Control::Line { kind: "password", max: PASSWORD_CHARS_MAX }
                    value=""
                    problem=problem(fault, Name::OldPassword)
                />
                <div class="ways">
                    <button class="btn">{words.move_do}</button>
                </div>
            </form>
        }
        .boxed()
    }
}
