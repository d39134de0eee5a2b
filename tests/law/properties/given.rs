//! What the properties are tried on: the whole built-in law, histories of its treaties, and requests whose conduct
//! meets offences that are really in it.

use std::cell::OnceCell;

use comity::base::{CiteId, Day, Spanned, StateId, TreatyId};
use comity::law::forms::{FactsForm, TreatyForm};
use comity::law::satisfy::{Found, meeting};
use comity::law::{Act, FactKind, FactSet, Instrument, Library, Measure, Opinion, Question, StateSource};
use comity::report::opinion;
use comity::scenario::Shelf;
use proptest::prelude::*;
use proptest::sample::Index;

/// All files of the law, as forms.
pub struct Forms {
    pub facts: FactsForm,
    pub treaties: Vec<TreatyForm>,
    pub states: Vec<StateSource>,
}

/// Reads every treaty and state; each law of invented states is a state of its own.
pub fn forms() -> Forms {
    let mut shelf = Shelf::new(None);
    let named = |name: &str| Spanned::nowhere(name.to_owned());
    let facts = shelf.facts().expect("the facts read");
    let treaties = Shelf::names("treaties").map(|name| shelf.treaty(&named(name)).expect("it reads")).collect();
    let mut states = Vec::new();
    for code in Shelf::names("states") {
        let state = shelf.state(&named(&code.to_uppercase())).expect("it reads");
        states.push(StateSource { code: state.state, name: state.name, law: state.law });
    }
    for name in Shelf::names("laws") {
        states.push(StateSource {
            code: named(name),
            name: name.to_owned(),
            law: shelf.law(&named(name)).expect("it reads"),
        });
    }
    Forms { facts, treaties, states }
}

/// The whole law compiled, and what histories and requests are drawn from.
pub struct Whole {
    pub forms: Forms,
    pub library: Library,
    /// Treaties that states join by consent.
    pub joined: Vec<TreatyId>,
    /// Conduct that meets an offence of a treaty or of a state.
    pub conduct: Vec<FactSet>,
}

thread_local! {
    static WHOLE: OnceCell<Whole> = const { OnceCell::new() };
}

pub fn with_whole<T>(use_it: impl FnOnce(&Whole) -> T) -> T {
    WHOLE.with(|cell| use_it(cell.get_or_init(whole)))
}

fn whole() -> Whole {
    let forms = forms();
    let library = Library::build(&forms.facts, &forms.treaties, &forms.states).expect("it builds");
    let joined = ids(&library).filter(|treaty| library.treaty(*treaty).joins.is_some()).collect();
    let listed = library.treaties().iter().flat_map(|treaty| treaty.offences.iter().map(|offence| offence.pattern));
    let domestic = library.states().iter().flat_map(|state| state.offences.iter().map(|offence| offence.pattern));
    let conduct = listed.chain(domestic).filter_map(|pattern| match meeting(&library.facts, &[pattern]) {
        Found::Facts(facts) => Some(facts),
        _ => None,
    });
    let conduct = conduct.collect();
    Whole { forms, library, joined, conduct }
}

pub fn ids(library: &Library) -> impl Iterator<Item = TreatyId> + use<> {
    (0..u16::try_from(library.treaties().len()).expect("few")).map(TreatyId)
}

/// From late in 2004, when the Convention on Cybercrime was in force, to 2030.
const FIRST: i32 = 12_700;
const LAST: i32 = 22_000;

pub fn days() -> impl Strategy<Value = Day> {
    (FIRST..LAST).prop_map(Day::from_number)
}

/// Before every day that is drawn.
pub fn long_ago() -> Day {
    Day::from_number(FIRST - 2_000)
}

/// What a state did towards a treaty, before it is known which.
#[derive(Clone, Debug)]
pub enum Did {
    Signed(Day),
    Consented(Day),
    ConsentedLongAgo,
    Reserved(Day, Index),
    Denounced(Day),
}

/// One act of the requesting, the requested or a third state.
pub fn did() -> impl Strategy<Value = (Index, usize, Did)> {
    let act = prop_oneof![
        2 => days().prop_map(Did::Signed),
        4 => days().prop_map(Did::Consented),
        4 => Just(Did::ConsentedLongAgo),
        1 => (days(), any::<Index>()).prop_map(|(day, article)| Did::Reserved(day, article)),
        1 => days().prop_map(Did::Denounced),
    ];
    (any::<Index>(), prop_oneof![3 => 0..2_usize, 1 => Just(2_usize)], act)
}

pub type History = Vec<(Index, usize, Did)>;

pub fn histories() -> impl Strategy<Value = History> {
    prop::collection::vec(did(), 0..40)
}

/// The instruments of a history. The third state is the one after the requested.
pub fn instruments(whole: &Whole, history: &History, question: &Question) -> Vec<Instrument> {
    let library = &whole.library;
    let made = |(treaty, who, did): &(Index, usize, Did)| {
        let treaty = *treaty.get(&whole.joined);
        let law = library.treaty(treaty);
        let articles: Vec<CiteId> = law.reservable.iter().chain(&law.declarable).copied().collect();
        let state = [question.requesting, question.requested, third(library, question)][*who];
        let (day, act) = match did {
            Did::Signed(day) => (*day, Act::Signature),
            Did::Consented(day) => (*day, Act::Consent),
            Did::ConsentedLongAgo => (long_ago(), Act::Consent),
            Did::Reserved(..) if articles.is_empty() => return None,
            Did::Reserved(day, article) => (*day, Act::Reservation(*article.get(&articles))),
            Did::Denounced(day) => (*day, Act::Denunciation),
        };
        Some(Instrument { day, treaty, state, act })
    };
    history.iter().filter_map(made).collect()
}

/// A state that is neither of the two.
pub fn third(library: &Library, question: &Question) -> StateId {
    let neither = |state: &StateId| ![question.requesting, question.requested].contains(state);
    library.state_ids().find(neither).expect("there are more than two states")
}

/// A request before the facts' names are known.
#[derive(Clone, Debug)]
pub struct Asked {
    conduct: Index,
    states: (Index, Index),
    measure: Index,
    facts: Vec<Index>,
    unknown: Vec<Index>,
    day: Day,
    conduct_before: u32,
    national: usize,
}

pub fn asked() -> impl Strategy<Value = Asked> {
    let indexes = |most| prop::collection::vec(any::<Index>(), 0..most);
    let states = (any::<Index>(), any::<Index>());
    (any::<Index>(), states, any::<Index>(), indexes(6), indexes(2), days(), 0..900_u32, 0..4_usize).prop_map(
        |(conduct, states, measure, facts, unknown, day, conduct_before, national)| Asked {
            conduct,
            states,
            measure,
            facts,
            unknown,
            day,
            conduct_before,
            national,
        },
    )
}

/// The request with nothing unknown.
pub fn question(whole: &Whole, asked: &Asked) -> Question {
    Question { unknown: FactSet::NONE, ..question_with_unknown(whole, asked) }
}

pub fn question_with_unknown(whole: &Whole, asked: &Asked) -> Question {
    let library = &whole.library;
    let given: Vec<_> = library
        .facts
        .ids()
        .filter(|fact| matches!(library.facts.kind(*fact), FactKind::Conduct | FactKind::Circumstance))
        .collect();
    let set = |indexes: &[Index]| -> FactSet { indexes.iter().map(|index| *index.get(&given)).collect() };
    let states: Vec<StateId> = library.state_ids().collect();
    let requesting = *asked.states.0.get(&states);
    let others: Vec<StateId> = states.into_iter().filter(|state| *state != requesting).collect();
    let requested = *asked.states.1.get(&others);
    let further = set(&asked.facts);
    let measure = *asked.measure.get(&Measure::ALL[..]);
    let facts = asked.conduct.get(&whole.conduct).with(further);
    Question {
        unknown: set(&asked.unknown).without(further),
        conduct_day: asked.day - asked.conduct_before,
        nationality: [None, Some(requesting), Some(requested), None][asked.national],
        ..Question::on(asked.day, (requesting, requested), measure, facts)
    }
}

/// An opinion in words: what of it does not depend on how states, treaties and articles are numbered.
pub fn words(library: &Library, question: &Question, opinion: &Opinion) -> serde_json::Value {
    opinion::json(library, question, opinion, &[])
}

/// The same question to another library, in which its states have other numbers.
pub fn translated(question: &Question, from: &Library, to: &Library) -> Question {
    let state = |state: StateId| to.state_coded(&from.state(state).code).expect("it is there");
    Question {
        requesting: state(question.requesting),
        requested: state(question.requested),
        nationality: question.nationality.map(state),
        ..*question
    }
}

/// The same instruments for another library; those of states and treaties that it lacks are left out.
pub fn translated_instruments(instruments: &[Instrument], from: &Library, to: &Library) -> Vec<Instrument> {
    let cite = |cite: CiteId| to.cite_named(from.cite(cite));
    let one = |done: &Instrument| {
        let act = match done.act {
            Act::Reservation(article) => Act::Reservation(cite(article)?),
            Act::ReservationWithdrawn(article) => Act::ReservationWithdrawn(cite(article)?),
            act => act,
        };
        let treaty = to.treaty_named(&from.treaty(done.treaty).name)?;
        Some(Instrument { day: done.day, treaty, state: to.state_coded(&from.state(done.state).code)?, act })
    };
    instruments.iter().filter_map(one).collect()
}
