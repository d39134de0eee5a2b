//! Attribution: what is put down to an act turns the decision when that act is made here, by other means.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::authority::Outcome as CaseOutcome;
use comity::authority::{AuthorityRecord, LossCause, LossKind};
use comity::base::{Day, NetworkId, StateId};
use comity::engine::{self, Attribution, Lost, Observer, Record, attribute, attribute_by_pieces};
use comity::law::{self, Act, Decision, Instrument, Measure, Memberships};
use comity::scenario::{self, Options, Scenario};
use comity::study::side_by_side;
use comity::transport::Direct;
use comity::world::{Aspect, WorldRecord};

fn read(variant: &str) -> Scenario {
    read_of("scenarios/one-state-stays-out.yaml", variant, &["to=2015-12-31", "networks.count=200"])
}

pub fn read_of(path: &str, variant: &str, settings: &[&str]) -> Scenario {
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { variant: Some(variant.to_owned()), settings, ..Options::default() };
    scenario::read(Path::new(path), &options).map_err(|(problems, _)| problems).expect("sound")
}

#[derive(Default)]
struct LostCases(u64);

impl Observer for LostCases {
    fn record(&mut self, _: Day, record: Record<'_>) {
        let Record::Authority(_, AuthorityRecord::CaseClosed { outcome: CaseOutcome::Lost(_), .. }) = record else {
            return;
        };
        self.0 += 1;
    }
}

fn run(scenario: &Scenario) -> (engine::Outcome, u64) {
    let plan = &scenario.plan;
    let mut nodes = Direct::of(plan);
    let mut lost = LostCases::default();
    let outcome = engine::run(plan, &mut nodes, &mut lost, &AtomicBool::new(false)).expect("it runs");
    (outcome, lost.0)
}

fn sound(found: &Attribution, lost: u64) {
    assert_eq!((found.lost, found.decided_again), (lost, lost), "every lost case is decided again");
    assert_eq!(found.lost_by.iter().map(|row| row.cases).sum::<u64>(), lost, "every lost case has its rule");
    for saving in &found.savings {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand cases")]
        let (surely, cases) = (saving.surely as f64, saving.cases as f64);
        assert!(
            saving.expected > 0.0 && surely <= saving.expected + 1e-9 && saving.expected <= cases + 1e-9,
            "{saving:?}"
        );
    }
}

#[test]
fn what_is_lost_at_hesper_is_saved_by_its_consent_with_the_law() {
    let scenario = read("holds-out");
    let (outcome, lost) = run(&scenario);
    let found = attribute(&scenario.plan, &outcome.tally);
    sound(&found, lost);
    let library = &scenario.plan.library;
    let hesper = library.state_coded("hesper").expect("a state");
    let refused = |row: &&engine::lost_by::LostBy| row.state == hesper && row.cause == Some(LossKind::Refused);
    let refused: u64 = found.lost_by.iter().filter(refused).map(|row| row.cases).sum();
    assert!(refused > 20, "only {refused} cases were refused at Hesper");
    // Repealing its condition for searches, or not using it, would save some as well: this opens surrender.
    let joins = |saving: &&engine::attribution::Saving| saving.state == hesper && saving.kind == "consent-and-law";
    let best = found.savings.iter().find(joins).expect("Hesper's consent with the law would save some");
    assert!(best.expected * 2.0 > f64::from(u32::try_from(refused).expect("few")), "{best:?} of {refused}");
    // The law that comes with it opens Hesper's own cases, as that law alone does: not one less.
    let law = found.savings.iter().filter(|saving| saving.state == hesper && saving.kind == "offence");
    let law = law.max_by(|one, other| one.expected.total_cmp(&other.expected)).expect("its law alone saves some, too");
    let at_home = found.lost_by.iter().find(|row| row.state == hesper && row.cause == Some(LossKind::NoOffence));
    assert!(at_home.is_some_and(|row| row.cases > 20), "Hesper's own cases would show it: {at_home:?}");
    assert!(best.expected >= law.expected, "{best:?} saves less than {law:?}");
    let others = found.savings.iter().filter(|saving| saving.kind == "consent-and-law" && saving.state != hesper);
    assert_eq!(others.count(), 0, "the others have consented");
}

/// The act made again by other means: the instruments of the run with one more, and the law of the variant that joins.
#[test]
fn the_act_turns_the_refusals_when_it_is_made() {
    let scenario = read("holds-out");
    let (outcome, _) = run(&scenario);
    let joins = read("joins");
    let hesper = scenario.plan.library.state_coded("hesper").expect("a state");
    let treaty = scenario.plan.library.treaty_named("internet-trafficking-protocol/conduct").expect("a treaty");
    let consent = Instrument { day: scenario.plan.first_day, treaty, state: hesper, act: Act::Consent };
    let mut tried = 0;
    for (lost, weight) in &outcome.tally.losses.lost {
        let Lost::Refused { question, .. } = lost else { continue };
        if question.requested != hesper || question.measure != Measure::Extradition {
            continue;
        }
        let known: Vec<Instrument> =
            outcome.tally.instruments.iter().filter(|instrument| instrument.day <= question.day).copied().collect();
        let before = law::decide(&scenario.plan.library, &Memberships::of(&scenario.plan.library, &known), question);
        let with = Memberships::of(&scenario.plan.library, &[&known[..], &[consent]].concat());
        let alone = law::decide(&scenario.plan.library, &with, question);
        let both = law::decide(&joins.plan.library, &with, question);
        let refusing = |decision| !matches!(decision, Decision::Grant | Decision::GrantCond);
        assert!(refusing(before.decision), "{question:?}: {:?} without any act", before.decision);
        // Who would not surrender a national owes his prosecution: that the paper alone cannot be the answer is the point.
        if question.nationality != Some(hesper) {
            assert!(refusing(alone.decision), "{question:?}: {:?} by consent alone", alone.decision);
        }
        if with.in_force_between(treaty, question.requesting, hesper, question.day).is_some()
            && question.nationality != Some(hesper)
            && question.conduct_day > scenario.plan.first_day
        {
            assert!(!refusing(both.decision), "{question:?}: {:?} with both", both.decision);
            tried += weight.cases;
        }
    }
    assert!(tried > 5, "only {tried} cases of foreigners sought");
}

#[test]
fn where_nobody_joins_no_single_state_saves_what_needs_five() {
    let scenario = read("all-out");
    let (outcome, lost) = run(&scenario);
    let found = attribute(&scenario.plan, &outcome.tally);
    sound(&found, lost);
    let kinds: Vec<&str> = found.savings.iter().map(|saving| saving.kind).collect();
    assert!(!kinds.contains(&"consent") && !kinds.contains(&"consent-and-law"), "{kinds:?}");
}

/// Real states whose penal law nobody entered, all of one union: what is taken to be their law is what treaties have them
/// punish. A list of offences for a procedure is not that; nor is anything put down to laws that nobody looked up.
/// Where no treaty preserves data nobody asks for that; that it could have been asked for is known of each case even so.
#[test]
fn data_that_no_treaty_preserved_are_lost_by_that_as_well() {
    let (outcome, _) = run(&read_of("scenarios/worm-2000.yaml", "then", &[]));
    let unpreserved = outcome.tally.losses.lost.iter().filter(|(lost, _)| {
        matches!(lost, Lost::Gone { question, unpreserved: Some(first) }
            if first.measure == Measure::Preservation && first.facts == question.facts && first.day <= question.day)
    });
    let (cases, there) = unpreserved
        .fold((0, 0.0), |(cases, there), (_, weight)| (cases + weight.cases, there + weight.there_when_unpreserved));
    assert!(cases > 100 && there > 50.0, "{cases} cases, {there:.0} with the data there");
}

#[test]
fn law_that_is_taken_for_granted_is_no_list_and_nobodys_omission() {
    let text = "title: Taken\nquestion: What?\nfrom: 2026-09-01\nto: 2027-12-31\nseed: 1\n\
                teaching: { time: none, goals: [], ask: [] }\n\
                treaties: [untoc, european-union, e-evidence]\npenal-law-not-entered: as-treaties-oblige\n\
                states:\n  BGR: { infrastructure: 1, market: 1 }\n  CYP: { infrastructure: 1, market: 1 }\n\
                membership:\n  untoc: { \"*\": 2004-01-01 }\n  european-union: { \"*\": 2007-01-01 }\n  \
                e-evidence: { \"*\": 2023-08-18 }\n\
                networks:\n  count: 60\n  lines: { damage: { weight: 1, facts: [damage-data, without-right, intent] } }\n";
    let read = scenario::read_text("taken", text, &Options::default()).map_err(|(problems, _)| problems);
    let scenario = read.expect("sound");
    let library = &scenario.plan.library;
    assert!(library.states().iter().all(|state| state.penal_law_is_taken));
    let cited = |state: &law::State| -> Vec<String> {
        state.offences.iter().map(|offence| library.cite(offence.cite).to_owned()).collect()
    };
    for state in library.states() {
        let offences = cited(state);
        assert!(offences.iter().any(|cite| cite.starts_with("UNTOC")), "{offences:?}");
        assert!(offences.iter().all(|cite| cite.starts_with("UNTOC")), "{offences:?}");
    }
    let (outcome, lost) = run(&scenario);
    let found = attribute(&scenario.plan, &outcome.tally);
    let by_law = found.savings.iter().filter(|saving| saving.says.contains("makes the conduct an offence"));
    assert!(lost > 0 && by_law.count() == 0, "{:?}", found.savings);
}

#[test]
fn decided_in_pieces_side_by_side_it_is_the_same() {
    let scenario = read("holds-out");
    let (outcome, _) = run(&scenario);
    for most in [2, 5].map(|most| NonZeroUsize::new(most).expect("some")) {
        let mut pieces_made = 0;
        let by_pieces = attribute_by_pieces(&scenario.plan, &outcome.tally, most, |pieces, one| {
            pieces_made = pieces.len();
            side_by_side(pieces, one)
        });
        assert!((2..=most.get()).contains(&pieces_made), "{pieces_made} pieces");
        assert_eq!(by_pieces, attribute(&scenario.plan, &outcome.tally));
    }
}

/// A consent is needed once the treaty would bind with it, and not before anybody may join; the law that comes with it, for
/// cases that hang on the law alone, from the beginning.
#[test]
fn a_consent_with_its_law_says_by_when_each_of_them_is_needed() {
    let scenario = read("holds-out");
    let (outcome, _) = run(&scenario);
    let found = attribute(&scenario.plan, &outcome.tally);
    let joint = found.savings.iter().find(|saving| saving.kind == "consent-and-law").expect("Hesper's");
    let days: Vec<&str> = joint.says.split(" by ").skip(1).filter_map(|rest| rest.get(..10)).collect();
    assert_eq!(days.last(), Some(&"2011-01-01"), "{}", joint.says);
    assert!(days.contains(&"2011-09-30") && !joint.says.contains("before the run begins"), "{}", joint.says);
}

/// A claim over nationals saves those who are nationals; one by effects, all.
#[test]
fn cases_without_jurisdiction_are_put_down_to_both_claims_that_would_have_carried_them() {
    let scenario = read_of("scenarios/travelling-offender.yaml", "territory", &[]);
    let (outcome, lost) = run(&scenario);
    let found = attribute(&scenario.plan, &outcome.tally);
    sound(&found, lost);
    let claims: Vec<_> = found.savings.iter().filter(|saving| saving.kind == "jurisdiction").collect();
    let [effects, nationals] = claims[..] else { panic!("{claims:?}") };
    assert!(effects.says.ends_with("by effects") && nationals.says.ends_with("over its nationals abroad"));
    let lost_for = |scenario: &Scenario| {
        let (outcome, _) = run(scenario);
        let lost = outcome.tally.losses.lost;
        lost.iter()
            .filter(|(lost, _)| matches!(lost, Lost::NoJurisdiction(..)))
            .map(|(_, weight)| weight.cases)
            .sum::<u64>()
    };
    let without = lost_for(&scenario);
    let with = lost_for(&read_of("scenarios/travelling-offender.yaml", "nationals", &[]));
    assert_eq!(effects.cases, without);
    // In the other variant networks move otherwise, too.
    assert!(
        nationals.cases * 2 > without - with && nationals.cases < 2 * (without - with),
        "{nationals:?} of {without}, {with}"
    );
}

/// Three states under the Convention, of which each may refuse every surrender.
fn plain(law_of_alba: &str, settings: &str) -> Scenario {
    let text = format!(
        "
title: Lost
question: What would have saved the cases?
teaching: {{ time: 1 minute, goals: [one], ask: [one] }}
from: 2011-01-01
to: 2014-12-31
seed: 1
treaties: [ets185]
states:
  alba: {{ law: {{ {law_of_alba}, {LAW} }}, infrastructure: 1, market: 2 }}
  brava: {{ law: {{ {LAW} }}, infrastructure: 1, market: 1 }}
  corvo: {{ law: {{ {LAW} }}, infrastructure: 1, market: 1 }}
membership: {{ ets185: {{ \"*\": 2005-03-10 }} }}
{settings}
"
    );
    scenario::read_text("lost", &text, &Options::default()).unwrap_or_else(|(problems, _)| panic!("{problems:?}"))
}

const LAW: &str = "needs-treaty: true, accepts-as-basis: [ets185], \
    offences: { access: { cite: Code 10, all: [intrude, without-right, intent], maximum-months: 36 } }, \
    rules: { Extradition Act 2: { says: Surrender may be refused., for: extradition, when: { all: [intrude] }, \
    refuse: { ground: G.POLITICAL, force: may } } }";

/// Letters travel five days and a surrender takes seven at its desk.
fn impatient(patience_days: u32) -> Attribution {
    let scenario = plain(
        "jurisdiction: [territory, effects]",
        &format!(
            "authority: {{ data-age-days: 0, needs-data: 0, surrender-desk-days: 7, surrender-desk-log-sd: 0, desks: 1000,
  patience-days: {patience_days} }}
discretion: {{ refuses: {{ G.POLITICAL: 0.5 }} }}
networks:
  count: 300
  lines: {{ intrude: {{ weight: 1, facts: [intrude, without-right, intent, computer] }} }}
  behaviour: {{ risk-weight: 0, deterrence: 0 }}"
        ),
    );
    let (outcome, _) = run(&scenario);
    let found = attribute(&scenario.plan, &outcome.tally);
    let in_time = found.savings.iter().filter(|saving| saving.kind == "answer-in-time");
    assert!(in_time.count() == 3, "{:?}", found.savings);
    found
}

/// Whether it had been decided then is no matter of which of the two states is named first.
#[test]
fn a_decision_on_the_day_of_giving_up_is_not_known_by_then() {
    for saving in impatient(12).savings.iter().filter(|saving| saving.kind == "answer-in-time") {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred cases")]
        let half = saving.cases as f64 / 2.0;
        assert!(saving.surely == 0 && saving.cases > 50 && (saving.expected - half).abs() < 1e-9, "{saving:?}");
    }
}

#[test]
fn an_answer_on_its_way_saves_what_it_grants_and_no_more() {
    for saving in impatient(15).savings.iter().filter(|saving| saving.kind == "answer-in-time") {
        assert!(saving.surely == saving.cases && saving.cases > 25, "{saving:?}");
    }
}

/// Who answers for each network by now, and cases lost for want of jurisdiction over one's own national.
#[derive(Default)]
struct Nationals {
    founder: BTreeMap<NetworkId, StateId>,
    now: BTreeMap<NetworkId, StateId>,
    of_now: u64,
    of_founder: u64,
}

const BEYOND: CaseOutcome = CaseOutcome::Lost(LossCause::NoJurisdiction);

impl Observer for Nationals {
    fn record(&mut self, _: Day, record: Record<'_>) {
        match record {
            Record::World(WorldRecord::NetworkFounded { network, base, .. }) => {
                self.founder.insert(*network, *base);
                self.now.insert(*network, *base);
            }
            Record::World(WorldRecord::NetworkMoved { network, aspect: Aspect::Principal, to, .. }) => {
                self.now.insert(*network, StateId(*to));
            }
            Record::Authority(state, AuthorityRecord::CaseClosed { network, outcome: BEYOND, .. }) => {
                self.of_now += u64::from(self.now.get(network) == Some(&state));
                self.of_founder += u64::from(self.founder.get(network) == Some(&state));
            }
            _ => {}
        }
    }
}

#[test]
fn a_claim_over_nationals_is_over_those_who_answer_by_then() {
    let scenario = plain(
        "jurisdiction: [territory]",
        "authority: { data-age-days: 0 }
networks:
  count: 400
  lines: { intrude: { weight: 1, facts: [intrude, without-right, intent, computer] } }
  behaviour: { consider-principal: 20, review-days: 60, cost-principal: 0, cost-base: 0.5, consider-base: 3 }",
    );
    let mut seen = Nationals::default();
    let outcome = engine::run(&scenario.plan, &mut Direct::of(&scenario.plan), &mut seen, &AtomicBool::new(false));
    let tally = outcome.expect("it runs").tally;
    let lost = tally.losses.lost.iter().filter(|(lost, _)| matches!(lost, Lost::NoJurisdiction(_, true)));
    let of_nationals: u64 = lost.map(|(_, weight)| weight.cases).sum();
    assert!(of_nationals > 0 && seen.of_now != seen.of_founder, "{} {}", seen.of_now, seen.of_founder);
    assert_eq!(of_nationals, seen.of_now);
}
