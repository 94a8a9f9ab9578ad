//! The packages from npm: Playwright for the journeys, Binaryen to shrink WebAssembly.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::stamp;
use crate::tool::{Tool, find};

/// Whether Node and npm are there at all.
pub fn has_node() -> bool {
    find("node").is_some() && find("npm").is_some()
}

/// Installs what `end2end/package-lock.json` lists, unless just that is installed.
pub fn npm_packages(place: &Place) -> Result<()> {
    if !has_node() {
        bail!(
            "Node.js is missing.\n\nWhat to do: install Node.js 20 or newer, see https://nodejs.org"
        );
    }
    let folder = place.end2end();
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    let wanted = stamp::of_bytes(&lock);
    let installed = folder.join("node_modules/.pigeon-installed");
    if fs::read_to_string(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    println!("Installing the packages of end2end …");
    let npm = Tool::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .dir(&folder)
        .advice("check that the npm registry can be reached, then try again")
        .run()?;
    fs::write(installed, wanted)?;
    Ok(())
}
