//! What outcomes teach.

use super::super::learning::{About, Experience, Risk, lessons};
use super::*;

fn experience(behaviour: &Behaviour) -> Experience {
    let settings =
        WorldSettings { lines: vec![line("one", 0), line("other", 1)], behaviour: *behaviour, ..settings(3) };
    Experience::new(&settings, start())
}

/// Of a case of another state than the one that it is about.
const fn abroad(risk: Risk, state: usize) -> About {
    About { risk, state, investigating: state + 1 }
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-12
}

#[test]
fn the_books_come_first_own_outcomes_count_fully_and_all_of_them_fade() {
    let behaviour =
        Behaviour { prior_strength: 4.0, others_discount: 0.25, memory_days: 100.0, ..Behaviour::default() };
    let mut seen = experience(&behaviour);
    let own = |seen: &Experience| seen.perceived(Some(0), 1, abroad(Risk::People, 2), 1.0, 1.0);
    let other = |seen: &Experience| seen.perceived(Some(1), 1, abroad(Risk::People, 2), 1.0, 1.0);
    assert!(close(own(&seen), 1.0));
    for _ in 0..4 {
        seen.note(Some(0), 1, abroad(Risk::People, 2), false, 1.0);
    }
    assert!(close(own(&seen), 4.0 / 8.0));
    assert!(close(other(&seen), 4.0 / 5.0), "four outcomes of another count as one");
    seen.advance(start() + 100);
    assert!(close(own(&seen), 4.0 / 6.0), "after the half-life they count half");
    assert!(close(seen.perceived(None, 0, abroad(Risk::People, 2), 1.0, 1.0), 1.0), "another line");
    assert!(close(seen.perceived(Some(0), 1, abroad(Risk::Data, 2), 1.0, 1.0), 1.0), "another risk");
    assert!(close(seen.perceived(Some(0), 1, abroad(Risk::People, 1), 1.0, 1.0), 1.0), "another state");
    let at_home = About { risk: Risk::People, state: 2, investigating: 2 };
    assert!(
        close(seen.perceived(Some(0), 1, at_home, 1.0, 1.0), 1.0),
        "what it answers others says nothing of its own cases"
    );
    seen.forget(0);
    assert!(close(own(&seen), 4.0 / 4.5), "what it forgets of itself it still knows as the world does");
}

/// Cases lost where the law reached nobody say little of what it does once it reaches everybody; nor for whom it does already.
#[test]
fn what_was_seen_under_another_law_may_count_less() {
    for (law_contrast, expected) in [(0.0, 4.0 / 8.0), (0.5, 4.0 / 6.0), (1.0, 1.0)] {
        let behaviour = Behaviour { prior_strength: 4.0, law_contrast, ..Behaviour::default() };
        let mut seen = experience(&behaviour);
        for _ in 0..4 {
            seen.note(Some(0), 1, abroad(Risk::People, 2), false, 0.0);
        }
        let risk = |books| seen.perceived(Some(0), 1, abroad(Risk::People, 2), books, 1.0);
        assert!(close(risk(1.0), expected), "{law_contrast}: {}", risk(1.0));
        assert!(close(risk(0.0), 0.0), "under the same law they count in full");
    }
}

/// Of what a state does not publish nobody learns but who was concerned; all that it publishes of it counts as much less.
#[test]
fn what_is_not_published_teaches_the_one_concerned_alone() {
    let behaviour = Behaviour { prior_strength: 4.0, others_discount: 0.25, ..Behaviour::default() };
    let mut seen = experience(&behaviour);
    for _ in 0..4 {
        seen.note(Some(0), 1, abroad(Risk::People, 2), false, 1.0);
    }
    let risk = |own, published| seen.perceived(own, 1, abroad(Risk::People, 2), 1.0, published);
    assert!(close(risk(Some(0), 1.0), 4.0 / 8.0) && close(risk(Some(0), 0.0), 4.0 / 8.0));
    assert!(close(risk(Some(1), 1.0), 4.0 / 5.0) && close(risk(Some(1), 0.5), 4.0 / 4.5));
    assert!(close(risk(Some(1), 0.0), 1.0) && close(risk(None, 0.0), 1.0));
}

/// The books open everywhere, and nobody is ever caught: where that is published networks learn that the risk is less than
/// they read, and settle; where it is not they go on believing the books.
#[test]
fn a_haven_by_practice_fills_as_its_decisions_are_published() {
    let share = |published: f64, changes: Option<(u32, f64)>| {
        let mean = (0..6).map(|seed| {
            let mut settings = settings(6);
            settings.behaviour = Behaviour { risk_weight: 4.0, ..settings.behaviour };
            settings.states[2].publishes_decisions = published;
            let event = |(day, value)| WorldEvent {
                day: start() + day,
                happens: Happening::StateChanges(StateId(2), StateAspect::PublishesDecisions, value),
            };
            settings.events = changes.map(event).into_iter().collect();
            let mut run =
                Run::new(settings, PlainBooks { refuse_surrender: vec![2], ..PlainBooks::default() }, 0.5, seed);
            // What the books say is the opposite of what authorities do.
            run.books_read = Some(PlainBooks::default());
            run.days(8 * YEAR, |_| ());
            run.quotient(Role::Base, 2)
        });
        mean.sum::<f64>() / 6.0
    };
    let (published, secret) = (share(1.0, None), share(0.0, None));
    assert!(published > 1.1 * secret, "{published:.2} published, {secret:.2} secret");
    let opened = share(0.0, Some((2 * YEAR, 1.0)));
    assert!(opened > 1.1 * secret, "{opened:.2} opened, {secret:.2} secret");
}

/// Of data that a case did not need it teaches nothing, and of people what it always does.
#[test]
fn a_case_that_needed_no_data_says_nothing_of_them() {
    for needed_data in [true, false] {
        let mut run = Run::new(without_risk(settings(4)), PlainBooks::default(), 0.6, 3);
        run.days(1, |_| ());
        let network = *run.world.networks().next().expect("there are networks");
        let other = StateId((network.base.0 + 1) % 4);
        let outcome = Outcome::Lost(LossCause::Refused(Measure::Extradition, None));
        let lost = Enforcement::CaseClosed(CaseEnd {
            line: 0,
            network: network.id,
            investigating: other,
            base: network.base,
            host: network.base,
            opened: run.day,
            outcome,
            site_tried: false,
            needed_data,
        });
        run.world.day(run.day, &run.books, &[], &[lost]);
        let about = |risk| About { risk, state: network.base.index(), investigating: other.index() };
        let seen = |risk| run.world.experience.perceived(None, usize::from(network.line), about(risk), 0.5, 1.0);
        assert_eq!(seen(Risk::Data) > 0.5, needed_data);
        assert!(seen(Risk::People) < 0.5);
    }
}

/// A network that has changed its line since has forgotten what it saw under the other one.
#[test]
fn a_case_teaches_about_the_line_that_it_was_opened_for() {
    let lines = vec![line("one", 0), line("other", 1)];
    let mut run = Run::new(WorldSettings { lines, ..without_risk(settings(4)) }, PlainBooks::default(), 0.6, 3);
    run.days(1, |_| ());
    let network = *run.world.networks().next().expect("there are networks");
    let other = StateId((network.base.0 + 1) % 4);
    let opened_for = 1 - network.line;
    let lost = Enforcement::CaseClosed(CaseEnd {
        network: network.id,
        investigating: other,
        base: network.base,
        host: network.base,
        line: opened_for,
        opened: run.day,
        outcome: Outcome::Lost(LossCause::Refused(Measure::Extradition, None)),
        site_tried: false,
        needed_data: true,
    });
    run.world.day(run.day, &run.books, &[], &[lost]);
    let about = About { risk: Risk::People, state: network.base.index(), investigating: other.index() };
    let seen = |own, line: u8| run.world.experience.perceived(own, usize::from(line), about, 0.5, 1.0);
    assert!(close(seen(Some(network.id.place() as usize), network.line), 0.5), "nothing of its own, nor of its line");
    assert!(seen(None, opened_for) < 0.5);
}

#[test]
fn a_short_memory_and_a_long_run_stay_finite() {
    let mut seen = experience(&Behaviour { memory_days: 1.0, ..Behaviour::default() });
    for day in 0..20_000 {
        seen.advance(start() + day);
        seen.note(Some(0), 0, abroad(Risk::Data, 0), true, 1.0);
        let risk = seen.perceived(Some(0), 0, abroad(Risk::Data, 0), 0.0, 1.0);
        assert!(risk > 0.0 && risk <= 0.3, "day {day}: {risk}");
    }
}

#[test]
fn a_removal_after_the_end_of_its_case_makes_a_hit_of_the_miss() {
    let mut seen = experience(&Behaviour { prior_strength: 2.0, ..Behaviour::default() });
    let site = abroad(Risk::Site, 1);
    for _ in 0..6 {
        seen.note(Some(0), 0, site, false, 1.0);
    }
    assert!(close(seen.perceived(Some(0), 0, site, 1.0, 1.0), 2.0 / 8.0), "six cases, no removal");
    for _ in 0..3 {
        seen.note_removal(Some(0), 0, site);
    }
    assert!(close(seen.perceived(Some(0), 0, site, 1.0, 1.0), 5.0 / 8.0), "six cases, three removals");
    assert!(close(seen.perceived(Some(0), 0, abroad(Risk::Data, 1), 0.0, 1.0), 0.0), "of the data it says nothing");
}

#[test]
fn the_end_of_a_case_teaches_about_the_place_where_it_was_lost() {
    const NO: Option<bool> = Some(false);
    const YES: Option<bool> = Some(true);
    let lost = |cause| lessons(&Outcome::Lost(cause));
    // People, data, site, market.
    assert_eq!(lessons(&Outcome::Concluded(Conclusion::Surrendered)), [YES, YES, NO, YES]);
    assert_eq!(lost(LossCause::Refused(Measure::Extradition, None)), [NO, YES, NO, NO]);
    assert_eq!(lost(LossCause::Refused(Measure::StoredData, None)), [None, NO, NO, NO]);
    assert_eq!(lost(LossCause::Abandoned(Measure::Prosecution)), [NO, YES, NO, NO]);
    assert_eq!(lost(LossCause::EvidenceLapsed), [None, NO, NO, NO]);
    assert_eq!(lost(LossCause::NotIdentified), [NO, None, NO, NO]);
    assert_eq!(lost(LossCause::NoOffence), [None, None, None, NO]);
}

/// What a newcomer expects, and so when it comes, rests on all that was seen on the day on which its place became free, and not
/// on what was told before the end of its predecessor.
#[test]
fn what_a_day_teaches_is_learnt_before_anything_ends_on_it() {
    let replaced = |refusals: usize| {
        let known = settings(4);
        let behaviour = Behaviour { replacement_elasticity: 2.0, ..known.behaviour };
        let mut run = Run::new(WorldSettings { behaviour, ..known }, PlainBooks::default(), 0.6, 3);
        run.days(1, |_| ());
        let network = *run.world.networks().next().expect("there are networks");
        let ends = CaseEnd {
            line: network.line,
            network: network.id,
            investigating: network.market,
            base: network.base,
            host: network.host,
            opened: run.day,
            outcome: Outcome::Concluded(Conclusion::Surrendered),
            site_tried: false,
            needed_data: true,
        };
        let refused = CaseEnd { outcome: Outcome::Lost(LossCause::Refused(Measure::Extradition, None)), ..ends };
        let outcomes = std::iter::once(ends).chain(std::iter::repeat_n(refused, refusals));
        let outcomes: Vec<Enforcement> = outcomes.map(Enforcement::CaseClosed).collect();
        let report = run.world.day(run.day, &run.books, &[], &outcomes);
        report.records.iter().find_map(|record| match record {
            WorldRecord::NetworkDismantled { replaced, .. } => Some(*replaced),
            _ => None,
        })
    };
    // Where surrender is refused, it comes sooner. The end of the network is told before any refusal.
    assert!(replaced(500).is_some() && replaced(500) < replaced(0), "{:?} {:?}", replaced(500), replaced(0));
}
