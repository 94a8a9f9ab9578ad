//! Parts of plain forms: a field with its label, its hint, what is wrong with it, and whether it can
//! be changed at all.

use leptos::prelude::*;

use crate::page::team::drawing::LOCK;
use crate::part::boxed::Boxed;
use crate::part::icon::Icon;
use crate::part::typed::inside_textarea;

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line; the kind of input, like `email`.
    Line {
        /// The input's type.
        kind: &'static str,
        /// Most characters that fit.
        max: usize,
    },
    /// Several lines.
    Lines {
        /// Most characters that fit.
        max: usize,
    },
    /// A number within bounds.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// On or off: sent as `on`, or not at all.
    Switch,
    /// One of a list: what is sent, and what is read.
    Choice(Vec<(String, String)>),
}

/// A field of a plain form.
#[component]
pub fn PlainField(
    /// Its name in the form; its id too.
    #[prop(into)]
    name: String,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What it takes.
    control: Control,
    /// What stands in it: of a switch, `on` or nothing.
    #[prop(into)]
    value: String,
    /// What the reader should know before typing.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with what was typed.
    #[prop(optional_no_strip, into)]
    problem: Option<String>,
    /// Why it cannot be changed, where it cannot.
    #[prop(optional_no_strip, into)]
    lock: Option<String>,
    /// Whether the reader may not change it.
    #[prop(optional)]
    barred: bool,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let locked = lock.is_some();
    let [hint_id, problem_id, lock_id] =
        ["-hint", "-problem", "-lock"].map(|end| [name.as_str(), end].concat());
    let shown = [
        (problem.is_some(), &problem_id),
        (!hint.is_empty(), &hint_id),
        (locked, &lock_id),
    ];
    let ids: Vec<&str> = shown
        .iter()
        .filter(|(is_shown, _)| *is_shown)
        .map(|(_, id)| id.as_str())
        .collect();
    let described = (!ids.is_empty()).then(|| ids.join(" "));
    let invalid = problem.is_some().then_some("true");
    let is_switch = control == Control::Switch;
    let told = Told {
        id: name.clone(),
        value,
        described,
        invalid,
        disabled: locked || barred,
        required: !optional,
    };
    let control = told.control(control);
    let hint = (!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> });
    let problem =
        problem.map(|problem| view! { <p class="field-problem" id=problem_id>{problem}</p> });
    let lock = lock.map(|lock| {
        view! {
            <p class="field-lock" id=lock_id>
                <Icon of=LOCK />
                {lock}
            </p>
        }
    });
    let class = if is_switch { "field switch" } else { "field" };
    view! {
        <div class=class>
            <label for=name>{label}</label>
            {control}
            {problem}
            {hint}
            {lock}
        </div>
    }
    .boxed()
}

/// What every control is told.
struct Told {
    id: String,
    value: String,
    described: Option<String>,
    invalid: Option<&'static str>,
    disabled: bool,
    required: bool,
}

impl Told {
    fn control(self, control: Control) -> AnyView {
        let Self {
            id,
            value,
            described,
            invalid,
            disabled,
            required,
        } = self;
        let name = id.clone();
        match control {
            Control::Line { kind, max } => view! {
                <input
                    id=id
                    name=name
                    type=kind
                    value=value
                    maxlength=max.to_string()
                    autocomplete="off"
                    required=required
                    disabled=disabled
                    aria-invalid=invalid
                    aria-describedby=described
                />
            }
            .boxed(),
            Control::Lines { max } => view! {
                <textarea
                    id=id
                    name=name
                    rows="3"
                    maxlength=max.to_string()
                    required=required
                    disabled=disabled
                    aria-invalid=invalid
                    aria-describedby=described
                >
                    {inside_textarea(&value)}
                </textarea>
            }
            .boxed(),
            Control::Number { least, most } => view! {
                <input
                    id=id
                    name=name
                    type="number"
                    inputmode="numeric"
                    value=value
                    min=least.to_string()
                    max=most.to_string()
                    required=required
                    disabled=disabled
                    aria-invalid=invalid
                    aria-describedby=described
                />
            }
            .boxed(),
            Control::Switch => view! {
                <input
                    id=id
                    name=name
                    type="checkbox"
                    value="on"
                    checked=value == "on"
                    disabled=disabled
                    aria-invalid=invalid
                    aria-describedby=described
                />
            }
            .boxed(),
            Control::Choice(choices) => {
                let options = choices.into_iter().map(|(word, label)| {
                    let selected = word == value;
                    view! { <option value=word selected=selected>{label}</option> }
                });
                view! {
                    <select
                        id=id
                        name=name
                        disabled=disabled
                        aria-invalid=invalid
                        aria-describedby=described
                    >
                        {options.collect_view()}
                    </select>
                }
                .boxed()
            }
        }
    }
}
