//! Ctrl-C: a run ends after the day it is in and shows what it has by then, and nothing is left listening.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "waits for another process, and reads what it wrote")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use clap::Parser as _;
use comity::cli::Cli;

/// An interrupted run ends within a few seconds. The rest is for a machine that does other things as well.
const SOON: Duration = Duration::from_secs(10);
/// For what a run does before it is interrupted.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a study runs before it is interrupted: for dozens of runs on the slowest machine.
const STUDIED: Duration = Duration::from_secs(8);

/// Many networks, so that days are long and a run is under way for a while.
const LONG: [&str; 6] =
    ["run", "scenarios/one-state-stays-out.yaml", "--set", "networks.count=2000", "--set", "to=2016-12-31"];

/// A run that ends with the test, whatever becomes of it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn start(arguments: &[&str], out: Option<&Path>) -> Self {
        Self::start_telling(arguments, out, "off")
    }

    /// A run whose diagnostics are of this level.
    fn start_telling(arguments: &[&str], out: Option<&Path>, level: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
        command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env("COMITY_LOG", level);
        if let Some(out) = out {
            command.arg("--out").arg(out);
        }
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs"))
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.0.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// How it ended and what was still to be read of its error stream.
    fn end(mut self) -> (ExitStatus, Duration, String) {
        let start = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().expect("it is ours") {
                let took = start.elapsed();
                let mut said = String::new();
                if let Some(mut stderr) = self.0.stderr.take() {
                    stderr.read_to_string(&mut said).expect("text");
                }
                return (status, took, said);
            }
            assert!(start.elapsed() < SOON, "it goes on {SOON:?} after the signal");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Waits until something holds.
fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Reads addresses (`    127.0.0.1:4711  name`) until a line that is none.
fn addresses(stderr: &mut impl std::io::BufRead, how_many: usize) -> Vec<SocketAddr> {
    let mut found = Vec::new();
    while found.len() < how_many {
        let mut line = String::new();
        assert!(stderr.read_line(&mut line).expect("text") > 0, "it ended after {found:?}");
        found.extend(line.split_whitespace().next().and_then(|word| word.parse::<SocketAddr>().ok()));
    }
    found
}

fn listens(address: SocketAddr) -> bool {
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
}

/// As if it had been asked for a run to that day: log, summary, tables, page and what is shown. What a scenario dates later
/// does not stand in the way.
#[test]
fn an_interrupted_run_leaves_what_a_run_to_that_day_leaves() {
    let many = ["--set", "networks.count=2000", "--transport", "direct"];
    let gradual = [&["run", "scenarios/gradual-adoption.yaml"], many.as_slice()].concat();
    let seizure = [&["run", "scenarios/moving-operators.yaml", "--variant", "seizure"], many.as_slice()].concat();
    // Whoever runs the tests may have told its programs to pass over a terminal that is closed.
    let ignored = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = ignored.lines().find_map(|line| line.strip_prefix("SigIgn:")?.trim().bytes().last());
    let hears = ignored.is_some_and(|digit| b"02468ace".contains(&digit));
    let closed = if hears { "HUP" } else { "INT" };
    for (run, signal) in [(LONG.as_slice(), "INT"), (&LONG, "TERM"), (&gradual, closed), (&seizure, "INT")] {
        leaves_a_shorter_run(run, signal);
    }
}

/// `nohup` says that a closed terminal is to end nothing.
#[test]
fn a_hangup_that_is_ignored_stays_so() {
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_comity")]).args(LONG);
    shell.args(["--transport", "direct", "--quiet", "--out"]);
    let folder = tempfile::tempdir().expect("a folder");
    shell.arg(folder.path()).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("COMITY_LOG");
    let mut run = Running(shell.stderr(Stdio::piped()).spawn().expect("the shell runs"));
    let log = folder.path().join("records.jsonl");
    let grows_beyond = |bytes: u64| fs::metadata(&log).is_ok_and(|file| file.len() > bytes);
    wait_until("the log grows", || grows_beyond(100_000));
    run.signal("HUP");
    let there = fs::metadata(&log).expect("a log").len();
    wait_until("the log grows on", || grows_beyond(there + 500_000));
    assert!(run.0.try_wait().expect("it is ours").is_none(), "over too soon to tell");
    run.signal("INT");
    let (status, _, said) = run.end();
    assert!(status.code() == Some(1) && said.contains("Interrupted after "), "{said}");
}

fn leaves_a_shorter_run(arguments: &[&str], signal: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let files = |of: &str| {
        let [out, tables, page] = ["out", "tables", "page.html"].map(|name| place(&format!("{of}/{name}")));
        ["--out", &out, "--tables", &tables, "--format", "csv", "--report", &page].map(str::to_owned)
    };
    let with = |more: &[String]| -> Vec<String> {
        arguments.iter().map(|word| (*word).to_owned()).chain(more.iter().cloned()).collect()
    };
    let command = |words: &[String]| words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");

    // Another run was written there before.
    let few = ["--until", "2011-01-31", "--transport", "direct", "--quiet", "--out", &place("interrupted/out")];
    let before = [&["run", LONG[1], "--set", "networks.count=5"], few.as_slice()].concat();
    assert!(Running::start(&before, None).0.wait().expect("it is ours").success());
    let words = with(&files("interrupted"));
    let mut run = Running::start(&words.iter().map(String::as_str).collect::<Vec<_>>(), None);
    let stdout = run.0.stdout.take().expect("piped");
    let shown = std::thread::spawn(move || std::io::read_to_string(stdout).expect("text"));
    let log = folder.path().join("interrupted/out/records.jsonl");
    wait_until("the log grows", || fs::metadata(&log).is_ok_and(|file| file.len() > 100_000));
    run.signal(signal);
    let (status, _, said) = run.end();
    let shown = shown.join().expect("read");
    assert_eq!(status.code(), Some(1), "{}: {said}", command(&words));
    let day = said.split_once("Interrupted after ").and_then(|(_, rest)| rest.get(..10));
    let day = day.unwrap_or_else(|| panic!("over before the signal, or not interrupted: {said}"));
    assert!(shown.contains(&format!("--until {day}")), "how to have it again: {shown}");

    let words = with(&[vec!["--until".to_owned(), day.to_owned()], files("whole").to_vec()].concat());
    let mut whole = Command::new(env!("CARGO_BIN_EXE_comity"));
    let whole = whole.args(&words).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("the command runs");
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    assert_eq!(String::from_utf8_lossy(&whole.stdout), shown, "{}", command(&words));
    let mut compared = 0;
    for name in ["out", "tables", "."] {
        for file in fs::read_dir(place(&format!("whole/{name}"))).expect("a folder").map(|file| file.expect("a file")) {
            if file.file_type().expect("its kind").is_file() {
                let read = |of: &str| fs::read(folder.path().join(of).join(name).join(file.file_name()));
                let (one, other) = (read("interrupted").expect("a file"), read("whole").expect("a file"));
                assert!(one == other, "{} differs: {}", file.path().display(), command(&words));
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 2 + 7 + 1, "log and summary, tables, page");
}

/// Whoever writes into the same folder is refused, and what the first one writes stays. What it began and never ended is
/// named.
#[test]
fn a_folder_is_of_one_run_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let into = ["--out", &place("out"), "--tables", &place("tables"), "--transport", "direct", "--quiet"];
    let long = ["run", LONG[1], "--set", "networks.count=5000"];
    let first = Running::start(&[long.as_slice(), &into].concat(), None);
    let log = folder.path().join("out/records.jsonl");
    wait_until("the log grows", || fs::metadata(&log).is_ok_and(|file| file.len() > 100_000));
    let short = ["run", LONG[1], "--set", "to=2011-02-28"];
    let second = || Running::start(&[short.as_slice(), &into].concat(), None);
    let (status, _, said) = second().end();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("another run writes into ") && said.contains("name another folder"), "{said}");
    assert!(fs::metadata(&log).expect("a log").len() > 100_000, "the log of the first was cut off");
    let compare = ["compare", LONG[1], "--runs", "1", "--set", "to=2011-01-31"];
    for (other, option, name) in
        [(&short[..], "--out", "out"), (&short, "--tables", "tables"), (&compare, "--tables", "tables")]
    {
        let (status, _, said) = Running::start(&[other, &[option, &place(name)]].concat(), None).end();
        assert_eq!(status.code(), Some(2), "{said}");
        assert!(said.contains("another run writes into ") && said.contains(&format!("/{name}: wait")), "{said}");
    }
    first.signal("KILL");
    first.end();
    let (status, _, said) = second().end();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(said.contains("holds what runs began that go on or were killed: cases.parquet."), "{said}");
}

#[test]
fn nothing_listens_after_an_interrupted_run() {
    let mut run = Running::start(&LONG, None);
    let mut stderr = BufReader::new(run.0.stderr.take().expect("piped"));
    let mut line = String::new();
    stderr.read_line(&mut line).expect("text");
    let address: SocketAddr =
        line.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or_else(|| panic!("{line}"));
    assert!(listens(address), "{line}");
    run.signal("INT");
    let (status, ..) = run.end();
    assert_eq!(status.code(), Some(1));
    assert!(!listens(address), "{address} still answers");
}

#[test]
fn held_nodes_answer_until_interrupted() {
    let arguments = ["run", "scenarios/hate-speech-haven.yaml", "--set", "to=2012-03-31", "--hold"];
    let mut run = Running::start(&arguments, None);
    let mut stderr = BufReader::new(run.0.stderr.take().expect("piped"));
    let held = addresses(&mut stderr, 3);
    for address in &held {
        assert!(listens(*address), "{address}");
    }
    assert!(run.0.try_wait().expect("it is ours").is_none(), "it did not hold");
    run.signal("INT");
    let (status, ..) = run.end();
    assert_eq!(status.code(), Some(0));
    for address in held {
        assert!(!listens(address), "{address} still answers");
    }
}

/// A study shows what was finished for every variant, and that is what it shows when so many runs are asked for.
#[test]
fn an_interrupted_study_shows_whole_blocks() {
    let settings = ["--set", "networks.count=60", "--set", "to=2012-06-30", "--json", "--jobs", "2"];
    let study = ["compare", "scenarios/one-state-stays-out.yaml", "--variants", "holds-out,joins"];
    let arguments = [study.as_slice(), &["--runs", "10000"], &settings].concat();
    let mut run = Running::start_telling(&arguments, None, "comity=debug");
    let mut stderr = BufReader::new(run.0.stderr.take().expect("piped"));
    let mut told = 0;
    while told < 7 {
        let mut line = String::new();
        assert!(stderr.read_line(&mut line).expect("text") > 0, "it ended before it was interrupted");
        told += usize::from(line.contains("runs of the study"));
    }
    run.signal("INT");
    // Whatever is told until the end has to be read: a full pipe would hold the study up.
    std::thread::spawn(move || stderr.read_to_end(&mut Vec::new()));
    let mut stdout = run.0.stdout.take().expect("piped");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let (status, ..) = run.end();
    assert_eq!(status.code(), Some(1));
    let shown = reader.join().expect("no panic").expect("text");
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap_or_else(|error| panic!("{error}: {shown}"));
    assert_eq!(shown["ended"], "interrupted");
    let seeds = shown["seeds"].as_array().expect("seeds").len();
    assert!((3..10_000).contains(&seeds), "{seeds}");

    let seeds = seeds.to_string();
    let arguments = [study.as_slice(), &["--runs", &seeds], &settings].concat();
    let mut whole = Command::new(env!("CARGO_BIN_EXE_comity"));
    let whole = whole.args(&arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("the command runs");
    let again: serde_json::Value = serde_json::from_slice(&whole.stdout).expect("JSON");
    for part in ["seeds", "digest", "variants", "differences", "premium", "over_time", "reproduce"] {
        assert_eq!(shown[part], again[part], "{part}");
    }
}

/// Studies that would take minutes: each has finished seeds when the signal comes, says how many, and shows them.
#[test]
fn an_interrupted_study_shows_what_it_has() {
    const SMALL: [&str; 4] = ["--set", "networks.count=20", "--set", "to=2011-12-31"];
    let flagship = "scenarios/one-state-stays-out.yaml";
    let variants = ["--variants", "holds-out,joins"];
    let studies: [&[&str]; 4] = [
        &["compare", flagship, variants[0], variants[1], "--runs", "10000"],
        &["compare", flagship, variants[0], variants[1], "--until-width", "0.001", "--outcome", "incidents"],
        &["pivotal", flagship, "--variant", "holds-out", "--runs", "600"],
        &["premium", flagship, "--seeds", "1000", "--jobs", "2"],
    ];
    let running = studies.map(|study| {
        let mut running = Running::start(&[study, &SMALL].concat(), None);
        let stdout = running.0.stdout.take().expect("piped");
        (running, std::thread::spawn(move || std::io::read_to_string(stdout).expect("text")))
    });
    std::thread::sleep(STUDIED);
    for (study, (running, shown)) in studies.into_iter().zip(running) {
        running.signal("INT");
        let (status, _, said) = running.end();
        let shown = shown.join().expect("read");
        assert_eq!(status.code(), Some(1), "{study:?}: {said}");
        assert!(shown.contains("Interrupted: these are the"), "{study:?}: {shown}{said}");
        let again = shown.lines().find(|line| line.starts_with("Again with comity ")).expect("how to have it again");
        assert!(again.contains("networks.count=20"), "{again}");
        let command = again.trim_start_matches("Again with ").split(' ');
        assert!(Cli::try_parse_from(command).is_ok(), "refused when typed again: {again}");
        let until = ["--runs", "--seeds", "--until-width"];
        let asked = study.windows(2).find(|pair| until.contains(&pair[0])).expect("a number");
        assert!(
            !again.contains(&format!("{} ", asked.join(" "))),
            "as many as asked for, not as were finished: {again}"
        );
    }
}

/// A validation that would take an hour: it shows each target over the seeds that were finished, as if asked for so many.
#[test]
fn an_interrupted_validation_shows_what_it_has() {
    let arguments = ["validate", "T13", "--json", "--seeds"];
    let mut running = Running::start(&[arguments.as_slice(), &["10000"]].concat(), None);
    let stdout = running.0.stdout.take().expect("piped");
    let shown = std::thread::spawn(move || std::io::read_to_string(stdout).expect("text"));
    std::thread::sleep(STUDIED);
    running.signal("INT");
    let (status, _, said) = running.end();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("Interrupted. Targets with the seeds that were finished, two at least: T13-T14 "), "{said}");
    let shown: serde_json::Value = serde_json::from_str(&shown.join().expect("read")).expect("JSON");
    let seeds = shown[0]["statistics"][0]["values"].as_array().expect("values").len().to_string();
    let mut whole = Command::new(env!("CARGO_BIN_EXE_comity"));
    let whole = whole.args(arguments).arg(seeds).output().expect("the command runs");
    let whole: serde_json::Value = serde_json::from_slice(&whole.stdout).expect("JSON");
    assert_eq!(shown, whole);
}
