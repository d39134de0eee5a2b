//! Letters and pairs per CPU-second on direct calls, with law, register, digest and tally on.

use std::hint::black_box;

use comity::base::{Canonical, Day, Digest};
use comity::engine::{Observer, Record};
use comity::transport::Rung;

use crate::bare_heap;
use crate::flagship::{Stopwatch, open, pairs, read, run, timed, watched};
use crate::measure::{cost, figure, float, goal, heading, interleaved, line};
use crate::settings::Settings;

/// Runs a round: one takes under a tenth of a second.
const RUNS: u32 = 5;

/// The letters of a run as they are registered.
#[derive(Default)]
struct Entries(Vec<Vec<u8>>);

impl Observer for Entries {
    fn record(&mut self, _: Day, record: Record<'_>) {
        if let Record::Letter(letter) = record {
            let mut entry = Vec::new();
            letter.encode(&mut entry);
            self.0.push(entry);
        }
    }
}

impl Entries {
    /// The chain links of both registers that each letter stands in, and nothing else.
    fn link(&self) -> Digest {
        self.0.iter().fold(Digest::default(), |head, entry| head.link(entry).link(entry))
    }
}

/// See the module.
pub fn bench(settings: &Settings) {
    heading("direct: letters of the flagship without a wire; baseline: a bare binary heap, as many pairs");
    let plan = read("holds-out").plan;
    let outcome = timed(&plan, Rung::Direct, 1).1;
    let (letters, pairs) = (outcome.tally.letters, pairs(&outcome));
    let runs = f64::from(RUNS);
    let ours = || cost(|| (0..RUNS).for_each(|_| drop(timed(&plan, Rung::Direct, 1)))).0.per(runs * float(pairs));
    let bare = || {
        let seeds = 0..u64::from(RUNS);
        let work = || seeds.map(|seed| black_box(bare_heap::run(pairs, 2 * seed + 1))).fold(0, u64::wrapping_add);
        cost(work).0.per(runs * float(pairs))
    };
    let mut entries = Entries::default();
    watched(&plan, open(&plan, Rung::Direct, 1).as_mut(), &mut entries);
    let all_links = || (0..RUNS).for_each(|_| _ = black_box(entries.link()));
    let links = || cost(all_links).0.per(runs * float(pairs));
    let rounds = interleaved(settings.rounds, &mut [Box::new(ours), Box::new(bare), Box::new(links)]);
    let millions = |seconds: f64| figure(1e-6 / seconds);
    let (ours, bare, links) = (rounds.cpu(0), rounds.cpu(1), rounds.cpu(2));
    line("letters and pairs of a run", format_args!("{letters} and {pairs}"));
    line("million letters per CPU-second", millions(ours.median * float(pairs) / float(letters)));
    line("million pairs per CPU-second", format_args!("{}   goal 2, aim 3", millions(ours.median)));
    line("million pairs per CPU-second, bare heap", millions(bare.median));
    line("million pairs per CPU-second, if the links of their registers were all", millions(links.median));
    goal("cost of a pair, of the bare heap's", rounds.ratio(0, 1), "at most 3");
    let mut timed = Stopwatch::new(open(&plan, Rung::Direct, 1));
    let (whole, _) = cost(|| run(&plan, &mut timed));
    let share = figure(100.0 * timed.cpu / whole.cpu);
    line("of this in the authorities; the rest is world and records", format_args!("{share} %"));
}
