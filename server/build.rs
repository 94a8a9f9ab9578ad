//! Builds the program anew when what it embeds has changed.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let site = Path::new("../target/site");
    // Cargo takes a watched path that is missing for one that changes all the time.
    std::fs::create_dir_all(site)?;
    // A debug program embeds nothing: it reads the site where it lies.
    if std::env::var_os("PROFILE").is_some_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", site.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
