//! A treaty, compiled: its dates, the offences that it lists, its rules. Who is bound by it is `membership`'s.

use std::collections::BTreeSet;

use super::fact::{FactId, FactSet, Pattern};
use super::joining::{DateRule, FirstInForce};
use super::measure::Measure;
use super::membership::Memberships;
use super::participation::Participation;
use super::rule::{Carries, Rule, Rules};
use crate::base::{CiteId, Day, StateId, TreatyId};

/// A treaty or protocol, or one variant of a model text.
#[derive(Clone, Debug)]
pub struct Treaty {
    /// Its name in files, for example `ets185` or `internet-trafficking-protocol/conduct`.
    pub name: String,
    /// How opinions cite it, for example `BUD`.
    pub cites_as: String,
    /// The treaty as a whole, as a citation.
    pub whole: CiteId,
    /// Its title.
    pub title: String,
    /// Whether it is a hypothetical text.
    pub is_model: bool,
    /// Whether it is a rule of custom: nobody consents to it.
    pub is_custom: bool,
    /// How content-based the text is, 0 to 1.
    pub content_based: f64,
    /// Whether its Parties have to punish its offences, or it lists them for a procedure alone.
    pub obliges_to_punish: bool,
    /// When a consent takes effect; for a treaty between two states, none.
    pub joins: Option<DateRule>,
    /// When a denunciation takes effect, by its own clause or by [`DateRule::WITHOUT_CLAUSE`].
    pub leaves: DateRule,
    /// The article by which a party that left still owes what the treaty asks over offences committed before.
    pub owed_after_leaving: Option<CiteId>,
    /// The article by which a party that left still owes what was begun: where the person or the data were held while it
    /// was bound.
    pub owed_where_held: Option<CiteId>,
    /// The article by which a party that left still owes what was asked of it while it was bound.
    pub owed_where_received: Option<CiteId>,
    /// What the first entry into force needs.
    pub first_in_force: Option<FirstInForce>,
    /// The recorded day of first entry into force; a treaty between two states binds them from it on, without any act of theirs.
    pub in_force: Option<Day>,
    /// The article on its first entry into force, for those by whose consents it enters into force at all.
    pub first_in_force_article: Option<CiteId>,
    /// The article on its entry into force for a state that consents later.
    pub in_force_article: Option<CiteId>,
    /// The same for a state that accedes, where that is another.
    pub accession_article: Option<CiteId>,
    /// The treaty to which this one is a protocol.
    pub parent: Option<TreatyId>,
    /// By which article whoever leaves the parent leaves this protocol with it; an amendment does always, being part of what is
    /// left (VCLT 44(1)).
    pub ends_with_parent: Option<CiteId>,
    /// Who may become a Party.
    pub participation: Participation,
    /// Whose treaty it is.
    pub between: Between,
    /// Whether it is a treaty of two states, or a text of which each pair of states has a treaty of its own.
    pub is_bilateral: bool,
    /// The day on which the two signed it.
    pub signed: Option<Day>,
    /// Whether it is a special treaty on extradition.
    pub on_extradition: bool,
    /// Whether it is a special treaty on mutual assistance.
    pub on_assistance: bool,
    /// The penalty threshold for extradition.
    pub threshold: Option<Threshold>,
    /// Articles to which reservations are allowed.
    pub reservable: BTreeSet<CiteId>,
    /// Whether its text allows reservations to others, too, to which no rule answers.
    pub other_reservations: bool,
    /// Articles under which a declaration has an effect here.
    pub declarable: BTreeSet<CiteId>,
    /// Treaties whose place this one takes between the same two states.
    pub displaces: Vec<TreatyId>,
    /// Whether no earlier bilateral treaty governs what it carries between the same two states.
    pub displaces_bilateral: bool,
    /// Whether a bilateral treaty only supplements earlier ones on its matter between the same two.
    pub supplements_bilateral: bool,
    /// By which of its articles.
    pub displaces_by: Option<CiteId>,
    /// The day from which an instrument applies, whatever the days of the consents.
    pub applicable_from: Option<Day>,
    /// The offences it lists.
    pub offences: Vec<ListedOffence>,
    /// The clause by which its offences are read into its parent.
    pub extends: Option<CiteId>,
    /// Its co-operation rules.
    pub rules: Rules,
}

/// Whose treaty a treaty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Any state's that joins it.
    Any,
    /// That of these two, and no other's.
    Two(StateId, StateId),
    /// That of two states of which one is not here, at least.
    Others,
}

impl Treaty {
    /// Whether a state may be a Party.
    #[must_use]
    pub fn is_open_to(&self, state: StateId) -> bool {
        match self.between {
            Between::Any => true,
            Between::Two(one, other) => state == one || state == other,
            Between::Others => false,
        }
    }

    /// Whether a state is, on a day, one of those who may consent to it.
    #[must_use]
    pub fn admits(&self, state: StateId, day: Day, memberships: &Memberships) -> bool {
        self.is_open_to(state) && self.participation.admits(state, day, memberships)
    }

    /// Whether it is a treaty between this state and one other.
    #[must_use]
    pub fn is_of_two_with(&self, state: StateId) -> bool {
        self.between != Between::Any && self.is_open_to(state)
    }

    /// The day from which it binds a state without any act of that state: a treaty between two, by its own dates.
    #[must_use]
    pub fn binds_from(&self, state: StateId) -> Option<Day> {
        self.in_force.filter(|_| self.is_of_two_with(state))
    }

    /// Whether it changes another treaty for all its Parties at once, or for nobody.
    #[must_use]
    pub fn amends(&self, other: TreatyId) -> bool {
        self.parent == Some(other) && self.is_amendment()
    }

    /// Whether it changes its parent so: in force it is part of that, and no treaty to be left by itself (VCLT 44(1)).
    #[must_use]
    pub fn is_amendment(&self) -> bool {
        self.parent.is_some() && self.first_in_force.as_ref().is_some_and(|condition| condition.all_parties)
    }

    /// Whether one of its articles carries a measure. A protocol whose articles are no more than part of a basis adds to
    /// that of its parent and carries nothing by itself.
    #[must_use]
    pub fn carries(&self, measure: Measure) -> bool {
        let alone = |carries| self.parent.is_none() || carries != Carries::InPart;
        self.rules.on(measure).any(|rule| rule.carries.is_some_and(alone))
    }

    /// Whether it applies to nothing where a fact holds, whatever is asked under it: an agreement of the members of the Union
    /// with a third State, towards one another.
    pub(super) fn applies_never_where(&self, fact: FactId) -> bool {
        let passes_over = |rule: &Rule| rule.applies.is_some_and(|applies| applies.none.has(fact));
        let speaks = |measure: &Measure| self.rules.on(*measure).next().is_some();
        let mut measures = Measure::ALL.into_iter().filter(speaks).peekable();
        measures.peek().is_some() && measures.all(|measure| self.rules.on(measure).any(passes_over))
    }

    /// The offence of it that the conduct meets and that its Parties have to punish; `facts` with those derived from them.
    #[must_use]
    pub fn has_punished(&self, facts: FactSet) -> Option<&ListedOffence> {
        self.offences.iter().find(|offence| self.obliges_to_punish && offence.pattern.holds(facts))
    }

    /// Whether it takes the place of the treaties that it names, where a measure is asked: in what it carries; and where it is
    /// special on extradition, in all that belongs to that, its silence on arrest or prosecution included.
    #[must_use]
    pub fn displaces_named_on(&self, measure: Measure) -> bool {
        let of_surrender = measure.is_surrender() || measure == Measure::Prosecution;
        !self.displaces.is_empty() && (self.carries(measure) || self.on_extradition && of_surrender)
    }

    /// Whether it takes the place of an earlier treaty between the same two on the same matter by being later (VCLT 30(3),
    /// 59(1)): a special treaty of two states does, unless it says otherwise. A protocol changes its own treaty alone.
    #[must_use]
    pub const fn supersedes_earlier_on(&self, measure: Measure) -> bool {
        let alone = self.parent.is_none() && !self.supplements_bilateral;
        self.is_bilateral && alone && self.is_special_on(measure)
    }

    /// Whether it is a special treaty on the matter to which a measure belongs.
    #[must_use]
    pub const fn is_special_on(&self, measure: Measure) -> bool {
        (self.on_extradition && measure.is_surrender()) || (self.on_assistance && measure.is_assistance())
    }

    /// Whether it governs the matter to which a measure belongs: it carries the measure, or is special on the matter.
    #[must_use]
    pub fn governs_matter_of(&self, measure: Measure) -> bool {
        self.is_special_on(measure) || self.carries(measure)
    }
}

/// The penalty that both laws must reach for surrender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Months of the maximum penalty.
    pub months: u16,
    /// Whether exactly that many months are too few.
    pub more_than: bool,
    /// Whether the threshold of a special extradition treaty between the two replaces it.
    pub yields: bool,
}

impl Threshold {
    /// Whether this maximum penalty reaches the threshold.
    #[must_use]
    pub const fn reached(self, maximum_months: u16) -> bool {
        if self.more_than { maximum_months > self.months } else { maximum_months >= self.months }
    }
}

/// An offence that a treaty obliges its parties to create.
#[derive(Clone, Debug)]
pub struct ListedOffence {
    /// Its name.
    pub name: String,
    /// The article.
    pub cite: CiteId,
    /// The conduct.
    pub pattern: Pattern,
    /// The articles by any of which a party may reserve the whole offence.
    pub reservable: Vec<CiteId>,
}
