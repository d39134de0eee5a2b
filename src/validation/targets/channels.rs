//! T15: channels order themselves, and easy channels fill.

use super::id;
use crate::engine::Plan;
use crate::law::Measure;
use crate::validation::observed::{Observed, observe};
use crate::validation::protocol::{Band, NotMeasured, Sign, Statistic, Target};
use crate::validation::regression::line;
use crate::validation::statistics::quantile;
use crate::validation::world::{World, day};

pub(super) static TARGET: Target = Target {
    number: "T15",
    says: "Median days fall from assistance over orders with deadlines and direct orders to emergencies, near 300 : 100 : 10 : \
           0.1; the slowest twentieth of assistance takes two years; requests go where the data are.",
    source: "European Commission, COM(2018) 225 and SWD(2018) 118; US Department of Justice report of November 2024",
    fitted_on: &[],
    statistics: &[
        Statistic { name: "T15 median of assistance", unit: "days", band: Some(Band::Meets(200.0, 400.0)), sign: None },
        Statistic {
            name: "T15 median of assistance with a deadline",
            unit: "days",
            band: Some(Band::Meets(70.0, 150.0)),
            sign: None,
        },
        Statistic {
            name: "T15 median of orders to providers",
            unit: "days",
            band: Some(Band::Meets(5.0, 30.0)),
            sign: None,
        },
        Statistic { name: "T15 median of emergencies", unit: "days", band: Some(Band::Meets(0.1, 1.0)), sign: None },
        Statistic {
            name: "T15 seeds in which the four are in order",
            unit: "share",
            band: Some(Band::OfSeeds(0.9)),
            sign: None,
        },
        Statistic {
            name: "T15 95th percentile of assistance",
            unit: "days",
            band: Some(Band::Meets(730.0, 5000.0)),
            sign: None,
        },
        Statistic {
            name: "T15 log ratio of requests on log ratio of data hosted",
            unit: "power",
            band: Some(Band::Meets(0.7, 1.3)),
            sign: Some(Sign::Above),
        },
        Statistic {
            name: "T15 orders over a direct channel to the side with the providers, of those back",
            unit: "ratio",
            band: Some(Band::Meets(100.0, 10_000.0)),
            sign: None,
        },
    ],
    not_measured: &[
        NotMeasured {
            name: "T15 days to surrender without consent, of those with it",
            because: "consent to surrender is not in the model",
        },
        NotMeasured {
            name: "T15 slowest state, of the mean",
            because: "the states of these worlds are equally fast; by how much they differ would be read back",
        },
        NotMeasured {
            name: "T15 burn-in",
            because: "days and directions are counted from the first day: no level is compared with another",
        },
    ],
    remarks: "Assistance is counted from sending to reply; orders and emergencies from receipt, as the law that limits them \
              does. Nothing here takes less than a day, so no emergency is over in hours. Where requests go \
              reads back where the worlds have their hosts. Investigators wait 2,000 days in these worlds, so that slow \
              answers come at all: with the default `patience-days`, what takes longer is given up and not counted, so that the \
              slowest twentieth is not met (`--set authority.patience-days=540`).",
    worlds,
    measure,
};

/// A treaty of `a1` with another state that preserves data and has these rules.
fn pair(other: &str, rules: &str) -> String {
    format!(
        "  - treaty: a1-{other}\n    cites-as: A-{other}\n    title: Treaty of two target states\n    source: Designed.\n    \
         coverage: One channel.\n    read: designed\n    model: true\n    between: [a1, {other}]\n    \
         in-force: 2000-01-01\n    articles:\n      \
         \"1\": {{ says: Data are preserved., for: [preservation], carries: must, holds-days: 60 }}\n{rules}"
    )
}

/// The rules of a direct channel.
const DIRECT: &str = "      \"2\": { says: Providers obey orders., for: [production-order], carries: must }\n      \
                      \"3\": { says: Data are disclosed at once., for: [emergency-disclosure], carries: must }\n";

/// Three pairs with a home in common, each with a channel of its own: assistance alone (with `b1`), assistance with a
/// deadline (with `c1`), orders and emergencies (with `d1`).
fn channels() -> World {
    let assistance = "      \"2\": { says: Stored data are supplied., for: [stored-data], carries: must }\n";
    let dated = "      \"2\": { says: Stored data are supplied in ninety days., for: [stored-data], carries: must, \
                 time-limits: { answer: 90 days } }\n";
    let state = |code: &str, market: u32| {
        (code.to_owned(), format!("infrastructure: {}, market: {market}", u32::from(code != "a1")))
    };
    World {
        title: "T15: channels".to_owned(),
        days: (day(2001, 1, 1), day(2008, 12, 31)),
        states: vec![state("a1", 1), state("b1", 0), state("c1", 0), state("d1", 0)],
        membership: Vec::new(),
        treaties: pair("b1", assistance) + &pair("c1", dated) + &pair("d1", DIRECT),
        networks: 300,
        behaviour: String::new(),
        authority: "desks: 40, emergencies: 0.1, patience-days: 2000".to_owned(),
        more: String::new(),
    }
}

/// Hosting of the states of the second world: from one to five hundred.
const HOSTING: [u32; 6] = [1, 3, 10, 40, 150, 500];

fn data() -> World {
    let codes = crate::validation::world::codes(HOSTING.len());
    let states = codes
        .iter()
        .zip(HOSTING)
        .map(|(code, hosting)| (code.clone(), format!("infrastructure: {hosting}, base: 1, market: 1")));
    World {
        title: "T15: requests follow the data".to_owned(),
        states: states.collect(),
        membership: codes.iter().map(|code| (code.clone(), "2000-01-15".to_owned())).collect(),
        treaties: String::new(),
        networks: 2000,
        authority: "desks: 400".to_owned(),
        ..channels()
    }
}

fn worlds(_seed: u64) -> Vec<World> {
    vec![channels(), data(), direct()]
}

/// A direct channel between two states that are both markets; one draws nearly all hosts, by as much as the largest of the
/// second world its smallest.
fn direct() -> World {
    let state = |code: &str, hosting: u32| (code.to_owned(), format!("infrastructure: {hosting}, base: 1, market: 1"));
    World {
        title: "T15: a direct channel".to_owned(),
        states: vec![state("a1", HOSTING[0]), state("b1", HOSTING[HOSTING.len() - 1])],
        treaties: pair("b1", DIRECT),
        membership: Vec::new(),
        ..data()
    }
}

/// Requests for a measure of one state to another.
fn asked(observed: &Observed, (from, to): (usize, usize), measure: Measure) -> f64 {
    f64::from(observed.asked.get(&(id(from), id(to), measure)).copied().unwrap_or_default())
}

/// Days from receipt to reply: what a law on orders to providers limits (Regulation (EU) 2023/1543, Art. 10).
fn from_receipt(observed: &Observed, measure: Measure) -> Vec<f64> {
    let of_measure = observed.answered.iter().filter(|answered| answered.measure == measure);
    of_measure.map(|answered| f64::from(answered.handling_days)).collect()
}

/// Days to answer of the requests for stored data to one state, the letters' own days among them.
fn assistance(observed: &Observed, to: usize) -> Vec<f64> {
    let answers = observed.answered.iter().filter(|one| one.measure == Measure::StoredData && one.to.index() == to);
    answers.map(|one| f64::from(one.answer_days)).collect()
}

/// The slope of the log ratio of the two directions of a pair on that of the data hosted, which is where sites are and not
/// what the states attract: some leave.
fn direction(observed: &Observed) -> Option<f64> {
    let asked = |from: usize, to: usize| asked(observed, (from, to), Measure::StoredData);
    let held: Vec<f64> =
        (0..HOSTING.len()).map(|state| observed.months.iter().map(|month| month.hosted[state]).sum()).collect();
    let mut hosted = Vec::new();
    let mut requests = Vec::new();
    for one in 0..HOSTING.len() {
        for other in one + 1..HOSTING.len() {
            let (there, here) = (asked(one, other), asked(other, one));
            if there > 0.0 && here > 0.0 {
                hosted.push(libm::log(held[other] / held[one]));
                requests.push(libm::log(there / here));
            }
        }
    }
    (hosted.len() > 2).then(|| line(&hosted, &requests)).flatten().map(|fit| fit.coefficients[1])
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let [usual, dated] = [1, 2].map(|to| assistance(&observed, to));
    let orders = from_receipt(&observed, Measure::ProductionOrder);
    let emergencies = from_receipt(&observed, Measure::EmergencyDisclosure);
    let medians = [&usual, &dated, &orders, &emergencies].map(|days| quantile(days, 0.5));
    let ordered = medians.iter().copied().collect::<Option<Vec<f64>>>();
    let ordered = ordered.map(|medians| f64::from(u8::from(medians.windows(2).all(|pair| pair[0] > pair[1]))));
    let mut values = medians.to_vec();
    let direct = observe(&plans[2], seed);
    let [there, back] = [(0, 1), (1, 0)].map(|pair| asked(&direct, pair, Measure::ProductionOrder));
    values.extend([ordered, quantile(&usual, 0.95), direction(&observe(&plans[1], seed))]);
    values.push((back > 0.0).then(|| there / back));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From receipt it is shorter than from sending by the letters' days: exactly one there and one back where both are swift.
    #[test]
    fn from_receipt_to_reply_the_letters_are_not_counted() {
        let observed = observe(&channels().scenario(&[]).expect("a world").plan, 1);
        let of = |measure: Measure| observed.answered.iter().filter(move |answered| answered.measure == measure);
        for measure in [Measure::ProductionOrder, Measure::EmergencyDisclosure, Measure::StoredData] {
            assert!(of(measure).count() > 10, "{}", measure.name());
        }
        for swift in of(Measure::ProductionOrder).chain(of(Measure::EmergencyDisclosure)) {
            assert_eq!(swift.answer_days, swift.handling_days + 2, "{swift:?}");
        }
        for slow in of(Measure::StoredData) {
            assert!(slow.answer_days >= slow.handling_days + 2, "{slow:?}");
        }
    }
}
