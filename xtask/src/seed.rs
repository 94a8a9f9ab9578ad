//! `cargo xtask seed`: fills an empty database with a world that looks real, for measuring and for
//! looking at. The maker is a program of core's, since core alone knows its tables; it is built only
//! here.

use anyhow::Result;

use crate::build::cargo;
use crate::place::Place;

/// The command; all that is typed goes to the maker.
pub fn run(arguments: &[String]) -> Result<()> {
    let place = Place::find()?;
    let maker = cargo(&place, "run").args(["--release", "--package", "pigeon-core"]);
    maker
        .args(["--features", "testing", "--bin", "pigeon-seed", "--"])
        .args(arguments)
        .run()
}
