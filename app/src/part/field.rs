//! A field of a form with its label, its hint and what is wrong with it.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field as Name, Problem};

use crate::part::boxed::Boxed;
use crate::part::typed::inside_textarea;
use crate::words::{language, problem_text};

/// One field. Its id is its name, so that a list of what is wrong can lead to it.
#[component]
pub fn Field(
    /// Its name in the form.
    name: Name,
    /// Its label.
    label: &'static str,
    /// What has been typed into it.
    #[prop(into)]
    value: String,
    /// What is wrong with that.
    problem: Option<Problem>,
    /// Most characters that fit.
    max: usize,
    /// The kind of input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What the reader should know before typing.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// The word beside the label of a field that may stay empty; without it, the field is required.
    #[prop(optional)]
    optional: Option<&'static str>,
    /// Whether it takes several lines.
    #[prop(optional)]
    lines: bool,
    /// Whether it may stay empty where something else is filled in: the server tells.
    #[prop(optional)]
    may_be_empty: bool,
) -> impl IntoView {
    let id = name.as_str();
    let hint_id = [id, "-hint"].concat();
    let problem_id = [id, "-problem"].concat();
    let described_by = match (problem.is_some(), hint.is_some()) {
        (true, true) => Some([&problem_id, " ", &hint_id].concat()),
        (true, false) => Some(problem_id.clone()),
        (false, true) => Some(hint_id.clone()),
        (false, false) => None,
    };
    let invalid = problem.map(|_| "true");
    let problem = problem.map(|problem| {
        view! { <p class="field-problem" id=problem_id>{problem_text(language(), problem)}</p> }
    });
    let hint = hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> });
    let required = optional.is_none() && !may_be_empty;
    let optional = optional.map(|word| view! { <span class="field-optional">{word}</span> });
    let max = max.to_string();
    let control = if lines {
        view! {
            <textarea
                id=id
                name=id
                rows="7"
                maxlength=max
                required=required
                aria-invalid=invalid
                aria-describedby=described_by
            >
                {inside_textarea(&value)}
            </textarea>
        }
        .boxed()
    } else {
        view! {
            <input
                id=id
                name=id
                type=kind
                value=value
                autocomplete=autocomplete
                maxlength=max
                required=required
                aria-invalid=invalid
                aria-describedby=described_by
            />
        }
        .boxed()
    };
    view! {
        <div class="field">
            <label for=id>{label} " " {optional}</label>
            {control}
            {problem}
            {hint}
        </div>
    }
}

/// What a fault says about one field.
pub fn problem_of(fault: Option<&Fault>, name: Name) -> Option<Problem> {
    match fault {
        Some(Fault::Invalid(faults)) => faults
            .iter()
            .find(|fault| fault.field == name)
            .map(|fault| fault.problem),
        _ => None,
    }
}
