//! Where the networks are, over time: the state that stands out over all others, what attraction explains, and the
//! times in which it was a haven.
//!
//! Deliberately absent: what is said under the figure; see [`super::network_words`].

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Run;
use super::head::longest_haven;
use super::network_words::{Lines, description, tabled_months};
use super::states::excess;
use crate::base::{Day, StateId, in_prose};
use crate::report::charts::time::{Look, Series, Spell, TimeChart};
use crate::report::charts::{Figure, Hue, Table};
use crate::report::havens::HavenSummary;
use crate::report::lines::capital;
use crate::report::no_haven::holds_many;
use crate::world::Role;

/// More days than this are more than a table can be read by: of longer runs it has every third month, of very long ones every
/// twelfth. The lines have all.
const MOST_ROWS: usize = 130;

/// More lines than this run into one another: of more states, those that hold most are shown.
const MOST_LINES: usize = 20;

/// Lines with names of their own behind the bright one; more have no room for them, and no dashes.
const MOST_NAMED: usize = 6;

/// One figure for bases; one for hosts, too, where a state was a haven for them, or holds as many as a haven does.
pub(super) fn figures(run: Run, order: &[StateId]) -> Markup {
    let was_haven = run.outcome.tally.havens.iter().any(|record| record.role == Role::Host);
    let many = |state: &StateId| holds_many(&run.scenario.plan.havens, run.outcome.havens.standing(Role::Host, *state));
    let hosts = was_haven || order.iter().any(many);
    html! {
        (chart(run, order, Role::Base).markup())
        @if hosts { (chart(run, order, Role::Host).markup()) }
    }
}

/// Points of time, each with the number of networks by state.
fn counts(run: Run, role: Role) -> Vec<(Day, Vec<u32>)> {
    let panel = &run.outcome.tally.panel;
    let last = run.scenario.plan.last_day;
    let opening = panel.opening.iter().map(|(based, hosted)| if role == Role::Base { *based } else { *hosted });
    let months = panel.months.iter().map(|month| (month.from.first_of_next_month().min(last), month.placed(role)));
    std::iter::once((run.scenario.plan.first_day, opening.collect())).chain(months).collect()
}

/// Every how manieth month stands in the table, and which days those are.
fn tabled(points: &[(Day, Vec<u32>)]) -> (usize, Vec<Day>) {
    let every = [1, 3, 12].into_iter().find(|every| points.len() / every <= MOST_ROWS).unwrap_or(60);
    let kept = |index: &usize| index.is_multiple_of(every) || index + 1 == points.len();
    (every, points.iter().enumerate().filter(|(index, _)| kept(index)).map(|(_, (day, _))| *day).collect())
}

fn share(counts: &[u32], state: StateId) -> Option<f64> {
    let total: u32 = counts.iter().sum();
    let own = counts.get(state.index()).copied().unwrap_or(0);
    (total > 0).then(|| f64::from(own) * 100.0 / f64::from(total))
}

fn chart(run: Run, order: &[StateId], role: Role) -> Figure {
    let library = &run.scenario.plan.library;
    let name = |state: StateId| library.state(state).name.clone();
    let points = counts(run, role);
    let (every, tabled) = tabled(&points);
    let bright = brightest(run, order, role);
    let of_state = |state: StateId, look| Series {
        name: name(state),
        values: points.iter().map(|(_, counts)| share(counts, state)).collect(),
        band: Vec::new(),
        look,
        thicker: if let Look::Named(_) = look { haven_times(run, role, state) } else { Vec::new() },
    };
    let one_draw = is_one_draw(run, role);
    let apart = Some(bright).filter(|_| !one_draw);
    let Others { havens, standing_out, grey, left_out } = others(run, order, (role, apart), &points);
    let mut series: Vec<Series> = grey.iter().rev().map(|state| of_state(*state, Look::Grey)).collect();
    let named: Vec<StateId> = havens.iter().chain(&standing_out).copied().collect();
    series.extend(named.iter().enumerate().rev().map(|(number, state)| of_state(*state, Look::Named(number))));
    if !one_draw {
        series.push(expected(run, role, bright, &points));
        series.push(of_state(bright, Look::Bright(Hue::Vermilion)));
    }
    let spells = spells(run, role, bright);
    let why = if nearest(run, role).is_some() { "came nearest" } else { "holds most beyond its expected share" };
    let lines = Lines { havens: havens.len(), standing_out: standing_out.len(), grey: grey.len(), left_out };
    let shown = in_prose(&name(bright)).into_owned();
    let placed = if role == Role::Base { "based" } else { "hosted" };
    let (title, shown) = if one_draw {
        (format!("Where the networks are {placed}, in one run"), None)
    } else {
        (format!("Networks {placed} in {shown}"), Some((shown.as_str(), why)))
    };
    let mut figure = TimeChart {
        name: format!("share-of-{}s", role.word()),
        title,
        description: description(&spells, shown, &lines) + &tabled_months(every),
        axis: format!("Share of all {}s, %", role.word()),
        days: points.iter().map(|(day, _)| *day).collect(),
        series,
        spells: spells.clone(),
        others: match grey[..] {
            [other] => name(other),
            _ if lines.named() == 0 && one_draw => "the states".to_owned(),
            _ if lines.named() == 0 => "the other states".to_owned(),
            _ => "the others".to_owned(),
        },
        band: String::new(),
        tabled,
    }
    .figure();
    figure.tables.extend(spells_table(&spells, &name(bright)));
    figure
}

/// Whether which state is shown before all others is chance alone, and the states are real: no heading names one then.
fn is_one_draw(run: Run, role: Role) -> bool {
    let any_haven = run.outcome.tally.havens.iter().any(|record| record.role == role);
    run.scenario.provenance.has_real_states && !any_haven && nearest(run, role).is_none()
}

/// The lines behind the bright one.
struct Others {
    /// Those that were havens, too.
    havens: Vec<StateId>,
    /// Those whose lines run by themselves above all others.
    standing_out: Vec<StateId>,
    grey: Vec<StateId>,
    /// Whether some states have no line.
    left_out: bool,
}

fn others(run: Run, order: &[StateId], (role, bright): (Role, Option<StateId>), points: &[(Day, Vec<u32>)]) -> Others {
    let mut grey: Vec<StateId> = order.iter().copied().filter(|state| Some(*state) != bright).collect();
    let left_out = order.len() > MOST_LINES;
    if left_out {
        let held = |state: &StateId| points.iter().map(|(_, counts)| u64::from(counts[state.index()])).sum::<u64>();
        grey.sort_by_key(|state| std::cmp::Reverse(held(state)));
        grey.truncate(MOST_LINES - 1);
    }
    let havens = other_havens(run, role, &grey);
    grey.retain(|state| !havens.contains(state));
    let most = points.iter().flat_map(|(_, counts)| order.iter().filter_map(|state| share(counts, *state)));
    let most = most.fold(1.0, f64::max);
    let on = |counts: &[u32]| grey.iter().map(|state| (*state, share(counts, *state).unwrap_or(0.0))).collect();
    let ended = points.last().map(|(_, counts)| alone(on(counts), most * APART)).unwrap_or_default();
    let once = points.iter().map(|(_, counts)| alone(on(counts), most * FAR_APART));
    let standing_out = standing_out(ended, once, points.len(), MOST_NAMED - havens.len());
    grey.retain(|state| !standing_out.contains(state));
    Others { havens, standing_out, grey, left_out }
}

/// By how much of the whole height lines must lie apart at their ends to be told from one another by a name each, and at any
/// other time to stand out then.
const APART: f64 = 0.06;
const FAR_APART: f64 = 0.15;

/// Those that lie by themselves above all others, each by so much above the next.
fn alone(mut shares: Vec<(StateId, f64)>, apart: f64) -> Vec<StateId> {
    /// More names would be a list.
    const MOST: usize = 3;
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    let count = shares.windows(2).take(MOST).take_while(|pair| pair[0].1 - pair[1].1 >= apart).count();
    shares.into_iter().take(count).map(|(state, _)| state).collect()
}

/// Those that end by themselves, and those that stood out for a tenth of these points and more.
fn standing_out(
    ended: Vec<StateId>,
    once: impl Iterator<Item = Vec<StateId>>,
    points: usize,
    most: usize,
) -> Vec<StateId> {
    let mut times: BTreeMap<StateId, usize> = BTreeMap::new();
    for state in once.flatten() {
        *times.entry(state).or_default() += 1;
    }
    let mut found = ended;
    let long = times.into_iter().filter(|(_, times)| times * 10 >= points).map(|(state, _)| state);
    let long: Vec<StateId> = long.filter(|state| !found.contains(state)).collect();
    found.extend(long);
    found.truncate(most);
    found
}

/// The state that was a haven longest in this role; where there was none, that which came nearest to one in it, or else
/// that which holds most beyond what is expected.
fn brightest(run: Run, order: &[StateId], role: Role) -> StateId {
    let library = &run.scenario.plan.library;
    let haven = longest_haven(run.summary, Some(role.word())).or_else(|| nearest(run, role));
    let haven = haven.and_then(|name| library.state_ids().find(|state| library.state(*state).name == name));
    let most = order.iter().copied().max_by_key(|state| excess(run.outcome, role, *state));
    haven.or(most).unwrap_or_default()
}

/// The state that came nearest to a haven, if it did so in this role.
fn nearest(run: Run<'_>, role: Role) -> Option<&str> {
    let nearest = run.summary.nearest_to_haven.as_ref()?;
    (nearest.role == role.word()).then_some(nearest.state.as_str())
}

/// Those of these states that were havens in this role, too, in the order in which they became one.
fn other_havens(run: Run, role: Role, others: &[StateId]) -> Vec<StateId> {
    let library = &run.scenario.plan.library;
    let mut havens: Vec<StateId> = Vec::new();
    for haven in run.summary.havens.iter().filter(|haven| haven.role == role.word()) {
        let state = others.iter().find(|state| library.state(**state).name == haven.state);
        havens.extend(state.filter(|state| !havens.contains(state)));
    }
    havens.truncate(MOST_NAMED);
    havens
}

fn expected(run: Run, role: Role, state: StateId, points: &[(Day, Vec<u32>)]) -> Series {
    let shares = &run.outcome.tally.expected_shares;
    let on = |day: Day| {
        let (_, shares) = shares.iter().rev().find(|(since, _)| *since <= day)?;
        let shares = if role == Role::Base { &shares.bases } else { &shares.hosts };
        shares.get(state.index()).map(|share| share * 100.0)
    };
    Series {
        // Beside the names of others it has to say of whom.
        name: format!("{}, expected", run.scenario.plan.library.state(state).name),
        values: points.iter().map(|(day, _)| on(*day)).collect(),
        band: Vec::new(),
        look: Look::Expected,
        thicker: Vec::new(),
    }
}

/// When a state was a haven in this role.
fn haven_times(run: Run, role: Role, state: StateId) -> Vec<(Day, Day)> {
    let name = &run.scenario.plan.library.state(state).name;
    let of_state = |haven: &&HavenSummary| haven.state == *name && haven.role == role.word();
    let time = |haven: &HavenSummary| (haven.began, haven.ended.unwrap_or(run.scenario.plan.last_day));
    run.summary.havens.iter().filter(of_state).map(time).collect()
}

fn spells(run: Run, role: Role, state: StateId) -> Vec<Spell> {
    let spell = |(from, to)| Spell { name: "haven".to_owned(), from, to };
    haven_times(run, role, state).into_iter().map(spell).collect()
}

fn spells_table(spells: &[Spell], state: &str) -> Option<Table> {
    let row = |spell: &Spell| vec![capital(&spell.name), spell.from.to_string(), spell.to.to_string()];
    (!spells.is_empty()).then(|| Table {
        caption: format!("{state}, shaded times"),
        columns: ["", "from", "to"].map(str::to_owned).to_vec(),
        rows: spells.iter().map(row).collect(),
        choice: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_run_by_themselves_are_named() {
        let named = |ends: &[f64], apart| {
            let ends = (0..).zip(ends).map(|(number, end)| (StateId(number), *end)).collect();
            alone(ends, apart).iter().map(|state| state.index()).collect::<Vec<_>>()
        };
        let [first, second] = [0, 1].map(StateId);
        let once = || (0..30).map(|point| if point < 3 { vec![second] } else { Vec::new() });
        assert_eq!(standing_out(vec![first], once(), 30, 6), [first, second], "a tenth of the time");
        assert_eq!(standing_out(vec![first], once(), 31, 6), [first]);
        assert_eq!(standing_out(vec![first], once(), 30, 1), [first], "no room for more");
        assert_eq!(named(&[3.9, 20.9, 2.6, 7.5, 2.4], 0.84), [1, 3, 0]);
        assert_eq!(named(&[9.0, 8.0, 7.5], 2.0), [0_usize; 0]);
        assert_eq!(named(&[9.0, 20.0], 2.0), [1], "one is left, and has its name");
        assert_eq!(named(&[20.0], 2.0), [0_usize; 0]);
    }
}
