//! The names in expected findings, resolved.

use super::{Bounds, Expects, Finding};
use crate::base::{Problem, Problems, Spanned, StateId, TreatyId};
use crate::law::pairs::asked;
use crate::law::{FactSet, Library, Question};
use crate::scenario::finding_form::{FindingForm, InForceFindingForm, OpinionFindingForm};
use crate::scenario::membership::{state_called, treaty_of};
use crate::world::LineSettings;

/// What names in findings may stand for.
struct Known<'a> {
    library: &'a Library,
    lines: &'a [LineSettings],
}

/// Resolves the names in expected findings.
///
/// # Errors
/// Unknown states, treaties, lines and variants; findings that expect nothing, or several things at once.
pub fn resolve(
    library: &Library,
    lines: &[LineSettings],
    variants: &[String],
    forms: &[Spanned<FindingForm>],
) -> Result<Vec<Finding>, Problems> {
    let known = Known { library, lines };
    let mut problems = Problems::default();
    let mut findings = Vec::new();
    for form in forms {
        for variant in form.variants.iter().filter(|variant| !variants.contains(&variant.value)) {
            problems.push(Problem::unknown("variant", variant, variants.iter().map(String::as_str)));
        }
        match known.expects(form) {
            Ok(expects) => {
                let variants = form.variants.iter().map(|variant| variant.value.clone()).collect();
                findings.push(Finding { variants, expects });
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.or(findings)
}

/// What a finding may expect.
const KINDS: &str = "`haven`, `no-haven`, `haven-ends`, `letters`, `no-letters`, `lost`, `removed`, `participation`, `opinion`, `open-pairs`, \
     `in-force`, `not-in-force`";

impl Known<'_> {
    fn expects(&self, form: &Spanned<FindingForm>) -> Result<Expects, Problem> {
        let all = [
            form.haven.as_ref().map(|code| Ok(Expects::Haven(self.state(code)?, form.ground))),
            form.no_haven.as_ref().map(|code| Ok(Expects::NoHaven(self.state(code)?))),
            form.haven_ends.as_ref().map(|code| Ok(Expects::HavenEnds(self.state(code)?))),
            form.letters.as_ref().map(|letters| {
                let (from, to) = (self.state(&letters.from)?, self.state(&letters.to)?);
                Ok(Expects::Letters(from, to, letters.measure, letters.decision))
            }),
            form.no_letters.as_ref().map(|letters| {
                Ok(Expects::NoLetters(self.state(&letters.from)?, self.state(&letters.to)?, letters.measure))
            }),
            form.lost.as_ref().map(|lost| {
                let bounds = Bounds { least: lost.at_least.map(|s| s.0), most: lost.at_most.map(|s| s.0) };
                let investigating = lost.investigating.as_ref().map(|code| self.state(code)).transpose()?;
                Ok(Expects::Lost(investigating, lost.cause, limited(form, bounds)?))
            }),
            form.removed.as_ref().map(|removed| {
                let bounds = Bounds { least: removed.at_least, most: removed.at_most };
                Ok(Expects::Removed(self.state(&removed.by)?, limited(form, bounds)?))
            }),
            form.participation.as_ref().map(|counts| {
                let treaty = self.treaty(&counts.treaty)?;
                let wanted = [counts.signatures, counts.consents, counts.in_force];
                if wanted.iter().all(Option::is_none) {
                    return Err(Problem::new(
                        form.place,
                        "counts of a treaty need one of `signatures`, `consents`, `in-force`",
                    ));
                }
                Ok(Expects::Participation(treaty, counts.at, wanted))
            }),
            form.opinion.as_ref().map(|opinion| {
                let question = Box::new(self.question(opinion)?);
                Ok(Expects::Opinion(question, opinion.line.value.clone(), opinion.decision, form.ground))
            }),
            form.open_pairs.as_ref().map(|open| {
                let bounds = Bounds { least: open.at_least.map(|s| s.0), most: open.at_most.map(|s| s.0) };
                let line = (open.line.value.clone(), self.line(&open.line)?);
                Ok(Expects::OpenPairs(open.measure, line, open.at, limited(form, bounds)?))
            }),
        ];
        let in_force = [
            form.in_force.as_ref().map(|form| {
                let (treaty, state) = self.bound(form)?;
                Ok(Expects::InForce(treaty, state, form.at_least.unwrap_or(1).into()))
            }),
            form.not_in_force.as_ref().map(|form| {
                let (treaty, state) = self.bound(form)?;
                Ok(Expects::NotInForce(treaty, state))
            }),
        ];
        let mut expected = all.into_iter().chain(in_force).flatten();
        match (expected.next(), expected.next()) {
            (Some(one), None) => one,
            _ => Err(Problem::new(form.place, format!("a finding expects one of {KINDS}"))),
        }
    }

    fn state(&self, code: &Spanned<String>) -> Result<StateId, Problem> {
        state_called(self.library, code)
    }

    fn treaty(&self, name: &Spanned<String>) -> Result<TreatyId, Problem> {
        treaty_of(self.library, name)
    }

    /// A treaty, and the state for which it is looked at, if one is named.
    fn bound(&self, form: &InForceFindingForm) -> Result<(TreatyId, Option<StateId>), Problem> {
        Ok((self.treaty(&form.treaty)?, form.state.as_ref().map(|code| self.state(code)).transpose()?))
    }

    fn line(&self, name: &Spanned<String>) -> Result<FactSet, Problem> {
        let line = self.lines.iter().find(|line| line.name == name.value);
        let known = self.lines.iter().map(|line| line.name.as_str());
        line.map(|line| line.facts).ok_or_else(|| Problem::unknown("line", name, known))
    }

    fn question(&self, form: &OpinionFindingForm) -> Result<Question, Problem> {
        let (from, to) = (self.state(&form.from)?, self.state(&form.to)?);
        let nationality = form.national_of.as_ref().map_or(Ok(from), |code| self.state(code))?;
        Ok(Question {
            conduct_day: form.conduct_day.unwrap_or(form.at),
            nationality: Some(nationality),
            ..asked(from, to, form.measure, self.line(&form.line)?, form.at)
        })
    }
}

/// A finding without limits could not fail.
fn limited<T>(form: &Spanned<FindingForm>, bounds: Bounds<T>) -> Result<Bounds<T>, Problem> {
    if bounds.least.is_none() && bounds.most.is_none() {
        return Err(Problem::new(form.place, "nothing is expected here: give `at-least`, `at-most` or both"));
    }
    Ok(bounds)
}
