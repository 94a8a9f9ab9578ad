//! `pigeon user`: people with accounts, from the command line.

use std::io::{self, BufRead as _};

use clap::{Args, Subcommand};
use pigeon_core::mail::Mailer;
use pigeon_core::person;
use pigeon_core::setting::Overrides;

use super::Failure;
use crate::config::Place;

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Adds a user
    Add(Add),
}

/// A user to be.
#[derive(Args, Debug)]
pub struct Add {
    /// Mail address to log in with
    #[arg(long)]
    email: String,
    /// Name that others see
    #[arg(long)]
    name: String,
    /// What the user may do: owner, admin, lead, agent, viewer, or user for nothing but writing
    #[arg(long, value_parser = ["owner", "admin", "lead", "agent", "viewer", "user"])]
    role: String,
    /// Take the password from the first line of the standard input, the one way that shows it to
    /// nobody
    #[arg(long, required = true)]
    password_stdin: bool,
}

/// The command.
pub async fn run(place: &Place, command: &Command) -> Result<(), Failure> {
    let Command::Add(new) = command;
    let mut password = String::new();
    io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);
    let mailer = Mailer::folder(place.mail_folder());
    let office = super::office(place, Overrides::default(), mailer).await?;
    person::add(&office, &new.email, &new.name, &new.role, password).await?;
    println!("{} <{}> can log in as {}.", new.name, new.email, new.role);
    Ok(())
}
