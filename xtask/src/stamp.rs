//! Fingerprints of files: what has changed since, and whether the cache may be believed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::place::Place;

/// The first 16 hexadecimal digits of a SHA-256: plenty for telling versions apart.
pub fn of_bytes(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digits = digest
        .iter()
        .take(8)
        .flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// One fingerprint for many files and folders, their names included.
pub fn of_paths(paths: &[PathBuf]) -> Result<String> {
    let mut files = Vec::new();
    for path in paths {
        walk(path, &mut files)?;
    }
    files.sort();
    let mut all = String::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        writeln!(all, "{} {}", file.display(), of_bytes(&bytes))?;
    }
    Ok(of_bytes(all.as_bytes()))
}

/// All files below a path, hidden ones and installed packages left out. A path that does not
/// exist has none.
pub fn walk(path: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        into.push(path.to_owned());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && name != "node_modules" && name != "target" {
            walk(&entry.path(), into)?;
        }
    }
    Ok(())
}

/// The checkout that used the cache last.
pub fn last_root(cache: &Path) -> Option<PathBuf> {
    Record::read(&cache.join(RECORD)).map(|record| record.root)
}

/// What the cache was last used for, as a file in it.
const RECORD: &str = "built-from";

/// Makes cargo forget this workspace's crates in the cache when it could take old results for
/// new ones.
///
/// Cargo tells a change by a file's time alone, and names results alike for every checkout of
/// the same workspace. So another checkout at another path, or different sources with older
/// times at the same path, would get the results of what was built last. The dependencies stay.
pub fn settle(place: &Place) -> Result<()> {
    let record = place.cache().join(RECORD);
    let mut now = BTreeMap::new();
    for file in sources(place.root())? {
        let print = of_bytes(&fs::read(&file)?);
        now.insert(file, print);
    }
    let before = Record::read(&record);
    if before.is_none_or(|before| !before.explains(place.root(), &now)) {
        forget(&place.native_target(), 3)?;
        forget(&place.wasm_target(), 3)?;
    }
    let mut text = format!("{}\n", place.root().display());
    for (file, print) in &now {
        writeln!(text, "{print} {}", file.display())?;
    }
    fs::write(record, text)?;
    Ok(())
}

/// What cargo may compile or embed: everything but data, documents and browser tests.
fn sources(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    walk(root, &mut files)?;
    let apart = ["data", "docs", "end2end"].map(|folder| root.join(folder));
    files.retain(|file| !apart.iter().any(|folder| file.starts_with(folder)));
    Ok(files)
}

/// What the cache was last used for.
struct Record {
    root: PathBuf,
    files: BTreeMap<PathBuf, String>,
    written: SystemTime,
}

impl Record {
    fn read(path: &Path) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let written = fs::metadata(path).and_then(|data| data.modified()).ok()?;
        let mut lines = text.lines();
        let root = PathBuf::from(lines.next()?);
        let pairs = lines.filter_map(|line| line.split_once(' '));
        let files = pairs
            .map(|(print, file)| (PathBuf::from(file), print.to_owned()))
            .collect();
        Some(Self {
            root,
            files,
            written,
        })
    }

    /// Whether cargo will notice everything that is different now: same place, and whatever
    /// changed carries a time later than the last build.
    fn explains(&self, root: &Path, now: &BTreeMap<PathBuf, String>) -> bool {
        let later = |file: &Path| {
            let time = fs::metadata(file).and_then(|data| data.modified());
            time.is_ok_and(|time| time > self.written)
        };
        self.root == root
            && now
                .iter()
                .all(|(file, print)| self.files.get(file) == Some(print) || later(file))
    }
}

/// Removes cargo's own fingerprints of this workspace's crates, at most `depth` folders down.
fn forget(target: &Path, depth: usize) -> Result<()> {
    let Ok(entries) = fs::read_dir(target) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let parent = path.parent().and_then(Path::file_name).unwrap_or_default();
        if parent == ".fingerprint" {
            if name.starts_with("pigeon-") || name.starts_with("xtask-") {
                fs::remove_dir_all(&path)?;
            }
        } else if path.is_dir() && depth > 0 && (name == ".fingerprint" || !name.starts_with('.')) {
            forget(&path, depth - 1)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// What a record from an hour in the future, or long ago, says of this very file.
    fn explains(known: &str, root: &str, written: SystemTime) -> bool {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/stamp.rs");
        let files = BTreeMap::from([(file.clone(), known.to_owned())]);
        let record = Record {
            root: PathBuf::from("/here"),
            files,
            written,
        };
        record.explains(Path::new(root), &BTreeMap::from([(file, "new".to_owned())]))
    }

    #[test]
    fn a_change_with_an_older_time_is_not_left_to_cargo() {
        let long_ago = SystemTime::UNIX_EPOCH;
        let later = fs::metadata(concat!(env!("CARGO_MANIFEST_DIR"), "/src/stamp.rs"))
            .and_then(|data| data.modified())
            .map_or(long_ago, |time| time + Duration::from_hours(1));
        assert!(explains("new", "/here", later));
        assert!(explains("old", "/here", long_ago));
        assert!(!explains("old", "/here", later));
        assert!(!explains("new", "/elsewhere", later));
    }
}
