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

/// The beginning of a scenario with a treaty of its own that two consents bring into force at once; what else it has follows, and
/// the states.
const WITH_A_PACT: &str = "
title: With a pact
question: What does it change?
teaching: { time: none, goals: [], ask: [] }
from: 2011-01-01
to: 2012-12-31
seed: 1
treaties: []
own-treaties:
  - treaty: pact
    cites-as: PACT
    title: Pact
    source: Invented.
    coverage: All.
    read: designed
    joins: { days-after-deposit: 0 }
    first-in-force: { consents: 2 }
";

/// A case written out, put together with the built-in law.
fn case_of(text: &str) -> Case {
    let mut shelf = Shelf::new(None);
    let read = reading::load_text(&mut shelf.sources, "case", text);
    let read = reading::made_of(read, |tree| case::assemble(&mut shelf, &reading::decode(&tree)?));
    read.unwrap_or_else(|problems| panic!("{}", reading::render(&shelf.sources, &problems, false)))
}
