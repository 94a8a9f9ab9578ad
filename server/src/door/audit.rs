//! The audit log.

use axum::http::Uri;
use pigeon_app::plain::{Log, Section, end_of_day};
use pigeon_core::audit;
use pigeon_wire::Millis;
use pigeon_wire::audit::{AuditCursor, AuditFilter};

use super::form::Form;
use crate::desk::Desk;
use crate::refusal::Answer;

/// `GET /audit?person=…&act=…&thread=…&from=…&until=…&after=…`. What is no choice is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let filter = AuditFilter {
        person: asked.text("person").parse().ok(),
        act: asked.text("act").parse().ok(),
        thread: asked.text("thread").parse().ok(),
        from: Millis::of_day(&asked.text("from")),
        until: end_of_day(&asked.text("until")),
    };
    let after: Option<AuditCursor> = asked.text("after").parse().ok();
    let page = audit::page(desk.office(), desk.account(), &filter, after).await;
    let view = |page| {
        let log = Log {
            filter,
            page,
            is_later: after.is_some(),
        };
        log.view()
    };
    desk.show(Section::Audit, page, view).await
}
