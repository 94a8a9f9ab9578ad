//! Fills an empty database with a world that looks real. Not part of the product: it is built with the
//! feature `testing` alone, and `cargo xtask seed` runs it.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use pigeon_core::Office;
use pigeon_core::clock::{Clock, Randomness};
use pigeon_core::mail::Mailer;
use pigeon_core::office::Options;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::seed::{self, OWNER, PASSWORD, Plan};

/// What was typed.
struct Wanted {
    threads: usize,
    texts: usize,
    seed: u64,
    database: String,
    files: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let made = match Wanted::read(&arguments) {
        Ok(wanted) => make(&wanted).await,
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("pigeon-seed: {why}");
            ExitCode::FAILURE
        }
    }
}

impl Wanted {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut wanted = Self {
            threads: 100_000,
            texts: 1_000_000,
            seed: 1,
            database: "sqlite://data/pigeon.db".to_owned(),
            files: std::env::temp_dir().join("pigeon-seed"),
        };
        let mut folder = "data".to_owned();
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let value = words
                .next()
                .ok_or_else(|| format!("{word} takes a value"))?;
            let number = || value.parse().map_err(|_| format!("{word} takes a number"));
            match word.as_str() {
                "--threads" => wanted.threads = number()?,
                "--messages" => wanted.texts = number()?,
                "--seed" => wanted.seed = value.parse().map_err(|_| "--seed takes a number")?,
                "--database" => {
                    wanted.database.clone_from(value);
                    folder.clear();
                }
                "--data" => {
                    wanted.database = format!("sqlite://{value}/pigeon.db");
                    folder.clone_from(value);
                }
                _ => {
                    return Err(format!(
                        "{word} is not known; there are --threads, --messages, --seed, --database \
                         and --data"
                    ));
                }
            }
        }
        if wanted.threads == 0 {
            return Err("--threads begins at 1".to_owned());
        }
        if !folder.is_empty() {
            std::fs::create_dir_all(&folder).map_err(|cause| format!("{folder}: {cause}"))?;
            wanted.files = PathBuf::from(folder).join("files");
        }
        Ok(wanted)
    }
}

async fn make(wanted: &Wanted) -> Result<(), String> {
    let options = Options {
        database: wanted.database.clone(),
        files: wanted.files.clone(),
        courier: None,
        clock: Clock::default(),
        randomness: Randomness::default(),
        overrides: Overrides::default(),
        mailer: Mailer::memory().0,
    };
    let office = Office::open(options)
        .await
        .map_err(|cause| cause.to_string())?;
    let plan = Plan::until(office.now(), wanted.seed, wanted.threads, wanted.texts);
    let since = Instant::now();
    let told = |written| bar(written, plan.texts, since);
    seed::make(&office, &plan, told)
        .await
        .map_err(|why| why.to_string())?;
    let staff = office.start();
    office.stop(staff).await;
    println!(
        "\n{} threads with {} messages in {} s. Log in as {OWNER}, password \"{PASSWORD}\".",
        plan.threads,
        plan.texts,
        since.elapsed().as_secs()
    );
    Ok(())
}

/// Shows how far it is, on a terminal in one line that moves.
fn bar(written: usize, all: usize, since: Instant) {
    const WIDTH: usize = 40;
    let done = WIDTH * written / all.max(1);
    let (full, empty) = ("#".repeat(done), ".".repeat(WIDTH - done.min(WIDTH)));
    let seconds = since.elapsed().as_secs();
    let (begin, end) = if std::io::stderr().is_terminal() {
        ("\r", "")
    } else {
        ("", "\n")
    };
    eprint!("{begin}[{full}{empty}] {written} of {all} messages, {seconds} s{end}");
    // A bar that cannot be shown is not worth stopping for.
    let _ = std::io::stderr().flush();
}
