//! Texts on the narrowest terminal that is served: no line is longer, but for what is never broken.
//!
//! A test program of its own, since the width belongs to the program as its terminal does.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::engine;
use comity::report;
use comity::scenario::{self, Corpus, Options, Pair, Scenario, case};
use comity::study::compare::{Length, Variant};
use comity::study::premium::premium;
use comity::study::{Outcome, Pool, follow, seeds_from};
use comity::transport::Direct;

const COLUMNS: usize = 60;
const FLAGSHIP: &str = "scenarios/one-state-stays-out.yaml";

fn options(variant: Option<&str>, settings: &[&str]) -> Options {
    Options {
        variant: variant.map(str::to_owned),
        settings: settings.iter().map(|setting| (*setting).to_owned()).collect(),
        ..Options::default()
    }
}

fn shipped(path: &str, variant: Option<&str>, settings: &[&str]) -> Scenario {
    let read = scenario::read(Path::new(path), &options(variant, settings));
    read.unwrap_or_else(|(problems, _)| panic!("{path}: {problems:?}"))
}

#[track_caller]
fn fits(text: &str) {
    let whole = ["Digest ", "Again with "];
    for line in text.lines().filter(|line| !whole.iter().any(|start| line.starts_with(start))) {
        let columns = line.trim_end().chars().count();
        assert!(columns <= COLUMNS, "{columns} columns: {line}");
    }
}

fn of_run(scenario: &Scenario) -> String {
    let plan = &scenario.plan;
    let mut nodes = Direct::of(plan);
    let outcome = engine::run(plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
    report::terminal::text(&report::summarise(scenario, &outcome, "comity run x".to_owned()))
}

fn of_comparison(names: &[&str], settings: &[&str]) -> String {
    let scenarios: Vec<Scenario> = names.iter().map(|name| shipped(FLAGSHIP, Some(name), settings)).collect();
    let variant = |(name, scenario): (&&str, &Scenario)| Variant {
        name: (*name).to_owned(),
        plan: Arc::new(scenario.plan.clone()),
        state: scenario.plan.library.state_coded("hesper"),
    };
    let variants: Vec<Variant> = names.iter().zip(&scenarios).map(variant).collect();
    let pool = Pool { threads: 2, interrupt: &AtomicBool::new(false) };
    let impunity = Outcome::named("impunity").expect("one of the list");
    let (found, followed) = follow(&variants, 7, Length::Runs(2), &pool, impunity, &mut |_| {}).expect("runs");
    let of: Vec<(&str, &Scenario)> = names.iter().copied().zip(&scenarios).collect();
    let question = report::compare::Question {
        title: &scenarios[0].title,
        question: &scenarios[0].question,
        caveat: None,
        state: Some("Hesper"),
        watched: None,
        variants: &of,
        followed: &followed,
        premium: None,
    };
    report::compare_text::text(&report::compare::summarise(&question, &found, "comity compare x".to_owned()))
}

fn of_premium(settings: &[&str]) -> String {
    let mut pair = Pair::read(Path::new(FLAGSHIP), &options(None, settings)).unwrap_or_else(|_| panic!("a pair"));
    let pool = Pool { threads: 2, interrupt: &AtomicBool::new(false) };
    let found = premium(&mut pair, &seeds_from(1, 2), &pool, &mut |_| {}).expect("runs");
    let reproduce = "comity premium x".to_owned();
    report::premium::text(&report::premium::summarise(&pair.scenario, ("holds-out", "joins"), &found, reproduce))
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a folder is listed; in which order its cases are looked at changes nothing"
)]
fn no_line_is_longer_than_a_narrow_terminal() {
    report::lines::fit(COLUMNS);
    fits(&of_run(&shipped(FLAGSHIP, None, &["to=2013-06-30"])));
    fits(&of_run(&shipped("scenarios/three-routes.yaml", Some("convention"), &["to=2013-01-01"])));
    let settings = ["to=2011-12-31", "networks.count=60"];
    fits(&of_comparison(&["holds-out", "joins"], &settings));
    fits(&of_premium(&settings));
    let corpus = Corpus::read(None).unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    fits(&report::law::facts::text(&report::law::facts::facts(&corpus, None)));
    for treaty in &corpus.treaties {
        let status = report::law::status::status(&corpus, &treaty.treaty.value, corpus.as_of, None);
        fits(&status.map_or_else(String::new, |status| report::law::status_text::text(&status)));
    }
    let cases = std::fs::read_dir("law/cases").expect("cases");
    for path in cases.map(|entry| entry.expect("a file").path()) {
        let case = case::read(&path, None).unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
        for part in &case.parts {
            let (opinion, steps) = case.answer(part);
            fits(&report::opinion::text(&case.library, &part.question, &opinion, &steps));
        }
    }
}
