//! `cargo xtask run`: from a checkout to a page in the browser.

use std::os::unix::process::CommandExt;

use anyhow::{Context, Result, bail};

use crate::build;
use crate::place::Place;
use crate::setup::Wasm;
use crate::tool::Tool;

/// The command; what follows `--` goes to `pigeon serve`.
pub fn run(arguments: &[String]) -> Result<()> {
    let further = match arguments {
        [] => &[],
        [dashes, further @ ..] if dashes == "--" => further,
        _ => bail!("arguments for `pigeon serve` come after `--`"),
    };
    let place = Place::find()?;
    let wasm = Wasm::ready(&place)?;
    build::build(&place, &wasm)?;
    let serve = Tool::new(place.binary())
        .args(["serve", "--data", "./data"])
        .args(further);
    // Takes this process's place, so that Ctrl-C and signals reach the server itself.
    let failure = serve.dir(place.root()).into_command().exec();
    Err(failure).context("could not start the server")
}
