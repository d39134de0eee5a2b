//! A state's own law, compiled: its offences, its claims of jurisdiction, its rules. What it does with them is not here: that
//! is `authority`'s.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fact::{FactSet, Pattern};
use super::rule::Rules;
use crate::base::{CiteId, Day, TreatyId, in_prose};

/// A state's own law.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Its code: ISO alpha-3, or the name of an invented state.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Groups that conditions of entry into force count, for example `council-of-europe`.
    pub groups: BTreeSet<String>,
    /// Whether its law requires a treaty for extradition; `None` when that is not known.
    pub needs_treaty: Option<bool>,
    /// Conventions that it accepts as a legal basis for extradition.
    pub accepts_as_basis: Vec<TreatyId>,
    /// Whether it surrenders without a treaty on an assurance of reciprocity alone.
    pub asks_reciprocity: bool,
    /// The day at which its dual criminality looks.
    pub dual_criminality_at: DualCriminalityAt,
    /// Whether its penal law is entered.
    pub penal_law: PenalLaw,
    /// Conduct on which nothing of its penal law is entered, although the rest is.
    pub penal_law_leaves_out: FactSet,
    /// Whether what stands as its offences was taken for granted, since nobody entered them.
    pub penal_law_is_taken: bool,
    /// Its claims of jurisdiction.
    pub jurisdiction: Vec<Jurisdiction>,
    /// Whether these are entered; where they are not, it is not known whether it claims its nationals abroad.
    pub jurisdiction_is_entered: bool,
    /// Its offences.
    pub offences: Vec<DomesticOffence>,
    /// Its rules on co-operation.
    pub rules: Rules,
}

impl State {
    /// The name as it stands in a sentence.
    #[must_use]
    pub fn in_prose(&self) -> Cow<'_, str> {
        in_prose(&self.name)
    }

    /// What of its law is not dated, without its name and the groups that count for entries into force: all but its offences
    /// and rules.
    pub(super) fn undated(&self) -> Self {
        Self {
            code: String::new(),
            name: String::new(),
            offences: Vec::new(),
            rules: Rules::default(),
            groups: BTreeSet::new(),
            accepts_as_basis: self.accepts_as_basis.clone(),
            jurisdiction: self.jurisdiction.clone(),
            ..*self
        }
    }

    /// Whether its penal law is entered for all of a conduct: what meets no offence of it is then none.
    #[must_use]
    pub fn punishes_as_entered(&self, conduct: FactSet) -> bool {
        self.penal_law == PenalLaw::Entered && self.penal_law_leaves_out.common(conduct).is_empty()
    }

    /// Whether it claims jurisdiction over its nationals abroad; where that is not entered, as it is assumed to be.
    pub(super) fn claims_nationals(&self, assumed: Option<bool>) -> bool {
        assumed.unwrap_or_else(|| self.jurisdiction.contains(&Jurisdiction::Nationals))
    }

    /// Every day on which an offence or a rule of its own law enters or leaves force; not sorted.
    pub fn changes(&self) -> impl Iterator<Item = Day> + '_ {
        let offences = self.offences.iter().flat_map(|offence| [offence.from, offence.until]);
        let rules = self.rules.iter().flat_map(|rule| [rule.from, rule.until]);
        offences.chain(rules).flatten()
    }
}

/// The day at which dual criminality looks (a switch of each state's law).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DualCriminalityAt {
    /// The day of the conduct.
    #[default]
    Conduct,
    /// The day on which the request is decided.
    Request,
    /// The day on which the request was received.
    Receipt,
}

/// Whether a state's penal law is entered (a switch of each state's law). A state whose offences nobody wrote down
/// has offences all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PenalLaw {
    /// What meets no offence of its list is no offence there.
    #[default]
    Entered,
    /// What meets no offence of its list may still be one: it is not known.
    NotEntered,
}

/// A claim of jurisdiction over conduct (ETS 185, Art. 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Jurisdiction {
    /// Over acts in its territory.
    Territory,
    /// Over acts elsewhere whose effects are felt in its territory.
    Effects,
    /// Over acts of its nationals abroad.
    Nationals,
}

impl Jurisdiction {
    /// What the claim rests on, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Territory => "acts in its territory",
            Self::Effects => "effects in its territory",
            Self::Nationals => "the person's nationality",
        }
    }
}

/// An offence of a state's own law.
#[derive(Clone, Debug, PartialEq)]
pub struct DomesticOffence {
    /// Its name.
    pub name: String,
    /// The statute.
    pub cite: CiteId,
    /// The conduct.
    pub pattern: Pattern,
    /// The maximum penalty.
    pub maximum_months: u16,
    /// In force from this day; `None`: before every date that a scenario may carry, or not yet enacted.
    pub from: Option<Day>,
    /// No longer in force from this day.
    pub until: Option<Day>,
    /// Treaties that it carries out, as far as this library holds them.
    pub carries_out: Vec<TreatyId>,
    /// Whether it waits for one of those treaties, so that it is no offence while `from` is not known.
    pub awaits_treaty: bool,
    /// Whether it is taken for granted because treaties oblige to it, and nobody entered it.
    pub is_taken: bool,
}

impl DomesticOffence {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Day) -> bool {
        let begun = self.from.map_or(!self.awaits_treaty, |from| from <= day);
        begun && self.until.is_none_or(|until| day < until)
    }
}
