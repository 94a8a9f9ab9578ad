//! Why something was not taken in: one box above the form, which takes the focus.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field;

use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, Icon};
use crate::words::guest::{GuestWords, words};
use crate::words::{fault_text, language, problem_text};

/// The fault above a form; each field's problem leads to the field.
#[component]
pub fn Refusal(
    /// Why the form was refused, if it was.
    fault: Option<Fault>,
) -> impl IntoView {
    fault.map(|fault| {
        let words = words();
        let faults = match &fault {
            Fault::Invalid(faults) => faults.as_slice(),
            _ => &[],
        };
        let list: Vec<_> = faults
            .iter()
            .map(|fault| {
                let problem = problem_text(language(), fault.problem);
                match label(words, fault.field) {
                    Some(label) => {
                        let target = ["#", fault.field.as_str()].concat();
                        view! { <li><a href=target>{label}</a> ": " {problem}</li> }.boxed()
                    }
                    None => view! { <li>{problem}</li> }.boxed(),
                }
            })
            .collect();
        let list = (!list.is_empty()).then(|| view! { <ul>{list}</ul> });
        view! {
            <div class="refusal" role="alert" tabindex="-1" autofocus>
                <Icon of=ALERT />
                <div>
                    <p><b>{words.please_check}</b> " " {fault_text(language(), &fault)}</p>
                    {list}
                </div>
            </div>
        }
    })
}

/// The label of a field that guests fill in.
const fn label(words: &GuestWords, field: Field) -> Option<&'static str> {
    match field {
        Field::Name => Some(words.name),
        Field::Email => Some(words.email),
        Field::Subject => Some(words.subject),
        Field::Body => Some(words.message),
        _ => None,
    }
}
