//! What stands in the way of a command: files that cannot be written, and limits of the system.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Output, Stdio};

const FLAGSHIP: &str = "scenarios/one-state-stays-out.yaml";

/// The command after some lines of a shell.
fn after(lines: &str, arguments: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{lines}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_comity")]).args(arguments);
    shell.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("COMITY_LOG").output().expect("the shell runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a command says that cannot give one of its files its name: while it runs, a folder takes it. `began`: what it says
/// once it has looked at its folder.
#[track_caller]
fn with_a_folder_in_the_way(arguments: &[&str], began: &str, name: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COMITY_LOG", "comity=debug")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains(began)), "{arguments:?} said no such thing");
    fs::create_dir_all(format!("{name}/in-the-way")).expect("made");
    let said: Vec<String> = lines.collect();
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "{said:?}");
    said.join("\n")
}

/// Where tables of one result are written over those of another and not all of them can be, none names the result.
#[test]
fn tables_that_were_written_over_in_part_have_none_that_names_a_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    let tables = folder.path().display().to_string();
    let run = ["run", FLAGSHIP, "--transport", "direct", "--quiet", "--format", "csv", "--tables", &tables, "--set"];
    let first = after(":", &[&run[..], &["to=2011-01-31"]].concat());
    assert!(first.status.success() && place("run.csv").exists(), "{}", said(&first));
    assert!(!place("tables.lock").exists(), "nobody has the folder any more");
    fs::remove_file(place("cases.csv")).expect("removed");
    let before = fs::read_to_string(place("panel.csv")).expect("a table");
    let cases = place("cases.csv").display().to_string();
    with_a_folder_in_the_way(&[&run[..], &["to=2012-12-31"]].concat(), "the run begins", &cases);
    assert_ne!(fs::read_to_string(place("panel.csv")).expect("a table"), before, "this one was written over");
    assert!(!place("run.csv").exists(), "and no table says that all are of one run");
}

#[test]
fn one_file_that_cannot_be_written_does_not_take_the_other_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let long_enough = ["--set", "to=2012-12-31", "--report"];
    let run = ["run", FLAGSHIP, "--transport", "direct", "--quiet", "--out"];
    let compare = ["compare", FLAGSHIP, "--runs", "2", "--tables"];
    // What the command says once it has looked at its folder.
    let [began_run, began_compare] = ["the run begins", "runs of the study"];
    for (command, first, began) in
        [(run.as_slice(), "summary.json", began_run), (&compare, "over_time.parquet", began_compare)]
    {
        let (out, page) = (place(&format!("of-{}", first.replace('.', "-"))), place(&format!("{first}.html")));
        let arguments = [command, &[&out], &long_enough, &[&page]].concat();
        let said = with_a_folder_in_the_way(&arguments, began, &format!("{out}/{first}"));
        assert!(said.contains(&format!("{first}.")), "{said}");
        assert!(fs::metadata(&page).is_ok_and(|page| page.len() > 1_000), "no page beside {first}");
    }
}

#[test]
fn too_few_open_files_are_told_before_anything_is_opened() {
    let run = ["run", FLAGSHIP, "--quiet", "--set", "to=2011-03-31"];
    let output = after("ulimit -n 70", &run);
    let expected = "9 servers need 91 open files, and the system allows 70: raise the limit (`ulimit -n`), or run with \
                    --transport direct";
    assert!(output.status.code() == Some(2) && said(&output).contains(expected), "{}", said(&output));
    // What may be raised is.
    let output = after("ulimit -Sn 70", &run);
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    assert_eq!(after("ulimit -n 70", &[&run[..], &["--transport", "direct"]].concat()).status.code(), Some(0));
}

/// What one option asks for would be written over what another does, and only the last be left.
#[test]
fn results_that_would_be_one_file_are_refused_before_anything_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |options: &str| format!("run {FLAGSHIP} --transport direct --quiet --set to=2011-01-31 {options}");
    let compare = |options: &str| format!("compare {FLAGSHIP} --runs 1 --set to=2011-01-31 {options}");
    let both = |file: &str, one: &str, other: &str| format!("error: {one} and {other} are both to write {file}: ");
    let within = |file: &str, one: &str, other: &str| {
        format!("error: {one} is to write into {file}, which is a file of {other}: choose another name")
    };
    fs::create_dir(folder.path().join("there")).expect("made");
    std::os::unix::fs::symlink("there", folder.path().join("linked")).expect("linked");
    let slips = [
        (run("--out q --report q/records.jsonl"), both("q/records.jsonl", "--out", "--report")),
        (run("--out q --report ./q/summary.json"), both("./q/summary.json", "--out", "--report")),
        (run("--out there --report linked/summary.json"), both("linked/summary.json", "--out", "--report")),
        (run("--tables o --format csv --report o/panel.csv"), both("o/panel.csv", "--tables", "--report")),
        (run("--tables o --out o/panel.parquet"), within("o/panel.parquet", "--out", "--tables")),
        (run("--out o --tables o/records.jsonl"), within("o/records.jsonl", "--tables", "--out")),
        (compare("--tables o --report o/differences.parquet"), both("o/differences.parquet", "--tables", "--report")),
    ];
    for (command, expected) in slips {
        let mut comity = Command::new(env!("CARGO_BIN_EXE_comity"));
        let output = comity.args(command.split(' ')).current_dir(folder.path()).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(2), "{command}: {}", said(&output));
        assert!(said(&output).starts_with(&expected), "{command}: {}", said(&output));
    }
    let made: Vec<_> = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry")).collect();
    assert_eq!(made.len(), 2, "nothing was made: {made:?}");
    // Beside one another they may lie.
    let beside = run("--out q --tables q --report q/page.html");
    let output = Command::new(env!("CARGO_BIN_EXE_comity")).args(beside.split(' ')).current_dir(folder.path()).output();
    assert!(output.expect("the command runs").status.success());
}

/// A log without its end, beside a summary that speaks of all of it, would be taken for whole.
#[test]
fn a_log_that_the_disk_does_not_take_ends_with_a_whole_day_and_has_no_summary() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out").display().to_string();
    let run = ["run", FLAGSHIP, "--transport", "direct", "--quiet", "--set", "to=2011-12-31", "--out"];
    let whole = after(":", &[&run[..], &[&out]].concat());
    assert!(whole.status.success(), "{}", said(&whole));
    let place = |name: &str| folder.path().join("out").join(name);
    let records = fs::read_to_string(place("records.jsonl")).expect("a log");
    // Blocks of 512 or of 1,024 bytes: less than the log either way, and more than 64 KiB, which are written at once.
    assert!(records.len() > 600_000, "{}", records.len());
    let output = after("trap '' XFSZ; ulimit -f 300", &[&run[..], &[&out]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let left = fs::read_to_string(place("records.jsonl")).expect("a log");
    assert!(left.len() > 64 * 1024 && records.starts_with(&left), "{} bytes", left.len());
    let day = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["day"].clone();
    let last = day(left.lines().last().expect("a line"));
    assert_ne!(day(records[left.len()..].lines().next().expect("more")), last, "a day was cut");
    let expected = format!("out ends with {}, and no summary is beside it", last.as_str().expect("a day"));
    assert!(said(&output).contains(&expected), "{}", said(&output));
    assert!(!place("summary.json").exists());
}

/// Whoever runs the tests may write everywhere, but into the system's own folders nobody may.
#[cfg(target_os = "linux")]
#[test]
fn folders_that_take_no_files_are_told_before_anything_runs() {
    let run = ["run", FLAGSHIP, "--transport", "direct", "--set", "to=2011-01-31"];
    let compare = ["compare", FLAGSHIP, "--runs", "1", "--set", "to=2011-01-31"];
    let commands: [(&[&str], [&str; 2], i32); 5] = [
        (&run, ["--report", "/proc/page.html"], 2),
        (&compare, ["--report", "/proc/page.html"], 2),
        (&run, ["--tables", "/proc/tables"], 1),
        (&compare, ["--tables", "/proc/tables"], 1),
        (&run, ["--out", "/proc/out"], 1),
    ];
    for (command, option, code) in commands {
        let output = after("export COMITY_LOG=comity=debug", &[command, &option].concat());
        assert_eq!(output.status.code(), Some(code), "{option:?}: {}", said(&output));
        assert!(output.stdout.is_empty() && said(&output).contains(option[1]), "{option:?}: {}", said(&output));
        let began = ["the run begins", "runs of the study"].iter().any(|began| said(&output).contains(began));
        assert!(!began, "{option:?} was noticed once it had run: {}", said(&output));
    }
}
