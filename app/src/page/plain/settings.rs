//! The settings, each with what it takes and what it is for.

use leptos::prelude::*;
use pigeon_wire::attachment::Storage;
use pigeon_wire::person::Language;
use pigeon_wire::setting::{Group, Kind, Meanwhile, Setting, Shown, Wrong};

use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::admin::words;
use crate::words::own_name;

/// The page's content: `fields` as they are in force, or as they were typed and refused.
pub fn settings(fields: &[Shown]) -> AnyView {
    let words = words();
    let is_refused = fields.iter().any(|shown| shown.wrong.is_some());
    let refusal = is_refused.then(|| refusal(fields));
    let groups = Group::ALL.iter().map(|group| {
        let fields = fields
            .iter()
            .filter(|shown| shown.setting.group() == *group);
        view! {
            <fieldset class="plain-group">
                <legend>{(words.settings.group)(*group)}</legend>
                {fields.map(field).collect_view()}
            </fieldset>
        }
    });
    view! {
        {refusal}
        <form method="post" action="/settings" class="plain-form" novalidate=is_refused>
            {groups.collect_view()}
            <div class="ways">
                <button class="btn primary" type="submit">
                    {words.settings.save}
                </button>
            </div>
        </form>
    }
    .boxed()
}

/// That nothing was stored, and the ways to what is wrong.
fn refusal(fields: &[Shown]) -> AnyView {
    let words = &words().settings;
    let ways = fields
        .iter()
        .filter(|shown| shown.wrong.is_some())
        .map(|shown| {
            let (label, _) = (words.about)(shown.setting);
            view! {
                <li>
                    <a href=["#", shown.setting.as_str()].concat()>{label}</a>
                </li>
            }
        });
    view! {
        <div class="refusal" role="alert">
            <div>
                <p>{words.refused}</p>
                <ul>{ways.collect_view()}</ul>
            </div>
        </div>
    }
    .boxed()
}

fn field(shown: &Shown) -> AnyView {
    let words = words();
    let setting = shown.setting;
    let (label, hint) = (words.settings.about)(setting);
    let hint = match setting.kind() {
        Kind::Number { least, most } => [hint, " ", &(words.settings.bounds)(least, most)].concat(),
        _ => hint.to_owned(),
    };
    let lock = shown.is_locked.then(|| {
        setting
            .variable()
            .map_or_else(String::new, words.settings.locked)
    });
    let was = (!shown.is_locked).then(|| {
        view! { <input type="hidden" name=setting.was_name() value=shown.was.clone() /> }
    });
    view! {
        {was}
        <PlainField
            name=setting.as_str()
            label=label
            control=control(setting)
            value=shown.text.clone()
            hint=hint
            problem=problem(shown)
            lock=lock
            optional=is_optional(setting)
        />
    }
    .boxed()
}

fn control(setting: Setting) -> Control {
    let max = setting.chars_max();
    let line = |kind| Control::Line { kind, max };
    match setting.kind() {
        Kind::Switch => Control::Switch,
        Kind::Number { least, most } => Control::Number { least, most },
        Kind::Name | Kind::Word | Kind::Colour => line("text"),
        Kind::Origin => line("url"),
        Kind::Address => line("email"),
        Kind::Addresses | Kind::Endings | Kind::Roles | Kind::Origins => Control::Lines { max },
        Kind::Storage => {
            let all = Storage::ALL.iter();
            let name = words().settings.storage;
            let choices = all.map(|one| (one.as_str().to_owned(), name(*one).to_owned()));
            Control::Choice(choices.collect())
        }
        Kind::Language => {
            let all = Language::ALL.iter();
            let choices = all.map(|one| (one.as_str().to_owned(), own_name(*one).to_owned()));
            Control::Choice(choices.collect())
        }
    }
}

/// Whether its field may be left empty; a switch that is off sends nothing.
fn is_optional(setting: Setting) -> bool {
    matches!(
        setting.kind(),
        Kind::Colour | Kind::Addresses | Kind::Roles | Kind::Switch
    )
}

fn problem(shown: &Shown) -> Option<String> {
    let words = &words().settings;
    let wrong = shown.wrong?;
    Some(match (wrong, &shown.meanwhile) {
        (Wrong::Changed, Some(Meanwhile { by, ago_ms, .. })) => {
            let value = said(shown.setting, &shown.was);
            (words.meanwhile)(by.as_deref(), &value, *ago_ms)
        }
        (wrong, _) => (words.wrong)(wrong),
    })
}

/// A value inside a sentence.
fn said(setting: Setting, text: &str) -> String {
    let words = &words().settings;
    match (setting.kind(), text) {
        (Kind::Switch, "on") => words.on.to_owned(),
        (Kind::Switch, _) => words.off.to_owned(),
        (_, "") => words.none.to_owned(),
        (_, text) => ["“", &text.replace('\n', ", "), "”"].concat(),
    }
}
