//! Penal laws that nobody entered: what a scenario takes them to be, and how it says so.
//!
//! Both answers are assumptions, and the truth lies between them. Deliberately absent: law on surrender, of which
//! nothing is taken for granted.

use schemars::JsonSchema;
use serde::Deserialize;

use super::assemble::Assembling;
use super::form::ScenarioForm;
use crate::base::{Grade, Parameter, Place, Problem, Spanned};
use crate::law::forms::DomesticOffenceForm;
use crate::law::{FactSet, Library, PenalLaw, USUAL_MONTHS_TAKEN};

/// What is taken to be the penal law of a state whose penal law nobody entered. Both are assumptions, and the truth
/// lies between them: the first knows least, the second most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PenalLawTaken {
    /// It punishes what the treaties that bind it oblige it to punish, since they bind it, and nothing else.
    AsTreatiesOblige,
    /// It punishes the conduct of every line of the scenario.
    EveryLine,
}

/// What to do about a penal law that is not entered.
pub(super) const WHAT_TO_DO: &str = "give the state a `law` for this scenario, or the scenario `penal-law-not-entered: \
                                     as-treaties-oblige` or `every-line`";

/// The numbers of offences that nobody entered: those of penal laws that are taken to be something, and those that
/// `comity pivotal` tries.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PenalLawNumbers {
    /// Their maximum penalty in months, 1 to 1200.
    pub maximum_months: Spanned<u16>,
}

impl Default for PenalLawNumbers {
    fn default() -> Self {
        Self { maximum_months: Spanned { value: USUAL_MONTHS_TAKEN, place: Place::NOWHERE } }
    }
}

impl PenalLawNumbers {
    /// The number as a parameter.
    pub(super) fn parameter(&self) -> Parameter {
        let value = f64::from(self.maximum_months.value);
        Parameter {
            name: "maximum_months".into(),
            meaning: "Maximum penalty of an offence that nobody entered.".into(),
            unit: "months",
            least: 1.0,
            most: 1200.0,
            default: f64::from(USUAL_MONTHS_TAKEN),
            value,
            highest: value,
            source: "serious crime in the sense of UNTOC, Art. 2(b); above every threshold of surrender here",
            grade: Grade::Assumption,
            sourced: false,
            follows_from: &[],
        }
    }
}

impl Assembling<'_> {
    /// The numbers of penal laws that are taken to be something, if any are.
    pub(super) fn penal_law_taken(&mut self) -> Option<(String, Vec<Parameter>)> {
        let numbers = &self.form.penal_law_taken;
        let parameter = numbers.parameter();
        if let Some(message) = parameter.problem() {
            self.problems.push(Problem::new(numbers.maximum_months.place, message));
        }
        (self.penal_laws_taken > 0).then(|| ("penal-law-taken".to_owned(), vec![parameter]))
    }

    /// That a line has conduct on which nothing of a state's penal law is entered, although the rest is, and that meets no
    /// offence which is.
    pub(super) fn left_out(&mut self, library: &Library, line: &Spanned<String>, facts: FactSet) {
        let given = library.facts.derive(facts);
        let states = library.states().iter().filter(|state| state.penal_law == PenalLaw::Entered);
        let open = states.filter(|state| {
            let is_known = state.offences.iter().any(|offence| offence.pattern.holds(given));
            !is_known && !state.punishes_as_entered(facts)
        });
        self.problems.0.extend(open.map(|state| {
            let left_out = library.facts.names_of(state.penal_law_leaves_out.common(facts)).join("`, `");
            let (code, line_name) = (&state.code, &line.value);
            let message =
                format!("the line `{line_name}` has `{left_out}`, on which the penal law of `{code}` is not entered");
            Problem::new(line.place, message).help("give the state a `law` for this scenario")
        }));
    }

    /// What is taken for granted because nobody entered it, in sentences.
    pub(super) fn assumptions(&self, library: &Library) -> Vec<String> {
        let states = self.penal_laws_taken;
        let taken = match self.form.penal_law_not_entered {
            Some(_) if states == 0 => None,
            Some(PenalLawTaken::AsTreatiesOblige) if states == 1 => {
                Some("what the treaties that bind it oblige it to, nothing else")
            }
            Some(PenalLawTaken::AsTreatiesOblige) => {
                Some("what the treaties that bind them oblige them to, nothing else")
            }
            Some(PenalLawTaken::EveryLine) => Some("the conduct of every line"),
            None => None,
        };
        let sentence = |taken| {
            let of = library.states().len();
            let they_are = if states == 1 { "It is" } else { "They are" };
            format!(
                "The penal law of {states} of the {of} states is not entered. {they_are} taken to punish {taken}, \
                 each time with a maximum of {} {}.",
                library.months_taken,
                if library.months_taken == 1 { "month" } else { "months" }
            )
        };
        taken.map(sentence).into_iter().collect()
    }
}

/// The conduct of every line as an offence: the most that the penal law of a state may hold of a scenario.
pub(super) fn every_line(form: &ScenarioForm) -> impl Iterator<Item = (Spanned<String>, DomesticOffenceForm)> + '_ {
    form.networks.lines.iter().map(|(name, line)| {
        let offence = DomesticOffenceForm {
            cite: "assumed: penal law not entered".to_owned(),
            all: line.facts.clone(),
            any: Vec::new(),
            none: Vec::new(),
            maximum_months: form.penal_law_taken.maximum_months.value,
            from: None,
            until: None,
            carries_out: Vec::new(),
            read: None,
        };
        (name.clone(), offence)
    })
}
