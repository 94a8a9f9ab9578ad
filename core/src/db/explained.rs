//! How the databases find the rows of every statement: by an index, never by reading a table that
//! grows. Asked of both planners over a world of some thousand messages; a new statement is asked
//! about by itself.

use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::db::on;
use crate::db::prepared::MODULES;
use crate::testing::seed::{self, Plan};
use crate::testing::{Backend, House, MORNING};

/// Tables that stay small whatever the load; all others can grow.
const SMALL: &[&str] = &[
    "roles",
    "settings",
    "setup_tokens",
    "invitations",
    "thread_counts",
    "webhooks",
    "tags",
];

/// Columns that tell so little that an index on them alone is as good as none.
const VAGUE: &[&str] = &["kind", "status", "state", "trashed_at", "deactivated_at"];

/// Indexes that hold few rows whatever the load, and may be read from one end to the other.
const FEW: &[(&str, &str)] = &[
    ("outbox_due", "only what is still owed"),
    ("outbox_bundle", "only what is still owed"),
    ("outbox_links", "only what was asked for within two days"),
    ("outbox_trouble", "only what failed or waits"),
    ("canned_shared", "only the team's, which are bounded"),
    ("saved_views_shared", "only the team's, which are bounded"),
    ("attachments_staged", "only what is not posted yet"),
    ("attachments_uploader", "only what is not posted yet"),
    ("attachments_waiting", "only what waits with its reply"),
    ("waiting_replies_due", "only what waits"),
    (
        "waiting_replies_settled",
        "only what was settled within a day",
    ),
    ("waiting_replies_author", "only what waits or was stopped"),
    (
        "threads_unfolded",
        "only what is from before there was an order by subject",
    ),
    ("threads_trash", "only what is in the trash"),
    ("threads_trashed", "only what is in the trash"),
    ("threads_due", "only what rests"),
    ("threads_snoozed", "only what rests"),
    ("people_role", "only the team"),
    ("people_users_name", "only people with an account"),
    ("people_users_email", "only people with an account"),
    ("reports_open", "only what nobody has dealt with"),
    ("webhook_deliveries_due", "only what is still owed"),
    ("webhook_deliveries_lane", "only what is still owed"),
];

/// Statements that read more than an index gives them, and why they may.
const EXCUSED: &[(&str, &str, &str)] = &[
    (
        "person",
        "HELD",
        "when somebody leaves; in the order in which the threads are locked",
    ),
    ("embed", "COUNT", "keys are few, and bounded"),
    ("embed", "LIST", "keys are few, and bounded"),
    (
        "inbox",
        "NEWEST",
        "the first of the index's own order, ended by its limit",
    ),
    (
        "outbox",
        "DROPPED",
        "a page in the index's own order, ended by its limit",
    ),
];

/// A statement that reads a table, or an index from one end to the other.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    module: &'static str,
    name: &'static str,
    how: String,
}

#[tokio::test]
async fn every_statement_finds_its_rows_by_an_index() {
    let plan = Plan {
        seed: 5,
        threads: 1500,
        texts: 4500,
        from: MORNING.plus(-90 * pigeon_wire::id::DAY_MS),
        to: MORNING,
    };
    let mut found = Vec::new();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let house = House::fresh(backend).await;
        let made = seed::make(&house.office, &plan, |_| {}).await;
        made.expect("a world");
        fill(&house).await;
        let other = match backend {
            Backend::Sqlite => "postgres",
            Backend::Postgres => "sqlite",
        };
        for (module, statements) in MODULES {
            for (_, name, text) in statements.iter().filter(|(set, _, _)| *set != other) {
                let how = match backend {
                    Backend::Sqlite => on_sqlite(&house, text).await,
                    Backend::Postgres => on_postgres(&house, text).await,
                };
                found.extend(how.into_iter().map(|how| Reading {
                    module,
                    name,
                    how: format!("{backend:?}: {how}"),
                }));
            }
        }
    }
    let is_excused = |reading: &Reading| {
        let of =
            |(module, name, _): &&(_, _, _)| (*module, *name) == (reading.module, reading.name);
        EXCUSED.iter().any(|excused| of(&excused))
    };
    let unexcused: Vec<&Reading> = found.iter().filter(|one| !is_excused(one)).collect();
    assert!(unexcused.is_empty(), "{unexcused:#?}");
    for (module, name, why) in EXCUSED {
        let needed = found
            .iter()
            .any(|one| (one.module, one.name) == (*module, *name));
        assert!(needed, "{module} {name} needs no excuse any more: {why}");
    }
}

async fn fill_merges(house: &House) {
    house
        .sql(
            "INSERT INTO merges (id, source_id, target_id, merged_by, merged_at, was) \
             SELECT id, id, id, customer_id, 1, '{}' FROM threads",
        )
        .await;
    house
        .sql(
            "INSERT INTO moved (copy_id, source_id, merge_id) SELECT id, id, thread_id FROM messages",
        )
        .await;
}

/// Puts rows into what a made world leaves empty: in an empty table any way is as good as another.
async fn fill(house: &House) {
    let (hash, of_id) = match house.backend {
        Backend::Sqlite => ("x'00'", "id"),
        Backend::Postgres => (
            "CAST('\\x00' AS BYTEA)",
            "decode(replace(CAST(id AS TEXT), '-', ''), 'hex')",
        ),
    };
    house
        .sql(&format!(
            "INSERT INTO attachments (id, thread_id, message_id, uploader_id, place, name, bytes, \
             hash, created_at) SELECT id, thread_id, id, author_id, 1, 'a.txt', 1, {hash}, created_at \
             FROM messages WHERE kind <> 'event'"
        ))
        .await;
    let (no, yes) = match house.backend {
        Backend::Sqlite => ("0", "1"),
        Backend::Postgres => ("FALSE", "TRUE"),
    };
    house
        .sql(&format!(
            "INSERT INTO mailbox (person_id, thread_id, shelf, since, active_at, unread, closed, \
             late, counts) SELECT customer_id, id, 'in', 0, active_at, 1, {no}, {no}, {yes} FROM threads"
        ))
        .await;
    fill_writing(house, no).await;
    fill_merges(house).await;
    house
        .sql(
            "INSERT INTO mailbox_counts (person_id, unread, asked) \
             SELECT DISTINCT person_id, 1, 0 FROM mailbox",
        )
        .await;
    house
        .sql(
            "INSERT INTO recipients (thread_id, email_folded, typed, person_id, asked_by, asked_at) \
             SELECT id, 'a@b.org', 'a@b.org', customer_id, customer_id, 1 FROM threads",
        )
        .await;
    house
        .sql(&format!(
            "INSERT INTO sessions (id, person_id, hash, agent, created_at, seen_at, expires_at) \
             SELECT id, id, {of_id}, 'test', 1, 1, 1 FROM people"
        ))
        .await;
    house
        .sql("INSERT INTO profiles (person_id, time_zone) SELECT id, 'UTC' FROM people")
        .await;
    house
        .sql(&format!(
            "INSERT INTO proofs (id, kind, email, email_folded, person_id, language, hash, \
             created_at, expires_at) SELECT id, 'reset', email, email_folded, id, language, {of_id}, \
             1, 1 FROM people"
        ))
        .await;
    house
        .sql(&format!(
            "INSERT INTO tokens (id, person_id, name, scopes, hash, created_at, expires_at) \
             SELECT id, id, 'a program', '[]', {of_id}, 1, 1 FROM people"
        ))
        .await;
    house
        .sql(&format!(
            "INSERT INTO stops (hash, thread_id, person_id, created_at) \
             SELECT {of_id}, thread_id, author_id, 1 FROM messages"
        ))
        .await;
    house
        .sql(&format!(
            "INSERT INTO webhooks (id, name, url, secret, team, events, active, created_by, created_at) \
             SELECT id, 'a hook', 'https://a.example/', '', {yes}, '[]', {yes}, id, 1 FROM people \
             WHERE kind = 'user' ORDER BY id LIMIT 3"
        ))
        .await;
    house
        .sql(
            "INSERT INTO embed_keys (id, name, secret, secret_at, made_by, created_at) \
             SELECT id, 'a site', 'secret', 1, id, 1 FROM people",
        )
        .await;
    house
        .sql(
            "INSERT INTO vouched (key_id, subject, person_id, created_at) \
             SELECT id, CAST(created_at AS TEXT), id, created_at FROM people",
        )
        .await;
    house
        .sql(
            "INSERT INTO webhook_deliveries (id, webhook_id, thread_id, event, body, number, step, state, \
             due_at, attempts, since, created_at) SELECT m.id, (SELECT w.id FROM webhooks w ORDER BY w.id LIMIT 1), \
             m.thread_id, 'message.created', '', m.staff_place, 0, 'sent', 1, 0, 1, m.created_at FROM messages m",
        )
        .await;
    fill_contacts(house).await;
    if house.backend == Backend::Postgres {
        house.sql("ANALYZE").await;
    }
}

/// The same for what the team knows of customers, and for what is kept from it.
async fn fill_contacts(house: &House) {
    house
        .sql(
            "INSERT INTO contact_notes (email_folded, text, version, changed_by, changed_at) \
             SELECT CAST(id AS TEXT), 'a note', 1, id, 1 FROM people",
        )
        .await;
    house
        .sql(
            "INSERT INTO blocked (id, kind, what, blocked_by, created_at) \
             SELECT id, 'address', CAST(id AS TEXT), id, created_at FROM people",
        )
        .await;
    house
        .sql(
            "INSERT INTO quarantine (id, name, email, body, source, bait, address, language, \
             created_at, reason, thread_id, message_id) SELECT id, 'G', 'g@example.org', 'text', \
             'form', '', '203.0.113.1', 'en', created_at, 'blocked', thread_id, id FROM messages",
        )
        .await;
}

/// The same for what the team has at hand while it writes.
async fn fill_writing(house: &House, no: &str) {
    house
        .sql(
            "INSERT INTO drafts (person_id, thread_id, kind, text, began, at) \
             SELECT p.id, t.id, 'reply', 'begun', 1, 1 FROM threads t \
             JOIN (SELECT id FROM people ORDER BY id LIMIT 5) p ON TRUE",
        )
        .await;
    house
        .sql(&format!(
            "INSERT INTO canned (id, person_id, shared, name, name_folded, text, created_at, updated_at) \
             SELECT id, id, {no}, 'greeting', 'greeting', 'Hello', 1, 1 FROM people"
        ))
        .await;
    house
        .sql(&format!(
            "INSERT INTO saved_views (id, person_id, shared, name, name_folded, query, created_at) \
             SELECT id, id, {no}, 'mine', 'mine', 'view=mine', 1 FROM people"
        ))
        .await;
    let (hash, author) = match house.backend {
        Backend::Sqlite => ("x'00'", "hex(id)"),
        Backend::Postgres => ("CAST('\\x00' AS BYTEA)", "CAST(id AS TEXT)"),
    };
    house
        .sql(&format!(
            "INSERT INTO waiting_replies (id, thread_id, author_id, client_key, content_hash, state, \
             undo, body, reopen, close, accepted, due_at, created_at) SELECT id, thread_id, author_id, \
             {author}, {hash}, 'waiting', {no}, 'later', {no}, {no}, 1, created_at, created_at \
             FROM messages WHERE kind = 'message'"
        ))
        .await;
}

/// What SQLite reads from one end to the other for a statement.
async fn on_sqlite(house: &House, text: &str) -> Vec<String> {
    let mut conn = house.office.read().await.expect("a connection");
    let explained = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
    let rows: Vec<(i64, i64, i64, String)> =
        on!(&mut conn, c => sqlx::query_as(explained).fetch_all(c).await).expect("a plan");
    let tables = tables_of(text);
    let reads = |line: &String| {
        if line.contains("AUTOMATIC") {
            return true;
        }
        let mut words = line.split(' ');
        let verb = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        let table = tables.iter().find(|(alias, _)| alias == name);
        if table.is_none_or(|(_, table)| SMALL.contains(&table.as_str()))
            || line.contains("VIRTUAL TABLE")
            || line.split(' ').any(holds_few)
        {
            return false;
        }
        let by = line.split_once('(').map_or("", |(_, by)| by);
        verb == "SCAN" || (verb == "SEARCH" && is_vague(by))
    };
    let mut lines: Vec<String> = rows.into_iter().map(|(_, _, _, line)| line).collect();
    // What a subquery has found is read once from one end to the other; how it finds it stands by itself.
    let found = lines
        .iter()
        .filter_map(|line| line.strip_prefix("CO-ROUTINE "));
    let found: Vec<String> = found.map(|name| ["SCAN ", name].concat()).collect();
    for scan in found {
        if let Some(at) = lines.iter().position(|line| *line == scan) {
            lines.remove(at);
        }
    }
    lines.retain(reads);
    lines
}

/// Whether an index is one that holds few rows.
fn holds_few(index: &str) -> bool {
    FEW.iter().any(|(name, _)| *name == index)
}

/// The tables that a statement names, under the names that it gives them.
fn tables_of(text: &str) -> Vec<(String, String)> {
    const AFTER: [&str; 9] = [
        "WHERE", "ON", "SET", "JOIN", "LEFT", "ORDER", "GROUP", "LIMIT", "CROSS",
    ];
    let parts = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',');
    let words: Vec<&str> = text.split(parts).filter(|word| !word.is_empty()).collect();
    let mut tables = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !matches!(*word, "FROM" | "JOIN" | "UPDATE" | "INTO") {
            continue;
        }
        let Some(table) = words.get(at + 1) else {
            continue;
        };
        if table.chars().any(|c| c.is_uppercase() || c == '$') {
            continue;
        }
        tables.push(((*table).to_owned(), (*table).to_owned()));
        if let Some(alias) = words.get(at + 2).filter(|word| !AFTER.contains(word)) {
            tables.push(((*alias).to_owned(), (*table).to_owned()));
        }
    }
    tables
}

/// What PostgreSQL reads from one end to the other for a statement, whatever is bound to it. Reading
/// a table is made dear, and so are the joins that read an index along: in a small one they would be
/// cheap.
async fn on_postgres(house: &House, text: &str) -> Vec<String> {
    let mut conn = house.office.read().await.expect("a connection");
    let raw = async |conn: &mut crate::db::Conn, text: String| {
        on!(conn, c => sqlx::raw_sql(AssertSqlSafe(text)).execute(c).await.map(|_| ()))
            .expect("it");
    };
    let prepare = format!(
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; \
         SET enable_hashjoin = off; SET enable_mergejoin = off; PREPARE asked AS {text}"
    );
    raw(&mut conn, prepare).await;
    let count = "SELECT COALESCE(array_length(parameter_types, 1), 0) FROM pg_prepared_statements \
                 WHERE name = 'asked'";
    let count: i32 = on!(&mut conn, c => sqlx::query_scalar(count).persistent(false)
        .fetch_one(c).await)
    .expect("a count");
    let nothing = vec!["NULL"; usize::try_from(count).unwrap_or_default()].join(", ");
    let nothing = if nothing.is_empty() {
        nothing
    } else {
        format!("({nothing})")
    };
    let explain = AssertSqlSafe(format!("EXPLAIN (FORMAT JSON) EXECUTE asked{nothing}"));
    let plan: Value = on!(&mut conn, c => sqlx::query_scalar(explain).persistent(false)
        .fetch_one(c).await)
    .expect("a plan");
    let mut reads = Vec::new();
    walk(&plan, "", &mut reads);
    raw(&mut conn, "DEALLOCATE asked; RESET ALL".to_owned()).await;
    reads
}

/// Every node of a plan that reads a table or an index from one end to the other.
fn walk(node: &Value, table: &str, reads: &mut Vec<String>) {
    let of = |name: &str| node.get(name).and_then(Value::as_str);
    let table = of("Relation Name").unwrap_or(table);
    let by = of("Index Cond").unwrap_or_default();
    let sort = of("Node Type").unwrap_or_default();
    let reads_all = match sort {
        "Seq Scan" => true,
        "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" => is_vague(by),
        _ => false,
    };
    let index = of("Index Name").unwrap_or_default();
    if reads_all && !SMALL.contains(&table) && !holds_few(index) {
        reads.push(format!("{sort} {table} {index} {by}"));
    }
    let children = match node {
        Value::Array(all) => all.iter().collect(),
        Value::Object(all) => all
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "Plan" | "Plans"))
            .map(|(_, child)| child)
            .collect(),
        _ => Vec::new(),
    };
    for child in children {
        walk(child, table, reads);
    }
}

/// Whether a condition names nothing but columns that tell little, or nothing at all.
fn is_vague(condition: &str) -> bool {
    let mut rest = String::new();
    for (n, part) in condition.split('\'').enumerate() {
        if n % 2 == 0 {
            rest.push_str(part);
        }
    }
    let parts = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | ':' | '.'));
    let mut words = rest.split(parts).filter(|word| !word.is_empty());
    words.all(|word| {
        let name = word.split_once("::").map_or(word, |(name, _)| name);
        let name = name.rsplit('.').next().unwrap_or(name);
        let is_word = matches!(name, "AND" | "OR" | "ANY" | "IS" | "NOT" | "NULL" | "");
        is_word || name.starts_with('$') || VAGUE.contains(&name)
    })
}

#[test]
fn a_vague_condition_is_told_from_one_that_finds() {
    for vague in [
        "",
        "(kind=?)",
        "((kind = 'support'::text) AND (status = 'open'::text))",
    ] {
        assert!(is_vague(vague), "{vague}");
    }
    for good in [
        "thread_id=? AND staff_place<?)",
        "((t.kind = 'support'::text) AND (ROW(active_at, id) < ROW($2, $3)))",
        "(id = m.author_id)",
    ] {
        assert!(!is_vague(good), "{good}");
    }
}
