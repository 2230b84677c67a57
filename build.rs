//! Tells the program which commit it is built from and for what.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=RUBRICA_COMMIT");
    // Only a release names its commit: a development build would be made anew for each one.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = std::env::var("RUBRICA_COMMIT").ok().or_else(|| is_release.then(commit).flatten());
    println!("cargo::rustc-env=RUBRICA_COMMIT={}", commit.as_deref().unwrap_or("development"));
    println!("cargo::rustc-env=RUBRICA_TARGET={}", std::env::var("TARGET").unwrap_or_default());
}

/// From the repository, or from the note that `cargo package` leaves.
fn commit() -> Option<String> {
    println!("cargo::rerun-if-changed=.git/logs/HEAD");
    let packaged = std::fs::read_to_string(".cargo_vcs_info.json").ok();
    if let Some(id) = packaged.as_deref().and_then(|text| text.split("\"sha1\": \"").nth(1)) {
        return id.get(..9).map(str::to_owned);
    }
    let output = Command::new("git").args(["rev-parse", "--short=9", "HEAD"]).output().ok()?;
    let id = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| id.trim().to_owned())
}
