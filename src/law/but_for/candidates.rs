//! The single changes that a search tries: only those that touch the two States, the measure, and the treaties that
//! could carry it. In a fixed order: consents, reservations, laws, facts, days.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::change::LEAST_MONTHS;
use super::{Change, Choice};
use crate::base::{CiteId, Day, StateId, TreatyId};
use crate::law::establish::punishable;
use crate::law::fact::Pattern;
use crate::law::governing::carrying;
use crate::law::library::Library;
use crate::law::measure::Measure;
use crate::law::membership::{Memberships, Standing};
use crate::law::opinion::{Decision, Opinion};
use crate::law::question::{Dates, Question};
use crate::law::rule::Rule;
use crate::law::state::DualCriminalityAt;

/// Maximum penalties, in months, that laws and treaties draw lines at; a line of a treaty of the library besides.
const LINES_MONTHS: [u16; 7] = [LEAST_MONTHS, 12, 13, 24, 36, 48, 60];

/// Every single change worth trying.
pub(super) fn all(library: &Library, memberships: &Memberships, question: &Question, opinion: &Opinion) -> Vec<Choice> {
    let listing = Listing::of(library, memberships, question);
    let mut choices = listing.acts();
    choices.extend(listing.facts(opinion));
    choices.extend(listing.days());
    choices
}

/// Those of them that are acts of a State.
pub(super) fn acts(library: &Library, memberships: &Memberships, question: &Question) -> Vec<Choice> {
    Listing::of(library, memberships, question).acts()
}

/// The treaties that could carry a measure, the protocols to these, and the parents of all of them, in the order of
/// the library.
fn relevant(library: &Library, measure: Measure) -> BTreeSet<TreatyId> {
    let ids = || (0_u16..).map(TreatyId).zip(library.treaties());
    let mut relevant: BTreeSet<TreatyId> = carrying(library, measure).collect();
    let protocols = ids().filter(|(_, treaty)| treaty.parent.is_some_and(|parent| relevant.contains(&parent)));
    let protocols: Vec<TreatyId> = protocols.map(|(id, _)| id).collect();
    relevant.extend(protocols);
    let parents: Vec<TreatyId> = relevant.iter().filter_map(|treaty| library.treaty(*treaty).parent).collect();
    relevant.extend(parents);
    relevant
}

struct Listing<'a> {
    library: &'a Library,
    memberships: &'a Memberships,
    question: &'a Question,
    treaties: BTreeSet<TreatyId>,
}

fn single(change: Change) -> Choice {
    Choice { changes: vec![change] }
}

impl<'a> Listing<'a> {
    fn of(library: &'a Library, memberships: &'a Memberships, question: &'a Question) -> Self {
        Self { library, memberships, question, treaties: relevant(library, question.measure) }
    }

    fn acts(&self) -> Vec<Choice> {
        let mut choices = self.consents();
        choices.extend(self.withdrawals());
        choices.extend(self.offences());
        choices.extend(self.rules_of_law());
        choices
    }

    /// The States on which the answer hangs, each with the other of the two; the requested State first: it is the one whose
    /// answer is to turn. Who tries a case itself asks nobody.
    fn states(&self) -> impl Iterator<Item = (StateId, StateId)> + use<> {
        let Question { requesting, requested, measure, .. } = *self.question;
        let asked = Some((requested, requesting)).filter(|_| measure != Measure::TrialAtHome);
        asked.into_iter().chain([(requesting, requested)])
    }

    /// The State by whose law it is answered.
    fn answering(&self) -> StateId {
        let Question { requesting, requested, measure, .. } = *self.question;
        if measure == Measure::TrialAtHome { requesting } else { requested }
    }

    /// Consents early enough to bind on the day of the answer, and denunciations taken back.
    fn consents(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        for treaty in &self.treaties {
            let law = self.library.treaty(*treaty);
            let in_time = LazyCell::new(|| {
                let joins = law.joins?;
                let first = law.first_in_force.as_ref().and_then(|first| first.rule).unwrap_or(joins);
                let by = [joins, first].map(|rule| rule.latest_deposit(self.question.day));
                Some(by[0].min(by[1]))
            });
            for (state, _) in self.states() {
                let out = match self.memberships.standing(*treaty, state, self.question.day) {
                    Standing::Party(_) => continue,
                    Standing::Former(out) => {
                        choices.push(single(Change::DenunciationTakenBack { state, treaty: *treaty, by: out - 1 }));
                        Some(out)
                    }
                    _ => None,
                };
                // Who has left may come in again, where others than the first two may come in at all.
                let Some(by) = *in_time else { continue };
                let is_new = out.is_none_or(|out| by >= out);
                if is_new && law.participation.is_open_on(by) && law.admits(state, by, self.memberships) {
                    choices.push(single(Change::Consent { state, treaty: *treaty, by }));
                }
            }
        }
        choices
    }

    /// Reservations and declarations of either State that stand on the day.
    fn withdrawals(&self) -> Vec<Choice> {
        let by = self.question.day;
        let mut choices = Vec::new();
        for treaty in &self.treaties {
            let law = self.library.treaty(*treaty);
            for article in law.reservable.iter().chain(&law.declarable) {
                for (state, _) in self.states() {
                    if self.memberships.reserved(*treaty, state, *article, by) {
                        let (treaty, article) = (*treaty, *article);
                        choices.push(single(Change::Withdrawal { state, treaty, article, by }));
                    }
                }
            }
        }
        choices
    }

    /// The conduct made an offence, or punished more severely, by either State: after a listed offence that it meets,
    /// else after an offence of the other State.
    fn offences(&self) -> Vec<Choice> {
        let given = self.library.facts.derive(self.question.facts);
        let mut choices = Vec::new();
        for (state, other) in self.states() {
            let by = self.day_that_counts(state);
            let Some((after, pattern)) = self.listed_pattern().or_else(|| self.pattern_of(other)) else { continue };
            let now = punishable(self.library, state, given, by).map(|(_, months)| months);
            let changes: Vec<Change> = self
                .lines()
                .into_iter()
                .filter(|months| now.is_none_or(|now| *months > now))
                .map(|months| Change::Offence { state, pattern, after, months, by, raises: now.is_some() })
                .collect();
            if !changes.is_empty() {
                choices.push(Choice { changes });
            }
        }
        choices
    }

    fn day_that_counts(&self, state: StateId) -> Day {
        let Question { requested, measure, conduct_day, request_day, day, .. } = *self.question;
        let is_asked = state == requested && measure != Measure::TrialAtHome;
        match self.library.state(state).dual_criminality_at {
            DualCriminalityAt::Request if is_asked => day,
            DualCriminalityAt::Receipt if is_asked => request_day,
            _ => conduct_day,
        }
    }

    /// Maximum penalties to try, the least first.
    fn lines(&self) -> BTreeSet<u16> {
        let thresholds = self.library.treaties().iter().filter_map(|treaty| treaty.threshold);
        let reached = thresholds.map(|line| line.months + u16::from(line.more_than));
        LINES_MONTHS.into_iter().chain(reached).collect()
    }

    fn listed_pattern(&self) -> Option<(CiteId, Pattern)> {
        let given = self.library.facts.derive(self.question.facts);
        let mut treaties = self.treaties.iter().map(|treaty| self.library.treaty(*treaty));
        treaties.find_map(|treaty| treaty.has_punished(given)).map(|offence| (offence.cite, offence.pattern))
    }

    fn pattern_of(&self, other: StateId) -> Option<(CiteId, Pattern)> {
        let given = self.library.facts.derive(self.question.facts);
        let day = self.question.conduct_day;
        let offences = self.library.state(other).offences.iter();
        offences
            .filter(|offence| offence.in_force(day) && offence.pattern.holds(given))
            .map(|offence| (offence.cite, offence.pattern))
            .next()
    }

    /// Rules of the State that answers in force on the measure that set a ground or a condition, the requirement of a treaty, and
    /// the conventions that it does not accept as one.
    fn rules_of_law(&self) -> Vec<Choice> {
        let state = self.answering();
        let law = self.library.state(state);
        let in_force = law.rules.in_force(self.question.measure, self.question.day_of_own_law());
        let deciding = in_force.filter(|rule| rule.refuse.is_some() || rule.condition.is_some());
        let mut choices: Vec<Choice> =
            deciding.map(|rule| single(Change::Repeal { state, rule: rule.index })).collect();
        if self.question.measure == Measure::Extradition && law.needs_treaty == Some(true) {
            choices.push(single(Change::TreatyNotRequired { state }));
            for treaty in self.treaties.iter().filter(|treaty| !law.accepts_as_basis.contains(treaty)) {
                let multilateral = self.library.treaty(*treaty).joins.is_some();
                let on_its_own = self.library.treaty(*treaty).extends.is_none();
                if multilateral && on_its_own {
                    choices.push(single(Change::AcceptedAsBasis { state, treaty: *treaty }));
                }
            }
        }
        choices
    }

    /// Facts of the request that are a party's own act, done or undone; and for an answer that waits for information,
    /// the facts for which it waits.
    fn facts(&self, opinion: &Opinion) -> Vec<Choice> {
        let facts = &self.library.facts;
        let mut choices = Vec::new();
        for fact in facts.ids() {
            let holds = self.question.facts.has(fact);
            let missing = opinion.decision == Decision::NeedsInformation && opinion.missing.has(fact);
            for then in [true, false] {
                if missing || (holds != then && facts.is_act(fact, then)) {
                    choices.push(single(Change::Fact { fact, holds: then }));
                }
            }
        }
        choices
    }

    /// Days on which the law between the two changes: of the answer, later and earlier, and of the conduct. The
    /// nearest come first, so that the first that turns the answer is the first day on which it is another.
    fn days(&self) -> Vec<Choice> {
        let events = self.events();
        let (answer, conduct) = (self.question.day, self.question.conduct_day);
        let later = events.range(answer + 1..).map(|day| Change::Answer { day: *day });
        let earlier = events.range(..=answer).rev().map(|day| *day - 1);
        let conduct_later = events.range(conduct + 1..).copied();
        let conduct_earlier = events.range(..=conduct).rev().map(|day| *day - 1);
        let answers = later.chain(earlier.map(|day| Change::Answer { day }));
        let conducts = conduct_later.chain(conduct_earlier).map(|day| Change::Conduct { day });
        let received = self.question.request_day;
        let request_later = events.range(received + 1..).copied();
        let request_earlier = events.range(..=received).rev().map(|day| *day - 1);
        let requests = request_later.chain(request_earlier).map(|day| Change::Request { day });
        let all = answers.chain(conducts).chain(requests).chain(self.follow_ups());
        all.filter(|change| self.can_be(change)).map(single).collect()
    }

    /// Whether a change of a day brings no contradiction among the days that was not there before. A conduct that nobody dates
    /// may stand after its request.
    fn can_be(&self, change: &Change) -> bool {
        let mut changed = *self.question;
        change.apply_to(&mut changed);
        let sides = |question: &Question| {
            let found = Dates::of(question).contradictions();
            found.map(|found| (found.what, found.lies, found.of)).collect::<Vec<_>>()
        };
        let before = sides(self.question);
        sides(&changed).iter().all(|side| before.contains(side))
    }

    /// Follow-ups on the last day of a time for which a treaty has something held, or on that of the answer if it comes before;
    /// the latest come first.
    fn follow_ups(&self) -> impl Iterator<Item = Change> {
        let rules = self.library.treaties().iter().flat_map(|treaty| treaty.rules.iter());
        let held_days = rules.flat_map(|rule| [rule.holds_days, rule.holds_days_at_most]).flatten();
        let Question { day: answer, held_since: since, follow_up_day: came, .. } = *self.question;
        let last = held_days.filter_map(|days| since.map(|since| (since + u32::from(days)).min(answer)));
        let days: BTreeSet<Day> = last.collect();
        let sooner = days.into_iter().rev().filter(move |day| came.is_none_or(|came| *day < came));
        sooner.map(|day| Change::FollowUp { day })
    }

    /// Days on which a membership, a reservation, an offence or a rule of either State begins or ends, or an article of a treaty
    /// that could carry the measure, or from which such a treaty applies to acts or to requests.
    fn events(&self) -> BTreeSet<Day> {
        let mut days: BTreeSet<Day> = BTreeSet::new();
        for (state, _) in self.states() {
            days.extend(self.memberships.events_of(state));
            days.extend(self.library.state(state).changes());
        }
        let articles = self.treaties.iter().flat_map(|treaty| self.library.treaty(*treaty).rules.iter());
        let of_articles = |rule: &Rule| [rule.from, rule.until, rule.acts_from, rule.requests_from];
        days.extend(articles.flat_map(of_articles).flatten());
        days
    }
}
