//! Reading the log.

use pigeon_wire::audit::{
    AUDIT_PAGE, AuditCursor, AuditFilter, AuditLine, AuditPage, AuditThread, Recorded,
};
use pigeon_wire::id::RecordId;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};
use serde_json::Value;
use uuid::Uuid;

use super::sql;
use crate::actor::Account;
use crate::db::{Conn, on};
use crate::{Error, Office, person};

#[derive(sqlx::FromRow)]
struct LineRow {
    id: RecordId,
    at: Millis,
    actor_id: Option<PersonId>,
    actor_name: Option<String>,
    act: String,
    person_id: Option<PersonId>,
    person_name: Option<String>,
    thread_id: Option<ThreadId>,
    subject: Option<String>,
    detail: String,
}

/// A page of the log, newest first, going on after `after`. For whoever manages people or settings:
/// the log tells of both, and of what was done to threads. What was done to a thread in which the
/// reader is the customer is kept from them, whatever their role.
///
/// # Errors
/// [`Fault::Forbidden`] for everybody else.
pub async fn page(
    office: &Office,
    account: &Account,
    filter: &AuditFilter,
    after: Option<AuditCursor>,
) -> Result<AuditPage, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    if !me.permissions.has(Permission::ManageSettings) {
        me.need(Permission::ManagePeople)?;
    }
    let reads_inbox = me.permissions.has(Permission::AccessInbox);
    let from = filter.from.unwrap_or_default();
    // Where no page ended, the list begins just below the end of the asked time.
    let end = AuditCursor {
        at: filter.until.unwrap_or(Millis(i64::MAX)),
        id: RecordId(Uuid::nil()),
    };
    let AuditCursor { at, id } = after.map_or(end, |after| after.min(end));
    let mut rows: Vec<LineRow> = on!(&mut conn, c => sqlx::query_as(sql::PAGE)
        .bind(at).bind(id).bind(from).bind(filter.person).bind(filter.act).bind(filter.thread)
        .bind(me.id).bind(AUDIT_PAGE + 1).bind(reads_inbox)
        .fetch_all(c).await)?;
    let most = usize::try_from(AUDIT_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|last| AuditCursor {
        at: last.at,
        id: last.id,
    });
    Ok(AuditPage {
        lines: rows.into_iter().map(AuditLine::from).collect(),
        next,
        person: named(&mut conn, filter.person).await?,
        people: users(&mut conn).await?,
    })
}

/// Everybody whom the log can be asked about, by name.
async fn users(conn: &mut Conn) -> Result<Vec<PersonRef>, Error> {
    let all: Vec<(PersonId, String)> =
        on!(conn, c => sqlx::query_as(sql::USERS).fetch_all(c).await)?;
    let all = all.into_iter();
    Ok(all.map(|(id, name)| PersonRef { id, name }).collect())
}

async fn named(conn: &mut Conn, id: Option<PersonId>) -> Result<Option<PersonRef>, Error> {
    let Some(id) = id else {
        return Ok(None);
    };
    let name: Option<String> = on!(conn, c => sqlx::query_scalar(sql::USER_NAME)
        .bind(id).fetch_optional(c).await)?;
    let name = name.ok_or(Fault::NotFound)?;
    Ok(Some(PersonRef { id, name }))
}

impl From<LineRow> for AuditLine {
    fn from(row: LineRow) -> Self {
        let named = |id: Option<PersonId>, name: Option<String>| {
            id.zip(name).map(|(id, name)| PersonRef { id, name })
        };
        let actor = named(row.actor_id, row.actor_name);
        let own = row.actor_id.is_some() && row.actor_id == row.person_id;
        Self {
            id: row.id,
            at: row.at,
            person: named(row.person_id, row.person_name).filter(|p| Some(p) != actor.as_ref()),
            actor,
            own,
            act: Recorded::from(row.act),
            thread: row.thread_id.map(|id| AuditThread {
                id,
                subject: row.subject,
            }),
            facts: facts(&row.detail),
        }
    }
}

/// The facts of a line, in the order of their names; what cannot be read is none.
fn facts(detail: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(members)) = serde_json::from_str(detail) else {
        return Vec::new();
    };
    members
        .into_iter()
        .filter_map(|(name, value)| Some((name, plain(&value)?)))
        .collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().filter_map(plain).collect();
            Some(all.join(", "))
        }
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_told_as_text() {
        let told = facts(r#"{"to":"Lead","from":null,"n":7,"list":["a","b"]}"#);
        let expected = [("list", "a, b"), ("n", "7"), ("to", "Lead")];
        assert_eq!(told, expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
        assert_eq!(facts("no json"), []);
    }
}
