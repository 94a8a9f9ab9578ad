//! Where things lie: the checkout, what is built into it, and the caches outside of it.
//!
//! Compilation happens in the user's cache folder, so that a fresh clone on the same machine is
//! warm. Only one checkout uses it at a time; a second one that builds meanwhile falls back to
//! folders of its own.

use std::env;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::stamp;

/// The folders of one checkout, held for as long as this value lives.
pub struct Place {
    root: PathBuf,
    cache: PathBuf,
    /// Holds the cache's lock; released by the system however the process ends.
    _lock: Option<File>,
}

impl Place {
    /// Finds the checkout and takes the cache, if nobody else has it.
    pub fn find() -> Result<Self> {
        let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let here = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = here
            .parent()
            .context("xtask lies inside the workspace")?
            .to_owned();
        let (cache, lock) = take_cache(&root)?;
        let place = Self {
            root,
            cache,
            _lock: lock,
        };
        fs::create_dir_all(place.site())?;
        stamp::settle(&place)?;
        Ok(place)
    }

    /// The workspace.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the workspace.
    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The cache folder itself.
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// Where the server half is compiled.
    pub fn native_target(&self) -> PathBuf {
        self.cache.join("target-native")
    }

    /// Where the browser half is compiled.
    pub fn wasm_target(&self) -> PathBuf {
        self.cache.join("target-wasm")
    }

    /// What the browser loads; the server's binary embeds this folder.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The finished program.
    pub fn binary(&self) -> PathBuf {
        self.root
            .join("target/release")
            .join(format!("pigeon{}", env::consts::EXE_SUFFIX))
    }

    /// The finished program, which must be there already.
    pub fn built(&self) -> Result<PathBuf> {
        let binary = self.binary();
        if !binary.is_file() {
            bail!(
                "{} is missing.\n\nWhat to do: `cargo xtask build`",
                binary.display()
            );
        }
        Ok(binary)
    }

    /// The browser journeys, and the packages from npm.
    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }
}

/// The shared cache with its lock, or a private one where that cannot be had.
fn take_cache(root: &Path) -> Result<(PathBuf, Option<File>)> {
    let shared = shared_cache().filter(|folder| fs::create_dir_all(folder).is_ok());
    if let Some(shared) = shared
        && let Ok(lock) = File::create(shared.join("lock"))
        && is_taken(&lock, &shared, root)
    {
        return Ok((shared, Some(lock)));
    }
    let private = root.join("target/xtask");
    fs::create_dir_all(&private)?;
    Ok((private, None))
}

/// Takes the lock. From another command in the same checkout it will soon be had; another
/// checkout may hold it for long, and would cost this one its results anyway.
fn is_taken(lock: &File, cache: &Path, root: &Path) -> bool {
    match lock.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) if stamp::last_root(cache).as_deref() == Some(root) => {
            println!("Waiting for another command in this checkout …");
            lock.lock().is_ok()
        }
        Err(TryLockError::WouldBlock) => {
            println!("Another checkout is building; this one compiles in its own target folder.");
            false
        }
        Err(TryLockError::Error(_)) => false,
    }
}

fn shared_cache() -> Option<PathBuf> {
    let given = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let cache =
        given.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")));
    cache.map(|cache| cache.join("pigeon"))
}
