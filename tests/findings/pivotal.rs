//! Pivotal acts: each does what it says, and the flagship's haven is ended by what the law says would end it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use comity::base::StateId;
use comity::engine::{self, Plan};
use comity::law::{Memberships, punishable};
use comity::scenario::{self, Options};
use comity::study::Ended;
use comity::study::act::{self, Act};
use comity::study::pivotal::{Asked, Pivotal, pivotal};
use comity::study::{Measured, Pool};
use comity::transport::Direct;

fn plan(name: &str, settings: &[&str]) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { settings, ..Options::default() };
    scenario::read(&path, &options).unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan
}

fn state(plan: &Plan, code: &str) -> StateId {
    plan.library.state_coded(code).unwrap_or_else(|| panic!("no state {code}"))
}

fn kinds(acts: &[Act], actor: StateId) -> Vec<&'static str> {
    acts.iter().filter(|act| act.actor() == actor).map(Act::kind).collect()
}

#[test]
fn the_acts_of_the_flagship_are_those_that_are_open_to_its_states() {
    let plan = plan("one-state-stays-out.yaml", &[]);
    let hesper = state(&plan, "hesper");
    let by = plan.library.cite_named("Mutual Assistance Act 4").expect("an article of its law");
    let (acts, left_out) = act::candidates(&plan, hesper, &BTreeSet::from([by]));
    assert_eq!(kinds(&acts, hesper), ["ratifies", "enacts", "repeals", "adds-desk", "adds-staff"]);
    assert_eq!(kinds(&acts, state(&plan, "alba")), ["adds-desk", "adds-staff"], "it is in, and has the law");
    assert_eq!((acts.len(), left_out), (5 + 7 * 2, 0));
    let says: Vec<String> = acts[..4].iter().map(|act| act.says(&plan)).collect();
    assert_eq!(
        says,
        [
            "Hesper joins the Model optional protocol on trafficking by computer system, wording on conduct",
            "Hesper makes the conduct of advertise, arrange and recruit an offence",
            "Hesper repeals Mutual Assistance Act 4 (A search may be refused where the conduct is no offence at home)",
            "Hesper adds a desk to its authority",
        ]
    );
}

#[test]
fn acts_do_what_they_say() {
    let before = plan("one-state-stays-out.yaml", &[]);
    let hesper = state(&before, "hesper");
    let rules = before.library.state(hesper).rules.iter().map(|rule| rule.cite).collect();
    let (acts, _) = act::candidates(&before, hesper, &rules);
    let punished = |plan: &Plan| {
        plan.world
            .lines
            .iter()
            .filter(|line| {
                punishable(&plan.library, hesper, plan.library.facts.derive(line.facts), plan.first_day).is_some()
            })
            .count()
    };
    let bound = |plan: &Plan| {
        let memberships = Memberships::of(&plan.library, &plan.instruments);
        plan.library.treaty_ids().filter(|treaty| memberships.in_force_from(*treaty, hesper).is_some()).count()
    };
    assert_eq!((punished(&before), bound(&before)), (0, 1));
    for act in acts.iter().filter(|act| act.actor() == hesper) {
        let after = act::with(&before, &[act]);
        let own = |plan: &Plan| plan.authorities[hesper.index()].clone();
        let changed = match act {
            Act::Enacts(..) => punished(&after) == 3,
            Act::Ratifies(..) => bound(&after) == 2,
            Act::Repeals(_, rule) => {
                let measures = |plan: &Plan| plan.library.state(hesper).rules[usize::from(*rule)].measures;
                measures(&before) != measures(&after)
            }
            Act::AddsDesk(_) => own(&after).desks == own(&before).desks + 1,
            Act::AddsStaff(_) => own(&after).capacity > own(&before).capacity,
            Act::Withdraws(..) | Act::Stays(..) => false,
        };
        assert!(changed, "{}", act.says(&before));
    }
}

#[test]
fn a_reservation_goes() {
    let before = plan("reservations.yaml", &[]);
    let gova = state(&before, "gova");
    let (acts, _) = act::candidates(&before, gova, &BTreeSet::new());
    let withdrawals: Vec<&Act> = acts.iter().filter(|act| matches!(act, Act::Withdraws(..))).collect();
    assert_eq!(withdrawals.len(), 2);
    for act in withdrawals {
        let Act::Withdraws(_, treaty, article) = act else { unreachable!("filtered") };
        let reserved = |plan: &Plan| {
            Memberships::of(&plan.library, &plan.instruments).reserved(*treaty, gova, *article, plan.first_day)
        };
        assert!(reserved(&before) && !reserved(&act::with(&before, &[act])), "{}", act.says(&before));
    }
}

fn study(plan: &Plan, code: &str, (runs, search_runs): (usize, usize), threads: usize) -> Pivotal {
    let pool = Pool { threads, interrupt: &AtomicBool::new(false) };
    let asked = Asked { plan, state: Some(state(plan, code)), runs, search_runs };
    pivotal(&asked, &pool, &mut |_, _| {}).unwrap_or_else(|error| panic!("{error:?}"))
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let plan = plan("reservations.yaml", &[]);
    let found = study(&plan, "gova", (2, 60), 1);
    assert!(found.sets.as_ref().is_some_and(|sets| sets.runs > 0), "a search was made: {:?}", found.sets);
    assert_eq!(found, study(&plan, "gova", (2, 60), 3));
}

#[test]
fn the_haven_of_the_flagship_is_ended_by_few_acts() {
    let plan = plan("one-state-stays-out.yaml", &["to=2014-06-30", "networks.count=150"]);
    let found = study(&plan, "hesper", (3, 600), 2);
    assert_eq!((found.seeds_with_haven, found.may_be_left), (3, 0), "it is a haven as it is");
    let sets = found.sets.as_ref().expect("a search");
    assert!(sets.greedy_ends.is_some(), "{sets:?}");
    assert!(!sets.smallest.is_empty(), "{sets:?}");
    let kinds = |set: &[usize]| set.iter().map(|act| found.acts[*act].act.kind()).collect::<BTreeSet<_>>();
    for (set, _) in &sets.smallest {
        assert!(set.iter().all(|act| found.acts[*act].act.actor() == state(&plan, "hesper")), "{set:?}");
        assert!(kinds(set).contains("ratifies"), "without its consent it stays a haven: {:?}", kinds(set));
    }
    // Desks are no remedy: nothing waits for them.
    let desks = found.acts.iter().filter(|tried| tried.act.kind() == "adds-desk");
    assert!(desks.clone().count() == 8 && desks.into_iter().all(|tried| tried.seeds_with_haven == 3));
}

/// Interrupted at a run of this part, it is what it is when the finished seeds and runs of the search are asked for.
#[track_caller]
fn interrupted(at: (&str, usize), (runs, search_runs): (usize, usize)) -> Pivotal {
    let plan = plan("reservations.yaml", &[]);
    let interrupt = AtomicBool::new(false);
    let pool = Pool { threads: 2, interrupt: &interrupt };
    let asked = Asked { plan: &plan, state: None, runs, search_runs };
    let mut stop = |part: &'static str, standing: comity::study::Standing| {
        if part == at.0 && standing.runs >= at.1 {
            interrupt.store(true, Ordering::Relaxed);
        }
    };
    let part = pivotal(&asked, &pool, &mut stop).unwrap_or_else(|error| panic!("{error:?}"));
    assert_eq!(part.ended, Ended::Interrupted);
    let asked = (part.seeds.len(), part.sets.as_ref().map_or(0, |sets| sets.runs));
    let mut again = study(&plan, "gova", asked, 1);
    assert_eq!(again.ended, Ended::Complete);
    again.ended = Ended::Interrupted;
    if let (Some(again), Some(part)) = (&mut again.sets, &part.sets) {
        again.interrupted = part.interrupted;
    }
    assert_eq!(part, again);
    part
}

#[test]
fn an_interrupted_study_is_what_its_finished_seeds_give() {
    // Fifteen runs a seed: the scenario as it is, and fourteen acts.
    let found = interrupted(("single acts", 32), (6, 500));
    assert!((2..6).contains(&found.seeds.len()) && found.sets.is_none(), "{:?}", found.seeds);
}

#[test]
fn an_interrupted_search_is_what_its_finished_runs_give() {
    let found = interrupted(("sets of acts", 1), (2, 500));
    assert_eq!((found.seeds.len(), &found.sets), (2, &None), "before the first sets were through");
    let found = interrupted(("sets of acts", 40), (2, 500));
    assert!(found.sets.is_some_and(|sets| sets.interrupted && sets.runs > 0 && sets.runs < 500));
}

#[test]
fn a_search_that_runs_out_of_runs_says_so() {
    let plan = plan("reservations.yaml", &[]);
    let whole = study(&plan, "gova", (2, 500), 2).sets.expect("a search");
    assert!(
        whole.greedy_whole && whole.greedy_ends.is_some() && whole.tried.iter().all(|(tried, all)| tried == all),
        "{whole:?}"
    );
    // Twenty-six runs try a second act beside the first.
    let cut = study(&plan, "gova", (2, 20), 2).sets.expect("a search");
    assert!(!cut.greedy_whole && cut.greedy_ends.is_none() && cut.tried.last() == Some(&(0, 91)), "{cut:?}");
    let cut = study(&plan, "gova", (2, 26), 2).sets.expect("a search");
    assert!(!cut.greedy_whole && cut.greedy_ends.is_some(), "what is not needed is not known: {cut:?}");
    assert_eq!(study(&plan, "gova", (2, 0), 2).sets, None, "none was asked for");
}

#[test]
fn what_ends_the_haven_by_chance_alone_is_not_said_to() {
    let plan = plan("one-state-stays-out.yaml", &["to=2014-06-30", "networks.count=150"]);
    let found = study(&plan, "hesper", (20, 6_000), 2);
    let (seeds, may_be_left) = found.fresh.expect("with twenty seeds there are fresh ones");
    assert_eq!((found.may_be_left, seeds, may_be_left), (3, 100, 5));
    let sets = found.sets.as_ref().expect("a search");
    assert!(!sets.smallest.is_empty(), "{sets:?}");
    // What is said of each set holds on the seeds after those of the study.
    let first = found.seeds.last().expect("a seed") + 1;
    for (set, remains) in &sets.smallest {
        let acts: Vec<&Act> = set.iter().map(|act| &found.acts[*act].act).collect();
        let changed = act::with(&plan, &acts);
        let is_haven = |seed: &u64| {
            let plan = Plan { seed: *seed, ..changed.clone() };
            let outcome =
                engine::run(&plan, &mut Direct::of(&plan), &mut (), &AtomicBool::new(false)).expect("it runs");
            Measured::of(&plan, Some(found.state), &outcome).is_haven(found.state)
        };
        let seeds: Vec<u64> = (first..).take(seeds).collect();
        let left = seeds.iter().filter(|seed| is_haven(seed)).count();
        assert!(left <= may_be_left, "{set:?}");
        assert_eq!((left, true), (remains.of_fresh, remains.of_first <= found.may_be_left), "{set:?}");
    }
}

#[test]
fn nobody_joins_what_is_not_open_to_it_or_before_it_is_open() {
    let text = "
title: Two Unions
question: Who may join the warrant, and from when the protocol?
teaching: { time: 1 minute, goals: [one], ask: [one] }
from: 2021-01-01
to: 2023-12-31
seed: 1
treaties: [eaw, european-union, ets185, cets224]
states:
  alba: { law: full, infrastructure: 1, market: 1 }
  brava: { law: full, infrastructure: 1, market: 1 }
membership:
  european-union: { alba: 2004-05-01, brava: never }
  eaw: { \"*\": never }
  ets185: { \"*\": 2010-03-01 }
  cets224: { \"*\": never }
networks: { count: 1, lines: { recruit: { weight: 1, facts: [recruit, computer, intent] } } }
";
    let read = scenario::read_text("unions", text, &Options::default());
    let plan = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
    let (acts, _) = act::candidates(&plan, state(&plan, "brava"), &BTreeSet::new());
    let joins = acts.iter().filter_map(|act| match act {
        Act::Ratifies(actor, treaties) => {
            let treaty = treaties.first().expect("it joins one");
            let mut with = plan.clone();
            act.make(&mut with);
            let made = with.instruments.iter().find(|done| (done.state, done.treaty) == (*actor, *treaty));
            let day = made.expect("it is among the instruments").day;
            Some(format!("{} {} {day}", plan.library.state(*actor).code, plan.library.treaty(*treaty).name))
        }
        _ => None,
    });
    let joins: Vec<String> = joins.collect();
    assert_eq!(joins, ["brava cets224 2022-05-12", "alba cets224 2022-05-12", "alba eaw 2021-01-01"]);
}

#[test]
fn who_has_to_be_invited_is_told_and_who_signed_does_not() {
    let text = "
title: Invited
question: Who has to be invited?
teaching: { time: 1 minute, goals: [one], ask: [one] }
from: 2011-01-01
to: 2012-12-31
seed: 1
treaties: [ets185]
states:
  AUT: { infrastructure: 1, market: 1 }
  KEN: { law: full, infrastructure: 1, market: 1 }
  ZAF: { law: full, infrastructure: 1, market: 1 }
membership: { ets185: record }
networks: { count: 1, lines: { intrude: { weight: 1, facts: [intrude, without-right, computer, intent] } } }
";
    let read = scenario::read_text("invited", text, &Options::default());
    let plan = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
    let (acts, _) = act::candidates(&plan, state(&plan, "KEN"), &BTreeSet::new());
    let joins: Vec<String> = acts.iter().filter(|act| act.kind() == "ratifies").map(|act| act.says(&plan)).collect();
    // Austria consents in 2012, by the record.
    assert_eq!(
        joins,
        [
            "Kenya, once invited (BUD 37(1)), joins the Convention on Cybercrime",
            "South Africa joins the Convention on Cybercrime"
        ]
    );
}
