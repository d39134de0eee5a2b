//! What a scenario is expected to show, resolved and held against a run.

use super::form::FindingForm;
use crate::base::{Problem, Problems, Spanned, StateId};
use crate::engine::Tally;
use crate::law::{Decision, GroundCode, Library, Measure};
use crate::world::HavenRecord;

/// One expected finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The variants in which it is expected; everywhere, if empty.
    pub variants: Vec<String>,
    /// What is expected.
    pub expects: Expects,
}

/// What is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expects {
    /// The state becomes a haven, with this ground among the reasons if one is named.
    Haven(StateId, Option<GroundCode>),
    /// The state does not become a haven.
    NoHaven(StateId),
    /// Every request of this kind is decided so, and there is at least one.
    Letters(StateId, StateId, Measure, Decision),
}

impl Finding {
    /// Whether it is expected of a run that is one of these variants.
    #[must_use]
    pub fn expected_of(&self, variants: &[String]) -> bool {
        self.variants.is_empty() || self.variants.iter().any(|known| variants.contains(known))
    }

    /// The expectation in words.
    #[must_use]
    pub fn says(&self, library: &Library) -> String {
        let name = |state: StateId| library.state(state).name.as_str();
        match self.expects {
            Expects::Haven(state, None) => format!("{} becomes a haven", name(state)),
            Expects::Haven(state, Some(ground)) => {
                format!("{} becomes a haven, {} ({}) among the reasons", name(state), ground.code(), ground.meaning())
            }
            Expects::NoHaven(state) => format!("{} does not become a haven", name(state)),
            Expects::Letters(from, to, measure, decision) => {
                format!("{} asks {} for {}: {}", name(from), name(to), measure.name(), decision.word())
            }
        }
    }

    /// Whether a run shows it.
    #[must_use]
    pub fn holds(&self, tally: &Tally) -> bool {
        match self.expects {
            Expects::Haven(wanted, ground) => tally.havens.iter().any(|record| match record {
                HavenRecord::HavenBegan { state, reasons, .. } => {
                    let named = |code| reasons.iter().any(|reason| reason.ground.is_some_and(|(g, _)| g == code));
                    *state == wanted && ground.is_none_or(named)
                }
                HavenRecord::HavenEnded { .. } => false,
            }),
            Expects::NoHaven(wanted) => !tally
                .havens
                .iter()
                .any(|record| matches!(record, HavenRecord::HavenBegan { state, .. } if *state == wanted)),
            Expects::Letters(from, to, measure, decision) => {
                let mut of_kind = tally
                    .decisions
                    .keys()
                    .filter(|(asking, asked, what, _)| (*asking, *asked, *what) == (from, to, measure))
                    .peekable();
                of_kind.peek().is_some() && of_kind.all(|(.., said)| *said == decision)
            }
        }
    }
}

/// Resolves the names in expected findings.
///
/// # Errors
/// Unknown states and variants; findings that expect nothing.
pub fn resolve(
    library: &Library,
    variants: &[String],
    forms: &[Spanned<FindingForm>],
) -> Result<Vec<Finding>, Problems> {
    let mut problems = Problems::default();
    let mut findings = Vec::new();
    for form in forms {
        for variant in form.variants.iter().filter(|variant| !variants.contains(&variant.value)) {
            problems.push(Problem::unknown("variant", variant, variants.iter().map(String::as_str)));
        }
        match expects(library, form) {
            Ok(expects) => {
                let variants = form.variants.iter().map(|variant| variant.value.clone()).collect();
                findings.push(Finding { variants, expects });
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.or(findings)
}

fn expects(library: &Library, form: &Spanned<FindingForm>) -> Result<Expects, Problem> {
    let state = |code: &Spanned<String>| {
        let known = library.states().iter().map(|state| state.code.as_str());
        library.state_coded(code).ok_or_else(|| Problem::unknown("state", code, known))
    };
    match (&form.haven, &form.no_haven, &form.letters) {
        (Some(code), None, None) => Ok(Expects::Haven(state(code)?, form.ground)),
        (None, Some(code), None) => Ok(Expects::NoHaven(state(code)?)),
        (None, None, Some(letters)) => {
            Ok(Expects::Letters(state(&letters.from)?, state(&letters.to)?, letters.measure, letters.decision))
        }
        _ => Err(Problem::new(form.place, "a finding expects one of `haven`, `no-haven` or `letters`")),
    }
}
