//! `comity law facts`.

use clap::{Args, ValueEnum};

use super::Found;
use crate::law::FactKind;
use crate::report::law::facts as words;
use crate::scenario::Corpus;

/// Arguments of `comity law facts`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// One kind only
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Print JSON, with the provisions that name each fact
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// What was done
    Conduct,
    /// What surrounds the request
    Circumstance,
    /// Conditions over other facts
    Derived,
    /// Established by the program
    Computed,
}

/// The closed list.
pub fn facts(corpus: &Corpus, arguments: &Arguments) -> Found {
    let kind = arguments.kind.map(|kind| match kind {
        Kind::Conduct => FactKind::Conduct,
        Kind::Circumstance => FactKind::Circumstance,
        Kind::Derived => FactKind::Derived,
        Kind::Computed => FactKind::Computed,
    });
    let shown = words::facts(corpus, kind);
    if arguments.json { super::json(&shown) } else { Ok(words::text(&shown).into()) }
}
