//! `cargo xtask bench`: measures the built program over its own doors, against a world made by
//! `cargo xtask seed`.

use anyhow::Result;

use crate::build::cargo;
use crate::place::Place;

/// The command; all that is typed goes to the program that measures.
pub fn run(arguments: &[String]) -> Result<()> {
    let place = Place::find()?;
    place.built()?;
    let measure = cargo(&place, "run").args(["--release", "--package", "pigeon-bench", "--"]);
    measure.args(arguments).run()
}
