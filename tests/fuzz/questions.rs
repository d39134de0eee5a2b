//! Arbitrary questions on arbitrary histories: any facts, also such as are computed or contradict one another; any
//! states, the same one twice included; any measures; days from the first that may be written to the last on the wire.

use comity::base::{CiteId, Day, StateId, TreatyId};
use comity::law::{self, Act, FactId, FactSet, Instrument, Library, Measure, Memberships, Question};
use comity::report;

use super::chance::Chance;

/// 1800-01-01, the first day that may be written, and 9999-12-31, the last that the wire takes.
const EXTREMES: [i32; 2] = [-62_091, 2_932_896];
/// Days on which the treaties of the library have their history.
const USUAL: [i32; 2] = [12_000, 22_000];
/// One decision in so many is followed by the search for what would turn it, which takes up to a few thousand more.
const BUT_FOR_IN: usize = 60;
/// And only where so few facts are unknown: each doubles every decision of the search.
const BUT_FOR_UNKNOWN: usize = 2;
/// It is searched only in libraries of so many treaties at most: in all law its pairs, in all their degrees, take minutes
/// without optimisation, and `tests/law/pairs.rs` has them.
const BUT_FOR_TREATIES: usize = 6;

/// Asks so many questions of a library, each on a history of its own.
///
/// # Panics
/// Where the law does, and where explained and unexplained answers differ.
pub fn ask(library: &Library, questions: usize, chance: &mut Chance) {
    if library.states().is_empty() {
        return;
    }
    for _ in 0..questions {
        let memberships = Memberships::of(library, &history(library, chance));
        let question = question(library, chance);
        let opinion = law::decide(library, &memberships, &question);
        let (explained, steps) = law::explain(library, &memberships, &question);
        assert_eq!(opinion, explained, "explained and unexplained differ for {question:?}");
        assert!(!report::opinion::text(library, &question, &opinion, &steps).is_empty());
        assert!(report::opinion::json(library, &question, &opinion, &steps).is_object());
        let few = library.treaties().len() <= BUT_FOR_TREATIES && question.unknown.iter().count() <= BUT_FOR_UNKNOWN;
        if few && chance.one_in(BUT_FOR_IN) {
            let turns = law::but_for(library, &memberships, &question, &opinion, None);
            let _ = report::but_for::text(library, &memberships, &question, &turns);
        }
    }
}

fn history(library: &Library, chance: &mut Chance) -> Vec<Instrument> {
    let treaties = library.treaties().len();
    if treaties == 0 {
        return Vec::new();
    }
    // Of two to five states, so that treaties often bind both of a pair.
    let states: Vec<StateId> = (0..2 + chance.below(4)).map(|_| state(library, chance)).collect();
    let instrument = |chance: &mut Chance| {
        let treaty = TreatyId(u16::try_from(chance.below(treaties)).expect("few"));
        let law = library.treaty(treaty);
        let articles: Vec<CiteId> = law.reservable.iter().chain(&law.declarable).copied().collect();
        let article = |chance: &mut Chance| articles.get(chance.below(articles.len())).copied();
        let act = match (chance.below(8), article(chance)) {
            (0, _) => Act::Signature,
            (1, Some(article)) => Act::Reservation(article),
            (2, Some(article)) => Act::ReservationWithdrawn(article),
            (3, _) => Act::Denunciation,
            _ => Act::Consent,
        };
        Instrument { day: day(chance), treaty, state: *chance.pick(&states), act }
    };
    (0..chance.below(160)).map(|_| instrument(chance)).collect()
}

fn question(library: &Library, chance: &mut Chance) -> Question {
    let all: Vec<FactId> = library.facts.ids().collect();
    let some = |chance: &mut Chance, most: usize| -> FactSet {
        (0..chance.below(most)).filter_map(|_| all.get(chance.below(all.len())).copied()).collect()
    };
    // Often the very facts of an offence, so that the law has something to say of them.
    let patterns: Vec<FactSet> = library
        .treaties()
        .iter()
        .flat_map(|treaty| treaty.offences.iter().map(|offence| offence.pattern))
        .map(|pattern| pattern.all.with(pattern.any))
        .collect();
    let conduct = if patterns.is_empty() || chance.one_in(3) { FactSet::NONE } else { *chance.pick(&patterns) };
    let every = if chance.one_in(40) { all.iter().copied().collect() } else { FactSet::NONE };
    let maybe = |chance: &mut Chance| (!chance.one_in(2)).then(|| day(chance));
    Question {
        requesting: state(library, chance),
        requested: state(library, chance),
        measure: *chance.pick(&Measure::ALL[..]),
        facts: conduct.with(some(chance, 24)).with(every),
        unknown: some(chance, 12),
        conduct_day: day(chance),
        day: day(chance),
        request_day: day(chance),
        held_since: maybe(chance),
        follow_up_day: maybe(chance),
        nationality: (!chance.one_in(3)).then(|| state(library, chance)),
    }
}

fn state(library: &Library, chance: &mut Chance) -> StateId {
    StateId(u16::try_from(chance.below(library.states().len())).expect("few"))
}

fn day(chance: &mut Chance) -> Day {
    let [first, last] = if chance.one_in(8) { EXTREMES } else { USUAL };
    let span = usize::try_from(last - first).expect("positive");
    let number = match chance.below(16) {
        0 => first,
        1 => last,
        _ => first + i32::try_from(chance.below(span)).expect("within the span"),
    };
    Day::from_number(number)
}
