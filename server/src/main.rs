//! The program `pigeon`: what is typed becomes a command.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match pigeon_server::command::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("pigeon: {failure}");
            ExitCode::FAILURE
        }
    }
}
