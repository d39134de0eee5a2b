//! Sweeps for the terminal: what is planned, what is done, what depends on what.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::lines::{capital, counted, hang};
use super::terminal::{add, grouped, table};
use crate::study::outcome::Unit;
use crate::study::sensitivity::Estimate;
use crate::study::sweep::folder::Named;
use crate::study::sweep::indices::{Found, Sensitivity};
use crate::study::sweep::results::Results;
use crate::study::sweep::shard::array;
use crate::study::sweep::{Design, Sweep};

/// What a plan will be; `out` is its folder, as a shell reads it.
#[must_use]
pub fn planned(sweep: &Sweep, named: &Named, out: &str) -> String {
    let mut text = format!("{}\n", sweep.title);
    let variants = if sweep.variants == [None] {
        "as written".to_owned()
    } else {
        counted(sweep.variants.len(), "variant", "variants")
    };
    let lead = format!(
        "{} runs: {} of the design ({}), {variants}, {} each.",
        grouped(named.runs),
        counted(sweep.points.len(), "point", "points"),
        named.design,
        counted(sweep.replicates as usize, "seed", "seeds"),
    );
    hang(&mut text, "", &lead);
    if !sweep.factors.is_empty() {
        let paths: Vec<&str> = sweep.factors.iter().map(|factor| factor.path.text.as_str()).collect();
        hang(&mut text, "Factors: ", &paths.join(", "));
    }
    if let Some(state) = &sweep.state_name {
        let _ = writeln!(text, "Outcomes of a state are about {state}");
    }
    let _ = writeln!(text, "Plan {}", named.plan.get(..12).unwrap_or(&named.plan));
    let _ = writeln!(text, "\nRun it with      comity sweep run {out}");
    let _ = writeln!(text, "or in shards     comity sweep run {out} --shard 1/8");
    text
}

/// What is done, missing and damaged; `open` are the shards, of so many, that have a run missing.
#[must_use]
pub fn status(sweep: &Sweep, found: &Results, open: &[u32], of: u32) -> String {
    let mut text = format!("{}\n", sweep.title);
    let (done, all) = (found.done(), sweep.runs());
    let missing = if all == done { "none missing".to_owned() } else { format!("{} missing", grouped(all - done)) };
    let _ = writeln!(
        text,
        "{} of {} runs done, {missing}; {}",
        grouped(done),
        grouped(all),
        counted(found.parts.len(), "part", "parts")
    );
    for (what, parts) in
        [("damaged", &found.damaged), ("other plan", &found.strange), ("other build", &found.other_builds)]
    {
        for (path, why) in parts {
            let _ = writeln!(text, "{what}: {}: {why}", path.display());
        }
    }
    if !open.is_empty() {
        let _ = writeln!(text, "Shards with runs missing, of {of} (for --array): {}", array(open));
    }
    text
}

/// Indices of every outcome as tables.
#[must_use]
pub fn sensitivity(sweep: &Sweep, found: &[Found]) -> String {
    let mut text = format!("{}\n", sweep.title);
    let lead = match sweep.design {
        Design::Sobol => {
            "Part of an outcome's variance, over the design, that a factor accounts for: by itself (first), and with all \
             that it does together with others (total). In brackets 95 % intervals by resampling the design."
        }
        _ => {
            "Elementary effects of a factor over its whole range, in the unit of the outcome: mean size (mu*, with a 95 % \
             interval by resampling trajectories), mean (mu), and how much they differ from place to place (sigma)."
        }
    };
    hang(&mut text, "", lead);
    hang(&mut text, "", "An outcome of a point is its mean over the seeds; chance that is left counts as interaction.");
    let mut nothing: Vec<String> = Vec::new();
    for found in found {
        let variant = found.variant.as_ref().map_or_else(String::new, |variant| format!(", {variant}"));
        let name = found.outcome.says(sweep.state_name.as_deref().unwrap_or("the state"));
        let share = found.outcome.unit == Unit::Share;
        let unit = if share { "percentage points" } else { found.outcome.unit.word() };
        let scale = if share { 100.0 } else { 1.0 };
        let paths = sweep.factors.iter().map(|factor| factor.path.text.clone());
        match &found.sensitivity {
            Sensitivity::Nothing(why) => nothing.push(format!("{name}{variant}: {why}")),
            Sensitivity::Indices(indices) => {
                let _ = writeln!(text, "\n{}{variant}", capital(&name));
                let mut rows = table(&["Factor", "first", "total"]);
                for (path, index) in paths.zip(indices) {
                    add(&mut rows, [path, estimate(index.first, 1.0), estimate(index.total, 1.0)]);
                }
                let _ = writeln!(text, "{rows}");
            }
            Sensitivity::Effects(effects) => {
                let _ = writeln!(text, "\n{}{variant} ({unit})", capital(&name));
                let mut rows = table(&["Factor", "mu*", "mu", "sigma"]);
                for (path, effect) in paths.zip(effects) {
                    let number = |value: f64| short(value * scale);
                    add(
                        &mut rows,
                        [path, estimate(effect.absolute, scale), number(effect.mean), number(effect.deviation)],
                    );
                }
                let _ = writeln!(text, "{rows}");
            }
        }
    }
    if !nothing.is_empty() {
        let _ = writeln!(text, "\nWithout indices:");
        for line in nothing {
            hang(&mut text, "    ", &line);
        }
    }
    text
}

fn estimate(estimate: Estimate, scale: f64) -> String {
    let Estimate { value, low, high } = estimate;
    format!("{} ({} to {})", short(value * scale), short(low * scale), short(high * scale))
}

/// Three digits that matter.
fn short(value: f64) -> String {
    let size = value.abs();
    let digits = if size >= 100.0 {
        0
    } else if size >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{value:.digits$}");
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') { text.replace('-', "") } else { text }
}

/// Indices of every outcome for programs, unrounded and in the unit of the outcome.
#[must_use]
pub fn sensitivity_json(sweep: &Sweep, found: &[Found]) -> Value {
    let estimate = |estimate: Estimate| json!({"value": estimate.value, "low": estimate.low, "high": estimate.high});
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
                        "factor": path, "mu-star": estimate(effect.absolute), "mu": effect.mean, "sigma": effect.deviation,
                    })
                })
                .collect(),
        };
        let why = if let Sensitivity::Nothing(why) = found.sensitivity { Some(why) } else { None };
        json!({
            "outcome": found.outcome.key, "unit": found.outcome.unit.word(), "variant": found.variant, "factors": factors,
            "none-because": why,
        })
    };
    json!({
        "title": sweep.title, "plan": sweep.digest(), "replicates": sweep.replicates,
        "found": found.iter().map(of).collect::<Vec<_>>(),
    })
}
