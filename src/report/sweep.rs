//! Sweeps for the terminal: what is planned, what is done.
//!
//! Deliberately absent: what depends on what; see [`super::sensitivity`].

use std::fmt::Write as _;

use super::lines::{counted, hang};
use super::numbers::{grouped, number_of};
use super::sensitivity::few;
use crate::study::sweep::Sweep;
use crate::study::sweep::columns::Stopped;
use crate::study::sweep::folder::Named;
use crate::study::sweep::results::Results;
use crate::study::sweep::shard::array;

/// What a plan will be; `out` is its folder, as a shell reads it.
#[must_use]
pub fn planned(sweep: &Sweep, named: &Named, out: &str) -> String {
    let mut text = String::new();
    hang(&mut text, "", &sweep.title);
    let variants = if sweep.variants == [None] {
        "the scenario as written".to_owned()
    } else {
        counted(sweep.variants.len(), "variant", "variants")
    };
    let lead = format!(
        "{}: {} of the design ({}), {variants}, {} each.",
        number_of(named.runs, "run", "runs"),
        counted(sweep.points.len(), "point", "points"),
        named.design,
        counted(sweep.replicates as usize, "seed", "seeds"),
    );
    hang(&mut text, "", &lead);
    if !sweep.factors.is_empty() {
        let paths: Vec<&str> = sweep.factors.iter().map(|factor| factor.path.text.as_str()).collect();
        hang(&mut text, "Factors: ", &paths.join(", "));
    }
    if let Some(few) = few(sweep) {
        hang(&mut text, "", &few);
    }
    if let Some(state) = &sweep.state_name {
        hang(&mut text, "", &format!("Outcomes of a state are about {state}"));
    }
    let _ = writeln!(text, "Plan {}", named.plan.get(..12).unwrap_or(&named.plan));
    let _ = writeln!(text, "\nRun it with      comity sweep run {out}");
    let _ = writeln!(text, "or in shards     comity sweep run {out} --shard 1/8");
    text
}

/// What is done, missing, stopped and damaged; `open` are the shards, of so many, that have a run missing.
#[must_use]
pub fn status(sweep: &Sweep, found: &Results, stopped: &Stopped, (open, of): (&[u32], u32)) -> String {
    let mut text = String::new();
    hang(&mut text, "", &sweep.title);
    let (done, all) = (found.done(), sweep.runs());
    let missing = if all == done { "none missing".to_owned() } else { format!("{} missing", grouped(all - done)) };
    let _ = writeln!(
        text,
        "{} of {} done, {missing}; {}",
        grouped(done),
        number_of(all, "run", "runs"),
        counted(found.parts.len(), "part", "parts")
    );
    if let Some(stopped) = stopped.sentence(done) {
        hang(&mut text, "", &stopped);
    }
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
