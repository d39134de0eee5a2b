//! Elementary effects and Sobol indices in words: for the terminal, for the report of a sweep, for programs.
//!
//! Deliberately absent: which factors to keep. That hangs on the outcome, and on what else is to be asked.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::charts::scale::significant;
use super::largest::{self, Estimated};
use super::lines::{capital, hang, joined, unbroken};
use super::tables::{add, right};
use crate::study::outcome::Unit;
use crate::study::sensitivity::resampling::FEWEST;
use crate::study::sensitivity::sobol::FEWEST_REPLICATES;
use crate::study::sensitivity::{ElementaryEffects, Estimate, Impossible, Indices, STRAY};
use crate::study::sweep::indices::{Found, Sensitivity};
use crate::study::sweep::{Design, Factor, Sweep};

/// Trajectories of Morris's design below which its order of the factors is doubted. A convention: manuals name 5 to 20, and
/// tools take 10, with four levels, where nothing is said.
const USUAL_TRAJECTORIES: usize = 10;

/// Replicates below which their number is what makes intervals wide: Student's t is 2.8 of five, 4.3 of three, 12.7 of two.
/// Indices have none then (see `study::sensitivity::sobol`).
const USUAL_REPLICATES: u32 = FEWEST_REPLICATES;

/// That a design has few samples or few seeds, where it has.
#[must_use]
pub fn few(sweep: &Sweep) -> Option<String> {
    let samples = few_of(sweep.design, sweep.points.len(), sweep.factors.len());
    let said: Vec<String> = samples.into_iter().chain(few_seeds(sweep.design, sweep.replicates)).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn few_of(design: Design, points: usize, factors: usize) -> Option<String> {
    let samples = points / (factors + 2);
    if design == Design::Sobol && samples < FEWEST {
        return Some(format!(
            "Too few samples ({samples}): of fewer than {FEWEST} no interval is given. Plan more samples before any number is \
             read off."
        ));
    }
    let trajectories = points / (factors + 1);
    (design == Design::Morris && trajectories < USUAL_TRAJECTORIES).then(|| {
        let none = if trajectories < FEWEST {
            format!(" Of fewer than {FEWEST} no interval is given, for it would not hold what it promises.")
        } else {
            String::new()
        };
        format!(
            "Few trajectories ({trajectories}): the order of the factors may be chance.{none} {USUAL_TRAJECTORIES} and more are \
             usual."
        )
    })
}

fn few_seeds(design: Design, replicates: u32) -> Option<String> {
    match (design, replicates) {
        (Design::Points(_), _) | (_, USUAL_REPLICATES..) => None,
        (_, 0..=1) => Some(format!(
            "One seed: no interval is given, for all points share its chance, and nothing tells how far that reaches; an effect \
             may be all chance. Plan {USUAL_REPLICATES} replicates or more."
        )),
        (Design::Sobol, _) => Some(format!(
            "Few seeds ({replicates}): what chance adds to squares is not known, and no interval is given. Plan {USUAL_REPLICATES} \
             replicates or more."
        )),
        _ => Some(format!(
            "Few seeds ({replicates}): how far their chance reaches is known badly, and intervals are wide for it. Plan \
             {USUAL_REPLICATES} replicates or more."
        )),
    }
}

/// How the tables of a sweep are to be read, in sentences.
#[must_use]
pub fn lead(sweep: &Sweep) -> Vec<String> {
    let [indices, chance] = match sweep.design {
        Design::Sobol => [
            "Part of an outcome's variance, over the design, that a factor accounts for: by itself (first), and with all \
             that it does together with others (total).",
            "What chance adds to an index in the mean is taken off where there are two seeds or more.",
        ],
        Design::Morris | Design::Points(_) => [
            "Elementary effects of a factor over its whole range, in the unit of the outcome: mean size (mu*), mean (mu), and \
             how much they differ from place to place (sigma).",
            "Chance makes mu* and sigma too large, and mu neither larger nor smaller: whether there is an effect at all, mu tells.",
        ],
    };
    let seeds = "An outcome of a point is its mean over the seeds, which all points share: what chance is left counts as an \
                 effect of the factor by which histories part.";
    let fewest = if sweep.design == Design::Sobol { USUAL_REPLICATES } else { 2 };
    let intervals =
        (sweep.replicates >= fewest).then_some("In brackets 95 % intervals, over both the design and the seeds.");
    let said = [Some(indices), Some(seeds), Some(chance), intervals];
    said.into_iter().flatten().map(str::to_owned).chain(few(sweep)).collect()
}

/// What was found of one outcome in one variant, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The outcome, with variant and unit.
    pub heading: String,
    /// Headings of the columns, the first that of the factors.
    pub columns: Vec<&'static str>,
    /// A row a factor.
    pub rows: Vec<Vec<String>>,
    /// Which factor comes first, and which may as well, in one sentence or two.
    pub first: String,
    /// That the numbers cannot be what they are, where that is so.
    pub doubt: Option<String>,
}

/// What was found, ready to be shown; or that nothing was, and why.
///
/// # Errors
/// Why the outcome has no indices, after its name.
pub fn shown(sweep: &Sweep, found: &Found) -> Result<Shown, String> {
    let variant = found.variant.as_ref().map_or_else(String::new, |variant| format!(", {variant}"));
    let name = found.outcome.says(sweep.state_name.as_deref().unwrap_or("the state"));
    let heading = format!("{}{variant}", capital(&name));
    match &found.sensitivity {
        Sensitivity::Nothing(why) => Err(format!("{name}{variant}: {why}")),
        Sensitivity::Indices(indices) => Ok(shown_indices(sweep, indices, heading)),
        Sensitivity::Effects(effects) => Ok(shown_effects(sweep, effects, found.outcome.unit, &heading)),
    }
}

fn shown_indices(sweep: &Sweep, indices: &[Indices], heading: String) -> Shown {
    let cells = |of: &Indices| vec![estimate(of.first, 1.0), estimate(of.total, 1.0)];
    let totals: Vec<Estimate> = indices.iter().map(|index| index.total).collect();
    let estimated = Estimated {
        what: ["total index", "total indices"],
        scale: 1.0,
        unit: "",
        end: [""; 2],
        nothing: [
            "Its interval reaches 0: there may be no effect at all.",
            "Their intervals reach 0: there may be no effect at all.",
        ],
    };
    let reaches_zero = |place: usize| indices[place].total.reaches_zero();
    Shown {
        columns: vec!["Factor", "first", "total"],
        rows: rows(sweep, indices.iter().map(cells)),
        first: format!("{heading}: {}", largest::sentence(&paths(sweep), &totals, estimated, &reaches_zero)),
        doubt: doubt(sweep, indices),
        heading,
    }
}

fn shown_effects(sweep: &Sweep, effects: &[ElementaryEffects], unit: Unit, heading: &str) -> Shown {
    let (unit, scale) = if unit == Unit::Share { ("percentage points", 100.0) } else { (unit.word(), 1.0) };
    let cells = |of: &ElementaryEffects| {
        vec![estimate(of.absolute, scale), estimate(of.mean, scale), significant(of.deviation * scale)]
    };
    let sizes: Vec<Estimate> = effects.iter().map(|effect| effect.absolute).collect();
    let estimated = Estimated {
        what: ["mean size of an effect (mu*)", "mean sizes of effects (mu*)"],
        scale,
        unit: &format!(" {unit}"),
        end: [" over its whole range", " over their whole ranges"],
        nothing: [
            "The interval of its mean effect (mu) holds 0: ups and downs may cancel, or there may be no effect at all.",
            "The intervals of their mean effects (mu) hold 0: ups and downs may cancel, or there may be no effects at all.",
        ],
    };
    // Sizes lie above 0 whatever chance does; the mean with its sign does not.
    let reaches_zero = |place: usize| effects[place].mean.reaches_zero();
    Shown {
        heading: format!("{heading} ({unit})"),
        columns: vec!["Factor", "mu*", "mu", "sigma"],
        rows: rows(sweep, effects.iter().map(cells)),
        first: format!("{heading}: {}", largest::sentence(&paths(sweep), &sizes, estimated, &reaches_zero)),
        doubt: None,
    }
}

fn paths(sweep: &Sweep) -> Vec<&str> {
    sweep.factors.iter().map(|factor| factor.path.text.as_str()).collect()
}

/// A row a factor: its path, and what was found of it.
fn rows(sweep: &Sweep, cells: impl Iterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let row = |(path, cells): (&str, Vec<String>)| std::iter::once(path.to_owned()).chain(cells).collect();
    paths(sweep).into_iter().zip(cells).map(row).collect()
}

/// Which indices cannot be what they are, in a sentence.
fn doubt(sweep: &Sweep, indices: &[Indices]) -> Option<String> {
    let say = |(factor, index): (&Factor, &Indices)| {
        let path = &factor.path.text;
        Some(match index.impossible()? {
            Impossible::FirstAboveTotal => {
                let [first, total] = [index.first, index.total].map(|estimate| significant(estimate.value));
                format!("first ({first}) exceeds total ({total}) for {path}")
            }
            Impossible::Outside if index.first.interval.is_none() => {
                format!("an index of {path} lies below 0 or above 1")
            }
            Impossible::Outside => format!("an interval of {path} reaches below 0 or above 1"),
        })
    };
    let found: Vec<String> = sweep.factors.iter().zip(indices).filter_map(say).collect();
    let samples = sweep.points.len() / (sweep.factors.len() + 2);
    (!found.is_empty()).then(|| {
        format!(
            "Too few samples ({samples}), or seeds ({}): {}, by more than {STRAY}. No index can do so: plan more of them before \
             any of these numbers is read off.",
            sweep.replicates,
            joined(&found, "and")
        )
    })
}

/// Indices of every outcome as tables.
#[must_use]
pub fn text(sweep: &Sweep, found: &[Found]) -> String {
    let mut text = String::new();
    hang(&mut text, "", &sweep.title);
    for sentence in lead(sweep) {
        hang(&mut text, "", &sentence);
    }
    let mut nothing: Vec<String> = Vec::new();
    for found in found {
        match shown(sweep, found) {
            Err(why) => nothing.push(why),
            Ok(shown) => {
                let _ = writeln!(text, "\n{}", shown.heading);
                let mut rows = right(&shown.columns);
                for row in shown.rows {
                    add(&mut rows, row);
                }
                let _ = writeln!(text, "{}", super::tables::shown(&rows));
                if let Some(doubt) = &shown.doubt {
                    hang(&mut text, "", doubt);
                }
            }
        }
    }
    if !nothing.is_empty() {
        let _ = writeln!(text, "\n{}:", without(sweep));
        for line in nothing {
            hang(&mut text, "    ", &line);
        }
    }
    text
}

/// What heads the outcomes of which nothing is found.
#[must_use]
pub const fn without(sweep: &Sweep) -> &'static str {
    match sweep.design {
        Design::Sobol => "Without indices",
        Design::Morris | Design::Points(_) => "Without effects",
    }
}

fn estimate(estimate: Estimate, scale: f64) -> String {
    let number = significant(estimate.value * scale);
    let Some((low, high)) = estimate.interval else { return number };
    unbroken(&format!("{number} ({} to {})", significant(low * scale), significant(high * scale)))
}

/// Indices of every outcome for programs, unrounded and in the unit of the outcome.
#[must_use]
pub fn json(sweep: &Sweep, found: &[Found]) -> Value {
    let estimate = |estimate: Estimate| {
        let (low, high) = estimate.interval.unzip();
        json!({"value": estimate.value, "low": low, "high": high})
    };
    let of = |found: &Found| {
        let paths = sweep.factors.iter().map(|factor| factor.path.text.as_str());
        let factors: Vec<Value> = match &found.sensitivity {
            Sensitivity::Nothing(_) => Vec::new(),
            Sensitivity::Indices(indices) => paths
                .zip(indices)
                .map(|(path, index)| json!({"factor": path, "first": estimate(index.first), "total": estimate(index.total)}))
                .collect(),
            Sensitivity::Effects(effects) => paths
                .zip(effects)
                .map(|(path, effect)| {
                    json!({
                        "factor": path, "mu-star": estimate(effect.absolute), "mu": estimate(effect.mean),
                        "sigma": effect.deviation,
                    })
                })
                .collect(),
        };
        let doubt = if let Sensitivity::Indices(indices) = &found.sensitivity { doubt(sweep, indices) } else { None };
        let why = if let Sensitivity::Nothing(why) = found.sensitivity { Some(why) } else { None };
        json!({
            "outcome": found.outcome.key, "unit": found.outcome.unit.word(), "variant": found.variant, "factors": factors,
            "none-because": why, "doubt": doubt,
        })
    };
    json!({
        "title": sweep.title, "plan": sweep.digest(), "replicates": sweep.replicates, "doubt": few(sweep),
        "found": found.iter().map(of).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_trajectories_are_told() {
        let points = |trajectories: usize| trajectories * 5;
        let said = few_of(Design::Morris, points(9), 4).expect("nine are few");
        assert!(said.starts_with("Few trajectories (9): ") && said.ends_with("10 and more are usual."), "{said}");
        assert!(!said.contains("no interval"), "{said}");
        assert!(few_of(Design::Morris, points(5), 4).is_some_and(|said| said.contains("Of fewer than 6 no interval")));
        assert_eq!(few_of(Design::Morris, points(10), 4), None);
        assert!(
            few_of(Design::Sobol, 6 * 5, 4)
                .is_some_and(|said| said.starts_with("Too few samples (5): of fewer than 6"))
        );
        assert_eq!(few_of(Design::Sobol, 6 * 6, 4), None);
    }

    #[test]
    fn few_seeds_are_told() {
        let said = few_seeds(Design::Morris, 1).expect("one is few");
        assert!(said.starts_with("One seed: no interval is given, for all points share its chance"), "{said}");
        assert!(few_seeds(Design::Morris, 2).is_some_and(|said| said.contains("intervals are wide for it")));
        let said = few_seeds(Design::Sobol, 2).expect("two are few");
        assert!(said.contains("no interval is given"), "{said}");
        assert!(said.starts_with("Few seeds (2): ") && said.ends_with("Plan 5 replicates or more."), "{said}");
        assert_eq!((few_seeds(Design::Sobol, 5), few_seeds(Design::Points("grid"), 1)), (None, None));
    }

    #[test]
    fn numbers_have_the_digits_that_matter_whatever_their_size() {
        let of = |value: f64, interval| Estimate { value, interval };
        assert_eq!(
            estimate(of(0.001_234, Some((-0.000_5, 0.003))), 1.0),
            unbroken("0.00123 (\u{2212}0.000500 to 0.00300)")
        );
        assert_eq!(estimate(of(1234.5, None), 1.0), "1,235");
    }
}
