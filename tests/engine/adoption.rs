//! Adoption unfolded: chances in closed form, draws by key, amendments.

use std::collections::BTreeMap;
use std::path::Path;

use comity::base::{Day, StateId, Streams, TreatyId};
use comity::depositary::adoption::{Adopter, Enactment, Example, Hazard, Joined};
use comity::depositary::{Adoption, Unfolded, unfold};
use comity::law::{self, Act, FactSet, Instrument, Library, Memberships};
use comity::scenario::{self, Options};

const PARENT: &str = "ets185";
pub(super) const CONDUCT: &str = "internet-trafficking-protocol/conduct";
pub(super) const CONTENT: &str = "internet-trafficking-protocol/content";
const AMENDMENT: &str = "ets185-amendment";
const CONVENTION: &str = "internet-trafficking-convention";

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// The twelve states of a scenario, all of them alike, none bound by anything but the parent.
pub(super) struct Bench {
    pub(super) library: Library,
    pub(super) dated: Vec<Instrument>,
    pub(super) adoption: Adoption,
}

impl Bench {
    pub(super) fn of(scenario: &str) -> Self {
        let read = scenario::read(Path::new(scenario), &Options::default());
        let plan = read.map_err(|(problems, _)| problems).expect("the scenario is sound").plan;
        let library = plan.library.as_ref().clone();
        let adopters = vec![Adopter { hosting: 1.0, market: 1.0, ..Adopter::default() }; library.states().len()];
        let mut bench = Self { library, dated: Vec::new(), adoption: Adoption { adopters, ..Adoption::default() } };
        for state in bench.library.state_ids() {
            bench.consent(PARENT, state, "2005-03-10");
        }
        bench
    }

    pub(super) fn routes() -> Self {
        Self::of("scenarios/three-routes.yaml")
    }

    pub(super) fn treaty(&self, name: &str) -> TreatyId {
        self.library.treaty_named(name).expect("a treaty of the scenario")
    }

    pub(super) fn state(&self, code: &str) -> StateId {
        self.library.state_coded(code).expect("a state of the scenario")
    }

    pub(super) fn consent(&mut self, treaty: &str, state: StateId, on: &str) {
        self.dated.push(Instrument { day: day(on), treaty: self.treaty(treaty), state, act: Act::Consent });
    }

    /// Opens a treaty to all that have no dated consent.
    pub(super) fn open(&mut self, treaty: &str, hazard: Hazard) {
        let treaty = self.treaty(treaty);
        let dated = self.dated.iter().filter(|done| done.treaty == treaty).map(|done| done.state);
        let joined = Joined {
            opens: day("2011-01-01"),
            hazard,
            example: Example::default(),
            conduct: vec![conduct(&self.library)],
            related: None,
            settled: dated.collect(),
        };
        self.adoption.joined.insert(treaty, joined);
    }

    pub(super) fn unfolded(&self, seed: u64, until: &str) -> Unfolded {
        unfold(&self.adoption, &self.library, &self.dated, day(until), &Streams::new(seed))
    }

    fn consents(&self, treaty: &str, seed: u64, until: &str) -> BTreeMap<StateId, Day> {
        let treaty = self.treaty(treaty);
        let unfolded = self.unfolded(seed, until);
        let made = unfolded.instruments.into_iter().filter(|made| made.treaty == treaty && made.act == Act::Consent);
        made.map(|made| (made.state, made.day)).collect()
    }
}

/// A flat hazard: no term counts but the constant and those that a test sets.
pub(super) fn flat(constant: f64) -> Hazard {
    Hazard { constant, club: 0.0, parent: 0.0, region: 0.0, pressure: 0.0, expression: 0.0, ..Hazard::default() }
}

pub(super) fn at_once() -> Enactment {
    Enactment { enacts_first: 1.0, never_enacts: 0.0, ..Enactment::default() }
}

/// That the share of state-years in which a free state joins is the logit's, within four standard errors.
fn joins_at(what: &str, bench: &Bench, treaty: &str, log_odds: f64) {
    const SEEDS: u32 = 400;
    let id = bench.treaty(treaty);
    let settled = &bench.adoption.joined[&id].settled;
    let (mut joined, mut tried) = (0.0, 0.0);
    for seed in 0..SEEDS {
        let consents = bench.consents(treaty, seed.into(), "2011-12-31");
        for state in bench.library.state_ids().filter(|state| !settled.contains(state)) {
            tried += 1.0;
            joined += f64::from(u8::from(consents.contains_key(&state)));
        }
    }
    let expected = 1.0 / (1.0 + libm::exp(-log_odds));
    let error = libm::sqrt(expected * (1.0 - expected) / tried);
    let share: f64 = joined / tried;
    assert!((share - expected).abs() < 4.0 * error, "{what}: {share}, not {expected} within {}", 4.0 * error);
}

#[test]
fn yearly_frequencies_are_those_of_the_logit_term_by_term() {
    type Change = fn(&mut Bench, &mut Hazard);
    let terms: [(&str, &str, f64, Change); 7] = [
        ("constant", CONDUCT, -1.8, |_, _| {}),
        ("club", CONDUCT, -0.3, |bench, hazard| {
            hazard.club = 1.5;
            bench.adoption.adopters.iter_mut().for_each(|adopter| adopter.club = true);
        }),
        ("parent", CONDUCT, -1.1, |_, hazard| hazard.parent = 0.7),
        ("pressure", CONDUCT, -0.2, |bench, hazard| {
            hazard.pressure = 0.8;
            bench.adoption.adopters.iter_mut().for_each(|adopter| adopter.pressure = 2.0);
        }),
        // Three of the eleven others of the one region are in.
        ("region", CONDUCT, -1.8 + 2.4 * 3.0 / 11.0, |bench, hazard| {
            hazard.region = 2.4;
            for code in ["alba", "brava", "corvo"] {
                bench.consent(CONDUCT, bench.state(code), "2010-05-01");
            }
        }),
        ("expression, conduct", CONDUCT, -1.8, |bench, hazard| {
            hazard.expression = 1.0;
            bench.adoption.adopters.iter_mut().for_each(|adopter| adopter.expression = 0.5);
        }),
        ("expression, content", CONTENT, -2.3, |bench, hazard| {
            hazard.expression = 1.0;
            bench.adoption.adopters.iter_mut().for_each(|adopter| adopter.expression = 0.5);
        }),
    ];
    for (what, treaty, log_odds, change) in terms {
        let (mut bench, mut hazard) = (Bench::routes(), flat(-1.8));
        change(&mut bench, &mut hazard);
        bench.open(treaty, hazard);
        joins_at(what, &bench, treaty, log_odds);
    }
}

#[test]
fn the_default_club_joins_four_to_eight_times_as_readily() {
    let chance = |log_odds: f64| 1.0 / (1.0 + libm::exp(-log_odds));
    let hazard = Hazard::default();
    // Shares of a region at which most join.
    for share in [0.1, 0.3] {
        let others = hazard.constant + hazard.region * share;
        let ratio = chance(others + hazard.club) / chance(others);
        assert!((4.0..=8.0).contains(&ratio), "at a regional share of {share}: {ratio}");
    }
}

#[test]
fn changing_one_state_changes_no_other_states_draw() {
    let mut bench = Bench::routes();
    bench.open(CONDUCT, Hazard { region: 0.0, ..Hazard::default() });
    bench.open(CONVENTION, Hazard { region: 0.0, ..Hazard::default() });
    let mut moved = 0;
    for seed in 0..20 {
        let before = bench.unfolded(seed, "2030-12-31").instruments;
        let mut pressed =
            Bench { adoption: bench.adoption.clone(), library: bench.library.clone(), dated: bench.dated.clone() };
        let gova = pressed.state("gova");
        pressed.adoption.adopters[gova.index()].pressure = 2.0;
        let after = pressed.unfolded(seed, "2030-12-31").instruments;
        let others = |all: &[Instrument]| all.iter().filter(|made| made.state != gova).copied().collect::<Vec<_>>();
        assert_eq!(others(&before), others(&after), "seed {seed}");
        moved += u32::from(before != after);
    }
    assert!(moved > 10, "pressure moved its own state in {moved} of 20 seeds only");
}

#[test]
fn nobody_joins_a_protocol_outside_its_parent_and_some_join_both_at_once() {
    let mut bench = Bench::routes();
    bench.dated.clear();
    for state in bench.library.state_ids().skip(1).collect::<Vec<_>>() {
        bench.consent(PARENT, state, "2014-06-03");
    }
    bench.open(CONDUCT, Hazard { at_once: 0.4, ..flat(20.0) });
    let (mut same_day, mut later) = (0, 0);
    for seed in 0..40 {
        let consents = bench.consents(CONDUCT, seed, "2020-12-31");
        assert!(!consents.contains_key(&StateId(0)), "outside the parent");
        assert_eq!(consents.len(), bench.library.states().len() - 1);
        for joined in consents.into_values() {
            assert!(joined >= day("2014-06-03"));
            *(if joined == day("2014-06-03") { &mut same_day } else { &mut later }) += 1;
        }
    }
    let share = f64::from(same_day) / f64::from(same_day + later);
    assert!((share - 0.4).abs() < 4.0 * libm::sqrt(0.24 / 440.0), "at once: {share}");
}

#[test]
fn members_of_the_club_sign_before_they_ratify_and_others_accede() {
    let signatures = |text: &str| {
        let mut bench = Bench::routes();
        bench.adoption.adopters[0].club = true;
        bench.open(text, flat(-1.0));
        let treaty = bench.treaty(text);
        let (mut signatures, mut consents) = (0, 0);
        for seed in 0..20 {
            let made = bench.unfolded(seed, "2040-12-31").instruments;
            let own = |act| made.iter().find(|made| (made.treaty, made.state, made.act) == (treaty, StateId(0), act));
            consents += usize::from(own(Act::Consent).is_some());
            for signed in made.iter().filter(|made| made.act == Act::Signature) {
                let consent = own(Act::Consent).expect("it ratifies later");
                assert!(signed.state == StateId(0) && day("2011-01-01") <= signed.day && signed.day < consent.day);
                signatures += 1;
            }
        }
        assert!(consents > 10, "{consents}");
        signatures
    };
    assert!(signatures(CONDUCT) > 10);
    assert_eq!(signatures(AMENDMENT), 0, "an amendment is accepted, and not signed");
}

#[test]
fn an_amendment_needs_every_party_and_those_that_join_on_the_way() {
    let mut bench = Bench::routes();
    let treaty = bench.treaty(AMENDMENT);
    bench.open(AMENDMENT, flat(20.0));
    let first = |bench: &Bench| {
        let unfolded = bench.unfolded(1, "2030-12-31");
        (unfolded.instruments.clone(), Memberships::of(&bench.library, &unfolded.instruments).first_in_force(treaty))
    };
    let (made, in_force) = first(&bench);
    let last = made.iter().filter(|made| made.treaty == treaty && made.act == Act::Consent).map(|made| made.day).max();
    assert_eq!(in_force, last.map(|last| last + 30), "on the thirtieth day after the last acceptance");
    // One that will not.
    let hesper = bench.state("hesper");
    bench.adoption.joined.get_mut(&treaty).expect("open").settled.insert(hesper);
    assert_eq!(first(&bench).1, None, "one Party keeps it out");
    // The same state, outside the Convention until 2016 and willing only in 2018: the others are all Parties first.
    bench.dated.retain(|done| done.state != hesper);
    let alone = first(&bench).1.expect("all Parties accepted");
    assert!(alone < day("2012-02-15"), "{alone}");
    // It joins the Convention before the last acceptance, and so there is one more to wait for.
    bench.consent(PARENT, hesper, "2010-12-01");
    bench.consent(AMENDMENT, hesper, "2018-03-05");
    assert_eq!(first(&bench).1, Some(day("2018-03-05") + 30));
}

#[test]
fn a_convention_enters_into_force_with_the_number_of_consents_that_the_scenario_gives() {
    let bench = Bench::routes();
    let treaty = bench.treaty(CONVENTION);
    let instruments = |count: usize| -> Vec<Instrument> {
        let consent = |state| Instrument { day: day("2012-01-10"), treaty, state, act: Act::Consent };
        bench.library.state_ids().take(count).map(consent).collect()
    };
    assert_eq!(Memberships::of(&bench.library, &instruments(2)).first_in_force(treaty), None);
    let three = Memberships::of(&bench.library, &instruments(3));
    assert_eq!(three.first_in_force(treaty), Some(day("2012-01-10") + 90));
}

/// Conduct that every text here asks to punish.
pub(super) fn conduct(library: &Library) -> FactSet {
    let facts = ["advertise", "minor", "knew", "commercial", "computer", "intent"];
    facts.iter().map(|name| library.facts.named(name).expect("a fact on the list")).collect()
}

pub(super) fn punishes(library: &Library, state: StateId, on: Day) -> bool {
    law::punishable(library, state, library.facts.derive(conduct(library)), on).is_some()
}

/// What is dated changes nothing before its day, and all after it.
#[test]
fn a_notice_of_denunciation_keeps_nobody_out_before_its_day() {
    let mut bench = Bench::routes();
    bench.open(CONDUCT, flat(0.0));
    let all = |bench: &Bench| -> Vec<(StateId, Day)> {
        (0..20).flat_map(|seed| bench.consents(CONDUCT, seed, "2013-12-31")).collect()
    };
    let notice = day("2011-10-01");
    let (before, after): (Vec<_>, Vec<_>) = all(&bench).into_iter().partition(|(_, day)| *day < notice);
    assert!(before.len() > 20 && after.len() > 20, "{} {}", before.len(), after.len());
    let treaty = bench.treaty(PARENT);
    let left = bench.library.state_ids().map(|state| Instrument { day: notice, treaty, state, act: Act::Denunciation });
    let left: Vec<Instrument> = left.collect();
    bench.dated.extend(left);
    assert_eq!(all(&bench), before);
}

/// Whichever of the two names comes first.
#[test]
fn who_joined_a_related_treaty_earlier_in_the_year_counts_as_in_it() {
    let mut bench = Bench::routes();
    bench.open(CONDUCT, flat(3.0));
    bench.open(CONVENTION, Hazard { parent: 40.0, ..flat(-35.0) });
    let (convention, conduct) = (bench.treaty(CONVENTION), bench.treaty(CONDUCT));
    let joined = bench.adoption.joined.get_mut(&convention).expect("it is open");
    (joined.opens, joined.related) = (day("2011-10-01"), Some(conduct));
    let mut followed = 0;
    for seed in 0..5 {
        let first = bench.consents(CONDUCT, seed, "2011-12-31");
        for state in bench.consents(CONVENTION, seed, "2011-12-31").into_keys() {
            assert!(first.get(&state).is_some_and(|joined| *joined < day("2011-10-01")), "{state:?}");
            followed += 1;
        }
    }
    assert!(followed > 20, "{followed}");
}
