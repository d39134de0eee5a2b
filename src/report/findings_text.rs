//! The findings of a run on a terminal: a few lines; the whole is in the JSON.

use std::fmt::Write as _;

use super::lines;
use super::summary::Summary;
use super::terminal::{counted, grouped, percent, quotient, wrap};

/// How the networks are spread, and how that changed.
pub(super) fn spread(out: &mut String, summary: &Summary) {
    let sentences = spread_sentences(summary);
    if sentences.is_empty() {
        return;
    }
    let _ = writeln!(out, "How the networks are spread");
    for sentence in sentences {
        wrap(out, "        ", &sentence);
    }
    out.push('\n');
}

/// The same in sentences; none of a run without a month.
pub(super) fn spread_sentences(summary: &Summary) -> Vec<String> {
    let (Some(first), Some(last)) = (summary.panel.first(), summary.panel.last()) else { return Vec::new() };
    let index = |share: Option<u32>| share.map_or_else(|| "-".to_owned(), quotient);
    let mut sentences = vec![format!(
        "Concentration (Herfindahl index; 1 is all in one state) of bases {} after the first month, {} on the last \
         day; of hosts {} and {}.",
        index(first.base_concentration_permille),
        index(last.base_concentration_permille),
        index(first.host_concentration_permille),
        index(last.host_concentration_permille),
    )];
    let most = |share: fn(&super::findings::YearSummary) -> Option<u32>| {
        summary.years.iter().filter_map(|year| Some((share(year)?, std::cmp::Reverse(year.year)))).max()
    };
    if let (Some((bases, base_year)), Some((hosts, host_year))) =
        (most(|year| year.base_reshuffle_permille), most(|year| year.host_reshuffle_permille))
    {
        sentences.push(format!(
            "Most reshuffled: {} % of bases in {}, {} % of hosts in {}.",
            percent(bases),
            base_year.0,
            percent(hosts),
            host_year.0
        ));
    }
    for leakage in &summary.leakages {
        let Some(leaked) = leakage.leakage_permille else { continue };
        let (before, after) = leakage.members_permille;
        let fewer = usize::try_from(before.saturating_sub(after).div_ceil(1000)).unwrap_or(usize::MAX);
        sentences.push(format!(
            "Leakage at the entry into force on {} of the {}: its {} {} fewer in the year \
             after than before, and as many as {} % of these are elsewhere.",
            leakage.day,
            leakage.treaty,
            lines::counted(leakage.members.len(), "new member has", "new members have"),
            lines::counted(fewer, "network", "networks"),
            leaked / 10,
        ));
    }
    sentences
}

/// What would have saved the lost cases.
pub(super) fn attribution(out: &mut String, summary: &Summary) {
    /// The first few acts save most.
    const SHOWN: usize = 5;
    let attribution = &summary.attribution;
    if attribution.savings.iter().all(|saving| saving.expected == 0) {
        return;
    }
    let heading = format!(
        "What one act would have saved of the {} cases lost (the step that ended each decided again; acts overlap)",
        grouped(attribution.lost)
    );
    wrap(out, "", &heading);
    for saving in attribution.savings.iter().filter(|saving| saving.expected > 0).take(SHOWN) {
        let chance = if saving.surely == saving.expected {
            String::new()
        } else {
            format!(" (expected number, {} of it surely)", grouped(saving.surely))
        };
        counted(out, saving.expected, &format!("{}{chance}", saving.act));
    }
    out.push('\n');
}
