//! Rules: the articles of a treaty, or the provisions of a state's own law, on co-operation.

use std::ops::Deref;

use super::fact::{FactSet, Pattern};
use super::ground::{Force, GroundCode, GroundSet};
use super::measure::{Measure, MeasureSet};
use super::opinion::{Condition, DutyKind};
use super::time_limit::TimeLimit;
use crate::base::{CiteId, Day};

/// Rules in the order of their articles. A decision reads only those of its measure, so they are listed apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    all: Vec<Rule>,
    /// By measure, the places of its rules.
    on: [Vec<u16>; Measure::ALL.len()],
}

impl Rules {
    /// These rules, each numbered by its place.
    #[must_use]
    pub fn new(all: Vec<Rule>) -> Self {
        let places = |measure| all.iter().filter(|rule| rule.measures.has(measure)).map(|rule| rule.index).collect();
        Self { on: Measure::ALL.map(places), all }
    }

    /// Takes a rule away. The others keep their places, by which they are found.
    pub fn repeal(&mut self, place: u16) {
        self.all[usize::from(place)].measures = MeasureSet::default();
        for places in &mut self.on {
            places.retain(|known| *known != place);
        }
    }

    /// Puts a rule back, and with it all that were taken away from these.
    pub fn restore(&mut self, place: u16, original: &Self) {
        self.all[usize::from(place)].measures = original.all[usize::from(place)].measures;
        self.on.clone_from(&original.on);
    }

    /// The rules that speak of a measure.
    pub fn on(&self, measure: Measure) -> impl Iterator<Item = &Rule> + Clone {
        self.on[measure as usize].iter().map(|place| &self.all[usize::from(*place)])
    }

    /// The rules in force on a day that speak of a measure.
    pub fn in_force(&self, measure: Measure, day: Day) -> impl Iterator<Item = &Rule> + Clone {
        self.on(measure).filter(move |rule| rule.in_force(day))
    }

    /// The same where a request was received on a day before: of a change that leaves pending requests as they were, that
    /// day counts.
    pub fn in_force_for(&self, measure: Measure, day: Day, received: Day) -> impl Iterator<Item = &Rule> + Clone {
        self.on(measure).filter(move |rule| rule.in_force(if rule.by_receipt { received } else { day }))
    }
}

impl Deref for Rules {
    type Target = [Rule];

    fn deref(&self) -> &[Rule] {
        &self.all
    }
}

/// One rule of a treaty article or of a state's law on co-operation. It applies to requests for its measures
/// whose facts meet `when`; then each of its effects is felt.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one key that a file may carry")]
pub struct Rule {
    /// Its place among the rules of its treaty or state.
    pub index: u16,
    /// The article.
    pub cite: CiteId,
    /// What it says, in our own words.
    pub says: String,
    /// The measures it speaks of.
    pub measures: MeasureSet,
    /// The condition under which it applies.
    pub when: Pattern,
    /// In force from this day; `None`: before every date that a scenario may carry. An article of a treaty has days of
    /// its own only where a change of the text bound everybody at once (a framework decision that was amended).
    pub from: Option<Day>,
    /// No longer in force from this day.
    pub until: Option<Day>,
    /// Whether it is the receipt of the request that these days look at, not its answer.
    pub by_receipt: bool,
    /// The treaty applies to the request at all only if this holds.
    pub applies: Option<Pattern>,
    /// The treaty applies to acts from this day on alone; what was done before, it passes over.
    pub acts_from: Option<Day>,
    /// The treaty applies to requests received from this day on alone; what came before, it passes over.
    pub requests_from: Option<Day>,
    /// The treaty applies to requests alone that were received when it was in force between the two.
    pub requests_in_force: bool,
    /// Applies only where either state made a reservation under this very article (VCLT, Art. 21(1)).
    pub only_if_reserved: bool,
    /// Applies only where the requested state made a declaration under this very article.
    pub only_if_declared: bool,
    /// The article by which such a declaration of the requesting state lets the requested state apply the same to it.
    pub reciprocal_by: Option<CiteId>,
    /// Does not apply where either state reserved this very article.
    pub unless_reserved: bool,
    /// The scope: a request whose facts do not meet it is outside the treaty.
    pub covers: Option<Pattern>,
    /// Carries the duty or power to comply.
    pub carries: Option<Carries>,
    /// A ground.
    pub refuse: Option<(GroundCode, Force)>,
    /// Grounds that may not be used here.
    pub bars: GroundSet,
    /// Lets the requested state's own law on co-operation in.
    pub imports: Option<Import>,
    /// A provision of a state's own law that holds under a treaty, too, which does not let that law in.
    pub also_under_treaties: bool,
    /// A condition for complying.
    pub condition: Option<Condition>,
    /// Times that it sets.
    pub time_limits: Vec<TimeLimit>,
    /// A duty, after a refusal or in any case.
    pub duty: Option<DutyRule>,
    /// Days for which data or a person are held at least, unless the follow-up comes.
    pub holds_days: Option<u16>,
    /// Days after which they are released without fail; between the two, they may be.
    pub holds_days_at_most: Option<u16>,
    /// What of the article the data cannot express.
    pub not_expressed: Option<String>,
}

impl Rule {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// What of the requested state's own law an article lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// All of it on the measure, and the special treaties between the two.
    Whole,
    /// Provisions that ask for one of these facts.
    On(FactSet),
}

impl Import {
    /// Whether it lets a provision in.
    #[must_use]
    pub fn lets_in(self, rule: &Rule) -> bool {
        match self {
            Self::Whole => true,
            Self::On(facts) => {
                [rule.when.all, rule.when.any, rule.when.none].iter().any(|asked| !asked.common(facts).is_empty())
            }
        }
    }
}

/// How an article carries a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Carries {
    /// A duty to comply.
    Must,
    /// A power to comply.
    May,
    /// Part of the basis, effective only together with an article that carries.
    InPart,
    /// No co-operation is needed at all.
    WithoutRequest,
}

/// A duty that a refusal leaves over, or that is owed in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyRule {
    /// What is owed.
    pub kind: DutyKind,
    /// Owed when every ground on which the refusal rests is one of these: those that bind, where some do. When empty, after
    /// any ground, postponement included.
    pub after: GroundSet,
    /// Whether `after` is empty.
    pub after_any: bool,
    /// Owed only if the requesting state asks.
    pub on_request: bool,
    /// Owed also when the request is granted.
    pub always: bool,
}
