//! `cargo xtask test`: everything that must hold before a merge, and what CI runs.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::build::{self, cargo};
use crate::client::PROFILE;
use crate::place::Place;
use crate::setup::{self, Wasm};
use crate::steps::{self, Choice, Step};
use crate::tool::Tool;

/// What the steps may use; all of it is brought in before the first one.
struct Bench {
    place: Place,
    wasm: Wasm,
    browser: PathBuf,
    postgres: PathBuf,
}

const STEPS: &[Step<Bench>] = &[
    Step {
        name: "format",
        title: "Format",
        work: format,
    },
    Step {
        name: "clippy",
        title: "Clippy, server half",
        work: clippy,
    },
    Step {
        name: "clippy-browser",
        title: "Clippy, browser half",
        work: clippy_browser,
    },
    Step {
        name: "browser-tree",
        title: "Nothing of the server in the browser",
        work: browser_tree,
    },
    Step {
        name: "tests",
        title: "Tests",
        work: tests,
    },
    Step {
        name: "doc-tests",
        title: "Examples in the documentation",
        work: doc_tests,
    },
    Step {
        name: "build",
        title: "Build, and its weight",
        work: build,
    },
    Step {
        name: "journeys",
        title: "Journeys in a browser",
        work: journeys,
    },
];

/// The command.
pub fn run(arguments: &[String]) -> Result<()> {
    let choice = Choice::read(arguments)?;
    if matches!(choice, Choice::List) {
        steps::list(STEPS);
        return Ok(());
    }
    let place = Place::find()?;
    let wasm = Wasm::ready(&place)?;
    wasm.clippy_ready()?;
    setup::npm_packages(&place)?;
    let browser = setup::browser(&place)?;
    let postgres = setup::postgres()?;
    steps::run(
        STEPS,
        &choice,
        &Bench {
            place,
            wasm,
            browser,
            postgres,
        },
    )
}

fn format(bench: &Bench) -> Result<()> {
    let fmt = Tool::new("cargo")
        .args(["fmt", "--all", "--check"])
        .dir(bench.place.root());
    fmt.advice("`cargo fmt --all` formats everything").run()
}

fn clippy(bench: &Bench) -> Result<()> {
    let clippy = cargo(&bench.place, "clippy").arg("--all-targets");
    clippy
        .args(["--", "--deny", "warnings"])
        .advice(ABOUT_LINTS)
        .run()
}

fn clippy_browser(bench: &Bench) -> Result<()> {
    // The release profile, so that macros and build scripts are compiled once for both.
    let clippy = bench
        .wasm
        .cargo(&bench.place, "clippy")
        .args(["--profile", PROFILE]);
    clippy
        .args(["--package", "pigeon-frontend", "--package", "pigeon-app"])
        .args([
            "--features",
            "pigeon-app/hydrate",
            "--",
            "--deny",
            "warnings",
        ])
        .advice(ABOUT_LINTS)
        .run()
}

const ABOUT_LINTS: &str = "mend what Clippy names; where it is wrong, \
                           #[expect(clippy::that_lint, reason = \"…\")] says so";

/// What must never reach a browser. One feature asked for in the wrong place is enough.
fn browser_tree(bench: &Bench) -> Result<()> {
    const SERVER_ONLY: [&str; 5] = ["sqlx", "tokio", "axum", "lettre", "argon2"];
    let tree =
        Tool::new("cargo").args(["tree", "--package", "pigeon-frontend", "--prefix", "none"]);
    let tree = tree.args(["--target", setup::TARGET, "--edges", "normal"]);
    let tree = tree.dir(bench.place.root()).read()?;
    let names = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let stray: Vec<&str> = names.filter(|name| SERVER_ONLY.contains(name)).collect();
    if !stray.is_empty() {
        bail!(
            "the browser would get: {}\n\nWhat to do: `cargo tree --package pigeon-frontend \
             --target {} --invert <crate>` tells who asks for it",
            stray.join(", "),
            setup::TARGET
        );
    }
    Ok(())
}

/// Every member but the browser's, and but xtask: its tests ride on what runs it already.
const TESTED: [&str; 5] = [
    "--workspace",
    "--exclude",
    "pigeon-frontend",
    "--exclude",
    "xtask",
];

fn tests(bench: &Bench) -> Result<()> {
    Tool::new("cargo")
        .args(["test", "--quiet", "--package", "xtask"])
        .dir(bench.place.root())
        .run()?;
    // One process for each test file, so that the tests of a file share one PostgreSQL; a
    // runner with a process for each test would start a cluster a hundred times.
    cargo(&bench.place, "test")
        .args(["--lib", "--bins", "--tests"])
        .args(TESTED)
        .env("PIGEON_TEST_POSTGRES_BIN", &bench.postgres)
        .run()
}

fn doc_tests(bench: &Bench) -> Result<()> {
    cargo(&bench.place, "test")
        .args(["--doc", "--quiet"])
        .args(TESTED)
        .run()
}

fn build(bench: &Bench) -> Result<()> {
    build::build(&bench.place, &bench.wasm)
}

fn journeys(bench: &Bench) -> Result<()> {
    let playwright = Tool::new("npx").args(["--no-install", "playwright", "test"]);
    playwright
        .env("PIGEON_BIN", bench.place.built()?)
        .env("PIGEON_CHROMIUM", &bench.browser)
        .dir(&bench.place.end2end())
        .advice("`npx playwright show-report` in end2end shows what the browser saw")
        .run()
}
