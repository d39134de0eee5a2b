//! Whole terminal output, beside its snapshot. `SNAPSHOTS=overwrite` writes the snapshots anew.

use std::fmt::Write as _;

use snapbox::file;
use snapbox::prelude::*;
use snapbox::str;

use super::comity;

#[test]
fn help() {
    comity(&["--help"]).assert().success().stderr_eq(str![""]).stdout_eq(file!["snapshots/help.txt"].raw());
    comity(&["run", "--help"]).assert().success().stderr_eq(str![""]).stdout_eq(file!["snapshots/run-help.txt"].raw());
}

#[test]
fn the_flagship() {
    comity(&["run", "scenarios/one-state-stays-out.yaml", "--variant", "holds-out", "--transport", "direct"])
        .assert()
        .success()
        .stderr_eq(str![""])
        .stdout_eq(file!["snapshots/one-state-stays-out.txt"].raw());
}

#[test]
fn the_haven_by_the_record() {
    comity(&["run", "scenarios/hate-speech-haven.yaml", "--variant", "as-recorded", "--transport", "direct"])
        .assert()
        .success()
        .stderr_eq(str![""])
        .stdout_eq(file!["snapshots/hate-speech-haven.txt"].raw());
}

#[test]
fn sound_files() {
    comity(&["check", "scenarios/one-state-stays-out.yaml", "law/facts.yaml", "law/states/deu.yaml"])
        .assert()
        .success()
        .stderr_eq(str![""])
        .stdout_eq("sound: 1 scenario, 1 state, 1 list of facts\n".raw());
    // Whatever is shipped is sound; how much of it there is does not matter here.
    comity(&["check", "scenarios", "law"]).assert().success().stderr_eq(str![""]);
}

#[test]
fn wrong_files() {
    for (name, snapshot) in [
        ("scenario", file!["snapshots/wrong-scenario.txt"]),
        ("treaty", file!["snapshots/wrong-treaty.txt"]),
        ("case", file!["snapshots/wrong-case.txt"]),
    ] {
        let path = format!("tests/commands/wrong/{name}.yaml");
        comity(&["check", &path]).assert().code(2).stdout_eq(str![""]).stderr_eq(snapshot.raw());
    }
    comity(&["check", "tests/commands/wrong", "law/facts.yaml"])
        .assert()
        .code(2)
        .stdout_eq("sound: 1 list of facts\n".raw())
        .stderr_eq(file!["snapshots/wrong-folder.txt"].raw());
}

#[test]
fn one_case() {
    comity(&["opine", "law/cases/wc-13.yaml"])
        .assert()
        .success()
        .stderr_eq(str![""])
        .stdout_eq(file!["snapshots/wc-13.txt"].raw());
}

#[test]
fn names_do_not_steer_the_terminal() {
    let output = comity(&["run", "tests/bad_input/corpus/accepted/bidi-and-escapes.yaml", "--transport", "direct"]);
    let output = output.output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("\\u{202e}") && !said.contains(['\u{202e}', '\u{1b}']), "{said}");
}

#[test]
fn settings_variants_and_files_that_do_not_exist() {
    let flagship = ["run", "scenarios/one-state-stays-out.yaml", "--transport", "direct"];
    let arguments: [&[&str]; 12] = [
        &["--set", "networks.cuont=5"],
        &["--set", "networks.count=many"],
        &["--set", "networks.count.least=5"],
        &["--set", "networks.count"],
        &["--set", "networks.count=["],
        &["--set", "networks.count="],
        &["--set", "variants.joins.networks.count=5"],
        &[
            "--set",
            "states.hespre={ law: full, infrastructure: 1, market: 1 }",
            "--set",
            "membership.ets185.hepser=never",
        ],
        &["--set", "states.hespre.market=3", "--variant", "hold-out"],
        &["--variant", "hold-out"],
        &["--variant", "nothing-of-the-kind"],
        &["--hold"],
    ];
    let mut shown = String::new();
    let mut show = |arguments: Vec<&str>| {
        let output = comity(&arguments).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let _ = writeln!(shown, "$ comity {}\n{said}", arguments.join(" "));
    };
    for more in arguments {
        show([flagship.as_slice(), more].concat());
    }
    show(vec!["run", "scenarios/one-state-stay-out.yaml"]);
    show(vec!["run", "nothing-of-the-kind.yaml"]);
    show(vec!["check", "law/treaties/ets158.yaml"]);
    show(vec!["opine", "law/cases/wc-31.yml"]);
    show(vec!["opine", "nothing-of-the-kind.yaml"]);
    show(vec!["run", "law/cases/wc-31.yaml"]);
    show(vec!["opine", "scenarios/worm-2000.yaml"]);
    show(vec!["sweep", "plan", "scenarios/worm-2000.yaml", "-o", "target/none"]);
    snapbox::assert_data_eq!(shown, file!["snapshots/slips-on-the-command-line.txt"].raw());
}

/// A seed stands in the command that gives a result again as it was given: as a setting, or else by its flag.
#[test]
fn the_command_that_gives_a_result_again_says_the_seed_once() {
    for (arguments, said) in [
        (&["--set", "seed=9"][..], "--set seed=9"),
        (&["--seed", "9"], "--seed 9"),
        (&[], "--seed 7"),
        (&["--seed", "8", "--set", "seed=9"], "--seed 8 --set seed=9"),
    ] {
        let run = ["run", "scenarios/one-state-stays-out.yaml", "--transport", "direct", "--json"];
        let output = comity(&run).args(["--set", "to=2011-02-01"]).args(arguments).output().expect("the command runs");
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let again = summary["reproduce"].as_str().expect("a command");
        let of_seed: Vec<&str> = again.split(" --").filter(|option| option.contains("seed")).collect();
        assert_eq!(of_seed, said.split(" --").map(|option| option.trim_start_matches("--")).collect::<Vec<_>>());
    }
}
