//! Which treaties govern a request: in force between the two states, with their protocols and reservations.

use super::fact::FactSet;
use super::library::{Library, Threshold, Treaty};
use super::measure::Measure;
use super::membership::{Memberships, Standing};
use super::opinion::Question;
use super::rule::Rule;
use super::trace::Finding;
use crate::base::{CiteId, Day, StateId, TreatyId};

/// A treaty in force between the two states of a question, as it stands between them.
#[derive(Clone, Debug)]
pub struct Governing {
    /// The treaty.
    pub treaty: TreatyId,
    /// In force between the two since this day.
    pub since: Day,
    /// The penalty threshold that governs, if any.
    pub threshold: Option<Threshold>,
    /// Offences of the treaty or its protocols that the conduct meets between the two.
    pub listed: Vec<Listed>,
    /// An offence that the conduct meets, taken out by a reservation.
    pub reserved: Option<TakenOut>,
    /// The special treaty in force between the two on the matter of the measure.
    pub special: Option<TreatyId>,
    /// Whether the requested state accepts the treaty as its basis for extradition.
    pub accepted_as_basis: bool,
    /// Protocols in force between the two.
    protocols: Vec<TreatyId>,
    requested: StateId,
    day: Day,
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

/// The special treaties between two states on a day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Special {
    /// On extradition.
    pub extradition: Option<TreatyId>,
    /// On mutual assistance.
    pub assistance: Option<TreatyId>,
}

impl Special {
    /// The one on the matter of a measure.
    #[must_use]
    pub fn on(self, measure: Measure) -> Option<TreatyId> {
        match measure {
            Measure::Extradition => self.extradition,
            measure if measure.is_electronic_evidence() => self.assistance,
            _ => None,
        }
    }
}

fn treaty_ids(library: &Library) -> impl Iterator<Item = (TreatyId, &Treaty)> {
    library
        .treaties()
        .iter()
        .enumerate()
        .map(|(index, treaty)| (TreatyId(u16::try_from(index).expect("at most 65,535 treaties")), treaty))
}

/// The treaties that could carry a measure, in force or not. A protocol that is read into its parent carries
/// nothing by itself.
pub fn carrying(library: &Library, measure: Measure) -> impl Iterator<Item = TreatyId> {
    treaty_ids(library)
        .filter(move |(_, treaty)| {
            treaty.extends.is_none() && treaty.rules.on(measure).any(|rule| rule.carries.is_some())
        })
        .map(|(id, _)| id)
}

/// The special treaties in force between the two states of a question.
#[must_use]
pub fn special_treaties(library: &Library, memberships: &Memberships, question: &Question) -> Special {
    let mut special = Special::default();
    for (id, treaty) in treaty_ids(library) {
        if !(treaty.on_extradition || treaty.on_assistance) || !in_force(memberships, id, question) {
            continue;
        }
        if treaty.on_extradition {
            special.extradition = special.extradition.or(Some(id));
        }
        if treaty.on_assistance {
            special.assistance = special.assistance.or(Some(id));
        }
    }
    special
}

fn in_force(memberships: &Memberships, treaty: TreatyId, question: &Question) -> bool {
    memberships.in_force_between(treaty, question.requesting, question.requested, question.day).is_some()
}

/// The treaty as it governs a question, or why it does not. `conduct` is what was done, derived facts included.
///
/// # Errors
/// Where the two states stand towards it, when it is not in force between them.
pub fn govern(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    conduct: FactSet,
    special: Special,
    treaty: TreatyId,
) -> Result<Governing, NotGoverning> {
    let Some(since) = memberships.in_force_between(treaty, question.requesting, question.requested, question.day)
    else {
        return Err(NotGoverning::of(memberships, question, treaty));
    };
    let law = library.treaty(treaty);
    let protocols: Vec<TreatyId> = treaty_ids(library)
        .filter(|(id, protocol)| protocol.parent == Some(treaty) && in_force(memberships, *id, question))
        .map(|(id, _)| id)
        .collect();
    let mut governing = Governing {
        treaty,
        since,
        threshold: threshold(library, special, law),
        listed: Vec::new(),
        reserved: None,
        special: special.on(question.measure),
        accepted_as_basis: library.state(question.requested).accepts_as_basis.contains(&treaty),
        protocols,
        requested: question.requested,
        day: question.day,
    };
    governing.list(library, memberships, question, conduct);
    Ok(governing)
}

/// A special extradition treaty's threshold replaces that of a treaty that yields to it, whether lower or
/// higher (ETS 185, Art. 24(1)(b)).
fn threshold(library: &Library, special: Special, law: &Treaty) -> Option<Threshold> {
    let own = law.threshold?;
    if !own.yields {
        return Some(own);
    }
    Some(special.extradition.and_then(|special| library.treaty(special).threshold).unwrap_or(own))
}

/// The protocols that are read into a treaty, and whether each binds both states.
pub fn protocols(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    treaty: TreatyId,
) -> impl Iterator<Item = (TreatyId, Finding)> {
    treaty_ids(library).filter(move |(_, protocol)| protocol.parent == Some(treaty)).map(move |(id, _)| {
        let since = memberships.in_force_between(id, question.requesting, question.requested, question.day);
        let finding = since.map_or_else(|| NotGoverning::of(memberships, question, id).finding(), Finding::Since);
        (id, finding)
    })
}

impl Governing {
    /// Finds the offences of the treaty and its protocols that the conduct meets.
    fn list(&mut self, library: &Library, memberships: &Memberships, question: &Question, conduct: FactSet) {
        let protocols = self.protocols.iter().filter(|protocol| library.treaty(**protocol).extends.is_some());
        for treaty in std::iter::once(self.treaty).chain(protocols.copied()) {
            let law = library.treaty(treaty);
            for offence in law.offences.iter().filter(|offence| offence.pattern.holds(conduct)) {
                let taken_out = offence.reservable.and_then(|article| {
                    [question.requested, question.requesting]
                        .into_iter()
                        .find(|state| memberships.reserved(treaty, *state, article, question.day))
                        .map(|state| TakenOut { state, article })
                });
                match taken_out {
                    Some(taken_out) => self.reserved = self.reserved.or(Some(taken_out)),
                    None => self.listed.push(Listed { offence: offence.cite, clause: law.extends }),
                }
            }
        }
    }

    /// The rules of the treaty and of its protocols in force that speak of a measure.
    pub fn rules<'a>(
        &'a self,
        library: &'a Library,
        measure: Measure,
    ) -> impl Iterator<Item = (TreatyId, &'a Rule)> + 'a {
        std::iter::once(self.treaty)
            .chain(self.protocols.iter().copied())
            .flat_map(move |treaty| library.treaty(treaty).rules.on(measure).map(move |rule| (treaty, rule)))
    }

    /// Whether the requested state's reservation under an article stands.
    #[must_use]
    pub fn reserves(&self, memberships: &Memberships, treaty: TreatyId, article: CiteId) -> bool {
        memberships.reserved(treaty, self.requested, article, self.day)
    }

    /// The clause and the offence of a protocol, where the conduct meets one and none of the parent's own.
    #[must_use]
    pub fn protocol_bases(&self) -> Vec<CiteId> {
        if self.listed.iter().any(|listed| listed.clause.is_none()) {
            return Vec::new();
        }
        self.listed.iter().flat_map(|listed| [listed.clause.unwrap_or(listed.offence), listed.offence]).collect()
    }
}

/// Why a treaty does not govern.
#[derive(Clone, Copy, Debug)]
pub struct NotGoverning {
    treaty: TreatyId,
    kind: Missing,
}

#[derive(Clone, Copy, Debug)]
enum Missing {
    /// One of the two has no act, or is no longer bound.
    Outside,
    /// Signed by one that has not consented.
    SignedOnly,
    /// Consented by both, in force between them later.
    NotYet(Option<Day>),
}

impl NotGoverning {
    fn of(memberships: &Memberships, question: &Question, treaty: TreatyId) -> Self {
        let standing = |state| memberships.standing(treaty, state, question.day);
        let both = [standing(question.requesting), standing(question.requested)];
        let any = |test: fn(&Standing) -> bool| both.iter().any(test);
        let kind = if any(|standing| matches!(standing, Standing::Outside | Standing::Former(_))) {
            Missing::Outside
        } else if any(|standing| matches!(standing, Standing::Signed)) {
            Missing::SignedOnly
        } else {
            let from = |state| memberships.in_force_from(treaty, state);
            Missing::NotYet(from(question.requesting).zip(from(question.requested)).map(|(one, other)| one.max(other)))
        };
        Self { treaty, kind }
    }

    /// The finding for the steps.
    #[must_use]
    pub const fn finding(self) -> Finding {
        match self.kind {
            Missing::Outside => Finding::No,
            Missing::SignedOnly => Finding::SignedOnly,
            Missing::NotYet(from) => Finding::NotYet(from),
        }
    }
}

/// The treaties that both states have approached without being bound by them yet.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    first: Option<TreatyId>,
    /// The earliest day on which one of them will be in force between the two.
    pub from: Option<Day>,
}

impl Waiting {
    /// Notes one treaty that does not govern.
    pub fn add(&mut self, standing: NotGoverning) {
        let from = match standing.kind {
            Missing::Outside => return,
            Missing::SignedOnly => None,
            Missing::NotYet(from) => from,
        };
        self.first = self.first.or(Some(standing.treaty));
        self.from = match (self.from, from) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// What a refusal for want of a treaty in force cites: the treaty's own article on entry into force, or
    /// the rule that a treaty binds no third state.
    #[must_use]
    pub fn cite(&self, library: &Library) -> CiteId {
        let own = self.first.and_then(|treaty| library.treaty(treaty).in_force_article);
        own.unwrap_or_else(|| library.fixed().third_states)
    }
}
