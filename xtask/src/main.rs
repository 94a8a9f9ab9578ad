//! Developer commands: `cargo xtask <command>`.
//!
//! Reading order: [`place`] (where things lie), [`tool`] (running programs), [`setup`] (what the
//! machine must have), [`client`], [`style`] and [`site`] (what the browser loads), then one
//! module for each command.

mod audit;
mod bench;
mod budget;
mod build;
mod client;
mod crash;
mod dev;
mod place;
mod run;
mod seed;
mod setup;
mod shots;
mod site;
mod stamp;
mod steps;
mod style;
mod test;
mod tool;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// What a developer can ask for.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "run",
        about: "build, then serve on http://127.0.0.1:3000 with its data in ./data [-- arguments]",
        run: run::run,
    },
    Command {
        name: "dev",
        about: "serve, and do so anew whenever a source has changed; open pages load anew [-- arguments]",
        run: dev::run,
    },
    Command {
        name: "test",
        about: "everything that must hold before a merge [--list] [--only <step>]",
        run: test::run,
    },
    Command {
        name: "build",
        about: "the one binary, target/release/pigeon, with pages, WebAssembly and styles inside",
        run: build::run,
    },
    Command {
        name: "site",
        about: "only what the browser loads, target/site; a debug server serves it as it is",
        run: site::run,
    },
    Command {
        name: "audit",
        about: "the slow checks: licences, advisories, documentation [--list] [--only <step>]",
        run: audit::run,
    },
    Command {
        name: "crash",
        about: "kill the program while eight people write, and look for what is lost [--rounds <n>]",
        run: crash::run,
    },
    Command {
        name: "seed",
        about: "fill an empty database with a world that looks real [--threads <n>] [--messages <n>] \
                [--seed <n>] [--database <url> | --data <folder>]",
        run: seed::run,
    },
    Command {
        name: "bench",
        about: "measure the built program over such a world [--data <folder>] [--database <url>] \
                [--binary <file>] [--read-only]",
        run: bench::run,
    },
    Command {
        name: "shots",
        about: "take the pictures that the README shows",
        run: shots::run,
    },
    Command {
        name: "setup",
        about: "bring in every tool that the commands above need; each also does its own part",
        run: setup::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        print_help();
        return Ok(());
    };
    if matches!(name.as_str(), "help" | "-h" | "--help") {
        print_help();
        return Ok(());
    }
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(rest),
        None => bail!("there is no command `{name}`; `cargo xtask` lists them"),
    }
}

fn print_help() {
    println!("cargo xtask <command>\n");
    for command in COMMANDS {
        println!("  {:<7} {}", command.name, command.about);
    }
}
