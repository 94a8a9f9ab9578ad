//! The reader's API tokens: made, listed, revoked. The secret of a new one is shown once.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::NAME_CHARS_MAX;
use pigeon_wire::token::{Scope, TOKEN_DAYS, TokenView};

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::words::token::words;

const FIELDS: [Name; 3] = [Name::Name, Name::Scopes, Name::Days];
/// How long a token lasts if nothing else is chosen.
const DAYS: i64 = 90;

/// The page of the own tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The tokens, the newest first.
    pub tokens: Vec<TokenView>,
    /// The secret of the one that was just made.
    pub made: Option<String>,
    /// The name, scopes and days that were typed, if they were.
    pub typed: Option<(String, Vec<Scope>, i64)>,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

/// The name of a scope's field in the form.
pub fn scope_field(scope: Scope) -> String {
    ["scope_", scope.as_str()].concat()
}

impl Tokens {
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
        let list = if self.tokens.is_empty() {
            view! { <p class="lead">{words.none}</p> }.boxed()
        } else {
            view! { <ul class="ledger">{self.tokens.iter().map(line).collect_view()}</ul> }.boxed()
        };
        view! {
            {refusal(self.fault.as_ref(), &FIELDS)}
            <p class="lead">
                {words.lead} " " <a href="/api/v1/docs">{words.docs}</a>
            </p>
            {made}
            <section class="plain-part">
                <h2>{words.list}</h2>
                {list}
            </section>
            {self.form()}
        }
        .boxed()
    }

    fn form(&self) -> AnyView {
        let words = words();
        let nothing = || (String::new(), vec![Scope::Read], DAYS);
        let (name, scopes, days) = self.typed.clone().unwrap_or_else(nothing);
        let wrong = problem(self.fault.as_ref(), Name::Scopes);
        let switches = Scope::ALL.iter().map(|scope| {
            let value = if scopes.contains(scope) { "on" } else { "" };
            view! {
                <PlainField
                    name=scope_field(*scope)
                    label=(words.scope)(*scope)
                    control=Control::Switch
                    value=value
                    hint=(words.scope_hint)(*scope)
                />
            }
        });
        let choices = TOKEN_DAYS.map(|days| (days.to_string(), (words.so_many_days)(days)));
        let line = Control::Line {
            kind: "text",
            max: NAME_CHARS_MAX,
        };
        view! {
            <form method="post" action="/account/tokens" class="plain-form">
                <h2>{words.new}</h2>
                <PlainField
                    name="name"
                    label=words.name
                    control=line
                    value=name
                    hint=words.name_hint
                    problem=problem(self.fault.as_ref(), Name::Name)
                />
                <fieldset class="plain-choice">
                    <legend>{words.scopes}</legend>
                    {wrong.map(|wrong| view! { <p class="problem" role="alert">{wrong}</p> })}
                    {switches.collect_view()}
                </fieldset>
                <PlainField
                    name="days"
                    label=words.days
                    control=Control::Choice(choices.to_vec())
                    value=days.to_string()
                    problem=problem(self.fault.as_ref(), Name::Days)
                />
                <div class="ways">
                    <button class="btn primary">{words.make}</button>
                </div>
            </form>
        }
        .boxed()
    }
}

fn line(token: &TokenView) -> AnyView {
    let words = words();
    let scopes = token.scopes.0.iter().map(|scope| (words.scope)(*scope));
    let scopes = scopes.collect::<Vec<_>>().join(", ");
    let used = match token.used_at {
        None => words.never_used.boxed(),
        Some(at) => {
            // The hour is kept: it was used after it was made.
            let at = at.max(token.created_at);
            view! { {words.used} " " <Moment at=at /> }.boxed()
        }
    };
    let action = format!("/account/tokens/{}/revoke", token.id);
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <p class="ledger-title">{token.name.clone()}</p>
                <p class="ledger-meta">{scopes}</p>
                <p class="ledger-meta">
                    {words.made_at} " " <Moment at=token.created_at /> " · " {words.until} " "
                    <Moment at=token.expires_at /> " · " {used}
                </p>
            </div>
            <form method="post" action=action>
                <button class="btn small" aria-label=(words.revoke_of)(&token.name)>
                    {words.revoke}
                </button>
            </form>
        </li>
    }
    .boxed()
}
