//! States as tiles round the edge of a figure, with the arcs of the one that is chosen. Choosing needs no script: the
//! arcs of every state are there, and style shows those of the choice that is marked.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::labels::BOLD;
use super::{Anchor, Figure, GREY, Hue, INK, Table, WIDTH, distinct, fitted, float, n, short_text, text};
use crate::base::in_prose;
use crate::report::numbers::grouped;

/// A state.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Its name.
    pub name: String,
    /// What is said of it, a short line.
    pub line: String,
    /// Whether it stands out, and is drawn with a thick edge: another than the one round the state that is chosen.
    pub marked: bool,
}

/// The tiles and what passes between them.
#[derive(Clone, Debug)]
pub struct Tiles {
    /// Unique on its page.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub description: String,
    /// The states, at most [`MOST_TILES`].
    pub tiles: Vec<Tile>,
    /// Which of them is chosen at the beginning.
    pub first: usize,
    /// Whether that is the only one: then a reader has no choice.
    pub fixed: bool,
    /// The number that the thickest line stands for, where lines are to be compared with those of another figure; the
    /// greatest of this one, if there is none.
    pub most: Option<u64>,
    /// From state to state, by indices: how many of how many.
    pub between: Vec<Vec<(u64, u64)>>,
}

/// More do not fit round a figure.
pub const MOST_TILES: usize = 24;

const TILE: (f64, f64) = (124.0, 62.0);
/// How far from its tile the edge runs that marks the chosen state.
const ROUND: f64 = 4.5;
/// Letters in tiles are smaller.
const SMALL: f64 = 12.0;

/// The rules by which a choice shows its arcs and its table.
#[must_use]
pub fn style() -> String {
    let mut rules = String::from(".choice { display: none; }\n");
    for choice in 1..=MOST_TILES {
        let _ =
            writeln!(rules, "figure:has(input:nth-of-type({choice}):checked) .choice-{choice} {{ display: revert; }}");
    }
    rules
}

impl Tiles {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let (places, height) = places(self.tiles.len());
        let chosen = if self.fixed { self.first..self.first + 1 } else { 0..self.tiles.len() };
        let short = distinct(self.tiles.iter().map(|tile| (tile.name.as_str(), (TILE.0 - 8.0) / BOLD)), SMALL);
        let drawing = html! {
            // Under the tiles, whose words a thick line would cover.
            @for chosen in chosen.clone() { (self.arcs(chosen, &places, height)) }
            @for ((tile, short), place) in self.tiles.iter().zip(&short).zip(&places) {
                path d=(frame(*place, 0.0)) fill="#f4f4f4" stroke=(if tile.marked { INK } else { GREY })
                    stroke-width=(if tile.marked { "3" } else { "1" }) {}
                (short_text((place.0, place.1 - 13.0), Anchor::Middle, "strong small", short, &tile.name))
                (text((place.0, place.1 + 4.0), Anchor::Middle, "small", &fitted(&tile.line, TILE.0 - 8.0, SMALL)))
            }
            @for chosen in chosen.clone() { (self.counts(chosen, &places)) }
        };
        Figure {
            name: self.name.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            height,
            before: (!self.fixed).then(|| self.choices()),
            drawing,
            tables: chosen.map(|chosen| self.table(chosen)).collect(),
        }
    }

    fn choices(&self) -> Markup {
        html! {
            fieldset {
                legend { "The state that is chosen:" }
                @for (index, tile) in self.tiles.iter().enumerate() {
                    @let id = format!("{}-{}", self.name, index + 1);
                    input type="radio" name=(self.name) id=(id) checked[index == self.first];
                    label for=(id) { (tile.name) }
                }
            }
        }
    }

    /// What a state refused and what it was refused, as lines as thick as their number.
    fn arcs(&self, chosen: usize, places: &[(f64, f64)], height: f64) -> Markup {
        let greatest = || self.between.iter().flatten().map(|(part, _)| *part).max().unwrap_or(0);
        let most = self.most.unwrap_or_else(greatest).max(1);
        let centre = (WIDTH / 2.0, height / 2.0);
        let others = || (0..self.tiles.len()).filter(move |other| *other != chosen);
        let arc = |from: usize, to: usize, hue: Hue, bend: f64| {
            let part = self.between[from][to].0;
            (part > 0).then(|| Arc {
                path: curve(places[from], places[to], centre, bend),
                width: thickness(part, most),
                hue,
            })
        };
        let arcs: Vec<Arc> = others()
            .flat_map(|other| [arc(other, chosen, Hue::Vermilion, 0.55), arc(chosen, other, Hue::Blue, 0.85)])
            .flatten()
            .collect();
        html! {
            g class=[self.class(chosen)] {
                @for arc in &arcs {
                    path d=(arc.path) fill="none" stroke=(arc.hue.code()) stroke-width=(n(arc.width))
                        stroke-dasharray=(arc.hue.dash()) stroke-opacity="0.8" {}
                }
            }
        }
    }

    /// By which a choice shows what belongs to it.
    fn class(&self, chosen: usize) -> Option<String> {
        (!self.fixed).then(|| format!("choice choice-{}", chosen + 1))
    }

    /// The edge round the chosen state, and in the other tiles the numbers of its lines.
    fn counts(&self, chosen: usize, places: &[(f64, f64)]) -> Markup {
        html! {
            g class=[self.class(chosen)] {
                path d=(frame(places[chosen], ROUND)) fill="none" stroke=(Hue::Vermilion.code()) stroke-width="3" {}
                @for other in (0..self.tiles.len()).filter(|other| *other != chosen) {
                    @let (refused, was_refused) = (self.between[other][chosen].0, self.between[chosen][other].0);
                    @let (x, y) = places[other];
                    @if refused > 0 || was_refused > 0 {
                        (text((x, y + 22.0), Anchor::Middle, "small", &format!("● {}   ■ {}", grouped(refused), grouped(was_refused))))
                    }
                }
            }
        }
    }

    fn table(&self, chosen: usize) -> Table {
        let own = &self.tiles[chosen].name;
        let named = in_prose(own);
        let row = |other: usize| {
            let (from, to) = (self.between[other][chosen], self.between[chosen][other]);
            let tile = &self.tiles[other];
            vec![tile.name.clone(), tile.line.clone(), grouped(from.0), grouped(from.1), grouped(to.0), grouped(to.1)]
        };
        let columns = [
            "State".to_owned(),
            "networks".to_owned(),
            format!("● refused by {named}"),
            format!("of requests to {named}"),
            format!("■ refused to {named}"),
            format!("of requests by {named}"),
        ];
        Table {
            caption: format!("{own}: {}", self.tiles[chosen].line),
            columns: columns.to_vec(),
            rows: (0..self.tiles.len()).filter(|other| *other != chosen).map(row).collect(),
            choice: (!self.fixed).then_some(chosen + 1),
        }
    }
}

struct Arc {
    path: String,
    width: f64,
    hue: Hue,
}

/// The middles of tiles along the four edges, clockwise from the top left, and the height of the figure.
fn places(count: usize) -> (Vec<(f64, f64)>, f64) {
    // Half along the top and bottom edges while these have room, the others at the sides.
    let across = count.div_ceil(3).clamp(1, 7);
    let beside = count.saturating_sub(2 * across).div_ceil(2);
    let height = (float(beside) + 2.0) * (TILE.1 + 18.0) + 90.0;
    let (edge, half) = (TILE.0 / 2.0 + 6.0, TILE.1 / 2.0 + 6.0);
    let along = |index: usize| {
        if across == 1 { WIDTH / 2.0 } else { edge + float(index) * (WIDTH - 2.0 * edge) / float(across - 1) }
    };
    let down = |index: usize| half + (float(index) + 1.0) * (height - 2.0 * half) / (float(beside) + 1.0);
    let top = (0..across).map(|index| (along(index), half));
    let right = (0..beside).map(|index| (WIDTH - edge, down(index)));
    let bottom = (0..across).rev().map(|index| (along(index), height - half));
    let left = (0..beside).rev().map(|index| (edge, down(index)));
    (top.chain(right).chain(bottom).chain(left).take(count).collect(), height)
}

/// The edge of a tile, or an edge that runs round it at a distance.
fn frame((x, y): (f64, f64), distance: f64) -> String {
    let (wide, high) = (TILE.0 + 2.0 * distance, TILE.1 + 2.0 * distance);
    format!("M{} {}h{}v{}h-{}z", n(x - wide / 2.0), n(y - high / 2.0), n(wide), n(high), n(wide))
}

/// From tile to tile, bent towards the middle of the figure; the ends lie at the edges of the tiles that face it.
fn curve(from: (f64, f64), to: (f64, f64), centre: (f64, f64), bend: f64) -> String {
    let (start, end) = (facing(from, centre), facing(to, centre));
    let middle = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1));
    // Neighbours need little of a bend.
    let bend = bend * (libm::hypot(end.0 - start.0, end.1 - start.1) / 500.0).min(1.0);
    let control = (middle.0 + (centre.0 - middle.0) * bend, middle.1 + (centre.1 - middle.1) * bend);
    format!("M{} {}Q{} {} {} {}", n(start.0), n(start.1), n(control.0), n(control.1), n(end.0), n(end.1))
}

fn facing((x, y): (f64, f64), centre: (f64, f64)) -> (f64, f64) {
    let (wide, high) = (TILE.0 / 2.0, TILE.1 / 2.0);
    let (to_x, to_y) = (centre.0 - x, centre.1 - y);
    // How far along the way to the centre the edge is crossed.
    let times = (wide / to_x.abs().max(1e-9)).min(high / to_y.abs().max(1e-9)).min(1.0);
    (x + to_x * times, y + to_y * times)
}

fn thickness(part: u64, most: u64) -> f64 {
    let float = |count: u64| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    1.5 + 10.5 * libm::sqrt(float(part) / float(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_lie_within_and_apart() {
        for count in 1..=MOST_TILES {
            let (places, height) = places(count);
            assert_eq!(places.len(), count);
            for (index, (x, y)) in places.iter().enumerate() {
                assert!(x - TILE.0 / 2.0 >= 0.0 && x + TILE.0 / 2.0 <= WIDTH && y + TILE.1 / 2.0 <= height, "{count}");
                for (other_x, other_y) in &places[..index] {
                    assert!((x - other_x).abs() > TILE.0 || (y - other_y).abs() > TILE.1, "{count}: tile {index}");
                }
            }
        }
    }
}
