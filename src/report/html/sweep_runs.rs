//! What the report of a sweep shares with that of a comparison: how its variants differ over all points, as dots; and
//! what only single runs can show, of one run of each variant at the scenario's own point.

use maud::{Markup, html};

use super::compare::paired;
use super::first_runs::{FirstRuns, Origin};
use super::study::{self, Compared};
use super::{History, over_time, section};
use crate::base::Digest;
use crate::report::alike::{in_a_sentence, worlds, worlds_of};
use crate::report::charts::dots::Differences;
use crate::report::compare::{self, CompareSummary, Question, difference_summary};
use crate::report::lines::counted;
use crate::scenario::{AS_WRITTEN, Scenario};
use crate::study::sweep::Sweep;
use crate::study::sweep::own_point::OwnPoint;
use crate::study::{Comparison, Difference, Followed};

/// The differences of each world against the first, seed by seed; none of one variant, and where seeds are not shared.
pub(super) fn differences(sweep: &Sweep, found: &[Vec<Difference>]) -> Option<Markup> {
    let name = |variant: &Option<String>| variant.clone().unwrap_or_else(|| AS_WRITTEN.to_owned());
    let names: Vec<String> = sweep.variants.iter().map(name).collect();
    let named: Vec<(&str, Digest)> = names.iter().map(String::as_str).zip(sweep.scenarios.iter().copied()).collect();
    let baseline = in_a_sentence(names.first()?);
    let against = |(place, said): (usize, String)| {
        let differences = found.get(place.checked_sub(1)?).filter(|differences| !differences.is_empty())?;
        let seeds = differences.iter().map(|difference| difference.pairs).max()?;
        if differences.iter().all(|difference| difference.equal() == difference.pairs) {
            let of = if seeds == 1 { "on the one seed".to_owned() } else { format!("on any of {seeds} seeds") };
            return Some(Compared::Equal(format!("With {said}, no outcome differs from {baseline} {of}.")));
        }
        let of_state = sweep.state_name.as_deref();
        let dots = differences.iter().filter_map(|one| paired(of_state, &difference_summary(&names[place], one)));
        Some(Compared::Different(Differences {
            name: format!("differences-{place}"),
            baseline: baseline.clone(),
            variant: said,
            differences: dots.collect(),
        }))
    };
    let compared: Vec<Compared> =
        worlds_of(&named).into_iter().filter_map(|world| against((world.place, world.said))).collect();
    let over = match sweep.points.len() {
        1 => String::new(),
        points => {
            format!(" Each seed is averaged over the {} of the design first.", counted(points, "point", "points"))
        }
    };
    let lead = format!("A pair is a seed, in both variants.{over}");
    (!compared.is_empty()).then(|| study::differences(Some(&lead), &compared))
}

/// What single runs show.
pub(super) struct Single {
    /// Over time, then what can be looked into; or why there is nothing.
    pub sections: Vec<Markup>,
    /// Identifies the runs.
    pub digest: Option<Digest>,
}

/// The sections of the runs at the scenario's own point.
pub(super) fn single(sweep: &Sweep, own: &OwnPoint) -> Single {
    let (comparison, followed) = match &own.runs {
        Ok(found) => found,
        Err(stopped) => {
            let why = html! {
                p {
                    "There is nothing to show over time, or to look into: a run with every factor as the scenario has it \
                     stopped (" (stopped) ")."
                }
            };
            return Single { sections: vec![section("over-time", "How it goes, month by month", why)], digest: None };
        }
    };
    let summary = summed_up(sweep, own, (comparison, followed));
    let worlds = worlds(&summary.variants);
    let histories = own.scenarios.iter().zip(&followed.firsts);
    let histories: Vec<History> = histories.map(|((_, scenario), outcome)| History { scenario, outcome }).collect();
    let mut sections = vec![over_time::section(&summary, &worlds, Origin::MadeForPage)];
    sections.extend(FirstRuns::new(&histories, &summary, &worlds, Origin::MadeForPage).sections());
    Single { sections, digest: Some(summary.digest) }
}

/// The runs as the sections of a comparison want them.
fn summed_up(sweep: &Sweep, own: &OwnPoint, (found, followed): (&Comparison, &Followed)) -> CompareSummary {
    let named: Vec<(&str, &Scenario)> =
        own.scenarios.iter().map(|(name, scenario)| (name.as_str(), scenario)).collect();
    let first = named[0].1;
    let question = Question {
        title: &first.title,
        question: &first.question,
        caveat: None,
        state: sweep.state_name.as_deref(),
        watched: None,
        variants: &named,
        followed,
        premium: None,
    };
    compare::summarise(&question, found, String::new())
}
