//! Ways to data abroad: which the law opens, and how long they take. And what a timeline changes of authorities.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use comity::authority::AuthorityRecord;
use comity::base::{Day, StateId};
use comity::engine::{self, Observer, Outcome, Record, median_days};
use comity::law::Measure;
use comity::scenario::{self, Options};
use comity::transport::Direct;

const WORLD: &str = "
title: Channels
question: How long does each way to data abroad take?
teaching: { time: none, goals: [], ask: [] }
from: 2018-01-01
to: 2029-12-31
seed: 1
treaties: [ets185, cets224, eio, direct-access-agreement]
states:
  alba:   { law: full, infrastructure: 1, market: 1 }
  brava:  { law: full, infrastructure: 1, market: 1 }
  corvo:  { law: full, infrastructure: 1, market: 1 }
  dunmar: { law: full, infrastructure: 1, market: 1 }
  elona:  { law: full, infrastructure: 1, market: 1 }
membership: { ets185: { '*': 2005-03-10 } }
authority: { desks: 1000, patience-days: 3000 }
networks:
  count: 100
  lines: { intrude: { weight: 1, facts: [intrude, without-right, intent, computer, serious-crime-agreed] } }
";

/// Days to the final reply, by measure.
#[derive(Default)]
struct Days(BTreeMap<Measure, BTreeMap<u32, u64>>);

impl Observer for Days {
    fn record(&mut self, _: Day, record: Record<'_>) {
        if let Record::Authority(_, AuthorityRecord::Answered { measure, answer_days, .. }) = record {
            *self.0.entry(*measure).or_default().entry(*answer_days).or_default() += 1;
        }
    }
}

fn run(settings: &[&str], observer: &mut dyn Observer) -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("channels.yaml");
    #[expect(clippy::disallowed_methods, reason = "lays out a scenario")]
    std::fs::write(&path, WORLD).expect("written");
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { settings, ..Options::default() };
    let plan = scenario::read(&path, &options).map_err(|(problems, _)| problems).expect("sound").plan;
    let mut nodes = Direct::of(&plan);
    engine::run(&plan, &mut nodes, observer, &AtomicBool::new(false)).expect("it runs")
}

/// The median days of the one measure by which data are had under these settings.
fn days_by(measure: Measure, settings: &[&str]) -> BTreeMap<u32, u64> {
    let mut days = Days::default();
    run(settings, &mut days);
    let by_measure = days.0.remove(&measure).unwrap_or_default();
    assert!(by_measure.values().sum::<u64>() > 200, "{measure:?}: {by_measure:?}");
    by_measure
}

/// T15: emergency before direct order before order with deadlines before assistance, near 0.1 to 10 to 100 to 300 days;
/// a day is the least that passes here, and a letter needs one each way.
#[test]
fn channels_order_themselves() {
    let median = |days: &BTreeMap<u32, u64>| median_days(days, &BTreeMap::new()).expect("answered");
    let assistance = days_by(Measure::StoredData, &[]);
    let ordered = days_by(Measure::StoredData, &["membership.eio={'*': 2017-06-01}"]);
    let direct = days_by(Measure::ProductionOrder, &["membership.direct-access-agreement={'*': 2017-06-01}"]);
    let emergency =
        days_by(Measure::EmergencyDisclosure, &["membership.cets224={'*': 2017-06-01}", "authority.emergencies=1"]);
    let medians = [median(&emergency), median(&direct), median(&ordered), median(&assistance)];
    assert!(medians[0] <= 4, "{medians:?}");
    assert!((8..=14).contains(&medians[1]), "{medians:?}");
    assert!((70..=130).contains(&medians[2]), "{medians:?}");
    assert!((260..=360).contains(&medians[3]), "{medians:?}");
    let total: u64 = assistance.values().sum();
    let slow: u64 = assistance.range(730..).map(|(_, count)| count).sum();
    // One in twenty takes two years; in some nine hundred requests three standard errors are two in a hundred.
    assert!(slow * 33 >= total, "{slow} of {total} take two years");
}

/// An authority that answers only what is quick is not quick: what it leaves would have waited longer.
#[test]
fn a_median_of_days_counts_requests_that_were_never_answered() {
    let counts = |of: &[(u32, u64)]| of.iter().copied().collect::<BTreeMap<_, _>>();
    let answered = counts(&[(2, 30), (40, 10)]);
    assert_eq!(median_days(&answered, &BTreeMap::new()), Some(2));
    // By hand: after 2 days 70 of 100 wait; 20 that leave on day 10 count no more; 10 of the 50 left are answered on day 40.
    assert_eq!(median_days(&answered, &counts(&[(10, 20), (100, 40)])), None);
    assert_eq!(median_days(&counts(&[(2, 30), (40, 15)]), &counts(&[(10, 20), (100, 35)])), Some(40));
    assert_eq!(median_days(&BTreeMap::new(), &counts(&[(5, 9)])), None);
}

/// Where the law opens a quicker channel it is taken, and where it fails the next one is.
#[test]
fn a_refused_channel_is_followed_by_the_next() {
    let asks = ["authority.asks-providers=true", "authority.providers-disclose=0.5"];
    let mut days = Days::default();
    run(&asks, &mut days);
    let count = |measure| days.0.get(&measure).map_or(0, |by_days| by_days.values().sum::<u64>());
    let (disclosure, assistance) = (count(Measure::VoluntaryDisclosure), count(Measure::StoredData));
    assert!(disclosure > 400, "{disclosure}");
    let share = f64::from(u32::try_from(assistance).expect("few")) / f64::from(u32::try_from(disclosure).expect("few"));
    assert!((0.25..0.6).contains(&share), "about half are refused and go on, the last still wait: {share:.2}");
}

/// T16: a fifth less capacity for three years lowers what is concluded, with everybody bound to everybody.
#[test]
fn a_shock_to_capacity_lowers_what_is_concluded() {
    let concluded = |event: &[&str]| {
        let desks = ["authority.desks=2", "authority.data-desk-days=20", "authority.patience-days=400"];
        let outcome = run(&[&desks[..], event].concat(), &mut ());
        outcome.tally.states.iter().map(|state| state.concluded.values().sum::<u64>()).sum::<u64>()
    };
    let event =
        |state: &str| format!("{{date: 2020-01-01, state: {state}, does: capacity, factor: 0.4, until: 2023-01-01}}");
    let events: Vec<String> = ["alba", "brava", "corvo", "dunmar", "elona"].map(event).to_vec();
    let timeline = format!("timeline=[{}]", events.join(", "));
    let (usual, shocked) = (concluded(&[]), concluded(&[&timeline]));
    assert!(shocked * 10 < usual * 9, "{usual} to {shocked}");
}

/// What changes on a day is told on that day, and what it was before on the day it ends.
#[test]
fn changes_of_authorities_are_told_and_end() {
    #[derive(Default)]
    struct Told(Vec<(String, StateId, &'static str, u32)>);
    impl Observer for Told {
        fn record(&mut self, day: Day, record: Record<'_>) {
            if let Record::Authority(state, AuthorityRecord::SettingChanged { key, thousandths }) = record {
                self.0.push((day.to_string(), state, key.name(), *thousandths));
            }
        }
    }
    let mut told = Told::default();
    let timeline = "timeline=[{date: 2019-02-03, state: brava, does: change-authority, until: 2019-05-06, \
                    authority: {desks: 3, contact-point: false}}, \
                    {date: 2019-03-01, state: brava, does: capacity, factor: 0.5}]";
    run(&[timeline, "to=2019-12-31"], &mut told);
    let brava = StateId(1);
    let expected = [
        ("2019-02-03", "desks", 3_000),
        ("2019-02-03", "contact-point", 0),
        ("2019-03-01", "capacity", 500),
        ("2019-05-06", "desks", 1_000_000),
        ("2019-05-06", "contact-point", 1_000),
    ];
    let expected = expected.map(|(day, name, value)| (day.to_owned(), brava, name, value));
    assert_eq!(told.0, expected);
}
