//! The desk of an administrative page: who sits at it, and how its answers look. A door asks its
//! command for what to show, which proves the right, and hands the answer over to [`Desk::show`].

use axum::extract::FromRequestParts;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::{AnyView, provide_context};
use pigeon_app::Frame;
use pigeon_app::plain::{Counts, PlainStart, Section, Signed, trouble};
use pigeon_app::ssr::{clocks, plain_document};
use pigeon_core::actor::{Account, Visitor};
use pigeon_core::person::own;
use pigeon_core::{Error, Office, inbox, outbox, quarantine, session};
use pigeon_wire::Fault;
use pigeon_wire::permission::{Permission, Permissions};

use crate::asking::Asking;
use crate::door::form::Form;
use crate::door::login;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// Somebody signed in, at a plain page's door. Nobody is sent to log in.
pub struct Desk {
    hall: Hall,
    asking: Asking,
    account: Account,
    here: String,
    done: String,
    title: String,
}

impl Desk {
    /// The office.
    pub fn office(&self) -> &Office {
        &self.hall.office
    }

    /// Who sits here. What they may do is for the command to ask.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The visitor as the network knows them.
    pub fn visitor(&self) -> &Visitor {
        &self.asking.visitor
    }

    /// The same desk, whose page is called by this title rather than by its section.
    #[must_use]
    pub fn titled(self, title: Option<String>) -> Self {
        Self {
            title: title.unwrap_or_default(),
            ..self
        }
    }

    /// The frame around pages for whoever asks.
    pub fn frame(&self) -> &Frame {
        &self.asking.frame
    }

    /// Whether whoever asks reads pages, rather than problem details.
    pub fn reads_pages(&self) -> bool {
        self.asking.reads.pages
    }

    /// The page with what a command has told, or the page that says why there is nothing to show.
    pub async fn show<T>(
        &self,
        section: Section,
        told: Result<T, Error>,
        view: impl FnOnce(T) -> AnyView,
    ) -> Answer {
        match told {
            Ok(told) => self.page(StatusCode::OK, section, || view(told)).await,
            Err(error) => self.refuse(section, error.into()).await,
        }
    }

    /// A page with this status and content.
    pub async fn page(
        &self,
        status: StatusCode,
        section: Section,
        view: impl FnOnce() -> AnyView,
    ) -> Answer {
        let office = self.office();
        let me = session::me(office, &self.account).await?;
        let badge = if me.permissions.is_staff() {
            inbox::badge(office, &self.account).await?
        } else {
            0
        };
        let counts = self.counts(me.permissions).await?;
        let own = section == Section::Threads || !me.permissions.is_staff();
        let start = PlainStart {
            frame: self.asking.frame.clone(),
            signed: Signed { me, badge },
            here: self.here.clone(),
            title: self.title.clone(),
            own,
        };
        // Only what went well tells what was done before.
        let done = if status == StatusCode::OK {
            self.done.as_str()
        } else {
            ""
        };
        let (assets, nonce) = (&self.hall.assets(), &self.asking.nonce);
        let zone = own::zone(office, &self.account).await?;
        let view = move || {
            provide_context(clocks(zone));
            view()
        };
        let document = plain_document(start, section, (done, counts), view, assets, nonce);
        let kind = [(
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        )];
        Ok((status, kind, document).into_response())
    }

    /// The page once more after a refusal that is about its form: `view` shows what was typed, and
    /// what is wrong with it. Any other refusal is shown by itself.
    pub async fn again<T>(
        &self,
        section: Section,
        refused: Error,
        told: impl Future<Output = Result<T, Error>>,
        view: impl FnOnce(T, Fault) -> AnyView,
    ) -> Answer {
        let refused = Refused::from(refused);
        let is_about_the_form = matches!(refused.fault.status(), 409 | 422 | 429 | 503);
        if !self.asking.reads.pages || !is_about_the_form {
            return self.refuse(section, refused).await;
        }
        let told = match told.await {
            Ok(told) => told,
            Err(error) => return self.refuse(section, error.into()).await,
        };
        let fault = refused.fault.clone();
        let view = || view(told, fault);
        let shown = self.page(refused.status, section, view).await?;
        Ok(refused.timed(shown))
    }

    /// Whether whoever asks may do something, so that ways lead there.
    pub async fn may(&self, what: Permission) -> Result<bool, Error> {
        let me = session::me(self.office(), &self.account).await?;
        Ok(me.permissions.has(what))
    }

    /// What waits for the eye of somebody who may do this much.
    async fn counts(&self, may: Permissions) -> Result<Counts, Error> {
        let (office, account) = (self.office(), &self.account);
        let mut counts = Counts::default();
        if may.has(Permission::ManageSettings) {
            counts.failed_mails = outbox::failed(office, account).await?;
        }
        if may.has(Permission::ManageThreads) {
            counts.caught = quarantine::count(office, account).await?.total();
        }
        Ok(counts)
    }

    /// Why not, as a page for people and as problem details for programs.
    pub async fn refuse(&self, section: Section, refused: Refused) -> Answer {
        if !self.asking.reads.pages || refused.status.is_server_error() {
            return Err(refused);
        }
        let fault = refused.fault.clone();
        let view = || trouble(&fault);
        let shown = self.page(refused.status, section, view).await?;
        Ok(refused.timed(shown))
    }
}

/// "It is done": back to the page at `path`, which says so by the word `what` in its address.
pub fn done(path: &str, what: &str) -> Response {
    page::see_other(&[path, "?done=", what].concat())
}

impl FromRequestParts<Hall> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, hall: &Hall) -> Result<Self, Response> {
        let asking = Asking::from_request_parts(parts, hall)
            .await
            .map_err(IntoResponse::into_response)?;
        let Some(account) = asking.account.clone() else {
            let is_for_people =
                asking.reads.pages && [Method::GET, Method::POST].contains(&parts.method);
            return Err(if is_for_people {
                page::see_other(&login::address(&parts.uri))
            } else {
                Refused::from(Fault::NotSignedIn).into_response()
            });
        };
        let query = parts.uri.query().unwrap_or_default();
        let query = Form::urlencoded(query.as_bytes()).unwrap_or_default();
        Ok(Self {
            hall: hall.clone(),
            asking,
            account,
            here: parts.uri.path().to_owned(),
            done: query.text("done"),
            title: String::new(),
        })
    }
}
