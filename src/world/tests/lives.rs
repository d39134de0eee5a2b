//! Conservation, reproducibility and independence of draws.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::base::DigestChain;

fn network_of(record: &WorldRecord) -> Option<NetworkId> {
    match record {
        WorldRecord::NetworkFounded { network, .. }
        | WorldRecord::NetworkMoved { network, .. }
        | WorldRecord::SiteLost { network, .. }
        | WorldRecord::SiteBack { network, .. }
        | WorldRecord::NetworkGaveUp { network, .. }
        | WorldRecord::NetworkDismantled { network, .. } => Some(*network),
        WorldRecord::Month { .. } | WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. } => None,
    }
}

/// Rebuilds from the records alone who is active and where; what the world says of itself must agree.
fn check_records_add_up(run: &Run) {
    let mut active: BTreeMap<NetworkId, (StateId, StateId, bool)> = BTreeMap::new();
    let (mut founded, mut dismantled) = (BTreeSet::new(), 0);
    for record in &run.records {
        match *record {
            WorldRecord::NetworkFounded { network, base, host, .. } => {
                assert!(founded.insert(network), "{network:?} founded twice");
                active.insert(network, (base, host, true));
            }
            WorldRecord::NetworkMoved { network, aspect, from, to } => {
                let held = active.get_mut(&network).expect("only active networks move");
                let place = match aspect {
                    Aspect::Base => &mut held.0,
                    Aspect::Host => &mut held.1,
                    Aspect::Market | Aspect::Line | Aspect::Principal => continue,
                };
                assert_eq!(place.0, from);
                *place = StateId(to);
            }
            WorldRecord::SiteLost { network, .. } => active.get_mut(&network).expect("active").2 = false,
            WorldRecord::SiteBack { network, .. } => active.get_mut(&network).expect("active").2 = true,
            WorldRecord::NetworkDismantled { network, base, .. } | WorldRecord::NetworkGaveUp { network, base, .. } => {
                assert_eq!(active.remove(&network).expect("active until now").0, base);
                dismantled += 1;
            }
            WorldRecord::Month { .. } | WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. } => {}
        }
    }
    let census = run.world.census();
    let number = |count: usize| u32::try_from(count).expect("few");
    assert_eq!((census.founded, census.active), (number(founded.len()), number(active.len())));
    assert_eq!(census.awaiting + census.replaced, dismantled);
    let placements = run.world.placements();
    for (state, (based, hosted)) in placements.based.iter().zip(&placements.hosted).enumerate() {
        let of =
            |which: &dyn Fn(&(StateId, StateId, bool)) -> bool| number(active.values().filter(|v| which(v)).count());
        assert_eq!(*based, of(&|held| held.0.index() == state));
        assert_eq!(*hosted, of(&|held| held.1.index() == state && held.2));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// No network is lost or counted twice, whatever the law and however often it changes.
    #[test]
    fn networks_are_conserved(
        seed in 0..1000_u64,
        states in 1..6_usize,
        networks in 1..40_u32,
        silent in proptest::collection::vec(0..6_u16, 0..3),
        result_chance in 0.0..1.0_f64,
    ) {
        let mut settings = settings(states);
        settings.networks = networks;
        settings.behaviour.incidents_per_year = 12.0;
        let mut run = Run::new(settings, PlainBooks::default(), result_chance, seed);
        for refuse_surrender in [Vec::new(), silent.clone(), Vec::new()] {
            run.change_law(PlainBooks { refuse_data: silent.clone(), refuse_surrender, ..PlainBooks::default() });
            run.days(YEAR, |world| {
                let census = world.census();
                assert_eq!(census.active + census.awaiting, networks);
                assert_eq!(census.founded, census.active + census.awaiting + census.replaced);
                let placements = world.placements();
                assert_eq!(placements.based.iter().sum::<u32>(), census.active);
            });
        }
        check_records_add_up(&run);
    }
}

#[test]
fn the_same_seed_gives_the_same_records_and_another_seed_others() {
    let digest = |seed| {
        let books = PlainBooks { refuse_surrender: vec![1], ..PlainBooks::default() };
        let mut run = Run::new(settings(4), books, 0.5, seed);
        run.days(2 * YEAR, |_| ());
        let mut chain = DigestChain::default();
        chain.fold(&run.records);
        chain.fold(&run.havens);
        chain.digest()
    };
    assert_eq!(digest(1), digest(1));
    assert_ne!(digest(1), digest(2));
}

/// Two worlds that differ in one state's reach. Nobody is caught, so that nothing is learnt of others: networks
/// that were never in that state, in the world where it is the safer, have the same lives in both.
#[test]
fn a_change_in_one_state_leaves_the_others_draws_alone() {
    let lives = |books: PlainBooks| {
        let mut settings = settings(8);
        settings.behaviour.others_discount = 0.0;
        // Who gives up is replaced the later the less there is to expect: that would be no draw, but a reason.
        settings.behaviour.lawful_life = -50.0;
        // Nor is what deters in a market, which counts how far its authority reaches anywhere.
        settings.behaviour.deterrence = 0.0;
        let mut run = Run::new(settings, books, 0.0, 21);
        run.days(4 * YEAR, |_| ());
        let mut lives: BTreeMap<NetworkId, Vec<WorldRecord>> = BTreeMap::new();
        for record in run.records {
            if let Some(network) = network_of(&record) {
                lives.entry(network).or_default().push(record);
            }
        }
        (lives, run.recorded)
    };
    let silent = |state: u16| PlainBooks { refuse_surrender: vec![state], ..PlainBooks::default() };
    let (with, recorded) = lives(silent(5));
    let (without, recorded_without) = lives(PlainBooks::default());
    let was_there = |life: &[WorldRecord]| {
        life.iter().any(|record| match record {
            WorldRecord::NetworkFounded { base, .. } => base.0 == 5,
            WorldRecord::NetworkMoved { aspect: Aspect::Base, to, .. } => *to == 5,
            _ => false,
        })
    };
    let untouched: Vec<_> = with.iter().filter(|(_, life)| !was_there(life)).collect();
    assert!(untouched.len() > 100, "{}", untouched.len());
    for (network, life) in untouched {
        assert_eq!(life, &without[network]);
    }
    assert!(with != without);
    assert_eq!(recorded, recorded_without, "incidents are drawn apart from moves");
}

#[test]
fn days_without_anything_due_may_be_skipped() {
    let books = PlainBooks::default();
    let play = |every_day: bool| {
        let mut world = World::new(settings(3), Streams::new(4), start());
        let mut reports = Vec::new();
        let mut day = start();
        while day < start() + YEAR {
            let report = world.day(day, &books, &[], &[]);
            if report != WorldReport::default() {
                reports.push(report);
            }
            day = if every_day { day + 1 } else { world.next_due().expect("months go on") };
        }
        reports
    };
    assert_eq!(play(true), play(false));
}

#[test]
fn a_removed_site_is_silent_until_it_is_back() {
    let mut settings = settings(2);
    settings.networks = 1;
    settings.behaviour.incidents_per_year = 365.0;
    settings.behaviour.site_back_days = 200.0;
    settings.states[0].reporting = 1.0;
    settings.states[1].reporting = 1.0;
    let mut world = World::new(settings, Streams::new(9), start());
    let books = PlainBooks::default();
    world.day(start(), &books, &[], &[]);
    let network = *world.networks().next().expect("one");
    let removal = |host| {
        Enforcement::SiteRemoved(Removal {
            line: 0,
            network: network.id,
            investigating: network.market,
            host,
            opened: start(),
            late: false,
        })
    };
    let removed = [removal(network.host)];
    let report = world.day(start() + 1, &books, &[], &removed);
    assert!(report.records.contains(&WorldRecord::SiteLost { network: network.id, host: network.host }));
    assert_eq!(world.placements().hosted, [0, 0]);
    let mut day = start() + 2;
    loop {
        let report = world.day(day, &books, &[], &[]);
        if report.records.iter().any(|record| matches!(record, WorldRecord::SiteBack { .. })) {
            break;
        }
        assert!(report.incidents.is_empty());
        day = day + 1;
        assert!(day < start() + 20 * YEAR);
    }
    let elsewhere = StateId(1 - world.networks().next().expect("one").host.0);
    let again = world.day(day + 1, &books, &[], &[removal(elsewhere)]);
    assert!(!again.records.iter().any(|record| matches!(record, WorldRecord::SiteLost { .. })), "it has left there");
}

#[test]
fn every_default_is_in_range_and_wrong_settings_are_all_named() {
    let mut wrong = settings(2);
    assert_eq!(wrong.problems(), Vec::<String>::new());
    assert!(wrong.parameters().iter().all(|parameter| (parameter.least..=parameter.most).contains(&parameter.default)));
    wrong.networks = 0;
    wrong.lines.clear();
    wrong.behaviour.reads_law = 2.0;
    (wrong.behaviour.home_share, wrong.behaviour.region_share) = (0.6, 0.5);
    wrong.states[1].reporting = -0.5;
    assert_eq!(wrong.problems().len(), 5, "{:?}", wrong.problems());
}
