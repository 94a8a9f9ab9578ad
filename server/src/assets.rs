//! What browsers load: hashed, compressed beforehand, embedded. A program built without the site
//! (as the tests are) serves pages without styles and scripts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Read as _;
use std::sync::{LazyLock, Mutex, PoisonError};

use bytes::Bytes;
use flate2::read::GzDecoder;
use pigeon_app::Assets;
use rust_embed::RustEmbed;

/// What `cargo xtask build` puts together.
#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// Plain names to names that carry the content's hash. Read once: the embedded files do not change.
static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Site::get("manifest.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
});

/// See [`build`].
static BUILD: LazyLock<String> = LazyLock::new(|| {
    let mut print = DefaultHasher::new();
    MANIFEST.hash(&mut print);
    // What the server renders changes with its version, and while it is worked on with every start.
    env!("CARGO_PKG_VERSION").hash(&mut print);
    if cfg!(debug_assertions) {
        std::process::id().hash(&mut print);
    }
    format!("{:016x}", print.finish())
});

/// Programs as clients without any compression ask for them, by their real names: the files lie here
/// compressed alone, since uncompressed they would be a good part of our own weight. No more than
/// there are programs.
static UNPACKED: Mutex<BTreeMap<String, Bytes>> = Mutex::new(BTreeMap::new());

/// A way of compression that files lie ready in, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// None.
    Identity,
}

impl Coding {
    /// The word of `Accept-Encoding` and `Content-Encoding`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    const fn end(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// The codings that an `Accept-Encoding` header takes, best first. What it does not name, or
    /// names with a quality of zero, it does not take; none at all is always taken.
    pub fn accepted(header: &str) -> impl Iterator<Item = Self> {
        [Self::Brotli, Self::Gzip, Self::Identity]
            .into_iter()
            .filter(move |coding| *coding == Self::Identity || names(header, coding.word()))
    }
}

fn names(header: &str, word: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_it = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(word));
        let is_refused = parts
            .filter_map(|part| part.strip_prefix("q="))
            .any(|quality| quality.parse().is_ok_and(|quality: f32| quality <= 0.0));
        is_it && !is_refused
    })
}

/// One file as it goes out.
pub struct Asset {
    /// Its bytes.
    pub bytes: Bytes,
    /// In which coding they are.
    pub coding: Coding,
    /// The name that carries the content's hash.
    pub real_name: String,
}

/// What this server's pages are made of, as one word: the same for every server of one build.
pub fn build() -> &'static str {
    &BUILD
}

/// The file of a hashed name in the best coding that the header takes.
pub fn by_real_name(name: &str, accept_encoding: &str) -> Option<Asset> {
    // Only names on the list: the compressed copies have no address of their own.
    MANIFEST.values().find(|real| *real == name)?;
    Coding::accepted(accept_encoding).find_map(|coding| {
        let ready = stored(&format!("{name}{}", coding.end()));
        let bytes = match (ready, coding) {
            (None, Coding::Identity) => unpacked(name)?,
            (ready, _) => ready?,
        };
        Some(Asset {
            bytes,
            coding,
            real_name: name.to_owned(),
        })
    })
}

fn stored(name: &str) -> Option<Bytes> {
    Some(match Site::get(name)?.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    })
}

fn unpacked(name: &str) -> Option<Bytes> {
    let mut known = UNPACKED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = known.get(name) {
        return Some(bytes.clone());
    }
    let packed = stored(&format!("{name}{}", Coding::Gzip.end()))?;
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_ref())
        .read_to_end(&mut bytes)
        .ok()?;
    let bytes = Bytes::from(bytes);
    known.insert(name.to_owned(), bytes.clone());
    Some(bytes)
}

/// The file of a plain name.
pub fn by_name(name: &str, accept_encoding: &str) -> Option<Asset> {
    by_real_name(MANIFEST.get(name)?, accept_encoding)
}

/// Where the pages find what they load.
pub fn addresses() -> Assets {
    let address = |name: &str| {
        MANIFEST
            .get(name)
            .map(|real| format!("/pkg/{real}"))
            .unwrap_or_default()
    };
    Assets {
        guest_js: address("guest.js"),
        guest_wasm: address("guest.wasm"),
        own_js: address("own.js"),
        own_wasm: address("own.wasm"),
        team_js: address("team.js"),
        team_wasm: address("team.wasm"),
        css: address("pigeon.css"),
        brand: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_coding_is_taken() {
        let first = |header| Coding::accepted(header).next();
        assert_eq!(first("gzip, deflate, br"), Some(Coding::Brotli));
        assert_eq!(first("gzip;q=1.0, br;q=0"), Some(Coding::Gzip));
        assert_eq!(first("GZIP"), Some(Coding::Gzip));
        assert_eq!(first("brotli"), Some(Coding::Identity));
        assert_eq!(first(""), Some(Coding::Identity));
    }
}
