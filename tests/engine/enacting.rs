//! How law follows: after a consent by a lag or never, and without one by the example of others, in closed form.

use comity::base::TreatyId;
use comity::depositary::adoption::{Enactment, Example, Joined};
use comity::depositary::{Depositary, DepositaryRecord, Unfolded};

use super::adoption::{Bench, CONDUCT, CONTENT, at_once, day, flat, punishes};

#[test]
fn law_follows_consent_after_its_lag_and_some_never_make_it() {
    let mut bench = Bench::routes();
    let (alba, protocol) = (bench.state("alba"), bench.treaty(CONDUCT));
    for state in bench.library.state_ids().collect::<Vec<_>>() {
        bench.consent(CONDUCT, state, "2012-04-02");
    }
    let lag = |lag_days| Enactment { enacts_first: 0.0, lag_days, lag_log_sd: 0.0, never_enacts: 0.0 };
    bench.adoption.enactments.insert(protocol, lag(900.0));
    let Unfolded { library, instruments } = bench.unfolded(1, "2020-12-31");
    let enacted = day("2012-04-02") + 900;
    assert!(!punishes(&library, alba, enacted - 1) && punishes(&library, alba, enacted));
    assert!(!punishes(&bench.library, alba, enacted), "without a treaty it is no offence");
    let mut depositary = Depositary::new(&library, &instruments, enacted - 1);
    let told = |records: Vec<DepositaryRecord>| {
        records.into_iter().filter(|record| matches!(record, DepositaryRecord::Enacted(..))).count()
    };
    assert_eq!(told(depositary.day(&library, enacted - 1).records), 0);
    assert_eq!(told(depositary.day(&library, enacted).records), library.states().len());
    // Shares of states, in closed form.
    let shares = Enactment { enacts_first: 0.3, lag_days: 900.0, lag_log_sd: 0.0, never_enacts: 0.25 };
    bench.adoption.enactments.insert(protocol, shares);
    let mut counts = [0.0; 3];
    for seed in 0..200 {
        let Unfolded { library, .. } = bench.unfolded(seed, "2020-12-31");
        for state in library.state_ids() {
            let kind = [day("2012-04-02"), enacted].iter().position(|on| punishes(&library, state, *on)).unwrap_or(2);
            counts[kind] += 1.0;
        }
    }
    for (count, expected) in counts.iter().zip([0.3, 0.45, 0.25]) {
        let share: f64 = count / 2400.0;
        assert!((share - expected).abs() < 4.0 * libm::sqrt(expected * (1.0 - expected) / 2400.0), "{counts:?}");
    }
}

/// A flat chance of making the law by example: no term counts but the constant and those that a test sets.
fn flat_example(constant: f64) -> Example {
    Example { constant, region: 0.0, pressure: 0.0 }
}

#[test]
fn law_by_example_follows_its_own_logit_term_by_term() {
    type Change = fn(&mut Bench, &mut Joined);
    let terms: [(&str, &str, f64, Change); 5] = [
        ("constant", CONDUCT, -1.8, |_, _| {}),
        ("pressure", CONDUCT, -0.2, |bench, joined| {
            joined.example.pressure = 0.8;
            bench.adoption.adopters.iter_mut().for_each(|adopter| adopter.pressure = 2.0);
        }),
        // Three of the eleven others of the one region have the law.
        ("region", CONDUCT, -1.8 + 2.4 * 3.0 / 11.0, |bench, joined| {
            joined.example.region = 2.4;
            for code in ["alba", "brava", "corvo"] {
                let state = bench.state(code);
                bench.consent(CONDUCT, state, "2010-05-01");
                joined.settled.insert(state);
            }
            bench.adoption.enactments.insert(bench.treaty(CONDUCT), at_once());
        }),
        ("expression, conduct", CONDUCT, -1.8, |bench, joined| {
            joined.hazard.expression = 1.0;
            bench.adoption.adopters.iter_mut().for_each(|adopter| adopter.expression = 0.5);
        }),
        ("expression, content", CONTENT, -2.3, |bench, joined| {
            joined.hazard.expression = 1.0;
            bench.adoption.adopters.iter_mut().for_each(|adopter| adopter.expression = 0.5);
        }),
    ];
    for (what, treaty, log_odds, change) in terms {
        let mut bench = Bench::routes();
        // Nobody consents but those that a test lets in, so that all other law is by example.
        bench.open(treaty, flat(-20.0));
        let id = bench.treaty(treaty);
        let mut joined = bench.adoption.joined[&id].clone();
        joined.example = flat_example(-1.8);
        change(&mut bench, &mut joined);
        bench.adoption.joined.insert(id, joined);
        makes_law_at(what, &bench, id, log_odds);
    }
}

/// That the share of free states that have the law after a year is the logit's, within four standard errors.
fn makes_law_at(what: &str, bench: &Bench, treaty: TreatyId, log_odds: f64) {
    let settled = &bench.adoption.joined[&treaty].settled;
    let (mut made, mut tried) = (0.0, 0.0);
    for seed in 0..400 {
        let library = bench.unfolded(seed, "2011-12-31").library;
        for state in library.state_ids().filter(|state| !settled.contains(state)) {
            tried += 1.0;
            made += f64::from(u8::from(punishes(&library, state, day("2012-01-01"))));
        }
    }
    let expected = 1.0 / (1.0 + libm::exp(-log_odds));
    let error = libm::sqrt(expected * (1.0 - expected) / tried);
    let share: f64 = made / tried;
    assert!((share - expected).abs() < 4.0 * error, "{what}: {share}, not {expected} within {}", 4.0 * error);
}

#[test]
fn a_state_that_is_settled_makes_no_law_by_example_and_changes_nobody_elses_draw() {
    let mut bench = Bench::routes();
    let (hesper, protocol) = (bench.state("hesper"), bench.treaty(CONDUCT));
    bench.open(CONDUCT, flat(-20.0));
    bench.adoption.joined.get_mut(&protocol).expect("it is open").example = flat_example(-0.5);
    let laws = |bench: &Bench| -> Vec<bool> {
        let library = bench.unfolded(3, "2013-12-31").library;
        library.state_ids().map(|state| punishes(&library, state, day("2014-01-01"))).collect()
    };
    let free = laws(&bench);
    assert!(free[hesper.index()], "with that chance it makes the law within three years");
    bench.adoption.joined.get_mut(&protocol).expect("it is open").settled.insert(hesper);
    let without: Vec<bool> = laws(&bench);
    assert!(!without[hesper.index()]);
    let others = |laws: &[bool]| -> Vec<bool> {
        laws.iter().enumerate().filter(|(state, _)| *state != hesper.index()).map(|(_, law)| *law).collect()
    };
    assert_eq!(others(&free), others(&without));
}
