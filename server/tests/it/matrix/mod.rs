//! Who gets which answer: every door and every server function, for everybody, on threads in every
//! state. The expected answers stand in `table.txt`, one line for each call and state; a door or a
//! function that no call names fails here, and so does a line that no longer fits.
//!
//! `PIGEON_MATRIX_WRITE=1 cargo test -p pigeon-server matrix` writes the table anew, to be read
//! line by line before it is committed: beside it only what every table must keep is checked.

mod calls;
mod frames;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use futures::{StreamExt as _, stream};
use http::Method;
use leptos::server_fn::axum::server_fn_paths;
use pigeon_server::routes;

use crate::harness::Answer;
use calls::{CALLS, Call, Scope};
use world::{Actor, State, World};

/// Cells that are tried at the same time.
const AT_ONCE: usize = 8;

#[test]
fn every_door_and_every_function_has_a_call() {
    let mut there: BTreeSet<String> = routes::doors()
        .filter(|(_, path)| !path.starts_with("/ui/"))
        .map(|(method, path)| format!("{} {path}", method.to_uppercase()))
        .collect();
    there.extend(
        server_fn_paths()
            .filter(|(_, method)| *method == Method::POST)
            .map(|(path, _)| format!("POST {path}")),
    );
    let named: BTreeSet<String> = CALLS.iter().map(|call| call.door.to_owned()).collect();
    let missing: Vec<_> = there.difference(&named).collect();
    let stray: Vec<_> = named.difference(&there).collect();
    assert!(
        missing.is_empty(),
        "no call in matrix/calls.rs for {missing:?}"
    );
    assert!(stray.is_empty(), "calls for doors that are gone: {stray:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_the_answer_of_the_table() {
    let world = World::new().await;
    let found = try_all(&world).await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/matrix/table.txt");
    if std::env::var_os("PIGEON_MATRIX_WRITE").is_some() {
        fs::write(&path, written(&found)).unwrap();
        return;
    }
    let expected = read(&fs::read_to_string(&path).unwrap());
    let mut wrong = String::new();
    let lines: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    for line in lines {
        let (expected, found) = (expected.get(line), found.get(line));
        if expected != found {
            writeln!(wrong, "{line:?}\n  table {expected:?}\n  found {found:?}").unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "other answers than in the table:\n{wrong}"
    );
}

/// A call and a state, as a line of the table begins.
type Line = (String, &'static str);

async fn try_all(world: &World) -> BTreeMap<Line, Vec<String>> {
    let cells = CALLS.iter().flat_map(|call| {
        let states = call.scope.states().iter();
        states.flat_map(move |state| Actor::ALL.iter().map(move |actor| (call, *state, *actor)))
    });
    let mut found = stream::iter(cells)
        .map(|(call, state, actor)| async move {
            let answer = try_one(world, call, state, actor).await;
            (((call.name(), state.name()), actor), answer)
        })
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    found.sort();
    let mut lines: BTreeMap<Line, Vec<String>> = BTreeMap::new();
    for ((line, _), answer) in found {
        lines.entry(line).or_default().push(answer);
    }
    lines
}

async fn try_one(world: &World, call: &Call, state: State, actor: Actor) -> String {
    let with_files = call.door.contains("{file}");
    let subject = world.subject_with(state, actor, with_files).await;
    let browser = world.browser_of(actor, &subject).await;
    let answer = call.make(&browser, &subject).await;
    let what = format!(
        "{} on a thread that is {} by {}",
        call.name(),
        state.name(),
        actor.name()
    );
    let text = String::from_utf8_lossy(&answer.body);
    assert!(answer.status < 500, "{what}: {} {text}", answer.status);
    if !actor.is_staff() {
        assert!(!text.contains(&subject.note), "a note got out: {what}");
    }
    // Beside a thread that is not to be had, the team still sees its list.
    let is_listed = actor.is_staff() && !matches!(state, State::Trashed | State::Direct);
    if answer.status >= 300 && !is_listed {
        assert!(!text.contains(&subject.body), "refused and told: {what}");
    }
    if let (Some(permission), true) = (call.needs, state.is_reachable()) {
        let is_in = (200..300).contains(&answer.status);
        let may = actor.permissions().has(permission);
        assert_eq!(is_in, may, "{what}: {} {text}", answer.status);
    }
    if call.is_built() {
        // There or not, as the site was built before the tests or not; the same for everybody.
        assert!(
            [200, 404].contains(&answer.status),
            "{what}: {}",
            answer.status
        );
        return "built".to_owned();
    }
    shown(&answer)
}

/// An answer as it stands in the table: its status, and the first part of where it leads.
fn shown(answer: &Answer) -> String {
    let leads = answer.location();
    if leads.is_empty() {
        return answer.status.to_string();
    }
    let first = leads.split(['?', '#']).next().unwrap_or_default();
    let first = first.split('/').nth(1).unwrap_or_default();
    format!("{}>{first}", answer.status)
}

fn written(found: &BTreeMap<Line, Vec<String>>) -> String {
    let mut text = String::from("# What everybody is answered. See mod.rs beside this file.\n");
    let head = Actor::ALL.iter().map(|actor| actor.name().to_owned());
    put(&mut text, "#", "", head);
    for ((call, state), answers) in found {
        put(&mut text, call, state, answers.iter().cloned());
    }
    text
}

fn put(text: &mut String, call: &str, state: &str, cells: impl Iterator<Item = String>) {
    let mut line = format!("{call:<34} {state:<8}");
    for cell in cells {
        write!(line, " {cell:<11}").unwrap();
    }
    writeln!(text, "{}", line.trim_end()).unwrap();
}

fn read(text: &str) -> BTreeMap<Line, Vec<String>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            let call = format!("{} {}", words.next().unwrap(), words.next().unwrap());
            let state = words.next().unwrap();
            let states = Scope::ALL.iter().flat_map(|scope| scope.states());
            let state = states.map(|state| state.name()).find(|name| *name == state);
            ((call, state.expect("a known state")), words.collect())
        })
        .collect()
}
