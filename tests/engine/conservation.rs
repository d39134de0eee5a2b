//! Checkers that stand apart from what they check: no letter, case or answer is lost or counted twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::authority::{AuthorityRecord, Body};
use comity::base::{CaseNumber, Day, LetterId, StateId};
use comity::engine::{self, Observer, Record};
use comity::scenario::{self, Options};
use comity::transport::{self, Direct};

/// Follows every letter and case of a run.
#[derive(Default)]
struct Books {
    sent: BTreeSet<LetterId>,
    requests: BTreeMap<LetterId, (StateId, Day)>,
    decided: BTreeSet<LetterId>,
    answered: BTreeSet<LetterId>,
    open_cases: BTreeSet<(StateId, CaseNumber)>,
    opened: u64,
    closed: u64,
    day: Day,
    wrong: Vec<String>,
}

impl Observer for Books {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Day => {
                if day < self.day {
                    self.wrong.push(format!("{day} after {}", self.day));
                }
                self.day = day;
            }
            Record::Letter(letter) => {
                if !self.sent.insert(letter.id) {
                    self.wrong.push(format!("letter {} sent twice", letter.id));
                }
                if letter.arrives <= letter.sent || letter.sent != day {
                    self.wrong.push(format!("letter {} sent {} on {day}", letter.id, letter.sent));
                }
                match letter.body {
                    Body::Request(_) => {
                        self.requests.insert(letter.id, (letter.to, letter.arrives));
                    }
                    Body::Answer(_) => {
                        let request = letter.in_reply_to.expect("an answer replies to a request");
                        if !self.decided.insert(request) {
                            self.wrong.push(format!("request {request} answered twice"));
                        }
                        match self.requests.get(&request) {
                            Some((asked, arrived)) if *asked == letter.id.from && *arrived <= day => {}
                            other => self.wrong.push(format!("answer to {request}, which is {other:?}")),
                        }
                    }
                    Body::Evidence(_) | Body::Spontaneous(_) | Body::Withdrawal => {}
                }
            }
            Record::Authority(state, AuthorityRecord::CaseOpened { case, .. }) => {
                self.opened += 1;
                if !self.open_cases.insert((state, *case)) {
                    self.wrong.push(format!("case {case:?} of {state:?} opened twice"));
                }
            }
            Record::Authority(state, AuthorityRecord::CaseClosed { case, .. }) => {
                self.closed += 1;
                if !self.open_cases.remove(&(state, *case)) {
                    self.wrong.push(format!("case {case:?} of {state:?} closed, but not open"));
                }
            }
            Record::Authority(_, AuthorityRecord::Answered { request, .. }) if !self.answered.insert(*request) => {
                self.wrong.push(format!("{request} counted as answered twice"));
            }
            _ => {}
        }
    }
}

fn check(path: &str, variant: &str, seed: u64) {
    let options = Options { variant: Some(variant.to_owned()), ..Options::default() };
    let scenario = scenario::read(Path::new(path), &options).map_err(|(problems, _)| problems).expect("sound");
    let mut plan = scenario.plan;
    plan.seed = seed;
    let mut nodes = Direct::open(Arc::clone(&plan.library), plan.offices(), &transport::Options::default())
        .expect("as many offices as states");
    let mut books = Books::default();
    let outcome = engine::run(&plan, &mut nodes, &mut books, &AtomicBool::new(false)).expect("the run ends");
    assert_eq!(books.wrong, Vec::<String>::new(), "{path} {variant} seed {seed}");
    assert_eq!(books.opened, books.closed + books.open_cases.len() as u64);
    assert_eq!(outcome.tally.letters, books.sent.len() as u64);
    let tally = |count: fn(&engine::StateTally) -> u64| outcome.tally.states.iter().map(count).sum::<u64>();
    assert_eq!(tally(|state| state.cases_opened), books.opened);
    assert_eq!(tally(|s| s.concluded.values().sum::<u64>() + s.lost.values().sum::<u64>()), books.closed);
    assert_eq!(tally(|state| state.requests_in.values().sum()), books.decided.len() as u64);
    assert_eq!(tally(|state| state.requests_out.values().sum()), books.decided.len() as u64);
    assert_eq!(tally(|state| state.answer_days.values().sum()), books.answered.len() as u64);
    assert!(books.opened > 100 && books.decided.len() > 100, "the run was busy enough to prove something");
    let census = outcome.world.census();
    assert_eq!(census.founded, census.active + census.awaiting + census.replaced);
    assert_eq!(census.active + census.awaiting, plan.world.networks);
}

#[test]
fn nothing_is_lost_or_counted_twice() {
    for seed in [7, 8] {
        check("scenarios/one-state-stays-out.yaml", "holds-out", seed);
        check("scenarios/one-state-stays-out.yaml", "joins", seed);
        check("scenarios/hate-speech-haven.yaml", "as-recorded", seed);
    }
}
