//! The browser half: compiled, bound to JavaScript, made small.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::place::Place;
use crate::setup::Wasm;
use crate::tool::Tool;

/// The programs of `frontend`: small pages for guests, users' own threads, the rest for the team.
pub const CLIENTS: [&str; 3] = ["guest", "own", "team"];

/// What the browser loads of one client.
pub struct Client {
    /// The module that starts it, given the address of `wasm`.
    pub script: Vec<u8>,
    /// The program.
    pub wasm: Vec<u8>,
}

/// What the site is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// To be small: what goes out.
    Small,
    /// To be there soon: what somebody looks at who works on it.
    Soon,
}

impl Aim {
    /// The cargo profile of everything that is built for the browser.
    pub const fn profile(self) -> &'static str {
        match self {
            Self::Small => PROFILE,
            Self::Soon => "wasm-dev",
        }
    }
}

/// Compiles all clients and returns where they lie, in the order of [`CLIENTS`].
pub fn compile(place: &Place, wasm: &Wasm, aim: Aim) -> Result<Vec<PathBuf>> {
    let profile = aim.profile();
    wasm.cargo(place, "build")
        .args(["--package", "pigeon-frontend", "--profile", profile])
        .run()?;
    let folder = place.wasm_target().join(crate::setup::TARGET).join(profile);
    Ok(CLIENTS
        .iter()
        .map(|name| folder.join(format!("{name}.wasm")))
        .collect())
}

/// The cargo profile of what goes out.
pub const PROFILE: &str = "wasm-release";

/// Makes of a compiled client what a browser can load.
pub fn bind(place: &Place, compiled: &Path, aim: Aim) -> Result<Client> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The page names the program's address: it carries a hash that the module cannot know.
        .omit_default_module_path(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen could not read {}", compiled.display()))?;
    let has_snippets = output
        .snippets()
        .values()
        .any(|snippets| !snippets.is_empty());
    if has_snippets || !output.local_modules().is_empty() {
        bail!("a dependency brings JavaScript of its own, which the site does not carry");
    }
    let script = output.js().as_bytes().to_vec();
    let wasm = output.wasm_mut().emit_wasm();
    let wasm = match aim {
        Aim::Small => shrink(place, &wasm)?,
        Aim::Soon => wasm,
    };
    Ok(Client { script, wasm })
}

/// Binaryen takes away what the compiler leaves. What counts is the weight after brotli, and there the usual
/// `-Oz` loses: what it shares out among functions and locals is less alike afterwards. These were the lightest of
/// some forty ways that were tried, by 1.4 % of the team's program.
const PASSES: [&str; 6] = [
    "-O2",
    "--shrink-level=1",
    "--flexible-inline-max-function-size=0",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=20",
    "--skip-pass=simplify-locals",
];

/// Makes a program small, for the line.
fn shrink(place: &Place, wasm: &[u8]) -> Result<Vec<u8>> {
    const FEATURES: [&str; 6] = [
        "--enable-bulk-memory",
        "--enable-reference-types",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-multivalue",
    ];
    let program = place.end2end().join("node_modules/binaryen/bin/wasm-opt");
    let large = place.wasm_target().join("large.wasm");
    let small = place.wasm_target().join("small.wasm");
    fs::write(&large, wasm)?;
    let node = Tool::new("node").arg(program).args(PASSES).args(FEATURES);
    node.arg(&large).arg("-o").arg(&small).run()?;
    Ok(fs::read(small)?)
}
