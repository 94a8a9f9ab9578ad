//! Why an administrative page cannot be shown.

use leptos::prelude::*;
use pigeon_wire::Fault;

use crate::part::boxed::Boxed;
use crate::words::team::team_fault;

/// Why a page cannot be shown, as its content.
pub fn trouble(fault: &Fault) -> AnyView {
    view! { <p class="refusal" role="alert">{team_fault(fault)}</p> }.boxed()
}
