//! A comparison for a terminal of 80 columns: for each variant what stands out in sentences, then every outcome.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table};

use super::alike::{firsts, in_a_sentence};
use super::by_state::MOSTLY_UNANSWERED;
use super::compare::{CompareSummary, DifferenceSummary, RunSummary, VariantSummary};
use super::lines::{capital, counted, hang_within, width};
use super::measured::{amount, differing};
use super::periods;
use super::tables::{add, broken, right, shown};
use super::variants::{SETS_NOTHING, assumed};
use crate::base::Digest;
use crate::base::interval::mean;
use crate::scenario::{AS_CHANGED, AS_WRITTEN};
use crate::study::Outcome;

/// Columns of these texts: those of a usual terminal, or fewer.
fn columns() -> usize {
    const USUAL: usize = 80;
    width().min(USUAL)
}

/// The summary as text.
#[must_use]
pub fn text(summary: &CompareSummary) -> String {
    let mut out = String::new();
    let baseline = in_a_sentence(&summary.baseline);
    wrap(&mut out, &format!("{}: variants compared with {baseline}", summary.title));
    wrap(&mut out, &summary.question);
    wrap(&mut out, &done(summary));
    for sentence in periods::sentences(&summary.over_time) {
        wrap(&mut out, &sentence);
    }
    if let Some(caveat) = &summary.caveat {
        wrap(&mut out, caveat);
    }
    if let Some(remark) = &summary.remark {
        wrap(&mut out, remark);
    }
    for (label, assumption) in assumed(&summary.variants) {
        wrap(&mut out, &format!("{label}: {assumption}"));
    }
    what_is_set(&mut out, &summary.variants);
    let firsts = firsts(&summary.variants.iter().map(|variant| variant.scenario).collect::<Vec<_>>());
    for (place, variant) in summary.variants.iter().enumerate().skip(1) {
        out.push('\n');
        wrap(&mut out, &format!("{} compared with {baseline}", capital(&in_a_sentence(&variant.name))));
        let start = format!("With {}, ", in_a_sentence(&variant.name));
        for sentence in summary.sentences.iter().filter(|sentence| sentence.starts_with(&start)) {
            wrap(&mut out, sentence);
        }
        // Numbers of a world that was shown before are not shown again.
        if firsts[place] == place {
            let _ = writeln!(out, "{}", shown(&differences(summary, &variant.name)));
        }
    }
    if let Some(premium) = &summary.premium {
        out.push('\n');
        wrap(&mut out, &format!("What staying out draws to {}", premium.state));
        wrap(&mut out, &premium.sentence());
    }
    let _ = writeln!(out, "\nWhere the haven was, for the longest time, in how many runs\n{}", shown(&places(summary)));
    out.push('\n');
    let units = "Shares in per cent, differences of shares in points; differences are taken before anything is rounded. Of \
                 an outcome that one of the two defines in no run there is no difference.";
    wrap(&mut out, &format!("{}. {units}", summary.method));
    known_by(&mut out, summary.digest, summary.version, &summary.reproduce);
    out
}

/// What a study is known by, and how to get it again.
pub(super) fn known_by(out: &mut String, digest: Digest, version: &str, reproduce: &str) {
    let _ = writeln!(out, "Digest     {digest}\nVersion    {version}\nAgain with {reproduce}");
}

/// What each variant sets beyond the scenario as written.
fn what_is_set(out: &mut String, variants: &[VariantSummary]) {
    if variants.iter().all(|variant| variant.sets.is_empty()) {
        return;
    }
    out.push_str("\nWhat the variants set beyond the scenario as written\n");
    for variant in variants.iter().filter(|variant| is_variant(variant)) {
        let name = in_a_sentence(&variant.name);
        if variant.sets.is_empty() {
            hang(out, "  ", &format!("{name} {SETS_NOTHING}"));
        }
        for set in &variant.sets {
            hang(out, "  ", &format!("{name}: {} = {}", set.path, set.short()));
        }
    }
}

/// Whether it is one that the scenario has, and not the scenario itself.
pub(super) fn is_variant(variant: &VariantSummary) -> bool {
    ![AS_WRITTEN, AS_CHANGED].contains(&variant.name.as_str())
}

/// How many runs, on which seeds.
pub(super) fn done(summary: &CompareSummary) -> String {
    let seeds = match summary.seeds.as_slice() {
        [one] => format!("seed {one}"),
        [first, .., last] => format!("seeds {first} to {last}, the same in every variant"),
        [] => "no seeds".to_owned(),
    };
    format!("{}: {seeds}", counted(summary.seeds.len(), "run of each variant", "runs of each variant"))
}

pub(super) fn wrap(out: &mut String, text: &str) {
    hang(out, "", text);
}

/// Text in lines of a usual terminal, the first after `first`, the others under it.
pub(super) fn hang(out: &mut String, first: &str, text: &str) {
    hang_within(out, columns(), first, text);
}

pub(super) fn narrow(headings: &[&str]) -> Table {
    let mut table = right(headings);
    table.set_width(u16::try_from(columns()).unwrap_or(u16::MAX));
    table
}

fn differences(summary: &CompareSummary, variant: &str) -> Table {
    /// Longer names leave the numbers no room.
    const LONGEST: usize = 14;
    let [baseline, name] = [&summary.baseline, variant].map(|name| broken(name, LONGEST));
    let mut table = narrow(&["Outcome", &baseline, &name, "difference", "95 % interval", "above 0"]);
    for difference in summary.differences.iter().filter(|difference| difference.variant == variant) {
        let Some(outcome) = Outcome::named(difference.outcome) else { continue };
        let (mean, ends) = differing(outcome.unit, difference.difference, difference.low.zip(difference.high));
        let interval = ends.map_or_else(|| "-".to_owned(), |(low, high)| format!("{low} to {high}"));
        add(
            &mut table,
            [
                capital(&outcome.says(summary.state.as_deref().unwrap_or_default())),
                amount(outcome.unit, difference.baseline_mean, false),
                amount(outcome.unit, difference.variant_mean, false),
                mean,
                interval,
                above_zero(difference),
            ],
        );
    }
    if let Some(row) = without_median(summary, variant) {
        add(&mut table, row);
    }
    table
}

/// Days to answer where one side has no median in any run, so that there is no difference: why, in place of the number.
fn without_median(summary: &CompareSummary, variant: &str) -> Option<[String; 6]> {
    let outcome = Outcome::named("answer_days")?;
    let is_there = |difference: &DifferenceSummary| difference.variant == variant && difference.outcome == outcome.key;
    if summary.differences.iter().any(is_there) {
        return None;
    }
    let of = |name: &str| {
        let variant = summary.variants.iter().find(|variant| variant.name == name)?;
        let mean = mean_of(variant, outcome).map(|mean| amount(outcome.unit, mean, false));
        Some((is_mostly_unanswered(variant, outcome), mean))
    };
    let (baseline, variant) = (of(&summary.baseline)?, of(variant)?);
    if !baseline.0 && !variant.0 {
        return None;
    }
    let said = |(unanswered, mean): (bool, Option<String>)| match mean {
        Some(mean) => mean,
        None if unanswered => MOSTLY_UNANSWERED.to_owned(),
        None => "-".to_owned(),
    };
    let name = capital(&outcome.says(summary.state.as_deref().unwrap_or_default()));
    let none = || "-".to_owned();
    Some([name, said(baseline), said(variant), none(), none(), none()])
}

/// The mean of an outcome over the runs that define it.
pub(super) fn mean_of(variant: &VariantSummary, outcome: &Outcome) -> Option<f64> {
    mean(&variant.runs.iter().filter_map(|run| run.outcomes.get(outcome.key).copied()).collect::<Vec<_>>())
}

/// Whether days to answer have no median in any run though letters were sent: then too few were answered.
pub(super) fn is_mostly_unanswered(variant: &VariantSummary, outcome: &Outcome) -> bool {
    let letters = |run: &RunSummary| run.outcomes.get("letters").is_some_and(|letters| *letters > 0.0);
    outcome.key == "answer_days" && mean_of(variant, outcome).is_none() && variant.runs.iter().any(letters)
}

/// In how many pairs a difference is above zero; and in how many it is nothing, lest they pass for pairs below.
fn above_zero(difference: &DifferenceSummary) -> String {
    let (above, pairs) = (difference.above_zero, difference.pairs);
    let said = match difference.equal {
        0 => format!("{above} of {pairs}"),
        equal if equal == pairs => format!("{equal} equal"),
        equal => format!("{above} of {pairs}\n{equal} equal"),
    };
    match difference.differences.len() - pairs {
        0 => said,
        undefined => format!("{said}\n{undefined} undefined"),
    }
}

fn places(summary: &CompareSummary) -> Table {
    let mut table = narrow(&["Variant", "Haven"]);
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Left);
    }
    for variant in &summary.variants {
        add(&mut table, [variant.name.clone(), places_of(variant)]);
    }
    table
}

pub(super) fn places_of(variant: &VariantSummary) -> String {
    let runs = variant.runs.len();
    let of = |(place, count): &(String, usize)| format!("{place} {count} of {runs}");
    variant.haven_places.iter().map(of).collect::<Vec<_>>().join(", ")
}
