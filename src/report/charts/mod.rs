//! Figures drawn here and not in the browser: SVG that works without script and network, reads without colour, and
//! says the same in a table under it.
//!
//! Deliberately absent: what a figure is about. Whoever draws hands over names, numbers and sentences.

pub mod dots;
pub mod factor;
pub mod labels;
mod lanes;
mod legend;
mod level;
mod line_ends;
pub mod matrix;
mod ratios;
pub mod scale;
mod strokes;
mod table;
pub mod tiles;
pub mod time;
pub mod timeline;

use maud::{Markup, html};

use labels::{distinct, fitted, width};
pub use table::{Table, style};

/// Colours that the colour-blind tell apart (Okabe and Ito, "Color Universal Design", 2008); these four have a
/// contrast of 3:1 on white. Each also has a dash and a shape of its own: hue never stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hue {
    /// Solid line, round marker.
    Vermilion,
    /// Dashed line, square marker.
    Blue,
    /// Dotted line, diamond.
    Green,
    /// Dash and dot, triangle.
    Purple,
}

impl Hue {
    /// All, in the order in which they are given out.
    pub const ALL: [Self; 4] = [Self::Vermilion, Self::Blue, Self::Green, Self::Purple];

    /// As written in SVG.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vermilion => "#D55E00",
            Self::Blue => "#0072B2",
            Self::Green => "#009E73",
            Self::Purple => "#CC79A7",
        }
    }

    /// Lengths of dashes and gaps.
    #[must_use]
    pub const fn dash(self) -> &'static str {
        match self {
            Self::Vermilion => "none",
            Self::Blue => "9 5",
            Self::Green => "2 4",
            Self::Purple => "11 4 2 4",
        }
    }

    /// A marker of its own shape round a point, as a path.
    #[must_use]
    pub fn marker(self, x: f64, y: f64) -> String {
        match self {
            Self::Vermilion => format!("M{} {}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", n(x - 5.0), n(y)),
            Self::Blue => format!("M{} {}h9v9h-9z", n(x - 4.5), n(y - 4.5)),
            Self::Green => format!("M{} {}l6 6l-6 6l-6-6z", n(x), n(y - 6.0)),
            Self::Purple => format!("M{} {}l6 10h-12z", n(x), n(y - 6.0)),
        }
    }
}

/// Lines and letters.
pub const INK: &str = "#1b1b1b";
/// What stands behind: 3:1 on white, and on what is shaded.
pub const GREY: &str = "#767676";
/// Rules of a grid.
pub const RULE: &str = "#d9d9d9";

/// Width of every figure in its own units; on a page it takes the width that is there.
pub const WIDTH: f64 = 960.0;

/// The size of letters in figures, in those units.
pub const LETTER: f64 = 14.0;

/// One figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Unique on its page; letters, digits and hyphens.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it shows, for whoever does not see it: how to read it and what stands out.
    pub description: String,
    /// Its height, in the units of [`WIDTH`].
    pub height: f64,
    /// What the reader may choose, before the drawing.
    pub before: Option<Markup>,
    /// The drawing.
    pub drawing: Markup,
    /// The same numbers.
    pub tables: Vec<Table>,
}

impl Figure {
    /// The figure with its tables.
    #[must_use]
    pub fn markup(&self) -> Markup {
        let (title, description) = (format!("{}-title", self.name), format!("{}-description", self.name));
        html! {
            figure id=(self.name) {
                figcaption { strong { (self.title) } " " (self.description) }
                @if let Some(before) = &self.before { (before) }
                div.drawing role="region" tabindex="0" aria-labelledby=(title) {
                    svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (n(WIDTH)) " " (n(self.height)) }
                        aria-labelledby={ (title) " " (description) } {
                        title id=(title) { (self.title) }
                        desc id=(description) { (self.description) }
                        (self.drawing)
                    }
                }
                details.numbers {
                    summary { "The numbers of this figure" }
                    @for table in &self.tables { (table.under_a_figure(&self.title)) }
                }
            }
        }
    }
}

/// Where a text stands by its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// To the right of it.
    Start,
    /// Around it.
    Middle,
    /// To the left of it.
    End,
}

impl Anchor {
    /// As written in SVG.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Start => None,
            Self::Middle => Some("middle"),
            Self::End => Some("end"),
        }
    }
}

/// A text, its baseline at `y`.
#[must_use]
pub fn text((x, y): (f64, f64), anchor: Anchor, class: &str, words: &str) -> Markup {
    short_text((x, y), anchor, class, words, words)
}

/// A text that may be shorter than what it stands for: then that is its title, which a pointer held over it shows.
#[must_use]
pub fn short_text((x, y): (f64, f64), anchor: Anchor, class: &str, short: &str, whole: &str) -> Markup {
    let anchor = anchor.word();
    html! {
        text x=(n(x)) y=(n(y)) text-anchor=[anchor] class=[(!class.is_empty()).then_some(class)] {
            (titled(short, whole))
        }
    }
}

/// The words inside a text, with the whole of them as its title where they are cut.
fn titled(short: &str, whole: &str) -> Markup {
    html! { @if short != whole { title { (whole) } } (short) }
}

/// A coordinate: one decimal is finer than any screen.
#[must_use]
pub fn n(value: f64) -> String {
    let tenths = libm::round(value * 10.0) / 10.0;
    // No minus before nothing.
    let tenths = if tenths == 0.0 { 0.0 } else { tenths };
    tenths.to_string()
}

pub use crate::base::interval::float;

/// Moves heights apart until no two are nearer than `gap`, in their order, between `top` and `bottom`.
pub fn apart(heights: &mut [f64], gap: f64, (top, bottom): (f64, f64)) {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|one, other| heights[*one].total_cmp(&heights[*other]).then(one.cmp(other)));
    let mut above = top - gap;
    for index in &order {
        heights[*index] = heights[*index].max(above + gap);
        above = heights[*index];
    }
    let mut below = bottom + gap;
    for index in order.iter().rev() {
        heights[*index] = heights[*index].min(below - gap);
        below = heights[*index];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short() {
        assert_eq!([n(1.0), n(0.04), n(-0.04), n(12.345), n(-3.25)], ["1", "0", "0", "12.3", "-3.3"]);
    }

    #[test]
    fn labels_move_apart_within_their_bounds() {
        let mut heights = [50.0, 52.0, 51.0, 199.0, 200.0];
        apart(&mut heights, 16.0, (10.0, 200.0));
        let mut sorted = heights;
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 16.0), "{heights:?}");
        assert!(sorted[0] >= 10.0 && sorted[4] <= 200.0 && heights[0] < heights[2] && heights[2] < heights[1]);
    }

    #[test]
    fn a_figure_has_its_name_and_escapes_it() {
        let hostile = "<script>alert(1)</script>\" onload=\"x".to_owned();
        let figure = Figure {
            name: "one".to_owned(),
            title: hostile.clone(),
            description: hostile.clone(),
            height: 10.0,
            before: None,
            drawing: text((1.0, 2.0), Anchor::End, "axis", &hostile),
            tables: vec![Table {
                caption: hostile.clone(),
                columns: vec![hostile.clone()],
                rows: vec![vec![hostile]],
                choice: None,
            }],
        };
        let page = figure.markup().into_string();
        assert!(!page.contains("<script") && !page.contains("\" onload"), "{page}");
        assert!(page.contains("role=\"img\"") && page.contains("aria-labelledby=\"one-title one-description\""));
    }
}
