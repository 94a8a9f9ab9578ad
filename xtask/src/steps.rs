//! Numbered steps with their times, and the choice of one by name.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// One named step of a longer command; `C` is what all steps may use.
pub struct Step<C> {
    /// How to ask for it with `--only`.
    pub name: &'static str,
    /// What it does, as a heading.
    pub title: &'static str,
    /// The work itself.
    pub work: fn(&C) -> Result<()>,
}

/// Which steps a developer asked for.
pub enum Choice {
    /// All of them.
    All,
    /// Only the named one.
    Only(String),
    /// None: list them.
    List,
}

impl Choice {
    /// Reads `--list` or `--only <step>`.
    pub fn read(arguments: &[String]) -> Result<Self> {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] => Ok(Self::All),
            ["--list"] => Ok(Self::List),
            ["--only", step] => Ok(Self::Only((*step).to_owned())),
            _ => bail!(
                "expected nothing, `--list` or `--only <step>`, not `{}`",
                words.join(" ")
            ),
        }
    }
}

/// Prints the names of the steps.
pub fn list<C>(steps: &[Step<C>]) {
    for step in steps {
        println!("  {:<16} {}", step.name, step.title);
    }
}

/// Runs the chosen steps in order and stops at the first that fails.
pub fn run<C>(steps: &[Step<C>], choice: &Choice, context: &C) -> Result<()> {
    let wanted: Vec<&Step<C>> = match choice {
        Choice::List => Vec::new(),
        Choice::All => steps.iter().collect(),
        Choice::Only(name) => {
            let step = steps.iter().find(|step| step.name == name);
            vec![step.with_context(|| format!("there is no step `{name}`; see `--list`"))?]
        }
    };
    let begun = Instant::now();
    for (index, step) in wanted.iter().enumerate() {
        let number = format!("[{}/{}]", index + 1, wanted.len());
        println!("{number} {} …", step.title);
        let begun = Instant::now();
        (step.work)(context).with_context(|| format!("step `{}` failed", step.name))?;
        println!(
            "{number} {}: done in {}\n",
            step.title,
            human(begun.elapsed())
        );
    }
    println!("All of it holds, in {}.", human(begun.elapsed()));
    Ok(())
}

/// A duration as a person says it.
pub fn human(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}
