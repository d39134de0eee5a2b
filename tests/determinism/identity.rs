//! What identifies a scenario: equal digests, equal plans. What is only written differently identifies the same.

use std::fs;
use std::path::{Path, PathBuf};

use comity::scenario::{self, Scenario};
use comity::transport::Rung;
use tempfile::TempDir;

use super::{read, run};

fn flagship() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml")
}

/// The flagship, shortened, with more settings and with law files of one's own: name under `law/` and text.
fn with(settings: &[&str], law: &[(&str, String)]) -> (Scenario, Option<TempDir>) {
    let folder = (!law.is_empty()).then(|| tempfile::tempdir().expect("a folder"));
    for (name, text) in law {
        let path = folder.as_ref().expect("a folder").path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    let short = ["to=2012-12-31", "networks.count=60"];
    let settings = short.iter().chain(settings).map(ToString::to_string).collect();
    let law = folder.as_ref().map(|folder| folder.path().to_owned());
    (read(&flagship(), &scenario::Options { variant: None, settings, law }), folder)
}

fn identity(scenario: &Scenario) -> (String, String) {
    (scenario.digest.to_string(), run(scenario, Rung::Direct, 1).0)
}

fn shipped(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("law").join(name)).expect("part of the repository")
}

#[test]
fn remarks_and_the_order_of_keys_change_nothing() {
    let name = "laws/full.yaml";
    let plain = identity(&with(&[], &[]).0);
    let copied = with(&[], &[(name, shipped(name))]);
    assert_eq!(identity(&copied.0), plain, "a copy of a built-in file");
    let remarked = with(&[], &[(name, format!("# A remark.\n{}\n# And another.\n", shipped(name)))]);
    assert_eq!(identity(&remarked.0), plain, "remarks");
    // `name` is the first key; the law reads the same with it last.
    let text = shipped(name);
    let (first, rest) = text.split_once('\n').expect("lines");
    assert!(first.starts_with("name:"), "{first}");
    assert_eq!(identity(&with(&[], &[(name, format!("{rest}{first}\n"))]).0), plain, "the order of keys");
}

#[test]
fn the_content_of_a_law_file_identifies_the_scenario() {
    let name = "laws/no-internet-trafficking.yaml";
    let plain = with(&[], &[]);
    let text = shipped(name);
    let changed = text.replacen("maximum-months: ", "maximum-months: 1", 1);
    assert_ne!(changed, text);
    let changed = with(&[], &[(name, changed)]);
    assert_ne!(changed.0.digest, plain.0.digest);
}

#[test]
fn a_law_file_that_no_state_uses_identifies_nothing() {
    let changed = with(&[], &[("laws/guards-expression.yaml", "not even YAML: [".to_owned())]);
    assert_eq!(identity(&changed.0), identity(&with(&[], &[]).0));
}

#[test]
fn a_setting_that_says_what_is_written_changes_nothing() {
    assert_eq!(identity(&with(&["states.alba.market=15"], &[]).0), identity(&with(&[], &[]).0));
}

/// Six desks are the default. Written out, they are part of what was asked for, and stay six when the default
/// changes one day: another scenario, which today has the same history.
#[test]
fn a_default_written_out_is_another_scenario_with_the_same_history() {
    let (written_out, _) = identity_of_setting("authority.desks=6");
    let (plain, history) = identity(&with(&[], &[]).0);
    assert_ne!(written_out.0, plain);
    assert_eq!(written_out.1, history);
    let (changed, _) = identity_of_setting("authority.desks=1");
    assert_ne!(changed.1, history, "or else the history would not depend on desks at all");
}

fn identity_of_setting(setting: &str) -> ((String, String), Scenario) {
    let (scenario, _) = with(&[setting], &[]);
    (identity(&scenario), scenario)
}

#[test]
fn the_seed_is_no_part_of_the_scenario() {
    let (one, _) = identity_of_setting("seed=8");
    let (plain, history) = identity(&with(&[], &[]).0);
    assert_eq!(one.0, plain);
    assert_ne!(one.1, history);
}
