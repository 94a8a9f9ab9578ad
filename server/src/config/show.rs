//! Every option with its value and where it came from, without secrets.

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches};

use super::file::OptionsFile;
use super::load::{options, place};

/// One option as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// Its value; `None` when it has none.
    pub value: Option<String>,
    /// Where that came from.
    pub origin: String,
}

/// Every option, in the order of the list.
pub fn shown(matches: &ArgMatches, file: &OptionsFile) -> Vec<Shown> {
    let of_command = matches.subcommand().map_or(matches, |(_, inner)| inner);
    let (place, options) = (place(), options());
    place
        .get_arguments()
        .map(|option| one(option, matches, file))
        .chain(
            options
                .get_arguments()
                .map(|option| one(option, of_command, file)),
        )
        .collect()
}

fn one(option: &Arg, matches: &ArgMatches, file: &OptionsFile) -> Shown {
    let name = option.get_long().unwrap_or_default().to_owned();
    let id = option.get_id().as_str();
    let typed = matches.try_get_raw(id).ok().flatten().map(|values| {
        let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
        redacted(&values.join(","))
    });
    let variable = option.get_env().unwrap_or_default().to_string_lossy();
    let origin = match matches.value_source(id) {
        Some(ValueSource::CommandLine) => format!("flag --{name}"),
        Some(ValueSource::EnvVariable) => format!("variable {variable}"),
        Some(_) if file.values.contains_key(&name) => file
            .path
            .as_ref()
            .map(|path| path.display().to_string())
            .unwrap_or_default(),
        Some(_) => "default".to_owned(),
        None => "not set".to_owned(),
    };
    Shown {
        name,
        value: typed,
        origin,
    }
}

/// `value` with the password of every address in it hidden.
pub fn redacted(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else {
        return value.to_owned();
    };
    // The last @ of all: a password that nobody encoded may hold one itself, and a slash too.
    let Some(at) = rest.rfind('@') else {
        return value.to_owned();
    };
    let (credentials, host) = rest.split_at(at);
    match credentials.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:***{host}"),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (told, shown) in [
            (
                "smtp://u:secret@mail.example:587",
                "smtp://u:***@mail.example:587",
            ),
            (
                "postgres://u:p%40ss@db/pigeon?x=y",
                "postgres://u:***@db/pigeon?x=y",
            ),
            ("postgres://u:a@b/c@db/pigeon", "postgres://u:***@db/pigeon"),
            ("smtp://localhost", "smtp://localhost"),
            ("sqlite://./data/pigeon.db", "sqlite://./data/pigeon.db"),
            ("127.0.0.1:3000", "127.0.0.1:3000"),
        ] {
            assert_eq!(redacted(told), shown);
        }
    }
}
