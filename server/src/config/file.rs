//! The file of options.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The name of the file in the data folder.
const NAME: &str = "pigeon.toml";

/// What stands in a file of options: keys that are options' names, values as they would be typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionsFile {
    /// Which file; `None` when there is none.
    pub path: Option<PathBuf>,
    /// The values by option.
    pub values: BTreeMap<String, String>,
}

/// Why a file of options cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It could not be read.
    #[error("{} cannot be read: {cause}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// It is no TOML.
    #[error("{} is no TOML: {cause}", path.display())]
    NoToml {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        cause: Box<toml::de::Error>,
    },
    /// It has a key that is no option.
    #[error("{} has the key \"{key}\", which is no option{}; `pigeon config` lists them all",
        path.display(), near.as_ref().map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default())]
    UnknownKey {
        /// Which file.
        path: PathBuf,
        /// The key.
        key: String,
        /// The option whose name is nearest.
        near: Option<String>,
    },
    /// A value is of a type that no option has.
    #[error("{}: \"{key}\" is a text, a number, true or false, or a list of texts", path.display())]
    WrongType {
        /// Which file.
        path: PathBuf,
        /// The key.
        key: String,
    },
    /// The file says where it lies itself.
    #[error("{}: \"data\" cannot stand in the data folder's own file", path.display())]
    SaysWhereItIs {
        /// Which file.
        path: PathBuf,
    },
    /// A value does not fit its option.
    #[error("{}: {reason}", path.display())]
    BadValue {
        /// Which file.
        path: PathBuf,
        /// The option and what is wrong.
        reason: String,
    },
}

impl OptionsFile {
    /// Reads `named`, or the file in the data folder if it is there. `options` are the names that
    /// are known.
    pub fn read(named: Option<&Path>, data: &Path, options: &[String]) -> Result<Self, FileError> {
        let own = data.join(NAME);
        let path = match named {
            Some(path) => path,
            None if own.is_file() => &own,
            None => return Ok(Self::default()),
        };
        let at = || path.to_owned();
        let text = fs::read_to_string(path)
            .map_err(|cause| FileError::Unreadable { path: at(), cause })?;
        let table: Table = text.parse().map_err(|cause| FileError::NoToml {
            path: at(),
            cause: Box::new(cause),
        })?;
        let mut values = BTreeMap::new();
        for (key, value) in table {
            if !options.contains(&key) {
                let near = options
                    .iter()
                    .find(|name| plain(name) == plain(&key))
                    .cloned();
                return Err(FileError::UnknownKey {
                    path: at(),
                    key,
                    near,
                });
            }
            if key == "data" && named.is_none() {
                return Err(FileError::SaysWhereItIs { path: at() });
            }
            let Some(typed) = typed(&value) else {
                return Err(FileError::WrongType { path: at(), key });
            };
            values.insert(key, typed);
        }
        Ok(Self {
            path: Some(at()),
            values,
        })
    }
}

/// A value as it would be typed.
fn typed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(choice) => Some(choice.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            Some(items?.join(","))
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

/// A name without what people get wrong about it.
fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase()
}
