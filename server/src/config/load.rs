//! Flags, environment and file into one. The file's values become the flags' defaults, so that one
//! parser reads all three and they cannot differ in what they take.

use std::fmt::Write as _;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Args as _, Command, CommandFactory as _, FromArgMatches as _};

use super::file::OptionsFile;
use super::{FileError, Options, Place};
use crate::command::Cli;

/// What the operator decided.
pub struct Loaded {
    /// The command with its options.
    pub cli: Cli,
    /// The same, before it was turned into values.
    pub matches: ArgMatches,
    /// The file that some of it comes from.
    pub file: OptionsFile,
}

/// Why there is nothing to do.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// The arguments or the environment; also the request for help.
    #[error(transparent)]
    Arguments(#[from] clap::Error),
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Reads `arguments`, the environment and the file of options.
pub fn load(arguments: impl IntoIterator<Item = OsString>) -> Result<Loaded, Wrong> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // First without the file, since the arguments say where it is.
    let typed = command().try_get_matches_from(&arguments)?;
    let named = typed.get_one::<PathBuf>("config");
    let data = typed
        .get_one::<PathBuf>("data")
        .cloned()
        .unwrap_or_default();
    let file = OptionsFile::read(named.map(PathBuf::as_path), &data, &names())?;
    let matches = match &file.path {
        None => typed,
        Some(path) => with_defaults(command(), &file)
            .try_get_matches_from(&arguments)
            .map_err(
                // Without the file all was well.
                |error| FileError::BadValue {
                    path: path.clone(),
                    reason: reason(&error),
                },
            )?,
    };
    let cli = Cli::from_arg_matches(&matches)?;
    Ok(Loaded { cli, matches, file })
}

/// The command line, with every option of the server told by the program's own help.
pub fn command() -> Command {
    let mut help = String::from("Options of `serve` and `config`:\n");
    for option in options().get_arguments() {
        let flag = option.get_long().unwrap_or_default();
        let variable = option.get_env().unwrap_or_default().to_string_lossy();
        // Writing to a string cannot fail.
        let _ = writeln!(help, "  --{flag:<24} {variable}");
    }
    help += "\nA flag wins over its variable, and that over the file of options. \
             `pigeon serve --help` tells what each is for.";
    Cli::command().after_help(help)
}

/// The options of the server alone.
pub fn options() -> Command {
    Options::augment_args(Command::new("serve"))
}

/// The options of every command alone.
pub fn place() -> Command {
    Place::augment_args(Command::new("pigeon"))
}

/// The names that may stand in a file: every option but the one that names the file.
fn names() -> Vec<String> {
    place()
        .get_arguments()
        .chain(options().get_arguments())
        .filter_map(|option| option.get_long())
        .filter(|name| *name != "config")
        .map(str::to_owned)
        .collect()
}

fn with_defaults(mut command: Command, file: &OptionsFile) -> Command {
    for (name, value) in &file.values {
        let id = name.replace('-', "_");
        let has = |command: &Command| {
            command
                .get_arguments()
                .any(|option| option.get_long() == Some(name))
        };
        if has(&place()) {
            command = command.mut_arg(&id, |option| option.default_value(value.clone()));
            continue;
        }
        let set =
            |command: Command| command.mut_arg(&id, |option| option.default_value(value.clone()));
        for user in ["serve", "config"] {
            command = command.mut_subcommand(user, set);
        }
        command = command.mut_subcommand("mail", |mail| {
            mail.mut_subcommand("run", set).mut_subcommand("test", set)
        });
    }
    command
}

/// The first line of clap's report, without its own "error:".
fn reason(error: &clap::Error) -> String {
    let report = error.to_string();
    let line = report.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}
