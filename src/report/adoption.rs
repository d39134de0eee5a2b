//! How treaties were adopted and whether custom emerged: what the summary of a run says of it, and which other treaties
//! bind its states.

use std::collections::BTreeSet;

use comfy_table::Table;
use serde::Serialize;

use super::numbers::{grouped, number_of};
use super::tables;
use crate::base::{Day, StateId, TreatyId};
use crate::depositary::adoption::punishes;
use crate::depositary::{Adoption, Unfolded};
use crate::engine::Plan;
use crate::law::{Act, FactSet, Instrument, Memberships, Standing};
use crate::scenario::adoption::conduct;

/// One treaty, or rule of custom, that a scenario lets states adopt.
#[derive(Debug, Serialize)]
pub struct AdoptedSummary {
    /// Its name.
    pub treaty: String,
    /// Whether it is a rule of custom.
    pub custom: bool,
    /// States that signed.
    pub signed: u64,
    /// States that consented.
    pub consented: u64,
    /// States that it binds on the last day.
    pub bound: u64,
    /// The day of its first entry into force, if that came.
    pub first_in_force: Option<Day>,
    /// Bound states whose law has an offence in force that carries it out, or punishes what it asks to be punished.
    pub enacted: u64,
}

/// A treaty that no state of the run is left to adopt: who is bound is given.
#[derive(Debug, Serialize)]
pub struct BoundSummary {
    /// Its name.
    pub treaty: String,
    /// States that it binds on the last day.
    pub bound: u64,
    /// How many of these have its law, as with [`AdoptedSummary::enacted`]; none where the text asks for no offence that a
    /// line of the networks meets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enacted: Option<u64>,
}

/// Every treaty of the scenario's `adoption` that is open or has members, and every rule of its `custom`, on the last
/// day; then the other treaties that bind any state then, those that bind most first. Both empty for other scenarios.
#[must_use]
pub fn adopted(plan: &Plan, unfolded: &Unfolded) -> (Vec<AdoptedSummary>, Vec<BoundSummary>) {
    let Adoption { joined, enactments, customs, .. } = &plan.adoption;
    let dated = |treaty: &TreatyId| plan.instruments.iter().any(|done| done.treaty == *treaty);
    let open = enactments.keys().filter(|treaty| joined.contains_key(treaty) || dated(treaty));
    let treaties: BTreeSet<TreatyId> = open.chain(customs.keys()).copied().collect();
    if treaties.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let ended = Ended::of(plan, unfolded);
    let given = plan.library.treaty_ids().filter(|treaty| !treaties.contains(treaty));
    let besides = given.map(|treaty| {
        let bound = ended.bound_by(treaty);
        let enacted = (!ended.conduct(treaty).is_empty()).then(|| ended.enacted(treaty, &bound));
        BoundSummary { treaty: plan.library.treaty(treaty).name.clone(), bound: bound.len() as u64, enacted }
    });
    let mut besides: Vec<BoundSummary> = besides.filter(|treaty| treaty.bound > 0).collect();
    besides.sort_by_key(|treaty| std::cmp::Reverse(treaty.bound));
    (treaties.iter().map(|treaty| ended.summary(*treaty)).collect(), besides)
}

/// The last day of a run, as treaties stand then.
struct Ended<'a> {
    plan: &'a Plan,
    unfolded: &'a Unfolded,
    /// What was deposited by then.
    until: Vec<Instrument>,
    memberships: Memberships,
}

impl<'a> Ended<'a> {
    fn of(plan: &'a Plan, unfolded: &'a Unfolded) -> Self {
        let until: Vec<_> = unfolded.instruments.iter().filter(|done| done.day <= plan.last_day).copied().collect();
        Self { plan, unfolded, memberships: Memberships::of(&unfolded.library, &until), until }
    }

    fn bound_by(&self, treaty: TreatyId) -> Vec<StateId> {
        let is_bound = |state: &StateId| {
            matches!(self.memberships.standing(treaty, *state, self.plan.last_day), Standing::Party(_))
        };
        self.unfolded.library.state_ids().filter(is_bound).collect()
    }

    /// The lines that meet an offence of the text, derived facts included.
    fn conduct(&self, treaty: TreatyId) -> Vec<FactSet> {
        let library = &self.unfolded.library;
        let lines = conduct(library, treaty, &self.plan.world.lines);
        lines.into_iter().map(|facts| library.facts.derive(facts)).collect()
    }

    /// How many of the states that a treaty binds have an offence in force that carries it out, or punish what it asks to be
    /// punished.
    fn enacted(&self, treaty: TreatyId, bound: &[StateId]) -> u64 {
        let (library, last_day) = (&self.unfolded.library, self.plan.last_day);
        let conduct = self.conduct(treaty);
        let has_law = |state: &&StateId| {
            let mut offences = library.state(**state).offences.iter();
            offences.any(|offence| offence.carries_out.contains(&treaty) && offence.in_force(last_day))
                || punishes(library, **state, &conduct, last_day)
        };
        bound.iter().filter(has_law).count() as u64
    }

    fn summary(&self, treaty: TreatyId) -> AdoptedSummary {
        let law = self.plan.library.treaty(treaty);
        let acts = |act: Act| {
            let of_kind = self.until.iter().filter(|done| done.treaty == treaty && done.act == act);
            of_kind.map(|done| done.state).collect::<BTreeSet<_>>().len() as u64
        };
        let bound = self.bound_by(treaty);
        AdoptedSummary {
            treaty: law.name.clone(),
            custom: law.is_custom,
            signed: acts(Act::Signature),
            consented: acts(Act::Consent),
            first_in_force: self.memberships.first_in_force(treaty).filter(|day| *day <= self.plan.last_day),
            enacted: self.enacted(treaty, &bound),
            bound: bound.len() as u64,
        }
    }
}

/// Which other treaties bind whom, in a sentence; none where there are none.
#[must_use]
pub fn others(besides: &[BoundSummary]) -> Option<String> {
    /// A world's record has dozens, of which the widest say most.
    const SHOWN: usize = 8;
    let says = |one: &BoundSummary| {
        let bound = format!("{} binds {}", one.treaty, number_of(one.bound, "state", "states"));
        one.enacted.map_or_else(|| bound.clone(), |enacted| format!("{bound} ({} with its law)", grouped(enacted)))
    };
    let shown: Vec<String> = besides.iter().take(SHOWN).map(says).collect();
    let more = match besides.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("; and {} more, each for as many states or fewer: --json has all", grouped(more as u64)),
    };
    (!shown.is_empty()).then(|| format!("Beside these, with memberships that are given: {}{more}.", shown.join(", ")))
}

/// The same for a terminal.
#[must_use]
pub fn table(adopted: &[AdoptedSummary]) -> Table {
    let mut table = tables::left(&["Treaty", "signed", "consented", "first in force", "binds", "of them with the law"]);
    for one in adopted {
        let day = one.first_in_force.map_or_else(|| "never".to_owned(), |day| day.to_string());
        let acts = |count: u64| if one.custom { "-".to_owned() } else { count.to_string() };
        let counts = [acts(one.signed), acts(one.consented), day, one.bound.to_string(), one.enacted.to_string()];
        tables::add(&mut table, std::iter::once(one.treaty.clone()).chain(counts));
    }
    table
}
