//! Whoever reads our output may have read enough: that is no failure.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

fn spawn(arguments: &[&str]) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("COMITY_LOG");
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs")
}

#[test]
fn a_closed_pipe_is_success() {
    let commands: [&[&str]; 6] = [
        &["run", "scenarios/hate-speech-haven.yaml", "--transport", "direct"],
        &["run", "scenarios/hate-speech-haven.yaml", "--transport", "direct", "--json"],
        &["check", "scenarios"],
        &["check", "scenarios", "--json"],
        &["opine", "law/cases"],
        &["schema", "scenario"],
    ];
    for arguments in commands {
        let mut child = spawn(arguments);
        // Before the command has written anything: its first write finds nobody.
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

/// What a command found is told by its exit code, too, and a script that reads the first line alone goes by that.
#[test]
fn a_closed_pipe_hides_no_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("case.yaml");
    let right = std::fs::read_to_string("law/cases/wc-13.yaml").expect("part of the repository");
    std::fs::write(&case, right.replace("decision: MAY_REFUSE", "decision: GRANT")).expect("written");
    let case = case.display().to_string();
    let commands: [(&[&str], i32); 4] = [
        (&["opine", "--all", &case], 1),
        (&["opine", "--json", &case], 1),
        (&["check", "--json", "tests/commands/wrong/scenario.yaml"], 2),
        (&["opine", "law/cases/wc-13.yaml", "nothing-of-the-kind.yaml"], 2),
    ];
    for (arguments, code) in commands {
        let mut child = spawn(arguments);
        drop(child.stdout.take());
        assert_eq!(child.wait_with_output().expect("it ends").status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_closed_error_stream_changes_no_exit_code() {
    let slips: [&[&str]; 3] = [
        &["check", "nothing-of-the-kind.yaml"],
        &["run", "scenarios/worm-2000.yaml", "--transport", "memory", "--hold"],
        &["sweep", "status", "law"],
    ];
    for arguments in slips {
        let mut child = spawn(arguments);
        drop(child.stderr.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn the_first_line_is_enough() {
    // More than a pipe holds, so that the rest finds nobody.
    let mut child = spawn(&["opine", "--json", "law/cases"]);
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((first.as_str(), output.status.code()), ("[\n", Some(0)), "{}", String::from_utf8_lossy(&output.stderr));
}
