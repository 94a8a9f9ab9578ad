//! `cargo xtask dev`: serve, and serve anew whenever a source has changed.
//!
//! Everything is built to be ready soon: nothing is made small or compressed, and the program reads the
//! site where it lies. Pages of whoever is logged in hear by their live line that they are made of
//! something else now, and load anew unless something typed would be lost.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};

use crate::build::cargo;
use crate::client::Aim;
use crate::place::Place;
use crate::setup::{self, Wasm};
use crate::tool::Tool;
use crate::{site, stamp};

/// How often the sources are looked at. Reading the times of some hundred files takes a few
/// milliseconds, and works on every file system, shared ones included.
const LOOK: Duration = Duration::from_millis(300);

/// What is watched.
const SOURCES: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    "wire",
    "core",
    "app",
    "server",
    "frontend",
    "style",
];

/// The command; what follows `--` goes to `pigeon serve`.
pub fn run(arguments: &[String]) -> Result<()> {
    let further = match arguments {
        [] => &[],
        [dashes, further @ ..] if dashes == "--" => further,
        _ => bail!("arguments for `pigeon serve` come after `--`"),
    };
    let mut server: Option<Child> = None;
    loop {
        // Found anew each time: in between, other commands may have the cache.
        let place = Place::find()?;
        let root = place.root().to_owned();
        let seen = times(&root)?;
        let began = Instant::now();
        // The one before serves on until the next is there, and for as long as none can be built.
        match build(&place) {
            Ok(()) => {
                stop(server.take())?;
                server = Some(serve(&place, further)?);
                println!("Built in {:.1} s.", began.elapsed().as_secs_f32());
            }
            Err(error) => eprintln!("\nerror: {error:#}\n"),
        }
        drop(place);
        while times(&root)? == seen {
            sleep(LOOK);
        }
    }
}

fn build(place: &Place) -> Result<()> {
    let wasm = Wasm::ready(place)?;
    setup::npm_packages(place)?;
    site::build(place, &wasm, Aim::Soon)?;
    println!("Compiling the server …");
    cargo(place, "build")
        .args(["--package", "pigeon-server"])
        .run()
}

fn serve(place: &Place, further: &[String]) -> Result<Child> {
    let binary = place.native_target().join("debug/pigeon");
    let serve = Tool::new(binary)
        .args(["serve", "--data", "./data"])
        .args(further);
    let mut command = serve.dir(place.root()).into_command();
    command.spawn().context("could not start the server")
}

/// Asks the server to end, which lets it finish what it does.
fn stop(server: Option<Child>) -> Result<()> {
    let Some(mut server) = server else {
        return Ok(());
    };
    if server.try_wait()?.is_none() {
        let id = server.id().to_string();
        Tool::new("kill").args(["-TERM", &id]).run()?;
    }
    server.wait()?;
    Ok(())
}

/// When each source was written last.
fn times(root: &Path) -> Result<BTreeMap<PathBuf, Option<SystemTime>>> {
    let mut files = Vec::new();
    for source in SOURCES {
        stamp::walk(&root.join(source), &mut files)?;
    }
    let times = files.into_iter().map(|file| {
        // An editor may just have put another file in this one's place.
        let time = file.metadata().and_then(|data| data.modified());
        (file, time.ok())
    });
    Ok(times.collect())
}
