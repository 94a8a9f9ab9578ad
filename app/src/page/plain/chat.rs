//! The frame that other sites show: a shell without anybody's data, which its script brings to life.
//! It loads no program, and nothing of the site's styles but the owner's colour.

use leptos::prelude::*;
use pigeon_wire::text::{BODY_CHARS_MAX, EMAIL_CHARS_MAX, NAME_CHARS_MAX, SUBJECT_CHARS_MAX};
use serde_json::json;

use crate::part::boxed::Boxed;
use crate::start::{Assets, Frame};
use crate::words::embed::{EmbedWords, FrameWords};
use crate::words::guest::GuestWords;

/// The address of the frame's script.
pub const SCRIPT: &str = "/embed/frame.js";
/// The address of its styles.
pub const STYLE: &str = "/embed/frame.css";

/// The frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    /// The sites that may show it.
    pub origins: Vec<String>,
    /// Whether guests may start threads.
    pub guests: bool,
    /// The name of the field that only robots fill in, while it is switched on.
    pub honeypot: Option<String>,
    /// Where its script is.
    pub script: String,
    /// Where its styles are.
    pub style: String,
}

impl Chat {
    /// The whole document.
    pub fn document(self, frame: &Frame, assets: &Assets) -> AnyView {
        let words = &EmbedWords::of(frame.language).frame;
        let data = self.data(words, GuestWords::of(frame.language));
        let brand = Some(assets.brand.clone()).filter(|brand| !brand.is_empty());
        let brand = brand.map(|href| view! { <link rel="stylesheet" href=href /> });
        view! {
            <!DOCTYPE html>
            <html lang=frame.language.as_str()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="robots" content="noindex" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{frame.site_name.clone()}</title>
                    {brand}
                    <link rel="stylesheet" href=self.style.clone() />
                    <script src=self.script.clone() defer></script>
                </head>
                <body data-words=data>
                    {header(words)}
                    <p id="offline" role="status"></p>
                    <main>
                        <noscript>{words.no_script}</noscript>
                        {home(words)}
                        {self.start(frame)}
                        {talk(frame, words)}
                    </main>
                </body>
            </html>
        }
        .boxed()
    }

    /// What the script says and needs, as JSON in an attribute.
    fn data(&self, words: &FrameWords, guest: &GuestWords) -> String {
        json!({
            "origins": self.origins,
            "guests": self.guests,
            "title": words.title,
            "home": words.home,
            "none": words.none,
            "unread": words.unread,
            "team": words.team,
            "typing": words.is_typing,
            "closed": words.closed_it,
            "reopened": words.reopened_it,
            "moved": guest.event_moved,
            "files": words.files,
            "ended": words.ended,
            "off": words.off,
            "invalid": words.invalid,
            "many": words.too_many,
            "failed": words.failed,
            "you": guest.you,
            "subject": guest.no_subject,
            "sent": guest.sent_text,
            "offline": guest.reconnecting,
            "state": {
                "pending": guest.state_pending,
                "open": guest.state_open,
                "closed": guest.state_closed,
            },
        })
        .to_string()
    }

    fn start(&self, frame: &Frame) -> AnyView {
        let guest = GuestWords::of(frame.language);
        let trap = self.honeypot.clone().map(|field| {
            view! {
                <p class="trap" aria-hidden="true">
                    <label>
                        {guest.leave_empty}
                        <input type="text" name=field data-trap="" tabindex="-1" autocomplete="off" />
                    </label>
                </p>
            }
        });
        view! {
            <section id="start" hidden=true>
                <form id="begin">
                    <p class="lead" data-guest="">{guest.contact_lead}</p>
                    <p data-guest="">
                        <label for="name">{guest.name} " " <small>{guest.optional}</small></label>
                        <input id="name" type="text" maxlength=NAME_CHARS_MAX.to_string() autocomplete="name" />
                    </p>
                    <p data-guest="">
                        <label for="email">{guest.email}</label>
                        <input id="email" type="email" maxlength=EMAIL_CHARS_MAX.to_string() autocomplete="email" required=true />
                    </p>
                    <p>
                        <label for="subject">{guest.subject} " " <small>{guest.optional}</small></label>
                        <input id="subject" type="text" maxlength=SUBJECT_CHARS_MAX.to_string() />
                    </p>
                    <p>
                        <label for="body">{guest.message}</label>
                        <textarea id="body" rows="6" maxlength=BODY_CHARS_MAX.to_string() required=true></textarea>
                    </p>
                    {trap}
                    <p class="wrong" role="alert"></p>
                    <p>
                        <button class="primary">{guest.send}</button>
                    </p>
                </form>
                <p id="told" role="status" tabindex="-1"></p>
            </section>
        }
        .boxed()
    }
}

fn header(words: &FrameWords) -> AnyView {
    view! {
        <header>
            <button type="button" id="back" hidden=true>
                <span aria-hidden="true">"‹"</span>
                " "
                {words.back}
            </button>
            <h1 id="heading" tabindex="-1">{words.title}</h1>
            <button type="button" id="close" aria-label=words.close>
                <span aria-hidden="true">"×"</span>
            </button>
        </header>
    }
    .boxed()
}

fn home(words: &FrameWords) -> AnyView {
    view! {
        <section id="home" hidden=true>
            <p id="none" class="lead" hidden=true>{words.none}</p>
            <ul id="threads"></ul>
            <p>
                <button type="button" class="primary" id="new">{words.new}</button>
            </p>
        </section>
    }
    .boxed()
}

fn talk(frame: &Frame, words: &FrameWords) -> AnyView {
    let guest = GuestWords::of(frame.language);
    view! {
        <section id="talk" hidden=true>
            <p id="state" class="lead"></p>
            <div id="scroll" tabindex="0" role="log" aria-label=guest.entries>
                <p>
                    <button type="button" id="older" hidden=true>{guest.older}</button>
                </p>
                <ol id="entries"></ol>
            </div>
            <p id="typing" role="status"></p>
            <form id="reply">
                <label for="text">{guest.write}</label>
                <textarea id="text" rows="2" maxlength=BODY_CHARS_MAX.to_string() required=true></textarea>
                <p class="wrong" role="alert"></p>
                <button class="primary">{guest.send}</button>
            </form>
            <p class="leave">
                <button type="button" id="leave" hidden=true>{guest.sign_out}</button>
            </p>
            <p id="again" hidden=true>
                <button type="button" id="restart">{words.new}</button>
            </p>
        </section>
    }
    .boxed()
}
