//! Tables: under figures, with the numbers that these show, and by themselves. What is wide goes on below or scrolls, what
//! is long under a figure is not all printed.

use maud::{Markup, html};

/// Numbers under a figure. The first cell of a row names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Headings.
    pub columns: Vec<String>,
    /// Rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
    /// The choice by which it is shown, where a figure has choices; it counts from 1.
    pub choice: Option<usize>,
}

/// Columns beside the first that an A4 page has room for: a wider table goes on below, its first column again.
const MOST_COLUMNS: usize = 11;

/// Headings of columns that hold words whatever their cells begin with: some articles begin with a number, and where no
/// ground was named, there is nothing but dashes.
const OF_WORDS: [&str; 5] = ["article", "ground", "ground and article", "meaning", "unit"];

/// A column of which some cell has more letters than this is as wide as a few words: on a narrow screen the table scrolls.
const LONG: usize = 36;

/// Tables under a figure of more rows than this are not printed as they are: pages of them would part the figures.
const MOST_ON_PAPER: usize = 40;

/// The rules by which columns of words stand to the left, and those of long texts keep a width.
#[must_use]
pub fn style() -> String {
    let of = |place: usize| format!("table.words-{place} :is(th, td):nth-child({place})");
    let all: Vec<String> = (2..=MOST_COLUMNS + 1).map(of).collect();
    let long = |place: usize| format!("table.long-{place} :is(th, td):nth-child({place})");
    let long: Vec<String> = (2..=MOST_COLUMNS + 1).map(long).collect();
    format!(
        "{} {{ text-align: left; }}\n@media screen {{ {} {{ min-width: 15rem; }} }}\n",
        all.join(", "),
        long.join(", ")
    )
}

impl Table {
    /// The table. Where it has no caption of its own, it has the heading above it as one that is not seen.
    #[must_use]
    pub fn markup(&self, heading: &str) -> Markup {
        self.on_paper(heading, OnPaper::Whole)
    }

    /// The table under a figure of this title: on paper a long one has the ends of years, or is left out and says so.
    #[must_use]
    pub fn under_a_figure(&self, title: &str) -> Markup {
        let is_by_day = self.columns.first().is_some_and(|first| first == "Day") && self.columns.len() > 1;
        let days: std::collections::BTreeSet<&str> =
            self.rows.iter().filter_map(|row| row.first()).map(String::as_str).collect();
        let on_paper = match self.rows.len() {
            ..=MOST_ON_PAPER => OnPaper::Whole,
            _ if is_by_day && days.len() == self.rows.len() => OnPaper::EndsOfYears,
            _ => OnPaper::LeftOut,
        };
        self.on_paper(title, on_paper)
    }

    fn on_paper(&self, heading: &str, on_paper: OnPaper) -> Markup {
        let class =
            self.choice.map_or_else(|| "scrolls".to_owned(), |choice| format!("scrolls choice choice-{choice}"));
        let beside = self.columns.len().saturating_sub(1);
        let parts = beside.div_ceil(MOST_COLUMNS).max(1);
        // Parts of one width, and not a full one with a rest.
        let (width, all) = (beside.div_ceil(parts).max(1), 1..=beside);
        let name = if self.caption.is_empty() { heading } else { &self.caption };
        html! {
            div class=(class) role="region" tabindex="0" aria-label=(name) {
                @if let Some(says) = on_paper.says(self.rows.len()) { p.paper { (says) } }
                @if beside == 0 { (self.part(name, 1..1, on_paper)) }
                @for from in all.step_by(width) { (self.part(name, from..(from + width).min(beside + 1), on_paper)) }
            }
        }
    }

    /// Whether a column stands to the left as words do: by its heading, or because most of what is in it begins with a
    /// letter.
    fn is_of_words(&self, column: usize) -> bool {
        if self.columns.get(column).is_some_and(|heading| OF_WORDS.contains(&heading.as_str())) {
            return true;
        }
        let begins = self.rows.iter().filter_map(|row| row.get(column)?.chars().next());
        let begins = begins.filter(|first| *first != '-');
        let (words, numbers): (Vec<char>, Vec<char>) = begins.partition(|first| first.is_alphabetic());
        words.len() > numbers.len()
    }

    /// Whether some cell of a column is a text.
    fn is_long(&self, column: usize) -> bool {
        self.rows.iter().filter_map(|row| row.get(column)).any(|cell| cell.chars().count() > LONG)
    }

    /// Whether a row lies between the ends of years, where only these are printed.
    fn is_within(&self, number: usize, on_paper: OnPaper) -> bool {
        let is_end = |row: &Vec<String>| row.first().is_some_and(|day| day.ends_with("-01-01"));
        let outermost = number == 0 || number + 1 == self.rows.len();
        on_paper == OnPaper::EndsOfYears && !outermost && !self.rows.get(number).is_some_and(is_end)
    }

    /// The first column, and some of the others; `name` is what all parts are called.
    fn part(&self, name: &str, columns: std::ops::Range<usize>, on_paper: OnPaper) -> Markup {
        // Once for a table and not for each cell, of which a page has thousands.
        let places = || columns.clone().zip(2..);
        let words = places().filter(|(column, _)| self.is_of_words(*column)).map(|(_, place)| format!("words-{place}"));
        let long = places().filter(|(column, _)| self.is_long(*column)).map(|(_, place)| format!("long-{place}"));
        let left_out = (on_paper == OnPaper::LeftOut).then(|| "screen".to_owned());
        let classes: Vec<String> = words.chain(long).chain(left_out).collect();
        html! {
            table class=[(!classes.is_empty()).then(|| classes.join(" "))] {
                @if columns.start > 1 {
                    caption.unseen { (name) ", continued" }
                } @else {
                    caption class=[self.caption.is_empty().then_some("unseen")] { (name) }
                }
                thead {
                    tr {
                        @for column in self.columns.first().into_iter().chain(&self.columns[columns.clone()]) {
                            th scope="col" { (column) }
                        }
                    }
                }
                tbody {
                    @for (number, row) in self.rows.iter().enumerate() {
                        tr class=[self.is_within(number, on_paper).then_some("screen")] {
                            @if let Some(name) = row.first() { th scope="row" { (name) } }
                            @for cell in &row[columns.clone()] { td { (cell) } }
                        }
                    }
                }
            }
        }
    }
}

/// What of a table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OnPaper {
    Whole,
    /// The first rows of years, the first of all and the last.
    EndsOfYears,
    LeftOut,
}

impl OnPaper {
    /// What stands on paper for rows that do not.
    fn says(self, rows: usize) -> Option<String> {
        match self {
            Self::Whole => None,
            Self::EndsOfYears => Some(format!("On paper: the ends of years. On a screen this table has {rows} rows.")),
            Self::LeftOut => Some(format!("This table has {rows} rows, and is shown on a screen alone.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_words_are_told_from_those_of_numbers() {
        let cells = ["none 3 of 4", "12.3 %", "over half unanswered", "-", "−3"];
        let column = |cells: &[&str]| {
            let rows = cells.iter().map(|cell| vec![String::new(), (*cell).to_owned()]).collect();
            Table { rows, ..Table::default() }.is_of_words(1)
        };
        assert!(column(&cells[..1]) && column(&["no offence", "-", "refused"]));
        assert!(!column(&cells) && !column(&["-", "-"]) && !column(&["* 151", "0 % (0 of 1)"]) && !column(&[]));
        let headed = |heading: &str, cells: &[&str]| {
            let columns = vec!["state".to_owned(), heading.to_owned()];
            let rows = cells.iter().map(|cell| vec![String::new(), (*cell).to_owned()]).collect();
            Table { columns, rows, ..Table::default() }.is_of_words(1)
        };
        let articles = ["18 USC 3512(e)", "18 USC 3184", "BUD 24(1)"];
        assert!(headed("article", &articles) && headed("ground and article", &["-", "-"]));
        assert!(!headed("requests", &articles), "what is not stated is told from the cells");
    }

    #[test]
    fn every_part_of_a_table_has_a_caption() {
        let wide = |caption: &str| Table {
            caption: caption.to_owned(),
            columns: (0..=MOST_COLUMNS + 1).map(|number| number.to_string()).collect(),
            ..Table::default()
        };
        let own = wide("Own").markup("Heading").into_string();
        assert!(
            own.contains("<caption>Own</caption>")
                && own.contains("<caption class=\"unseen\">Own, continued</caption>")
        );
        let none = wide("").markup("A & B").into_string();
        assert!(none.contains("<caption class=\"unseen\">A &amp; B</caption>"), "{none}");
        assert!(none.contains("role=\"region\" tabindex=\"0\" aria-label=\"A &amp; B\""), "{none}");
        assert_eq!(none.matches("<table").count(), none.matches("<caption").count());
    }

    #[test]
    fn long_tables_are_not_all_printed_and_say_so() {
        let table = |days: &[String]| Table {
            columns: ["Day", "share"].map(str::to_owned).to_vec(),
            rows: days.iter().map(|day| vec![day.clone(), "1".to_owned()]).collect(),
            ..Table::default()
        };
        let months: Vec<String> =
            (0..49).map(|month| format!("{}-{:02}-01", 2011 + month / 12, month % 12 + 1)).collect();
        let printed = |page: &str| page.matches("<tr>").count() - 1;
        let page = table(&months).under_a_figure("T").into_string();
        assert_eq!((printed(&page), page.matches("<tr class=\"screen\">").count()), (5, 44), "{page}");
        assert!(page.contains("On paper: the ends of years. On a screen this table has 49 rows."), "{page}");
        let page = table(&vec!["2011-01-01".to_owned(); 49]).under_a_figure("T").into_string();
        assert!(
            page.contains("<table class=\"screen\">") && page.contains("has 49 rows, and is shown on a screen alone")
        );
        assert!(!table(&months).markup("T").into_string().contains("screen"), "by itself");
        assert!(!table(&months[..40]).under_a_figure("T").into_string().contains("screen"), "short");
    }
}
