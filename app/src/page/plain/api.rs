//! The API's document as a page to read: its doors, one after the other.

use leptos::prelude::*;

use super::outside::{Outside, door as around};
use crate::part::boxed::Boxed;
use crate::words::token::words;

/// A door of the API. Its own words are those of the document, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiDoor {
    /// With which method.
    pub method: &'static str,
    /// Where.
    pub path: String,
    /// What it does.
    pub about: String,
    /// The credential and scope that it needs; empty where it needs none.
    pub needs: String,
    /// Names of its parameters, and what they are.
    pub parameters: Vec<(String, String)>,
    /// Statuses of its answers, and what they mean.
    pub answers: Vec<(String, String)>,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiPage {
    /// The doors.
    pub doors: Vec<ApiDoor>,
}

impl Outside for ApiPage {
    fn title(&self) -> &'static str {
        words().api
    }

    fn view(&self, _site: &str) -> AnyView {
        let words = words();
        let doors = self.doors.iter().map(ApiDoor::view);
        let body = view! {
            <p>{words.api_lead}</p>
            <p><a href="/api/v1/openapi.json">{words.api_file}</a></p>
            {doors.collect_view()}
        };
        around("/api/v1/docs", words.api.to_owned(), body.boxed())
    }
}

impl ApiDoor {
    fn view(&self) -> AnyView {
        let words = words();
        let list = |heading: &'static str, lines: &[(String, String)]| {
            (!lines.is_empty()).then(|| {
                let lines = lines.iter().map(|(name, about)| {
                    view! {
                        <dt><code>{name.clone()}</code></dt>
                        <dd>{about.clone()}</dd>
                    }
                });
                view! {
                    <h3>{heading}</h3>
                    <dl class="fact-list">{lines.collect_view()}</dl>
                }
            })
        };
        let needs = (!self.needs.is_empty())
            .then(|| view! { <p>{words.api_needs} " " <code>{self.needs.clone()}</code></p> });
        view! {
            <section class="plain-part" lang="en">
                <h2><code>{self.method} " " {self.path.clone()}</code></h2>
                <p>{self.about.clone()}</p>
                {needs}
                {list(words.api_parameters, &self.parameters)}
                {list(words.api_answers, &self.answers)}
            </section>
        }
        .boxed()
    }
}
