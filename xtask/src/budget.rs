//! How heavy Pigeon may be, measured as the browser receives it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::site;

/// Something to weigh: its parts by their plain names, and its limit in bytes.
struct Budget {
    what: &'static str,
    parts: &'static [&'static str],
    bytes_max: u64,
}

const BUDGETS: &[Budget] = &[
    Budget {
        what: "guest WebAssembly",
        parts: &["guest.wasm"],
        bytes_max: 150_000,
    },
    Budget {
        what: "guest page, everything",
        parts: &["guest.js", "guest.wasm", "pigeon.css"],
        bytes_max: 220_000,
    },
    Budget {
        what: "page of one's own threads, everything",
        parts: &["own.js", "own.wasm", "pigeon.css"],
        bytes_max: 300_000,
    },
    Budget {
        what: "team page, everything",
        parts: &["team.js", "team.wasm", "pigeon.css"],
        bytes_max: 500_000,
    },
];

const BINARY_BYTES_MAX: u64 = 40_000_000;

/// Prints every weight and refuses what is too heavy.
pub fn check(place: &Place) -> Result<()> {
    let mut heavy = Heavy::default();
    weigh_site(place, &mut heavy)?;
    let bytes = fs::metadata(place.binary())?.len();
    heavy.judge("program on disk", bytes, BINARY_BYTES_MAX);
    heavy.verdict()
}

/// The same for what the browser loads alone.
pub fn check_site(place: &Place) -> Result<()> {
    let mut heavy = Heavy::default();
    weigh_site(place, &mut heavy)?;
    heavy.verdict()
}

fn weigh_site(place: &Place, heavy: &mut Heavy) -> Result<()> {
    let folder = place.site();
    let manifest = fs::read_to_string(folder.join("manifest.json"))?;
    let manifest: BTreeMap<String, String> = serde_json::from_str(&manifest)?;
    println!("Compressed with brotli:");
    for part in [
        "guest.js",
        "guest.wasm",
        "own.js",
        "own.wasm",
        "team.js",
        "team.wasm",
        "pigeon.css",
    ] {
        println!(
            "  {part:<24} {:>9}",
            shown(weight(&folder, &manifest, part)?)
        );
    }
    for budget in BUDGETS {
        let parts = budget
            .parts
            .iter()
            .map(|part| weight(&folder, &manifest, part));
        heavy.judge(budget.what, parts.sum::<Result<u64>>()?, budget.bytes_max);
    }
    Ok(())
}

/// What is over its limit.
#[derive(Default)]
struct Heavy(Vec<String>);

impl Heavy {
    fn judge(&mut self, what: &str, bytes: u64, bytes_max: u64) {
        println!("  {what:<24} {:>9}  of {}", shown(bytes), shown(bytes_max));
        if bytes > bytes_max {
            self.0
                .push(format!("{what}: {} of {}", shown(bytes), shown(bytes_max)));
        }
    }

    fn verdict(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        bail!(
            "too heavy: {}\n\nWhat to do: see which dependency or page grew",
            self.0.join("; ")
        )
    }
}

fn weight(folder: &Path, manifest: &BTreeMap<String, String>, part: &str) -> Result<u64> {
    let name = manifest
        .get(part)
        .with_context(|| format!("{part} is not in the manifest"))?;
    Ok(fs::metadata(site::beside(&folder.join(name), "br"))?.len())
}

/// Bytes as a person says them, in decimal units.
fn shown(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100)
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}
