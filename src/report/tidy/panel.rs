//! The panel by state and month: what there is one number of, and beside it what is counted by kind.

use std::io::{self, Write};

use super::{Table, code, described};
use crate::engine::{Panel, StateMonth};
use crate::law::Library;
use crate::tables::{Cell, Column, Description, Kind};
use crate::world::HavenStanding;

const COLUMNS: [Column; 28] = [
    Column::new("month", Kind::Day, "", "first day of the month, or of the run"),
    Column::new("state", Kind::Text, "", "code of the state"),
    Column::new("based", Kind::Whole, "networks", "active networks based in the state when the month ended"),
    Column::new("hosted", Kind::Whole, "networks", "active networks hosted in the state when the month ended"),
    Column::new("incidents", Kind::Whole, "incidents", "incidents in the state's market"),
    Column::new("recorded", Kind::Whole, "incidents", "those of them that were recorded"),
    Column::new(
        "harm",
        Kind::Number,
        "usual incidents",
        "what all of them did: as many as there were where networks are all of a size",
    ),
    Column::new("cases_opened", Kind::Whole, "cases", "cases opened in the state"),
    Column::new("cases_concluded", Kind::Whole, "cases", "cases of the state that ended with a result"),
    Column::new("cases_lost", Kind::Whole, "cases", "cases of the state that ended without one"),
    Column::new("letters_out", Kind::Whole, "letters", "letters that the state's authority sent"),
    Column::new("letters_in", Kind::Whole, "letters", "letters sent to it"),
    Column::new(
        "undecided",
        Kind::Whole,
        "requests",
        "requests to the state neither decided nor withdrawn when the month ended",
    ),
    Column::new(
        "unanswered",
        Kind::Whole,
        "requests",
        "requests to the state, not withdrawn, whose final reply had not come then",
    ),
    Column::new("answered", Kind::Whole, "requests", "requests to the state whose final reply came in the month"),
    Column::new(
        "median_answer_days",
        Kind::Whole,
        "days",
        "median days from sending to final reply of those, without preservation; empty if there were none",
    ),
    Column::new("ninetieth_answer_days", Kind::Whole, "days", "90th percentile of these days"),
    Column::new(
        "preservations_lapsed",
        Kind::Whole,
        "preservations",
        "preserved data released because no further request came",
    ),
    Column::new(
        "base_share",
        Kind::Number,
        "share",
        "share of all networks that were based in the state when the month ended; empty if there were none",
    ),
    Column::new(
        "base_expected_share",
        Kind::Number,
        "share",
        "the share when every state is equally risky, in steps of 0.001",
    ),
    Column::new("base_location_quotient", Kind::Number, "ratio", "share over expected share, in steps of 0.001"),
    Column::new(
        "base_impunity",
        Kind::Number,
        "share",
        "part of the cases against networks based there, closed within `window-days` before, that was lost; empty if none closed",
    ),
    Column::new(
        "base_haven",
        Kind::Truth,
        "",
        "whether the state had been confirmed as a haven for bases by then; one counts from `hold-days` and more before",
    ),
    Column::new(
        "host_share",
        Kind::Number,
        "share",
        "share of all networks with a site that were hosted in the state then; empty if there were none",
    ),
    Column::new(
        "host_expected_share",
        Kind::Number,
        "share",
        "the share when every state is equally risky, in steps of 0.001",
    ),
    Column::new("host_location_quotient", Kind::Number, "ratio", "share over expected share, in steps of 0.001"),
    Column::new("host_impunity", Kind::Number, "share", "as `base_impunity`, of networks hosted there"),
    Column::new("host_haven", Kind::Truth, "", "as `base_haven`, for hosts"),
];

/// How a state stands in a role in which so many of all networks are there.
fn standing(of: &HavenStanding, (here, all): (u32, u32)) -> [Cell; 5] {
    let thousandths = |permille: u32| f64::from(permille) / 1000.0;
    let part = |part: u32, whole: u32| (whole > 0).then(|| f64::from(part) / f64::from(whole));
    [
        Cell::from(part(here, all)),
        Cell::from(thousandths(of.expected_permille)),
        Cell::from(thousandths(of.quotient_permille)),
        Cell::from(part(of.lost, of.closed)),
        Cell::from(of.is_haven),
    ]
}

const COUNTS: [Column; 8] = [
    Column::new("month", Kind::Day, "", "first day of the month, or of the run"),
    Column::new("state", Kind::Text, "", "code of the state"),
    Column::new(
        "counted",
        Kind::Text,
        "",
        "what is counted: `requests` sent, `decisions` on requests, `refusals` of requests on grounds of law, `concluded` or `lost` cases",
    ),
    Column::new("direction", Kind::Text, "", "`out`: own requests of the state; `in`: requests to it; empty for cases"),
    Column::new("measure", Kind::Text, "", "measure asked for, of requests and decisions"),
    Column::new(
        "result",
        Kind::Text,
        "",
        "what the law said, of decisions; code of the ground, of refusals; result or cause, of cases",
    ),
    Column::new("article", Kind::Text, "", "article of the ground, of refusals"),
    Column::new("count", Kind::Whole, "", "how many; kinds that there are none of have no row"),
];

pub(super) fn description() -> Description {
    described("panel", "a state in a month", COLUMNS)
}

pub(super) fn counts() -> Description {
    described("panel_counts", "one kind of thing counted in a state and month", COUNTS)
}

pub(super) fn write<W: Write + Send>(
    panel: &mut Table<W>,
    counts: &mut Table<W>,
    library: &Library,
    of: &Panel,
) -> io::Result<()> {
    for month in of.months.iter() {
        let all = |placed: fn(&StateMonth) -> u32| month.states.iter().map(placed).sum::<u32>();
        let (based, hosted) = (all(|row| row.based), all(|row| row.hosted));
        for (state, row) in library.state_ids().zip(&month.states) {
            let key = [Cell::from(month.from), code(library, state)];
            let of_world = [row.based, row.hosted, row.incidents, row.recorded];
            let numbers = [
                row.cases_opened,
                row.concluded.values().sum(),
                row.lost.values().sum(),
                row.letters_out,
                row.letters_in,
                row.undecided,
                row.unanswered,
                row.answered,
            ];
            let rest = [
                Cell::from(row.median_answer_days),
                Cell::from(row.ninetieth_answer_days),
                Cell::from(row.preservations_lapsed),
            ];
            let placed = [(row.based, based), (row.hosted, hosted)];
            let standings = row.standing.iter().zip(placed).flat_map(|(of, placed)| standing(of, placed));
            let of_world = of_world.map(Cell::from).into_iter().chain([Cell::from(row.harm())]);
            let of_authority = numbers.map(Cell::from).into_iter().chain(rest);
            panel.row(key.iter().cloned().chain(of_world).chain(of_authority).chain(standings))?;
            for kind in kinds(library, row) {
                counts.row(key.iter().cloned().chain(kind))?;
            }
        }
    }
    Ok(())
}

/// The rows of one state and month, in a fixed order: direction, measure, result, article, count.
fn kinds(library: &Library, row: &StateMonth) -> Vec<[Cell; 6]> {
    let mut rows = Vec::new();
    let mut add = |counted: &str, direction: Option<&str>, cells: [Cell; 3], count: u32| {
        let [measure, result, article] = cells;
        rows.push([Cell::from(counted), Cell::from(direction), measure, result, article, Cell::from(count)]);
    };
    let nothing = || Cell::Nothing;
    for (direction, requests, decisions, refusals) in [
        ("out", &row.requests_out, &row.decided_out, &row.refused_out),
        ("in", &row.requests_in, &row.decided_in, &row.refused_in),
    ] {
        for (measure, count) in requests {
            add("requests", Some(direction), [Cell::from(measure.name()), nothing(), nothing()], *count);
        }
        for (measure, decision, count) in decisions {
            let cells = [Cell::from(measure.name()), Cell::from(decision.word()), nothing()];
            add("decisions", Some(direction), cells, *count);
        }
        for ((ground, article), count) in refusals {
            let cells = [nothing(), Cell::from(ground.code()), Cell::from(library.cite(*article))];
            add("refusals", Some(direction), cells, *count);
        }
    }
    for (result, count) in &row.concluded {
        add("concluded", None, [nothing(), Cell::from(result.name()), nothing()], *count);
    }
    for (cause, count) in &row.lost {
        add("lost", None, [nothing(), Cell::from(cause.word()), nothing()], *count);
    }
    rows
}
