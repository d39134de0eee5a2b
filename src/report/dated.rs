//! What was done on given days of a run: acts towards treaties and what follows from them, law that came into force,
//! numbers that changed, operations. A line for each kind and object, with everybody who did it on that day.
//!
//! Deliberately absent: what networks and authorities do in cases. That is counted, and stands singly in the log alone. So
//! do offences that no line of the networks meets: they change nothing in the run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use super::lines::{counted, labelled};
use crate::base::{CiteId, Day, StateId};
use crate::depositary::DepositaryRecord;
use crate::engine::{Dated, Outcome, Plan};
use crate::law::{Act, FactSet, Library};
use crate::world::WorldRecord;

/// What kind of thing was done; in the order in which those of one object are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// Signed.
    Signed,
    /// Ratified, accepted, approved or acceded to.
    Consented,
    /// Entered into force for a state.
    InForce,
    /// An offence came into force.
    Enacted,
    /// Made a reservation.
    Reserved,
    /// Withdrew one.
    Withdrawn,
    /// Denounced.
    Denounced,
    /// Ceased to bind a state.
    Ceased,
    /// A rule of custom emerged.
    Custom,
    /// It binds a state, into force for which only a treaty enters.
    Binds,
    /// A number changed.
    Changed,
    /// An operation.
    Operation,
}

impl Done {
    /// The words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Consented => "consented",
            Self::InForce => "in force",
            Self::Enacted => "enacted",
            Self::Reserved => "reserved part of",
            Self::Withdrawn => "withdrew a reservation to",
            Self::Denounced => "denounced",
            Self::Ceased => "binds no longer",
            Self::Custom => "emerged",
            Self::Binds => "binds",
            Self::Changed => "changed",
            Self::Operation => "operation",
        }
    }
}

/// One kind of thing done to one object on one day.
#[derive(Clone, Debug, Serialize)]
pub struct DatedSummary {
    /// The day.
    pub day: Day,
    /// The kind.
    #[serde(serialize_with = "in_words")]
    pub done: Done,
    /// The treaty, law or number.
    pub of: String,
    /// Who did it, by name, and what it came to; of offences their citations.
    pub who: Vec<String>,
}

fn in_words<S: serde::Serializer>(done: &Done, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(done.words())
}

impl DatedSummary {
    /// What was done to what; what was done comes first, so that it stays where a long title is cut.
    #[must_use]
    pub fn what(&self) -> String {
        let (done, of) = (self.done.words(), &self.of);
        match self.done {
            Done::InForce => format!("entry into force of {of}"),
            Done::Binds => format!("bound by {of}"),
            Done::Ceased => format!("bound no longer by {of}"),
            Done::Custom => format!("custom {of}"),
            Done::Consented => format!("{done} to {of}"),
            _ => format!("{done} {of}"),
        }
    }

    /// Who, in few words.
    #[must_use]
    pub fn short(&self) -> String {
        match &self.who[..] {
            [] => "emerged".to_owned(),
            [one] => one.clone(),
            many if self.done == Done::Operation => format!("{} operations", many.len()),
            many => format!("{} states", many.len()),
        }
    }

    /// Who, all of them.
    #[must_use]
    pub fn all(&self) -> String {
        if self.who.is_empty() { self.short() } else { self.who.join(", ") }
    }
}

/// Everything, by day, then by object and kind.
#[must_use]
pub fn dated(plan: &Plan, outcome: &Outcome) -> Vec<DatedSummary> {
    let mut days: BTreeMap<(Day, String, Done), Vec<String>> = BTreeMap::new();
    for (day, who) in enacted(plan, outcome) {
        days.entry((day, "offences".to_owned(), Done::Enacted)).or_default().push(who);
    }
    for (day, dated) in &outcome.tally.dated {
        let Some((done, of, who)) = noted(&plan.library, dated) else { continue };
        let all = days.entry((*day, of, done)).or_default();
        // Two operations may come to the same; a state that does a thing twice did it.
        if let Some(who) = who.filter(|who| done == Done::Operation || !all.contains(who)) {
            all.push(who);
        }
    }
    days.into_iter()
        .map(|((day, of, done), mut who)| {
            who.sort_unstable();
            DatedSummary { day, done, of, who }
        })
        .collect()
}

/// The same for a terminal; of very many days those on which something turned, and the first of the others.
pub fn text(out: &mut String, dated: &[DatedSummary]) {
    /// More lines hide what follows them.
    const SHOWN: usize = 15;
    if dated.is_empty() {
        return;
    }
    out.push_str("What was done on which day\n");
    let turns = turns(dated);
    let mut shown: Vec<usize> = (0..dated.len()).collect();
    shown.sort_by_key(|place| !turns[*place]);
    shown.truncate(SHOWN);
    shown.sort_unstable();
    for one in shown.into_iter().map(|place| &dated[place]) {
        labelled(out, 4, &one.day.to_string(), &format!("{}: {}", one.what(), one.short()));
    }
    if let Some(more) = dated.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(out, "    Not shown: {}. --json has all.", counted(more, "line", "lines"));
    }
    out.push('\n');
}

/// On which of these the rest of a run hangs: that custom emerged, that a treaty was in force or bound for the first time, that a
/// number changed, that there was an operation.
fn turns(dated: &[DatedSummary]) -> Vec<bool> {
    let mut known = BTreeSet::new();
    let mut turns = |one: &DatedSummary| match one.done {
        Done::Custom => one.who.is_empty(),
        Done::Changed | Done::Operation => true,
        Done::InForce | Done::Binds => known.insert(one.of.clone()),
        _ => false,
    };
    dated.iter().map(&mut turns).collect()
}

/// Who enacted offences that a line of the networks meets, on which day, with their citations.
fn enacted(plan: &Plan, outcome: &Outcome) -> Vec<(Day, String)> {
    /// Of more offences of one day the first are named.
    const NAMED: usize = 3;
    let library = &outcome.tally.law.library;
    let lines: Vec<FactSet> = plan.world.lines.iter().map(|line| library.facts.derive(line.facts)).collect();
    let mut found: BTreeMap<(Day, StateId), Vec<CiteId>> = BTreeMap::new();
    for (day, dated) in &outcome.tally.dated {
        let Dated::Depositary(DepositaryRecord::Enacted(state, cite)) = dated else { continue };
        let mut offences = library.state(*state).offences.iter();
        let bears = offences.any(|offence| {
            let is_it = offence.cite == *cite && offence.from == Some(*day);
            is_it && lines.iter().any(|facts| offence.pattern.holds(*facts))
        });
        let cites = found.entry((*day, *state)).or_default();
        cites.extend(Some(*cite).filter(|cite| bears && !cites.contains(cite)));
    }
    let named = |((day, state), cites): ((Day, StateId), Vec<CiteId>)| {
        let mut all: Vec<String> = cites.iter().take(NAMED).map(|cite| library.cite(*cite).to_owned()).collect();
        all.extend(cites.len().checked_sub(NAMED).filter(|more| *more > 0).map(|more| format!("{more} more")));
        (!all.is_empty()).then(|| (day, format!("{} ({})", library.state(state).name, all.join(", "))))
    };
    found.into_iter().filter_map(named).collect()
}

/// What a record comes to; nothing for an offence, see [`enacted`].
fn noted(library: &Library, dated: &Dated) -> Option<(Done, String, Option<String>)> {
    let treaty = |id| library.treaty(id).name.clone();
    let name = |id| library.state(id).name.clone();
    let to = |id, thousandths: u64| format!("{} to {}", name(id), in_units(thousandths));
    let noted = match dated {
        Dated::Depositary(DepositaryRecord::Deposited(instrument)) => {
            let done = match instrument.act {
                Act::Signature => Done::Signed,
                Act::Consent => Done::Consented,
                Act::Reservation(_) => Done::Reserved,
                Act::ReservationWithdrawn(_) => Done::Withdrawn,
                Act::Denunciation => Done::Denounced,
                Act::Custom => Done::Custom,
            };
            (done, treaty(instrument.treaty), Some(name(instrument.state)))
        }
        Dated::Depositary(DepositaryRecord::EnteredIntoForce(of, state)) => {
            let done = if library.treaty(*of).is_custom { Done::Binds } else { Done::InForce };
            (done, treaty(*of), Some(name(*state)))
        }
        Dated::Depositary(DepositaryRecord::CeasedToBind(of, state)) => (Done::Ceased, treaty(*of), Some(name(*state))),
        Dated::Depositary(DepositaryRecord::CustomEmerged(of)) => (Done::Custom, treaty(*of), None),
        Dated::Depositary(DepositaryRecord::Enacted(..)) => return None,
        Dated::World(WorldRecord::StateChanged { state, aspect, thousandths }) => {
            (Done::Changed, aspect.word().to_owned(), Some(to(*state, *thousandths)))
        }
        Dated::World(WorldRecord::Operation { networks, states, fell }) => {
            let against = if *networks { "networks" } else { "sites" };
            let where_found = counted(*states as usize, "state", "states");
            (Done::Operation, format!("against {against}"), Some(format!("{fell} fell in {where_found}")))
        }
        Dated::Setting(state, key, thousandths) => {
            (Done::Changed, key.name().replace('-', " "), Some(to(*state, u64::from(*thousandths))))
        }
        Dated::World(_) => unreachable!("no other record of the world is kept"),
    };
    Some(noted)
}

/// Thousandths as a number without needless zeros.
fn in_units(thousandths: u64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{DatedSummary, Done, text};
    use crate::base::Day;

    #[test]
    fn of_many_days_those_on_which_something_turned_are_shown() {
        let day = |number| Day::from_calendar(2010, 1, 1).expect("a day") + number;
        let line = |number, done, of: &str, who: &[&str]| DatedSummary {
            day: day(number),
            done,
            of: of.to_owned(),
            who: who.iter().map(|name| (*name).to_owned()).collect(),
        };
        let mut dated: Vec<DatedSummary> =
            (0..20).map(|number| line(number, Done::Consented, "Protocol", &["Alba"])).collect();
        dated.extend((20..30).map(|number| line(number, Done::InForce, "Protocol", &["Alba"])));
        dated.extend([line(40, Done::Custom, "Rule", &[]), line(40, Done::Binds, "Rule", &["Alba", "Brava"])]);
        let mut said = String::new();
        text(&mut said, &dated);
        let lines: Vec<&str> = said.trim_end().lines().collect();
        assert_eq!(lines.len(), 1 + 15 + 1, "{said}");
        assert_eq!(lines[12].trim(), "2010-01-12      consented to Protocol: Alba");
        assert_eq!(lines[13].trim(), "2010-01-21      entry into force of Protocol: Alba");
        assert_eq!(lines[14].trim(), "2010-02-10      custom Rule: emerged");
        assert_eq!(lines[15].trim(), "2010-02-10      bound by Rule: 2 states");
        assert_eq!(lines[16].trim(), "Not shown: 17 lines. --json has all.");
    }
}
