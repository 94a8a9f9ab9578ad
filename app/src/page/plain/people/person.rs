//! One person: their role, what they hold, their browsers, their account's end.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field;
use pigeon_wire::team::{MayChange, NO_ROLE, PersonPage, PersonRow};

use crate::page::plain::form::{problem, refusal, role_choices};
use crate::page::plain::part::{Control, PlainField};
use crate::page::plain::portrait::Portrait;
use crate::page::plain::sessions::sessions;
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::people::words;

/// The page of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub page: PersonPage,
    /// The role's word that was chosen.
    pub role: Option<String>,
    /// Why something was refused, if it was.
    pub fault: Option<Fault>,
}

impl Person {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = &words().person;
        let page = &self.page;
        let fault = self.fault.as_ref();
        // What is wrong with a chosen role stands at the choice; what else was refused, above.
        let at_fields: &[Field] = if self.role.is_some() {
            &[Field::Role]
        } else {
            &[]
        };
        let owners_only = (page.may == MayChange::Nothing)
            .then(|| view! { <p class="lead">{words.owners_only}</p> });
        let last_owner = (page.may == MayChange::Sessions)
            .then(|| view! { <p class="remark">{words.last_owner}</p> });
        let is_free = page.may == MayChange::All;
        let role = is_free.then(|| self.role_form());
        let sessions = (page.may != MayChange::Nothing).then(|| self.sessions());
        let end = match page.person.deactivated_at {
            Some(_) => is_free.then(|| self.reactivate()),
            None => is_free.then(|| self.deactivate()),
        };
        view! {
            <p><a href="/people">{words.back}</a></p>
            {self.head()}
            {refusal(fault, at_fields)}
            {owners_only}
            {last_owner}
            {role}
            {self.threads()}
            {sessions}
            {end}
        }
        .boxed()
    }

    fn path(&self, act: &str) -> String {
        format!("/people/{}/{act}", self.page.person.id)
    }

    fn head(&self) -> AnyView {
        let all = words();
        let words = &all.person;
        let PersonRow {
            id,
            name,
            email,
            role,
            created_at,
            deactivated_at,
            seen_at,
            picture_at,
        } = &self.page.person;
        let role = all.role_name(role.as_ref());
        let you = self
            .page
            .is_me
            .then(|| view! { <p class="remark">{words.you}</p> });
        let off = deactivated_at.map(|at| {
            view! {
                <dt>{words.deactivated_since}</dt>
                <dd><Moment at=at /></dd>
            }
        });
        let seen = match seen_at {
            None => all.list.never_seen.boxed(),
            Some(at) => view! { <Moment at=(*at).max(*created_at) /> }.boxed(),
        };
        let vouched = self.page.vouched.as_ref().map(|vouched| {
            let embed = crate::words::embed::words();
            let claimed = vouched.email.clone().map(|email| {
                view! {
                    <dt>{embed.claimed}</dt>
                    <dd>{email}</dd>
                }
            });
            view! {
                <dt>{embed.vouched_by}</dt>
                <dd>{vouched.key_name.clone()}</dd>
                <dt>{embed.known_as}</dt>
                <dd>{vouched.subject.clone()}</dd>
                {claimed}
            }
        });
        view! {
            <section class="person-head">
                <Portrait person=*id name=name.clone() picture_at=*picture_at />
                <div>
                    <h2>{name.clone()}</h2>
                    <p class="lead">{email.clone()}</p>
                </div>
            </section>
            {you}
            <dl class="fact-list">
                <dt>{words.role}</dt>
                <dd>{role}</dd>
                <dt>{words.since}</dt>
                <dd><Moment at=*created_at /></dd>
                {vouched}
                <dt>{all.list.last_seen}</dt>
                <dd>{seen}</dd>
                {off}
            </dl>
            <p><a href=format!("/audit?person={id}")>{words.acts}</a></p>
        }
        .boxed()
    }

    fn role_form(&self) -> AnyView {
        let words = &words().person;
        let held = self.page.person.role.as_ref();
        let mut roles = self.page.roles.clone();
        // A role that the reader may not give can still be kept, or taken away.
        if let Some(held) = held
            && !roles.iter().any(|role| role.slug == held.slug)
        {
            roles.push(held.clone());
        }
        let held = held.map_or(NO_ROLE, |role| role.slug.as_str());
        let value = self.role.clone().unwrap_or_else(|| held.to_owned());
        view! {
            <form method="post" action=self.path("role") class="plain-form">
                <h3>{words.role}</h3>
                <PlainField
                    name="role"
                    label=words.role_label
                    control=Control::Choice(role_choices(&roles))
                    value=value
                    hint=words.role_hint
                    problem=problem(self.fault.as_ref().filter(|_| self.role.is_some()), Field::Role)
                />
                <div class="ways">
                    <button class="btn primary">{words.change_role}</button>
                </div>
            </form>
        }
        .boxed()
    }

    fn threads(&self) -> AnyView {
        let words = &words().person;
        let n = self.page.assigned;
        let release = (n > 0 && self.page.releasable).then(|| {
            view! {
                <form method="post" action=self.path("release") class="ways">
                    <button class="btn" aria-describedby="release-hint">{words.release}</button>
                </form>
                <p class="field-hint" id="release-hint">{words.release_hint}</p>
            }
        });
        view! {
            <section class="plain-part">
                <h3>{words.threads}</h3>
                <p>{(words.holds)(n)}</p>
                {release}
            </section>
        }
        .boxed()
    }

    fn sessions(&self) -> AnyView {
        let words = &words().sessions;
        let all = if self.page.is_me {
            words.end_others
        } else {
            words.end_all
        };
        view! {
            <section class="plain-part">
                <h3>{words.heading}</h3>
                {sessions(&self.page.sessions, &self.path("sessions"), all)}
            </section>
        }
        .boxed()
    }

    fn deactivate(&self) -> AnyView {
        let words = &words().person;
        let (n, name) = (self.page.assigned, &self.page.person.name);
        let held = match n {
            0 => ().boxed(),
            n if self.page.releasable => view! {
                <PlainField
                    name="release"
                    label=(words.release_too)(n)
                    control=Control::Switch
                    value="on"
                />
            }
            .boxed(),
            n => view! { <p>{(words.stays)(n)}</p> }.boxed(),
        };
        view! {
            <section class="plain-part">
                <h3>{words.deactivate}</h3>
                <details class="asks-once">
                    <summary class="btn">{words.deactivate_open}</summary>
                    <form method="post" action=self.path("deactivate") class="plain-form">
                        <p>{words.deactivate_lead}</p>
                        {held}
                        <div class="ways">
                            <button class="btn danger">{(words.deactivate_do)(name)}</button>
                        </div>
                    </form>
                </details>
            </section>
        }
        .boxed()
    }

    fn reactivate(&self) -> AnyView {
        let words = &words().person;
        view! {
            <form method="post" action=self.path("reactivate") class="plain-form">
                <h3>{words.reactivate}</h3>
                <p>{words.reactivate_lead}</p>
                <div class="ways">
                    <button class="btn primary">{words.reactivate}</button>
                </div>
            </form>
        }
        .boxed()
    }
}
