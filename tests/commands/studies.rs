//! Commands that make many runs: whole output, and slips on their command line.

use std::fmt::Write as _;

use snapbox::file;
use snapbox::str;

use super::comity;

const FLAGSHIP: &str = "scenarios/one-state-stays-out.yaml";

#[test]
fn variants_compared() {
    comity(&["compare", FLAGSHIP, "--variants", "holds-out,joins", "--runs", "4"])
        .args(["--set", "to=2013-12-31", "--set", "networks.count=60"])
        .assert()
        .success()
        .stderr_eq(str![""])
        .stdout_eq(file!["snapshots/compare.txt"].raw());
}

#[test]
fn a_comparison_of_real_states_says_that_it_is_of_a_model() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let of = |scenario: &str| {
        let command = comity(&["compare", scenario, "--runs", "1", "--report"]).arg(&page);
        let text = String::from_utf8(command.output().expect("the command runs").stdout).expect("text");
        let page = std::fs::read_to_string(&page).expect("a report");
        [text, page].map(|said| said.contains("States of this run are real"))
    };
    assert_eq!(of("scenarios/hate-speech-haven.yaml"), [true, true]);
    assert_eq!(of(FLAGSHIP), [false, false]);
}

/// What `--set` changed is not what was written.
#[test]
fn a_comparison_names_its_baseline_for_what_it_is() {
    let baseline = |more: &[&str]| {
        let command = comity(&["compare", "scenarios/hate-speech-haven.yaml", "--runs", "1", "--json"]);
        let output = command.args(more).output().expect("the command runs");
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        found["baseline"].as_str().expect("a name").to_owned()
    };
    assert_eq!(baseline(&[]), "as written");
    assert_eq!(baseline(&["--set", "networks.count=20"]), "as changed by --set");
}

#[test]
fn pivotal_acts() {
    let found =
        comity(&["pivotal", "scenarios/reservations.yaml", "--state", "gova", "--runs", "3", "--search-runs", "150"])
            .assert()
            .success()
            .stdout_eq(file!["snapshots/pivotal.txt"].raw());
    // A machine that takes more than a minute for it is told how far it is, and nothing else.
    let said = String::from_utf8_lossy(&found.get_output().stderr).into_owned();
    assert!(said.lines().all(|line| line.contains(" of at most 150 runs, ")), "{said}");
}

/// Where few runs have an answer at all, an interval of these few is no end, however narrow it is.
#[test]
fn a_study_until_width_looks_at_twenty_pairs_that_define_the_outcome() {
    let mut arguments = vec!["compare", FLAGSHIP, "--variants", "holds-out,joins", "--until-width", "3"];
    arguments.extend(["--outcome", "answer_days", "--set", "networks.count=2", "--set", "to=2011-06-30", "--json"]);
    let output = comity(&arguments).output().expect("the command runs");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let differences = found["differences"].as_array().expect("differences");
    let days = differences.iter().find(|one| one["outcome"] == "answer_days").expect("days to answer");
    let number = |key: &str| days[key].as_u64().expect("a number");
    let (pairs, seeds) = (number("pairs"), found["seeds"].as_array().expect("seeds").len() as u64);
    let on_some_side = pairs + number("baseline_alone") + number("variant_alone");
    assert!(on_some_side >= 20 && on_some_side < seeds && pairs < seeds, "{pairs}, {on_some_side} of {seeds}");
}

/// On the first day nobody asks yet, and what enters into force does so in every run.
#[test]
fn a_study_until_width_says_of_which_outcome_there_is_no_interval() {
    let ended = |outcome: &str, more: &[&str]| {
        let mut arguments = vec!["compare", FLAGSHIP, "--variants", "holds-out,joins", "--until-width", "1"];
        arguments.extend(["--outcome", outcome, "--set", "networks.count=20"]);
        arguments.extend(more);
        let output = comity(&arguments).output().expect("the command runs");
        let said = String::from_utf8(output.stdout).expect("text");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let (_, end) = said.split_once("It ended ").unwrap_or_else(|| panic!("{said}"));
        end.split_once(". ").expect("a sentence").0.to_owned()
    };
    assert_eq!(
        ended("answer_days", &["--set", "to=2011-01-01"]),
        "before the interval of median days to answer was as narrow as asked for: no run of “holds-out” defines it"
    );
    assert_eq!(
        ended("entries_into_force", &["--set", "to=2012-06-30"]),
        "before the interval of entries into force was as narrow as asked for: with “joins” it differs by the same amount in all pairs"
    );
    assert_eq!(
        ended("incidents", &["--set", "to=2011-01-05"]),
        "before the interval of incidents in the world was as narrow as asked for: with “joins” it differs in none of 20 pairs"
    );
}

#[test]
fn slips_in_studies() {
    let mut shown = String::new();
    for arguments in [
        ["compare", FLAGSHIP, "--variants", "holds-out,jions"].as_slice(),
        &["compare", FLAGSHIP, "--variants", "joins,joins"],
        &["compare", FLAGSHIP, "--outcome", "impunty", "--until-width", "3"],
        &["compare", FLAGSHIP, "--outcome", "nothing-of-the-kind", "--until-width", "3"],
        &["compare", "scenarios/three-routes.yaml", "--outcome", "state_networks", "--until-width", "3"],
        &["compare", FLAGSHIP, "--outcome", "letters"],
        &[
            ["compare", FLAGSHIP, "--variants", "joins,jions,,joins", "--state", "hespre"].as_slice(),
            &["--outcome", "impunty", "--until-width", "3", "--set", "networks.cuont=3"],
        ]
        .concat(),
        &["pivotal", FLAGSHIP, "--variant", "jions", "--state", "hespre", "--set", "networks.cuont=3"],
        &["run", FLAGSHIP, "--port", "65535"],
        &["compare", FLAGSHIP, "--until-width", "0"],
        &["compare", FLAGSHIP, "--until-width", "1", "--runs", "5"],
        &["compare", FLAGSHIP, "--state", "hespre"],
        &["pivotal", FLAGSHIP, "--state", "hespre"],
        &["compare", "scenarios/world-today.yaml", "--state", "zz"],
    ] {
        let output = comity(arguments).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let _ = writeln!(shown, "$ comity {}\n{said}", arguments.join(" "));
    }
    snapbox::assert_data_eq!(shown, file!["snapshots/slips-in-studies.txt"].raw());
}

/// What a target hangs on can be tried by whoever doubts it; what was tried is said.
#[test]
fn a_validation_with_values_set_is_another_and_says_so() {
    let slower = "networks.behaviour.replacement-days=400";
    let measured = |more: &[&str]| {
        let output = comity(&["validate", "T8", "--seeds", "2"]).args(more).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let (as_it_is, set) = (measured(&[]), measured(&["--set", slower]));
    assert!(set.starts_with(&format!("With `{slower}` in every world: this is not the model as it is.")), "{set}");
    let digest = |text: &str| text.lines().find(|line| line.contains("Digest")).map(str::to_owned).expect("a digest");
    assert_ne!(digest(&as_it_is), digest(&set));
    assert_eq!(digest(&set), digest(&measured(&["--set", slower])));
    assert!(!as_it_is.contains("With `"));
}
