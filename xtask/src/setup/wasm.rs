//! The compiler for the browser half.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::second_compiler;
use crate::place::Place;
use crate::tool::{Tool, find};

/// The target's name, as rustc says it.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A cargo that can build for the browser: rustup's own where its target can be had, else a
/// second compiler. Native code never needs to know which.
pub struct Wasm {
    compiler: String,
    environment: Vec<(String, OsString)>,
    flags: OsString,
    second: bool,
}

impl Wasm {
    /// Finds or brings in the compiler.
    pub fn ready(place: &Place) -> Result<Self> {
        let own = || -> Result<bool> { Ok(has_target(&sysroot()?)) };
        if !own()? && !second_compiler::is_ready()? {
            println!("Adding the target {TARGET} …");
            let rustup = Tool::new("rustup").args(["target", "add", TARGET]);
            if find("rustup").is_none() || rustup.run().is_err() || !own()? {
                println!("rustup cannot bring it here; a second compiler can.");
                second_compiler::install(place)?;
            }
        }
        let second = !own()?;
        let mut environment = Vec::new();
        if second {
            environment.extend(second_compiler::environment()?);
        }
        let version = Tool::new("rustc").arg("-vV").envs(&environment).read()?;
        let compiler = version.lines().next().unwrap_or_default().to_owned();
        Ok(Self {
            compiler,
            environment,
            flags: flags()?,
            second,
        })
    }

    /// Its version, to be shown.
    pub fn compiler(&self) -> &str {
        &self.compiler
    }

    /// `cargo <subcommand>` for the browser, in the folder of its results.
    pub fn cargo(&self, place: &Place, subcommand: &str) -> Tool {
        let tool = Tool::new("cargo").args([subcommand, "--target", TARGET]);
        tool.arg("--target-dir")
            .arg(place.wasm_target())
            .envs(&self.environment)
            .env("CARGO_ENCODED_RUSTFLAGS", &self.flags)
            // For the one flag below that is not stable. It changes no code.
            .env("RUSTC_BOOTSTRAP", "1")
            .dir(place.root())
    }

    /// Makes sure that this compiler's Clippy is there.
    pub fn clippy_ready(&self) -> Result<()> {
        if self.second {
            return second_compiler::clippy();
        }
        if Tool::new("cargo").args(["clippy", "--version"]).succeeds() {
            return Ok(());
        }
        Tool::new("rustup")
            .args(["component", "add", "clippy"])
            .run()
    }
}

/// Where the compiler that cargo uses now keeps its libraries.
pub fn sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(
        Tool::new("rustc").args(["--print", "sysroot"]).read()?,
    ))
}

/// The folder of the target's libraries in a sysroot.
pub fn library(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

fn has_target(sysroot: &Path) -> bool {
    let Ok(entries) = fs::read_dir(library(sysroot)) else {
        return false;
    };
    let mut names = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("libstd-"))
}

/// Panic messages carry paths: the same on every machine, and telling nothing about it. Where a panic
/// would have happened is left out of the program: the places of everything that could panic were a
/// fiftieth of its weight on the line, and no page that works has use for them. The encoded form takes
/// paths with spaces, and a person's own flags are meant for native code.
fn flags() -> Result<OsString> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(
        home.context("neither CARGO_HOME nor HOME is set")?
            .join("registry/src"),
    );
    flag.push("=crates\u{1f}-Zlocation-detail=none");
    Ok(flag)
}
