//! How another site shows conversations: what to copy, which sites may, and the keys with which they
//! vouch for their visitors. The secret of a new key is shown once.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::embed::EmbedKeyView;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::NAME_CHARS_MAX;

use super::form::{problem, refusal};
use super::part::{Control, PlainField};
use crate::part::boxed::Boxed;
use crate::part::moment::Moment;
use crate::part::typed::inside_textarea;
use crate::words::embed::words;

/// The page of embedding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// Where this Pigeon is reached.
    pub public_url: String,
    /// The sites that may show conversations.
    pub origins: Vec<String>,
    /// The keys, the newest first.
    pub keys: Vec<EmbedKeyView>,
    /// Id and secret of the key whose secret was just made.
    pub made: Option<(String, String)>,
    /// The name that was typed.
    pub typed: String,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

impl Embed {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = words();
        let made = self.made.clone().map(|(id, secret)| {
            view! {
                <section class="plain-part" role="status">
                    <h2>{words.made}</h2>
                    <p class="lead">{words.made_hint}</p>
                    <p class="ledger-meta">{words.key_id}</p>
                    <pre class="secret" tabindex="0">{id}</pre>
                    <p class="ledger-meta">{words.made}</p>
                    <pre class="secret" id="secret" tabindex="0">{secret}</pre>
                </section>
            }
        });
        view! {
            {refusal(self.fault.as_ref(), &[Name::Name])}
            <p class="lead">{words.lead}</p>
            {made}
            {self.sites()}
            {self.snippets()}
            <section class="plain-part">
                <h2>{words.keys}</h2>
                <p class="lead">{words.keys_lead}</p>
                <p class="lead">{words.help}</p>
                {self.list()}
            </section>
            {self.form()}
        }
        .boxed()
    }

    fn sites(&self) -> AnyView {
        let words = words();
        let list = if self.origins.is_empty() {
            view! { <p class="lead">{words.no_site}</p> }.boxed()
        } else {
            let sites = self.origins.iter().cloned();
            let sites = sites.map(|site| view! { <li class="ledger-row">{site}</li> });
            view! { <ul class="ledger">{sites.collect_view()}</ul> }.boxed()
        };
        view! {
            <section class="plain-part">
                <h2>{words.sites}</h2>
                {list}
                <p>
                    <a href="/settings#embed_origins">{words.to_sites}</a>
                </p>
            </section>
        }
        .boxed()
    }

    fn snippets(&self) -> AnyView {
        let words = words();
        // An origin needs no escaping: the settings bound what it can hold.
        let bubble = [
            r#"<script src=""#,
            &self.public_url,
            r#"/embed.js" async></script>"#,
        ]
        .concat();
        let form = "<div data-pigeon-form></div>";
        view! {
            <section class="plain-part">
                <h2>{words.bubble}</h2>
                <p class="lead">{words.bubble_lead}</p>
                {code("bubble", words.bubble_label, &bubble)}
                <p class="lead">{words.form_lead}</p>
                {code("form", words.form_label, form)}
            </section>
        }
        .boxed()
    }

    fn list(&self) -> AnyView {
        if self.keys.is_empty() {
            view! { <p class="lead">{words().no_key}</p> }.boxed()
        } else {
            view! { <ul class="ledger">{self.keys.iter().map(line).collect_view()}</ul> }.boxed()
        }
    }

    fn form(&self) -> AnyView {
        let words = words();
        let line = Control::Line {
            kind: "text",
            max: NAME_CHARS_MAX,
        };
        view! {
            <form method="post" action="/settings/embed/keys" class="plain-form">
                <h2>{words.new}</h2>
                <PlainField
                    name="name"
                    label=words.name
                    control=line
                    value=self.typed.clone()
                    hint=words.name_hint
                    problem=problem(self.fault.as_ref(), Name::Name)
                />
                <div class="ways">
                    <button class="btn primary">{words.make}</button>
                </div>
            </form>
        }
        .boxed()
    }
}

fn code(id: &'static str, label: &'static str, html: &str) -> AnyView {
    view! {
        <div class="field code">
            <label for=id>{label}</label>
            <textarea id=id rows="2" readonly=true spellcheck="false">
                {inside_textarea(html)}
            </textarea>
        </div>
    }
    .boxed()
}

fn line(key: &EmbedKeyView) -> AnyView {
    let words = words();
    let used = match key.used_at {
        None => words.never_used.boxed(),
        Some(at) => {
            // The hour is kept: it was used after it was made.
            let at = at.max(key.created_at);
            view! { {words.used} " " <Moment at=at /> }.boxed()
        }
    };
    let acts = if let Some(at) = key.revoked_at {
        view! {
            <p class="ledger-meta">{words.revoked} " " <Moment at=at /></p>
        }
        .boxed()
    } else {
        let here = format!("/settings/embed/keys/{}", key.id);
        let (renew, revoke) = ([&here, "/renew"].concat(), [&here, "/revoke"].concat());
        view! {
            <form method="post" action=renew>
                <button class="btn small" aria-label=(words.renew_of)(&key.name)>
                    {words.renew}
                </button>
            </form>
            <form method="post" action=revoke>
                <button class="btn small" aria-label=(words.revoke_of)(&key.name)>
                    {words.revoke}
                </button>
            </form>
        }
        .boxed()
    };
    view! {
        <li class="ledger-row">
            <div class="ledger-main">
                <p class="ledger-title">{key.name.clone()}</p>
                <p class="ledger-meta">{words.key_id} " " <code>{key.id.to_string()}</code></p>
                <p class="ledger-meta">
                    {words.made_at} " " <Moment at=key.created_at /> " · " {words.secret_at} " "
                    <Moment at=key.secret_at /> " · " {used}
                </p>
            </div>
            {acts}
        </li>
    }
    .boxed()
}
