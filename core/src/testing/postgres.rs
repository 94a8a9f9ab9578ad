//! A real PostgreSQL for the tests of one process: a throw-away cluster on a free port, one database
//! for each test, made from a migrated template. The server ends with the process that started it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::sync::OnceCell;

/// A running cluster. Its watcher holds a pipe to this process and stops the server when it closes.
struct Cluster {
    port: u16,
    _watcher: Child,
}

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();

/// The address of a fresh, migrated database.
///
/// # Panics
/// When PostgreSQL's programs are not on this machine: set `PIGEON_TEST_POSTGRES_BIN` to their
/// folder.
pub async fn fresh_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.get_or_init(start).await;
    let name = format!("pigeon_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    run(
        cluster.port,
        &format!("CREATE DATABASE {name} TEMPLATE pigeon_template"),
    )
    .await;
    url(cluster.port, &name)
}

fn url(port: u16, name: &str) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/{name}")
}

async fn run(port: u16, text: &str) {
    let mut conn = PgConnection::connect(&url(port, "postgres"))
        .await
        .expect("PostgreSQL");
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(&mut conn)
        .await
        .expect("the statement");
}

async fn start() -> Cluster {
    let bin = programs();
    // Kept: the watcher removes it when the server has ended. Short, since it holds a socket's path.
    let folder = tempfile::Builder::new()
        .prefix("pg")
        .tempdir()
        .expect("a folder")
        .keep();
    let user = unprivileged_user();
    if let Some(user) = user {
        assert!(
            shell(&format!("chown {user} {}", folder.display())),
            "chown for {user}"
        );
    }
    let initdb = format!(
        "{}initdb -D {}/data -U postgres -A trust -E UTF8 --no-locale --no-sync >/dev/null",
        bin.display(),
        folder.display()
    );
    assert!(shell(&as_user(user, &initdb)), "initdb failed");
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a port")
        .port();
    #[expect(
        clippy::zombie_processes,
        reason = "it ends with this process, which nobody outlives"
    )]
    let watcher = watch(&bin, &folder, port, user);
    let template = url(port, "pigeon_template");
    for _ in 0..200 {
        if PgConnection::connect(&url(port, "postgres")).await.is_ok() {
            run(port, "CREATE DATABASE pigeon_template").await;
            let (announcer, _queue) = crate::hub::Announcer::new();
            crate::db::Db::open(&template, announcer)
                .await
                .expect("migrations")
                .close()
                .await;
            return Cluster {
                port,
                _watcher: watcher,
            };
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("PostgreSQL did not answer within 10 s");
}

/// Starts the server, and beside it a reader of this process's pipe that stops it at its end.
fn watch(bin: &Path, folder: &Path, port: u16, user: Option<&str>) -> Child {
    let server = format!(
        "exec {}postgres -D {}/data -p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off \
         -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 \
         -c shared_buffers=32MB",
        bin.display(),
        folder.display(),
        folder.display()
    );
    let script = format!(
        "{} >/dev/null 2>&1 & pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid; rm -rf {}",
        as_user(user, &server),
        folder.display()
    );
    Command::new("sh")
        .arg("-c")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell")
}

fn shell(script: &str) -> bool {
    Command::new("sh")
        .arg("-c")
        .arg(script)
        .status()
        .is_ok_and(|status| status.success())
}

/// PostgreSQL refuses to run as root; then it runs as somebody who may do less.
fn unprivileged_user() -> Option<&'static str> {
    if !shell("test \"$(id -u)\" = 0") {
        return None;
    }
    Some(if shell("id postgres >/dev/null 2>&1") {
        "postgres"
    } else {
        "nobody"
    })
}

fn as_user(user: Option<&str>, command: &str) -> String {
    match user {
        None => command.to_owned(),
        Some(user) => {
            let quoted = command.replace('\'', "'\\''");
            format!(
                "setpriv --reuid={user} --regid=$(id -g {user}) --clear-groups sh -c '{quoted}'"
            )
        }
    }
}

/// The folder of `initdb` and `postgres`, with a slash at its end.
fn programs() -> PathBuf {
    let named = std::env::var_os("PIGEON_TEST_POSTGRES_BIN").map(PathBuf::from);
    let debian = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let mut all: Vec<_> = versions
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .collect();
        all.sort();
        all.pop()
    };
    let found = named.or_else(debian).expect(
        "PostgreSQL's programs: install postgresql, or set PIGEON_TEST_POSTGRES_BIN to the folder \
         of initdb and postgres",
    );
    found.join("")
}
