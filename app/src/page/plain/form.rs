//! What the forms about people have in common: why one was refused, and choices of roles and
//! languages.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field;
use pigeon_wire::person::Language;
use pigeon_wire::team::{NO_ROLE, RoleRef};

use crate::part::boxed::Boxed;
use crate::part::field::problem_of;
use crate::words::people::words;
use crate::words::team::team_fault;
use crate::words::{fault_text, language, own_name, problem_text};

/// Why a form was refused, above it. What is wrong with a field of `shown` stands there.
pub fn refusal(fault: Option<&Fault>, shown: &[Field]) -> Option<AnyView> {
    let fault = fault?;
    let is_at_fields = matches!(fault, Fault::Invalid(faults)
        if faults.iter().all(|fault| shown.contains(&fault.field)));
    let text = if is_at_fields {
        fault_text(language(), fault)
    } else {
        team_fault(fault)
    };
    Some(view! { <p class="refusal" role="alert">{text}</p> }.boxed())
}

/// What is wrong with one field, as a sentence.
pub fn problem(fault: Option<&Fault>, field: Field) -> Option<String> {
    problem_of(fault, field).map(|problem| problem_text(language(), problem))
}

/// The choices of a role: none, and those of `roles`.
pub fn role_choices(roles: &[RoleRef]) -> Vec<(String, String)> {
    let none = (NO_ROLE.to_owned(), words().no_role.to_owned());
    let roles = roles.iter();
    let roles = roles.map(|role| (role.slug.clone(), words().role_name(Some(role))));
    std::iter::once(none).chain(roles).collect()
}

/// The choices of a language, each in its own words.
pub fn language_choices() -> Vec<(String, String)> {
    let all = Language::ALL.iter();
    all.map(|one| (one.as_str().to_owned(), own_name(*one).to_owned()))
        .collect()
}
