//! What treaty law promises, held against generated conduct and histories.

use std::cell::OnceCell;

use comity::base::{CiteId, Day, Spanned, StateId, TreatyId};
use comity::law::{
    self, Act, Decision, FactKind, FactSet, GroundCode, Instrument, Library, Measure, Memberships, Question,
    StateSource,
};
use comity::scenario::Shelf;
use proptest::prelude::*;

const TREATIES: [&str; 3] = ["ets185", "ets189", "internet-trafficking-protocol/content"];
const LAWS: [&str; 3] = ["full", "no-internet-trafficking", "guards-expression"];

/// Six invented states, two of each built-in law.
fn library() -> Library {
    let mut shelf = Shelf::new(None);
    let named = |name: &str| Spanned::nowhere(name.to_owned());
    let facts = shelf.facts().expect("the facts read");
    let treaties: Vec<_> = TREATIES.iter().map(|name| shelf.treaty(&named(name)).expect("it reads")).collect();
    let states: Vec<_> = ["alba", "brava", "corvo", "dunmar", "elona", "falk"]
        .iter()
        .zip(LAWS.iter().cycle())
        .map(|(code, law)| StateSource {
            code: named(code),
            name: (*code).to_owned(),
            law: shelf.law(&named(law)).expect("it reads"),
        })
        .collect();
    Library::build(&facts, &treaties, &states).expect("it builds")
}

thread_local! {
    static LIBRARY: OnceCell<Library> = const { OnceCell::new() };
}

fn with_library<T>(use_it: impl FnOnce(&Library) -> T) -> T {
    LIBRARY.with(|cell| use_it(cell.get_or_init(library)))
}

const FIRST: i32 = 12_000;
const LAST: i32 = 20_000;

fn days() -> impl Strategy<Value = Day> {
    (FIRST..LAST).prop_map(Day::from_number)
}

/// What one state did towards one treaty, before it is known which articles may be reserved.
#[derive(Clone, Debug)]
enum Did {
    Signed(Day),
    Consented(Day),
    Reserved(Day, usize),
    Denounced(Day),
}

fn did() -> impl Strategy<Value = (usize, u16, Did)> {
    let act = prop_oneof![
        2 => days().prop_map(Did::Signed),
        6 => days().prop_map(Did::Consented),
        1 => (days(), 0..9_usize).prop_map(|(day, article)| Did::Reserved(day, article)),
        1 => days().prop_map(Did::Denounced),
    ];
    (0..TREATIES.len(), 0..6_u16, act)
}

fn instruments(library: &Library, history: &[(usize, u16, Did)]) -> Vec<Instrument> {
    history
        .iter()
        .filter_map(|(name, state, did)| {
            let treaty = library.treaty_named(TREATIES[*name])?;
            let reservable: Vec<CiteId> = library.treaty(treaty).reservable.iter().copied().collect();
            let (day, act) = match did {
                Did::Signed(day) => (*day, Act::Signature),
                Did::Consented(day) => (*day, Act::Consent),
                Did::Reserved(day, article) => (*day, Act::Reservation(reservable[article % reservable.len()])),
                Did::Denounced(day) => (*day, Act::Denunciation),
            };
            Some(Instrument { day, treaty, state: StateId(*state), act })
        })
        .collect()
}

/// Conduct that meets offences of the three texts; facts drawn at random alone would meet hardly any.
const CONDUCT: [&[&str]; 5] = [
    &[],
    &["intrude", "hinder-system", "computer", "without-right", "intent"],
    &["advertise", "minor", "knew", "commercial", "computer", "intent"],
    &["share-experiences", "content-only", "deception", "commercial", "computer", "intent"],
    &[
        "public-insult",
        "racist-or-xenophobic",
        "content-only",
        "publish-opinion",
        "computer",
        "without-right",
        "intent",
    ],
];

/// A request before the facts' names are known: which of the given facts hold, and which are not known.
#[derive(Clone, Debug)]
struct Asked {
    conduct: usize,
    states: (u16, u16),
    measure: usize,
    facts: Vec<prop::sample::Index>,
    unknown: Vec<prop::sample::Index>,
    day: Day,
    own_national: bool,
}

fn asked() -> impl Strategy<Value = Asked> {
    let indexes = |most| prop::collection::vec(any::<prop::sample::Index>(), 0..most);
    let states = (0..6_u16, 1..6_u16);
    (0..CONDUCT.len(), states, 0..Measure::ALL.len(), indexes(8), indexes(2), days(), any::<bool>()).prop_map(
        |(conduct, (requesting, further), measure, facts, unknown, day, own_national)| Asked {
            conduct,
            states: (requesting, (requesting + further) % 6),
            measure,
            facts,
            unknown,
            day,
            own_national,
        },
    )
}

fn question(library: &Library, asked: &Asked) -> Question {
    let given: Vec<_> = library
        .facts
        .names()
        .filter_map(|name| library.facts.named(name))
        .filter(|fact| matches!(library.facts.kind(*fact), FactKind::Conduct | FactKind::Circumstance))
        .collect();
    let set = |indexes: &[prop::sample::Index]| -> FactSet { indexes.iter().map(|i| *i.get(&given)).collect() };
    let conduct: FactSet = CONDUCT[asked.conduct].iter().filter_map(|name| library.facts.named(name)).collect();
    let requested = StateId(asked.states.1);
    Question {
        requesting: StateId(asked.states.0),
        requested,
        measure: Measure::ALL[asked.measure],
        facts: conduct.with(set(&asked.facts)),
        unknown: set(&asked.unknown),
        conduct_day: asked.day,
        day: asked.day,
        request_day: asked.day,
        held_since: None,
        follow_up_day: None,
        nationality: asked.own_national.then_some(requested),
    }
}

/// Has both states of a question consent to a treaty, and as many others as it needs to be in force at all.
fn join_both(library: &Library, name: &str, question: &Question, into: &mut Vec<Instrument>) -> TreatyId {
    let treaty = library.treaty_named(name).expect("it is there");
    let day = Day::from_number(FIRST - 400);
    for state in library.state_ids() {
        let theirs = [question.requesting, question.requested].contains(&state);
        let has_acts = into.iter().any(|done| done.treaty == treaty && done.state == state);
        if theirs || !has_acts {
            into.push(Instrument { day, treaty, state, act: Act::Consent });
        }
    }
    treaty
}

proptest! {
    // A failure prints its history and request in their smallest form; no file of seeds is kept beside the tests.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A treaty more, kept without a reservation, may open a request; it never closes one.
    #[test]
    fn joining_a_treaty_never_removes_a_basis(
        history in prop::collection::vec(did(), 0..24),
        asked in asked(),
        joined in 0..TREATIES.len(),
    ) {
        with_library(|library| {
            let question = Question { unknown: FactSet::NONE, ..question(library, &asked) };
            let treaty = library.treaty_named(TREATIES[joined]).expect("it is there");
            // Neither of the two has acted towards this treaty before.
            let mut instruments = instruments(library, &history);
            instruments.retain(|done| {
                done.treaty != treaty || ![question.requesting, question.requested].contains(&done.state)
            });
            let before = law::decide(library, &Memberships::of(library, &instruments), &question);
            join_both(library, TREATIES[joined], &question, &mut instruments);
            let after = law::decide(library, &Memberships::of(library, &instruments), &question);
            if opens(before.decision) {
                prop_assert!(opens(after.decision), "{:?}, then {:?}", before, after);
            }
            for basis in before.bases.iter().filter(|_| before.decision == Decision::Grant) {
                prop_assert!(
                    after.bases.contains(basis),
                    "{} is gone: {:?}, then {:?}", library.cite(*basis), before, after
                );
            }
            Ok(())
        })?;
    }

    /// Signature subject to ratification gives no right to ask.
    #[test]
    fn a_signature_alone_never_opens_a_measure(
        signed in prop::collection::vec((0..TREATIES.len(), 0..6_u16, days()), 0..24),
        asked in asked(),
    ) {
        with_library(|library| {
            let question = Question { unknown: FactSet::NONE, ..question(library, &asked) };
            let history: Vec<_> = signed.into_iter().map(|(t, s, day)| (t, s, Did::Signed(day))).collect();
            let nobody = law::decide(library, &Memberships::new(library), &question);
            let signed = Memberships::of(library, &instruments(library, &history));
            let signers = law::decide(library, &signed, &question);
            prop_assert_eq!(signers.decision, nobody.decision);
            prop_assert!(!opens(signers.decision));
            prop_assert!(signers.bases.is_empty());
            Ok(())
        })?;
    }

    /// ETS 185, Art. 29(3) and (4).
    #[test]
    fn preservation_never_fails_on_dual_criminality_without_the_reservation(
        history in prop::collection::vec(did(), 0..24),
        asked in asked(),
    ) {
        with_library(|library| {
            let question = Question {
                measure: Measure::Preservation, unknown: FactSet::NONE, ..question(library, &asked)
            };
            let convention = library.treaty_named("ets185").expect("it is there");
            let reservation = library.cite_named("BUD 29(4)").expect("it is cited");
            let mut instruments = instruments(library, &history);
            instruments.retain(|done| {
                done.treaty != convention || done.state != question.requested
                    || done.act != Act::Reservation(reservation)
            });
            join_both(library, "ets185", &question, &mut instruments);
            let opinion = law::decide(library, &Memberships::of(library, &instruments), &question);
            let dual = [GroundCode::DualCriminalityMissing, GroundCode::DualCriminalityForPreservation];
            prop_assert!(!opinion.grounds.iter().any(|ground| dual.contains(&ground.code)), "{:?}", opinion);
            Ok(())
        })?;
    }

    /// One code path: whoever listens to the steps hears the same answer.
    #[test]
    fn explained_and_unexplained_opinions_are_identical(
        history in prop::collection::vec(did(), 0..24),
        asked in asked(),
    ) {
        with_library(|library| {
            let question = question(library, &asked);
            let memberships = Memberships::of(library, &instruments(library, &history));
            let (explained, steps) = law::explain(library, &memberships, &question);
            prop_assert_eq!(explained, law::decide(library, &memberships, &question));
            prop_assert!(!steps.is_empty());
            Ok(())
        })?;
    }
}

/// Whether the answer lets the requesting state hope: a grant now, in part, later or at discretion.
fn opens(decision: Decision) -> bool {
    matches!(
        decision,
        Decision::Grant | Decision::GrantCond | Decision::Partial | Decision::MayRefuse | Decision::Postpone
    )
}
