//! Custom unfolded: what practice makes a rule, whom it binds, who objected in time, and what it brings.

use std::collections::{BTreeMap, BTreeSet};

use comity::base::StateId;
use comity::depositary::adoption::{Custom, Practice};
use comity::depositary::{Depositary, DepositaryRecord, Unfolded};
use comity::law::{self, Act, Instrument, Memberships, Standing, pairs};

use super::adoption::{Bench, CONDUCT, at_once, conduct, day, punishes};

const CUSTOM: &str = "internet-trafficking-custom";

impl Bench {
    fn custom() -> Self {
        Self::of("scenarios/gradual-adoption.yaml")
    }

    /// Takes the consents of some states to the protocol back; gives the first of them.
    fn keep_out(&mut self, codes: &[&str]) -> StateId {
        let (out, protocol): (Vec<StateId>, _) =
            (codes.iter().map(|code| self.state(code)).collect(), self.treaty(CONDUCT));
        self.dated.retain(|done| done.treaty != protocol || !out.contains(&done.state));
        out[0]
    }
}

/// All states carry the protocol out in 2011; a rule of custom is watched from 2012.
fn practising(change: impl FnOnce(&mut Bench, &mut Custom)) -> (Bench, Vec<Instrument>) {
    let mut bench = Bench::custom();
    for state in bench.library.state_ids().collect::<Vec<_>>() {
        bench.consent(CONDUCT, state, "2011-04-02");
    }
    let protocol = bench.treaty(CONDUCT);
    bench.adoption.enactments.insert(protocol, at_once());
    let mut custom = Custom {
        from: day("2012-01-01"),
        practice: Practice::default(),
        conduct: vec![conduct(&bench.library)],
        under: BTreeSet::from([protocol]),
        objections: BTreeMap::new(),
    };
    change(&mut bench, &mut custom);
    let rule = bench.treaty(CUSTOM);
    bench.adoption.customs.insert(rule, custom);
    let made = bench.unfolded(1, "2025-12-31").instruments;
    let bound = made.into_iter().filter(|made| made.act == Act::Custom).collect();
    (bench, bound)
}

#[test]
fn custom_emerges_after_its_years_and_binds_all_but_those_that_objected_before() {
    let (bench, bound) = practising(|bench, custom| {
        custom.objections =
            BTreeMap::from([(bench.state("hesper"), day("2014-01-01")), (bench.state("kesh"), day("2016-01-01"))]);
    });
    let emerged = day("2015-01-01");
    assert!(bound.iter().all(|made| made.day == emerged && made.treaty == bench.treaty(CUSTOM)), "{bound:?}");
    assert_eq!(bound.len(), bench.library.states().len() - 1, "the one that objected in time stays out");
    assert!(bound.iter().all(|made| made.state != bench.state("hesper")));
    let memberships = Memberships::of(&bench.library, &bound);
    let standing = |code| memberships.standing(bench.treaty(CUSTOM), bench.state(code), emerged);
    assert_eq!(standing("kesh"), Standing::Party(emerged), "an objection after the rule emerged comes too late");
    assert_eq!(standing("hesper"), Standing::Outside);
    let mut depositary = Depositary::new(&bench.library, &bound, day("2012-01-01"));
    let records = depositary.day(&bench.library, emerged).records;
    assert_eq!(records.iter().filter(|record| matches!(record, DepositaryRecord::CustomEmerged(_))).count(), 1);
}

#[test]
fn custom_does_not_emerge_while_one_of_its_conditions_fails() {
    type Change = fn(&mut Bench, &mut Custom);
    let (_, bound) = practising(|bench, _| _ = bench.keep_out(&["kesh", "lumo"]));
    assert!(!bound.is_empty(), "ten of twelve are widespread");
    let failing: [(&str, Change); 4] = [
        ("widespread", |bench, _| _ = bench.keep_out(&["brava", "corvo", "dunmar", "elona"])),
        ("representative", |bench, _| {
            let kesh = bench.keep_out(&["kesh"]);
            bench.adoption.adopters[kesh.index()].region = Some("a region of its own".to_owned());
        }),
        ("specially affected", |bench, _| {
            let kesh = bench.keep_out(&["kesh"]);
            bench.adoption.adopters[kesh.index()].hosting = 10.0;
        }),
        ("under a treaty", |_, custom| custom.practice.weight_under_treaty = 0.5),
    ];
    for (what, change) in failing {
        assert_eq!(practising(change).1, [], "{what}");
    }
}

#[test]
fn practice_of_those_that_deny_the_rule_makes_none() {
    let denied_by = |count: usize| {
        let deny = |bench: &mut Bench, custom: &mut Custom| {
            let states = bench.library.state_ids().take(count);
            custom.objections = states.map(|state| (state, day("2011-01-01"))).collect();
        };
        practising(deny).1
    };
    assert_eq!(denied_by(12), [], "all that practise deny it");
    assert_eq!(denied_by(4), [], "eight of twelve are not widespread");
    assert_eq!(denied_by(1).len(), 11, "eleven are, and the twelfth is not bound");
}

#[test]
fn practice_is_under_a_treaty_while_that_binds() {
    let weightless = |change: fn(&mut Bench)| {
        practising(|bench, custom| {
            custom.practice.weight_under_treaty = 0.0;
            change(bench);
        })
        .1
    };
    assert_eq!(weightless(|_| ()), [], "all are bound");
    let left = weightless(|bench| {
        let protocol = bench.treaty(CONDUCT);
        let consents: Vec<Instrument> =
            bench.dated.iter().filter(|done| done.treaty == protocol && done.act == Act::Consent).copied().collect();
        let leaves = |done: Instrument| Instrument { day: day("2012-06-01"), act: Act::Denunciation, ..done };
        bench.dated.extend(consents.into_iter().map(leaves));
    });
    assert!(!left.is_empty(), "who has left practises of its own accord");
    let emerged = left[0].day;
    assert!(emerged > day("2015-06-01"), "and has done so since the notice took effect: {emerged}");
}

#[test]
fn custom_brings_an_offence_and_neither_surrender_nor_assistance() {
    let (bench, bound) = practising(|bench, custom| {
        bench.keep_out(&["kesh"]);
        custom.practice.steady_years = 1.0;
        bench.adoption.enactments.insert(bench.treaty(CUSTOM), at_once());
    });
    let kesh = bench.state("kesh");
    let emerged = bound.first().expect("custom emerged").day;
    let Unfolded { library, instruments } = bench.unfolded(1, "2025-12-31");
    assert!(!punishes(&library, kesh, emerged - 1) && punishes(&library, kesh, emerged));
    let rules = &library.treaty(bench.treaty(CUSTOM)).rules;
    assert!(
        law::Measure::ALL.into_iter().all(|measure| rules.on(measure).next().is_none()),
        "its text carries nothing"
    );
    let until: Vec<Instrument> = instruments.into_iter().filter(|made| made.day <= emerged).collect();
    let asked = |measure| {
        let question = pairs::asked(bench.state("alba"), kesh, measure, conduct(&library), emerged);
        law::decide(&library, &Memberships::of(&library, &until), &question).decision
    };
    assert_eq!(asked(law::Measure::Extradition), law::Decision::Refuse);
}
