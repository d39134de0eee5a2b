//! The names in expected findings, resolved; and that each can be shown by a run, and can fail to be.

use super::{Bounds, Expects, Finding, Sought};
use crate::base::{Place, Problem, Problems, Spanned, StateId, TreatyId};
use crate::law::pairs::asked;
use crate::law::{Dates, FactSet, Library, Measure, Question};
use crate::scenario::finding_form::{
    FindingForm, HavenFor, InForceFindingForm, LostFindingForm, OpenPairsFindingForm, OpinionFindingForm,
    ParticipationFindingForm, RemovedFindingForm,
};
use crate::scenario::membership::{state_called, treaty_of};
use crate::world::{LineSettings, Role};

/// Resolves the names in expected findings.
///
/// # Errors
/// Unknown states, treaties, lines and variants; findings that expect nothing, or several things at once; those that no run
/// could show, or every run would.
pub fn resolve(
    library: &Library,
    lines: &[LineSettings],
    variants: &[String],
    forms: &[Spanned<FindingForm>],
) -> Result<Vec<Finding>, Problems> {
    let mut resolving = Resolving { library, lines, place: Place::default(), problems: Problems::default() };
    let mut findings = Vec::new();
    for form in forms {
        for variant in form.variants.iter().filter(|variant| !variants.contains(&variant.value)) {
            resolving.problems.push(Problem::unknown("variant", variant, variants.iter().map(String::as_str)));
        }
        resolving.place = form.place;
        if let Some(expects) = resolving.expects(form) {
            let variants = form.variants.iter().map(|variant| variant.value.clone()).collect();
            findings.push(Finding { variants, expects });
        }
    }
    resolving.problems.or(findings)
}

/// What a finding may expect.
const KINDS: &str = "`haven`, `no-haven`, `haven-ends`, `haven-stays`, `letters`, `no-letters`, `lost`, `removed`, `participation`, `opinion`, `open-pairs`, \
     `in-force`, `not-in-force`";

/// What names in findings may stand for, and what is wrong with them so far.
struct Resolving<'a> {
    library: &'a Library,
    lines: &'a [LineSettings],
    /// Of the finding that is read.
    place: Place,
    problems: Problems,
}

impl Resolving<'_> {
    /// What a finding expects, with everything that is wrong with it noted.
    fn expects(&mut self, form: &FindingForm) -> Option<Expects> {
        let mut expected: Vec<Option<Expects>> = Vec::new();
        let role = form.role;
        expected.extend(form.haven.as_ref().map(|code| Some(Expects::Haven(self.sought(code, role)?, form.ground))));
        expected.extend(form.no_haven.as_ref().map(|code| Some(Expects::NoHaven(self.sought(code, role)?))));
        expected.extend(form.haven_ends.as_ref().map(|code| Some(Expects::HavenEnds(self.sought(code, role)?))));
        expected.extend(form.haven_stays.as_ref().map(|code| Some(Expects::HavenStays(self.sought(code, role)?))));
        let of_haven = !expected.is_empty();
        expected.extend(form.letters.as_ref().map(|letters| {
            let (from, to) = self.correspondents(&letters.from, &letters.to, letters.measure)?;
            Some(Expects::Letters(from, to, letters.measure, letters.decision))
        }));
        expected.extend(form.no_letters.as_ref().map(|letters| {
            let (from, to) = self.correspondents(&letters.from, &letters.to, letters.measure)?;
            Some(Expects::NoLetters(from, to, letters.measure))
        }));
        expected.extend(form.lost.as_ref().map(|lost| self.lost(lost)));
        expected.extend(form.removed.as_ref().map(|removed| self.removed(removed)));
        expected.extend(form.participation.as_ref().map(|counts| self.participation(counts)));
        expected.extend(form.opinion.as_ref().map(|opinion| {
            let question = Box::new(self.question(opinion)?);
            Some(Expects::Opinion(question, opinion.line.value.clone(), opinion.decision, form.ground))
        }));
        expected.extend(form.open_pairs.as_ref().map(|open| self.open_pairs(open)));
        expected.extend(form.in_force.as_ref().map(|form| self.in_force(form)));
        expected.extend(form.not_in_force.as_ref().map(|form| self.not_in_force(form)));
        if expected.len() != 1 {
            self.wrong(&format!("a finding expects one of {KINDS}"));
        } else if form.ground.is_some() && form.haven.is_none() && form.opinion.is_none() {
            self.wrong("`ground` says something of a `haven` or an `opinion` alone");
        } else if role.is_some() && !of_haven {
            self.wrong("`for` says something of a haven alone");
        }
        expected.pop().flatten()
    }

    fn lost(&mut self, lost: &LostFindingForm) -> Option<Expects> {
        let bounds = self.bounds(lost.at_least.map(|share| share.0), lost.at_most.map(|share| share.0));
        let investigating = self.if_named(lost.investigating.as_ref());
        Some(Expects::Lost(investigating.ok()?, lost.cause, bounds))
    }

    fn removed(&mut self, removed: &RemovedFindingForm) -> Option<Expects> {
        let bounds = self.bounds(removed.at_least, removed.at_most);
        Some(Expects::Removed(self.state(&removed.by)?, bounds))
    }

    fn participation(&mut self, counts: &ParticipationFindingForm) -> Option<Expects> {
        let wanted = [counts.signatures, counts.consents, counts.in_force];
        if wanted.iter().all(Option::is_none) {
            self.wrong("counts of a treaty need one of `signatures`, `consents`, `in-force`");
        }
        for most in wanted.into_iter().flatten() {
            self.at_most_all(most);
        }
        Some(Expects::Participation(self.treaty(&counts.treaty)?, counts.at, wanted))
    }

    fn open_pairs(&mut self, open: &OpenPairsFindingForm) -> Option<Expects> {
        let bounds = self.bounds(open.at_least.map(|share| share.0), open.at_most.map(|share| share.0));
        let line = (open.line.value.clone(), self.line(&open.line)?);
        Some(Expects::OpenPairs(open.measure, line, open.at, bounds))
    }

    fn in_force(&mut self, form: &InForceFindingForm) -> Option<Expects> {
        let least = form.at_least.unwrap_or(1).into();
        if least == 0 {
            self.wrong("for no state at least is what every run shows: leave `at-least` out, or expect `not-in-force`");
        }
        if form.state.is_some() && least > 1 {
            self.wrong("one state is named, and more than one expected");
        }
        self.at_most_all(least);
        let (treaty, state) = self.bound(form)?;
        Some(Expects::InForce(treaty, state, least))
    }

    fn not_in_force(&mut self, form: &InForceFindingForm) -> Option<Expects> {
        if form.at_least.is_some() {
            self.wrong("`at-least` says something of `in-force` alone");
        }
        let (treaty, state) = self.bound(form)?;
        Some(Expects::NotInForce(treaty, state))
    }

    /// Notes what is wrong with the finding as a whole.
    fn wrong(&mut self, message: &str) {
        self.problems.push(Problem::new(self.place, message));
    }

    fn keep<T>(&mut self, found: Result<T, Problem>) -> Option<T> {
        found.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn state(&mut self, code: &Spanned<String>) -> Option<StateId> {
        self.keep(state_called(self.library, code))
    }

    /// A state, where one is named; an error where that is unknown, which is noted.
    fn if_named(&mut self, code: Option<&Spanned<String>>) -> Result<Option<StateId>, ()> {
        code.map(|code| self.state(code).ok_or(())).transpose()
    }

    fn treaty(&mut self, name: &Spanned<String>) -> Option<TreatyId> {
        self.keep(treaty_of(self.library, name))
    }

    /// Who asks and who is asked: two states, but where one asks nothing of the other and tries the case itself.
    fn two(&mut self, from: &Spanned<String>, to: &Spanned<String>, measure: Measure) -> Option<(StateId, StateId)> {
        let (one, other) = (self.state(from), self.state(to));
        let two = one.zip(other);
        if two.is_some_and(|two| Question::asks_itself(measure, two)) {
            self.problems.push(Problem::new(to.place, "no state asks itself"));
        }
        two
    }

    /// Who writes and who is written to. A trial at home is a question to a state's own law, which nobody is asked.
    fn correspondents(
        &mut self,
        from: &Spanned<String>,
        to: &Spanned<String>,
        measure: Measure,
    ) -> Option<(StateId, StateId)> {
        if measure == Measure::TrialAtHome {
            let name = measure.name();
            let problem = Problem::new(self.place, format!("no state asks another for `{name}`, in no run"));
            self.problems.push(problem.help("whether it may try a case itself, is what an `opinion` says"));
        }
        self.two(from, to, measure)
    }

    fn sought(&mut self, code: &Spanned<String>, role: Option<HavenFor>) -> Option<Sought> {
        let role = role.map(|role| match role {
            HavenFor::Bases => Role::Base,
            HavenFor::Hosts => Role::Host,
        });
        Some(Sought { state: self.state(code)?, role })
    }

    /// A treaty, and the state for which it is looked at, if one is named.
    fn bound(&mut self, form: &InForceFindingForm) -> Option<(TreatyId, Option<StateId>)> {
        let (treaty, state) = (self.treaty(&form.treaty), self.if_named(form.state.as_ref()));
        Some((treaty?, state.ok()?))
    }

    fn line(&mut self, name: &Spanned<String>) -> Option<FactSet> {
        let line = self.lines.iter().find(|line| line.name == name.value);
        let known = self.lines.iter().map(|line| line.name.as_str());
        self.keep(line.map(|line| line.facts).ok_or_else(|| Problem::unknown("line", name, known)))
    }

    fn question(&mut self, form: &OpinionFindingForm) -> Option<Question> {
        let two = self.two(&form.from, &form.to, form.measure);
        let nationality = self.if_named(form.national_of.as_ref());
        let line = self.line(&form.line);
        let days =
            Dates { conduct: form.conduct_day, request: form.at, held_since: None, follow_up: None, answer: form.at };
        if let Some(found) = days.contradictions().next() {
            self.wrong(&found.to_string());
        }
        let conduct_day = form.conduct_day.unwrap_or(form.at);
        let (from, to) = two?;
        let nationality = Some(nationality.ok()?.unwrap_or(from));
        Some(Question { conduct_day, nationality, ..asked(from, to, form.measure, line?, form.at) })
    }

    /// A finding without limits could not fail, and one whose limits exclude one another could not hold.
    fn bounds<T: PartialOrd + Copy + std::fmt::Display>(&mut self, least: Option<T>, most: Option<T>) -> Bounds<T> {
        match (least, most) {
            (None, None) => self.wrong("nothing is expected here: give `at-least`, `at-most` or both"),
            (Some(least), Some(most)) if least > most => {
                self.wrong(&format!("nothing is at least {least} and at most {most}"));
            }
            _ => {}
        }
        Bounds { least, most }
    }

    /// That not more states are expected than there are.
    fn at_most_all(&mut self, expected: usize) {
        let all = self.library.states().len();
        if expected > all {
            self.wrong(&format!("{expected} states are expected, and there are {all}"));
        }
    }
}
