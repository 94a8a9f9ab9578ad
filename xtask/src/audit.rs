//! `cargo xtask audit`: the slow checks, for before a release and once in a while.

use anyhow::Result;

use crate::build::cargo;
use crate::place::Place;
use crate::setup;
use crate::steps::{self, Choice, Step};
use crate::tool::Tool;

const STEPS: &[Step<Place>] = &[
    Step {
        name: "bans",
        title: "Licences, sources and who may use what",
        work: bans,
    },
    Step {
        name: "advisories",
        title: "Known weaknesses of dependencies",
        work: advisories,
    },
    Step {
        name: "unused",
        title: "Dependencies that nobody uses",
        work: unused,
    },
    Step {
        name: "documentation",
        title: "Documentation",
        work: documentation,
    },
    Step {
        name: "crash",
        title: "Killed while people write",
        work: crash,
    },
    Step {
        name: "firefox",
        title: "A journey in Firefox",
        work: firefox,
    },
];

/// The command.
pub fn run(arguments: &[String]) -> Result<()> {
    let choice = Choice::read(arguments)?;
    if matches!(choice, Choice::List) {
        steps::list(STEPS);
        return Ok(());
    }
    steps::run(STEPS, &choice, &Place::find()?)
}

fn bans(place: &Place) -> Result<()> {
    setup::cargo_tool("cargo-deny", "cargo-deny")?;
    let deny = Tool::new("cargo").args(["deny", "check", "bans", "licenses", "sources"]);
    deny.dir(place.root())
        .advice("deny.toml says what is allowed, and why")
        .run()
}

fn advisories(place: &Place) -> Result<()> {
    setup::cargo_tool("cargo-deny", "cargo-deny")?;
    let deny = Tool::new("cargo")
        .args(["deny", "check", "advisories"])
        .dir(place.root());
    deny.advice("update the crate; the list of advisories itself comes from github.com")
        .run()
}

fn unused(place: &Place) -> Result<()> {
    setup::cargo_tool("cargo-machete", "cargo-machete")?;
    // By its own name: as a subcommand of a cargo that runs under cargo it takes its name for a folder.
    Tool::new("cargo-machete").arg(place.root()).run()
}

fn documentation(place: &Place) -> Result<()> {
    let doc = cargo(place, "doc").args(["--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "--deny warnings").run()
}

fn crash(place: &Place) -> Result<()> {
    crate::crash::rounds(place, crate::crash::ROUNDS)
}

/// Needs a journey written for it: Playwright cannot drive a distribution's Firefox.
fn firefox(place: &Place) -> Result<()> {
    let journey = place.at("end2end/firefox.mjs");
    if !journey.is_file() {
        println!("end2end/firefox.mjs does not exist.");
        return Ok(());
    }
    setup::npm_packages(place)?;
    let node = Tool::new("node")
        .arg(journey)
        .env("PIGEON_BIN", place.built()?);
    node.env("PIGEON_FIREFOX", setup::firefox()?)
        .dir(&place.end2end())
        .run()
}
