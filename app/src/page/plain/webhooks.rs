//! Web hooks: made, listed, turned on and off, deleted. The secret of a new one is shown once.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::text::NAME_CHARS_MAX;
use pigeon_wire::webhook::{HookEvent, HookForm, HookView, HookWrong, URL_CHARS_MAX};

use super::form::refusal;
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::webhook::{counted, words};

/// The page of the web hooks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Webhooks {
    /// The hooks, the newest first.
    pub hooks: Vec<HookView>,
    /// Whether they may lead to private addresses, and over plain http.
    pub private: bool,
    /// The secret of the one that was just made.
    pub made: Option<String>,
    /// What was typed, if it was.
    pub typed: Option<HookForm>,
    /// What is wrong with it.
    pub wrongs: Vec<HookWrong>,
    /// Why it was refused altogether.
    pub fault: Option<Fault>,
}

/// The name of an event's field in the form.
pub fn event_field(event: HookEvent) -> String {
    event.as_str().replace('.', "_")
}

impl Webhooks {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let made = self.made.clone().map(|secret| {
            view! {
                <section class="plain-part" role="status">
                    <h2>{words.made}</h2>
                    <p class="lead">{words.made_hint}</p>
                    <pre class="secret" tabindex="0">{secret}</pre>
                </section>
            }
        });
        let list = if self.hooks.is_empty() {
            view! { <p class="lead">{words.none}</p> }.boxed()
        } else {
            view! { <ul class="ledger">{self.hooks.iter().map(row).collect_view()}</ul> }.boxed()
        };
        let private = self
            .private
            .then(|| view! { <p class="lead">{words.private}</p> });
        view! {
            {refusal(self.fault.as_ref(), &[])}
            <p class="lead">{words.lead}</p>
            {private}
            {made}
            <section class="plain-part">
                <h2>{words.list}</h2>
                {list}
            </section>
            {self.form()}
        }
        .boxed()
    }

    /// What is wrong, if it is one of these, as a sentence.
    fn wrong(&self, of: &[HookWrong]) -> Option<String> {
        let found = self.wrongs.iter().find(|wrong| of.contains(wrong));
        found.map(|wrong| (words().wrong)(*wrong).to_owned())
    }

    fn form(&self) -> AnyView {
        let words = words();
        let typed = self.typed.clone().unwrap_or_else(|| HookForm {
            events: vec![HookEvent::MessageCreated],
            ..HookForm::default()
        });
        let on = |is_on| if is_on { "on" } else { "" };
        let wrong = self.wrong(&[HookWrong::NoEvent, HookWrong::TeamOnly]);
        let described = wrong.is_some().then_some("events-problem");
        let switches = HookEvent::ALL.iter().map(|event| {
            view! {
                <PlainField
                    name=event_field(*event)
                    label=(words.event)(*event)
                    control=Control::Switch
                    value=on(typed.events.contains(event))
                    hint=(words.event_hint)(*event)
                    optional=true
                />
            }
        });
        let line = |kind, max| Control::Line { kind, max };
        let refused = (!self.wrongs.is_empty()).then(|| {
            view! { <p class="refusal" role="alert">{words.refused}</p> }
        });
        view! {
            <form method="post" action="/settings/webhooks" class="plain-form">
                <h2>{words.new}</h2>
                {refused}
                <PlainField
                    name="name"
                    label=words.name
                    control=line("text", NAME_CHARS_MAX)
                    value=typed.name
                    hint=words.name_hint
                    problem=self.wrong(&[HookWrong::Name])
                />
                <PlainField
                    name="url"
                    label=words.url
                    control=line("url", URL_CHARS_MAX)
                    value=typed.url
                    hint=words.url_hint
                    problem=self.wrong(&[HookWrong::Address, HookWrong::Http, HookWrong::Private])
                />
                <fieldset class="tick-set" aria-describedby=described>
                    <legend>{words.events}</legend>
                    {wrong.map(|wrong| {
                        view! { <p class="field-problem" id="events-problem">{wrong}</p> }
                    })}
                    {switches.collect_view()}
                </fieldset>
                <PlainField
                    name="team"
                    label=words.team
                    control=Control::Switch
                    value=on(typed.team)
                    hint=words.team_hint
                    optional=true
                />
                <div class="ways">
                    <button class="btn primary">{words.make}</button>
                </div>
            </form>
        }
        .boxed()
    }
}

/// Where a hook's own page is.
pub(super) fn address(hook: &HookView) -> String {
    format!("/settings/webhooks/{}", hook.id)
}

/// Whether a hook is on, and why not.
pub(super) fn standing(hook: &HookView) -> AnyView {
    let words = words();
    match (hook.active, hook.gone_at) {
        (true, _) => words.on.boxed(),
        (false, Some(at)) => view! {
            <span class="ledger-trouble">{words.gone} " " <Moment at=at /></span>
        }
        .boxed(),
        (false, None) => words.off.boxed(),
    }
}

/// What a hook is told.
pub(super) fn told(hook: &HookView) -> String {
    let words = words();
    let events = hook.events.iter().map(|event| (words.event)(*event));
    let events = events.collect::<Vec<_>>().join(", ");
    let whose = if hook.team { words.team } else { words.public };
    [words.told, " ", &events, " · ", whose].concat()
}

/// Turning a hook on or off, by its own form.
pub(super) fn switch(hook: &HookView) -> AnyView {
    let words = words();
    let (value, label) = if hook.active {
        ("off", words.turn_off)
    } else {
        ("on", words.turn_on)
    };
    view! {
        <form method="post" action=[&address(hook), "/switch"].concat()>
            <input type="hidden" name="to" value=value />
            <button class="btn small" aria-label=(words.act_on)(label, &hook.name)>
                {label}
            </button>
        </form>
    }
    .boxed()
}

fn row(hook: &HookView) -> AnyView {
    let words = words();
    let failed = (hook.failed > 0).then(|| {
        let failed = (words.failed)(&counted(hook.failed));
        view! { " · " <span class="ledger-trouble">{failed}</span> }
    });
    let waiting = (hook.waiting > 0).then(|| {
        view! { " · " {(words.waiting)(&counted(hook.waiting))} }
    });
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <p class="ledger-title">
                    <a href=address(hook) aria-label=(words.log_of)(&hook.name)>
                        {hook.name.clone()}
                    </a>
                </p>
                <p class="ledger-meta">{hook.url.clone()}</p>
                <p class="ledger-meta">{told(hook)}</p>
                <p class="ledger-meta">
                    {standing(hook)} {failed} {waiting} " · " {(words.made_by)(&hook.created_by)}
                    " " <Moment at=hook.created_at />
                </p>
            </div>
            {switch(hook)}
        </li>
    }
    .boxed()
}
