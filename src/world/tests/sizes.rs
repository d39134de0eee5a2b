//! Networks of different sizes.

use super::*;

/// A world of many networks in which nobody is caught.
fn spread(size_spread: f64, happens: Option<Happening>, seed: u64) -> Run {
    let mut settings = settings(4);
    settings.networks = 4000;
    settings.behaviour = Behaviour { size_spread, lawful_life: -50.0, ..settings.behaviour };
    settings.events = happens.map(|happens| WorldEvent { day: start() + 10, happens }).into_iter().collect();
    Run::new(settings, PlainBooks::default(), 0.0, seed)
}

/// Incidents, those recorded, and harm in usual incidents.
fn months(run: &Run) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for record in &run.records {
        if let WorldRecord::Month { incidents, recorded, harm_thousandths, .. } = record {
            #[expect(clippy::cast_precision_loss, reason = "a few thousand incidents")]
            let harm = *harm_thousandths as f64 / 1000.0;
            for (sum, add) in sums.iter_mut().zip([f64::from(*incidents), f64::from(*recorded), harm]) {
                *sum += add;
            }
        }
    }
    sums
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let numbers: Vec<f64> = numbers.collect();
    numbers.iter().sum::<f64>() / f64::from(u32::try_from(numbers.len()).expect("few"))
}

#[test]
fn sizes_are_log_normal_with_mean_one_and_all_alike_without_a_spread() {
    for spread_of_size in [0.0, 0.5, 1.0] {
        let mut run = spread(spread_of_size, None, 3);
        run.days(1, |_| ());
        let size = mean(run.world.networks().map(Network::size));
        let log = |network: &Network| libm::log(network.size());
        let log_mean = mean(run.world.networks().map(log));
        let log_sd = mean(run.world.networks().map(|network| libm::pow(log(network) - log_mean, 2.0))).sqrt();
        // Four standard errors of 4,000 draws.
        let standard_error = libm::expm1(spread_of_size * spread_of_size).sqrt() / 4000_f64.sqrt();
        assert!((size - 1.0).abs() <= 4.0 * standard_error, "mean {size}");
        assert!((log_sd - spread_of_size).abs() <= 0.05 * spread_of_size, "spread {log_sd}");
    }
}

/// How large networks are changes neither when they offend nor how often; what they do follows their size, and the larger it
/// is the more of it is recorded: of an incident of twice the usual size as much as of either of two usual ones.
#[test]
fn large_incidents_come_as_often_and_are_recorded_more_readily() {
    let mut alike = spread(0.0, None, 5);
    let mut apart = spread(1.0, None, 5);
    for run in [&mut alike, &mut apart] {
        run.days(2 * YEAR, |_| ());
    }
    let ([usual, usual_recorded, usual_harm], [incidents, recorded, harm]) = (months(&alike), months(&apart));
    assert!((usual - usual_harm).abs() < 1e-6, "a usual incident is the unit");
    assert!((incidents / usual - 1.0).abs() < 0.02, "{incidents} instead of {usual}");
    assert!((harm / incidents - 1.0).abs() < 0.1, "{harm} harm of {incidents}");
    let reporting = StateSettings::default().reporting;
    let expected = mean(apart.world.networks().map(|network| 1.0 - libm::pow(1.0 - reporting, network.size())));
    assert!((recorded / incidents - expected).abs() < 0.01, "{} instead of {expected}", recorded / incidents);
    assert!((usual_recorded / usual - reporting).abs() < 0.01);
    assert!(expected < reporting - 0.02, "of the many small ones less comes to light");
}

fn against_the_largest() -> Happening {
    let states = vec![StateId(0), StateId(1)];
    Happening::Operation(Operation { takes: Takes::Networks, states, line: None, share: 0.25, largest_first: true })
}

#[test]
fn an_operation_against_the_largest_takes_the_largest() {
    let mut run = spread(1.0, Some(against_the_largest()), 7);
    run.days(10, |_| ());
    let aimed_at: Vec<Network> = run.world.networks().filter(|network| network.base.0 < 2).copied().collect();
    run.days(1, |_| ());
    let left: std::collections::BTreeSet<NetworkId> = run.world.networks().map(|network| network.id).collect();
    let (stay, fall): (Vec<Network>, Vec<Network>) = aimed_at.iter().partition(|network| left.contains(&network.id));
    assert_eq!(fall.len(), (aimed_at.len() + 2) / 4, "a quarter, to the nearest whole");
    let largest_left = stay.iter().map(|network| network.size_thousandths).max();
    let smallest_gone = fall.iter().map(|network| network.size_thousandths).min();
    assert!(largest_left <= smallest_gone, "{largest_left:?} stay, {smallest_gone:?} fall");
}

/// Of networks of one size chance decides, and not where they stand in a list.
#[test]
fn among_networks_of_one_size_the_largest_are_anybody() {
    let mut run = spread(0.0, Some(against_the_largest()), 7);
    run.days(10, |_| ());
    let aimed_at: Vec<NetworkId> =
        run.world.networks().filter(|network| network.base.0 < 2).map(|network| network.id).collect();
    run.days(1, |_| ());
    let left: std::collections::BTreeSet<NetworkId> = run.world.networks().map(|network| network.id).collect();
    let (first, last) = aimed_at.split_at(aimed_at.len() / 2);
    let fell = |half: &[NetworkId]| half.iter().filter(|id| !left.contains(id)).count();
    let (first, last) = (fell(first), fell(last));
    assert!(first.abs_diff(last) * 5 < first + last, "{first} of the first half, {last} of the last");
}
