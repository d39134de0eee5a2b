//! Larger worlds on direct calls: goal 4, one change to a world of 60 states over 20 years; goal 6, 195 states over ten
//! years with a million cases; and the scenarios of all states by record.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use comity::engine::{Outcome, Plan};
use comity::report::summarise;
use comity::scenario::{self, Scenario};
use comity::transport::Rung;

use crate::bare_heap;
use crate::flagship::{pairs, timed};
use crate::measure::{cost, figure, float, heading, interleaved, line, mebibytes};
use crate::settings::Settings;

/// Invented states, all Parties to the Convention on Cybercrime; every second one has joined the protocol and has the law.
fn world(states: usize, years: i32, networks: u32, incidents: f64) -> String {
    let mut text = format!(
        "title: A world of {states} states\nquestion: What does it cost?\nfrom: 2011-01-01\nto: {}-12-31\nseed: 1\n\
         teaching: {{ time: none, goals: [], ask: [] }}\n\
         treaties: [ets185, internet-trafficking-protocol/conduct]\nstates:\n",
        2010 + years
    );
    let code = |number: usize| format!("s{number:03}");
    for number in 0..states {
        let law = if number % 2 == 0 { "full" } else { "no-internet-trafficking" };
        let _ = writeln!(text, "  {}: {{ law: {law}, infrastructure: {}, market: 1 }}", code(number), 1 + number % 7);
    }
    text.push_str(
        "membership:\n  ets185: { \"*\": 2005-03-10 }\n  internet-trafficking-protocol/conduct:\n    \"*\": never\n",
    );
    for number in (0..states).step_by(2) {
        let _ = writeln!(text, "    {}: 2011-09-15", code(number));
    }
    let _ = writeln!(
        text,
        "authority: {{ desks: 200 }}\nnetworks:\n  count: {networks}\n  behaviour: {{ incidents-per-year: {incidents} }}\n  lines:\n    \
         advertise: {{ weight: 1, facts: [advertise, minor, knew, commercial, computer, intent] }}"
    );
    text
}

fn read(text: &str) -> Scenario {
    let read = scenario::read_text("world", text, &scenario::Options::default());
    read.unwrap_or_else(|(problems, _)| panic!("{problems:?}"))
}

/// All states of the tables, with the memberships of the record.
fn by_record(name: &str) -> Plan {
    let read = scenario::read(Path::new(&format!("scenarios/{name}.yaml")), &scenario::Options::default());
    read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan
}

fn cases(outcome: &Outcome) -> u64 {
    outcome.tally.states.iter().map(|state| state.cases_opened).sum()
}

/// See the module.
pub fn bench(settings: &Settings) {
    heading("worlds: larger ones by direct calls; baseline: a bare binary heap, as many pairs");
    let sixty = world(60, 20, 400, 6.0);
    measure("60 states, 20 years", &read(&sixty).plan, settings.rounds.min(5), "under 0.1 s");
    whole("60 states, 20 years, read, run and summed up", &sixty, settings.rounds.min(5));
    let (networks, rounds) = if settings.strict { (7_000, 1) } else { (500, 1) };
    measure(
        "195 states, 10 years",
        &read(&world(195, 10, networks, 50.0)).plan,
        rounds,
        "under 30 s for a million cases",
    );
    for name in ["world-2010", "world-today"] {
        measure(&format!("{name}, all states by record"), &by_record(name), settings.rounds.min(3), "none");
    }
    match mebibytes("VmHWM:") {
        Some(peak) => line("peak memory of this process", format_args!("{peak} MiB   goal under 1024")),
        None => line("peak memory of this process", "not told by this system"),
    }
}

/// What a lever moved costs whoever looks on: the text read again, run, and every finding and attribution made of it.
fn whole(name: &str, text: &str, rounds: usize) {
    let all = || {
        cost(|| {
            let scenario = read(text);
            let (_, outcome) = timed(&scenario.plan, Rung::Direct, 1);
            black_box(summarise(&scenario, &outcome, String::new()))
        })
        .0
    };
    let run_alone = read(text).plan;
    let run_alone = || timed(&run_alone, Rung::Direct, 1).0;
    let rounds = interleaved(rounds, &mut [Box::new(all), Box::new(run_alone)]);
    line(&format!("{name}: CPU seconds"), rounds.cpu(0).words());
    line(&format!("{name}: of the run alone"), rounds.ratio(0, 1).words());
}

fn measure(name: &str, plan: &Plan, rounds: usize, goal: &str) {
    let (_, outcome) = timed(plan, Rung::Direct, 1);
    let (cases, pairs) = (cases(&outcome), pairs(&outcome));
    let ours = || timed(plan, Rung::Direct, 1).0;
    let bare = || cost(|| black_box(bare_heap::run(pairs, 1))).0;
    let rounds = interleaved(rounds, &mut [Box::new(ours), Box::new(bare)]);
    line(name, format_args!("{cases} cases, {pairs} pairs, {} letters", outcome.tally.letters));
    line(&format!("{name}: CPU seconds"), format_args!("{}   goal {goal}", rounds.cpu(0).words()));
    line(&format!("{name}: million pairs per CPU-second"), figure(1e-6 * float(pairs) / rounds.cpu(0).median));
    line(&format!("{name}: of the bare heap's"), rounds.ratio(0, 1).words());
}
