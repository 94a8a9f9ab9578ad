//! Inviting, and the invitations that nobody has accepted yet.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field;
use pigeon_wire::note::Delivery;
use pigeon_wire::team::{InvitationView, RoleRef};
use pigeon_wire::text::EMAIL_CHARS_MAX;

use super::InviteForm;
use crate::page::plain::form::{language_choices, problem, refusal, role_choices};
use crate::page::plain::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::icon::{ALERT, CHECK, CLOCK, Icon};
use crate::part::moment::Moment;
use crate::words::people::words;

/// The form that invites.
pub fn form(typed: &InviteForm, roles: &[RoleRef], fault: Option<&Fault>) -> AnyView {
    let words = &words().invite;
    let line = Control::Line {
        kind: "email",
        max: EMAIL_CHARS_MAX,
    };
    // What was typed and refused is not hidden.
    let is_open = !typed.email.is_empty() || matches!(fault, Some(Fault::Invalid(_)));
    view! {
        {refusal(fault, &[Field::Email, Field::Role])}
        <details class="asks-once" open=is_open>
            <summary class="btn primary">{words.heading}</summary>
            <form method="post" action="/people" class="plain-form">
                <p class="lead">{words.lead}</p>
                <PlainField
                    name="email"
                    label=words.email
                    control=line
                    value=typed.email.clone()
                    problem=problem(fault, Field::Email)
                />
                <div class="field-pair">
                    <PlainField
                        name="role"
                        label=words.role
                        control=Control::Choice(role_choices(roles))
                        value=typed.role.clone()
                        problem=problem(fault, Field::Role)
                    />
                    <PlainField
                        name="language"
                        label=words.language
                        control=Control::Choice(language_choices())
                        value=typed.language.as_str()
                    />
                </div>
                <div class="ways">
                    <button class="btn primary">{words.send}</button>
                </div>
            </form>
        </details>
    }
    .boxed()
}

/// The invitations that nobody has accepted, if there are any.
pub fn pending(invitations: &[InvitationView]) -> AnyView {
    let words = &words().invite;
    if invitations.is_empty() {
        return ().boxed();
    }
    view! {
        <section class="plain-part" aria-labelledby="pending-heading">
            <h2 id="pending-heading">{words.pending}</h2>
            <ul class="ledger">{invitations.iter().map(row).collect_view()}</ul>
        </section>
    }
    .boxed()
}

fn row(one: &InvitationView) -> AnyView {
    let all = words();
    let words = &all.invite;
    let path = |act: &str| format!("/people/invitations/{}/{act}", one.id);
    let state = if one.works {
        view! { <span>{words.until} " " <Moment at=one.expires_at /></span> }.boxed()
    } else {
        ().boxed()
    };
    let ended = (!one.works).then(|| view! { <p class="ledger-trouble">{words.ended}</p> });
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <p class="ledger-title">{one.email.clone()}</p>
                <p class="ledger-meta">
                    <span>{all.role_name(one.role.as_ref())}</span>
                    " · "
                    {(words.by)(&one.by.name)}
                    " · "
                    <Moment at=one.created_at />
                    {one.works.then_some(" · ")}
                    {state}
                </p>
                {mail(one)}
                {ended}
            </div>
            <div class="ways">
                <form method="post" action=path("again")>
                    <button class="btn small" aria-label=(words.again_to)(&one.email)>
                        {words.again}
                    </button>
                </form>
                <form method="post" action=path("revoke")>
                    <button class="btn small" aria-label=(words.take_back_from)(&one.email)>
                        {words.take_back}
                    </button>
                </form>
            </div>
        </li>
    }
    .boxed()
}

/// What became of the mail, with the mail server's words where it did not take it.
fn mail(one: &InvitationView) -> Option<AnyView> {
    let words = &words().invite;
    let mail = one.mail.as_ref()?;
    let (class, drawing) = match mail.delivery {
        Delivery::Sent => ("ledger-mail", CHECK),
        Delivery::Failed => ("ledger-mail failed", ALERT),
        Delivery::Queued | Delivery::Deferred | Delivery::Unneeded => ("ledger-mail", CLOCK),
    };
    let is_refused = matches!(mail.delivery, Delivery::Deferred | Delivery::Failed);
    let answer = mail.answer.clone().filter(|_| is_refused);
    let answer = answer.map(|answer| {
        view! { <span>{words.answer} " " <q lang="en">{answer}</q></span> }
    });
    let shown = view! {
        <p class=class>
            <Icon of=drawing />
            <span>{(words.mail)(mail.delivery)}</span>
            {answer}
        </p>
    };
    Some(shown.boxed())
}
