//! What the machine must have. Every command brings in what it lacks; nothing happens, fast,
//! when nothing is missing.

mod install;
mod npm;
mod programs;
mod second_compiler;
mod wasm;

use anyhow::{Result, bail};

use crate::place::Place;

pub use install::cargo_tool;
pub use npm::npm_packages;
pub use programs::{browser, firefox, postgres};
pub use wasm::{TARGET, Wasm};

/// `cargo xtask setup`: all of it at once.
pub fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("`setup` takes no arguments");
    }
    let place = Place::find()?;
    let wasm = Wasm::ready(&place)?;
    wasm.clippy_ready()?;
    npm_packages(&place)?;
    let browser = browser(&place)?;
    let postgres = postgres()?;
    println!("WebAssembly: {}", wasm.compiler());
    println!("Browser:     {}", browser.display());
    println!("PostgreSQL:  {}", postgres.display());
    println!("Built in:    {}", place.cache().display());
    Ok(())
}
