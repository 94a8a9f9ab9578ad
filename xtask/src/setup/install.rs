//! Installing: system packages only as root and only what is missing, else the words to type.

use std::fs;
use std::os::unix::fs::MetadataExt;

use anyhow::{Result, bail};

use crate::tool::{Tool, find};

/// Whether this is a Debian-like system and we may install packages.
pub fn may_install() -> bool {
    find("apt-get").is_some() && fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0)
}

/// Installs Debian packages, or says how.
pub fn system_packages(why: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if !may_install() {
        bail!(
            "{why} is missing.\n\nWhat to do: sudo apt-get install --no-install-recommends {names}"
        );
    }
    println!("Installing {names} ({why}) …");
    let apt = || {
        let tool = Tool::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
        tool.args(["-q", "-o", "DPkg::Lock::Timeout=600"])
    };
    let install = || {
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages)
    };
    // The package lists of a fresh machine are old or absent; a mirror that does not answer
    // is no reason to stop when the packages can be had anyway.
    let updated = apt().arg("update").run();
    install().run().map_err(|error| match updated {
        Ok(()) => error,
        Err(update) => error.context(update),
    })
}

/// Makes sure that a developer's tool is there, as a cargo subcommand.
pub fn cargo_tool(program: &str, package: &str) -> Result<()> {
    if find(program).is_some() {
        return Ok(());
    }
    println!("Installing {package}; this compiles for some minutes, once …");
    let install = || Tool::new("cargo").args(["install", package]);
    install().arg("--locked").run().or_else(|_| install().run())
}
