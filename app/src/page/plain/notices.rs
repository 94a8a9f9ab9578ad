//! What the reader wants to be told: when it is mailed, and what counts for their badge.

use leptos::prelude::*;
use pigeon_wire::notice::{MailPace, NoticeKind, Notices};
use pigeon_wire::waiting::UNDO_CHOICES_S;

use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::people::words;
use crate::words::waiting;

/// The form, with the kinds that the reader can be told of.
pub(super) fn notices(chosen: &Notices, is_staff: bool) -> AnyView {
    let all = words();
    let words = &all.notices;
    let kinds = NoticeKind::ALL.iter().copied();
    let kinds = kinds.filter(|kind| is_staff || !kind.is_teams());
    let fields = kinds.map(|kind| {
        let paces = MailPace::ALL.iter();
        let paces = paces.map(|pace| (pace.to_string(), (words.pace)(*pace).to_owned()));
        let badge = kind.has_badge().then(|| {
            view! {
                <PlainField
                    name=badge_field(kind)
                    label=(words.badge)(kind)
                    control=Control::Switch
                    value=if chosen.counts(kind) { "on" } else { "" }
                />
            }
        });
        view! {
            <PlainField
                name=mail_field(kind)
                label=(words.kind)(kind)
                control=Control::Choice(paces.collect())
                value=chosen.mail(kind).as_str()
            />
            {badge}
        }
        .boxed()
    });
    let undo = is_staff.then(|| {
        let usual = (String::new(), waiting::words().usual.to_owned());
        let choices = UNDO_CHOICES_S.iter();
        let choices = choices.map(|n| (n.to_string(), (waiting::words().seconds)(*n)));
        let chosen = chosen.undo_s().map(|seconds| seconds.to_string());
        view! {
            <PlainField
                name="undo_s"
                label=waiting::words().undo
                control=Control::Choice(std::iter::once(usual).chain(choices).collect())
                value=chosen.unwrap_or_default()
                hint=waiting::words().undo_hint
                optional=true
            />
        }
    });
    view! {
        <form method="post" action="/account/notices" class="plain-form">
            <h2>{words.heading}</h2>
            <p class="lead">{words.lead}</p>
            {fields.collect_view()}
            {undo}
            <div class="ways">
                <button class="btn">{all.save}</button>
            </div>
        </form>
    }
    .boxed()
}

/// The name of the field that says when something is mailed.
pub fn mail_field(kind: NoticeKind) -> String {
    ["mail_", kind.as_str()].concat()
}

/// The name of the field that says whether it counts.
pub fn badge_field(kind: NoticeKind) -> String {
    ["badge_", kind.as_str()].concat()
}
