//! The browser half: compiled, bound to JavaScript, made small.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, mem};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::{Bindgen, Output};

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
    let mut script = output.js().to_owned();
    let wasm = match aim {
        Aim::Small => {
            script = name_briefly(&mut output, &script);
            shrink(place, &output.wasm_mut().emit_wasm())?
        }
        Aim::Soon => output.wasm_mut().emit_wasm(),
    };
    Ok(Client {
        script: script.into_bytes(),
        wasm,
    })
}

/// Gives what the program and its script share short names, in both: some three hundred names with a hash in
/// each of two files are 1.5 % of what a browser loads, since nothing can make a hash smaller. Returns the script.
fn name_briefly(output: &mut Output, script: &str) -> String {
    let mut brief = HashMap::new();
    let mut rename = |name: &mut String| {
        let next = format!("${:x}", brief.len());
        let short = brief.entry(mem::take(name)).or_insert(next);
        name.clone_from(short);
    };
    let program = output.wasm_mut();
    for import in program.imports.iter_mut() {
        rename(&mut import.name);
    }
    // The others are short, and some of them are the page's.
    let closures = |name: &str| name.starts_with("wasm_bindgen__");
    for export in program.exports.iter_mut().filter(|one| closures(&one.name)) {
        rename(&mut export.name);
    }
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let is_named = |char: char| char.is_alphanumeric() || char == '_' || char == '$';
        let word = rest.find(|char| !is_named(char)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(word);
        renamed.push_str(brief.get(name).map_or(name, String::as_str));
        let gap = after.find(is_named).unwrap_or(after.len());
        let (between, after) = after.split_at(gap);
        renamed.push_str(between);
        rest = after;
    }
    renamed
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
