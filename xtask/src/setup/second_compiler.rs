//! Where rustup cannot download: Debian's second, newer compiler builds for the browser.
//!
//! Its packages bring the source of `std`, not its WebAssembly build; that is made once and put
//! beside the compiler. Native code keeps rustup's compiler. The two halves meet only in JSON.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::install::{may_install, system_packages};
use super::wasm::{TARGET, library, sysroot};
use crate::place::Place;
use crate::tool::{Tool, find};

/// Its name for rustup.
const TOOLCHAIN: &str = "debian";
const SYSROOT: &str = "/usr";
const COMPILER: &str = "/usr/bin/rustc";
/// Tells which compiler `std` was built by: a security update may replace it.
const BUILT_BY: &str = "built-by";

/// Whether everything is in place for the compiler as it is today.
pub fn is_ready() -> Result<bool> {
    let Ok(built_by) = fs::read_to_string(library(Path::new(SYSROOT)).join(BUILT_BY)) else {
        return Ok(false);
    };
    Ok(Path::new(COMPILER).is_file() && built_by == version()? && is_linked())
}

/// The whole way, from packages to a linked toolchain.
pub fn install(place: &Place) -> Result<()> {
    if find("rustup").is_none() {
        bail!(
            "the target {TARGET} is missing.\n\nWhat to do: install rustup, see https://rustup.rs"
        );
    }
    if !may_install() {
        bail!(
            "the target {TARGET} is missing.\n\nWhat to do: `rustup target add {TARGET}` where \
             rustup can download; else, on Debian, run `cargo xtask setup` once as root"
        );
    }
    let packages = ["rustc-web", "rust-web-src"];
    if !packages
        .iter()
        .all(|package| Tool::new("dpkg").args(["--status", package]).succeeds())
    {
        system_packages("a compiler for WebAssembly", &packages)?;
    }
    build_std(place)?;
    if !is_linked() {
        Tool::new("rustup")
            .args(["toolchain", "link", TOOLCHAIN, SYSROOT])
            .run()?;
    }
    Ok(())
}

/// What cargo must be told to use it.
pub fn environment() -> Result<Vec<(String, OsString)>> {
    Ok(vec![
        ("RUSTUP_TOOLCHAIN".to_owned(), OsString::from(TOOLCHAIN)),
        (
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER".to_owned(),
            linker()?.into_os_string(),
        ),
    ])
}

/// Its own Clippy.
pub fn clippy() -> Result<()> {
    if Path::new("/usr/bin/cargo-clippy").is_file() {
        return Ok(());
    }
    system_packages("Clippy for WebAssembly", &["rust-web-clippy"])
}

/// Builds `std` with embedded bitcode (without it, `lto` fails) and puts it beside the compiler.
fn build_std(place: &Place) -> Result<()> {
    println!("Building the standard library for {TARGET}; this takes a minute, once …");
    let scratch = place.cache().join("std");
    let results = scratch.join("target").join(TARGET).join("release/deps");
    if results.exists() {
        fs::remove_dir_all(&results)?;
    }
    fs::create_dir_all(scratch.join("src"))?;
    let manifest = "[package]\nname = \"scratch\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(scratch.join("Cargo.toml"), manifest)?;
    fs::write(scratch.join("src/lib.rs"), "")?;
    Tool::new("cargo")
        .args([
            "build",
            "--release",
            "--target",
            TARGET,
            "--target-dir",
            "target",
        ])
        .arg("-Zbuild-std=std,panic_abort,proc_macro,test")
        .env("RUSTC", COMPILER)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-C embed-bitcode=yes")
        .dir(&scratch)
        .run()?;
    let library = library(Path::new(SYSROOT));
    if library.exists() {
        fs::remove_dir_all(&library)?;
    }
    fs::create_dir_all(&library)?;
    for entry in fs::read_dir(&results)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        let is_own = name.to_string_lossy().starts_with("libscratch-");
        if path.extension().is_some_and(|end| end == "rlib") && !is_own {
            fs::copy(path, library.join(name))?;
        }
    }
    // Last, so that a half copied library is built anew.
    fs::write(library.join(BUILT_BY), version()?)?;
    Ok(())
}

fn version() -> Result<String> {
    Tool::new(COMPILER).arg("-vV").read()
}

fn is_linked() -> bool {
    let rustup = Tool::new("rustup").args(["which", "--toolchain", TOOLCHAIN, "rustc"]);
    rustup.succeeds()
}

/// rustup's linker: Debian's own is too old for this compiler.
fn linker() -> Result<PathBuf> {
    let version = Tool::new("rustc").arg("-vV").read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not tell its host")?;
    let linker = sysroot()?
        .join("lib/rustlib")
        .join(host)
        .join("bin/rust-lld");
    if !linker.is_file() {
        bail!(
            "{} is missing; a rustup toolchain brings it",
            linker.display()
        );
    }
    Ok(linker)
}
