//! The contact form as HTML to copy, for any page of any site.

use leptos::prelude::*;
use pigeon_wire::person::Language;
use pigeon_wire::text::{BODY_CHARS_MAX, EMAIL_CHARS_MAX, NAME_CHARS_MAX, SUBJECT_CHARS_MAX};

use crate::part::boxed::Boxed;
use crate::part::typed::inside_textarea;
use crate::words::admin::words;
use crate::words::guest::GuestWords;

/// What the form is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Where this Pigeon is reached.
    pub public_url: String,
    /// The language of the site.
    pub language: Language,
    /// The name of the field that only robots fill in, while it is switched on.
    pub honeypot: Option<String>,
    /// Whether guests may start threads.
    pub is_on: bool,
}

impl Snippet {
    /// The page's content.
    pub fn view(&self) -> AnyView {
        let words = &words().snippet;
        let trap = match &self.honeypot {
            Some(name) => (words.honeypot)(name),
            None => words.no_honeypot.to_owned(),
        };
        let off = (!self.is_on).then(|| view! { <p class="refusal">{words.off}</p> });
        let own = [self.public_url.as_str(), "/contact"].concat();
        let html = self.html();
        view! {
            {off}
            <p class="lead">{words.lead}</p>
            <div class="field code">
                <label for="html">{words.label}</label>
                <textarea
                    id="html"
                    rows="24"
                    readonly=true
                    spellcheck="false"
                    aria-describedby="html-hint"
                >
                    {inside_textarea(&html)}
                </textarea>
                <p class="field-hint" id="html-hint">{words.copy}</p>
            </div>
            <p class="lead">{trap}</p>
            <p class="lead">
                {words.own} " " <a href="/contact" rel="external">{own}</a>
            </p>
        }
        .boxed()
    }

    /// The form. Nothing in it needs escaping but the values that the settings bound: an origin, and
    /// a word.
    pub fn html(&self) -> String {
        let words = GuestWords::of(self.language);
        let Self { public_url, .. } = self;
        let (name, email, subject) = (words.name, words.email, words.subject);
        let (message, send) = (words.message, words.send);
        let trap = self
            .honeypot
            .as_ref()
            .map(|field| trap(words.leave_empty, field))
            .unwrap_or_default();
        format!(
            r#"<form action="{public_url}/contact" method="post" enctype="multipart/form-data" accept-charset="utf-8">
  <p>
    <label>{name}<br>
      <input type="text" name="name" maxlength="{NAME_CHARS_MAX}" autocomplete="name">
    </label>
  </p>
  <p>
    <label>{email}<br>
      <input type="email" name="email" maxlength="{EMAIL_CHARS_MAX}" autocomplete="email" required>
    </label>
  </p>
  <p>
    <label>{subject}<br>
      <input type="text" name="subject" maxlength="{SUBJECT_CHARS_MAX}">
    </label>
  </p>
  <p>
    <label>{message}<br>
      <textarea name="body" rows="7" maxlength="{BODY_CHARS_MAX}" required></textarea>
    </label>
  </p>
{trap}  <p><button type="submit">{send}</button></p>
</form>
"#
        )
    }
}

/// A field that people neither see nor hear nor reach.
fn trap(leave_empty: &str, field: &str) -> String {
    format!(
        r#"  <div style="position: absolute; left: -9999px" aria-hidden="true">
    <label>{leave_empty}
      <input type="text" name="{field}" tabindex="-1" autocomplete="off">
    </label>
  </div>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(honeypot: Option<&str>) -> String {
        let snippet = Snippet {
            public_url: "https://help.example.org".to_owned(),
            language: Language::En,
            honeypot: honeypot.map(str::to_owned),
            is_on: true,
        };
        snippet.html()
    }

    #[test]
    fn the_form_posts_what_the_door_reads() {
        let html = snippet(Some("homepage"));
        assert!(html.contains(r#"action="https://help.example.org/contact""#));
        for field in ["name", "email", "subject", "body", "homepage"] {
            assert_eq!(html.matches(&format!(r#"name="{field}""#)).count(), 1);
        }
        assert!(!snippet(None).contains("aria-hidden"));
    }
}
