//! Reports of studies, from numbers made up here and from small studies.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::report::charts::dots::{Differences, PairedDifference};
use comity::report::charts::factor::{ByFactor, Point, Series};
use comity::report::html::study::{self, Study};
use comity::report::{self, html};
use comity::study::compare::{Length, Variant};
use comity::study::{Outcome, Pool, compare};

use super::{assert_sound, elements, shipped};

fn difference(outcome: &str, unit: &str, mean: f64, half: f64) -> PairedDifference {
    PairedDifference {
        outcome: outcome.to_owned(),
        unit: unit.to_owned(),
        mean,
        interval: Some((mean - half, mean + half)),
        pairs: 20,
        above_zero: if mean > 0.0 { 1.0 } else { 0.05 },
        equal: 3,
    }
}

fn numbers(page: &str, figure: &str) -> Vec<String> {
    let all = elements(page).expect("sound");
    let figure = all.iter().find(|element| element.attribute("id") == Some(figure)).expect("the figure");
    let cells = all.iter().filter(|element| element.name == "td" && figure.holds(element));
    cells.map(|cell| cell.text(page).to_owned()).collect()
}

#[test]
fn a_comparison_shows_every_difference() {
    let scenario = shipped("one-state-stays-out", None, &[]);
    let study = Study {
        scenario: &scenario,
        done: "20 seeds from 7.".to_owned(),
        sentences: vec!["With <holds-out> impunity is higher.".to_owned()],
        known_by: vec![("Digest of all runs".to_owned(), "abc".to_owned())],
        reproduce: "comity compare x".to_owned(),
    };
    let variant = |name: &str| Differences {
        name: format!("differences-{name}"),
        baseline: "joins".to_owned(),
        variant: name.to_owned(),
        differences: vec![
            difference("impunity in the world", "percentage points", 23.4, 4.5),
            difference("incidents in the world", "incidents", -1234.5, 2000.0),
            difference("median days to answer", "days", 0.0, 0.0),
        ],
    };
    let page = study::compared(&study, &[], &[variant("holds-out"), variant("all-out")]);
    assert_sound(&page);
    assert_eq!(page, study::compared(&study, &[], &[variant("holds-out"), variant("all-out")]));
    assert!(page.contains("With &lt;holds-out&gt; impunity is higher.") && page.contains("comity compare x"));
    let cells = numbers(&page, "differences-holds-out");
    assert_eq!(cells[..7], ["percentage points", "23.4", "18.9", "27.9", "20", "100.0", "3"]);
    assert_eq!(cells[7..14], ["incidents", "\u{2212}1234", "\u{2212}3234", "766", "20", "5.0", "3"]);
}

/// A difference alone has no starting point: the page has the means of the variants, and where the haven was.
#[test]
fn a_comparison_shows_what_each_variant_comes_to() {
    let settings = ["to=2011-06-30", "networks.count=40"];
    let names = ["holds-out", "joins"];
    let scenarios = names.map(|name| shipped("one-state-stays-out", Some(name), &settings));
    let variants = [0, 1].map(|index| Variant {
        name: names[index].to_owned(),
        plan: Arc::new(scenarios[index].plan.clone()),
        state: None,
    });
    let pool = Pool { threads: 2, interrupt: &AtomicBool::new(false) };
    let impunity = Outcome::named("impunity").expect("one of the list");
    let found = compare(&variants, 7, Length::Runs(2), &pool, impunity, &mut |_| {});
    let found = found.unwrap_or_else(|error| panic!("{error}"));
    let of = [0, 1].map(|index| (names[index].to_owned(), scenarios[index].digest, &*scenarios[index].plan.library));
    let question = report::compare::Question { title: "One", question: "What?", state: None, variants: &of };
    let summary = report::compare::summarise(&question, &found, "comity compare x".to_owned());
    let page = html::compare::of_comparison(&scenarios[0], &summary);
    assert_sound(&page);
    let incidents = Outcome::named("incidents").expect("one of the list");
    let mean = |runs: &[comity::study::Measured]| {
        let sum: f64 = runs.iter().filter_map(|run| run.value(incidents)).sum();
        format!("<td>{}</td>", report::measured::amount(incidents.unit, sum / 2.0, false))
    };
    let row = format!("<th scope=\"row\">Incidents in the world</th>{}{}", mean(&found.runs[0]), mean(&found.runs[1]));
    assert!(page.contains(&row), "{row}");
    assert!(page.contains("<th scope=\"row\">Haven</th><td>none 2 of 2</td><td>none 2 of 2</td>"));
}

#[test]
fn a_sweep_shows_every_point() {
    let scenario = shipped("one-state-stays-out", None, &[]);
    let study = Study {
        scenario: &scenario,
        done: "Three values of two factors.".to_owned(),
        sentences: Vec::new(),
        known_by: Vec::new(),
        reproduce: "comity sweep run x".to_owned(),
    };
    let point = |factor: f64| Point { factor, mean: factor / 400.0, interval: Some((factor / 500.0, factor / 300.0)) };
    let series = |name: &str| Series { name: name.to_owned(), points: [100.0, 200.0, 400.0].map(point).to_vec() };
    let outcome = ByFactor {
        name: "impunity".to_owned(),
        factor: "networks.count".to_owned(),
        factor_unit: "networks".to_owned(),
        outcome: "impunity".to_owned(),
        outcome_unit: "share".to_owned(),
        over: "Means over seeds.".to_owned(),
        series: ["holds-out", "joins", "<all-out>"].map(series).to_vec(),
    };
    let page = study::swept(&study, &[], &[outcome]);
    assert_sound(&page);
    assert_eq!(numbers(&page, "impunity").len(), 9 * 4);
    assert_eq!(numbers(&page, "impunity")[4..8], ["200", "0.500", "0.400", "0.667"]);
}
