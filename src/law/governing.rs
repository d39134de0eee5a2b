//! Which treaties govern a request: in force between the two states, with their protocols and reservations.

use super::fact::FactSet;
use super::library::Library;
use super::list::List;
use super::measure::Measure;
use super::membership::Memberships;
use super::question::Question;
use super::reach::{owed, passed_over};
use super::rule::Rule;
use super::special::Special;
use super::trace::Finding;
use super::treaty::{Threshold, Treaty};
use super::waiting::NotGoverning;
use crate::base::{CiteId, Day, StateId, TreatyId};

/// A treaty in force between the two states of a question, as it stands between them.
#[derive(Clone, Debug)]
pub struct Governing {
    /// The treaty.
    pub treaty: TreatyId,
    /// In force between the two since this day.
    pub since: Day,
    /// Whether it no longer binds both, but did when the request came (VCLT 70(1)).
    pub ended: bool,
    /// The article by which it is still owed although one of the two left, over an offence committed before, where
    /// the person or the data were held before, or where it was asked before.
    pub owed_after_leaving: Option<CiteId>,
    /// Once a denunciation by one of the two was received: the day from which it no longer binds both; or of the protocols that
    /// alone have the offence the one that ends last, with its day.
    pub out_of_force: Option<(Day, TreatyId)>,
    /// The penalty threshold that governs, if any.
    pub threshold: Option<Threshold>,
    /// Offences of the treaty or its protocols that the conduct meets between the two.
    pub listed: List<Listed>,
    /// An offence that the conduct meets, taken out by a reservation.
    pub reserved: Option<TakenOut>,
    /// Whether the requested state accepts the treaty as its basis for extradition.
    pub accepted_as_basis: bool,
    /// Protocols in force between the two.
    protocols: List<TreatyId>,
    requesting: StateId,
    requested: StateId,
    day: Day,
    /// The day on which the request was received.
    received: Day,
}

/// A listed offence that the conduct meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The article of the offence.
    pub offence: CiteId,
    /// The clause of the protocol that reads it into the parent, if it comes from a protocol.
    pub clause: Option<CiteId>,
}

/// A reservation that takes an offence out between two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// Whose reservation.
    pub state: StateId,
    /// Under which article.
    pub article: CiteId,
}

/// The treaties that could carry a measure, in force or not. A protocol that is read into its parent carries
/// nothing by itself.
pub fn carrying(library: &Library, measure: Measure) -> impl Iterator<Item = TreatyId> {
    library.bearing.carrying(measure).iter().copied()
}

/// The treaties that give way to another between the two, each with that other: it is in force, carries the
/// measure and applies to the request. `facts` are those that hold whatever treaty is looked at.
#[must_use]
pub fn displaced(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    facts: FactSet,
) -> List<(TreatyId, TreatyId)> {
    let mut displaced = List::new();
    for id in library.bearing.displacing(question.measure) {
        let treaty = library.treaty(*id);
        let Some((since, day, _)) = owed(library, memberships, question, *id) else { continue };
        if passed_over(library, memberships, question, *id, facts, day).is_some() {
            continue;
        }
        displaced.extend(treaty.displaces.iter().map(|other| (*other, *id)));
        let measure = question.measure;
        let supersedes = treaty.supersedes_earlier_on(measure);
        if treaty.displaces_bilateral || supersedes {
            let earlier = library.bearing.bilateral().iter().filter(|other| {
                let (other, law) = (*other, library.treaty(**other));
                // A protocol is no newer than the treaty to which it belongs.
                let concluded = law.parent.unwrap_or(*other);
                let from =
                    memberships.in_force_between(concluded, question.requesting, question.requested, question.day);
                let by_text = treaty.displaces_bilateral && law.governs_matter_of(measure);
                let by_time = supersedes && law.is_special_on(measure);
                other != id && from.is_some_and(|from| by_text && from <= since || by_time && from < since)
            });
            displaced.extend(earlier.map(|other| (*other, *id)));
        }
    }
    displaced
}

/// The treaties in force between the two states that do not know a measure; those on the same matter, or if there are
/// none, those on others.
#[must_use]
pub fn silent(library: &Library, memberships: &Memberships, question: &Question) -> List<TreatyId> {
    let in_force = |treaty: &&TreatyId| in_force(memberships, **treaty, question, question.day);
    let lists = library.bearing.silent(question.measure).iter();
    lists
        .map(|list| list.iter().filter(in_force).copied().collect())
        .find(|found: &List<_>| !found.is_empty())
        .unwrap_or_default()
}

pub(super) fn in_force(memberships: &Memberships, treaty: TreatyId, question: &Question, day: Day) -> bool {
    memberships.in_force_between(treaty, question.requesting, question.requested, day).is_some()
}

/// What is known of a request before any treaty is looked at.
pub struct Before<'a> {
    /// The law.
    pub library: &'a Library,
    /// Who is bound by what.
    pub memberships: &'a Memberships,
    /// The request.
    pub question: &'a Question,
    /// The facts that hold whatever treaty is looked at.
    pub facts: FactSet,
    /// The special treaties between the two.
    pub special: &'a Special,
    /// Treaties that give way, each with the one that takes its place.
    pub displaced: &'a [(TreatyId, TreatyId)],
}

/// The treaty as it governs a question, or why it does not. A treaty that bound both when the request came
/// governs still, as ended.
///
/// # Errors
/// Where the two states stand towards it, when it is not in force between them.
pub fn govern(before: &Before, treaty: TreatyId) -> Result<Governing, NotGoverning> {
    let Before { library, memberships, question, facts, special, displaced } = *before;
    if let Some((_, by)) = displaced.iter().find(|(other, _)| *other == treaty) {
        return Err(NotGoverning::displaced(treaty, *by));
    }
    let law = library.treaty(treaty);
    let still = owed(library, memberships, question, treaty);
    // Where a text says what becomes of what was begun, the general rule on the end of treaties does not (VCLT 70(1)).
    let when_asked = || {
        let day = Some(question.request_day).filter(|_| law.owed_where_held.is_none())?;
        let since = memberships.in_force_between(treaty, question.requesting, question.requested, day);
        since.map(|since| (since, day, None))
    };
    let Some((since, day, owed_after_leaving)) = still.or_else(when_asked) else {
        return Err(NotGoverning::of(library, memberships, question, treaty));
    };
    let stands = |protocol: &&TreatyId| {
        in_force(memberships, **protocol, question, day)
            && !displaced.iter().any(|(other, _)| other == *protocol)
            && passed_over(library, memberships, question, **protocol, facts, day).is_none()
    };
    let protocols = library.bearing.protocols(treaty).iter().filter(stands).copied().collect();
    let mut governing = Governing {
        treaty,
        since,
        ended: still.is_none(),
        owed_after_leaving,
        out_of_force: memberships
            .leaving_between(treaty, question.requesting, question.requested, question.day)
            .map(|day| (day, treaty)),
        threshold: threshold(library, special, law),
        listed: List::new(),
        reserved: None,
        accepted_as_basis: library.state(question.requested).accepts_as_basis.contains(&treaty),
        protocols,
        requesting: question.requesting,
        requested: question.requested,
        day,
        received: question.request_day,
    };
    governing.list(library, memberships, facts);
    Ok(governing)
}

/// A special extradition treaty's threshold replaces that of a treaty that yields to it, whether lower or
/// higher (ETS 185, Art. 24(1)(b)); of several, the lowest, since the requesting state relies on the best.
fn threshold(library: &Library, special: &Special, law: &Treaty) -> Option<Threshold> {
    let own = law.threshold?;
    if !own.yields {
        return Some(own);
    }
    let others = special.extradition.iter().filter_map(|special| library.treaty(*special).threshold);
    Some(others.min_by_key(|other| (other.months, other.more_than)).unwrap_or(own))
}

/// The protocols that are read into a treaty, and whether each binds both states.
pub fn protocols(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    treaty: TreatyId,
) -> impl Iterator<Item = (TreatyId, Finding)> {
    library.bearing.protocols(treaty).iter().map(move |id| {
        let id = *id;
        let since = memberships.in_force_between(id, question.requesting, question.requested, question.day);
        let not_governing = || NotGoverning::of(library, memberships, question, id).finding();
        let finding = since.map_or_else(not_governing, Finding::Since);
        (id, finding)
    })
}

impl Governing {
    /// Finds the offences of the treaty and its protocols that the conduct meets.
    fn list(&mut self, library: &Library, memberships: &Memberships, conduct: FactSet) {
        let protocols = self.protocols.iter().filter(|protocol| library.treaty(**protocol).extends.is_some());
        let mut listing: List<TreatyId> = List::new();
        for treaty in std::iter::once(self.treaty).chain(protocols.copied()) {
            let law = library.treaty(treaty);
            for offence in law.offences.iter().filter(|offence| offence.pattern.holds(conduct)) {
                let taken_out = offence.reservable.iter().find_map(|&article| {
                    [self.requested, self.requesting]
                        .into_iter()
                        .find(|state| memberships.reserved(treaty, *state, article, self.day))
                        .map(|state| TakenOut { state, article })
                });
                if taken_out.is_some() {
                    self.reserved = self.reserved.or(taken_out);
                    continue;
                }
                self.listed.push(Listed { offence: offence.cite, clause: law.extends });
                listing.push(treaty);
            }
        }
        // What protocols alone list ends with the last of them, if all are left before the treaty.
        if self.own_bases().next().is_none() {
            let left = |treaty: &TreatyId| {
                let day = memberships.leaving_between(*treaty, self.requesting, self.requested, self.day);
                day.map(|day| (day, *treaty))
            };
            let all: Option<List<_>> = listing.iter().map(left).collect();
            let last = all.and_then(|all| all.into_iter().max());
            self.out_of_force = self.out_of_force.into_iter().chain(last).min();
        }
    }

    /// The rules of the treaty and of its protocols that speak of a measure, in the text in force.
    pub fn rules<'a>(
        &'a self,
        library: &'a Library,
        measure: Measure,
    ) -> impl Iterator<Item = (TreatyId, &'a Rule)> + 'a {
        std::iter::once(self.treaty).chain(self.protocols.iter().copied()).flat_map(move |treaty| {
            let rules = library.treaty(treaty).rules.in_force_for(measure, self.day, self.received);
            rules.map(move |rule| (treaty, rule))
        })
    }

    /// The article by which the treaty passes the request over, where it does not apply to it at all.
    #[must_use]
    pub fn passed_over(
        &self,
        library: &Library,
        memberships: &Memberships,
        question: &Question,
        facts: FactSet,
    ) -> Option<CiteId> {
        passed_over(library, memberships, question, self.treaty, facts, self.day)
    }

    /// Whether either state's reservation under an article stands.
    #[must_use]
    pub fn either_reserves(&self, memberships: &Memberships, treaty: TreatyId, article: CiteId) -> bool {
        self.reserves(memberships, treaty, article) || self.other_reserves(memberships, treaty, article)
    }

    /// Whether the requesting state's reservation or declaration under an article stands.
    #[must_use]
    pub fn other_reserves(&self, memberships: &Memberships, treaty: TreatyId, article: CiteId) -> bool {
        memberships.reserved(treaty, self.requesting, article, self.day)
    }

    /// Whether the requested state's reservation or declaration under an article stands.
    #[must_use]
    pub fn reserves(&self, memberships: &Memberships, treaty: TreatyId, article: CiteId) -> bool {
        memberships.reserved(treaty, self.requested, article, self.day)
    }

    /// The clause and the offence of a protocol, where the conduct meets one and none of the parent's own.
    #[must_use]
    pub fn protocol_bases(&self) -> List<CiteId> {
        if self.listed.iter().any(|listed| listed.clause.is_none()) {
            return List::new();
        }
        self.listed.iter().flat_map(|listed| [listed.clause.unwrap_or(listed.offence), listed.offence]).collect()
    }

    /// The treaty's own offences that the conduct meets.
    pub fn own_bases(&self) -> impl Iterator<Item = CiteId> + '_ {
        self.listed.iter().filter(|listed| listed.clause.is_none()).map(|listed| listed.offence)
    }

    /// A protocol that both have accepted and whose offence the conduct meets, not yet in force between them: the
    /// day from which it will be, with the protocol.
    #[must_use]
    pub fn coming(&self, before: &Before) -> Option<(Day, TreatyId)> {
        let reaching = before.library.treaty_ids().filter(|id| {
            let protocol = before.library.treaty(*id);
            protocol.parent == Some(self.treaty)
                && protocol.extends.is_some()
                && protocol.offences.iter().any(|offence| offence.pattern.holds(before.facts))
        });
        let Before { library, memberships, question, .. } = *before;
        let from = reaching.filter_map(|id| NotGoverning::of(library, memberships, question, id).from());
        // One that is in force, and gives way for another reason, is not coming.
        from.filter(|(from, _)| *from > before.question.day).min()
    }
}
