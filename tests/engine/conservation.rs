//! Nothing is lost or counted twice; and the checker that says so notices when something is.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::authority::{AuthorityRecord, Body, Due, Letter, Report};
use comity::base::{CaseNumber, Day, NetworkId, StateId};
use comity::engine::conservation::{Checker, Deliveries};
use comity::engine::{self, Nodes, Observer, Outcome, Plan, Record, Stopped};
use comity::scenario::{self, Options};
use comity::transport::Direct;
use comity::world::WorldRecord;

fn plan(path: &str, variant: &str, seed: u64) -> Plan {
    let options = Options { variant: Some(variant.to_owned()), ..Options::default() };
    let scenario = scenario::read(Path::new(path), &options).map_err(|(problems, _)| problems).expect("sound");
    Plan { seed, ..scenario.plan }
}

fn run(plan: &Plan, observer: &mut dyn Observer) -> Outcome {
    let mut nodes = Direct::of(plan);
    let outcome = engine::run(plan, &mut nodes, observer, &AtomicBool::new(false)).expect("it runs");
    let busy: u64 = outcome.tally.states.iter().map(|state| state.cases_opened).sum();
    assert!(busy > 100, "the run was busy enough to prove something");
    outcome
}

#[test]
fn nothing_is_lost_or_counted_twice() {
    for seed in [7, 8] {
        for (path, variant) in [
            ("scenarios/one-state-stays-out.yaml", "holds-out"),
            ("scenarios/one-state-stays-out.yaml", "joins"),
            ("scenarios/hate-speech-haven.yaml", "as-recorded"),
        ] {
            run(&plan(path, variant, seed), &mut ());
        }
    }
}

/// Who waits for trial is in an open case to the end: fewer are convicted, and nobody is lost for that.
#[test]
fn nothing_is_lost_where_suspects_wait_for_trial() {
    let counts = |trials: Option<u16>| {
        let mut plan = plan("scenarios/one-state-stays-out.yaml", "joins", 7);
        for settings in &mut plan.authorities {
            settings.trials = trials.unwrap_or(settings.trials);
        }
        let states = run(&plan, &mut ()).tally.states;
        let opened: u64 = states.iter().map(|state| state.cases_opened).sum();
        let concluded: u64 = states.iter().map(|state| state.concluded.values().sum::<u64>()).sum();
        let lost: u64 = states.iter().map(|state| state.lost.values().sum::<u64>()).sum();
        (concluded, opened - concluded - lost)
    };
    let ((convicted, open), (convicted_by_one, open_by_one)) = (counts(None), counts(Some(1)));
    assert!(convicted_by_one * 2 < convicted, "{convicted} to {convicted_by_one} convictions");
    assert!(open_by_one > 2 * open, "{open} to {open_by_one} cases that are still open");
}

/// Nodes that note every final reply twice.
struct Twice(Direct);

impl Nodes for Twice {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        let mut reports = self.0.day(day, due)?;
        for (_, report) in &mut reports {
            let replies = report.records.iter().filter(|record| matches!(record, AuthorityRecord::Answered { .. }));
            let again: Vec<AuthorityRecord> = replies.cloned().collect();
            report.records.extend(again);
        }
        Ok(reports)
    }
}

/// No test asks for the checker: where it were not there, this one would fail.
#[test]
#[should_panic(expected = "counted as answered, but not once")]
fn every_run_of_a_test_is_checked() {
    let plan = plan("scenarios/one-state-stays-out.yaml", "joins", 7);
    drop(engine::run(&plan, &mut Twice(Direct::of(&plan)), &mut (), &AtomicBool::new(false)));
}

/// Nodes of which the deliveries are told something else, once.
struct Doctored {
    nodes: Direct,
    deliveries: Deliveries,
    /// Changes what was due; true when it could.
    due: fn(&mut Vec<Letter>) -> bool,
    /// Changes what was reported.
    report: fn(&mut Report),
    is_done: bool,
}

impl Nodes for Doctored {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        let mut told = due.clone();
        for (_, due) in &mut told {
            self.is_done = self.is_done || (self.due)(&mut due.letters);
        }
        self.deliveries.delivered(day, &told);
        let reports = self.nodes.day(day, due)?;
        let mut told = reports.clone();
        for (_, report) in &mut told {
            (self.report)(report);
        }
        self.deliveries.reported(&told);
        Ok(reports)
    }
}

#[test]
fn what_is_lost_between_the_nodes_is_noticed() {
    let mut plan = plan("scenarios/one-state-stays-out.yaml", "joins", 7);
    plan.last_day = plan.first_day + 365;
    let said = |due: fn(&mut Vec<Letter>) -> bool, report: fn(&mut Report)| {
        let nodes = Direct::of(&plan);
        let mut nodes = Doctored { nodes, deliveries: Deliveries::default(), due, report, is_done: false };
        let outcome = engine::run(&plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
        assert!(outcome.tally.on_the_way > 0, "letters are on their way at the end");
        nodes.deliveries.against(&outcome, plan.last_day)
    };
    let check = |what: &str, due, report, expected: &str| {
        let wrong = said(due, report);
        let fits = if expected.is_empty() { wrong.is_empty() } else { wrong.iter().any(|one| one.contains(expected)) };
        assert!(fits, "{what}: {wrong:?}");
    };
    check("as it is", |_| true, |_| {}, "");
    check("lost", |letters| letters.pop().is_some(), |_| {}, "was not delivered");
    let twice = |letters: &mut Vec<Letter>| {
        letters.first().copied().is_some_and(|first| {
            letters.push(first);
            true
        })
    };
    check("delivered twice", twice, |_| {}, "which nobody sent");
    let changed = |letters: &mut Vec<Letter>| {
        letters.first_mut().is_some_and(|first| {
            first.file.case.0 += 1;
            true
        })
    };
    check("changed on its way", changed, |_| {}, "which nobody sent");
    check("kept back", |_| true, |report| report.letters.clear(), "which nobody sent");
    check("a case forgotten", |_| true, |report| report.next_due = None, "nothing to do");
}

/// One record of a run, kept.
#[derive(Clone)]
enum Kept {
    Day,
    Register,
    World(WorldRecord),
    Letter(Letter),
    Authority(StateId, AuthorityRecord),
}

#[derive(Default)]
struct Keeping(Vec<(Day, Kept)>);

impl Observer for Keeping {
    fn record(&mut self, day: Day, record: Record<'_>) {
        let kept = match record {
            Record::Day => Kept::Day,
            Record::Register(..) => Kept::Register,
            Record::World(record) => Kept::World(record.clone()),
            Record::Letter(letter) => Kept::Letter(*letter),
            Record::Authority(state, record) => Kept::Authority(state, record.clone()),
            Record::Depositary(_) | Record::Haven(_) => return,
        };
        self.0.push((day, kept));
    }
}

fn wrong(networks: u32, records: &[(Day, Kept)]) -> Vec<String> {
    let mut checker = Checker::new(networks);
    for (day, kept) in records {
        let register = comity::base::Digest::default();
        let record = match kept {
            Kept::Day => Record::Day,
            Kept::Register => Record::Register(StateId(0), register),
            Kept::World(record) => Record::World(record),
            Kept::Letter(letter) => Record::Letter(letter),
            Kept::Authority(state, record) => Record::Authority(*state, record),
        };
        checker.record(*day, record);
    }
    checker.wrong().to_vec()
}

/// How the first record that fits is falsified.
enum Fault {
    Dropped,
    Doubled,
    Changed(fn(&mut Kept)),
}

const fn is_answer(kept: &Kept) -> bool {
    matches!(kept, Kept::Letter(Letter { body: Body::Answer(_), .. }))
}

/// A run of three years, kept.
fn kept() -> (u32, Vec<(Day, Kept)>) {
    let mut plan = plan("scenarios/one-state-stays-out.yaml", "joins", 7);
    plan.last_day = plan.first_day + 3 * 365;
    let mut keeping = Keeping::default();
    run(&plan, &mut keeping);
    let (networks, records) = (plan.world.networks, keeping.0);
    assert_eq!(wrong(networks, &records), Vec::<String>::new(), "the records as they are");
    (networks, records)
}

/// Falsifies a record and looks whether that is noticed.
fn falsify((networks, records): &(u32, Vec<(Day, Kept)>), what: &str, fits: fn(&Kept) -> bool, fault: Fault) {
    let mut doctored = records.clone();
    let at = doctored.iter().position(|(_, kept)| fits(kept)).unwrap_or_else(|| panic!("{what}: no such record"));
    match fault {
        Fault::Dropped => drop(doctored.remove(at)),
        Fault::Doubled => doctored.insert(at, doctored[at].clone()),
        Fault::Changed(change) => change(&mut doctored[at].1),
    }
    assert!(!wrong(*networks, &doctored).is_empty(), "{what}: not noticed");
}

#[test]
fn the_checker_notices_letters_and_cases_that_are_lost_doubled_or_changed() {
    let kept = kept();
    let check = |what: &str, fits: fn(&Kept) -> bool, fault: Fault| falsify(&kept, what, fits, fault);
    let is_letter = |kept: &Kept| matches!(kept, Kept::Letter(_));
    check("a letter lost", is_letter, Fault::Dropped);
    check("a letter sent twice", is_letter, Fault::Doubled);
    check(
        "a request answered by a stranger",
        is_answer,
        Fault::Changed(|kept| {
            if let Kept::Letter(letter) = kept {
                std::mem::swap(&mut letter.id.from, &mut letter.to);
            }
        }),
    );
    check(
        "an answer to nothing",
        is_answer,
        Fault::Changed(|kept| {
            if let Kept::Letter(letter) = kept {
                letter.in_reply_to = None;
            }
        }),
    );
    let decided = |kept: &Kept| matches!(kept, Kept::Authority(_, AuthorityRecord::Decided { .. }));
    check("a decision lost", decided, Fault::Dropped);
    check("a decision counted twice", decided, Fault::Doubled);
    let answered = |kept: &Kept| matches!(kept, Kept::Authority(_, AuthorityRecord::Answered { .. }));
    check("a reply counted twice", answered, Fault::Doubled);
    let opened = |kept: &Kept| matches!(kept, Kept::Authority(_, AuthorityRecord::CaseOpened { .. }));
    check("a case lost", opened, Fault::Dropped);
    check("a case opened twice", opened, Fault::Doubled);
    check(
        "a case against nobody",
        opened,
        Fault::Changed(|kept| {
            if let Kept::Authority(_, AuthorityRecord::CaseOpened { network, .. }) = kept {
                *network = NetworkId(u32::MAX);
            }
        }),
    );
    let closed = |kept: &Kept| matches!(kept, Kept::Authority(_, AuthorityRecord::CaseClosed { .. }));
    check("a case closed twice", closed, Fault::Doubled);
    check(
        "another case closed",
        closed,
        Fault::Changed(|kept| {
            if let Kept::Authority(_, AuthorityRecord::CaseClosed { case, .. }) = kept {
                *case = CaseNumber(u32::MAX);
            }
        }),
    );
    check("a day that came twice", |kept| matches!(kept, Kept::Day), Fault::Doubled);
}

#[test]
fn the_checker_notices_networks_and_months_that_are_lost_doubled_or_changed() {
    let kept = kept();
    let check = |what: &str, fits: fn(&Kept) -> bool, fault: Fault| falsify(&kept, what, fits, fault);
    let founded = |kept: &Kept| matches!(kept, Kept::World(WorldRecord::NetworkFounded { .. }));
    check("a network lost", founded, Fault::Dropped);
    check("a network counted twice", founded, Fault::Doubled);
    let gone = |kept: &Kept| {
        matches!(kept, Kept::World(WorldRecord::NetworkDismantled { .. } | WorldRecord::NetworkGaveUp { .. }))
    };
    check("an end lost", gone, Fault::Dropped);
    check("an end counted twice", gone, Fault::Doubled);
    let moved = |kept: &Kept| {
        let aspect = comity::world::Aspect::Host;
        matches!(kept, Kept::World(WorldRecord::NetworkMoved { aspect: of, .. }) if *of == aspect)
    };
    check("a move lost", moved, Fault::Dropped);
    let site = |kept: &Kept| matches!(kept, Kept::World(WorldRecord::SiteLost { .. }));
    check("a site lost twice", site, Fault::Doubled);
    let month = |kept: &Kept| matches!(kept, Kept::World(WorldRecord::Month { recorded, .. }) if *recorded > 0);
    check(
        "one network too many in a month",
        month,
        Fault::Changed(|kept| {
            if let Kept::World(WorldRecord::Month { based, .. }) = kept {
                *based += 1;
            }
        }),
    );
    check(
        "a recorded incident that opened no case",
        month,
        Fault::Changed(|kept| {
            if let Kept::World(WorldRecord::Month { recorded, .. }) = kept {
                *recorded += 1;
            }
        }),
    );
    check(
        "harm that no incident did",
        month,
        Fault::Changed(|kept| {
            if let Kept::World(WorldRecord::Month { harm_thousandths, .. }) = kept {
                *harm_thousandths += 1;
            }
        }),
    );
}
