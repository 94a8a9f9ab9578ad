//! Programs that the tests start: a browser and PostgreSQL.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::install::{may_install, system_packages};
use crate::place::Place;
use crate::tool::{Tool, find};

/// A Chromium: the system's own, or Playwright's.
pub fn browser(place: &Place) -> Result<PathBuf> {
    if let Some(found) = installed_browser(place) {
        return Ok(found);
    }
    if may_install() {
        system_packages("a browser for the journeys", &["chromium"])?;
    } else {
        let playwright = Tool::new("npx").args(["playwright", "install", "chromium"]);
        playwright
            .dir(&place.end2end())
            .advice(
                "install Chromium by your system's own means, or set PIGEON_CHROMIUM to its path",
            )
            .run()?;
    }
    match installed_browser(place) {
        Some(found) => Ok(found),
        None => bail!("no browser was found; set PIGEON_CHROMIUM to the path of a Chromium"),
    }
}

fn installed_browser(place: &Place) -> Option<PathBuf> {
    const NAMES: [&str; 4] = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let named = env::var_os("PIGEON_CHROMIUM")
        .map(PathBuf::from)
        .filter(|path| path.is_file());
    named
        .or_else(|| NAMES.iter().find_map(|name| find(name)))
        .or_else(|| {
            let script = "console.log(require('@playwright/test').chromium.executablePath())";
            let node = Tool::new("node").args(["-e", script]).dir(&place.end2end());
            node.read()
                .ok()
                .map(PathBuf::from)
                .filter(|path| path.is_file())
        })
}

/// Debian's Firefox, for the one journey that is not Chromium's.
pub fn firefox() -> Result<PathBuf> {
    let installed = || find("firefox-esr").or_else(|| find("firefox"));
    if let Some(found) = installed() {
        return Ok(found);
    }
    system_packages("Firefox", &["firefox-esr"])?;
    match installed() {
        Some(found) => Ok(found),
        None => bail!("Firefox was not found"),
    }
}

/// The folder with PostgreSQL's programs; the tests start a cluster of their own from it.
pub fn postgres() -> Result<PathBuf> {
    if let Some(found) = installed_postgres() {
        return Ok(found);
    }
    system_packages(
        "PostgreSQL (its programs; no server needs to run)",
        &["postgresql"],
    )?;
    match installed_postgres() {
        Some(found) => Ok(found),
        None => bail!("no PostgreSQL was found; set PIGEON_TEST_POSTGRES_BIN to its bin folder"),
    }
}

fn installed_postgres() -> Option<PathBuf> {
    let named = env::var_os("PIGEON_TEST_POSTGRES_BIN").map(PathBuf::from);
    let on_path = || {
        let program = fs::canonicalize(find("initdb")?).ok()?;
        program.parent().map(Path::to_owned)
    };
    named
        .or_else(on_path)
        .or_else(newest_of_debian)
        .filter(|folder| is_complete(folder))
}

/// Debian keeps every major version in a folder of its own, off the PATH.
fn newest_of_debian() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(Result::ok);
    let numbers = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    numbers
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")))
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"]
        .iter()
        .all(|program| folder.join(program).is_file())
}
