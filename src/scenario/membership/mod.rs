//! Memberships as written, turned into dated instruments; what treaty law does not allow is a problem here.

mod articles;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use articles::is_declaration;
pub use articles::{declarable, reservable, withdrawable};

use super::named_once::named_twice;
use super::record;
use super::shelf::Shelf;
use crate::base::{CiteId, Day, Place, Problem, Problems, Spanned, StateId, TreatyId};
use crate::law::forms::{ActsForm, DatedActsForm, MembershipsForm, TreatyMembershipForm};
use crate::law::{Act, Instrument, Library};

/// Stands for every state that is not named.
pub(super) const EVERYONE_ELSE: &str = "*";

/// The instruments that a membership table stands for.
#[derive(Debug, Default)]
pub struct Written {
    /// Those of the entries in which nothing is wrong.
    pub instruments: Vec<Instrument>,
    /// Treaties between two states that one of them is said to stay out of.
    never_concluded: BTreeSet<TreatyId>,
    /// Unknown treaties, states and articles; acts that treaty law does not allow.
    pub problems: Problems,
    /// Whose acts towards which treaty are not known, because something is wrong with what is written of them.
    pub unsure: Unsure,
}

impl Written {
    /// Takes out of the law the treaties between two states that one of them stays out of.
    pub fn take_out(&self, library: &mut Library) {
        for treaty in &self.never_concluded {
            library.take_as_never_concluded(*treaty);
        }
    }
}

/// Acts that are not known. What other acts need to have gone before, may be among them.
#[derive(Clone, Debug, Default)]
pub struct Unsure {
    /// Of every state towards every treaty.
    pub all: bool,
    treaties: BTreeSet<TreatyId>,
    states: BTreeSet<StateId>,
    acts: BTreeSet<(TreatyId, StateId)>,
}

impl Unsure {
    /// Whether what a state did towards a treaty is not known.
    #[must_use]
    pub fn holds(&self, treaty: TreatyId, state: StateId) -> bool {
        let whole = self.all || self.treaties.contains(&treaty) || self.states.contains(&state);
        whole || self.acts.contains(&(treaty, state))
    }

    /// Notes an act of which no more is known than this.
    pub(super) fn note(&mut self, treaty: Option<TreatyId>, state: Option<StateId>) {
        match (treaty, state) {
            (Some(treaty), Some(state)) => _ = self.acts.insert((treaty, state)),
            (Some(treaty), None) => _ = self.treaties.insert(treaty),
            (None, Some(state)) => _ = self.states.insert(state),
            (None, None) => self.all = true,
        }
    }
}

/// All instruments that a membership table stands for.
#[must_use]
pub fn instruments(shelf: &Shelf, library: &Library, form: &MembershipsForm) -> Written {
    let mut writing = Writing { shelf, library, written: Written::default() };
    writing.written.problems.0.extend(named_twice(library, form.keys()));
    for (name, membership) in form {
        let Some(treaty) = writing.treaty(name) else {
            writing.written.unsure.all = true;
            continue;
        };
        if let Some(problem) = joined_by_nobody(library, treaty, name.place) {
            writing.written.problems.push(problem);
            writing.written.unsure.note(Some(treaty), None);
            continue;
        }
        match membership {
            TreatyMembershipForm::Record => {
                let recorded = writing.recorded(treaty, name.place);
                writing.written.instruments.extend(recorded);
            }
            TreatyMembershipForm::States(states) => writing.states(treaty, states),
        }
    }
    writing.written
}

struct Writing<'a> {
    shelf: &'a Shelf,
    library: &'a Library,
    written: Written,
}

impl Writing<'_> {
    /// The treaty of a name; a text of which the library holds a single variant goes by its bare name too.
    fn treaty(&mut self, name: &Spanned<String>) -> Option<TreatyId> {
        treaty_of(self.library, name).map_err(|problem| self.written.problems.push(problem)).ok()
    }

    /// What the record holds of a treaty; a record that is missing is a problem of the place that asks for it.
    fn recorded(&mut self, treaty: TreatyId, place: Place) -> Vec<Instrument> {
        record::instruments(self.shelf, self.library, &self.library.treaty(treaty).name).unwrap_or_else(|problems| {
            self.written.problems.0.extend(problems.0.into_iter().map(|problem| Problem { place, ..problem }));
            self.written.unsure.note(Some(treaty), None);
            Vec::new()
        })
    }

    fn states(&mut self, treaty: TreatyId, states: &BTreeMap<Spanned<String>, Spanned<ActsForm>>) {
        for (code, acts) in states {
            if code.value == EVERYONE_ELSE {
                let open_to = |state: &StateId| self.library.treaty(treaty).is_open_to(*state);
                let named = |state: &StateId| states.contains_key(self.library.state(*state).code.as_str());
                let others = self.library.state_ids().filter(|state| open_to(state) && !named(state));
                for state in others.collect::<Vec<_>>() {
                    self.acts(treaty, state, acts);
                }
                continue;
            }
            match state_called(self.library, code) {
                Ok(state) => {
                    self.acts(treaty, state, acts);
                    if acts.value == ActsForm::Record {
                        self.on_record(code, acts.place);
                    }
                }
                Err(unknown) => {
                    self.written.problems.push(unknown);
                    self.written.unsure.note(Some(treaty), None);
                }
            }
        }
    }

    /// Nothing is recorded of an invented state, so that `record` would let it stay out without saying so.
    fn on_record(&mut self, code: &Spanned<String>, place: Place) {
        // A list that cannot be read is told where its states are looked for.
        let Ok(recorded) = record::states(self.shelf) else { return };
        if recorded.iter().all(|state| state.code != code.value) {
            let message = format!("`{}` is no state of the record", code.value);
            let help = "write `never`, the day of its consent, or its acts with their days";
            self.written.problems.push(Problem::new(place, message).help(help));
        }
    }

    fn acts(&mut self, treaty: TreatyId, state: StateId, acts: &Spanned<ActsForm>) {
        let before = self.written.problems.0.len();
        self.acts_of(treaty, state, acts);
        if self.written.problems.0.len() > before {
            self.written.unsure.note(Some(treaty), Some(state));
        }
    }

    fn acts_of(&mut self, treaty: TreatyId, state: StateId, acts: &Spanned<ActsForm>) {
        let law = self.library.treaty(treaty);
        if let Some(problem) = closed(self.library, treaty, state, acts.place).filter(|_| acts.value != ActsForm::Never)
        {
            self.written.problems.push(problem);
            return;
        }
        let dated = match &acts.value {
            ActsForm::Never => {
                self.written.never_concluded.extend(law.binds_from(state).map(|_| treaty));
                return;
            }
            ActsForm::Record => {
                let recorded = self.recorded(treaty, acts.place);
                self.written.instruments.extend(recorded.into_iter().filter(|instrument| instrument.state == state));
                return;
            }
            ActsForm::Acts(dated) => dated,
        };
        self.in_order(dated, acts, law.binds_from(state));
        let alone = dated.denounced.and_then(|_| part_of_another(self.library, treaty, acts.place));
        self.written.problems.0.extend(alone);
        let mut add = |day: Option<Day>, act: Act| {
            self.written.instruments.extend(day.map(|day| Instrument { day, treaty, state, act }));
        };
        add(dated.signed, Act::Signature);
        add(dated.consented, Act::Consent);
        add(dated.denounced, Act::Denunciation);
        for (article, declared) in
            dated.reserved.iter().map(|a| (a, false)).chain(dated.declared.iter().map(|a| (a, true)))
        {
            let cite = if declared { self.declarable(treaty, article) } else { self.reservable(treaty, article) };
            let Some(cite) = cite else { continue };
            if let Some(day) = dated.consented.or(dated.signed) {
                self.written.instruments.push(Instrument { day, treaty, state, act: Act::Reservation(cite) });
            } else {
                let message =
                    "a reservation or declaration is made when signing or consenting, and this state did neither";
                self.written.problems.push(Problem::new(article.place, message));
            }
        }
        for (article, day) in &dated.withdrawn {
            self.withdrawn((treaty, state), dated, article, *day);
        }
    }

    /// The withdrawal of a reservation or declaration that stands in the same entry.
    fn withdrawn(
        &mut self,
        (treaty, state): (TreatyId, StateId),
        dated: &DatedActsForm,
        article: &Spanned<String>,
        day: Day,
    ) {
        let found = withdrawable(self.library, treaty, article);
        let Some(cite) = found.map_err(|problem| self.written.problems.push(problem)).ok() else { return };
        let declared = is_declaration(self.library, treaty, cite);
        let message = if let Some(made) = dated.consented.or(dated.signed).filter(|made| day < *made) {
            let done = if declared { "declared" } else { "reserved" };
            format!("`{}` withdrawn on {day}, before it was {done} on {made}", article.value)
        } else if !dated.reserved.contains(article) && !dated.declared.contains(article) {
            let article = &article.value;
            let never = if declared {
                format!("nothing was declared under `{article}`")
            } else {
                format!("`{article}` was never reserved")
            };
            format!("{never}, so it cannot be withdrawn")
        } else {
            let act = Act::ReservationWithdrawn(cite);
            self.written.instruments.push(Instrument { day, treaty, state, act });
            return;
        };
        self.written.problems.push(Problem::new(article.place, message));
    }

    /// Whether acts follow on one another, and on the day from which the treaty binds without any.
    fn in_order(&mut self, dated: &DatedActsForm, acts: &Spanned<ActsForm>, binds_from: Option<Day>) {
        if let Some(from) = binds_from {
            let joins = dated.signed.or(dated.consented).is_some();
            if joins || dated.denounced.is_some_and(|day| day < from) {
                let help = "write `never` if it was not concluded, or `denounced` with a later day";
                self.written.problems.push(by_itself(from, acts.place).help(help));
            }
            return;
        }
        let order = [("signed", dated.signed), ("consented", dated.consented), ("denounced", dated.denounced)];
        let known: Vec<(&str, Day)> = order.into_iter().filter_map(|(act, day)| Some((act, day?))).collect();
        for pair in known.windows(2) {
            if pair[1].1 < pair[0].1 {
                let message = format!("{} on {}, before it was {} on {}", pair[1].0, pair[1].1, pair[0].0, pair[0].1);
                self.written.problems.push(Problem::new(acts.place, message));
            }
        }
        if dated.denounced.is_some() && dated.consented.is_none() {
            self.written.problems.push(Problem::new(acts.place, "denounced without ever having consented"));
        }
    }

    fn declarable(&mut self, treaty: TreatyId, article: &Spanned<String>) -> Option<CiteId> {
        declarable(self.library, treaty, article).map_err(|problem| self.written.problems.push(problem)).ok()
    }

    fn reservable(&mut self, treaty: TreatyId, article: &Spanned<String>) -> Option<CiteId> {
        reservable(self.library, treaty, article).map_err(|problem| self.written.problems.push(problem)).ok()
    }
}

/// That a state can have no part in a treaty, if it cannot.
pub(super) fn closed(library: &Library, treaty: TreatyId, state: StateId, place: Place) -> Option<Problem> {
    let law = library.treaty(treaty);
    if law.is_open_to(state) {
        return None;
    }
    let (treaty, state) = (&law.name, &library.state(state).name);
    Some(Problem::new(place, format!("`{treaty}` is a treaty between two states, and {state} is neither of them")))
}

/// That a rule of custom is no text which a state could sign, join or leave.
pub(super) fn joined_by_nobody(library: &Library, treaty: TreatyId, place: Place) -> Option<Problem> {
    let law = library.treaty(treaty);
    law.is_custom.then(|| {
        let message = format!("`{}` is a rule of custom, which nobody joins and nobody leaves", law.name);
        let help =
            "it binds whoever did not object in time: `custom` says when it may emerge, and its `objects` who objects";
        Problem::new(place, message).help(help)
    })
}

/// That a treaty is an amendment, and as part of another not denounced alone.
pub(super) fn part_of_another(library: &Library, treaty: TreatyId, place: Place) -> Option<Problem> {
    let law = library.treaty(treaty);
    let parent = &library.treaty(law.parent.filter(|_| law.is_amendment())?).name;
    let message =
        format!("`{}` is an amendment, and not denounced without the treaty that it amends (VCLT 44(1))", law.name);
    Some(Problem::new(place, message).help(format!("denounce `{parent}`")))
}

/// That nobody joins a treaty which binds its two states by its own dates.
pub(super) fn by_itself(from: Day, place: Place) -> Problem {
    Problem::new(place, format!("the treaty binds its two states from {from}, by its own dates"))
}

/// The treaty of a name; a text of which the library holds a single variant goes by its bare name too.
#[must_use]
pub fn treaty_called(library: &Library, name: &str) -> Option<TreatyId> {
    let exact = library.treaty_named(name);
    let variants = (0_u16..)
        .zip(library.treaties())
        .filter(|(_, treaty)| treaty.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')));
    let mut variants = variants.map(|(id, _)| TreatyId(id));
    exact.or_else(|| variants.next().filter(|_| variants.next().is_none()))
}

/// The treaty of a name that is written somewhere.
///
/// # Errors
/// That the scenario has none of that name.
pub(super) fn treaty_of(library: &Library, name: &Spanned<String>) -> Result<TreatyId, Problem> {
    let known = library.treaties().iter().map(|treaty| treaty.name.as_str());
    treaty_called(library, name).ok_or_else(|| Problem::unknown("treaty", name, known))
}

/// The state of a code.
///
/// # Errors
/// That there is none, with the nearest known code.
pub(super) fn state_called(library: &Library, code: &Spanned<String>) -> Result<StateId, Problem> {
    let known = library.states().iter().map(|state| state.code.as_str());
    library.state_coded(code).ok_or_else(|| Problem::unknown("state", code, known))
}
