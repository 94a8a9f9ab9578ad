//! What replaces checks at compile time: every statement is prepared on both databases, and the two
//! schemas are compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sqlx::{Executor as _, SqlSafeStr as _};

use crate::db::{Conn, on};
use crate::testing::{Backend, House};

pub(super) type Statements = &'static [(&'static str, &'static str, &'static str)];

/// Every module of statements.
pub(super) const MODULES: &[(&str, Statements)] = &[
    ("attachment", crate::attachment::sql::ALL),
    ("audit", crate::audit::sql::ALL),
    ("blocked", crate::blocked::sql::ALL),
    ("canned", crate::canned::sql::ALL),
    ("contact", crate::contact::sql::ALL),
    ("direct", crate::direct::sql::ALL),
    ("draft", crate::draft::sql::ALL),
    ("embed", crate::embed::sql::ALL),
    ("figures", crate::figures::sql::ALL),
    ("guest", crate::guest::sql::ALL),
    ("inbox", crate::inbox::sql::ALL),
    ("invitation", crate::invitation::sql::ALL),
    ("limit", crate::limit::sql::ALL),
    ("mailbox", crate::mailbox::sql::ALL),
    ("message", crate::message::sql::ALL),
    ("outbox", crate::outbox::sql::ALL),
    ("person", crate::person::sql::ALL),
    ("proof", crate::proof::sql::ALL),
    ("quarantine", crate::quarantine::sql::ALL),
    ("role", crate::role::sql::ALL),
    ("saved", crate::saved::sql::ALL),
    ("search", crate::search::sql::ALL),
    ("session", crate::session::sql::ALL),
    ("setting", crate::setting::sql::ALL),
    ("setup", crate::setup::sql::ALL),
    ("stop", crate::stop::sql::ALL),
    ("merge", crate::thread::merge::sql::ALL),
    ("thread", crate::thread::sql::ALL),
    ("token", crate::token::sql::ALL),
    ("waiting", crate::waiting::sql::ALL),
    ("webhook", crate::webhook::sql::ALL),
];

fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    found.sort();
    found
}

#[tokio::test]
async fn every_statement_prepares_on_both_databases() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let house = House::fresh(backend).await;
        let mut conn = house.office.read().await.unwrap();
        let other = match backend {
            Backend::Sqlite => "postgres",
            Backend::Postgres => "sqlite",
        };
        let mut prepared = 0;
        for (module, statements) in MODULES {
            for (_, name, text) in statements.iter().filter(|(set, _, _)| *set != other) {
                let answer =
                    on!(&mut conn, c => c.prepare((*text).into_sql_str()).await.map(|_| ()));
                assert!(answer.is_ok(), "{backend:?} {module} {name}: {answer:?}");
                prepared += 1;
            }
        }
        assert!(prepared > 60, "{prepared} statements");
    }
}

#[test]
fn no_module_of_statements_is_missing_from_the_list() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|path| path.ends_with("sql.rs"))
        .map(|path| {
            let folder = path.parent().unwrap().file_name().unwrap();
            folder.to_string_lossy().into_owned()
        })
        .collect();
    let listed: Vec<&str> = MODULES.iter().map(|(module, _)| *module).collect();
    assert_eq!(found, listed);
}

#[test]
fn no_sql_stands_outside_of_its_rooms() {
    let verbs = [
        "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "ALTER ", "DROP ", "PRAGMA ",
        "WITH ",
    ];
    let mut guarded = 0;
    for path in sources() {
        let shown = path.display().to_string();
        let is_test = shown.contains("/testing/") || shown.ends_with("_tests.rs");
        if shown.ends_with("/sql.rs") || shown.contains("/src/db/") || is_test {
            continue;
        }
        guarded += 1;
        for (at, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let quoted = line.split('"').skip(1).step_by(2);
            for text in quoted {
                let begins = verbs.iter().any(|verb| text.trim_start().starts_with(verb));
                assert!(!begins, "{shown}:{} holds SQL: {text}", at + 1);
            }
        }
    }
    assert!(guarded > 40, "{guarded} files were looked at");
}

/// Tables and indexes with what is in them: columns with whether they may be empty, and for an index
/// its own table. The words of the search lie in each database's own kind of index.
async fn schema(house: &House) -> BTreeMap<String, Vec<String>> {
    let (columns, indexes) = match house.backend {
        Backend::Sqlite => (
            "SELECT m.name, c.name || CASE c.\"notnull\" WHEN 1 THEN ' filled' ELSE '' END \
             FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' \
             AND m.name NOT LIKE 'search\\_messages%' ESCAPE '\\' \
             AND m.name NOT LIKE 'search\\_notes%' ESCAPE '\\' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
            "SELECT 'index ' || name, tbl_name FROM sqlite_master \
             WHERE type = 'index' AND sql IS NOT NULL",
        ),
        Backend::Postgres => (
            "SELECT table_name::text, column_name || CASE is_nullable WHEN 'NO' THEN ' filled' ELSE '' END \
             FROM information_schema.columns WHERE table_schema = 'public' \
             AND table_name NOT IN ('search_messages', 'search_notes') \
             AND table_name NOT LIKE '\\_sqlx%'",
            "SELECT 'index ' || indexname, tablename::text FROM pg_indexes WHERE schemaname = 'public' \
             AND tablename NOT IN ('search_messages', 'search_notes') \
             AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key' \
             AND tablename NOT LIKE '\\_sqlx%'",
        ),
    };
    let mut conn = house.office.read().await.unwrap();
    let mut schema: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for text in [columns, indexes] {
        let rows: Vec<(String, String)> =
            on!(&mut conn, c => sqlx::query_as(text).fetch_all(c).await).unwrap();
        for (thing, what) in rows {
            schema.entry(thing).or_default().push(what);
        }
    }
    for columns in schema.values_mut() {
        columns.sort();
    }
    schema
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_columns_and_indexes() {
    let sqlite = schema(&House::fresh(Backend::Sqlite).await).await;
    let postgres = schema(&House::fresh(Backend::Postgres).await).await;
    assert!(sqlite.contains_key("messages"), "{sqlite:?}");
    assert_eq!(sqlite, postgres);
}

#[tokio::test]
async fn sqlite_keeps_what_it_acknowledges_and_checks_what_refers() {
    let house = House::fresh(Backend::Sqlite).await;
    let looked = house.office.write(|work| {
        Box::pin(async move {
            let Conn::Sqlite(conn) = &mut work.conn else {
                panic!("SQLite")
            };
            let mut found = Vec::new();
            for pragma in ["PRAGMA synchronous", "PRAGMA foreign_keys"] {
                let value: i64 = sqlx::query_scalar(pragma).fetch_one(&mut **conn).await?;
                found.push(value);
            }
            let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
                .fetch_one(&mut **conn)
                .await?;
            Ok((found, mode))
        })
    });
    assert_eq!(looked.await.unwrap(), (vec![2, 1], "wal".to_owned()));
}
