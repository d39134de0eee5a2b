//! The form of an event: one dated entry of a scenario's timeline, and which of its keys go with what it does.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::authority_form::AuthorityForm;
use super::doubt::Doubts;
use super::numbers::{Factor, Share, Weight};
use crate::base::{Day, Problem, Problems, Spanned};
use crate::law::wording::joined;
use crate::reading::Node;

/// What a state does, or what happens to it, on a day.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EventForm {
    /// The day.
    pub date: Spanned<Day>,
    /// The state.
    pub state: Spanned<String>,
    /// What it does.
    pub does: EventKind,
    /// An act towards a treaty: which.
    #[serde(default)]
    pub treaty: Option<Spanned<String>>,
    /// A reservation, or the withdrawal of one or of a declaration: the article.
    #[serde(default)]
    pub article: Option<Spanned<String>>,
    /// A change that ends: the first day on which things are again as they were.
    #[serde(default)]
    pub until: Option<Spanned<Day>>,
    /// `capacity`: multiple of the staff that the scenario gives the state. `announce-sentences`: of its sentences.
    #[serde(default)]
    pub factor: Option<Factor>,
    /// `change-authority`: what its authority can do from now on, where that differs.
    #[serde(default)]
    pub authority: Option<AuthorityForm>,
    /// `change-state`: its numbers from now on, where they differ.
    #[serde(default)]
    pub numbers: BTreeMap<NumberKey, Weight>,
    /// An operation: chance that a site or network within its aim falls.
    #[serde(default)]
    pub share: Option<Share>,
    /// An operation: whether the largest networks within its aim fall, as many as the share comes to, instead of each by
    /// chance.
    #[serde(default)]
    pub largest_first: Option<bool>,
    /// An operation: the line that it is directed at; every line, if left out.
    #[serde(default)]
    pub line: Option<Spanned<String>>,
    /// An operation: further states that act on the same day.
    #[serde(default)]
    pub with: Vec<Spanned<String>>,
    /// `enact`: the law from which offences are taken over, a name from `law/laws`.
    #[serde(default)]
    pub law: Option<Spanned<String>>,
    /// `enact`: the only offence taken over; all that the state does not have, if left out.
    #[serde(default)]
    pub offence: Option<Spanned<String>>,
}

/// What a state does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Signs, subject to ratification.
    Sign,
    /// Deposits its ratification, acceptance or approval.
    Ratify,
    /// Deposits its accession.
    Accede,
    /// Makes a reservation; only on the day of its signature or consent.
    Reserve,
    /// Withdraws a reservation.
    WithdrawReservation,
    /// Gives notice of denunciation.
    Denounce,
    /// Works with more or fewer people.
    Capacity,
    /// Changes what its authority can do.
    ChangeAuthority,
    /// Changes in attraction, demand, reporting or what it publishes.
    ChangeState,
    /// Announces other sentences.
    AnnounceSentences,
    /// Seizes sites hosted there, under its own law.
    SeizeSites,
    /// Dismantles networks based there, under its own law.
    DismantleNetworks,
    /// Enacts offences.
    Enact,
}

/// A number of a state that may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumberKey {
    /// Attraction for hosts.
    Infrastructure,
    /// Attraction for bases.
    Base,
    /// Share of demand.
    Market,
    /// Chance that an incident is recorded.
    Reporting,
    /// Share of decisions that are published.
    PublishesDecisions,
}

impl EventKind {
    /// The word as written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Ratify => "ratify",
            Self::Accede => "accede",
            Self::Reserve => "reserve",
            Self::WithdrawReservation => "withdraw-reservation",
            Self::Denounce => "denounce",
            Self::Capacity => "capacity",
            Self::ChangeAuthority => "change-authority",
            Self::ChangeState => "change-state",
            Self::AnnounceSentences => "announce-sentences",
            Self::SeizeSites => "seize-sites",
            Self::DismantleNetworks => "dismantle-networks",
            Self::Enact => "enact",
        }
    }

    /// Whether it is an act towards a treaty.
    #[must_use]
    pub const fn is_treaty_act(self) -> bool {
        matches!(
            self,
            Self::Sign | Self::Ratify | Self::Accede | Self::Reserve | Self::WithdrawReservation | Self::Denounce
        )
    }

    /// Keys that it needs, and keys that it may have besides.
    const fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Sign | Self::Ratify | Self::Accede | Self::Denounce => (&["treaty"], &[]),
            Self::Reserve | Self::WithdrawReservation => (&["treaty", "article"], &[]),
            Self::Capacity | Self::AnnounceSentences => (&["factor"], &["until"]),
            Self::ChangeAuthority => (&["authority"], &["until"]),
            Self::ChangeState => (&["numbers"], &["until"]),
            Self::SeizeSites | Self::DismantleNetworks => (&["share"], &["line", "with", "largest-first"]),
            Self::Enact => (&["law"], &["offence"]),
        }
    }
}

/// Where a state objects to a rule of custom: it is not an act of the timeline, though people look for it there.
pub(super) fn advise_on_objections(problems: &mut Problems, tree: &Node) {
    let Some(timeline) = tree.get("timeline") else { return };
    let objects = |problem: &Problem| {
        problem.unknown.as_ref().is_some_and(|(kind, word)| kind == "value" && word.starts_with("object"))
    };
    for problem in problems.0.iter_mut().filter(|problem| objects(problem) && timeline.place.holds(problem.place)) {
        let known = problem.help.take().map(|known| format!("; {known}")).unwrap_or_default();
        let advice =
            "who objects to a rule of custom, and since when, stands under `custom`: `objects: { STATE: DAY }`";
        problem.help = Some(format!("{advice}{known}"));
    }
}

/// The first and the last day of a run, as far as they are known: what could not be read bounds nothing.
pub(super) type Run = (Option<Day>, Option<Day>);

impl EventForm {
    /// Keys that are missing or go with something else, and a day outside the run.
    pub(super) fn check(event: &Spanned<Self>, run: Run, doubts: Doubts<'_>) -> Problems {
        let mut problems = Problems::default();
        // A key of which the value could not be read is not there either, and that is told already; what is done may be a
        // guess, and take other keys.
        if !doubts.at(event.place) {
            problems.0.extend(event.missing());
            problems.0.extend(event.stray());
        }
        problems.0.extend(event.check_days(run).err());
        problems
    }

    fn missing(&self) -> impl Iterator<Item = Problem> {
        let (needs, _) = self.does.keys();
        let missing = self.given().into_iter().filter(|(key, present)| !present && needs.contains(key));
        missing.map(|(key, _)| self.lacks(key))
    }

    /// That there are keys which go with something else.
    fn stray(&self) -> Option<Problem> {
        let (needs, may) = self.does.keys();
        let stray =
            self.given().into_iter().filter(|(key, present)| *present && !needs.contains(key) && !may.contains(key));
        let stray: Vec<String> = stray.map(|(key, _)| format!("`{key}`")).collect();
        let takes = [needs, may].concat().join("`, `");
        (!stray.is_empty()).then(|| {
            let message = format!("`{}` takes no {}", self.does.word(), joined(&stray, "and no"));
            Problem::new(self.date.place, message).help(format!("it takes: `{takes}`"))
        })
    }

    /// Whether every key is there that it needs.
    pub(super) fn is_whole(&self) -> bool {
        self.missing().next().is_none()
    }

    /// The keys that go with some acts and not with others, and whether they are there.
    fn given(&self) -> [(&'static str, bool); 12] {
        [
            ("treaty", self.treaty.is_some()),
            ("article", self.article.is_some()),
            ("until", self.until.is_some()),
            ("factor", self.factor.is_some()),
            ("authority", self.authority.is_some()),
            ("numbers", !self.numbers.is_empty()),
            ("share", self.share.is_some()),
            ("line", self.line.is_some()),
            ("with", !self.with.is_empty()),
            ("largest-first", self.largest_first.is_some()),
            ("law", self.law.is_some()),
            ("offence", self.offence.is_some()),
        ]
    }

    /// That a key which goes with what is done is not there.
    fn lacks(&self, key: &str) -> Problem {
        // Numbers that are none change nothing.
        let how = if key == "numbers" { "not there, or empty" } else { "not there" };
        Problem::new(self.date.place, format!("`{}` needs the key `{key}`, which is {how}", self.does.word()))
    }

    fn check_days(&self, (first, last): Run) -> Result<(), Problem> {
        let day = self.date.value;
        let outside = match (first.filter(|first| day < *first), last.filter(|last| day > *last)) {
            (Some(first), _) => Some(format!("{day} lies before the run, which begins on {first}")),
            (_, Some(last)) => Some(format!("{day} lies after the run, which ends on {last}")),
            _ => None,
        };
        if let Some(message) = outside {
            return Err(Problem::new(self.date.place, message));
        }
        match &self.until {
            Some(until) if until.value <= self.date.value => {
                let message = format!("it ends on {}, not after it began on {}", until.value, self.date.value);
                Err(Problem::new(until.place, message))
            }
            _ => Ok(()),
        }
    }
}
