//! A haven by the stated rule and by the default one, from one run.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::engine::{self, Outcome};
use comity::scenario::{self, Options};
use comity::transport::Direct;

/// A scenario in which both its own rule and the default one find a haven, with these settings.
fn run(settings: &[&str]) -> Outcome {
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { settings, ..Options::default() };
    let read = scenario::read(Path::new("scenarios/slow-authority.yaml"), &options);
    let plan = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
    let mut nodes = Direct::of(&plan);
    engine::run(&plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs")
}

#[test]
fn the_default_rule_finds_beside_another_what_it_finds_alone() {
    let stated = run(&[]);
    let default = run(&["havens.against-elsewhere=0", "havens.excess-impunity=0.2"]);
    assert_eq!(default.havens_by_default, None, "there is one rule");
    assert!(!default.tally.havens.is_empty() && default.tally.havens != stated.tally.havens, "the rules differ");
    assert_eq!(stated.havens_by_default, Some(default.tally.havens));
}
