//! Single acts of states, each made in a plan before the run begins: what a study of pivotal acts tries.
//!
//! Deliberately absent: whether a state's constitution allows a law, and whether an act is likely, lawful or wise. An act is
//! named because the result depends on it, not because it is advised.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::{CiteId, Day, StateId, TreatyId};
use crate::engine::Plan;
use crate::law::fact::Pattern;
use crate::law::wording::{capital, joined};
use crate::law::{Act as Deposit, Change, Instrument, Memberships, Rule, Standing, punishable};

/// Acts that one study tries: at thirty runs each and a tenth of a second a run, three minutes.
pub const MOST_ACTS: usize = 60;
/// Staff added by [`Act::AddsStaff`], as a multiple of the usual: half as much again.
const MORE_STAFF: f64 = 1.5;

/// One act of one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// It becomes a party to a treaty that it is out of; the treaties to which that is a protocol come before it where it is
    /// out of these, too.
    Ratifies(StateId, Vec<TreatyId>),
    /// It takes back its denunciation of a treaty before that takes effect (VCLT 68).
    Stays(StateId, TreatyId),
    /// It withdraws a reservation, or a declaration, under an article of a treaty.
    Withdraws(StateId, TreatyId, CiteId),
    /// It makes the conduct of these lines of the scenario offences, each after the pattern of a provision.
    Enacts(StateId, Vec<usize>),
    /// It repeals a rule of its own law by which requests were refused.
    Repeals(StateId, u16),
    /// Its authority works on one request more at a time.
    AddsDesk(StateId),
    /// Its authority has half as much staff again.
    AddsStaff(StateId),
}

impl Act {
    /// What kind of act it is.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Ratifies(..) => "ratifies",
            Self::Stays(..) => "stays",
            Self::Withdraws(..) => "withdraws",
            Self::Enacts(..) => "enacts",
            Self::Repeals(..) => "repeals",
            Self::AddsDesk(_) => "adds-desk",
            Self::AddsStaff(_) => "adds-staff",
        }
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> StateId {
        match self {
            Self::Ratifies(state, _)
            | Self::Stays(state, _)
            | Self::Withdraws(state, ..)
            | Self::Enacts(state, _)
            | Self::Repeals(state, _)
            | Self::AddsDesk(state)
            | Self::AddsStaff(state) => *state,
        }
    }

    /// The act in a sentence without full stop.
    #[must_use]
    pub fn says(&self, plan: &Plan) -> String {
        let library = &plan.library;
        let name = capital(&library.state(self.actor()).in_prose());
        match self {
            Self::Ratifies(state, treaties) => {
                let invited = |treaty: &&TreatyId| !acted(plan, *state, **treaty, Deposit::Signature);
                let mut invited = treaties
                    .iter()
                    .filter(invited)
                    .map(|treaty| library.treaty(*treaty).participation.once_invited(library, *state));
                let invited = invited.find(|said| !said.is_empty()).unwrap_or_default();
                let titles: Vec<String> =
                    treaties.iter().map(|treaty| format!("the {}", library.treaty(*treaty).title)).collect();
                let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
                format!("{name}{invited} joins {}", joined(&titles, "and"))
            }
            Self::Stays(_, treaty) => {
                format!("{name} takes back its denunciation of the {}", library.treaty(*treaty).title)
            }
            Self::Withdraws(_, treaty, article) => {
                let declared = library.treaty(*treaty).declarable.contains(article);
                let what = if declared { "declaration" } else { "reservation" };
                format!("{name} withdraws its {what} under {}", library.cite(*article))
            }
            Self::Enacts(_, lines) => {
                let lines: Vec<&str> = lines.iter().map(|line| plan.world.lines[*line].name.as_str()).collect();
                format!("{name} makes the conduct of {} an offence", joined(&lines, "and"))
            }
            Self::Repeals(state, rule) => {
                let rule = &library.state(*state).rules[usize::from(*rule)];
                format!("{name} repeals {} ({})", library.cite(rule.cite), rule.says.trim_end_matches('.'))
            }
            Self::AddsDesk(_) => format!("{name} adds a desk to its authority"),
            Self::AddsStaff(_) => format!("{name} gives its authority half as much staff again"),
        }
    }

    /// Does it in a plan, on the first day of the run or as soon after it as it can be done.
    pub fn make(&self, plan: &mut Plan) {
        match self {
            Self::Ratifies(state, treaties) => {
                for treaty in treaties {
                    consent(plan, *state, *treaty, open_from(plan, *treaty));
                }
            }
            Self::Stays(state, treaty) => {
                if let Some(back) = taken_back(plan, &at_last(plan), *state, *treaty) {
                    consent(plan, *state, *treaty, back);
                }
            }
            Self::Withdraws(state, treaty, article) => {
                let made = reservation(plan, *state, *treaty, *article);
                let day = made.map_or(plan.first_day, |day| day.max(plan.first_day));
                let act = Deposit::ReservationWithdrawn(*article);
                plan.instruments.push(Instrument { day, treaty: *treaty, state: *state, act });
            }
            Self::Enacts(state, lines) => {
                let by = plan.first_day;
                // Lines that meet the same provision ask for one offence.
                let patterns: BTreeMap<CiteId, Pattern> =
                    lines.iter().filter_map(|line| pattern(plan, *line)).collect();
                let library = Arc::make_mut(&mut plan.library);
                for (after, pattern) in patterns {
                    let (state, months) = (*state, library.months_taken);
                    library.amend(&Change::Offence { state, pattern, after, months, by, raises: false });
                }
            }
            Self::Repeals(state, rule) => {
                Arc::make_mut(&mut plan.library).amend(&Change::Repeal { state: *state, rule: *rule });
            }
            Self::AddsDesk(state) => plan.change_authority(*state, "desks", |desks| desks + 1.0),
            Self::AddsStaff(state) => plan.change_authority(*state, "capacity", |staff| staff * MORE_STAFF),
        }
    }
}

/// A plan in which these acts are done.
#[must_use]
pub fn with(plan: &Plan, acts: &[&Act]) -> Plan {
    let mut changed = plan.clone();
    for act in acts {
        act.make(&mut changed);
    }
    changed
}

/// The acts worth trying for a haven in a state: its own first, then what the others could do; at most [`MOST_ACTS`], and
/// how many were left out. `refused_by` are the articles by which it refused requests.
#[must_use]
pub fn candidates(plan: &Plan, state: StateId, refused_by: &BTreeSet<CiteId>) -> (Vec<Act>, usize) {
    let library = &plan.library;
    let others: Vec<StateId> = library.state_ids().filter(|other| *other != state).collect();
    let rules = library.state(state).rules.iter();
    let refusing = rules.filter(|rule| rule.refuse.is_some() && refused_by.contains(&rule.cite));
    let lasts = |rule: &&Rule| {
        let begins = rule.from.is_none_or(|from| from <= plan.last_day);
        begins && rule.until.is_none_or(|until| plan.first_day < until)
    };
    let (depositary, at_last) = (plan.depositary(), at_last(plan));
    let memberships = [depositary.memberships(), &at_last];
    let mut acts: Vec<Act> = of_law(plan, state, memberships);
    acts.extend(refusing.filter(lasts).map(|rule| Act::Repeals(state, rule.index)));
    acts.extend([Act::AddsDesk(state), Act::AddsStaff(state)]);
    acts.extend(others.iter().flat_map(|other| of_law(plan, *other, memberships)));
    acts.extend(others.iter().flat_map(|other| [Act::AddsDesk(*other), Act::AddsStaff(*other)]));
    let left_out = acts.len().saturating_sub(MOST_ACTS);
    acts.truncate(MOST_ACTS);
    (acts, left_out)
}

/// What a state could do by treaty and by statute, given the memberships of the first day and those after all that is dated.
fn of_law(plan: &Plan, state: StateId, [at_first, at_last]: [&Memberships; 2]) -> Vec<Act> {
    let library = &plan.library;
    let mut acts = Vec::new();
    for treaty in library.treaty_ids() {
        let law = library.treaty(treaty);
        if let Some(treaties) = joinable(plan, at_first, state, treaty) {
            acts.push(Act::Ratifies(state, treaties));
        }
        if taken_back(plan, at_last, state, treaty).is_some() {
            acts.push(Act::Stays(state, treaty));
        }
        for article in law.reservable.iter().chain(&law.declarable) {
            let withdrawn = acted(plan, state, treaty, Deposit::ReservationWithdrawn(*article));
            // What comes about after the run changes nothing of it.
            let made = reservation(plan, state, treaty, *article).is_some_and(|day| day <= plan.last_day);
            if made && !withdrawn {
                acts.push(Act::Withdraws(state, treaty, *article));
            }
        }
    }
    let lacking = |line: &usize| {
        let facts = plan.world.lines[*line].facts;
        punishable(library, state, library.facts.derive(facts), plan.first_day).is_none()
            && pattern(plan, *line).is_some()
    };
    let lines: Vec<usize> = (0..plan.world.lines.len()).filter(lacking).collect();
    if !lines.is_empty() {
        acts.push(Act::Enacts(state, lines));
    }
    acts
}

/// A treaty that a state may consent to in the run and is out of, after those to which it is a protocol and which the state
/// is out of as well; none where it is in, or comes in by itself, or one of these is not open to it.
fn joinable(plan: &Plan, memberships: &Memberships, state: StateId, treaty: TreatyId) -> Option<Vec<TreatyId>> {
    let library = &plan.library;
    let law = library.treaty(treaty);
    // Nobody deposits a consent to a treaty between two states, to custom, or to membership of the European Union.
    let can_be_joined = law.joins.is_some() && !law.is_custom && library.fixed().union != Some(treaty);
    let opens = open_from(plan, treaty);
    let is_open = can_be_joined && opens <= plan.last_day && law.admits(state, opens, memberships);
    if !is_open || has_consented(plan, memberships, state, treaty, opens) {
        return None;
    }
    let missing = law.parent.filter(|parent| !has_consented(plan, memberships, state, *parent, opens));
    let mut treaties = match missing {
        Some(parent) => joinable(plan, memberships, state, parent)?,
        None => Vec::new(),
    };
    treaties.push(treaty);
    Some(treaties)
}

/// Whether a state's consent to a treaty stands on a day, or is dated to come later.
fn has_consented(plan: &Plan, memberships: &Memberships, state: StateId, treaty: TreatyId, day: Day) -> bool {
    let stands = matches!(memberships.standing(treaty, state, day), Standing::Consented(_) | Standing::Party(_));
    stands || of_state(plan, state, treaty).any(|done| done.day >= plan.first_day && done.act == Deposit::Consent)
}

/// The first day of the run on which a state can take its notice of denunciation of a treaty back: the day after its receipt,
/// if it has not taken effect by then, nor the state come back by itself.
fn taken_back(plan: &Plan, at_last: &Memberships, state: StateId, treaty: TreatyId) -> Option<Day> {
    let leaving = at_last.leaving(treaty, state).filter(|leaving| !leaving.with_parent)?;
    let back = (leaving.received + 1).max(plan.first_day);
    (back < leaving.takes_effect && back <= plan.last_day).then_some(back)
}

/// Memberships after all that is dated, of the run and after it.
fn at_last(plan: &Plan) -> Memberships {
    Memberships::of(&plan.library, &plan.instruments)
}

fn consent(plan: &mut Plan, state: StateId, treaty: TreatyId, day: Day) {
    plan.instruments.push(Instrument { day, treaty, state, act: Deposit::Consent });
}

/// What a state did towards a treaty, or is dated to do.
fn of_state(plan: &Plan, state: StateId, treaty: TreatyId) -> impl Iterator<Item = &Instrument> {
    plan.instruments.iter().filter(move |done| (done.treaty, done.state) == (treaty, state))
}

/// Whether a state did something towards a treaty, or is dated to.
fn acted(plan: &Plan, state: StateId, treaty: TreatyId, deposit: Deposit) -> bool {
    of_state(plan, state, treaty).any(|done| done.act == deposit)
}

/// The day on which a state reserved an article, if it did.
fn reservation(plan: &Plan, state: StateId, treaty: TreatyId, article: CiteId) -> Option<Day> {
    let made = of_state(plan, state, treaty).filter(|done| done.act == Deposit::Reservation(article));
    made.map(|done| done.day).min()
}

/// The first day of the run, or the first on which any state acted towards the treaty, or could, if that is later.
fn open_from(plan: &Plan, treaty: TreatyId) -> Day {
    let dated = plan.instruments.iter().filter(|done| done.treaty == treaty).map(|done| done.day);
    let opens = plan.adoption.joined.get(&treaty).map(|joined| joined.opens);
    let opened = plan.library.treaty(treaty).participation.opened;
    dated.chain(opens).chain(opened).min().map_or(plan.first_day, |day| day.max(plan.first_day))
}

/// The provision after which the conduct of a line is made an offence: one that a treaty lists, else one of a state.
fn pattern(plan: &Plan, line: usize) -> Option<(CiteId, Pattern)> {
    let library = &plan.library;
    let facts = library.facts.derive(plan.world.lines[line].facts);
    let listed = library.treaties().iter().flat_map(|treaty| &treaty.offences);
    let listed = listed.map(|offence| (offence.cite, offence.pattern));
    let enacted = library.states().iter().flat_map(|state| &state.offences);
    let enacted = enacted.map(|offence| (offence.cite, offence.pattern));
    listed.chain(enacted).find(|(_, pattern)| pattern.holds(facts))
}
