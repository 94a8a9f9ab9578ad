//! The settings, each with what it takes and what it is for.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::attachment::Storage;
use pigeon_wire::person::Language;
use pigeon_wire::setting::{Group, Kind, Meanwhile, Setting, Shown, Wrong};

use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::words::admin::words;
use crate::words::own_name;
use crate::words::team::team_fault;

/// The page of the settings.
pub struct SettingsPage {
    /// Every setting as it is in force, or as it was typed and refused.
    pub fields: Vec<Shown>,
    /// The names of the time zones to choose from.
    pub zones: Vec<String>,
    /// The address of the site's logo, if there is one.
    pub logo: Option<String>,
    /// The endings of images that it may be made of; empty while none are taken.
    pub logo_accept: String,
    /// Why there is no other logo.
    pub fault: Option<Fault>,
}

impl SettingsPage {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let is_refused = self.fields.iter().any(|shown| shown.wrong.is_some());
        let refusal = is_refused.then(|| refusal(&self.fields));
        let groups = Group::ALL.iter().map(|group| {
            let fields = self.fields.iter();
            let fields = fields.filter(|shown| shown.setting.group() == *group);
            view! {
                <fieldset class="plain-group">
                    <legend>{(words.settings.group)(*group)}</legend>
                    {fields.map(|shown| field(shown, &self.zones)).collect_view()}
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
            {self.logo()}
        }
        .boxed()
    }

    fn logo(&self) -> AnyView {
        let words = &words().settings.logo;
        let fault = self.fault.as_ref();
        let fault =
            fault.map(|fault| view! { <p class="refusal" role="alert">{team_fault(fault)}</p> });
        let shown = self.logo.clone().map(|source| {
            view! {
                <img class="site-logo" src=source alt=words.heading />
                <form method="post" action="/settings/logo/remove" class="ways">
                    <button class="btn">{words.remove}</button>
                </form>
            }
        });
        let choose = if self.logo_accept.is_empty() {
            view! { <p class="lead">{words.off}</p> }.boxed()
        } else {
            view! {
                <form
                    method="post"
                    action="/settings/logo"
                    enctype="multipart/form-data"
                    class="plain-form"
                >
                    <div class="field">
                        <label for="logo">{words.file}</label>
                        <input
                            id="logo"
                            name="logo"
                            type="file"
                            accept=self.logo_accept.clone()
                            required
                        />
                    </div>
                    <div class="ways">
                        <button class="btn">{words.take}</button>
                    </div>
                </form>
            }
            .boxed()
        };
        view! {
            <section class="plain-part">
                <h2>{words.heading}</h2>
                <p class="lead">{words.lead}</p>
                {fault}
                {shown}
                {choose}
            </section>
        }
        .boxed()
    }
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

fn field(shown: &Shown, zones: &[String]) -> AnyView {
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
            control=control(setting, zones)
            value=shown.text.clone()
            hint=hint
            problem=problem(shown)
            lock=lock
            optional=is_optional(setting)
        />
    }
    .boxed()
}

fn control(setting: Setting, zones: &[String]) -> Control {
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
        Kind::Zone => Control::Choice(
            zones
                .iter()
                .map(|name| (name.clone(), name.clone()))
                .collect(),
        ),
        Kind::Language => {
            let all = Language::ALL.iter();
            let choices = all.map(|one| (one.as_str().to_owned(), own_name(*one).to_owned()));
            Control::Choice(choices.collect())
        }
    }
}

/// Whether its field may be left empty, by what the server makes of nothing typed.
fn is_optional(setting: Setting) -> bool {
    setting.typed("").is_ok()
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
