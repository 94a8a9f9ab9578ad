//! The roles: what each allows, and custom ones made, changed and deleted.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field;
use pigeon_wire::permission::{Permission, Permissions};
use pigeon_wire::team::{ROLE_NAME_CHARS_MAX, RoleRef, RoleView, RolesPage};

use super::form::{problem, refusal, role_choices};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::people::words;

/// What was typed of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleForm {
    /// Its name.
    pub name: String,
    /// The boxes that were ticked, without what they imply.
    pub permissions: Vec<Permission>,
}

/// The page of all roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// The roles, and what the reader may give.
    pub page: RolesPage,
    /// What was typed of a new one.
    pub typed: RoleForm,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

/// The page of one custom role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneRole {
    /// All roles, and what the reader may give.
    pub page: RolesPage,
    /// This one.
    pub role: RoleView,
    /// What was typed, if anything.
    pub typed: Option<RoleForm>,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

impl Roles {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = &words().roles;
        let fields = fields(
            &self.typed,
            Permissions::NONE,
            &self.page,
            self.fault.as_ref(),
        );
        view! {
            <p class="lead">{words.lead}</p>
            <ul class="ledger">{self.page.roles.iter().map(row).collect_view()}</ul>
            <section class="plain-part" aria-labelledby="new-heading">
                <h2 id="new-heading">{words.new}</h2>
                {refusal(self.fault.as_ref(), &[Field::Name, Field::Permissions])}
                <form method="post" action="/roles" class="plain-form">
                    {fields}
                    <div class="ways">
                        <button class="btn primary">{words.make}</button>
                    </div>
                </form>
            </section>
        }
        .boxed()
    }
}

fn row(one: &RoleView) -> AnyView {
    let all = words();
    let words = &all.roles;
    let name = all.role_name(Some(&one.role));
    let is_builtin = one.role.builtin().is_some();
    let kind = if is_builtin {
        words.built_in
    } else {
        words.custom
    };
    let edit = (!is_builtin).then(|| {
        let label = (words.edit_of)(&name);
        view! { <a class="btn small" href=address(&one.role) aria-label=label>{words.edit}</a> }
    });
    let allows = Vec::<Permission>::from(one.permissions).into_iter();
    let allows = allows.map(|permission| view! { <li>{(all.permission)(permission)}</li> });
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <h2 class="ledger-title">{name}</h2>
                <p class="ledger-meta">{kind} " · " {(words.used)(one.used)}</p>
                <ul class="allows">{allows.collect_view()}</ul>
            </div>
            {edit}
        </li>
    }
    .boxed()
}

fn address(role: &RoleRef) -> String {
    ["/roles/", role.slug.as_str()].concat()
}

/// The fields of a role that allows `held` so far. What the reader may not give cannot be ticked.
fn fields(typed: &RoleForm, held: Permissions, page: &RolesPage, fault: Option<&Fault>) -> AnyView {
    let words = words();
    let line = Control::Line {
        kind: "text",
        max: ROLE_NAME_CHARS_MAX,
    };
    let switches = Permission::ALL.iter().map(|permission| {
        let is_free = page.allowed.contains(permission) || held.has(*permission);
        let value = if typed.permissions.contains(permission) {
            "on"
        } else {
            ""
        };
        let hint = (words.permission_hint)(*permission);
        let hint = if is_free {
            hint.to_owned()
        } else {
            [hint, " ", words.roles.not_yours].concat()
        };
        view! {
            <PlainField
                name=permission.as_str()
                label=(words.permission)(*permission)
                control=Control::Switch
                value=value
                hint=hint
                barred=!is_free
            />
        }
    });
    let wrong = problem(fault, Field::Permissions)
        .map(|wrong| view! { <p class="field-problem" id="permissions-problem">{wrong}</p> });
    let described = wrong.is_some().then_some("permissions-problem");
    view! {
        <PlainField
            name="name"
            label=words.roles.name
            control=line
            value=typed.name.clone()
            problem=problem(fault, Field::Name)
        />
        <fieldset class="tick-set" aria-describedby=described>
            <legend>{words.roles.may}</legend>
            {wrong}
            {switches.collect_view()}
        </fieldset>
    }
    .boxed()
}

impl OneRole {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let all = words();
        let words = &all.roles;
        let typed = self.typed.clone().unwrap_or_else(|| RoleForm {
            name: self.role.role.name.clone(),
            permissions: self.role.permissions.into(),
        });
        // What is wrong with what was typed stands at the fields; a refused deletion, above.
        let fault = self.fault.as_ref().filter(|_| self.typed.is_some());
        let at_fields: &[Field] = if fault.is_some() {
            &[Field::Name, Field::Permissions]
        } else {
            &[]
        };
        view! {
            <p><a href="/roles">{words.back}</a></p>
            <h2>{self.role.role.name.clone()}</h2>
            <p class="lead">{(words.used)(self.role.used)}</p>
            {refusal(self.fault.as_ref(), at_fields)}
            <form method="post" action=address(&self.role.role) class="plain-form">
                {fields(&typed, self.role.permissions, &self.page, fault)}
                <div class="ways">
                    <button class="btn primary">{all.save}</button>
                </div>
            </form>
            {self.deletion()}
        }
        .boxed()
    }

    fn deletion(&self) -> AnyView {
        let words = &words().roles;
        let used = self.role.used;
        let lead = if used == 0 {
            words.delete_unused.to_owned()
        } else {
            (words.delete_used)(used)
        };
        let others = (used > 0).then(|| {
            let others = self.page.roles.iter();
            let others = others.filter(|one| one.givable && one.role != self.role.role);
            let others: Vec<RoleRef> = others.map(|one| one.role.clone()).collect();
            let choose = (String::new(), words.choose.to_owned());
            let choices = std::iter::once(choose)
                .chain(role_choices(&others))
                .collect();
            view! {
                <PlainField
                    name="to"
                    label=words.move_to
                    control=Control::Choice(choices)
                    value=""
                />
            }
        });
        let action = [&address(&self.role.role), "/delete"].concat();
        view! {
            <section class="plain-part">
                <h3>{words.delete}</h3>
                <details class="asks-once">
                    <summary class="btn">{words.delete_open}</summary>
                    <form method="post" action=action class="plain-form">
                        <p>{lead}</p>
                        {others}
                        <div class="ways">
                            <button class="btn danger">
                                {(words.delete_do)(&self.role.role.name)}
                            </button>
                        </div>
                    </form>
                </details>
            </section>
        }
        .boxed()
    }
}
