//! Who is asking, for server functions: the only module that exists for the server alone.

use std::sync::Arc;

use http::StatusCode;
use http::request::Parts;
use leptos::prelude::{AnyView, Owner, RenderHtml, provide_context, use_context};
use leptos_axum::ResponseOptions;
use pigeon_core::actor::{Account, Guest, Visitor};
use pigeon_core::canned::Offered;
use pigeon_core::guest::Standing;
use pigeon_core::zone::{Local, Zone};
use pigeon_core::{Office, guest};
use pigeon_wire::act::ThreadAct;
use pigeon_wire::permission::Permissions;
use pigeon_wire::person::PersonRef;
use pigeon_wire::tag::Tag;
use pigeon_wire::waiting::WaitingView;
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};

use crate::error::UiError;
use crate::page::plain::{
    Beside, Chat, Counts, Outside, Pick, PlainStart, Section, colleagues, keys, known_tags, lines,
    moments, pick,
};
use crate::part::moment::Clocks;
use crate::shell::{guest_shell, outside_shell, plain_shell};
use crate::start::{Assets, Frame, GuestView};

/// The secrets of the threads that a browser's guest cookies name.
#[derive(Clone, Debug, Default)]
pub struct GuestSecrets(pub Vec<(ThreadId, String)>);

impl GuestSecrets {
    /// The secret for one thread, if the browser holds one.
    pub fn of(&self, thread: ThreadId) -> Option<&str> {
        self.0
            .iter()
            .find(|(id, _)| *id == thread)
            .map(|(_, secret)| secret.as_str())
    }
}

/// A guest's page as a whole document, with moments by the clocks of the site. The guest pages wait
/// for nothing, so they are rendered in one go, without a stream.
pub fn guest_document(view: GuestView, site: Zone, assets: &Assets, nonce: &str) -> String {
    Owner::new_root(None).with(|| {
        provide_context(clocks(site));
        guest_shell(view, assets, nonce).to_html()
    })
}

/// How pages tell moments to somebody who lives in `zone`.
pub fn clocks(zone: Zone) -> Clocks {
    Clocks(Arc::new(move |at| {
        let Local { at, zone } = zone.local(at);
        let (day, time) = at.split_once('T').unwrap_or((&at, ""));
        format!("{day} {} {zone}", time.get(..5).unwrap_or(time))
    }))
}

/// A plain page of the team as a whole document, with `content` under its heading.
pub fn plain_document(
    start: PlainStart,
    section: Section,
    (done, counts): (&str, Counts),
    content: impl FnOnce() -> AnyView,
    assets: &Assets,
    nonce: &str,
) -> String {
    let owner = Owner::new_root(None);
    owner.with(|| plain_shell(start, section, (done, counts), content, assets, nonce).to_html())
}

/// A page outside of the team's frame as a whole document.
pub fn outside_document(frame: Frame, page: &impl Outside, assets: &Assets) -> String {
    Owner::new_root(None).with(|| outside_shell(frame, page, assets).to_html())
}

/// The sheet of keys and the palette, as parts of a page.
pub fn keys_part(frame: Frame, permissions: Permissions) -> String {
    Owner::new_root(None).with(|| {
        provide_context(frame);
        keys(permissions).to_html()
    })
}

/// The acts that a page was given beside a canned reply, and sends back as they were.
pub(crate) fn acts(text: &str) -> Result<Vec<ThreadAct>, UiError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    Ok(serde_json::from_str(text).map_err(|_| Fault::Malformed)?)
}

/// The canned replies that can be put into what is written, as a part of a page.
pub fn canned_part(
    frame: Frame,
    replies: &[Offered],
    people: &[PersonRef],
    thread: ThreadId,
) -> String {
    let picks = replies.iter().map(|offered| Pick {
        reply: offered.reply.clone(),
        acts: match offered.acts.as_slice() {
            [] => String::new(),
            acts => serde_json::to_string(acts).unwrap_or_default(),
        },
    });
    let picks: Vec<Pick> = picks.collect();
    Owner::new_root(None).with(|| {
        provide_context(frame);
        pick(&picks, people, thread).to_html()
    })
}

/// The colleagues who can be mentioned, as a part of a page.
pub fn mentions_part(frame: Frame, people: &[PersonRef]) -> String {
    Owner::new_root(None).with(|| {
        provide_context(frame);
        colleagues(people).to_html()
    })
}

/// What waits in a conversation, as a part of a page, with moments as they are in `zone`.
pub fn waiting_part(
    frame: Frame,
    zone: Zone,
    all: &[WaitingView],
    (me, now): (PersonId, Millis),
) -> String {
    Owner::new_root(None).with(|| {
        provide_context(frame);
        provide_context(clocks(zone));
        lines(all, me, now).to_html()
    })
}

/// The moments at which a reply can be sent, as a part of a page.
pub fn moments_part(frame: Frame) -> String {
    Owner::new_root(None).with(|| {
        provide_context(frame);
        moments().to_html()
    })
}

/// The tags that are known, as a part of a page.
pub fn tags_part(frame: Frame, tags: &[Tag]) -> String {
    Owner::new_root(None).with(|| {
        provide_context(frame);
        known_tags(tags).to_html()
    })
}

/// What stands beside a conversation of a customer, as a part of a page, with moments as they are in
/// `zone`.
pub fn beside_part(frame: Frame, zone: Zone, part: &Beside) -> String {
    Owner::new_root(None).with(|| {
        provide_context(frame);
        provide_context(clocks(zone));
        part.view().to_html()
    })
}

/// The frame that other sites show, as a whole document.
pub fn chat_document(chat: Chat, frame: &Frame, assets: &Assets) -> String {
    Owner::new_root(None).with(|| chat.document(frame, assets).to_html())
}

/// The office and the signed-in user who is asking.
#[expect(
    clippy::unused_async,
    reason = "asked like the guests' own, which reads the database"
)]
pub async fn caller() -> Result<(Office, Account), UiError> {
    let office = office()?;
    let account = extension::<Account>().ok_or_else(|| refuse(Fault::NotSignedIn))?;
    Ok((office, account))
}

/// The office and the guest of `thread` who is asking.
pub async fn guest_caller(thread: ThreadId) -> Result<(Office, Guest, Visitor), UiError> {
    guest_of(thread, false).await
}

/// The same for what a guest writes: where `thread` was merged, they write where it goes on.
pub async fn guest_writer(thread: ThreadId) -> Result<(Office, Guest, Visitor), UiError> {
    guest_of(thread, true).await
}

async fn guest_of(thread: ThreadId, led: bool) -> Result<(Office, Guest, Visitor), UiError> {
    let office = office()?;
    let visitor = extension::<Visitor>().ok_or_else(|| refuse(Fault::Internal))?;
    let secrets = extension::<GuestSecrets>().unwrap_or_default();
    let secret = secrets.of(thread).ok_or_else(|| refuse(Fault::NotFound))?;
    match guest::standing(&office, thread, secret).await? {
        Standing::Good(guest) => Ok((office, guest, visitor)),
        Standing::Elsewhere(guest) if led => Ok((office, guest, visitor)),
        // The page loads anew, and is led there.
        Standing::Elsewhere(_) | Standing::Expired { .. } => Err(refuse(Fault::Expired)),
        Standing::Unknown => Err(refuse(Fault::NotFound)),
    }
}

/// A fault as a server function's error; the answer, or the page that asked while it was being
/// rendered, gets the fault's status.
pub fn refuse(fault: Fault) -> UiError {
    if let Some(options) = use_context::<ResponseOptions>()
        && let Ok(status) = StatusCode::from_u16(fault.status())
    {
        options.set_status(status);
    }
    UiError::Fault(fault)
}

impl From<pigeon_core::Error> for UiError {
    fn from(error: pigeon_core::Error) -> Self {
        refuse(error.into())
    }
}

fn office() -> Result<Office, UiError> {
    use_context::<Office>().ok_or_else(|| refuse(Fault::Internal))
}

fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>()?.extensions.get::<T>().cloned()
}
