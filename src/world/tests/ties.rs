//! Networks that harm people at home or in their region.

use super::*;

/// Twelve states in three regions, and markets unequal.
fn tied(home_share: f64, region_share: f64) -> WorldSettings {
    let mut settings = settings(12);
    for (number, state) in (0_u16..).zip(&mut settings.states) {
        state.region = Some(number % 3);
        state.market = f64::from(1 + number % 4);
    }
    settings.networks = 4000;
    settings.behaviour = Behaviour { home_share, region_share, ..settings.behaviour };
    settings
}

/// The share of networks whose base and market are so.
fn share(world: &World, holds: impl Fn(usize, usize) -> bool) -> f64 {
    let places: Vec<bool> =
        world.networks().map(|network| holds(network.base.index(), network.market.index())).collect();
    let (all, some) = (places.len(), places.iter().filter(|holds| **holds).count());
    f64::from(u32::try_from(some).expect("few")) / f64::from(u32::try_from(all).expect("few"))
}

/// Founders and, years later, those who moved base or market many times: the stated shares, plus what attraction brings
/// there anyway (a twelfth at home, a quarter in the region). Standard errors are below 0.008.
#[test]
fn stated_shares_at_home_and_in_the_region_hold_for_founders_and_movers() {
    let mut run = Run::new(without_risk(tied(0.3, 0.4)), PlainBooks::default(), 0.0, 9);
    for sample in 0..2 {
        run.days(if sample == 0 { 1 } else { 10 * YEAR }, |_| ());
        let at_home = share(&run.world, |base, market| base == market);
        let in_region = share(&run.world, |base, market| base != market && base % 3 == market % 3);
        assert!((at_home - (0.3 + 0.3 / 12.0)).abs() < 0.03, "sample {sample}: {at_home:.3}");
        assert!((in_region - (0.4 + 0.3 / 4.0)).abs() < 0.03, "sample {sample}: {in_region:.3}");
        for state in 0..12 {
            let quotient = run.quotient(Role::Base, state);
            assert!((0.8..1.2).contains(&quotient), "sample {sample}, state {state}: {quotient:.2}");
        }
    }
}

/// Shares that come to 1 leave nothing for elsewhere, and rounding nothing below that: such a share has no logarithm, and every
/// network that thought of its base would give up.
#[test]
fn shares_that_come_to_one_leave_nothing_below_nothing() {
    for (home_share, region_share) in [(0.8, 0.2), (0.55, 0.45), (0.9, 0.1)] {
        let mut run = Run::new(without_risk(tied(home_share, region_share)), PlainBooks::default(), 0.0, 9);
        run.days(3 * YEAR, |_| ());
        let moved = |record: &&WorldRecord| matches!(record, WorldRecord::NetworkMoved { aspect: Aspect::Base, .. });
        assert!(run.records.iter().filter(moved).count() > 100, "{home_share} and {region_share}");
        assert!(share(&run.world, |base, market| base % 3 != market % 3) <= 0.0, "{home_share} and {region_share}");
    }
}

/// A market in which nobody can be based, or without neighbours, has its networks where attraction leads.
#[test]
fn a_share_without_a_place_goes_by_attraction() {
    let mut settings = tied(0.5, 0.5);
    for (number, state) in (0_u16..).zip(&mut settings.states) {
        state.region = None;
        state.base = Some(if number < 6 { 0.0 } else { 1.0 });
    }
    let mut run = Run::new(settings, PlainBooks::default(), 0.0, 9);
    run.days(1, |_| ());
    let from_baseless = |base: usize, market: usize| market < 6 && base >= 6;
    let others_home = share(&run.world, |base, market| market >= 6 && base == market);
    assert!(share(&run.world, |base, _| base < 6) <= 0.0);
    assert!((share(&run.world, from_baseless) - 13.0 / 30.0).abs() < 0.03, "markets of 1, 2, 3, 4, 1 and 2 among 30");
    assert!((others_home / (17.0 / 30.0) - (0.5 + 0.5 / 6.0)).abs() < 0.03, "{others_home:.3}");
}

/// Two states of a region begin to surrender people: they go to the two others more readily than elsewhere.
#[test]
fn what_leaves_a_base_reappears_among_its_neighbours() {
    let of = |region_share: f64| {
        let safe: Vec<u16> = (1..12).filter(|state| *state != 3).collect();
        let mut settings = tied(0.0, region_share);
        settings.behaviour.consider_market = 0.0;
        settings.behaviour.rooted_share = 0.0;
        let mut run = Run::new(settings, PlainBooks { refuse_surrender: safe, ..PlainBooks::default() }, 0.4, 5);
        run.days(4 * YEAR, |_| ());
        let neighbours: f64 = [6, 9].into_iter().map(|state| run.quotient(Role::Base, state)).sum::<f64>() / 2.0;
        let others: f64 = [1, 2, 4, 5, 7, 8, 10, 11].into_iter().map(|state| run.quotient(Role::Base, state)).sum();
        neighbours / (others / 8.0)
    };
    let (tied, free) = (of(0.8), of(0.0));
    assert!(tied > 1.1 && (0.92..1.08).contains(&free), "{tied:.2} {free:.2}");
}
