//! The reasoning of the law behind the refusals that most lost cases ended by: each decided again, step by step.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::History;
use crate::base::{CiteId, StateId, in_prose};
use crate::engine::Lost;
use crate::law::{self, GroundCode, Library, Memberships, Question};
use crate::report::lines::capital;
use crate::report::numbers::number_of;
use crate::report::opinion_html::{self, Shown};

/// The first few explain most, and each takes a page.
const SHOWN: usize = 3;

/// Cases lost by refusals of one state on one ground, with the question that was asked most.
pub(super) struct Typical {
    requested: StateId,
    ground: Option<(GroundCode, CiteId)>,
    by_choice: bool,
    cases: u64,
    pub(super) question: Question,
}

impl Typical {
    /// Who refused on what, in words that mean the same in the law of another variant.
    pub(super) fn key<'a>(&self, library: &'a Library) -> (&'a str, Option<(&'static str, &'a str)>, bool) {
        let ground = self.ground.map(|(code, cite)| (code.code(), library.cite(cite)));
        (&library.state(self.requested).code, ground, self.by_choice)
    }
}

/// One tree for each typical refusal.
pub(super) fn section(run: History) -> Markup {
    let typical = typical(run);
    // Offences made during the run are part of the law that decided.
    let library = &run.outcome.tally.law.library;
    html! {
        @if typical.is_empty() { p { "No case was lost by a refusal." } }
        @for (index, one) in typical.iter().take(SHOWN).enumerate() {
            details.typical open[index == 0] {
                summary { (heading(library, one)) "; most were asked under the law as it stood from " (one.question.day) " on" }
                (tree(run, &one.question))
            }
        }
    }
}

/// The refusals by which most cases were lost, those first.
pub(super) fn typical(run: History) -> Vec<Typical> {
    type Key = (StateId, Option<(GroundCode, CiteId)>, bool);
    let mut found: BTreeMap<Key, (u64, u64, Question)> = BTreeMap::new();
    for (lost, weight) in &run.outcome.tally.losses.lost {
        if let Lost::Refused { question, ground, by_choice } = lost {
            let entry = found.entry((question.requested, *ground, *by_choice)).or_insert((0, 0, *question));
            entry.0 += weight.cases;
            if weight.cases > entry.1 {
                (entry.1, entry.2) = (weight.cases, *question);
            }
        }
    }
    let of = |((requested, ground, by_choice), (cases, _, question))| Typical {
        requested,
        ground,
        by_choice,
        cases,
        question,
    };
    let mut typical: Vec<Typical> = found.into_iter().map(of).collect();
    typical.sort_by_key(|one| std::cmp::Reverse(one.cases));
    typical
}

/// Who refused on what, and how many cases were lost in this way.
pub(super) fn heading(library: &Library, one: &Typical) -> String {
    let ground = one.ground.map_or_else(
        || "without a duty to grant".to_owned(),
        |(code, cite)| format!("on {} ({}): {}", code.code(), library.cite(cite), code.meaning()),
    );
    let choice = if one.by_choice { ". The law left the choice open" } else { "" };
    let state = library.state(one.requested);
    let rests_on_it = one.ground.is_some_and(|(code, _)| code.rests_on_penal_law());
    let taken = if rests_on_it && state.penal_law_is_taken { ". Its penal law is assumed" } else { "" };
    let cases = number_of(one.cases, "case was", "cases were");
    format!("{} refused {ground}{choice}{taken}. {cases} lost in this way", capital(&in_prose(&state.name)))
}

/// A question decided again by the law of a run.
pub(super) fn tree(run: History, question: &Question) -> Markup {
    let library = &run.outcome.tally.law.library;
    let instruments = run.outcome.tally.instruments.iter().filter(|instrument| instrument.day <= question.day);
    let memberships = Memberships::of(library, &instruments.copied().collect::<Vec<_>>());
    let (opinion, steps) = law::explain(library, &memberships, question);
    opinion_html::fragment(&Shown {
        library,
        part: "-",
        question,
        opinion: &opinion,
        steps: &steps,
        memberships: &memberships,
        but_for: None,
        level: 3,
    })
}
