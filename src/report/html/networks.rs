//! Where the networks are, over time: the state that stands out over all others, what attraction explains, and the
//! times in which it was a haven.

use maud::{Markup, html};

use super::Run;
use super::head::longest_haven;
use super::states::excess;
use crate::base::{Day, StateId, in_prose};
use crate::report::charts::time::{Look, Series, Spell, TimeChart};
use crate::report::charts::{Figure, Hue, Table};
use crate::report::havens::HavenSummary;
use crate::report::lines::capital;
use crate::report::no_haven::holds_many;
use crate::world::Role;

/// More points than this are more than a figure of this width can show: of longer runs every third month is shown, of
/// very long ones every twelfth.
const MOST_POINTS: usize = 130;

/// More lines than this run into one another: of more states, those that hold most are shown.
const MOST_LINES: usize = 20;

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

/// Points of time, each with the number of networks by state, and every how manieth month they are.
fn counts(run: Run, role: Role) -> (usize, Vec<(Day, Vec<u32>)>) {
    let panel = &run.outcome.tally.panel;
    let last = run.scenario.plan.last_day;
    let opening = panel.opening.iter().map(|(based, hosted)| if role == Role::Base { *based } else { *hosted });
    let months = panel.months.iter().map(|month| (month.from.first_of_next_month().min(last), month.placed(role)));
    let all: Vec<(Day, Vec<u32>)> =
        std::iter::once((run.scenario.plan.first_day, opening.collect())).chain(months).collect();
    let every = [1, 3, 12].into_iter().find(|every| all.len() / every <= MOST_POINTS).unwrap_or(60);
    let points = all.len();
    let kept = |index: &usize| index.is_multiple_of(every) || index + 1 == points;
    (every, all.into_iter().enumerate().filter(|(index, _)| kept(index)).map(|(_, point)| point).collect())
}

fn share(counts: &[u32], state: StateId) -> Option<f64> {
    let total: u32 = counts.iter().sum();
    let own = counts.get(state.index()).copied().unwrap_or(0);
    (total > 0).then(|| f64::from(own) * 100.0 / f64::from(total))
}

fn chart(run: Run, order: &[StateId], role: Role) -> Figure {
    let library = &run.scenario.plan.library;
    let name = |state: StateId| library.state(state).name.clone();
    let (every, points) = counts(run, role);
    let bright = brightest(run, order, role);
    let of_state = |state: StateId, look| Series {
        name: name(state),
        values: points.iter().map(|(_, counts)| share(counts, state)).collect(),
        band: Vec::new(),
        look,
    };
    let mut others: Vec<StateId> = order.iter().copied().filter(|state| *state != bright).collect();
    if order.len() > MOST_LINES {
        let held = |state: &StateId| points.iter().map(|(_, counts)| u64::from(counts[state.index()])).sum::<u64>();
        others.sort_by_key(|state| std::cmp::Reverse(held(state)));
        others.truncate(MOST_LINES - 1);
    }
    let havens = other_havens(run, role, &others);
    others.retain(|state| !havens.contains(state));
    let mut series: Vec<Series> = others.iter().rev().map(|state| of_state(*state, Look::Grey)).collect();
    series.extend(havens.iter().rev().map(|state| of_state(*state, Look::Named)));
    series.push(Series { look: Look::Expected, ..expected(run, role, bright, &points) });
    series.push(of_state(bright, Look::Bright(Hue::Vermilion)));
    let spells = spells(run, role, bright);
    let why = if nearest(run, role).is_some() { "came nearest" } else { "holds most beyond its expected share" };
    let mut figure = TimeChart {
        name: format!("share-of-{}s", role.word()),
        title: format!(
            "Networks {} in {}",
            if role == Role::Base { "based" } else { "hosted" },
            in_prose(&name(bright))
        ),
        description: description(
            &spells,
            (&in_prose(&name(bright)), why),
            &havens,
            others.len() + havens.len() + 1 < order.len(),
        ) + &shown_months(every),
        axis: format!("Share of all {}s, %", role.word()),
        days: points.iter().map(|(day, _)| *day).collect(),
        series,
        spells: spells.clone(),
        others: match others[..] {
            [other] => name(other),
            _ if havens.is_empty() => "the other states".to_owned(),
            _ => "the others".to_owned(),
        },
        band: String::new(),
        tabled: Vec::new(),
    }
    .figure();
    figure.tables.extend(spells_table(&spells, &name(bright)));
    figure
}

/// Which months are shown, where not all are.
fn shown_months(every: usize) -> String {
    match every {
        1 => String::new(),
        3 => " Every third month is shown.".to_owned(),
        12 => " Every twelfth month is shown.".to_owned(),
        _ => format!(" One month in {every} is shown."),
    }
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
    /// Lines with names of their own; more have no room for them.
    const MOST: usize = 6;
    let library = &run.scenario.plan.library;
    let mut havens: Vec<StateId> = Vec::new();
    for haven in run.summary.havens.iter().filter(|haven| haven.role == role.word()) {
        let state = others.iter().find(|state| library.state(**state).name == haven.state);
        havens.extend(state.filter(|state| !havens.contains(state)));
    }
    havens.truncate(MOST);
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
        name: "expected".to_owned(),
        values: points.iter().map(|(day, _)| on(*day)).collect(),
        band: Vec::new(),
        look: Look::Expected,
    }
}

fn spells(run: Run, role: Role, state: StateId) -> Vec<Spell> {
    let name = &run.scenario.plan.library.state(state).name;
    let of_state = |haven: &&HavenSummary| haven.state == *name && haven.role == role.word();
    let spell = |haven: &HavenSummary| Spell {
        name: "haven".to_owned(),
        from: haven.began,
        to: haven.ended.unwrap_or(run.scenario.plan.last_day),
    };
    run.summary.havens.iter().filter(of_state).map(spell).collect()
}

/// `why` says for what the bright state was chosen, where it was no haven.
fn description(spells: &[Spell], (bright, why): (&str, &str), havens: &[StateId], some_left_out: bool) -> String {
    let shaded = match spells {
        [] => format!("No state was a haven in this role; {bright} {why}."),
        _ => format!("Shaded: {bright} is a haven."),
    };
    let named = match havens {
        [] => "",
        [_] => " Thin and black, with its name: the other state that was a haven in this role.",
        _ => " Thin and black, each with its name: other states that were havens in this role.",
    };
    let left_out = if some_left_out { " The states that hold fewest are left out." } else { "" };
    format!("{shaded} Dashed: the share that attraction alone explains.{named} Grey: the other states.{left_out}")
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
