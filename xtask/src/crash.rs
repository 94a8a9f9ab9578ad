//! `cargo xtask crash`: kills the program while eight people write, again and again, and looks
//! whether every acknowledged message is there exactly once. A few rounds are part of every test.

use anyhow::{Context, Result, bail};

use crate::build::cargo;
use crate::place::Place;

/// Kills of one call, unless it says how many.
pub const ROUNDS: u32 = 20;

/// The command.
pub fn run(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let count = match words.as_slice() {
        [] => ROUNDS,
        ["--rounds", count] => count.parse().context("--rounds takes a number")?,
        _ => bail!("`crash` takes --rounds and a number, and nothing else"),
    };
    rounds(&Place::find()?, count)
}

/// Runs the test that kills, with so many kills.
pub fn rounds(place: &Place, count: u32) -> Result<()> {
    let test = cargo(place, "test").args(["--package", "pigeon-server", "--test", "crash"]);
    test.args(["--", "--nocapture"])
        .env("PIGEON_CRASH_ROUNDS", count.to_string())
        .advice("what is missing or doubled stands above; nothing may be")
        .run()
}
