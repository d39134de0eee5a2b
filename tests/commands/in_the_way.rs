//! What stands in the way of a command: files that cannot be written, and limits of the system.

#![cfg(unix)]

use std::fs;
use std::process::{Command, Output};

const FLAGSHIP: &str = "scenarios/one-state-stays-out.yaml";

/// The command after some lines of a shell, which knows the command's number as `$$`.
fn after(lines: &str, arguments: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{lines}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_comity")]).args(arguments);
    shell.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("COMITY_LOG").output().expect("the shell runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn one_file_that_cannot_be_written_does_not_take_the_other_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let short = ["--set", "to=2011-03-31", "--report"];
    let run = ["run", FLAGSHIP, "--transport", "direct", "--quiet", "--out"];
    let compare = ["compare", FLAGSHIP, "--runs", "1", "--tables"];
    for (command, first) in [(run.as_slice(), "summary.json"), (&compare, "runs.parquet")] {
        let (out, page) = (place(&format!("of-{first}")), place(&format!("{first}.html")));
        // A folder has the name under which the file is begun.
        let in_the_way = format!("mkdir -p \"{out}/{first}.$$.unfinished\"");
        let output = after(&in_the_way, &[command, &[&out], &short, &[&page]].concat());
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(&format!("{first}.")), "{}", said(&output));
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
