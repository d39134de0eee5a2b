//! Variants compared on the same seeds.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use comity::base::DigestChain;
use comity::engine::{self, Stopped};
use comity::report;
use comity::scenario::{self, Options, Scenario};
use comity::study::Ended;
use comity::study::compare::{BATCH, FIRST_LOOK, Length, Variant};
use comity::study::course::Chosen;
use comity::study::outcome::OUTCOMES;
use comity::study::{Comparison, Difference, Followed, Measured, Method, Outcome, Pool, compare, follow};
use comity::transport::Direct;

use super::read;

/// A few quick years of the flagship.
fn flagship(variant: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
    let settings = ["to=2013-12-31", "networks.count=40"].map(str::to_owned).to_vec();
    let options = Options { variant: Some(variant.to_owned()), settings, ..Options::default() };
    scenario::read(&path, &options).unwrap_or_else(|(problems, _)| panic!("{problems:?}"))
}

fn variants(names: &[&str]) -> Vec<Variant> {
    let of = |name: &&str| {
        let plan = Arc::new(flagship(name).plan);
        Variant { name: (*name).to_owned(), state: plan.library.state_coded("hesper"), plan }
    };
    names.iter().map(of).collect()
}

fn named(key: &str) -> &'static Outcome {
    Outcome::named(key).unwrap_or_else(|| panic!("no outcome {key}"))
}

fn study(names: &[&str], length: Length, threads: usize) -> Comparison {
    let pool = Pool { threads, interrupt: &AtomicBool::new(false) };
    compare(&variants(names), 7, length, &pool, named("impunity"), &mut |_| {})
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let names = ["holds-out", "joins", "all-out"];
    let (one, three) = (study(&names, Length::Runs(5), 1), study(&names, Length::Runs(5), 3));
    assert_eq!(one, three);
    assert_eq!((one.seeds.as_slice(), one.differences.len()), ([7, 8, 9, 10, 11].as_slice(), 2));
}

/// One resampling serves a whole study: what differs by the same in every pair has the same interval.
#[test]
fn equal_differences_have_equal_intervals() {
    let run = |days: f64| {
        let mut values = [None; OUTCOMES];
        for key in ["haven_days", "state_haven_days"] {
            values[named(key).index()] = Some(days);
        }
        Measured { values, havens: Vec::new(), days: 10_000, states: 8, digest: DigestChain::default().digest() }
    };
    // Skewed enough to be resampled.
    let days = |seed: u32| if seed.is_multiple_of(8) { 900.0 + f64::from(seed) } else { 10.0 };
    let baseline: Vec<Measured> = (0..30).map(|seed| run(1_000.0 + days(seed))).collect();
    let variant: Vec<Measured> = (0..30).map(|_| run(1_000.0)).collect();
    let found = Difference::all(&baseline, &variant, 7);
    assert!(found[0].interval.is_some_and(|(_, method)| method == Method::Bootstrap), "{:?}", found[0]);
    assert_eq!((found.len(), found[0].interval), (2, found[1].interval));
}

/// Of two pairs, chance would reach far beyond what a run has days for.
#[test]
fn no_interval_of_haven_days_is_longer_than_the_run() {
    let run = |days: f64| {
        let mut values = [None; OUTCOMES];
        for key in ["havens", "haven_days", "state_haven_days", "incidents"] {
            values[named(key).index()] = Some(days);
        }
        Measured { values, havens: Vec::new(), days: 100, states: 3, digest: DigestChain::default().digest() }
    };
    let found = Difference::all(&[run(0.0), run(0.0)], &[run(0.0), run(90.0)], 7);
    let ends = |key: &str| {
        let of_key = found.iter().find(|difference| difference.outcome.key == key).expect("defined");
        let (interval, _) = of_key.interval.expect("two pairs");
        (interval.low, interval.high)
    };
    assert_eq!(ends("state_haven_days"), (-100.0, 100.0));
    assert_eq!(ends("haven_days"), (-300.0, 300.0));
    assert_eq!(ends("havens"), (-3.0, 3.0));
    let (low, high) = ends("incidents");
    assert!(low < -300.0 && high > 300.0, "incidents have no most: {low} to {high}");
}

/// A few years with a haven, followed: about this state, or about none, so that one is chosen.
fn followed(names: &[&str], state: Option<&str>, runs: usize, threads: usize) -> (Comparison, Followed) {
    let settings = ["to=2013-12-31", "networks.count=120"].map(str::to_owned).to_vec();
    let of = |name: &&str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
        let options = Options { variant: Some((*name).to_owned()), settings: settings.clone(), ..Options::default() };
        let plan = scenario::read(&path, &options).unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
        let state = state.and_then(|code| plan.library.state_coded(code));
        Variant { name: (*name).to_owned(), state, plan: Arc::new(plan) }
    };
    let variants: Vec<Variant> = names.iter().map(of).collect();
    let pool = Pool { threads, interrupt: &AtomicBool::new(false) };
    let found = follow(&variants, 7, Length::Runs(runs), &pool, named("impunity"), &mut |_| {});
    found.unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn variants_are_followed_alike_in_any_number_of_threads() {
    let names = ["joins", "holds-out"];
    let ((found, one), (again, three)) = (followed(&names, None, 12, 1), followed(&names, None, 12, 3));
    assert_eq!(found, again);
    assert_eq!((&one.courses, one.chosen), (&three.courses, three.chosen));
    assert_eq!((one.state.as_str(), one.chosen), ("hesper", Chosen::LongestHaven), "under one of the two");
    for followed in [&one, &three] {
        let digests: Vec<_> = followed.firsts.iter().map(|first| first.digest).collect();
        assert_eq!(digests, [found.runs[0][0].digest, found.runs[1][0].digest], "the run of the first seed");
    }
    // Chosen after the first batch, it is what it would be if it had been named.
    let (_, named) = followed(&names, Some("hesper"), 12, 2);
    assert_eq!((&named.courses, named.chosen), (&one.courses, Chosen::Named));
}

/// One run has no spread: the course is what the panel of the run says.
#[test]
fn a_course_is_what_the_panel_says() {
    let (_, found) = followed(&["holds-out"], Some("hesper"), 1, 1);
    let (course, run) = (&found.courses[0], &found.firsts[0]);
    let panel = &run.tally.panel;
    assert_eq!(course.days.len(), panel.months.len() + 1);
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
    let near = |found: Option<comity::study::course::Spread>, said: f64, day: usize| {
        let spread = found.unwrap_or_else(|| panic!("nothing on day {day}"));
        assert!((spread.mean - said).abs() < 6e-5, "{day}: {spread:?}, not {said}");
        assert_eq!(spread.low.to_bits(), spread.high.to_bits());
    };
    for (day, month) in (1..).zip(panel.months.iter()) {
        let all: u32 = month.states.iter().map(|state| state.based).sum();
        near(course.based[day], share(month.states.last().expect("Hesper is the last").based, all), day);
        let sum = |of: fn(&comity::world::HavenStanding) -> u32| -> u32 {
            month.states.iter().map(|state| of(&state.standing[0])).sum()
        };
        let closed = sum(|standing| standing.closed);
        if closed == 0 {
            assert_eq!(course.impunity[day], None);
        } else {
            near(course.impunity[day], share(sum(|standing| standing.lost), closed), day);
        }
    }
}

#[test]
fn the_same_variant_twice_differs_in_nothing() {
    let found = study(&["joins", "joins"], Length::Runs(3), 2);
    for difference in &found.differences[0] {
        assert_eq!((difference.equal(), difference.interval), (difference.pairs, None), "{}", difference.outcome.key);
    }
    assert_eq!(found.runs[0], found.runs[1], "digests among them");
}

#[test]
fn a_study_ends_when_the_interval_is_narrow_enough_and_with_any_number_of_threads_at_the_same_seed() {
    let length = |width| Length::UntilWidth(named("state_networks"), width);
    let width = |found: &Comparison| {
        let watched = found.differences[0].iter().find(|difference| difference.outcome.key == "state_networks");
        watched.and_then(|difference| difference.interval).map(|(interval, _)| interval.width()).expect("an interval")
    };
    let soon = study(&["holds-out", "joins"], length(1000.0), 2);
    assert_eq!((soon.ended, soon.seeds.len()), (Ended::NarrowEnough, FIRST_LOOK));
    let target = 0.8 * width(&soon);
    let (later, again) =
        (study(&["holds-out", "joins"], length(target), 1), study(&["holds-out", "joins"], length(target), 3));
    assert_eq!(later, again);
    assert!(later.seeds.len() > FIRST_LOOK && later.seeds.len().is_multiple_of(BATCH), "{}", later.seeds.len());
    assert!(width(&later) <= target, "{} of {target}", width(&later));
}

#[test]
fn an_interrupted_study_is_the_beginning_of_the_whole() {
    let names = ["holds-out", "joins"];
    let whole = study(&names, Length::Runs(6), 2);
    let interrupt = AtomicBool::new(false);
    let pool = Pool { threads: 2, interrupt: &interrupt };
    let mut stop = |standing: comity::study::Standing| {
        if standing.runs == 5 {
            interrupt.store(true, Ordering::Relaxed);
        }
    };
    let part = compare(&variants(&names), 7, Length::Runs(6), &pool, named("impunity"), &mut stop);
    let part = part.unwrap_or_else(|error| panic!("{error}"));
    let seeds = part.seeds.len();
    assert_eq!(part.ended, Ended::Interrupted);
    assert!((2..6).contains(&seeds), "{seeds}");
    assert_eq!(part.seeds, whole.seeds[..seeds]);
    for (of_part, of_whole) in part.runs.iter().zip(&whole.runs) {
        assert_eq!(of_part, &of_whole[..seeds]);
    }

    let interrupt = AtomicBool::new(true);
    let pool = Pool { threads: 2, interrupt: &interrupt };
    let none = compare(&variants(&names), 7, Length::Runs(6), &pool, named("impunity"), &mut |_| {});
    assert!(matches!(none, Err(Stopped::Interrupted { .. })), "nothing is finished: {none:?}");
}

/// What a study takes of a run is what the summary of that run says.
#[test]
fn outcomes_are_those_of_the_summary() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
    let scenario = read(&path, Some("holds-out"));
    let plan = &scenario.plan;
    let state = plan.library.state_coded("hesper").expect("a state");
    let mut nodes = Direct::of(plan);
    let run = engine::run(plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
    let measured = Measured::of(plan, Some(state), &run);
    let summary = serde_json::to_value(report::summarise(&scenario, &run, String::new())).expect("JSON");
    let value = |key: &str| measured.value(named(key)).unwrap_or_else(|| panic!("{key} is not defined"));
    let states = summary["states"].as_array().expect("states");
    let sum = |of: &dyn Fn(&serde_json::Value) -> u64| states.iter().map(of).sum::<u64>();
    let counts = |value: &serde_json::Value| {
        value.as_object().expect("counts").values().map(|count| count.as_u64().expect("a count")).sum::<u64>()
    };
    let concluded = sum(&|state| counts(&state["concluded"]));
    let lost = sum(&|state| counts(&state["lost"]));
    let refused = sum(&|state| {
        let refusals = state["refusals"].as_array().expect("refusals");
        refusals.iter().map(|refusal| refusal["requests"].as_u64().expect("a count")).sum()
    });
    let permille = |value: &serde_json::Value| value.as_f64().expect("thousandths") / 1000.0;
    #[expect(clippy::cast_precision_loss, reason = "counts of a run")]
    let float = |count: u64| count as f64;
    let hesper = states.iter().find(|state| state["code"] == "hesper").expect("a state");
    let last = summary["panel"].as_array().and_then(|months| months.last()).expect("months");
    let incidents: u64 = summary["panel"]
        .as_array()
        .expect("months")
        .iter()
        .flat_map(|month| month["states"].as_array().expect("states"))
        .map(|row| row["incidents"].as_u64().expect("a count"))
        .sum();
    let havens = summary["havens"].as_array().expect("havens");
    let roles: Vec<&str> = havens.iter().filter_map(|haven| haven["role"].as_str()).collect();
    let lasts = havens.iter().all(|haven| haven["ended"].is_null());
    assert!(roles == ["base", "host"] && lasts, "a haven of both kinds, to the end: {havens:?}");
    let haven = &havens[0];
    let began = haven["began"].as_str().expect("a day").parse().expect("a day");
    let haven_days = f64::from(plan.last_day.days_since(began)) + 1.0;
    for (key, said, by) in [
        ("impunity", float(lost) / float(lost + concluded), 1e-12),
        ("state_impunity", permille(&hesper["bases"]["impunity_permille"]), 1e-12),
        ("incidents", float(incidents), 0.0),
        ("cases_concluded", float(concluded), 0.0),
        ("evidence_lapsed", float(sum(&|state| state["lost"]["evidence lapsed"].as_u64().unwrap_or(0))), 0.0),
        ("requests_refused", float(refused), 0.0),
        ("base_concentration", permille(&last["base_concentration_permille"]), 5e-4),
        ("host_concentration", permille(&last["host_concentration_permille"]), 5e-4),
        ("letters", summary["letters"].as_f64().expect("a count"), 0.0),
        ("havens", 1.0, 0.0),
        ("entries_into_force", 7.0, 0.0),
        ("haven_days", haven_days, 0.0),
        ("state_haven_days", haven_days, 0.0),
    ] {
        assert!((value(key) - said).abs() <= by, "{key}: {} in the study, {said} in the summary", value(key));
    }
    let quotient = permille(&hesper["bases"]["quotient_permille"]);
    assert!((value("state_quotient") - quotient).abs() < 0.3, "the last year's mean lies near the last day's");
    assert_eq!(measured.place(), Some(state));
    assert_eq!(summary["digest"], serde_json::to_value(measured.digest).expect("JSON"));
}

/// What is expected of a state follows its attraction, month by month, like the networks that are counted.
#[test]
fn what_changes_on_the_last_day_was_not_expected_before() {
    let quotient = |settings: &[&str]| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
        let settings = ["to=2012-12-31", "networks.count=80"].iter().chain(settings).map(|set| (*set).to_owned());
        let options = Options { settings: settings.collect(), ..Options::default() };
        let plan = scenario::read(&path, &options).unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
        let mut nodes = Direct::of(&plan);
        let outcome = engine::run(&plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
        let state = plan.library.state_coded("hesper").expect("the state");
        let value = Measured::of(&plan, Some(state), &outcome).value(named("state_quotient")).expect("a quotient");
        (value, outcome.world.expected_shares(comity::world::Role::Base)[state.index()])
    };
    let change =
        |on: &str| format!("timeline=[{{ date: {on}, state: hesper, does: change-state, numbers: {{ base: 100 }} }}]");
    let (plain, expected) = quotient(&[]);
    let (late, changed) = quotient(&[&change("2012-12-31")]);
    assert!(changed > 2.0 * expected, "{expected} {changed}");
    assert!((late / plain - 1.0).abs() < 0.02, "{plain} becomes {late} on the last day");
    let (all_year, _) = quotient(&[&change("2012-01-01")]);
    let (half, _) = quotient(&[&change("2012-07-01")]);
    assert!(all_year < half && half < plain, "{all_year}, {half}, {plain}");
}

/// A run that ends on the first of a month has the end of two months on that day.
#[test]
fn no_day_of_a_course_stands_twice() {
    for (to, days) in [("2011-01-01", 1), ("2011-01-02", 2), ("2011-03-01", 3), ("2011-03-02", 4)] {
        let mut scenario = flagship("joins");
        scenario.plan.last_day = to.parse().expect("a day");
        let plan = Arc::new(scenario.plan);
        let state = plan.library.state_coded("hesper");
        let variants = [Variant { name: "joins".to_owned(), state, plan: plan.clone() }];
        let pool = Pool { threads: 1, interrupt: &AtomicBool::new(false) };
        let (_, followed) = follow(&variants, 7, Length::Runs(1), &pool, named("impunity"), &mut |_| {})
            .unwrap_or_else(|error| panic!("{error}"));
        let course = &followed.courses[0];
        assert_eq!((course.days.len(), course.based.len(), course.impunity.len()), (days, days, days), "to {to}");
        assert_eq!(course.days.last(), Some(&plan.last_day));
        assert!(course.days.windows(2).all(|pair| pair[0] < pair[1]), "to {to}: {:?}", course.days);
    }
}

#[test]
fn the_page_on_studies_lists_every_outcome() {
    let page = include_str!("../../docs/studies.md");
    for outcome in &comity::study::outcome::ALL {
        let row = format!("| `{}` | {} | {} |", outcome.key, outcome.means, outcome.unit.word());
        assert!(page.contains(&row), "docs/studies.md has no row\n{row}");
    }
}
