//! What the browser loads, in one folder that the server's binary embeds: named by content,
//! compressed beforehand, listed in `manifest.json` from plain names to real ones.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::client::{self, Aim, CLIENTS};
use crate::place::Place;
use crate::setup::{self, Wasm};
use crate::{budget, stamp, style};

/// The command.
pub fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("`site` takes no arguments");
    }
    let place = Place::find()?;
    let wasm = Wasm::ready(&place)?;
    setup::npm_packages(&place)?;
    build(&place, &wasm, Aim::Small)?;
    budget::check_site(&place)
}

/// Builds the folder, unless nothing that goes into it has changed.
pub fn build(place: &Place, wasm: &Wasm, aim: Aim) -> Result<()> {
    println!("Compiling the clients …");
    let compiled = client::compile(place, wasm, aim)?;
    let inputs = inputs(place, &compiled)?;
    let stamp = place.at("target/site.stamp");
    let is_there = place.site().join("manifest.json").is_file();
    if is_there && fs::read_to_string(&stamp).is_ok_and(|known| known == inputs) {
        return Ok(());
    }
    println!("Putting the site together …");
    let mut shelf = Shelf::default();
    for (name, compiled) in CLIENTS.iter().zip(&compiled) {
        let client = client::bind(place, compiled, aim)?;
        shelf.put(&format!("{name}.js"), client.script);
        shelf.put(&format!("{name}.wasm"), client.wasm);
    }
    let folder = place.at("style");
    put_static(&folder.join("static"), &mut shelf)?;
    let sheet = shelf.with_real_names(&style::bundle(&folder)?)?;
    shelf.put("pigeon.css", sheet.into_bytes());
    shelf.write(&place.site(), aim)?;
    fs::write(stamp, inputs)?;
    Ok(())
}

fn inputs(place: &Place, compiled: &[PathBuf]) -> Result<String> {
    let others = [
        "style",
        "xtask/src",
        "Cargo.lock",
        "end2end/package-lock.json",
    ];
    let mut paths: Vec<PathBuf> = others.iter().map(|path| place.at(path)).collect();
    paths.extend_from_slice(compiled);
    stamp::of_paths(&paths)
}

/// Icons and other files that go out as they are.
fn put_static(folder: &Path, shelf: &mut Shelf) -> Result<()> {
    let mut files = Vec::new();
    stamp::walk(folder, &mut files)?;
    files.sort();
    for file in files {
        let name = file
            .strip_prefix(folder)?
            .to_str()
            .context("a file name that is not text")?;
        shelf.put(&name.replace('\\', "/"), fs::read(&file)?);
    }
    Ok(())
}

/// Files under their plain names, before they go out.
#[derive(Default)]
struct Shelf {
    files: BTreeMap<String, Vec<u8>>,
}

impl Shelf {
    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.insert(name.to_owned(), bytes);
    }

    /// Plain names to names that carry the content's hash.
    fn manifest(&self) -> BTreeMap<&str, String> {
        self.files
            .iter()
            .map(|(name, bytes)| (name.as_str(), real_name(name, bytes)))
            .collect()
    }

    /// Turns `url("static/x")` of a style sheet into the file's real name beside it.
    fn with_real_names(&self, sheet: &str) -> Result<String> {
        let mut sheet = sheet.to_owned();
        for (name, real) in self.manifest() {
            sheet = sheet.replace(
                &format!("url(\"static/{name}\")"),
                &format!("url(\"{real}\")"),
            );
        }
        match sheet
            .split_once("url(\"static/")
            .and_then(|(_, after)| after.split_once('"'))
        {
            Some((missing, _)) => {
                bail!("style/static/{missing} is named in a sheet, but is not there")
            }
            None => Ok(sheet),
        }
    }

    /// Writes everything; a folder that already holds just this keeps its files and their times.
    fn write(&self, folder: &Path, aim: Aim) -> Result<()> {
        let manifest = serde_json::to_string_pretty(&self.manifest())?;
        let known = folder.join("manifest.json");
        if fs::read_to_string(&known).is_ok_and(|known| known == manifest) {
            return Ok(());
        }
        let fresh = folder.with_extension("new");
        if fresh.exists() {
            fs::remove_dir_all(&fresh)?;
        }
        for (name, bytes) in &self.files {
            write_file(&fresh.join(real_name(name, bytes)), bytes, aim)?;
        }
        fs::write(fresh.join("manifest.json"), manifest)?;
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::rename(fresh, folder)?;
        Ok(())
    }
}

/// `icons/pigeon.svg` becomes `icons/pigeon-<hash>.svg`.
fn real_name(name: &str, bytes: &[u8]) -> String {
    let hash = stamp::of_bytes(bytes);
    match name.rsplit_once('.') {
        Some((stem, end)) => format!("{stem}-{hash}.{end}"),
        None => format!("{name}-{hash}"),
    }
}

fn write_file(path: &Path, bytes: &[u8], aim: Aim) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // A program goes out compressed; the server unpacks it for the rare client that takes nothing else.
    if aim == Aim::Soon || path.extension().is_none_or(|end| end != "wasm") {
        fs::write(path, bytes)?;
    }
    if aim == Aim::Soon {
        return Ok(());
    }
    // Pictures and fonts are compressed already.
    let is_dense = path
        .extension()
        .is_some_and(|end| ["png", "ico", "woff2"].iter().any(|dense| end == *dense));
    if !is_dense {
        fs::write(beside(path, "br"), brotli(bytes)?)?;
        fs::write(beside(path, "gz"), gzip(bytes)?)?;
    }
    Ok(())
}

/// The compressed sibling of a file.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut input = bytes;
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut input, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_names_files_by_their_content() -> Result<()> {
        let mut shelf = Shelf::default();
        shelf.put("icons/pen.svg", b"<svg/>".to_vec());
        let real = real_name("icons/pen.svg", b"<svg/>");
        assert!(
            real.starts_with("icons/pen-") && Path::new(&real).extension() == Some("svg".as_ref()),
            "{real}"
        );
        let sheet = shelf.with_real_names("a{background:url(\"static/icons/pen.svg\")}")?;
        assert_eq!(sheet, format!("a{{background:url(\"{real}\")}}"));
        Ok(())
    }

    #[test]
    fn a_sheet_may_not_name_what_is_not_there() {
        assert!(
            Shelf::default()
                .with_real_names("a{background:url(\"static/no.svg\")}")
                .is_err()
        );
    }
}
