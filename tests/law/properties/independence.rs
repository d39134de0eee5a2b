//! An opinion depends on the two States, the treaties that bear on the measure, and days on which something changes;
//! on nothing else.

use std::collections::BTreeSet;

use comity::law::forms::TreatyForm;
use comity::law::{self, Library, Memberships, Opinion, Question, StateSource};
use proptest::prelude::*;

use super::given::{
    Whole, asked, did, histories, ids, instruments, question, third, translated, translated_instruments, with_whole,
    words,
};
use super::{config, events};

/// Whether a treaty bears on a measure: it speaks of it, or belongs to one that does; it is special on a matter; it
/// displaces others; or it is membership of the Union, which rules may ask for.
fn bears_on(whole: &Whole, name: &str, question: &Question) -> bool {
    let library = &whole.library;
    let speaks = |treaty: &law::Treaty| treaty.rules.on(question.measure).next().is_some();
    let of_name = |treaty: &law::Treaty| treaty.name == name || treaty.name.starts_with(&format!("{name}/"));
    let mut family = ids(library).filter(|id| of_name(library.treaty(*id)));
    family.any(|id| {
        let treaty = library.treaty(id);
        let relatives = ids(library).filter(|other| {
            library.treaty(*other).parent == Some(id) || (treaty.parent.is_some() && treaty.parent == Some(*other))
        });
        speaks(treaty)
            || treaty.extends.is_some()
            || treaty.on_extradition
            || treaty.on_assistance
            || treaty.name == "european-union"
            || relatives.into_iter().any(|relative| speaks(library.treaty(relative)))
    })
}

/// The treaties that bear on a measure, those that the opinion cites as not knowing it, and those that they name.
fn bearing(whole: &Whole, question: &Question, opinion: &Opinion) -> Vec<TreatyForm> {
    let forms = &whole.forms.treaties;
    let is_cited = |form: &TreatyForm| {
        let mut cited = opinion.grounds.iter().map(|ground| whole.library.cite(ground.cite));
        cited.any(|cite| cite == form.cites_as)
    };
    let kept = forms.iter().filter(|form| bears_on(whole, &form.treaty, question) || is_cited(form));
    let mut kept: BTreeSet<&str> = kept.map(|form| form.treaty.value.as_str()).collect();
    for _ in forms {
        let named = forms.iter().filter(|form| kept.contains(form.treaty.as_str()));
        let named: Vec<&str> = named
            .flat_map(|form| form.protocol_to.iter().chain(&form.displaces))
            .map(|name| name.value.as_str())
            .collect();
        kept.extend(named);
    }
    forms.iter().filter(|form| kept.contains(form.treaty.as_str())).cloned().collect()
}

proptest! {
    #![proptest_config(config(150))]

    /// The law of all other States, and treaties that do not bear on the measure, may be left out of the library, unless
    /// that the measure lies outside them is the answer. (The acts of other States are left out on both sides; see the next property.)
    #[test]
    fn an_opinion_never_depends_on_unrelated_treaties_or_on_other_states_laws(history in histories(), asked in asked()) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let mut instruments = instruments(whole, &history, &question);
            instruments.retain(|done| [question.requesting, question.requested].contains(&done.state));
            let all = law::decide(library, &Memberships::of(library, &instruments), &question);
            let of_the_two = |state: &&StateSource| {
                [question.requesting, question.requested].iter().any(|id| library.state(*id).code == state.code.value)
            };
            let states: Vec<StateSource> = whole.forms.states.iter().filter(of_the_two).cloned().collect();
            let treaties = bearing(whole, &question, &all);
            let few = Library::build(&whole.forms.facts, &treaties, &states).expect("a part builds as the whole does");
            let asked_of_few = translated(&question, library, &few);
            let memberships = Memberships::of(&few, &translated_instruments(&instruments, library, &few));
            let alone = law::decide(&few, &memberships, &asked_of_few);
            prop_assert_eq!(words(library, &question, &all), words(&few, &asked_of_few, &alone));
            Ok(())
        })?;
    }

    /// What a third State does changes nothing between two others, unless its consent is one that a treaty still needs
    /// to enter into force at all.
    #[test]
    fn an_opinion_never_depends_on_the_acts_of_a_third_state(
        history in histories(),
        further in prop::collection::vec(did(), 0..12),
        asked in asked(),
    ) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let before = Memberships::of(library, &instruments(whole, &history, &question));
            let further = further.into_iter().map(|(treaty, _, did)| (treaty, 2, did)).collect();
            let third_acts = instruments(whole, &further, &question);
            prop_assert!(third_acts.iter().all(|done| done.state == third(library, &question)));
            let after = before.with(library, &third_acts);
            prop_assume!(ids(library).all(|treaty| before.first_in_force(treaty) == after.first_in_force(treaty)));
            prop_assert_eq!(law::decide(library, &before, &question), law::decide(library, &after, &question));
            Ok(())
        })?;
    }

    /// The answer of one day is that of the next, where nothing begins or ends on the next.
    #[test]
    fn moving_a_date_across_no_event_changes_nothing(history in histories(), asked in asked(), later in 1..400_u32) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let memberships = Memberships::of(library, &instruments(whole, &history, &question));
            let events = events(whole, &memberships);
            let next = events.iter().copied().filter(|day| *day > question.day).min();
            let last = next.map_or(question.day + later, |next| (next - 1).min(question.day + later));
            let moved = Question { day: last, ..question };
            prop_assert_eq!(law::decide(library, &memberships, &question), law::decide(library, &memberships, &moved));
            let next = events.iter().copied().filter(|day| *day > question.conduct_day).min();
            let last = next.map_or(question.day, |next| (next - 1).min(question.day));
            let moved = Question { conduct_day: last, ..question };
            prop_assert_eq!(law::decide(library, &memberships, &question), law::decide(library, &memberships, &moved));
            Ok(())
        })?;
    }
}
