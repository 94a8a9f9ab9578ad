//! The program itself, as it is called.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pigeon_core::clock::{Clock, Randomness};
use pigeon_core::mail::Mailer;
use pigeon_core::office::Options;
use pigeon_core::setting::Overrides;
use pigeon_core::{Office, guest};
use pigeon_wire::message::StartForm;
use pigeon_wire::thread::Source;
use serde_json::Value;

use crate::harness::Pigeon;
use crate::rest::Program;

fn pigeon(folder: &Path, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pigeon"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn told(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(both).unwrap()
}

/// The line of `pigeon config` about one option.
fn line(output: &Output, name: &str) -> String {
    let text = told(output);
    assert!(output.status.success(), "{text}");
    let is_it = |line: &&str| line.split_whitespace().next() == Some(name);
    let line = text
        .lines()
        .find(is_it)
        .unwrap_or_else(|| panic!("{name} in {text}"));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let file = "listen = \"127.0.0.1:1\"\nsite-name = \"File\"\nlink-days = 7\n\
                trusted-proxies = [\"10.0.0.0/8\", \"192.0.2.1\"]\n";
    std::fs::write(folder.path().join("data/pigeon.toml"), file).unwrap();
    let variables = [
        ("PIGEON_LISTEN", "127.0.0.1:2"),
        ("PIGEON_SITE_NAME", "Environment"),
    ];
    let shown = pigeon(
        folder.path(),
        &["config", "--listen", "127.0.0.1:3"],
        &variables,
        "",
    );
    assert_eq!(
        line(&shown, "listen"),
        "listen = 127.0.0.1:3 (flag --listen)"
    );
    assert_eq!(
        line(&shown, "site-name"),
        "site-name = Environment (variable PIGEON_SITE_NAME)"
    );
    assert_eq!(
        line(&shown, "link-days"),
        "link-days = 7 (./data/pigeon.toml)"
    );
    assert_eq!(
        line(&shown, "trusted-proxies"),
        "trusted-proxies = 10.0.0.0/8,192.0.2.1 (./data/pigeon.toml)"
    );
    assert_eq!(line(&shown, "log"), "log = info (default)");
    assert_eq!(line(&shown, "smtp"), "smtp (not set)");
}

#[test]
fn secrets_are_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("PIGEON_SMTP", "smtps://u:hush@mail.example.org")];
    let database = "postgres://p:hush@db.example.org/pigeon";
    let shown = pigeon(
        folder.path(),
        &["config", "--database", database],
        &variables,
        "",
    );
    assert!(line(&shown, "smtp").contains("smtps://u:***@mail.example.org"));
    assert!(line(&shown, "database").contains("postgres://p:***@db.example.org/pigeon"));
    assert!(!told(&shown).contains("hush"));
}

#[test]
fn a_file_that_cannot_be_meant_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    for (text, words) in [
        (
            "public_url = \"https://a.example\"",
            "did you mean \"public-url\"?",
        ),
        ("nonsense = 1", "is no option"),
        ("listen = \"here\"", "'--listen <ADDRESS>'"),
        ("listen = { port = 1 }", "is a text, a number"),
        ("link-days = \"many\"", "'--link-days <DAYS>'"),
        ("listen = ", "is no TOML"),
    ] {
        std::fs::write(folder.path().join("my.toml"), text).unwrap();
        let refused = pigeon(folder.path(), &["config", "--config", "my.toml"], &[], "");
        assert!(!refused.status.success(), "{text}");
        let told = told(&refused);
        assert!(
            told.contains(words) && told.contains("my.toml"),
            "{text}: {told}"
        );
    }
    let missing = pigeon(folder.path(), &["config", "--config", "none.toml"], &[], "");
    assert!(told(&missing).contains("none.toml cannot be read"));
}

#[test]
fn help_lists_every_option_with_its_variable() {
    let folder = tempfile::tempdir().unwrap();
    let help = told(&pigeon(folder.path(), &["--help"], &[], ""));
    let config = told(&pigeon(folder.path(), &["config"], &[], ""));
    for shown in config.lines() {
        let name = shown.split_whitespace().next().unwrap();
        let variable = format!("PIGEON_{}", name.replace('-', "_").to_uppercase());
        assert!(
            help.contains(&format!("--{name}")) && help.contains(&variable),
            "{name}: {help}"
        );
    }
}

#[test]
fn a_user_is_added_once() {
    let folder = tempfile::tempdir().unwrap();
    let add = [
        "user",
        "add",
        "--email",
        "olga@example.org",
        "--name",
        "Olga",
        "--role",
        "owner",
        "--password-stdin",
        "--data",
        "here",
    ];
    let added = pigeon(folder.path(), &add, &[], "correct horse battery\n");
    assert!(added.status.success(), "{}", told(&added));
    assert!(folder.path().join("here/pigeon.db").is_file());
    let again = pigeon(folder.path(), &add, &[], "correct horse battery\n");
    assert!(!again.status.success());
    assert!(
        pigeon(folder.path(), &["migrate", "--data", "here"], &[], "")
            .status
            .success()
    );
}

/// A Pigeon's folder with one guest's mail in its outbox, made by a server that has ended.
async fn owing() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("pigeon.db");
    let office = Office::open(Options {
        database: format!("sqlite://{}", database.display()),
        clock: Clock::default(),
        randomness: Randomness::default(),
        overrides: Overrides::default(),
        mailer: Mailer::memory().0,
        files: folder.path().join("files"),
        courier: None,
    })
    .await
    .unwrap();
    let form = StartForm {
        email: "guido@example.org".to_owned(),
        body: "When do you open?".to_owned(),
        ..StartForm::default()
    };
    let visitor = pigeon_core::testing::visitor("192.0.2.1");
    let started = guest::start(&office, &form, "", Source::Form, &visitor).await;
    started.unwrap();
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_are_listed_sent_and_tried_again() {
    let folder = owing().await;
    let mail = |arguments: &[&str]| {
        let all = [&["mail"][..], arguments, &["--data", "."]].concat();
        pigeon(folder.path(), &all, &[], "")
    };
    let listed = mail(&["list", "--view", "waiting", "--json"]);
    assert!(listed.status.success(), "{}", told(&listed));
    let page: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(page["counts"]["waiting"], 2);
    let mails = page["mails"].as_array().unwrap();
    let guidos = |mail: &&Value| mail["kind"] == "guest_started";
    let guidos = mails.iter().find(guidos).unwrap();
    assert_eq!(
        (&guidos["state"], &guidos["address"]),
        (&"queued".into(), &"guido@example.org".into())
    );
    assert!(!told(&listed).contains("When do you open?"));

    // A relay that is not there: the mail is put off, with its words.
    let relay = "smtp://127.0.0.1:1";
    let ran = mail(&["run", "--smtp", relay, "--json"]);
    let ran: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!((&ran["settled"], &ran["owed"]), (&1.into(), &2.into()));
    let listed = told(&mail(&["list"]));
    assert!(
        listed.contains("1 put off") && listed.contains("no connection"),
        "{listed}"
    );
    let id = guidos["id"].as_str().unwrap();
    let simple = id.replace('-', "");
    let retried = told(&mail(&["retry", &simple]));
    assert!(retried.contains("1 mails are due now"), "{retried}");
    let link = "--public-url=https://help.example.org";
    let ran = told(&mail(&["run", link]));
    assert!(
        ran.contains("1 mails settled; 1 notices still owed."),
        "{ran}"
    );
    let written: Vec<_> = std::fs::read_dir(folder.path().join("mail"))
        .unwrap()
        .collect();
    assert_eq!(written.len(), 1);
    let text = std::fs::read_to_string(written[0].as_ref().unwrap().path()).unwrap();
    assert!(text.contains("https://help.example.org/t/"), "{text}");

    let gone = mail(&["retry", &simple]);
    assert!(
        !gone.status.success() && told(&gone).contains("not found"),
        "{}",
        told(&gone)
    );
    let all = mail(&["retry", "--all", "--json"]);
    assert_eq!(told(&all).trim(), "{\"retried\":0}");
    assert!(!mail(&["retry"]).status.success(), "which one?");
    assert!(!mail(&["list", "--view", "all"]).status.success());
}

#[test]
fn a_test_mail_ends_as_the_mail_server_answers() {
    let folder = tempfile::tempdir().unwrap();
    let test = |arguments: &[&str]| {
        let test = &["mail", "test", "--to", "olga@example.org", "--data", "."][..];
        let all = [test, arguments].concat();
        pigeon(folder.path(), &all, &[], "")
    };
    let written = test(&[]);
    assert!(written.status.success(), "{}", told(&written));
    assert!(
        told(&written).contains("no --smtp was given"),
        "{}",
        told(&written)
    );
    let refused = test(&["--smtp", "smtp://127.0.0.1:1", "--json"]);
    assert!(!refused.status.success());
    let json: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(json["way"]["relay"], "127.0.0.1:1");
    let said = json["refusal"].as_str().unwrap();
    assert!(
        said.starts_with("no connection to the mail server"),
        "{said}"
    );
    let wrong = pigeon(folder.path(), &["mail", "test", "--to", "olga"], &[], "");
    assert!(!wrong.status.success());
    // The file of options counts here as for the server.
    std::fs::write(
        folder.path().join("pigeon.toml"),
        "smtp = \"smtp://127.0.0.1:1\"\n",
    )
    .unwrap();
    assert!(!test(&[]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_lists_conversations_and_answers_one_from_the_command_line() {
    let house = Pigeon::start().await;
    let (_, path) = house.guest_with_thread().await;
    let nora = house.signed_in("agent").await;
    let program = Program::of(&house, "lead", &["write"]).await;
    let url = format!("http://{}", house.address);
    let folder = tempfile::tempdir().unwrap();
    let call = |arguments: &[&str], token: &str, input: &str| {
        let variables = [("PIGEON_TOKEN", token), ("PIGEON_URL", url.as_str())];
        tokio::task::block_in_place(|| pigeon(folder.path(), arguments, &variables, input))
    };
    let listed = call(&["threads"], &program.token, "");
    assert!(listed.status.success(), "{}", told(&listed));
    let id = path.trim_start_matches("/c/");
    let text = told(&listed);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.replace('-', "").starts_with(id), "{id}: {text}");

    let key = "k".repeat(22);
    let reply = ["reply", id, "--key", key.as_str(), "--json"];
    for _ in 0..2 {
        let sent = call(&reply, &program.token, "From a terminal.\n");
        assert!(sent.status.success(), "{}", told(&sent));
        let posted: Value = serde_json::from_str(&told(&sent)).unwrap();
        assert!(posted["id"].is_string(), "{posted}");
    }
    let page = nora.get(&format!("/inbox/{id}")).await.text();
    assert!(page.contains("From a terminal."));
    assert!(
        told(&call(&["threads"], &program.token, "")).is_empty(),
        "nobody waits any more"
    );

    for (token, words) in [("", "PIGEON_TOKEN is not set"), ("pgn_wrong", "401")] {
        let refused = call(&["threads"], token, "");
        assert!(!refused.status.success());
        assert!(told(&refused).contains(words), "{}", told(&refused));
    }
    let completed = call(&["completions", "bash"], "", "");
    assert!(completed.status.success() && told(&completed).contains("_pigeon"));
}
