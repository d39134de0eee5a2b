//! Questions: a request as it is put to the law, and days that no request can have.

use std::fmt::{self, Display, Formatter};

use super::fact::FactSet;
use super::library::Library;
use super::measure::Measure;
use crate::base::{Day, StateId};

/// A request as the law sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// The state that asks.
    pub requesting: StateId,
    /// The state that is asked.
    pub requested: StateId,
    /// What is asked.
    pub measure: Measure,
    /// Conduct and circumstances that are known to hold. What is not listed does not hold.
    pub facts: FactSet,
    /// Facts of which it is not known whether they hold.
    pub unknown: FactSet,
    /// The day of the conduct.
    pub conduct_day: Day,
    /// The day on which the answer is given.
    pub day: Day,
    /// The day on which the request was received.
    pub request_day: Day,
    /// The day since when data or a person are held for the requesting state, where they are.
    pub held_since: Option<Day>,
    /// The day on which the follow-up to that hold was received, where it was.
    pub follow_up_day: Option<Day>,
    /// Nationality of the person sought, where one is.
    pub nationality: Option<StateId>,
}

impl Question {
    /// A question all of one day: conduct, receipt and answer. No fact is unknown, nothing is held, nobody is sought; what is
    /// otherwise is set beside it.
    #[must_use]
    pub const fn on(day: Day, (requesting, requested): (StateId, StateId), measure: Measure, facts: FactSet) -> Self {
        Self {
            requesting,
            requested,
            measure,
            facts,
            unknown: FactSet::NONE,
            conduct_day: day,
            day,
            request_day: day,
            held_since: None,
            follow_up_day: None,
            nationality: None,
        }
    }

    /// Whether a state may try at home what had its effects there and, if it did, was done `here`. No other state is asked.
    #[must_use]
    pub fn of_trial(library: &Library, day: Day, state: StateId, facts: FactSet, here: bool) -> Self {
        let asked = library.fixed().asked;
        let facts = facts.and(asked.effects_in_requesting).and_if(asked.committed_in_requesting, here);
        Self::on(day, (state, state), Measure::TrialAtHome, facts)
    }

    /// Whether a state would ask itself: who tries a case at home asks nobody, and all else is asked of another.
    #[must_use]
    pub fn asks_itself(measure: Measure, (requesting, requested): (StateId, StateId)) -> bool {
        requesting == requested && measure != Measure::TrialAtHome
    }

    /// Every fact that holds or may hold.
    #[must_use]
    pub const fn possible_facts(&self) -> FactSet {
        self.facts.with(self.unknown)
    }

    /// The day on which a rule of a state's own law must be in force to apply: that of the answer, since co-operation is
    /// given as the law then stands. A claim to try what was done is judged by the law of its day, like the offence.
    #[must_use]
    pub fn day_of_own_law(&self) -> Day {
        if self.measure == Measure::TrialAtHome { self.conduct_day } else { self.day }
    }
}

/// The days of a question as somebody states them. Whoever reads a question from outside looks here whether they can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The day of the conduct, where it is stated. Where it is not, it is that of the answer, whenever the request came.
    pub conduct: Option<Day>,
    /// The day on which the request was received.
    pub request: Day,
    /// The day since when data or a person are held.
    pub held_since: Option<Day>,
    /// The day on which the follow-up to that hold was received.
    pub follow_up: Option<Day>,
    /// The day on which the answer is given.
    pub answer: Day,
}

/// What has a day in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOf {
    /// The conduct.
    Conduct,
    /// The receipt of the request.
    Request,
    /// The beginning of a hold.
    Hold,
    /// The receipt of the follow-up to that hold.
    FollowUp,
    /// The answer.
    Answer,
}

/// On which side of another a day lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// After it.
    After,
    /// Before it.
    Before,
}

/// A day on the side of another on which it cannot lie. Its text says so: "the conduct, 2012-06-02, lies after the answer,
/// 2012-06-01".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What lies wrong.
    pub what: DayOf,
    /// Its day.
    pub day: Day,
    /// On which side.
    pub lies: Lies,
    /// Of what.
    pub of: DayOf,
    /// The day of that.
    pub of_day: Day,
}

impl Dates {
    /// The days of a question, all of them as stated.
    #[must_use]
    pub const fn of(question: &Question) -> Self {
        let Question { conduct_day, request_day, held_since, follow_up_day, day, .. } = *question;
        let (conduct, follow_up) = (Some(conduct_day), follow_up_day);
        Self { conduct, request: request_day, held_since, follow_up, answer: day }
    }

    /// Which of these days cannot be, given the others; none, where all can.
    pub fn contradictions(self) -> impl Iterator<Item = Contradiction> {
        let after = [DayOf::Conduct, DayOf::Request, DayOf::Hold, DayOf::FollowUp];
        let after = after.map(|what| (what, Lies::After, DayOf::Answer));
        let before = [(DayOf::Request, DayOf::Conduct), (DayOf::FollowUp, DayOf::Hold)];
        let before = before.map(|(what, of)| (what, Lies::Before, of));
        after.into_iter().chain(before).filter_map(move |(what, lies, of)| self.contradiction(what, lies, of))
    }

    fn contradiction(self, what: DayOf, lies: Lies, of: DayOf) -> Option<Contradiction> {
        let (day, of_day) = (self.day(what)?, self.day(of)?);
        let contradicts = match lies {
            Lies::After => day > of_day,
            Lies::Before => day < of_day,
        };
        contradicts.then_some(Contradiction { what, day, lies, of, of_day })
    }

    const fn day(self, what: DayOf) -> Option<Day> {
        match what {
            DayOf::Conduct => self.conduct,
            DayOf::Request => Some(self.request),
            DayOf::Hold => self.held_since,
            DayOf::FollowUp => self.follow_up,
            DayOf::Answer => Some(self.answer),
        }
    }
}

impl DayOf {
    /// In words, as part of a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Conduct => "the conduct",
            Self::Request => "the request",
            Self::Hold => "the hold",
            Self::FollowUp => "the follow-up",
            Self::Answer => "the answer",
        }
    }
}

impl Display for Contradiction {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let lies = match self.lies {
            Lies::After => "after",
            Lies::Before => "before",
        };
        write!(formatter, "{}, {}, lies {lies} {}, {}", self.what.words(), self.day, self.of.words(), self.of_day)
    }
}

#[cfg(test)]
mod tests {
    use super::Dates;
    use crate::base::Day;

    #[test]
    fn days_that_cannot_be_are_told_with_what_they_contradict() {
        let [earlier, early, day, late] = [0, 1, 2, 3].map(|number| Day::from_number(15_000 + number));
        let sound =
            Dates { conduct: Some(early), request: early, held_since: Some(early), follow_up: Some(day), answer: day };
        let told = |dates: Dates| dates.contradictions().map(|found| found.to_string()).collect::<Vec<_>>();
        assert!(told(sound).is_empty());
        assert_eq!(
            told(Dates { conduct: Some(late), ..sound }),
            [
                format!("the conduct, {late}, lies after the answer, {day}"),
                format!("the request, {early}, lies before the conduct, {late}")
            ]
        );
        assert_eq!(
            told(Dates { request: late, held_since: Some(late), follow_up: None, ..sound }),
            ["request", "hold"].map(|what| format!("the {what}, {late}, lies after the answer, {day}"))
        );
        assert_eq!(
            told(Dates { follow_up: Some(earlier), ..sound }),
            [format!("the follow-up, {earlier}, lies before the hold, {early}")]
        );
        // A conduct that nobody dates contradicts no request.
        assert!(told(Dates { conduct: None, request: earlier, ..sound }).is_empty());
    }
}
