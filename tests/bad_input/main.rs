//! Bad input through the command: refused with exit code 2, with a place, soon, in little memory, and never with
//! a panic.

#![expect(
    clippy::disallowed_methods,
    reason = "writes bad files, lists them, and measures that checking them ends soon"
)]

mod events;
mod follow_on;
mod giants;
mod hostile;
mod in_doubt;
mod law;
mod let_in;
mod meaning;
mod named;
mod participation;
mod record;
mod whole;
mod writing;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// One second is promised. The rest is for a machine that does other things as well.
const SOON: Duration = Duration::from_secs(3);

/// What one check may take of memory, in KiB: all its address space, which is more than ever is resident.
const MEMORY_KIB: u32 = 200 * 1024;

/// What came of one check.
struct Checked {
    code: Option<i32>,
    stdout: String,
    stderr: String,
    took: Duration,
}

impl Checked {
    /// What is wrong with how a bad file was refused; nothing, when all is as promised.
    fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        let mut expect = |holds: bool, what: &str| {
            if !holds {
                complaints.push(what.to_owned());
            }
        };
        expect(self.code == Some(2), &format!("exit code {:?}, not 2", self.code));
        expect(self.stderr.starts_with("error: "), "no error comes first");
        expect(self.stderr.contains("--> "), "no place");
        expect(!self.stderr.contains("panicked"), "a panic");
        expect(!self.stderr.contains('\u{1b}'), "an escape sequence");
        expect(self.stdout.is_empty(), "something on the output stream");
        expect(self.took < SOON, &format!("took {:?}", self.took));
        if !complaints.is_empty() {
            complaints.push(self.stderr.chars().take(2_000).collect());
        }
        complaints
    }

    /// The places named, as `file:line:column` or `file`.
    fn places(&self) -> Vec<&str> {
        self.stderr.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect()
    }

    /// The lines that people read first: errors, places and advice, without the quoted source.
    fn gist(&self) -> String {
        let shown = |line: &&str| {
            let line = line.trim_start();
            ["error: ", "--> ", "= help: "].iter().any(|start| line.starts_with(start))
        };
        self.stderr.lines().filter(shown).flat_map(|line| ["    ", line.trim_start(), "\n"]).collect()
    }
}

/// Runs `comity check` on a file, in its folder.
fn check(path: &Path) -> Checked {
    let comity = env!("CARGO_BIN_EXE_comity");
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -v {MEMORY_KIB} && exec \"$0\" \"$@\""), comity]);
        shell
    } else {
        Command::new(comity)
    };
    let name = path.file_name().expect("a file");
    command.arg("check").arg(name).current_dir(path.parent().expect("a folder")).env_remove("COMITY_LOG");
    let start = Instant::now();
    let output = command.output().expect("the command runs");
    Checked {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        took: start.elapsed(),
    }
}

/// The YAML files of a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_input/corpus")
}
