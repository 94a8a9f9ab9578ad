//! `cargo xtask build`: the site, then the one binary that holds it.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::client::Aim;
use crate::place::Place;
use crate::setup::{self, Wasm};
use crate::tool::Tool;
use crate::{budget, site};

/// The command.
pub fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("`build` takes no arguments");
    }
    let place = Place::find()?;
    let wasm = Wasm::ready(&place)?;
    build(&place, &wasm)?;
    println!("{} is ready.", place.binary().display());
    Ok(())
}

/// Builds what has changed and weighs the result.
pub fn build(place: &Place, wasm: &Wasm) -> Result<()> {
    setup::npm_packages(place)?;
    site::build(place, wasm, Aim::Small)?;
    println!("Compiling the server …");
    cargo(place, "build")
        .args(["--release", "--package", "pigeon-server"])
        .run()?;
    hand_over(place)?;
    budget::check(place)
}

/// `cargo <subcommand>` for the server half, in the folder of its results.
pub fn cargo(place: &Place, subcommand: &str) -> Tool {
    let tool = Tool::new("cargo")
        .arg(subcommand)
        .arg("--target-dir")
        .arg(place.native_target());
    tool.dir(place.root())
}

/// Copies the program out of the cache. By renaming, since the old one may be running.
fn hand_over(place: &Place) -> Result<()> {
    let binary = place.binary();
    let name = binary.file_name().context("the program has a name")?;
    let built = place.native_target().join("release").join(name);
    let fresh = binary.with_extension("new");
    if let Some(folder) = binary.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(&built, &fresh).with_context(|| format!("copying {}", built.display()))?;
    fs::rename(fresh, binary)?;
    Ok(())
}
