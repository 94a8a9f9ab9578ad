//! The contact form's HTML, to copy.

use pigeon_app::plain::{Section, Snippet};
use pigeon_core::setting;

use crate::desk::Desk;
use crate::refusal::Answer;

/// `GET /settings/form`.
pub async fn show(desk: Desk) -> Answer {
    let settings = setting::open(desk.office(), desk.account()).await;
    let told = settings.map(|settings| Snippet {
        public_url: settings.public_url.clone(),
        language: settings.language,
        honeypot: settings
            .honeypot_on
            .then(|| settings.honeypot_field.clone()),
        is_on: settings.allow_guest_threads,
    });
    desk.show(Section::Form, told, |snippet| snippet.view())
        .await
}
