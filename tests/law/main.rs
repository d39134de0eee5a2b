//! The law as data, read through the public doors: every file builds, every worked case agrees, recorded dates
//! of entry into force are computed again, and what treaty law promises holds for generated histories.

mod alike;
mod amended;
mod arithmetic;
mod articles;
mod between;
mod bilateral;
mod but_for;
mod casebook;
mod cases;
mod consolidated;
mod dates;
mod files;
mod foresight;
mod gathered;
mod holds;
mod leaving;
mod oracle;
mod own_law;
mod pairs;
mod participation;
mod parts;
mod properties;
mod rule_dates;
mod rules;
mod states;
mod status;
mod told;

use comity::reading;
use comity::scenario::{Case, Shelf, case};

/// A case written out, put together with the built-in law.
fn case_of(text: &str) -> Case {
    let mut shelf = Shelf::new(None);
    let read = reading::load_text(&mut shelf.sources, "case", text);
    let read = reading::made_of(read, |tree| case::assemble(&mut shelf, &reading::decode(&tree)?));
    read.unwrap_or_else(|problems| panic!("{}", reading::render(&shelf.sources, &problems, false)))
}
