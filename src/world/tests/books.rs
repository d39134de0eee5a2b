//! How opinions become reach.

use std::cell::Cell;

use super::super::books::{Reach, Reading};
use super::*;
use crate::law::{Duty, DutyKind};

/// Books that give one answer to each kind of measure, and count how often they are asked.
struct CountedBooks {
    surrender: Decision,
    owes_prosecution: bool,
    prosecution: Decision,
    preservation: Decision,
    data: Decision,
    /// Orders to providers, disclosure by their own choice, and in an emergency.
    quicker: [Decision; 3],
    punishes: bool,
    punishes_at_home: bool,
    removes: bool,
    asked: Cell<u32>,
}

impl Books for CountedBooks {
    fn answer(&self, question: &Question) -> Answer {
        self.asked.set(self.asked.get() + 1);
        let mut opinion = Opinion::bare(match question.measure {
            Measure::Extradition => self.surrender,
            Measure::Prosecution => self.prosecution,
            Measure::Preservation => self.preservation,
            Measure::ProductionOrder => self.quicker[0],
            Measure::VoluntaryDisclosure => self.quicker[1],
            Measure::EmergencyDisclosure => self.quicker[2],
            _ => self.data,
        });
        if question.measure == Measure::Extradition && self.owes_prosecution {
            opinion.duties.push(Duty { kind: DutyKind::SubmitToProsecution, cite: CiteId(0), on_request: true });
        }
        opinion.into()
    }

    fn circumstances(&self, _: Channel) -> FactSet {
        FactSet::NONE
    }

    fn punishes(&self, _: StateId, _: FactSet, at_home: bool, _: Day) -> bool {
        self.punishes || self.punishes_at_home && at_home
    }

    fn removes(&self, _: StateId, _: FactSet, _: Day) -> bool {
        self.removes
    }
}

fn answering(surrender: Decision, data: Decision) -> CountedBooks {
    CountedBooks {
        surrender,
        owes_prosecution: false,
        prosecution: Decision::Grant,
        preservation: Decision::Grant,
        data,
        quicker: [Decision::NoTreatyDuty; 3],
        punishes: true,
        punishes_at_home: false,
        removes: true,
        asked: Cell::new(0),
    }
}

/// Of the data that are asked for, the part that is there on the day of the incident (the default of `StateSettings`).
const DATA_THERE: f64 = 0.6;

/// Reach into state 1 from market 0, of its people and of its data if they are there.
fn check(books: &CountedBooks, expected_base: f64, expected_host: f64) {
    let settings = settings(2);
    let reading = Reading { books, day: start(), settings: &settings };
    let mut reach = Reach::new(2, 1);
    let base = reach.base(&reading, 1, 0, 0, true);
    let host = reach.data(&reading, 1, 0, 0);
    assert!((base - expected_base).abs() < 1e-12, "{:?}: base {base}", books.surrender);
    assert!((host - expected_host * DATA_THERE).abs() < 1e-12, "{:?}: host {host}", books.data);
}

#[test]
fn decisions_count_as_reach() {
    check(&answering(Decision::Grant, Decision::GrantCond), 1.0, 1.0);
    check(&answering(Decision::Refuse, Decision::Refuse), 0.0, 0.0);
    check(&answering(Decision::MayRefuse, Decision::NoTreatyDuty), 0.5, 0.1);
    check(&answering(Decision::Postpone, Decision::Partial), 0.5, 0.5);
    check(&answering(Decision::ProsecuteInstead, Decision::Grant), 0.7, 1.0);
    check(&CountedBooks { owes_prosecution: true, ..answering(Decision::Refuse, Decision::Grant) }, 0.7, 1.0);
    check(&CountedBooks { owes_prosecution: true, ..answering(Decision::MayRefuse, Decision::Grant) }, 0.85, 1.0);
    // What nobody preserves may still be there (0.1).
    check(&CountedBooks { preservation: Decision::Refuse, ..answering(Decision::Grant, Decision::Grant) }, 1.0, 0.1);
    check(&CountedBooks { punishes: false, ..answering(Decision::Grant, Decision::Grant) }, 0.0, 0.0);
}

/// What the law opens besides assistance is asked for first; what is refused there is asked for by assistance. Providers' data
/// that nobody preserves are there with a chance of 0.9, as in an emergency of 1 (the defaults of `StateSettings`).
#[test]
fn networks_read_every_channel_that_investigators_use() {
    let reach = |quicker, data, emergencies: f64, asks_providers: f64| {
        let books = CountedBooks { quicker, preservation: Decision::Refuse, ..answering(Decision::Grant, data) };
        let mut settings = settings(2);
        settings.states[0] = StateSettings { emergencies, asks_providers, ..settings.states[0] };
        let reading = Reading { books: &books, day: start(), settings: &settings };
        Reach::new(2, 1).data(&reading, 1, 0, 0) / DATA_THERE
    };
    let (closed, open, may, choice) =
        (Decision::NoTreatyDuty, Decision::Grant, Decision::MayRefuse, Decision::NoRequest);
    let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    close(reach([closed; 3], Decision::Grant, 1.0, 1.0), 0.1);
    close(reach([open, closed, closed], Decision::Refuse, 0.0, 0.0), 0.9);
    close(reach([open, closed, closed], Decision::Grant, 0.0, 0.0), 0.9);
    // Half are given at once, half of the rest for the subscriber alone, and what is left by assistance.
    close(reach([may, closed, closed], Decision::Grant, 0.0, 0.0), 0.75 * 0.9 + 0.25 * 0.1);
    // By their own choice two thirds disclose, where anybody asks them.
    close(reach([closed, choice, closed], Decision::Grant, 0.0, 0.0), 0.1);
    close(reach([closed, choice, closed], Decision::Grant, 0.0, 1.0), 0.66 * 0.9 + 0.34 * 0.1);
    // One case in four is an emergency.
    close(reach([closed, closed, open], Decision::Refuse, 0.25, 0.0), 0.25);
    close(reach([closed, closed, open], Decision::Grant, 0.25, 0.0), 0.25 + 0.75 * 0.1);
}

/// A claim by territory alone reaches who is at home, and nobody abroad.
#[test]
fn a_claim_by_territory_reaches_home_alone() {
    let settings = settings(2);
    let books = CountedBooks { punishes: false, punishes_at_home: true, ..answering(Decision::Grant, Decision::Grant) };
    let reading = Reading { books: &books, day: start(), settings: &settings };
    let mut reach = Reach::new(2, 1);
    assert!(reach.base(&reading, 0, 0, 0, true) >= 1.0);
    assert!((reach.data(&reading, 0, 0, 0) - DATA_THERE).abs() < 1e-12);
    assert!(reach.base(&reading, 1, 0, 0, true) <= 0.0 && reach.data(&reading, 1, 0, 0) <= 0.0);
}

#[test]
fn a_site_is_in_reach_by_the_law_of_its_host_and_of_the_market_alone() {
    let site = |books: &CountedBooks| {
        let settings = settings(2);
        Reach::new(2, 1).site(&Reading { books, day: start(), settings: &settings }, 1, 0, 0)
    };
    let refusing = answering(Decision::Refuse, Decision::Refuse);
    assert!(site(&refusing) >= 1.0 && refusing.asked.get() == 0, "no treaty is asked");
    assert!(site(&CountedBooks { removes: false, ..answering(Decision::Grant, Decision::Grant) }) <= 0.0);
    assert!(site(&CountedBooks { punishes: false, ..answering(Decision::Grant, Decision::Grant) }) <= 0.0);
}

#[test]
fn at_home_nothing_is_asked_and_elsewhere_only_once_until_the_law_changes() {
    let books = answering(Decision::Refuse, Decision::Refuse);
    let settings = settings(3);
    let reading = Reading { books: &books, day: start(), settings: &settings };
    let mut reach = Reach::new(3, 1);
    assert!(reach.base(&reading, 0, 0, 0, true) >= 1.0);
    assert!((reach.data(&reading, 0, 0, 0) - DATA_THERE).abs() < 1e-12);
    assert_eq!(books.asked.get(), 0);
    for _ in 0..3 {
        reach.base(&reading, 1, 0, 0, true);
        reach.base(&reading, 1, 0, 0, false);
    }
    assert_eq!(books.asked.get(), 2);
    // The law of a third state is none of theirs.
    reach.changed(&[StateId(2)]);
    reach.base(&reading, 1, 0, 0, true);
    assert_eq!(books.asked.get(), 2);
    for (asked, changed) in [(3, 0), (4, 1)] {
        reach.changed(&[StateId(changed)]);
        reach.base(&reading, 1, 0, 0, true);
        assert_eq!(books.asked.get(), asked);
    }
}
