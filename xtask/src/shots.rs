//! `cargo xtask shots`: the pictures that the README shows, taken of the real program.

use anyhow::{Result, bail};

use crate::build;
use crate::place::Place;
use crate::setup::{self, Wasm};
use crate::tool::Tool;

/// The command.
pub fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("`shots` takes no arguments");
    }
    let place = Place::find()?;
    build::build(&place, &Wasm::ready(&place)?)?;
    let node = Tool::new("node")
        .arg("end2end/shots.mjs")
        .env("PIGEON_BIN", place.binary());
    node.env("PIGEON_CHROMIUM", setup::browser(&place)?)
        .dir(place.root())
        .run()
}
