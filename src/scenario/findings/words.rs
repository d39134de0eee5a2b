//! Expected findings in words.

use super::{Bounds, Expects, Finding};
use crate::base::numbers::{decimals, grouped, number_of};
use crate::base::{StateId, TreatyId};
use crate::law::{Decision, GroundCode, Library, Measure, Question};

impl Finding {
    /// The expectation in words.
    #[must_use]
    pub fn says(&self, library: &Library) -> String {
        let name = |state: StateId| library.state(state).in_prose();
        let title = |treaty: TreatyId| format!("the {}", library.treaty(treaty).title);
        match &self.expects {
            Expects::Haven(sought, None) => format!("{} becomes {}", name(sought.state), sought.what()),
            Expects::Haven(sought, Some(ground)) => {
                let (state, what) = (name(sought.state), sought.what());
                format!("{state} becomes {what}, {} ({}) among the reasons", ground.code(), ground.meaning())
            }
            Expects::NoHaven(sought) => format!("{} does not become {}", name(sought.state), sought.what()),
            Expects::HavenEnds(sought) => {
                format!("{} becomes {}, and is none when the run ends", name(sought.state), sought.what())
            }
            Expects::HavenStays(sought) => {
                format!("{} becomes {}, and is one still when the run ends", name(sought.state), sought.what())
            }
            Expects::Letters(from, to, measure, decision) => {
                format!("{} asks {} for {}: {}", name(*from), name(*to), measure.name(), told(*decision))
            }
            Expects::InForce(treaty, state, least) => {
                let states = || format!("at least {}", number_of(*least as u64, "state", "states")).into();
                begins_to_bind(library, *treaty, &state.map_or_else(states, name))
            }
            Expects::NotInForce(treaty, state) => {
                let whom = state.map_or("anybody".into(), name);
                does_not_bind(library, *treaty, &whom)
            }
            Expects::NoLetters(from, to, measure) => {
                format!("{} never asks {} for {}", name(*from), name(*to), measure.name())
            }
            Expects::Lost(state, cause, bounds) => {
                let whose = state.map_or_else(|| "in the world".to_owned(), |state| format!("of {}", name(state)));
                let cause = cause.map_or_else(String::new, |cause| format!(" ({})", cause.word()));
                format!("of the closed cases {whose}, {} lost{cause}", within(&bounds.map(percent)))
            }
            Expects::Removed(state, bounds) => {
                let sites = if bounds.most.or(bounds.least) == Some(1) { "site" } else { "sites" };
                format!("{} removes {} {sites}", name(*state), within(&bounds.map(grouped)))
            }
            Expects::Participation(treaty, day, counts) => {
                format!("{} on {day}: {}", title(*treaty), spelled(*counts))
            }
            Expects::Opinion(question, line, decision, ground) => {
                opinion(library, question, line, (*decision, *ground))
            }
            Expects::OpenPairs(measure, (line, _), day, bounds) => format!(
                "on {day}, {} for {line} is open in {} of all ordered pairs of states",
                measure.name(),
                within(&bounds.map(percent))
            ),
        }
    }
}

/// That a treaty enters into force, for whom; a rule of custom, which nobody joins, begins to bind.
fn begins_to_bind(library: &Library, treaty: TreatyId, whom: &str) -> String {
    let law = library.treaty(treaty);
    let begins = if law.is_custom { "begins to bind" } else { "enters into force for" };
    format!("the {} {begins} {whom}", law.title)
}

/// That it does not.
fn does_not_bind(library: &Library, treaty: TreatyId, whom: &str) -> String {
    let law = library.treaty(treaty);
    let does_not = if law.is_custom { "does not begin to bind" } else { "does not enter into force for" };
    format!("the {} {does_not} {whom}", law.title)
}

/// An expected answer of the law, to another state or on a trial at home.
fn opinion(
    library: &Library,
    question: &Question,
    line: &str,
    (decision, ground): (Decision, Option<GroundCode>),
) -> String {
    let (day, measure) = (question.day, question.measure);
    let asking = library.state(question.requesting).in_prose();
    let over = over(library, question, line);
    if measure == Measure::TrialAtHome && matches!(decision, Decision::Refuse | Decision::NoRequest) {
        let may = if decision == Decision::Refuse { "may not" } else { "may" };
        let because = |ground: GroundCode| format!(": {}, {}", ground.code(), ground.meaning_for(measure));
        return format!("on {day}, {asking} {may} try it itself ({over}){}", ground.map(because).unwrap_or_default());
    }
    let asked = library.state(question.requested).in_prose();
    let because = |ground: GroundCode| format!(", {} ({})", ground.code(), ground.meaning());
    let (measure, told, why) = (measure.name(), told(decision), ground.map(because).unwrap_or_default());
    format!("on {day}, {asking} asks {asked} for {measure} ({over}): {told}{why}")
}

/// A decision with what it means: the bare word says nothing to most.
fn told(decision: Decision) -> String {
    format!("{} ({})", decision.word(), decision.meaning())
}

/// Over what a question is asked: the line, whose national where that is not the asking state's, and when the conduct was
/// where that was not the same day. What is left out is what tells no two questions apart.
fn over(library: &Library, question: &Question, line: &str) -> String {
    let foreign = question.nationality.filter(|nationality| *nationality != question.requesting);
    let national = foreign.map(|state| format!(", a national of {}", library.state(state).in_prose()));
    let earlier = (question.conduct_day != question.day).then(|| format!(", conduct of {}", question.conduct_day));
    [Some(line.to_owned()), national, earlier].into_iter().flatten().collect()
}

/// Signatures, consents and states bound, as far as they are counted.
pub(super) fn spelled(counts: [Option<usize>; 3]) -> String {
    let nouns = [("signature", "signatures"), ("consent", "consents"), ("state bound", "states bound")];
    let known = counts.into_iter().zip(nouns);
    let known = known.filter_map(|(count, (one, many))| count.map(|count| number_of(count as u64, one, many)));
    known.collect::<Vec<_>>().join(", ")
}

impl<T: Copy> Bounds<T> {
    fn map<U>(&self, with: impl Fn(T) -> U) -> Bounds<U> {
        Bounds { least: self.least.map(&with), most: self.most.map(&with) }
    }
}

pub(super) fn percent(share: f64) -> String {
    format!("{} %", decimals(share * 100.0, 1))
}

fn within(bounds: &Bounds<String>) -> String {
    match (&bounds.least, &bounds.most) {
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => "any number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, grouped, percent, within};

    #[test]
    fn numbers_are_written_as_in_reports() {
        let sites = Bounds { least: Some(1_234), most: Some(20_000) };
        assert_eq!(within(&sites.map(grouped)), "1,234 to 20,000");
        assert_eq!([0.0625, 0.0615, 1.0].map(percent), ["6.3 %", "6.2 %", "100.0 %"]);
    }
}
