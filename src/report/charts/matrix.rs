//! A matrix: one cell for each row and column, shaded in steps from light to dark, each step one path. Numbers stand
//! in the cells, so that nobody has to tell shades apart. A cell that rests on few observations has no shade.

use maud::{Markup, html};

use super::{
    Anchor, Figure, GREY, INK, LETTER, RULE, Table, WIDTH, distinct, float, n, short_text, text, titled, width,
};

/// A step of the shading.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// What it stands for.
    pub name: &'static str,
    /// Its colour.
    pub fill: &'static str,
    /// Whether letters on it are white.
    pub dark: bool,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its step, an index into the classes.
    pub class: usize,
    /// Rests on few observations: drawn smaller and without a shade, so that it does not weigh as much as those with many.
    pub few: bool,
    /// A short number to stand in it.
    pub short: String,
    /// What the table says.
    pub words: String,
}

/// The matrix.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Unique on its page.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub description: String,
    /// What the rows are.
    pub rows_are: String,
    /// What the columns are.
    pub columns_are: String,
    /// Names of rows.
    pub rows: Vec<String>,
    /// Names of columns.
    pub columns: Vec<String>,
    /// By row, then column; none where there is nothing to show.
    pub cells: Vec<Vec<Option<Cell>>>,
    /// The steps, from light to dark.
    pub classes: Vec<Class>,
    /// What a small cell stands for.
    pub few_are: String,
    /// What a line across a cell stands for, where rows and columns are the same and no cell of one lies with itself.
    pub own_are: String,
}

/// Of cells that rest on few observations.
const NEUTRAL: &str = "#ececec";

const LEFT: f64 = 150.0;
/// What a cell that rests on few observations leaves free on each side.
const MARGIN_OF_FEW: f64 = 4.0;
/// Room for a name before its row or over its column.
const ROOM: f64 = LEFT - 12.0;

/// Where the cells lie.
struct Layout {
    cell: (f64, f64),
    top: f64,
    /// Names of columns stand upright.
    upright: bool,
}

impl Matrix {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let layout = self.layout();
        let bottom = layout.top + float(self.rows.len()) * layout.cell.1;
        let drawing = html! {
            (self.heads(&layout))
            @for (index, class) in self.classes.iter().enumerate() {
                path d=(self.path(|cell| !cell.few && cell.class == index, &layout)) fill=(class.fill) stroke="#ffffff" {}
            }
            @if self.has_few() { path d=(self.path(|cell| cell.few, &layout)) fill=(NEUTRAL) stroke="#ffffff" {} }
            path d=(self.own(&layout)) fill="none" stroke=(GREY) {}
            (self.numbers(&layout))
            (self.legend(bottom + 14.0))
        };
        Figure {
            name: self.name.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            height: bottom + 66.0,
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    fn layout(&self) -> Layout {
        let wide = ((WIDTH - LEFT - 4.0) / float(self.columns.len().max(1))).min(96.0);
        let longest = self.columns.iter().map(|name| width(name, LETTER)).fold(0.0, f64::max);
        let upright = longest + 8.0 > wide;
        let head = if upright { longest.min(ROOM) + 12.0 } else { LETTER + 12.0 };
        Layout { cell: (wide, if self.rows.len() > 12 { 24.0 } else { 32.0 }), top: 24.0 + head, upright }
    }

    fn heads(&self, layout: &Layout) -> Markup {
        let (wide, high) = layout.cell;
        let short = |names: &[String]| distinct(names.iter().map(|name| (name.as_str(), ROOM)), LETTER);
        let (rows, columns) = (short(&self.rows), short(&self.columns));
        html! {
            (text((LEFT, 16.0), Anchor::Start, "axis", &self.columns_are))
            (text((LEFT - 8.0, layout.top - 8.0), Anchor::End, "axis", &self.rows_are))
            @for (index, (name, short)) in self.columns.iter().zip(&columns).enumerate() {
                @let middle = LEFT + (float(index) + 0.5) * wide;
                @if layout.upright {
                    text x=(n(middle + 5.0)) y=(n(layout.top - 6.0))
                        transform={ "rotate(-90 " (n(middle + 5.0)) " " (n(layout.top - 6.0)) ")" } {
                        (titled(short, name))
                    }
                } @else {
                    (text((middle, layout.top - 8.0), Anchor::Middle, "", name))
                }
            }
            @for (index, (name, short)) in self.rows.iter().zip(&rows).enumerate() {
                @let middle = layout.top + (float(index) + 0.5) * high;
                path d={ "M" (n(LEFT)) " " (n(middle + high / 2.0)) "h" (n(wide * float(self.columns.len()))) } stroke=(RULE) fill="none" {}
                (short_text((LEFT - 8.0, middle + 5.0), Anchor::End, "", short, name))
            }
        }
    }

    /// Every cell with its corner.
    fn placed<'a>(&'a self, layout: &'a Layout) -> impl Iterator<Item = (&'a Cell, f64, f64)> {
        let (wide, high) = layout.cell;
        self.cells.iter().enumerate().flat_map(move |(row, cells)| {
            let y = layout.top + float(row) * high;
            let placed = cells.iter().enumerate();
            placed.filter_map(move |(column, cell)| Some((cell.as_ref()?, LEFT + float(column) * wide, y)))
        })
    }

    /// A line across each cell in which a row would lie with itself.
    fn own(&self, layout: &Layout) -> String {
        let (wide, high) = layout.cell;
        let own = self.rows.iter().enumerate().filter_map(|(row, name)| {
            let column = self.columns.iter().position(|column| column == name)?;
            let is_empty = self.cells.get(row)?.get(column)?.is_none();
            is_empty.then(|| (LEFT + float(column) * wide, layout.top + float(row) * high))
        });
        own.map(|(x, y)| format!("M{} {}l{} {}", n(x), n(y + high), n(wide), n(-high))).collect()
    }

    /// The cells of one fill.
    fn path(&self, is_of_it: impl Fn(&Cell) -> bool, layout: &Layout) -> String {
        let cells = self.placed(layout).filter(|(cell, ..)| is_of_it(cell));
        cells
            .map(|(cell, x, y)| {
                let margin = if cell.few { MARGIN_OF_FEW } else { 0.0 };
                let (wide, high) = (layout.cell.0 - 2.0 * margin, layout.cell.1 - 2.0 * margin);
                format!("M{} {}h{}v{}h-{}z", n(x + margin), n(y + margin), n(wide), n(high), n(wide))
            })
            .collect()
    }

    fn numbers(&self, layout: &Layout) -> Markup {
        let (wide, high) = layout.cell;
        html! {
            @for (cell, x, y) in self.placed(layout) {
                @let dark = !cell.few && self.classes.get(cell.class).is_some_and(|class| class.dark);
                (text((x + wide / 2.0, y + high / 2.0 + 5.0), Anchor::Middle, if dark { "cell on-dark" } else { "cell" }, &cell.short))
            }
        }
    }

    fn has_few(&self) -> bool {
        self.cells.iter().flatten().flatten().any(|cell| cell.few)
    }

    fn legend(&self, y: f64) -> Markup {
        let mut x = LEFT;
        let places: Vec<f64> = self
            .classes
            .iter()
            .map(|class| {
                let place = x;
                x += 30.0 + width(class.name, LETTER) + 18.0;
                place
            })
            .collect();
        html! {
            @for (class, x) in self.classes.iter().zip(places) {
                path d={ "M" (n(x)) " " (n(y)) "h22v16h-22z" } fill=(class.fill) stroke=(INK) {}
                (text((x + 30.0, y + 13.0), Anchor::Start, "", class.name))
            }
            path d={ "M" (n(LEFT)) " " (n(y + 42.0)) "l22 -16" } fill="none" stroke=(GREY) {}
            (text((LEFT + 30.0, y + 39.0), Anchor::Start, "", &self.own_are))
            @if self.has_few() {
                @let x = LEFT + 30.0 + width(&self.own_are, LETTER) + 18.0;
                path d={ "M" (n(x + 4.0)) " " (n(y + 30.0)) "h14v8h-14z" } fill=(NEUTRAL) stroke=(INK) {}
                (text((x + 30.0, y + 39.0), Anchor::Start, "", &self.few_are))
            }
        }
    }

    fn table(&self) -> Table {
        let row = |(name, cells): (&String, &Vec<Option<Cell>>)| {
            let words =
                cells.iter().map(|cell| cell.as_ref().map_or_else(|| "-".to_owned(), |cell| cell.words.clone()));
            std::iter::once(name.clone()).chain(words).collect()
        };
        let corner = format!("{}, {}", self.rows_are, self.columns_are);
        Table {
            caption: String::new(),
            columns: std::iter::once(corner).chain(self.columns.iter().cloned()).collect(),
            rows: self.rows.iter().zip(&self.cells).map(row).collect(),
            choice: None,
        }
    }
}
