//! The haven rule, on a sequence made by hand.

use super::*;

fn date(year: i32, month: u32, day: u32) -> Day {
    Day::from_calendar(year, month, day).expect("a date")
}

fn refused(cite: u16) -> Outcome {
    let ground = Ground { code: GroundCode::OwnNational, cite: CiteId(cite), force: Force::May, through: None };
    Outcome::Lost(LossCause::Refused(Measure::Extradition, Some(ground)))
}

fn case(base: u16, host: u16, lost: bool) -> Enforcement {
    ended(base, host, if lost { refused(3) } else { Outcome::Concluded(Conclusion::ConvictedHere) })
}

fn ended(base: u16, host: u16, outcome: Outcome) -> Enforcement {
    Enforcement::CaseClosed(CaseEnd {
        line: 0,
        network: NetworkId(0),
        investigating: StateId(0),
        base: StateId(base),
        host: StateId(host),
        opened: date(2010, 1, 1),
        outcome,
        site_tried: false,
        needed_data: true,
    })
}

/// Two states of four hold what their attraction explains; state 3 holds `third` of 100 bases.
fn placed(third: u32) -> Placements {
    let rest = (100 - third) / 3;
    Placements { based: vec![rest, rest, 100 - third - 2 * rest, third], hosted: vec![25; 4] }
}

/// Every month twelve cases: six against networks based in state 3 and hosted in 0, `lost` of them lost, and six
/// against networks based elsewhere, all with a result.
fn month(monitor: &mut HavenMonitor, day: Day, third: u32, lost: u32) -> Vec<HavenRecord> {
    for number in 0..6 {
        monitor.note(day, &[case(3, 0, number < lost), case(1, 1, false)]);
    }
    monitor.assess(day, &placed(third))
}

#[test]
fn a_haven_begins_after_ninety_days_and_ends_after_ninety_days() {
    let mut monitor = HavenMonitor::new(HavenSettings::default(), &[0.25; 4], &[0.25; 4]);
    // January: too few cases to say. From February on 40 of 100 (1.6 times what is expected), all cases lost.
    assert!(month(&mut monitor, date(2011, 1, 1), 40, 6).is_empty());
    for first in 2..=4 {
        assert!(month(&mut monitor, date(2011, first, 1), 40, 6).is_empty(), "month {first}");
    }
    // 1 May is 89 days after 1 February: one too few.
    assert!(month(&mut monitor, date(2011, 5, 1), 40, 6).is_empty());
    let began = month(&mut monitor, date(2011, 6, 1), 40, 6);
    // Of 36 cases of the 72 in the world that are lost, half as many would be.
    let ground = Some((GroundCode::OwnNational, CiteId(3)));
    let listed = vec![Reason { kind: LossKind::Refused, ground, cases: 36, expected_cases: 18 }];
    let reasons = Reasons { cases: 36, compared_cases: 72, listed, other_cases: 0, other_expected: 0 };
    assert_eq!(
        began,
        [HavenRecord {
            turn: Turn::Began,
            state: StateId(3),
            role: Role::Base,
            day: date(2011, 2, 1),
            confirmed: date(2011, 6, 1),
            quotient_permille: 1600,
            impunity_permille: Some(1000),
            compared_impunity_permille: Some(500),
            reasons,
        }]
    );
    // One month below, one above: no end. Then four months below.
    assert!(month(&mut monitor, date(2011, 7, 1), 30, 6).is_empty());
    assert!(month(&mut monitor, date(2011, 8, 1), 40, 6).is_empty());
    for first in 9..=11 {
        assert!(month(&mut monitor, date(2011, first, 1), 30, 6).is_empty(), "month {first}");
    }
    assert!(monitor.standing(Role::Base, StateId(3)).is_haven);
    let ended = month(&mut monitor, date(2011, 12, 1), 30, 6);
    let [
        HavenRecord {
            turn: Turn::Ended,
            state: StateId(3),
            role: Role::Base,
            day,
            confirmed,
            quotient_permille,
            impunity_permille,
            compared_impunity_permille,
            reasons,
        },
    ] = &ended[..]
    else {
        panic!("{ended:?}");
    };
    assert_eq!((*day, *confirmed), (date(2011, 9, 1), date(2011, 12, 1)));
    // What changed: fewer networks, and nothing else.
    assert_eq!((*quotient_permille, *impunity_permille, *compared_impunity_permille), (1200, Some(1000), Some(500)));
    assert!(!reasons.listed.is_empty());
}

/// What ends cases everywhere is no reason of this haven, however often it does so here: it comes after what does so less
/// often, but nowhere else.
#[test]
fn the_first_reason_is_the_one_that_sets_a_haven_apart() {
    for (against_elsewhere, expected) in [(0.0, [5, 27]), (1.0, [0, 24])] {
        let settings = HavenSettings { hold_days: 0.0, against_elsewhere, ..HavenSettings::default() };
        let mut monitor = HavenMonitor::new(settings, &[0.25; 4], &[0.25; 4]);
        let lapsed = |base: u16| ended(base, 0, Outcome::Lost(LossCause::EvidenceLapsed));
        // Of 40 cases against networks in state 3 the evidence of 30 lapsed, and 10 were refused. It lapsed in 24 of 40 others.
        for number in 0..40 {
            let here = if number < 30 { lapsed(3) } else { case(3, 0, true) };
            let there = if number < 24 { lapsed(1) } else { case(1, 1, false) };
            monitor.note(date(2011, 1, 1), &[here, there]);
        }
        let records = monitor.assess(date(2011, 2, 1), &placed(40));
        let [HavenRecord { turn: Turn::Began, reasons, .. }] = &records[..] else {
            panic!("{records:?}");
        };
        let found: Vec<_> =
            reasons.listed.iter().map(|reason| (reason.kind, reason.cases, reason.expected_cases)).collect();
        assert_eq!(found, [(LossKind::Refused, 10, expected[0]), (LossKind::EvidenceLapsed, 30, expected[1])]);
    }
}

/// Reasons beyond those listed are not lost: their cases are counted.
#[test]
fn cases_of_reasons_that_are_not_listed_are_counted() {
    let settings = HavenSettings { hold_days: 0.0, ..HavenSettings::default() };
    let mut monitor = HavenMonitor::new(settings, &[0.25; 4], &[0.25; 4]);
    // Article n ends 12 - n cases: of ten articles the last two are not listed.
    for article in 1..=10 {
        for _ in article..12 {
            monitor.note(date(2011, 1, 1), &[ended(3, 0, refused(article)), case(1, 1, false)]);
        }
    }
    let records = monitor.assess(date(2011, 2, 1), &placed(40));
    let [HavenRecord { turn: Turn::Began, reasons, .. }] = &records[..] else {
        panic!("{records:?}");
    };
    assert_eq!(reasons.listed.iter().map(|reason| reason.cases).collect::<Vec<_>>(), [11, 10, 9, 8, 7, 6, 5, 4]);
    // At the rate of the world half of them would have ended so.
    assert_eq!((reasons.other_cases, reasons.other_expected), (3 + 2, 3));
}

#[test]
fn many_networks_without_impunity_are_no_haven_and_old_cases_leave_the_window() {
    let mut monitor = HavenMonitor::new(HavenSettings::default(), &[0.25; 4], &[0.25; 4]);
    for first in 1..=12 {
        assert!(month(&mut monitor, date(2011, first, 1), 60, 0).is_empty());
    }
    // By the default rule a state is compared with the world.
    assert_eq!(monitor.compared_permille(StateId(0)), Some(0));
    assert_eq!(monitor.standing(Role::Base, StateId(3)).closed, 72);
    assert_eq!(monitor.standing(Role::Base, StateId(3)).quotient_permille, 2400);
    monitor.assess(date(2012, 6, 15), &placed(60));
    assert_eq!(monitor.standing(Role::Base, StateId(3)).closed, 36, "July to December");
    monitor.assess(date(2013, 6, 15), &placed(60));
    assert_eq!(monitor.standing(Role::Host, StateId(1)).closed, 0);
    assert_eq!(monitor.compared_permille(StateId(0)), None);
}

/// Where most cases of the world are those of one state, it hardly differs from the world; from elsewhere it does.
#[test]
fn a_haven_that_makes_the_world_shows_against_elsewhere() {
    for (against_elsewhere, is_haven) in [(0.0, false), (1.0, true)] {
        let settings = HavenSettings { against_elsewhere, ..HavenSettings::default() };
        let mut monitor = HavenMonitor::new(settings, &[0.25; 4], &[0.25; 4]);
        for first in 1..=9 {
            let day = date(2011, first, 1);
            for _ in 0..9 {
                monitor.note(day, &[case(3, 0, true)]);
            }
            monitor.note(day, &[case(1, 1, false), case(1, 1, false)]);
            monitor.assess(day, &placed(70));
        }
        assert_eq!(monitor.standing(Role::Base, StateId(3)).is_haven, is_haven);
    }
}

/// Everything lost here and four in five elsewhere are 20 points apart, whatever doubles make of it.
#[test]
fn twenty_points_are_twenty_points() {
    for (lost_elsewhere, is_haven) in [(8, true), (9, false)] {
        let settings = HavenSettings { against_elsewhere: 1.0, ..HavenSettings::default() };
        let mut monitor = HavenMonitor::new(settings, &[0.25; 4], &[0.25; 4]);
        for first in 1..=9 {
            let day = date(2011, first, 1);
            for number in 0..10 {
                monitor.note(day, &[case(3, 0, true), case(1, 1, number < lost_elsewhere)]);
            }
            monitor.assess(day, &placed(70));
        }
        assert_eq!(monitor.standing(Role::Base, StateId(3)).is_haven, is_haven, "{lost_elsewhere} of 10");
    }
}

/// What a state takes part in, as host or as investigator, tells nothing of the world without it; and where nearly all
/// cases are of that kind there is nothing to compare with, and a haven stays one.
#[test]
fn a_state_is_compared_with_cases_that_it_has_no_part_in() {
    let settings = HavenSettings { against_elsewhere: 1.0, ..HavenSettings::default() };
    let mut monitor = HavenMonitor::new(settings, &[0.25; 4], &[0.25; 4]);
    let investigated_by = |state: u16| {
        let mut closed = case(1, 1, true);
        if let Enforcement::CaseClosed(CaseEnd { investigating, .. }) = &mut closed {
            *investigating = StateId(state);
        }
        closed
    };
    let mut play = |year: i32, elsewhere: usize| {
        for first in 1..=12 {
            let day = date(year, first, 1);
            for _ in 0..6 {
                monitor.note(day, &[case(3, 0, true), case(1, 3, true), investigated_by(3)]);
            }
            monitor.note(day, &vec![case(1, 1, false); elsewhere]);
            monitor.assess(day, &placed(70));
        }
        monitor.standing(Role::Base, StateId(3)).is_haven
    };
    assert!(play(2011, 2), "the lost cases of others that it hosts or investigates do not hide it");
    assert!(play(2012, 0) && play(2013, 0), "without others nothing is known, and nothing changes");
}

/// Three of five beside two fifths, and five of seven beside ten twenty-firsts, are one and a half, and not above it.
#[test]
fn a_quotient_that_is_the_threshold_lies_not_above_it() {
    let settings = HavenSettings::default();
    for (share, expected) in [(3.0 / 5.0, 2.0 / 5.0), (5.0 / 7.0, 10.0 / 21.0)] {
        let quotient: f64 = share / expected;
        assert!((quotient - settings.quotient).abs() < 1e-12 && !settings.is_concentration(quotient));
    }
    assert!(settings.is_concentration(1.501));
}
