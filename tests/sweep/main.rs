//! Sweeps as people run them: whatever the threads and shards, wherever they are killed, one table.

#![expect(clippy::disallowed_methods, reason = "runs processes, kills them, and reads and damages what they wrote")]

mod at_once;
mod builds;
mod cases;
mod damage;
mod entries;
mod kill;
mod law;
mod plan;
mod progress;
mod report;
mod shards;
mod single_runs;
mod tables;
mod undefined;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Two variants, four points, three seeds: 24 runs, each some hundredths of a second.
const STUDY: &str = "\
title: Networks and incidents of the flagship
scenario: scenarios/one-state-stays-out.yaml
seed: 11
replicates: 3
variants: [holds-out, joins]
design: { latin-hypercube: { points: 4 } }
factors:
  networks.count: { from: 30, to: 60, whole: true }
  networks.behaviour.incidents-per-year: { from: 3, to: 6 }
  states.hesper.law: { values: [full, no-internet-trafficking] }
";

/// A folder that ends with the test.
struct Place(tempfile::TempDir);

impl Place {
    /// A new one.
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A path in it.
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The same as text.
    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Writes a file there.
    fn write(&self, name: &str, text: &str) -> PathBuf {
        std::fs::write(self.path(name), text).expect("written");
        self.path(name)
    }

    /// A plan of a study, in a folder of this name.
    fn plan(&self, study: &str, name: &str) -> String {
        let file = self.write(&format!("{name}.yaml"), study);
        let out = self.text(name);
        ok(&["sweep", "plan", &file.display().to_string(), "-o", &out, "--set", "to=2012-06-30"]);
        out
    }

    /// The merged table of a plan or results, as text.
    fn merged(&self, folder: &str) -> String {
        let table = self.text("merged.csv");
        ok(&["sweep", "merge", folder, "-o", &table]);
        std::fs::read_to_string(table).expect("a table")
    }
}

/// The command, in the folder of the repository.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("COMITY_LOG");
    command
}

/// What it gave.
fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command runs")
}

/// What it printed; it must have succeeded.
#[track_caller]
fn ok(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What it said on the error stream; it must have ended with this code.
#[track_caller]
fn ends(code: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

/// The parts of a folder of results, in order of name.
fn parts(results: &Path) -> Vec<PathBuf> {
    let mut parts: Vec<PathBuf> = std::fs::read_dir(results)
        .expect("results")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "part"))
        .collect();
    parts.sort();
    parts
}
