//! Reports of studies, from numbers made up here and from small studies.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::base::Digest;
use comity::report::charts::dots::{Differences, PairedDifference};
use comity::report::charts::factor::{Axis, ByFactor, Point, Series};
use comity::report::charts::scale::significant;
use comity::report::compare::CompareSummary;
use comity::report::html::History;
use comity::report::html::study::{self, Study};
use comity::report::{self, html};
use comity::scenario::Scenario;
use comity::study::compare::{Length, Variant};
use comity::study::{Comparison, Followed, Outcome, Pool, follow};

use super::{assert_sound, elements, shipped, twenty_states};

fn difference(outcome: &str, unit: &str, mean: f64, half: f64) -> PairedDifference {
    PairedDifference {
        outcome: outcome.to_owned(),
        unit: unit.to_owned(),
        mean,
        interval: Some((mean - half, mean + half)),
        shown: (significant(mean), Some((significant(mean - half), significant(mean + half)))),
        pairs: 20,
        undefined: (0, 0),
        is_withheld: false,
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
        title: scenario.title.clone(),
        scenario: &scenario,
        caveat: None,
        assumed: Vec::new(),
        numbers_of: None,
        outcomes: vec![("impunity".to_owned(), "the part that was lost")],
        done: "20 seeds from 7.".to_owned(),
        sentences: vec!["With <holds-out> impunity is higher.".to_owned()],
        known_by: vec![("Digest of all runs".to_owned(), "abc".to_owned())],
        reproduce: "comity compare x".to_owned(),
        beyond: None,
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
    assert_eq!(cells[7..14], ["incidents", "\u{2212}1,235", "\u{2212}3,235", "766", "20", "5.0", "3"]);
}

/// A difference alone has no starting point: the page has the means of the variants, and where the haven was.
#[test]
fn a_comparison_shows_what_each_variant_comes_to() {
    let settings = ["to=2011-06-30", "networks.count=40"];
    let names = ["holds-out", "joins"];
    let scenarios = names.map(|name| shipped("one-state-stays-out", Some(name), &settings));
    let (found, over_time) = followed(&scenarios, &names, 2);
    let page = compared(&scenarios, &names, &found, &over_time);
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

/// The first variant is the baseline again; the second differs. The page begins with that, and the sentence stays in its
/// place among what came out.
#[test]
fn a_comparison_begins_with_a_difference() {
    let names = ["once", "again", "fewer"];
    let scenarios = [400, 400, 60].map(|networks| {
        let networks = format!("networks.count={networks}");
        shipped("one-state-stays-out", Some("holds-out"), &["to=2011-12-31", &networks])
    });
    let (found, over_time) = followed(&scenarios, &names, 3);
    let summary = summary_of(&scenarios, &names, &found, &over_time);
    assert!(summary.sentences[0].starts_with("With “again”, everything is as with “once”"), "{:?}", summary.sentences);
    let page = compared(&scenarios, &names, &found, &over_time);
    let (_, after) = page.split_once("<p class=\"lead\">").expect("a headline");
    let (lead, after) = after.split_once("</p>").expect("its end");
    assert_eq!(lead.replace('\u{a0}', " "), summary.headlines[0], "but for the spaces between numbers and units");
    assert!(summary.headlines[0].starts_with("With “fewer”, ") && lead.contains("interval"), "{lead}");
    assert!(after.contains(&format!("<p>{lead}</p>")), "it stays among what came out");
}

/// A line that lies on no day of a figure is not promised, nor a band of one run.
#[test]
fn a_baseline_of_another_period_has_no_line() {
    let names = ["holds-out", "joins"];
    let of = |name: &str, period: [&str; 2]| {
        shipped("one-state-stays-out", Some(name), &[period[0], period[1], "networks.count=40"])
    };
    let early = of("holds-out", ["from=2011-01-01", "to=2011-06-30"]);
    let scenarios = [early, of("joins", ["from=2012-01-01", "to=2012-12-31"])];
    let (found, over_time) = followed(&scenarios, &names, 1);
    let page = compared(&scenarios, &names, &found, &over_time);
    assert_sound(&page);
    assert!(
        page.contains("One run of each: solid, “joins”; “holds-out” runs in another period, and has no line here.")
    );
    assert!(
        !page.contains("dashed and grey")
            && !page.contains("Bands reach")
            && !page.contains("“joins” against “holds-out”</h3>")
    );
    let said = page.replace("<time>", "").replace("</time>", "");
    assert!(
        said.contains("“holds-out” from 2011-01-01 to 2011-06-30; “joins” from 2012-01-01 to 2012-12-31."),
        "no periods"
    );
    assert!(said.contains("They are not equally long: outcomes that add up over time"), "no remark on lengths");
    let same = names.map(|name| of(name, ["from=2011-01-01", "to=2012-12-31"]));
    let (found, over_time) = followed(&same, &names, 2);
    let page = compared(&same, &names, &found, &over_time);
    assert!(page.contains("dashed and grey, “holds-out”. Bands reach"), "no band of two runs");
    let said = page.replace("<time>", "").replace("</time>", "");
    assert!(said.contains("From 2011-01-01 to 2012-12-31.") && !said.contains("not equally long"));
}

/// Some weeks are as much a difference as years are, although no month ends between them.
#[test]
fn what_adds_up_is_not_compared_between_periods_that_differ_by_weeks() {
    let names = ["long", "short"];
    let scenarios = ["2012-12-31", "2012-12-05"].map(|to| {
        let to = format!("to={to}");
        shipped("one-state-stays-out", Some("holds-out"), &[&to, "networks.count=100"])
    });
    let (found, over_time) = followed(&scenarios, &names, 4);
    let said = summary_of(&scenarios, &names, &found, &over_time).sentences.join(" ");
    assert!(!["incidents", "cases", "letters", "requests"].iter().any(|outcome| said.contains(outcome)), "{said}");
}

/// The report of a comparison about no state.
pub(super) fn compared(scenarios: &[Scenario], names: &[&str], found: &Comparison, followed: &Followed) -> String {
    let summary = summary_of(scenarios, names, found, followed);
    let firsts: Vec<History> =
        scenarios.iter().zip(&followed.firsts).map(|(scenario, outcome)| History { scenario, outcome }).collect();
    html::compare::of_comparison(&firsts, &summary)
}

/// The same summed up.
pub(super) fn summary_of(
    scenarios: &[Scenario],
    names: &[&str],
    found: &Comparison,
    followed: &Followed,
) -> CompareSummary {
    let of: Vec<(&str, &Scenario)> = names.iter().copied().zip(scenarios).collect();
    let question = report::compare::Question {
        title: "One",
        question: "What?",
        caveat: None,
        state: None,
        watched: None,
        variants: &of,
        followed,
        premium: None,
    };
    report::compare::summarise(&question, found, "comity compare x".to_owned())
}

pub(super) fn followed(scenarios: &[Scenario], names: &[&str], runs: usize) -> (Comparison, Followed) {
    let variant = |(name, scenario): (&&str, &Scenario)| Variant {
        name: (*name).to_owned(),
        plan: Arc::new(scenario.plan.clone()),
        state: None,
    };
    let variants: Vec<Variant> = names.iter().zip(scenarios).map(variant).collect();
    let pool = Pool { threads: 2, interrupt: &AtomicBool::new(false) };
    let impunity = Outcome::named("impunity").expect("one of the list");
    let found = follow(&variants, scenarios[0].plan.seed, Length::Runs(runs), &pool, impunity, &mut |_| {});
    found.unwrap_or_else(|error| panic!("{error}"))
}

/// Twenty states, ten years, four variants: as much as a report of usual size can hold.
#[test]
fn a_comparison_of_twenty_states_takes_less_than_half_a_megabyte() {
    let names = ["as written", "fewer", "more", "others"];
    let scenarios = [400, 350, 450, 380].map(|networks| {
        let mut scenario = twenty_states();
        scenario.plan.world.networks = networks;
        scenario.digest = Digest::of(&networks.to_be_bytes());
        scenario
    });
    let (found, over_time) = followed(&scenarios, &names, 2);
    let page = compared(&scenarios, &names, &found, &over_time);
    assert_sound(&page);
    assert!(page.len() < 500_000, "{} bytes", page.len());
    assert!(page.len() > 200_000, "a report with all its figures is larger: {} bytes", page.len());
    assert!(page.contains("1 more variant is left out"), "three matrices are enough");
    assert!(page.contains("The law is the same here as under <strong>as written</strong>"), "one law, told once");
}

/// What variants do not differ in is said, and not shown twice.
#[test]
fn what_is_the_same_is_shown_once() {
    let scenarios =
        ["holds-out", "holds-out"].map(|name| shipped("one-state-stays-out", Some(name), &["to=2012-12-31"]));
    let names = ["once", "again"];
    let (found, over_time) = followed(&scenarios, &names, 1);
    let page = compared(&scenarios, &names, &found, &over_time);
    assert_sound(&page);
    let same = "<strong>again</strong>: the same as \u{201c}once\u{201d}, to the last number.";
    assert_eq!(page.matches(same).count(), 3, "lines, matrix and tiles");
    let equal = "With “again”, no outcome differs from “once” in the one pair of runs, and the histories are the same to the last record.";
    assert!(page.contains(equal) && !page.contains("id=\"differences-1\""), "no figure of zeros");
    assert!(page.contains("id=\"matrix-0\"") && !page.contains("id=\"matrix-1\""));
    assert_eq!(
        page.matches("class=\"typical\"").count(),
        page.matches("The law is the same here as under <strong>once</strong>").count()
    );
}

/// A scenario under two names takes one place of the few that there are, and neither name is lost.
#[test]
fn variants_that_are_one_world_are_drawn_once() {
    let settings = ["to=2012-06-30", "networks.count=40"];
    let scenarios = ["holds-out", "joins", "joins"].map(|name| shipped("one-state-stays-out", Some(name), &settings));
    let names = ["as written", "first", "second"];
    let (found, over_time) = followed(&scenarios, &names, 2);
    let page = compared(&scenarios, &names, &found, &over_time);
    assert_sound(&page);
    for (what, count) in [
        ("Networks based in Hesper: “first” and “second” against the scenario as written", 2),
        ("<strong>“first” and “second” against the scenario as written</strong>", 1),
        ("With “second”, everything is as with “first”: the two are one world under two names.", 1),
        ("id=\"differences-1\"", 1),
        ("id=\"differences-2\"", 0),
        ("id=\"based-over-time-2\"", 0),
        ("Requests refused, first and second</strong>", 1),
    ] {
        assert_eq!(page.matches(what).count(), count, "{what}");
    }
}

/// The table under a line has what the study found at the ends of years.
#[test]
fn a_line_has_its_numbers_under_it() {
    let names = ["holds-out", "joins"];
    let settings = ["to=2014-06-30", "networks.count=120"];
    let scenarios = names.map(|name| shipped("one-state-stays-out", Some(name), &settings));
    let (found, over_time) = followed(&scenarios, &names, 3);
    let page = compared(&scenarios, &names, &found, &over_time);
    let course = &over_time.courses;
    let cells = numbers(&page, "based-over-time-1");
    assert_eq!(cells.len(), 5 * 4, "2011 to 2014, and the last day: {cells:?}");
    for (row, day) in cells.chunks(4).zip([0, 12, 24, 36, 42]) {
        for (cells, course) in row.chunks(2).zip([&course[1], &course[0]]) {
            let spread = course.based[day].expect("networks");
            let [mean, low, high] = [spread.mean, spread.low, spread.high].map(|share| format!("{:.1}", share * 100.0));
            assert_eq!(cells, [mean, format!("{low} to {high}")], "{day}");
        }
    }
}

#[test]
fn a_sweep_shows_every_point() {
    let scenario = shipped("one-state-stays-out", None, &[]);
    let study = Study {
        title: "How far?".to_owned(),
        scenario: &scenario,
        caveat: None,
        assumed: Vec::new(),
        numbers_of: None,
        outcomes: vec![("impunity".to_owned(), "the part that was lost")],
        done: "Three values of two factors.".to_owned(),
        sentences: Vec::new(),
        known_by: Vec::new(),
        reproduce: "comity sweep run x".to_owned(),
        beyond: None,
    };
    let point = |at: f64| Point {
        at: Some(at),
        value: at.to_string(),
        mean: at / 400.0,
        interval: Some((at / 500.0, at / 300.0)),
        undefined: 0.0,
        not_made: 0.0,
    };
    let series = |name: &str| Series { name: name.to_owned(), points: [100.0, 200.0, 400.0].map(point).to_vec() };
    let outcome = ByFactor {
        name: "impunity".to_owned(),
        factor: "networks.count".to_owned(),
        factor_unit: "networks".to_owned(),
        outcome: "impunity".to_owned(),
        outcome_unit: "share".to_owned(),
        over: "Means over seeds.".to_owned(),
        axis: Axis::Numbers,
        joined: true,
        series: ["holds-out", "joins", "<all-out>"].map(series).to_vec(),
    };
    let page = study::swept(&study, &[], &[outcome]);
    assert_sound(&page);
    assert!(page.contains("<title>How far?</title>") && page.contains("<h1>How far?</h1>"), "the study's own title");
    assert_eq!(numbers(&page, "impunity").len(), 9 * 4);
    assert_eq!(numbers(&page, "impunity")[4..8], ["200", "0.500", "0.400", "0.667"]);
}
