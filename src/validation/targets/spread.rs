//! T13 and T14: law spreads in an S, by neighbours, pressure and treaty; some stay out, and paper comes before practice.

use std::collections::BTreeMap;

use crate::base::{Day, StateId, TreatyId};
use crate::depositary::Unfolded;
use crate::engine::Plan;
use crate::law::{Act, Library};
use crate::validation::protocol::{Band, NotMeasured, Sign, Statistic, Target};
use crate::validation::regression::{Fit, line, logit};
use crate::validation::statistics::float;
use crate::validation::world::{World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T13-T14",
    says: "Full law against trafficking spread by a logistic with its midpoint 5 to 8 years after opening and under three \
           quarters of the states after 11; parents' members, neighbours and pressure raise the chance; a tenth to a half \
           stay outside an optional protocol; a fifth to two fifths of Parties have no full law after 8 to 10 years.",
    source: "own computations on the data of Kelley and Simmons, the UN Treaty Collection and the treaty office of the \
             Council of Europe",
    fitted_on: &["T13"],
    statistics: &[
        Statistic { name: "T13 rate of the logistic", unit: "a year", band: Some(Band::Meets(0.35, 0.55)), sign: None },
        Statistic { name: "T13 midpoint after opening", unit: "years", band: Some(Band::Meets(5.0, 8.0)), sign: None },
        Statistic {
            name: "T13 states with full law after 11 years",
            unit: "share",
            band: Some(Band::Meets(0.4, 0.75)),
            sign: None,
        },
        Statistic {
            name: "T13 logit of adopting law: being a Party",
            unit: "log odds",
            band: Some(Band::Meets(0.3, 1.1)),
            sign: Some(Sign::Above),
        },
        Statistic {
            name: "T13 logit of adopting law: share of the region",
            unit: "log odds",
            band: Some(Band::Meets(1.5, 3.8)),
            sign: Some(Sign::Above),
        },
        Statistic {
            name: "T13 logit of adopting law: watch list over plain listing",
            unit: "log odds",
            band: Some(Band::Meets(0.3, 1.2)),
            sign: Some(Sign::Above),
        },
        Statistic {
            name: "T13 logit of joining: share of the region",
            unit: "log odds",
            band: Some(Band::Meets(1.5, 3.8)),
            sign: Some(Sign::Above),
        },
        Statistic {
            name: "T13 logit of joining: watch list over plain listing",
            unit: "log odds",
            band: Some(Band::Meets(0.3, 1.2)),
            sign: Some(Sign::Above),
        },
        Statistic {
            name: "T13 yearly hazard of joining",
            unit: "a year",
            band: Some(Band::Meets(0.07, 0.23)),
            sign: None,
        },
        Statistic {
            name: "T13 hazard of club members, of others'",
            unit: "ratio",
            band: Some(Band::Meets(4.0, 8.0)),
            sign: None,
        },
        Statistic {
            name: "T14 members of the parent outside the protocol after 13 years",
            unit: "share",
            band: Some(Band::Meets(0.05, 0.45)),
            sign: None,
        },
        Statistic {
            name: "T14 who joined the protocol on the day of the parent",
            unit: "share",
            band: Some(Band::Meets(0.4, 0.75)),
            sign: None,
        },
        Statistic {
            name: "T14 Parties without law after 8 to 10 years",
            unit: "share",
            band: Some(Band::Meets(0.2, 0.4)),
            sign: None,
        },
    ],
    not_measured: &[
        NotMeasured {
            name: "T14 effect of joining on an index of policy",
            because: "the model has no index of policy",
        },
        NotMeasured {
            name: "T14 event dummies of that index after 0-1, 2-3 and 4 or more years, rising",
            because: "the model has no index of policy",
        },
    ],
    remarks: "Only adoption is unfolded; nothing of it depends on networks. The target's logit is that of law; that of \
              joining reads back the hazard of joining. Membership of the founding club stands beside the target's regressors: \
              the data of the law are of a text without one, and here it would stand in for the region. T14 is reported as it \
              falls.",
    worlds,
    measure,
};

const STATES: usize = 180;
/// States a region; the data have 20 sub-regions of 180 states.
const REGION: usize = 9;
const OPENS: i32 = 2000;
const LAST_YEAR: i32 = 2013;
/// Regions that belong to the club: a quarter of the states, as in the Council of Europe.
const CLUB_REGIONS: usize = 5;

fn worlds(_seed: u64) -> Vec<World> {
    let states = codes(STATES).into_iter().enumerate().map(|(number, code)| {
        let region = number / REGION;
        // Listed, on the watch list, or neither: a third each, spread over the regions.
        let keys = format!(
            "law: follows-target, infrastructure: 1, market: 1, region: r{region}, club: {}, pressure: {}",
            region < CLUB_REGIONS,
            number % 3
        );
        (code, keys.replace("follows-target", LAW_AFTER_TREATY))
    });
    let protocol = "  - treaty: protocol\n    cites-as: PROT\n    title: Optional protocol of the target worlds\n    source: Designed.\n    \
                    coverage: One offence.\n    read: designed\n    model: true\n    protocol-to: convention\n    \
                    extends-by: \"5\"\n    joins: { first-of-month-after-months: 3 }\n    first-in-force: { consents: 5 }\n    \
                    offences:\n      damage: { article: \"6\", all: [damage-data, without-right, intent] }\n";
    vec![World {
        title: "T13 and T14: the spread of law".to_owned(),
        days: (day(OPENS, 1, 1), day(LAST_YEAR, 12, 31)),
        states: states.collect(),
        membership: Vec::new(),
        treaties: protocol.to_owned(),
        networks: 10,
        behaviour: String::new(),
        authority: String::new(),
        more: format!("adoption:\n  convention: {{ from: {OPENS}-01-01 }}\n  protocol: {{ from: {OPENS}-01-01 }}\n"),
    }]
}

/// A law whose offences follow the convention and its protocol.
const LAW_AFTER_TREATY: &str = "{ needs-treaty: true, jurisdiction: [territory, effects], offences: { \
     interference: { cite: Penal Code 1, all: [hinder-system, without-right, intent], maximum-months: 60, carries-out: [convention] }, \
     damage: { cite: Penal Code 2, all: [damage-data, without-right, intent], maximum-months: 60, carries-out: [protocol] } } }";

/// Years from opening of consents and laws.
struct Spread {
    parents: BTreeMap<StateId, Day>,
    protocols: BTreeMap<StateId, Day>,
    laws: BTreeMap<StateId, Day>,
}

impl Spread {
    fn of(plan: &Plan, unfolded: &Unfolded) -> Self {
        let treaty = |name: &str| plan.library.treaty_named(name).expect("a treaty of this world");
        let consents = |treaty: TreatyId| -> BTreeMap<StateId, Day> {
            let of_treaty = unfolded.instruments.iter().filter(|one| one.treaty == treaty && one.act == Act::Consent);
            of_treaty.map(|one| (one.state, one.day)).collect()
        };
        Self {
            parents: consents(treaty("convention")),
            protocols: consents(treaty("protocol")),
            laws: laws(&unfolded.library),
        }
    }

    fn by(dates: &BTreeMap<StateId, Day>, year: i32) -> f64 {
        float(dates.values().filter(|date| date.calendar().0 <= year).count())
    }
}

/// The day on which each state made the convention's offence, if it ever did.
fn laws(library: &Library) -> BTreeMap<StateId, Day> {
    let of = |state: StateId| {
        let offence = library.state(state).offences.iter().find(|offence| offence.name == "interference")?;
        offence.from.filter(|from| offence.in_force(*from)).map(|from| (state, from))
    };
    library.state_ids().filter_map(of).collect()
}

/// Rate and midpoint (years after opening) of the logistic through the yearly shares of the final number.
fn logistic(spread: &Spread) -> Option<(f64, f64)> {
    // The ceiling lies above the last number, as in the fits to the data (126 of 112 in 2011).
    let ceiling = Spread::by(&spread.laws, OPENS + 11) * 126.0 / 112.0;
    let points = (OPENS + 1..=OPENS + 11).filter_map(|year| {
        let share = Spread::by(&spread.laws, year) / ceiling;
        (share > 0.0 && share < 1.0).then(|| (f64::from(year + 1 - OPENS), libm::log(share / (1.0 - share))))
    });
    let (years, logits): (Vec<f64>, Vec<f64>) = points.unzip();
    let fit = line(&years, &logits)?;
    Some((fit.coefficients[1], -fit.coefficients[0] / fit.coefficients[1]))
}

/// A state still at risk in a year, and whether it took the step in that year.
struct AtRisk {
    /// Constant, share of the region without itself, listed, on the watch list, member of the club, Party; then the years
    /// but for the first.
    regressors: Vec<f64>,
    took: f64,
}

const SHARE: usize = 1;
const WATCHED: usize = 3;
const CLUB: usize = 4;
const PARTY: usize = 5;

fn at_risk(spread: &Spread, steps: &BTreeMap<StateId, Day>) -> Vec<AtRisk> {
    let truth = |holds: bool| f64::from(u8::from(holds));
    let before = |dates: &BTreeMap<StateId, Day>, state: usize, year: i32| {
        dates.get(&super::id(state)).is_some_and(|date| date.calendar().0 < year)
    };
    let years = OPENS + 1..=OPENS + 11;
    let of_year = |year: i32| {
        let free = (0..STATES).filter(move |state| !before(steps, *state, year));
        free.map(move |state| {
            let first = state / REGION * REGION;
            let others = (first..first + REGION).filter(|other| *other != state && before(steps, *other, year)).count();
            let club = state / REGION < CLUB_REGIONS;
            let mut regressors = vec![1.0, float(others) / float(REGION - 1)];
            regressors.extend([state % 3 > 0, state % 3 > 1, club, before(&spread.parents, state, year)].map(truth));
            regressors.extend((OPENS + 2..=OPENS + 11).map(|other| truth(other == year)));
            AtRisk { regressors, took: truth(before(steps, state, year + 1)) }
        })
    };
    years.flat_map(of_year).collect()
}

/// The logit of the step. Who is at risk of joining is no Party, so that the column has to go from there.
fn logit_of(rows: Vec<AtRisk>, of_parties: bool) -> Option<Fit> {
    let regressors = |mut row: AtRisk| {
        if !of_parties {
            row.regressors.remove(PARTY);
        }
        (row.regressors, row.took)
    };
    let (regressors, took): (Vec<Vec<f64>>, Vec<f64>) = rows.into_iter().map(regressors).unzip();
    logit(&regressors, &took)
}

fn hazard(rows: &[AtRisk], counts: impl Fn(&AtRisk) -> bool) -> f64 {
    let counted: Vec<f64> = rows.iter().filter(|row| counts(row)).map(|row| row.took).collect();
    counted.iter().sum::<f64>() / float(counted.len())
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let plan = Plan { seed, ..plans[0].clone() };
    let spread = Spread::of(&plan, &plan.unfolded());
    let curve = logistic(&spread);
    let adopting = logit_of(at_risk(&spread, &spread.laws), true);
    let of_law = |column: usize| adopting.as_ref().map(|fit| fit.coefficients[column]);
    let outside = at_risk(&spread, &spread.parents);
    let in_club = |row: &AtRisk| row.regressors[CLUB] > 0.0;
    let club = hazard(&outside, in_club) / hazard(&outside, |row| !in_club(row));
    let yearly = hazard(&outside, |_| true);
    let joining = logit_of(outside, false);
    let of_joining = |column: usize| joining.as_ref().map(|fit| fit.coefficients[column]);
    let Spread { parents, protocols, .. } = &spread;
    let outside = parents.keys().filter(|state| !protocols.contains_key(state)).count();
    let same_day = protocols.iter().filter(|(state, day)| parents.get(state) == Some(day)).count();
    let old: Vec<StateId> = parents
        .iter()
        .filter(|(_, day)| (LAST_YEAR - 10..=LAST_YEAR - 8).contains(&day.calendar().0))
        .map(|(state, _)| *state)
        .collect();
    let lawless = old.iter().filter(|state| spread.laws.get(state).is_none_or(|day| day.calendar().0 > LAST_YEAR));
    let share = |part: usize, whole: usize| (whole > 0).then(|| float(part) / float(whole));
    vec![
        curve.map(|(rate, _)| rate),
        curve.map(|(_, midpoint)| midpoint),
        Some(Spread::by(&spread.laws, OPENS + 11) / float(STATES)),
        of_law(PARTY),
        of_law(SHARE),
        of_law(WATCHED),
        of_joining(SHARE),
        of_joining(WATCHED),
        Some(yearly),
        Some(club),
        share(outside, parents.len()),
        share(same_day, protocols.len()),
        share(lawless.count(), old.len()),
    ]
}
