//! What it takes to have the whole law ready: every file read and compiled, with the record of who is bound.

use std::hint::black_box;

use comity::base::Spanned;
use comity::embedded;
use comity::law::Library;
use comity::reading;
use comity::scenario::{Corpus, Shelf};
use saphyr_parser::Parser;

use crate::measure::{Contestant, Cost, Rounds, cost, figure, heading, interleaved, line};
use crate::settings::Settings;

/// Times a round: one takes some ten milliseconds.
const TIMES: u32 = 5;

/// See the module.
pub fn bench(settings: &Settings) {
    heading("loading: the whole library, read and compiled; baseline: the same YAML split into events");
    let texts: Vec<&str> = embedded::FILES.iter().filter(|(path, _)| is_law(path)).map(|(_, text)| *text).collect();
    let events = || texts.iter().map(|text| black_box(Parser::new_from_str(text)).count()).sum::<usize>();
    let trees = || texts.iter().for_each(|text| drop(black_box(reading::parse(0, text))));
    let whole = || Corpus::read(None).unwrap_or_else(|(problems, _)| panic!("the built-in law reads: {problems:?}"));
    let corpus = whole();
    let sources: Vec<_> = corpus.states.iter().map(source).collect();
    let compile = || Library::build(&corpus.facts, &corpus.treaties, &sources).expect("the built-in law compiles");
    let mut contestants: [Contestant; 5] = [
        Box::new(|| timed(|| _ = black_box(events()))),
        Box::new(|| timed(trees)),
        Box::new(|| timed(forms)),
        Box::new(|| timed(|| drop(black_box(compile())))),
        Box::new(|| timed(|| drop(black_box(whole())))),
    ];
    let rounds = interleaved(settings.rounds, &mut contestants);
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    line("files and bytes of YAML", format_args!("{} and {bytes}", texts.len()));
    line("events alone, ms", milliseconds(&rounds, 0));
    line("trees with places, ms", milliseconds(&rounds, 1));
    line("trees and forms, ms", milliseconds(&rounds, 2));
    line("compiling treaties and states with a law file, ms", milliseconds(&rounds, 3));
    line("all, with the record and memberships, ms", format_args!("{}   goal under 50", milliseconds(&rounds, 4)));
    line("all, of the events alone", rounds.ratio(4, 0).words());
}

fn is_law(path: &str) -> bool {
    path == "law/facts.yaml" || ["law/treaties/", "law/states/", "law/laws/"].iter().any(|part| path.starts_with(part))
}

fn source(form: &comity::law::forms::StateForm) -> comity::law::StateSource {
    comity::law::StateSource { code: form.state.clone(), name: form.name.clone(), law: form.law.clone() }
}

/// Every file of the law as a form.
fn forms() {
    let mut shelf = Shelf::new(None);
    let named = |name: &str| Spanned::nowhere(name.to_owned());
    black_box(shelf.facts().expect("the facts read"));
    for name in Shelf::names("treaties") {
        black_box(shelf.treaty(&named(name)).expect("it reads"));
    }
    for name in Shelf::names("states") {
        black_box(shelf.state(&named(&name.to_uppercase())).expect("it reads"));
    }
    for name in Shelf::names("laws") {
        black_box(shelf.law_file(&named(name)).expect("it reads"));
    }
}

fn timed(mut work: impl FnMut()) -> Cost {
    cost(|| (0..TIMES).for_each(|_| work())).0.per(f64::from(TIMES))
}

fn milliseconds(rounds: &Rounds, of: usize) -> String {
    figure(rounds.cpu(of).median * 1e3)
}
