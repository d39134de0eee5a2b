//! Where networks settle.

use super::*;
use crate::base::Interval;

/// Shares far from equal, as hubs are.
fn uneven() -> WorldSettings {
    let mut settings = settings(6);
    for (state, weight) in settings.states.iter_mut().zip([40.0, 25.0, 15.0, 10.0, 7.0, 3.0]) {
        state.infrastructure = weight;
        state.market = 1.0;
    }
    settings.networks = 4000;
    settings
}

/// Networks are independent here, so numbers are multinomial: chi-square with 5 degrees of freedom, beyond 20.5
/// once in a thousand. Three samples years apart, founders and movers alike.
#[test]
fn with_equal_risks_shares_are_those_of_the_logit() {
    let mut run = Run::new(without_risk(uneven()), PlainBooks::default(), 0.0, 3);
    for sample in 0..3 {
        run.days(if sample == 0 { 1 } else { 5 * YEAR }, |_| ());
        let placements = run.world.placements();
        for (role, numbers) in [(Role::Base, &placements.based), (Role::Host, &placements.hosted)] {
            let total = f64::from(numbers.iter().sum::<u32>());
            let chi_square: f64 = numbers
                .iter()
                .zip(run.world.expected_shares(role))
                .map(|(number, share)| libm::pow(f64::from(*number) - share * total, 2.0) / (share * total))
                .sum();
            assert!(chi_square < 20.5, "{role:?}, sample {sample}: {chi_square:.1}, {numbers:?}");
        }
    }
    assert!(run.records.iter().any(|record| matches!(record, WorldRecord::NetworkMoved { .. })));
}

/// By its own law alone a state keeps the sites that others remove, and data and persons make no difference.
#[test]
fn sites_gather_where_none_is_removed_and_leave_when_that_ends() {
    let keeps = PlainBooks { keep_sites: vec![2], ..PlainBooks::default() };
    let mut run = Run::new(settings(8), keeps, 0.6, 4);
    run.authorities.remove_sites = true;
    run.days(4 * YEAR, |_| ());
    let (full, by_base) = (run.quotient(Role::Host, 2), run.quotient(Role::Base, 2));
    assert!(full > 4.0, "{full:.2}");
    assert!((0.6..1.6).contains(&by_base), "{by_base:.2}");
    run.change_law(PlainBooks::default());
    run.days(6 * YEAR, |_| ());
    let empty = run.quotient(Role::Host, 2);
    assert!(empty < 0.5 * full, "what was seen there fades: {full:.2} to {empty:.2}");
}

/// How many networks stand for the offenders of the world is a matter of grain: what one sees of others is scaled.
#[test]
fn the_number_of_networks_changes_no_share() {
    let of = |networks: u32, seeds: u64| {
        let quotients = (0..seeds).map(|seed| {
            let silent = PlainBooks { refuse_surrender: vec![7], ..PlainBooks::default() };
            let mut run = Run::new(WorldSettings { networks, ..settings(8) }, silent, 0.4, seed);
            run.days(3 * YEAR, |_| ());
            run.quotient(Role::Base, 7)
        });
        #[expect(clippy::cast_precision_loss, reason = "a few seeds")]
        let mean = quotients.sum::<f64>() / seeds as f64;
        mean
    };
    let (coarse, fine) = (of(200, 16), of(3200, 2));
    assert!((fine / coarse - 1.0).abs() < 0.1, "{coarse:.2} {fine:.2}");
}

#[test]
fn in_a_world_of_one_state_nothing_moves_but_identities() {
    let mut run = Run::new(settings(1), PlainBooks::default(), 0.5, 1);
    run.days(5 * YEAR, |_| ());
    let moved = |record: &WorldRecord| match record {
        WorldRecord::NetworkMoved { aspect, .. } => *aspect != Aspect::Principal,
        _ => false,
    };
    assert!(!run.records.iter().any(moved));
    assert!(run.records.iter().any(|record| matches!(record, WorldRecord::NetworkDismantled { .. })));
}

#[test]
fn a_base_that_surrenders_nobody_fills_and_empties_when_its_law_changes() {
    let silent = PlainBooks { refuse_surrender: vec![7], ..PlainBooks::default() };
    let mut run = Run::new(settings(8), silent, 0.6, 11);
    run.days(4 * YEAR, |_| ());
    let full = run.quotient(Role::Base, 7);
    assert!(full > 1.8, "{full:.2}");
    let by_host = run.quotient(Role::Host, 7);
    assert!((0.6..1.4).contains(&by_host), "it is no haven for hosts: {by_host:.2}");
    run.change_law(PlainBooks::default());
    run.days(5 * YEAR, |_| ());
    let empty = run.quotient(Role::Base, 7);
    assert!(empty < 1.5 && empty < 0.6 * full, "{full:.2} to {empty:.2}");
    let (began, ended) = (&run.havens[0], run.havens.last().expect("an end"));
    assert!(
        matches!(began, HavenRecord { turn: Turn::Began, state: StateId(7), role: Role::Base, reasons, .. }
        if reasons.listed.iter().find_map(|reason| reason.ground) == Some((GroundCode::DualCriminalityMissing, CiteId(7)))),
        "{began:?}"
    );
    assert!(matches!(ended, HavenRecord { turn: Turn::Ended, state: StateId(7), role: Role::Base, .. }), "{ended:?}");
}

#[test]
fn a_host_that_gives_no_data_fills() {
    let silent = PlainBooks { refuse_data: vec![2], ..PlainBooks::default() };
    let mut run = Run::new(settings(8), silent, 0.6, 12);
    run.days(4 * YEAR, |_| ());
    let (by_host, by_base) = (run.quotient(Role::Host, 2), run.quotient(Role::Base, 2));
    assert!(by_host > 1.8, "{by_host:.2}");
    assert!((0.6..1.6).contains(&by_base), "{by_base:.2}");
}

/// Where no case needs the data of a site, it does not matter to networks who gives them.
#[test]
fn a_host_that_gives_no_data_stays_as_it_is_where_none_are_needed() {
    let mut settings = settings(8);
    settings.states.iter_mut().for_each(|state| state.needs_data = 0.0);
    // Of one run it says little: which hosts lose sites is chance, and what was lost is remembered.
    let quotients = (1..=12).map(|seed| {
        let silent = PlainBooks { refuse_data: vec![2], ..PlainBooks::default() };
        let mut run = Run::new(settings.clone(), silent, 0.6, seed);
        run.authorities.need_data = false;
        run.days(4 * YEAR, |_| ());
        run.quotient(Role::Host, 2)
    });
    let by_host = Interval::of(&quotients.collect::<Vec<_>>()).expect("twelve");
    assert!(by_host.meets((1.0, 1.0)) && by_host.width() < 1.0, "{by_host:?}");
}

#[test]
fn without_a_difference_of_law_no_haven_forms() {
    for seed in 0..5 {
        let mut run = Run::new(settings(8), PlainBooks::default(), 0.6, seed);
        run.days(5 * YEAR, |_| ());
        assert!(run.havens.is_empty(), "seed {seed}: {:?}", run.havens);
        let quotient = run.quotient(Role::Base, 7);
        assert!((0.55..1.45).contains(&quotient), "seed {seed}: {quotient:.2}");
    }
}

/// A market whose authority reaches people alone is left by those whom it reaches, as a base would be: nobody gives data
/// here, and two states surrender to each other.
#[test]
fn a_market_is_left_by_those_whom_its_authority_reaches() {
    let books = PlainBooks { refuse_data: (0..8).collect(), outside: (2..8).collect(), ..PlainBooks::default() };
    let mut settings = settings(8);
    settings.networks = 4000;
    settings.behaviour.consider_base = 0.0;
    // Who is rooted comes where attraction has it, reached or not.
    settings.behaviour.rooted_share = 0.0;
    settings.behaviour.consider_market = 2.0;
    // Nor do newcomers fill it again: looked at is who leaves.
    settings.behaviour.same_market_share = 0.0;
    let mut run = Run::new(settings, books, 0.4, 8);
    run.days(YEAR, |_| ());
    // Over three years: on one day they are some dozens.
    let mut serving = [0_usize; 2];
    run.days(3 * YEAR, |world| {
        for (count, base) in serving.iter_mut().zip([1, 5]) {
            let of = |network: &&Network| network.base == StateId(base) && network.market == StateId(0);
            *count += world.networks().filter(of).count();
        }
    });
    assert!(serving[0] * 2 < serving[1], "{serving:?}");
}

#[test]
fn prosecution_instead_of_surrender_is_a_lesser_haven() {
    let of = |books| {
        let mut run = Run::new(settings(8), books, 0.0, 5);
        run.days(4 * YEAR, |_| ());
        run.quotient(Role::Base, 7)
    };
    let refuses = of(PlainBooks { refuse_surrender: vec![7], ..PlainBooks::default() });
    let prosecutes = of(PlainBooks { prosecute_nationals: vec![7], ..PlainBooks::default() });
    let answers = of(PlainBooks::default());
    assert!(refuses > prosecutes && prosecutes > 0.9 * answers, "{refuses:.2} {prosecutes:.2} {answers:.2}");
}

#[test]
fn a_line_that_nobody_punishes_gains() {
    let mut settings = settings(8);
    settings.lines.push(line("arrange", 1));
    let books = PlainBooks { unpunished: settings.lines[1].facts, ..PlainBooks::default() };
    let mut run = Run::new(settings, books, 0.6, 6);
    run.days(4 * YEAR, |_| ());
    let (all, free) = (run.world.networks().count(), run.world.networks().filter(|network| network.line == 1).count());
    assert!(free * 5 > all * 3, "{free} of {all}");
}
