//! Running programs: one builder that tells, when a program fails, what to do next.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A program about to be run.
pub struct Tool {
    command: Command,
    shown: String,
    advice: Option<String>,
}

impl Tool {
    /// A program by its name or path.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let shown = program.as_ref().to_string_lossy().into_owned();
        Self {
            command: Command::new(program),
            shown,
            advice: None,
        }
    }

    /// One more argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    /// More arguments.
    pub fn args<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    /// One variable of the program's environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// More variables of the program's environment.
    pub fn envs<'a>(self, variables: impl IntoIterator<Item = &'a (String, OsString)>) -> Self {
        variables
            .into_iter()
            .fold(self, |tool, (name, value)| tool.env(name, value))
    }

    /// The folder to run in.
    pub fn dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What a person should do when the program fails.
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Runs it with its output on the terminal.
    pub fn run(mut self) -> Result<()> {
        let status = self.command.status();
        let status = status.with_context(|| format!("could not start `{}`", self.shown))?;
        if status.success() {
            return Ok(());
        }
        let failure = format!("`{}` failed ({status})", self.shown);
        match self.advice {
            Some(advice) => bail!("{failure}\n\nWhat to do: {advice}"),
            None => bail!(failure),
        }
    }

    /// Runs it and returns what it printed, trimmed.
    pub fn read(mut self) -> Result<String> {
        let output = self.command.stderr(Stdio::inherit()).output();
        let output = output.with_context(|| format!("could not start `{}`", self.shown))?;
        if !output.status.success() {
            bail!("`{}` failed ({})", self.shown, output.status);
        }
        let text = String::from_utf8(output.stdout);
        let text = text.with_context(|| format!("`{}` did not print text", self.shown))?;
        Ok(text.trim().to_owned())
    }

    /// Runs it in silence and tells whether it succeeded.
    pub fn succeeds(mut self) -> bool {
        let quiet = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// The command underneath, for what the builder does not know.
    pub fn into_command(self) -> Command {
        self.command
    }
}

/// Where on PATH a program lies.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
