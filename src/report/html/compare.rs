//! The report of a comparison of variants.

use maud::{Markup, html};

use super::first_runs::{FirstRuns, Origin};
use super::study::{self, Compared, Study};
use super::{History, over_time, section};
use crate::report::alike::{World, in_a_sentence, worlds};
use crate::report::by_state::MOSTLY_UNANSWERED;
use crate::report::charts::dots::{Differences, PairedDifference};
use crate::report::charts::{Table, float};
use crate::report::compare::{CompareSummary, DifferenceSummary, VariantSummary};
use crate::report::compare_text::{done, is_mostly_unanswered, is_variant, mean_of, places_of};
use crate::report::lines::{capital, counted};
use crate::report::measured::{amount, differing};
use crate::report::numbers::grouped;
use crate::report::over_time::{PairPremiumSummary, per_cent};
use crate::report::periods;
use crate::report::variants::{self, SETS_NOTHING};
use crate::study::Outcome;
use crate::study::outcome::Unit;

/// The page. `firsts` are the run of the first seed of each variant, the baseline first: its question, numbers and
/// teaching note are shown.
///
/// # Panics
/// Without any.
#[must_use]
pub fn of_comparison(firsts: &[History], summary: &CompareSummary) -> String {
    let worlds = worlds(&summary.variants);
    let compared: Vec<Compared> = worlds[1..].iter().map(|world| against_baseline(summary, world)).collect();
    let digests = summary.variants.iter();
    let mut sentences: Vec<String> = summary.premium.iter().map(PairPremiumSummary::sentence).collect();
    sentences.extend(summary.sentences.iter().cloned());
    let all_runs = ("Digest of all runs".to_owned(), summary.digest.to_string());
    let study = Study {
        title: firsts[0].scenario.title.clone(),
        scenario: firsts[0].scenario,
        caveat: summary.caveat.clone(),
        assumed: variants::assumed(&summary.variants),
        numbers_of: Some(format!(
            "The numbers are those of {}, the baseline; what a variant sets otherwise stands under \u{201c}{WHAT_IS_SET}\u{201d}.",
            in_a_sentence(&summary.baseline)
        )),
        outcomes: summary.outcomes.iter().map(|outcome| (outcome.name.clone(), outcome.means)).collect(),
        done: format!(
            "{}. {} {}",
            done(summary),
            periods::sentences(&summary.over_time).join(" "),
            summary.remark.as_deref().unwrap_or_default()
        ),
        sentences: sentences.into_iter().chain([format!("{}.", summary.method)]).collect(),
        known_by: std::iter::once(all_runs)
            .chain(
                digests
                    .map(|variant| (format!("Digest of the scenario, {}", variant.name), variant.scenario.to_string())),
            )
            .collect(),
        reproduce: summary.reproduce.clone(),
        beyond: None,
    };
    let tables: Vec<Table> =
        [means(summary, &worlds), places(summary, &worlds)].into_iter().chain(premium_table(summary)).collect();
    let before = [
        leads(&summary.headlines),
        what_is_set(&summary.variants),
        over_time::section(summary, &worlds, Origin::Compared),
    ];
    let mut after = vec![study::differences(None, &compared)];
    after.extend(FirstRuns::new(firsts, summary, &worlds, Origin::Compared).sections());
    study::of(&study, &before, &tables, &after)
}

/// What stands out, a line a variant; of very many the first.
fn leads(headlines: &[String]) -> Markup {
    /// More lines are no lead.
    const MOST: usize = 6;
    let more = headlines.len().saturating_sub(MOST);
    html! {
        @for headline in headlines.iter().take(MOST) { p.lead { (headline) } }
        @if more > 0 {
            p { (counted(more, "more variant stands out", "more variants stand out")) "; what came out has all." }
        }
    }
}

/// The heading under which it stands what the variants are.
const WHAT_IS_SET: &str = "What the variants set";

/// What each variant sets beyond the scenario as written.
fn what_is_set(all: &[VariantSummary]) -> Markup {
    section(
        "variants",
        WHAT_IS_SET,
        html! {
            p { "Beyond the scenario as written, by path:" }
            ul {
                @for variant in all.iter().filter(|variant| is_variant(variant)) {
                    li {
                        strong { (variant.name) }
                        @if variant.sets.is_empty() { " " (SETS_NOTHING) "." } @else { ": " }
                        @for (index, set) in variant.sets.iter().enumerate() {
                            @if index > 0 { "; " }
                            code { (set.path) " = " (set.short()) }
                        }
                    }
                }
            }
        },
    )
}

/// The differences of a variant; or, where no outcome differs in any pair, that in a sentence.
fn against_baseline(summary: &CompareSummary, world: &World) -> Compared {
    let (variant, baseline) = (&summary.variants[world.place], in_a_sentence(&summary.baseline));
    let of_variant = || summary.differences.iter().filter(|difference| difference.variant == variant.name);
    if of_variant().any(|difference| difference.equal < difference.pairs) {
        return Compared::Different(Differences {
            name: format!("differences-{}", world.place),
            baseline,
            variant: world.said.clone(),
            differences: of_variant().filter_map(|one| paired(summary.state.as_deref(), one)).collect(),
        });
    }
    let pairs = match variant.runs.len() {
        1 => "the one pair of runs".to_owned(),
        pairs => format!("any of {} pairs of runs", grouped(pairs as u64)),
    };
    let histories = |variant: &VariantSummary| variant.runs.iter().map(|run| run.digest).collect::<Vec<_>>();
    let end = if histories(variant) == histories(&summary.variants[0]) {
        "and the histories are the same to the last record"
    } else {
        "though the histories do"
    };
    Compared::Equal(format!("With {}, no outcome differs from {baseline} in {pairs}, {end}.", world.said))
}

/// The haven premium in numbers.
fn premium_table(summary: &CompareSummary) -> Option<Table> {
    let premium = summary.premium.as_ref()?;
    let bound = |bound: Option<f64>| bound.map_or_else(|| "-".to_owned(), per_cent);
    let networks = |number| amount(Unit::Count("networks"), number, true);
    let columns = [
        "State".to_owned(),
        format!("networks when out, {}", premium.out),
        format!("when in, {}", premium.inside),
        "premium, %".to_owned(),
        "interval from".to_owned(),
        "to".to_owned(),
        "pairs".to_owned(),
        "of them above 0".to_owned(),
    ];
    let row = vec![
        premium.state.clone(),
        networks(premium.based_out),
        networks(premium.based_in),
        per_cent(premium.premium),
        bound(premium.low),
        bound(premium.high),
        match premium.premiums.len() {
            all if all == premium.pairs => all.to_string(),
            all => format!("{} of {all}", premium.pairs),
        },
        premium.above_zero.to_string(),
    ];
    Some(Table {
        caption: format!(
            "The haven premium: networks in the {} when the state stays out over those when it is in, minus 1, as the \
             mean over seeds of this ratio",
            premium.counted
        ),
        columns: columns.to_vec(),
        rows: vec![row],
        choice: None,
    })
}

/// What each variant comes to: where every difference starts from.
fn means(summary: &CompareSummary, worlds: &[World]) -> Table {
    let row = |outcome: &Outcome| {
        let mean = |world: &World| {
            let variant = &summary.variants[world.place];
            match mean_of(variant, outcome) {
                Some(mean) => amount(outcome.unit, mean, false),
                None if is_mostly_unanswered(variant, outcome) => MOSTLY_UNANSWERED.to_owned(),
                None => "-".to_owned(),
            }
        };
        let name = capital(&outcome.says(summary.state.as_deref().unwrap_or_default()));
        std::iter::once(name).chain(worlds.iter().map(mean)).collect()
    };
    let outcomes = summary.outcomes.iter().filter_map(|outcome| Outcome::named(outcome.key));
    Table {
        caption: "Means of each variant, over the runs that define the outcome".to_owned(),
        columns: headed("Outcome", worlds),
        rows: outcomes.map(row).collect(),
        choice: None,
    }
}

/// Where the haven was.
fn places(summary: &CompareSummary, worlds: &[World]) -> Table {
    let of_world = worlds.iter().map(|world| places_of(&summary.variants[world.place]));
    let places = std::iter::once("Haven".to_owned()).chain(of_world);
    Table {
        caption: "Where the haven was, for the longest time, in how many runs".to_owned(),
        columns: headed("", worlds),
        rows: vec![places.collect()],
        choice: None,
    }
}

/// A column for each world, the baseline first.
fn headed(first: &str, worlds: &[World]) -> Vec<String> {
    let names = worlds.iter().map(|world| world.name.clone());
    std::iter::once(first.to_owned()).chain(names).collect()
}

/// A difference as a dot; shares in percentage points.
pub(super) fn paired(state: Option<&str>, difference: &DifferenceSummary) -> Option<PairedDifference> {
    let outcome = Outcome::named(difference.outcome)?;
    let (unit, times) = match outcome.unit {
        Unit::Share => ("points", 100.0),
        Unit::Count(things) => (things, 1.0),
        Unit::Days => ("days", 1.0),
        Unit::Ratio => ("", 1.0),
    };
    let bounds = difference.low.zip(difference.high);
    Some(PairedDifference {
        outcome: capital(&outcome.says(state.unwrap_or_default())),
        unit: unit.to_owned(),
        mean: difference.difference * times,
        interval: bounds.map(|(low, high)| (low * times, high * times)),
        shown: differing(outcome.unit, difference.difference, bounds),
        pairs: difference.pairs,
        undefined: (difference.neither, difference.baseline_alone + difference.variant_alone),
        is_withheld: difference.withheld,
        above_zero: float(difference.above_zero) / float(difference.pairs.max(1)),
        equal: difference.equal,
    })
}
