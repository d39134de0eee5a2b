//! Hostile input by the thousand: mutated files and arbitrary questions, none of which may panic. The corpus holds what
//! failed once. The benchmark `fuzz` tries more; see `benches/README.md`.

#![expect(clippy::disallowed_methods, reason = "writes mutated files and reads the corpus")]

mod campaign;
mod chance;
mod mutate;
mod questions;
mod targets;

use campaign::{Campaign, kept};

/// Runs of every test: some seconds, by count and not by time, so that a slow machine tries the same.
const RUNS: u64 = 240;

#[test]
fn what_failed_once_fails_no_more() {
    let mut campaign = Campaign::new(0);
    let kept = kept();
    assert!(kept.len() >= 8, "only {} files in the corpus", kept.len());
    let failed: Vec<String> = kept
        .iter()
        .filter_map(|(name, kind, input)| Some(format!("{name}: {}", campaign.try_input(*kind, input).err()?)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn mutated_files_and_arbitrary_questions_cause_no_panic() {
    let mut campaign = Campaign::new(0);
    let failed: Vec<String> = (0..RUNS)
        .filter_map(|number| campaign.run(number).err())
        .map(|failure| {
            let input = failure.input.map(|(kind, input)| (kind, String::from_utf8_lossy(&input).into_owned()));
            format!("run {}: {}\n{input:?}", failure.number, failure.message)
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    // Mutations that only ever break the writing would try nothing behind the reader.
    let forms = ["treaty", "state", "case"].map(|kind| campaign.tried.get(kind).copied().unwrap_or_default());
    for (tried, used, _) in forms {
        assert!(used * 20 >= tried && used < tried, "{used} of {tried} could be read");
    }
    assert!(campaign.questions >= 8 * RUNS / 4);
}
