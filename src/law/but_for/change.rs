//! One change of treaty relations, law, dates or facts: how it is made, who makes it, and what it is in words.

use crate::base::{CiteId, Day, StateId, TreatyId};
use crate::law::explain::term;
use crate::law::fact::{FactId, FactSet, Pattern};
use crate::law::instrument::{Act, Instrument};
use crate::law::library::Library;
use crate::law::membership::{Memberships, Standing};
use crate::law::question::Question;
use crate::law::state::{DomesticOffence, State};
use crate::law::wording::capital;

/// The least maximum penalty that a search tries: where it is enough, any penalty is.
pub(super) const LEAST_MONTHS: u16 = 1;

/// Kinds of changes of a day, see [`Change::kind_of_day`].
pub(super) const KINDS_OF_DAY: usize = 7;

/// A single change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// A State consents to be bound, at the latest on this day.
    Consent {
        /// Who.
        state: StateId,
        /// By what.
        treaty: TreatyId,
        /// The last day of deposit that is early enough.
        by: Day,
    },
    /// A State takes its denunciation back before it takes effect (VCLT 68).
    DenunciationTakenBack {
        /// Who.
        state: StateId,
        /// Of what.
        treaty: TreatyId,
        /// The last day on which it can.
        by: Day,
    },
    /// A State withdraws a reservation or a declaration.
    Withdrawal {
        /// Whose.
        state: StateId,
        /// To which treaty.
        treaty: TreatyId,
        /// To which article.
        article: CiteId,
        /// The last day on which that is early enough.
        by: Day,
    },
    /// A State makes the conduct an offence, or raises the maximum penalty of one that it has.
    Offence {
        /// Which State.
        state: StateId,
        /// The conduct, after the pattern of a provision that it meets.
        pattern: Pattern,
        /// That provision.
        after: CiteId,
        /// The least maximum penalty, in months.
        months: u16,
        /// The day on which it has to be in force.
        by: Day,
        /// Whether the State punishes the conduct already, only less.
        raises: bool,
    },
    /// A State repeals a rule of its law on co-operation.
    Repeal {
        /// Which State.
        state: StateId,
        /// The rule, by its place.
        rule: u16,
    },
    /// A State's law no longer requires a treaty for extradition.
    TreatyNotRequired {
        /// Which State.
        state: StateId,
    },
    /// A State accepts a convention as its legal basis for extradition.
    AcceptedAsBasis {
        /// Which State.
        state: StateId,
        /// The convention.
        treaty: TreatyId,
    },
    /// The request is answered on another day.
    Answer {
        /// The first day, or the last, on which the answer is another.
        day: Day,
    },
    /// The request is received on another day.
    Request {
        /// The first day, or the last, on which the answer is another.
        day: Day,
    },
    /// The follow-up to an earlier hold of data or of a person comes in time.
    FollowUp {
        /// The last day that is in time.
        day: Day,
    },
    /// The conduct took place on another day.
    Conduct {
        /// The first day, or the last, on which the answer is another.
        day: Day,
    },
    /// A fact of the request is supplied or taken back.
    Fact {
        /// Which.
        fact: FactId,
        /// Whether it then holds.
        holds: bool,
    },
}

impl Change {
    /// The instrument that makes the change, if one does.
    #[must_use]
    pub fn instrument(&self) -> Option<Instrument> {
        let made = |day, treaty, state, act| Some(Instrument { day, treaty, state, act });
        match *self {
            Self::Consent { state, treaty, by } | Self::DenunciationTakenBack { state, treaty, by } => {
                made(by, treaty, state, Act::Consent)
            }
            Self::Withdrawal { state, treaty, article, by } => {
                made(by, treaty, state, Act::ReservationWithdrawn(article))
            }
            _ => None,
        }
    }

    /// The treaty that the change is about, if it is about one.
    #[must_use]
    pub const fn treaty(&self) -> Option<TreatyId> {
        match *self {
            Self::Consent { treaty, .. }
            | Self::DenunciationTakenBack { treaty, .. }
            | Self::Withdrawal { treaty, .. }
            | Self::AcceptedAsBasis { treaty, .. } => Some(treaty),
            _ => None,
        }
    }

    /// The State whose own law changes, if one does.
    #[must_use]
    pub const fn law_of(&self) -> Option<StateId> {
        match *self {
            Self::Offence { state, .. }
            | Self::Repeal { state, .. }
            | Self::TreatyNotRequired { state }
            | Self::AcceptedAsBasis { state, .. } => Some(state),
            _ => None,
        }
    }

    /// The State that acts; `None` for a day, which nobody does.
    #[must_use]
    pub fn actor(&self) -> Option<StateId> {
        self.instrument().map(|instrument| instrument.state).or(self.law_of())
    }

    /// Makes the change in the law of its State.
    pub(super) fn amend(&self, law: &mut State) {
        match *self {
            Self::Offence { pattern, after, months, by, .. } => law.offences.push(DomesticOffence {
                name: "enacted".to_owned(),
                cite: after,
                pattern,
                maximum_months: months,
                from: Some(by),
                until: None,
                carries_out: Vec::new(),
                awaits_treaty: false,
                is_taken: false,
            }),
            Self::Repeal { rule, .. } => law.rules.repeal(rule),
            Self::TreatyNotRequired { .. } => law.needs_treaty = Some(false),
            Self::AcceptedAsBasis { treaty, .. } => law.accepts_as_basis.push(treaty),
            _ => {}
        }
    }

    /// Takes back what [`Change::amend`] did last.
    pub(super) fn undo(&self, law: &mut State, original: &State) {
        match *self {
            Self::Offence { .. } => {
                law.offences.pop();
            }
            Self::Repeal { rule, .. } => law.rules.restore(rule, &original.rules),
            Self::TreatyNotRequired { .. } => law.needs_treaty = original.needs_treaty,
            Self::AcceptedAsBasis { .. } => {
                law.accepts_as_basis.pop();
            }
            _ => {}
        }
    }

    /// Makes the change in the dates and facts of a request.
    pub(super) fn apply_to(&self, question: &mut Question) {
        match *self {
            Self::Answer { day } => {
                question.day = day;
                question.request_day = question.request_day.min(day);
            }
            Self::Request { day } => question.request_day = day,
            Self::FollowUp { day } => question.follow_up_day = Some(day),
            Self::Conduct { day } => question.conduct_day = day,
            Self::Fact { fact, holds } => {
                let this = FactSet::NONE.and(fact);
                question.facts = question.facts.without(this).and_if(fact, holds);
                question.unknown = question.unknown.without(this);
            }
            _ => {}
        }
    }

    /// For a change of a day, which of the [`KINDS_OF_DAY`]: answer, conduct or request, later or earlier; follow-up.
    pub(super) fn kind_of_day(&self, question: &Question) -> Option<usize> {
        match *self {
            Self::Answer { day } => Some(usize::from(day < question.day)),
            Self::Conduct { day } => Some(2 + usize::from(day < question.conduct_day)),
            Self::Request { day } => Some(4 + usize::from(day < question.request_day)),
            Self::FollowUp { .. } => Some(6),
            _ => None,
        }
    }

    /// Its kind in one word, for programs.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Consent { .. } => "consent",
            Self::DenunciationTakenBack { .. } => "denunciation-taken-back",
            Self::Withdrawal { .. } => "reservation-withdrawn",
            Self::Offence { .. } => "offence",
            Self::Repeal { .. } => "repeal",
            Self::TreatyNotRequired { .. } => "treaty-not-required",
            Self::AcceptedAsBasis { .. } => "accepted-as-basis",
            Self::Answer { .. } => "day-of-answer",
            Self::Conduct { .. } => "day-of-conduct",
            Self::Request { .. } => "day-of-request",
            Self::FollowUp { .. } => "day-of-follow-up",
            Self::Fact { .. } => "fact",
        }
    }

    /// The last day on which a State's own act is early enough; none of what has no such day.
    #[must_use]
    pub const fn by(&self) -> Option<Day> {
        match *self {
            Self::Consent { by, .. }
            | Self::DenunciationTakenBack { by, .. }
            | Self::Withdrawal { by, .. }
            | Self::Offence { by, .. } => Some(by),
            _ => None,
        }
    }

    /// The change in a sentence, without a full stop: who does what, by when.
    #[must_use]
    pub fn says(&self, library: &Library, memberships: &Memberships, question: &Question) -> String {
        let name = |state: StateId| capital(&library.state(state).in_prose());
        let title = |treaty: TreatyId| {
            let treaty = library.treaty(treaty);
            format!("the {}{}", treaty.title, if treaty.is_model { " (model text)" } else { "" })
        };
        match *self {
            Self::Consent { state, treaty, by } => {
                let standing = memberships.standing(treaty, state, question.day);
                let before = match standing {
                    Standing::Signed => ", a signatory,".to_owned(),
                    Standing::Consented(_) => ", whose own consent came too late,".to_owned(),
                    Standing::Former(_) => String::new(),
                    _ => library.treaty(treaty).participation.once_invited(library, state),
                };
                let again = if matches!(standing, Standing::Former(_)) { " again" } else { "" };
                format!("{}{before} consents{again} to be bound by {} by {by}", name(state), title(treaty))
            }
            Self::DenunciationTakenBack { state, treaty, by } => {
                format!("{} takes back its denunciation of {} by {by}", name(state), title(treaty))
            }
            Self::Withdrawal { state, treaty, article, by } => {
                let declared = library.treaty(treaty).declarable.contains(&article);
                let act = if declared { "declaration" } else { "reservation" };
                format!("{} withdraws its {act} under {} by {by}", name(state), library.cite(article))
            }
            Self::Offence { state, after, months, by, raises: false, .. } => {
                let maximum = if months > LEAST_MONTHS {
                    format!(", with a maximum of {} or more", term(months))
                } else {
                    String::new()
                };
                let after = library.cite(after);
                format!("{} makes the conduct an offence by {by}, after the pattern of {after}{maximum}", name(state))
            }
            Self::Offence { state, months, by, .. } => {
                format!(
                    "{} raises the maximum penalty for the conduct to {} or more by {by}",
                    name(state),
                    term(months)
                )
            }
            Self::Repeal { state, rule } => {
                let rule = &library.state(state).rules[usize::from(rule)];
                format!("{} repeals {} ({})", name(state), library.cite(rule.cite), rule.says.trim_end_matches('.'))
            }
            Self::TreatyNotRequired { state } => {
                format!("The law of {} no longer requires a treaty for extradition", library.state(state).in_prose())
            }
            Self::AcceptedAsBasis { state, treaty } => {
                format!("{} accepts {} as its legal basis for extradition", name(state), title(treaty))
            }
            Self::Answer { day } => instead("The request is answered", day, question.day),
            Self::Request { day } => instead("The request is received", day, question.request_day),
            Self::FollowUp { day } => {
                let instead = question.follow_up_day.map_or_else(String::new, |came| format!(", instead of {came}"));
                format!("The follow-up is received by {day}{instead}")
            }
            Self::Conduct { day } => instead("The conduct takes place", day, question.conduct_day),
            Self::Fact { fact, holds } => library.facts.supplied(fact, holds),
        }
    }
}

/// That something happens later, or earlier, than it did.
fn instead(what: &str, day: Day, known: Day) -> String {
    if day > known {
        format!("{what} on {day} or later, instead of {known}")
    } else {
        format!("{what} by {day}, instead of {known}")
    }
}
