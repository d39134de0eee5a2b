//! Memberships as written, turned into dated instruments; what treaty law does not allow is a problem here.

use std::collections::{BTreeMap, BTreeSet};

use super::record;
use super::shelf::Shelf;
use crate::base::{CiteId, Day, Place, Problem, Problems, Spanned, StateId, TreatyId};
use crate::law::forms::{ActsForm, DatedActsForm, MembershipsForm, TreatyMembershipForm};
use crate::law::{Act, Instrument, Library};

/// Stands for every state that is not named.
pub(super) const EVERYONE_ELSE: &str = "*";

/// All instruments that a membership table stands for.
///
/// # Errors
/// Unknown treaties, states and articles; acts that treaty law does not allow.
pub fn instruments(shelf: &Shelf, library: &Library, form: &MembershipsForm) -> Result<Vec<Instrument>, Problems> {
    let mut writing = Writing { shelf, library, instruments: Vec::new(), problems: Problems::default() };
    for (name, membership) in form {
        let Some(treaty) = writing.treaty(name) else { continue };
        match membership {
            TreatyMembershipForm::Record => {
                let recorded = writing.recorded(treaty, name.place);
                writing.instruments.extend(recorded);
            }
            TreatyMembershipForm::States(states) => writing.states(treaty, states),
        }
    }
    writing.problems.or(writing.instruments)
}

struct Writing<'a> {
    shelf: &'a Shelf,
    library: &'a Library,
    instruments: Vec<Instrument>,
    problems: Problems,
}

impl Writing<'_> {
    /// The treaty of a name; a text of which the library holds a single variant goes by its bare name too.
    fn treaty(&mut self, name: &Spanned<String>) -> Option<TreatyId> {
        let found = treaty_called(self.library, name);
        if found.is_none() {
            let known = self.library.treaties().iter().map(|treaty| treaty.name.as_str());
            self.problems.push(Problem::unknown("treaty", name, known));
        }
        found
    }

    /// What the record holds of a treaty; a record that is missing is a problem of the place that asks for it.
    fn recorded(&mut self, treaty: TreatyId, place: Place) -> Vec<Instrument> {
        record::instruments(self.shelf, self.library, &self.library.treaty(treaty).name).unwrap_or_else(|problems| {
            self.problems.0.extend(problems.0.into_iter().map(|problem| Problem { place, ..problem }));
            Vec::new()
        })
    }

    fn states(&mut self, treaty: TreatyId, states: &BTreeMap<Spanned<String>, Spanned<ActsForm>>) {
        for (code, acts) in states {
            if code.value == EVERYONE_ELSE {
                let others =
                    self.library.state_ids().filter(|id| !states.contains_key(self.library.state(*id).code.as_str()));
                for state in others.collect::<Vec<_>>() {
                    self.acts(treaty, state, acts);
                }
            } else if let Some(state) = self.library.state_coded(code) {
                self.acts(treaty, state, acts);
            } else {
                let known = self.library.states().iter().map(|state| state.code.as_str());
                self.problems.push(Problem::unknown("state", code, known));
            }
        }
    }

    fn acts(&mut self, treaty: TreatyId, state: StateId, acts: &Spanned<ActsForm>) {
        let dated = match &acts.value {
            ActsForm::Never => return,
            ActsForm::Record => {
                let recorded = self.recorded(treaty, acts.place);
                self.instruments.extend(recorded.into_iter().filter(|instrument| instrument.state == state));
                return;
            }
            ActsForm::Acts(dated) => dated,
        };
        self.in_order(dated, acts);
        let mut add = |day: Option<Day>, act: Act| {
            self.instruments.extend(day.map(|day| Instrument { day, treaty, state, act }));
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
                self.instruments.push(Instrument { day, treaty, state, act: Act::Reservation(cite) });
            } else {
                let message =
                    "a reservation or declaration is made when signing or consenting, and this state did neither";
                self.problems.push(Problem::new(article.place, message));
            }
        }
        for (article, day) in &dated.withdrawn {
            let Some(cite) = self.reservable(treaty, article) else { continue };
            if dated.reserved.contains(article) {
                self.instruments.push(Instrument { day: *day, treaty, state, act: Act::ReservationWithdrawn(cite) });
            } else {
                let message = format!("`{}` was never reserved, so it cannot be withdrawn", article.value);
                self.problems.push(Problem::new(article.place, message));
            }
        }
    }

    fn in_order(&mut self, dated: &DatedActsForm, acts: &Spanned<ActsForm>) {
        let order = [("signed", dated.signed), ("consented", dated.consented), ("denounced", dated.denounced)];
        let known: Vec<(&str, Day)> = order.into_iter().filter_map(|(act, day)| Some((act, day?))).collect();
        for pair in known.windows(2) {
            if pair[1].1 < pair[0].1 {
                let message = format!("{} on {}, before it was {} on {}", pair[1].0, pair[1].1, pair[0].0, pair[0].1);
                self.problems.push(Problem::new(acts.place, message));
            }
        }
        if dated.denounced.is_some() && dated.consented.is_none() {
            self.problems.push(Problem::new(acts.place, "denounced without ever having consented"));
        }
    }

    fn declarable(&mut self, treaty: TreatyId, article: &Spanned<String>) -> Option<CiteId> {
        declarable(self.library, treaty, article).map_err(|problem| self.problems.push(problem)).ok()
    }

    fn reservable(&mut self, treaty: TreatyId, article: &Spanned<String>) -> Option<CiteId> {
        reservable(self.library, treaty, article).map_err(|problem| self.problems.push(problem)).ok()
    }
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

/// The citation of an article that a treaty allows to be reserved.
///
/// # Errors
/// That it does not, with the articles that it does.
pub fn reservable(library: &Library, treaty: TreatyId, article: &Spanned<String>) -> Result<CiteId, Problem> {
    among(library, treaty, &library.treaty(treaty).reservable, article, "reservation to")
}

/// The citation of an article under which a declaration has an effect on the data.
///
/// # Errors
/// That it has none, with the articles under which one does.
pub fn declarable(library: &Library, treaty: TreatyId, article: &Spanned<String>) -> Result<CiteId, Problem> {
    among(library, treaty, &library.treaty(treaty).declarable, article, "declaration under")
}

fn among(
    library: &Library,
    treaty: TreatyId,
    articles: &BTreeSet<CiteId>,
    article: &Spanned<String>,
    act: &str,
) -> Result<CiteId, Problem> {
    let prefix = &library.treaty(treaty).cites_as;
    let cite = library.cite_named(&format!("{prefix} {}", article.value));
    cite.filter(|cite| articles.contains(cite)).ok_or_else(|| {
        let allowed: Vec<&str> = articles.iter().map(|cite| &library.cite(*cite)[prefix.len() + 1..]).collect();
        let help = if allowed.is_empty() {
            "it allows none at all".to_owned()
        } else {
            format!("it allows: {}", allowed.join(", "))
        };
        let message = format!("{prefix} allows no {act} `{}`", article.value);
        Problem::new(article.place, message).help(help).near(article, allowed)
    })
}
