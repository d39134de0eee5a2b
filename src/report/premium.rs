//! The haven premium as a table with a small chart, and as JSON.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::caveats::of_study;
use super::compare_text::known_by;
use super::lines::{counted, hang, joined};
use super::measured::{Shown, differing_from};
use super::numbers::thousandths;
use super::over_time::{left_out, when_counted};
use super::tables::{add, right, shown};
use crate::base::{Digest, in_prose};
use crate::scenario::Scenario;
use crate::study::outcome::Unit;
use crate::study::{Premium, Step};

/// The premium of a state, for programs. Numbers in thousandths.
#[derive(Debug, Serialize)]
pub struct PremiumSummary {
    /// Version of the program.
    pub version: &'static str,
    /// Identifies all runs: seed by seed, step by step, out before in.
    pub digest: Digest,
    /// Identifies the scenario.
    pub scenario: Digest,
    /// Title of the scenario.
    pub title: String,
    /// What has to be said first: of real States.
    pub caveat: Option<String>,
    /// The state, by name.
    pub state: String,
    /// The variant in which it stays out.
    pub out: String,
    /// The variant in which it joins.
    #[serde(rename = "in")]
    pub inside: String,
    /// When networks are counted: in the last year of the run, or in all of a shorter one.
    pub counted: &'static str,
    /// Seeds, in order.
    pub seeds: Vec<u64>,
    /// By share of the others.
    pub steps: Vec<StepSummary>,
    /// How the study ended: `complete` or `interrupted`.
    pub ended: &'static str,
    /// The command that gives this result again.
    pub reproduce: String,
}

/// One share.
#[derive(Debug, Serialize)]
pub struct StepSummary {
    /// How many of the other states have joined.
    pub others_joined: usize,
    /// Per cent of the others that these are, rounded.
    pub others_joined_percent: usize,
    /// Networks based in the state in the last year of the run when it stays out: mean over the seeds that give a premium.
    pub based_out_permille: i64,
    /// And when it joins.
    pub based_in_permille: i64,
    /// Mean premium.
    pub premium_permille: Option<i64>,
    /// Its 95 % interval.
    pub interval_permille: Option<(i64, i64)>,
    /// Both as people read them, in per cent.
    #[serde(skip)]
    pub shown: Option<Shown>,
    /// Seeds that give none, because networks are there when it stays out and none when it joins.
    pub endless: usize,
    /// Part of the pairs above 0.
    pub above_zero_permille: i64,
    /// By seed, in order; none where no network is there when the state joins.
    pub premiums_permille: Vec<Option<i64>>,
    /// Leakage from the others that have joined, when it stays out.
    pub leakage_permille: Option<i64>,
    /// By how many networks theirs fall, of which leakage is a part: mean.
    pub members_fall_permille: i64,
}

/// Sums a study up.
#[must_use]
pub fn summarise(
    scenario: &Scenario,
    (out, inside): (&str, &str),
    premium: &Premium,
    reproduce: String,
) -> PremiumSummary {
    PremiumSummary {
        version: env!("CARGO_PKG_VERSION"),
        digest: premium.digest,
        scenario: scenario.digest,
        title: scenario.title.clone(),
        caveat: of_study(&[("", scenario)]),
        state: scenario.plan.library.state(premium.state).name.clone(),
        out: out.to_owned(),
        inside: inside.to_owned(),
        counted: when_counted(scenario.plan.first_day, scenario.plan.last_day),
        seeds: premium.seeds.clone(),
        steps: premium.steps.iter().map(step).collect(),
        ended: premium.ended.words(),
        reproduce,
    }
}

fn step(step: &Step) -> StepSummary {
    let interval = step.interval.map(|interval| (interval.low * 100.0, interval.high * 100.0));
    StepSummary {
        shown: step.premium.map(|premium| differing_from(0, Unit::Count("per cent"), premium * 100.0, interval)),
        others_joined: step.joined,
        others_joined_percent: step.share,
        based_out_permille: thousandths(step.based.0),
        based_in_permille: thousandths(step.based.1),
        premium_permille: step.premium.map(thousandths),
        endless: step.endless,
        interval_permille: step.interval.map(|interval| (thousandths(interval.low), thousandths(interval.high))),
        above_zero_permille: thousandths(step.above_zero),
        premiums_permille: step.premiums.iter().map(|premium| premium.map(thousandths)).collect(),
        leakage_permille: step.leakage.map(thousandths),
        members_fall_permille: thousandths(step.members_fall),
    }
}

/// The summary as text.
#[must_use]
pub fn text(summary: &PremiumSummary) -> String {
    let mut out = String::new();
    hang(&mut out, "", &format!("{}: what staying out draws to {}", summary.title, summary.state));
    if let Some(caveat) = &summary.caveat {
        hang(&mut out, "", caveat);
    }
    let lead = format!(
        "Networks based in {} in the {} when it stays out ({}) over those when it joins ({}), minus \
         1, by how many of the other states have joined. {}, the same on both sides.",
        summary.state,
        summary.counted,
        summary.out,
        summary.inside,
        counted(summary.seeds.len(), "seed", "seeds")
    );
    hang(&mut out, "", &lead);
    if summary.ended == "interrupted" {
        hang(&mut out, "", "Interrupted: these are the seeds of which all runs were finished by then.");
    }
    let mut rows =
        right(&["Others joined", "based, out", "based, in", "premium", "95 % interval, %", "above 0", "leakage", ""]);
    let longest = summary.steps.iter().filter_map(|step| step.premium_permille).max().unwrap_or(0);
    for step in &summary.steps {
        let (premium, interval) = step.shown.clone().unzip();
        let interval = interval.flatten().map(|(low, high)| format!("{low} to {high}"));
        add(
            &mut rows,
            [
                format!("{} ({} %)", step.others_joined, step.others_joined_percent),
                tenths(step.based_out_permille),
                tenths(step.based_in_permille),
                premium.map_or_else(|| "-".to_owned(), |premium| format!("{premium} %")),
                interval.unwrap_or_else(|| "-".to_owned()),
                above_zero(step),
                step.leakage_permille.map_or_else(|| "-".to_owned(), |leakage| format!("{} %", percent(leakage))),
                bar(step.premium_permille.unwrap_or(0), longest),
            ],
        );
    }
    if let Some(chart) = rows.column_mut(7) {
        chart.set_cell_alignment(comfy_table::CellAlignment::Left);
    }
    let _ = writeln!(out, "\n{}", shown(&rows));
    hang(&mut out, "", &defined(summary));
    if let Some(sentence) = leaked(summary) {
        hang(&mut out, "", &sentence);
    }
    out.push('\n');
    known_by(&mut out, summary.digest, summary.version, &summary.reproduce);
    out
}

/// The part of the pairs above 0; of a single one, whether it is.
fn above_zero(step: &StepSummary) -> String {
    let mut pairs = step.premiums_permille.iter().flatten();
    match (pairs.next(), pairs.next()) {
        (None, _) => "-".to_owned(),
        (Some(_), None) => format!("{} of 1", i32::from(step.above_zero_permille > 0)),
        _ => format!("{} %", percent(step.above_zero_permille)),
    }
}

/// In how many of the seeds there is a premium, and at which steps where that is not the same at all.
fn defined(summary: &PremiumSummary) -> String {
    let of = summary.seeds.len();
    let seeds = counted(of, "seed", "seeds");
    let give = |step: &StepSummary| step.premiums_permille.iter().flatten().count();
    let counts: BTreeSet<usize> = summary.steps.iter().map(give).collect();
    let at = |count: &usize| {
        let steps = summary.steps.iter().filter(|step| give(step) == *count);
        let steps: Vec<String> = steps.map(|step| step.others_joined.to_string()).collect();
        let place = if counts.len() > 1 { format!(" with {} joined", joined(&steps, "and")) } else { String::new() };
        format!("{count} of {seeds}{place}")
    };
    let said: Vec<String> = counts.iter().rev().map(at).collect();
    let why = if counts.iter().all(|count| *count == of) {
        String::new()
    } else {
        let endless = summary.steps.iter().map(|step| step.endless).sum();
        format!(" {}", left_out(&in_prose(&summary.state), endless))
    };
    let single = if counts.contains(&1) { " One pair has no interval, and chance may be all of it." } else { "" };
    format!("The premium is defined in {}.{why}{single}", said.join("; in "))
}

/// Of how many networks leakage tells the part that is elsewhere; none where it tells of none.
fn leaked(summary: &PremiumSummary) -> Option<String> {
    let steps = summary.steps.iter().filter(|step| step.leakage_permille.is_some());
    let fall = |step: &StepSummary| format!("{} with {}", tenths(step.members_fall_permille), step.others_joined);
    let falls: Vec<String> = steps.map(fall).collect();
    (!falls.is_empty()).then(|| {
        format!(
            "Leakage is the part that is elsewhere of the networks that those who joined have fewer than with none joined, on \
             the mean {} joined: of few it tells little.",
            joined(&falls, "and")
        )
    })
}

/// Thousandths as whole per cent.
const fn percent(permille: i64) -> i64 {
    permille.signum() * ((permille.abs() + 5) / 10)
}

/// Thousandths of networks with one decimal.
fn tenths(permille: i64) -> String {
    let tenths = (permille + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A bar in proportion to the longest.
fn bar(permille: i64, longest: i64) -> String {
    /// Columns that are left beside the numbers.
    const LONGEST: i64 = 12;
    let columns = if longest > 0 { (permille.max(0) * LONGEST + longest / 2) / longest } else { 0 };
    "█".repeat(usize::try_from(columns).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Digest, PremiumSummary, Step, StepSummary, above_zero, defined, leaked, step, text};
    use crate::base::Interval;

    fn steps(defined: &[(usize, usize)]) -> PremiumSummary {
        let step = |(others_joined, defined): &(usize, usize)| StepSummary {
            others_joined: *others_joined,
            others_joined_percent: 0,
            based_out_permille: 0,
            based_in_permille: 0,
            premium_permille: None,
            endless: 0,
            interval_permille: None,
            shown: None,
            above_zero_permille: 0,
            premiums_permille: (0..3).map(|seed| (seed < *defined).then_some(0)).collect(),
            leakage_permille: None,
            members_fall_permille: 0,
        };
        PremiumSummary {
            version: "9.8.7",
            digest: Digest::default(),
            scenario: Digest::default(),
            title: String::new(),
            caveat: None,
            state: "Hesper".to_owned(),
            out: "out".to_owned(),
            inside: "in".to_owned(),
            counted: "run",
            seeds: vec![1, 2, 3],
            steps: defined.iter().map(step).collect(),
            ended: "complete",
            reproduce: String::new(),
        }
    }

    #[test]
    fn seeds_without_a_premium_are_told() {
        assert_eq!(defined(&steps(&[(0, 3), (7, 3)])), "The premium is defined in 3 of 3 seeds.");
        let why = "Seeds without a network in Hesper when it is in are left out, of the numbers of networks as well.";
        let mixed = format!(
            "The premium is defined in 3 of 3 seeds with 0 and 4 joined; in 1 of 3 seeds with 7 joined. {why} One pair has no \
             interval, and chance may be all of it."
        );
        assert_eq!(defined(&steps(&[(0, 3), (4, 3), (7, 1)])), mixed);
        assert_eq!(defined(&steps(&[(0, 0)])), format!("The premium is defined in 0 of 3 seeds. {why}"));
        let mut some = steps(&[(0, 2)]);
        some.steps[0].endless = 1;
        assert!(
            defined(&some).contains("In 1 of them there are some when it stays out: a premium of these has no end")
        );
    }

    #[test]
    fn of_a_single_pair_no_part_is_told() {
        let of = |defined: usize, above_zero_permille: i64| {
            let summary = steps(&[(0, defined)]);
            above_zero(&StepSummary { above_zero_permille, ..summary.steps.into_iter().next().expect("a step") })
        };
        assert_eq!([of(0, 0), of(1, 1_000), of(1, 0), of(2, 500)], ["-", "1 of 1", "0 of 1", "50 %"]);
    }

    #[test]
    fn leakage_says_of_how_many_networks_it_is() {
        let mut summary = steps(&[(0, 3), (2, 3), (7, 3)]);
        assert_eq!(leaked(&summary), None);
        for (step, fall) in summary.steps[1..].iter_mut().zip([1_640, 143_000]) {
            (step.leakage_permille, step.members_fall_permille) = (Some(990), fall);
        }
        let sentence = leaked(&summary).expect("a sentence");
        assert!(
            sentence.contains("on the mean 1.6 with 2 and 143.0 with 7 joined: of few it tells little."),
            "{sentence}"
        );
    }

    #[test]
    fn the_text_ends_with_what_the_study_is_known_by() {
        let known_by = format!("Digest     {}\nVersion    9.8.7\nAgain with comity premium x\n", Digest::default());
        let summary = PremiumSummary { reproduce: "comity premium x".to_owned(), ..steps(&[(0, 3), (7, 3)]) };
        assert!(text(&summary).ends_with(&known_by), "{}", text(&summary));
    }

    #[test]
    fn on_which_side_of_nothing_an_end_lies_is_told() {
        let of = |premium: f64, low: f64, high: f64| {
            let found = Step {
                joined: 0,
                share: 0,
                based: (1.0, 1.0),
                premiums: vec![Some(premium); 3],
                endless: 0,
                premium: Some(premium),
                interval: Some(Interval { mean: premium, low, high }),
                above_zero: 1.0,
                leakage: None,
                members_fall: 0.0,
            };
            text(&PremiumSummary { steps: vec![step(&found)], ..steps(&[(0, 3)]) })
        };
        let (above, both) = (of(0.019, 0.0004, 0.035), of(2.83, -0.003, 4.2));
        assert!(above.contains("+1.90 %") && above.contains("+0.04 to +3.50"), "{above}");
        assert!(both.contains("+283.0 %") && both.contains("\u{2212}0.3 to +420.0"), "{both}");
    }
}
