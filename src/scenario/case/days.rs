//! The days of a question: those of the case, or of its part, each with the place where it is written.

use crate::base::{Day, Place, Problem, Problems, Spanned};
use crate::law::forms::{CaseForm, PartForm};
use crate::law::{Dates, DayOf};

/// The days, and where those that are stated stand.
pub(super) struct Days<'a> {
    /// What the question is asked with.
    pub(super) stated: Dates,
    answer: &'a Spanned<Day>,
    conduct: Option<&'a Spanned<Day>>,
    request: Option<&'a Spanned<Day>>,
    held_since: Option<&'a Spanned<Day>>,
    follow_up: Option<&'a Spanned<Day>>,
}

impl<'a> Days<'a> {
    /// What a part says goes before what the case says. Who says no day of the request means that of the answer.
    pub(super) fn of(form: &'a CaseForm, part: &'a PartForm, answer: &'a Spanned<Day>) -> Self {
        let conduct = part.conduct_day.as_ref().or(form.conduct_day.as_ref());
        let request = part.request_day.as_ref().or(form.request_day.as_ref());
        let held_since = part.held_since.as_ref().or(form.held_since.as_ref());
        let follow_up = part.follow_up_day.as_ref().or(form.follow_up_day.as_ref());
        let value = |day: &Spanned<Day>| day.value;
        let stated = Dates {
            conduct: conduct.map(value),
            request: request.map_or(answer.value, value),
            held_since: held_since.map(value),
            follow_up: follow_up.map(value),
            answer: answer.value,
        };
        Self { stated, answer, conduct, request, held_since, follow_up }
    }

    /// What cannot be, each where the day that lies wrong is written: of one that the case states for all its parts, once for
    /// all. A request without a day of its own has the day of the answer, of which the same is told.
    pub(super) fn contradictions(&self, part: Place) -> Problems {
        let is_stated = |day| day != DayOf::Request || self.request.is_some();
        let found = self.stated.contradictions().filter(|found| is_stated(found.what) && is_stated(found.of));
        Problems(found.map(|found| Problem::new(self.place(found.what).unwrap_or(part), found.to_string())).collect())
    }

    fn place(&self, of: DayOf) -> Option<Place> {
        let day = match of {
            DayOf::Conduct => self.conduct,
            DayOf::Request => self.request,
            DayOf::Hold => self.held_since,
            DayOf::FollowUp => self.follow_up,
            DayOf::Answer => Some(self.answer),
        };
        day.map(|day| day.place)
    }
}
