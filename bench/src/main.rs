//! Measures a built Pigeon over its own doors, on the loopback, against a world made by
//! `cargo xtask seed`. Every step is bounded in count and time. Figures of one run compare with each
//! other; those of two runs on a busy machine do not.

mod http;
mod report;
mod server;
mod step;
mod telling;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use server::Server;

/// What was typed.
struct Wanted {
    binary: PathBuf,
    data: String,
    database: Option<String>,
    writes: bool,
    tells: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let wanted = match Wanted::read(std::env::args().skip(1)) {
        Ok(wanted) => wanted,
        Err(wrong) => {
            eprintln!("pigeon-bench: {wrong}");
            return ExitCode::FAILURE;
        }
    };
    match measure(&wanted).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("pigeon-bench: {why}");
            ExitCode::FAILURE
        }
    }
}

impl Wanted {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut wanted = Self {
            binary: PathBuf::from("target/release/pigeon"),
            data: "data".to_owned(),
            database: None,
            writes: true,
            tells: false,
        };
        while let Some(word) = words.next() {
            if word == "--read-only" {
                wanted.writes = false;
                continue;
            }
            if word == "--telling" {
                wanted.tells = true;
                continue;
            }
            let value = words
                .next()
                .ok_or_else(|| format!("{word} takes a value"))?;
            match word.as_str() {
                "--binary" => wanted.binary = PathBuf::from(value),
                "--data" => wanted.data = value,
                "--database" => wanted.database = Some(value),
                _ => {
                    return Err(format!(
                        "{word} is not known; there are --binary, --data, --database, --read-only, --telling"
                    ));
                }
            }
        }
        Ok(wanted)
    }
}

async fn measure(wanted: &Wanted) -> io::Result<()> {
    let server = Server::start(&wanted.binary, &wanted.data, wanted.database.as_deref()).await?;
    report::line(
        "start to the first answer",
        &format!("{:.0?}", server.ready_in),
    );
    let at = step::sign_in(&server).await?;
    step::memory(&server).await?;
    step::pages(&at).await?;
    step::search(&at).await?;
    step::counts(&at).await?;
    if wanted.tells {
        return telling::doors(&at).await;
    }
    if wanted.writes {
        step::posts(&at, &server).await?;
        step::fan_out(&at, &server).await?;
    }
    Ok(())
}
