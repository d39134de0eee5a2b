//! T9: breadth outlasts a single hit; sentences do little.

use crate::base::Day;
use crate::engine::Plan;
use crate::validation::observed::{Observed, observe};
use crate::validation::protocol::{BURN_IN, Band, Sign, Statistic, Target};
use crate::validation::regression::negative_binomial;
use crate::validation::statistics::float;
use crate::validation::world::{DATA_OF_THE_DAY, World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T9",
    says: "One takedown is over in under four weeks; a coordinated operation lowers attacks by a third for eight to sixteen; \
           announced sentences do nothing that can be measured.",
    source: "Collier, Thomas, Clayton and Hutchings 2019, IMC; Nagin 2013, Annual Review of Economics 5",
    fitted_on: &["T9"],
    statistics: &[
        Statistic {
            name: "T9 one takedown, weeks 5 to 8",
            unit: "change",
            band: Some(Band::Meets(-0.05, 0.05)),
            sign: None,
        },
        Statistic {
            name: "T9 coordinated operation, weeks 1 to 8",
            unit: "change",
            band: Some(Band::Meets(-0.40, -0.25)),
            sign: Some(Sign::Below),
        },
        Statistic {
            name: "T9 coordinated operation, weeks 17 to 20",
            unit: "change",
            band: Some(Band::Meets(-0.05, 0.05)),
            sign: None,
        },
        Statistic {
            name: "T9 sentences doubled, weeks 1 to 8",
            unit: "change",
            band: Some(Band::Meets(-0.05, 0.05)),
            sign: None,
        },
        Statistic {
            name: "T9 effect of certainty up 10 % less three times that of severity",
            unit: "change",
            band: None,
            sign: Some(Sign::Below),
        },
        Statistic {
            name: "T9 to sentences doubled in one state alone, in its market",
            unit: "elasticity",
            band: Some(Band::Meets(-0.1, 0.0)),
            sign: None,
        },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "Certainty is the chance that evidence names a suspect. Its effect and that of severity are changes of true \
              incidents in the third year after, against the same world without either. Of one state among ten that doubles its \
              sentences the band is that of studies of single jurisdictions; where all do so, nobody has anywhere else to go. \
              Attacks are seen while they happen: their data are of the day. How long breadth keeps sites down and how little \
              severity counts are numbers of the model that were set from this target's own sources.",
    worlds,
    measure,
};

const STATES: usize = 10;
/// States of the coordinated operation.
const TOGETHER: usize = 5;

fn single() -> Day {
    day(2004, 3, 1)
}

fn coordinated() -> Day {
    day(2005, 9, 5)
}

fn sentences() -> Day {
    day(2007, 3, 5)
}

fn world(title: &str, timeline: &str) -> World {
    let codes = codes(STATES);
    World {
        title: title.to_owned(),
        // Seven years settle it: after one alone incidents still fall by a fiftieth a year, after four they swing back.
        days: (day(1996, 1, 1), day(2008, 6, 30)),
        states: codes.iter().map(|code| (code.clone(), "infrastructure: 1, market: 1".to_owned())).collect(),
        membership: codes.iter().map(|code| (code.clone(), "1993-01-15".to_owned())).collect(),
        treaties: String::new(),
        networks: 3000,
        behaviour: "incidents-per-year: 12".to_owned(),
        authority: format!("desks: 400, {DATA_OF_THE_DAY}"),
        more: format!("timeline:\n{timeline}"),
    }
}

fn everywhere(does: &str) -> String {
    codes(STATES).iter().map(|code| format!("  - {{ date: {}, state: {code}, {does} }}\n", day(2004, 1, 1))).collect()
}

fn worlds(_seed: u64) -> Vec<World> {
    let with: Vec<String> = codes(STATES)[1..TOGETHER].to_vec();
    let operations = format!(
        "  - {{ date: {}, state: s001, does: seize-sites, share: 1 }}\n\
         \x20 - {{ date: {}, state: s001, does: seize-sites, share: 1, with: [{}] }}\n",
        single(),
        coordinated(),
        with.join(", ")
    );
    let announced: String = codes(STATES)
        .iter()
        .map(|code| format!("  - {{ date: {}, state: {code}, does: announce-sentences, factor: 2 }}\n", sentences()))
        .collect();
    let unchanged = "  - { date: 2004-01-01, state: s001, does: announce-sentences, factor: 1 }\n";
    vec![
        world("T9: operations and sentences", &(operations + &announced)),
        world("T9: nothing happens", unchanged),
        world("T9: certainty", &everywhere("does: change-authority, authority: { identification: 0.88 }")),
        world("T9: severity", &everywhere("does: announce-sentences, factor: 1.1")),
        world(
            "T9: severity in one state",
            "  - { date: 2004-01-01, state: s001, does: announce-sentences, factor: 2 }\n",
        ),
    ]
}

/// First day of the weeks that are counted.
fn first() -> Day {
    day(2003, 1, 6)
}

/// The change of recorded incidents in a window of weeks after an event, from a negative binomial regression of weekly
/// counts on windows, trend and season.
fn windows(observed: &Observed) -> Option<[f64; 4]> {
    const WEEKS: usize = 280;
    let mut counts = vec![0.0; WEEKS];
    for recorded in &observed.recorded {
        if let Ok(since) = usize::try_from(recorded.day.days_since(first()))
            && since / 7 < WEEKS
        {
            counts[since / 7] += 1.0;
        }
    }
    let in_window = |week: usize, event: Day, from: i32, until: i32| {
        let since = (first() + u32::try_from(week * 7).expect("some years")).days_since(event);
        f64::from(u8::from(since >= (from - 1) * 7 && since < until * 7))
    };
    let rows: Vec<Vec<f64>> = (0..WEEKS)
        .map(|week| {
            let season = core::f64::consts::TAU * float(week) / 52.18;
            vec![
                1.0,
                float(week) / float(WEEKS),
                libm::sin(season),
                libm::cos(season),
                in_window(week, single(), 5, 8),
                in_window(week, coordinated(), 1, 8),
                in_window(week, coordinated(), 17, 20),
                in_window(week, sentences(), 1, 8),
                // What lies between the windows is no part of the level either.
                in_window(week, single(), 1, 4),
                in_window(week, coordinated(), 9, 16),
            ]
        })
        .collect();
    let fit = negative_binomial(&rows, &counts)?;
    Some([4, 5, 6, 7].map(|place| libm::expm1(fit.coefficients[place])))
}

/// True incidents of 2006, by market.
fn third_year(observed: &Observed) -> Vec<f64> {
    let mut incidents = vec![0.0; STATES];
    for month in observed.months.iter().filter(|month| month.day > day(2006, 1, 1) && month.day <= day(2007, 1, 1)) {
        incidents.iter_mut().zip(&month.incidents).for_each(|(sum, of_month)| *sum += of_month);
    }
    incidents
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let windows = windows(&observed);
    let [nothing, certainty, severity, alone] = [1, 2, 3, 4].map(|world| third_year(&observe(&plans[world], seed)));
    let world = |incidents: &[f64]| incidents.iter().sum::<f64>();
    let effect = |changed: &[f64]| world(changed) / world(&nothing) - 1.0;
    let elasticity = libm::log(alone[0] / nothing[0]) / core::f64::consts::LN_2;
    let mut values: Vec<Option<f64>> = (0..4).map(|place| windows.map(|windows| windows[place])).collect();
    let of_all = effect(&certainty) - 3.0 * effect(&severity);
    values.extend([Some(of_all), Some(elasticity), observed.yearly_change(day(2003, 1, 1))]);
    values
}
