//! The states of a report: in order of how far they are havens, and as tiles with the arcs of one of them.

use maud::{Markup, html};

use super::head::longest_haven;
use super::{History, Run};
use crate::base::StateId;
use crate::engine::{Outcome, Tally};
use crate::law::Measure;
use crate::report::charts::tiles::{Tile, Tiles};
use crate::report::numbers::{grouped, percent};
use crate::world::{Role, Turn};

/// More do not fit a matrix that can be read from the last row of a lecture hall.
const MOST_SHOWN: usize = 20;

/// All states: havens in the order in which they became one, then by how many more networks are based there than
/// expected.
pub(super) fn by_haven(outcome: &Outcome) -> Vec<StateId> {
    let mut order: Vec<StateId> = Vec::new();
    for role in [Role::Base, Role::Host] {
        for record in &outcome.tally.havens {
            if record.turn == Turn::Began && record.role == role && !order.contains(&record.state) {
                order.push(record.state);
            }
        }
    }
    let mut others: Vec<StateId> =
        (0_u16..).map(StateId).take(outcome.tally.states.len()).filter(|state| !order.contains(state)).collect();
    others.sort_by_key(|state| std::cmp::Reverse(excess(outcome, Role::Base, *state)));
    order.extend(others);
    order
}

/// Share less expected share on the last day, in thousandths.
pub(super) fn excess(outcome: &Outcome, role: Role, state: StateId) -> i64 {
    let standing = outcome.havens.standing(role, state);
    i64::from(standing.share_permille) - i64::from(standing.expected_permille)
}

/// All of them in that order; of very many, those that refused and were refused most in these runs.
pub(super) fn shown(runs: &[&Outcome], order: &[StateId]) -> Vec<StateId> {
    if order.len() <= MOST_SHOWN {
        return order.to_vec();
    }
    let mut refused = vec![0_u64; order.len()];
    for (requesting, tally) in runs.iter().flat_map(|run| run.tally.states.iter().enumerate()) {
        for ((requested, ..), count) in &tally.refused_out {
            refused[requesting] += count;
            refused[requested.index()] += count;
        }
    }
    let mut busiest = order.to_vec();
    busiest.sort_by_key(|state| std::cmp::Reverse(refused[state.index()]));
    busiest.truncate(MOST_SHOWN);
    order.iter().copied().filter(|state| busiest.contains(state)).collect()
}

/// How many requests between two states were refused, and how many were decided. Those to preserve data are left out: nearly all
/// of them are granted, and nothing is handed over by them. So is what providers disclose by choice, which no state decides.
pub(super) fn between(tally: &Tally, requesting: StateId, requested: StateId) -> (u64, u64) {
    let sent = &tally.states[requesting.index()];
    let left_out = [Measure::Preservation, Measure::VoluntaryDisclosure];
    let counts = |by: StateId, measure: Measure| by == requested && !left_out.contains(&measure);
    let refused = sent.refused_out.iter().filter(|((by, measure, _), _)| counts(*by, *measure));
    let decided = sent.requests_out.iter().filter(|((by, measure, _), _)| counts(*by, *measure));
    (refused.map(|(_, count)| count).sum(), decided.map(|(_, count)| count).sum())
}

/// The tiles, the state chosen that the page is about; of states between which some request was refused.
pub(super) fn section(run: Run, shown: &[StateId], of_all: Option<&str>) -> Markup {
    let between = all_between(&run.outcome.tally, shown);
    let library = &run.scenario.plan.library;
    let haven = longest_haven(run.summary, None);
    let place = haven.and_then(|name| shown.iter().position(|state| library.state(*state).name == name));
    // A haven that refused nothing, and was refused nothing, has no line to draw.
    let first = place.filter(|state| refusals(&between, *state) > 0).unwrap_or_else(|| busiest(&between));
    let run = run.history();
    let of_all = of_all.map_or_else(String::new, |words| format!(" {words}"));
    let tiles = Tiles {
        name: "tiles".to_owned(),
        title: "Refusals of one state, and to it".to_owned(),
        description: format!("{}{of_all}", reading("the chosen state")),
        first,
        fixed: false,
        most: None,
        tiles: tiles(run, shown),
        between,
    };
    html! { (tiles.figure().markup()) }
}

/// That there is no refusal to draw, of so many requests.
pub(super) fn none_refused(decided: u64) -> String {
    let none = match decided {
        0 => "No request between these states was decided: there is nothing to draw.".to_owned(),
        1 => "The one request that was decided between these states was not refused: there is nothing to draw."
            .to_owned(),
        all => format!(
            "None of {} requests decided between these states was refused: there is nothing to draw.",
            grouped(all)
        ),
    };
    format!("{none} {LEFT_OUT}")
}

/// See [`between`].
const LEFT_OUT: &str = "Requests to preserve data are left out.";

/// How tiles are read.
pub(super) fn reading(chosen: &str) -> String {
    format!(
        "A solid line and ●: requests that {chosen} refused. A dashed line and ■: its own requests that were \
         refused. The thicker a line, the more requests, the thickest being the most of one pair on this page; the numbers \
         stand in the tiles. A second edge: {chosen}. A \
         thick edge: a haven on the last day. {LEFT_OUT}"
    )
}

/// A tile for each of these states.
pub(super) fn tiles(run: History, shown: &[StateId]) -> Vec<Tile> {
    let tile = |state: &StateId| {
        let [bases, hosts] = [Role::Base, Role::Host].map(|role| run.outcome.havens.standing(role, *state));
        Tile {
            name: run.scenario.plan.library.state(*state).name.clone(),
            line: format!("{} % of bases", percent(bases.share_permille)),
            marked: bases.is_haven || hosts.is_haven,
        }
    };
    shown.iter().map(tile).collect()
}

/// How many requests of how many were refused from each of these states to each.
pub(super) fn all_between(tally: &Tally, shown: &[StateId]) -> Vec<Vec<(u64, u64)>> {
    let row = |from: &StateId| shown.iter().map(|to| between(tally, *from, *to)).collect();
    shown.iter().map(row).collect()
}

/// The first of those that refused, and were refused, most.
fn busiest(between: &[Vec<(u64, u64)>]) -> usize {
    (0..between.len()).max_by_key(|state| (refusals(between, *state), std::cmp::Reverse(*state))).unwrap_or(0)
}

/// How many requests a state refused, and how many of its own were refused.
fn refusals(between: &[Vec<(u64, u64)>], state: usize) -> u64 {
    let own: u64 = between[state].iter().map(|(refused, _)| refused).sum();
    own + between.iter().map(|row| row[state].0).sum::<u64>()
}
