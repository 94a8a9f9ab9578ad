//! `pigeon config`: what is decided, and where.

use crate::config::{Loaded, shown};

/// The command.
pub fn run(loaded: &Loaded) {
    let options = shown(&loaded.matches, &loaded.file);
    let name_width = options
        .iter()
        .map(|option| option.name.len())
        .max()
        .unwrap_or_default();
    for option in options {
        let name = option.name;
        match option.value {
            Some(value) => println!("{name:name_width$} = {value}  ({})", option.origin),
            None => println!("{name:name_width$}    ({})", option.origin),
        }
    }
}
