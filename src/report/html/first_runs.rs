//! What only a single run can show, for the first seed of each variant of a comparison or a sweep: who refused whom, the
//! arcs of one state, and the reasoning of typical refusals. What would be the same twice is said, and not shown again.

use maud::{Markup, html};

use super::{History, reasoning, refusals, section, states};
use crate::base::StateId;
use crate::law::{Library, Question};
use crate::report::alike::{World, in_a_sentence};
use crate::report::charts::tiles::Tiles;
use crate::report::charts::{Figure, Table};
use crate::report::compare::CompareSummary;
use crate::report::lines::counted;

/// Variants whose runs are shown: beyond these, nobody scrolls.
const MOST_VARIANTS: usize = 4;
/// And where states are many, so that a page stays below half a megabyte.
const MOST_VARIANTS_OF_LARGE: usize = 3;
/// So many states are many: a matrix of them has hundreds of cells.
const MANY_STATES: usize = 12;
/// Typical refusals of each variant: the first few explain most.
const MOST_REFUSALS: usize = 2;

/// Where the runs come from that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// They are among those that were compared.
    Compared,
    /// They were made for the page of a sweep, with every factor as the scenario has it.
    MadeForPage,
}

impl Origin {
    /// Which runs these are, of so many worlds.
    pub(super) fn remark(self, seed: u64, worlds: usize) -> Markup {
        let under = if worlds > 1 || self == Self::Compared { " under each variant" } else { "" };
        let factors = match self {
            Self::Compared => "",
            Self::MadeForPage => ", made for this page with every factor as the scenario has it",
        };
        html! {
            p.soft {
                "The run of seed " (seed) (under) (factors) ": one history of many, shown because it can be looked into."
            }
        }
    }

    /// How another state is chosen than the one that is followed.
    pub(super) fn names_another(self) -> Markup {
        match self {
            Self::Compared => html! { code { "--state" } },
            Self::MadeForPage => html! { code { "state" } " in the study" },
        }
    }

    /// What writes the numbers over time of variants that are not drawn.
    pub(super) fn writes_numbers(self) -> Markup {
        match self {
            Self::Compared => html! { code { "--tables" } },
            Self::MadeForPage => html! { code { "comity compare SCENARIO --tables DIR" } },
        }
    }
}

/// The first run of each world, the baseline first.
pub(super) struct FirstRuns<'a> {
    origin: Origin,
    runs: Vec<(&'a World, History<'a>)>,
    summary: &'a CompareSummary,
    /// The states that are shown, in one order for all variants; the one that is followed comes first.
    shown: Vec<StateId>,
    left_out: usize,
}

impl<'a> FirstRuns<'a> {
    pub(super) fn new(runs: &[History<'a>], summary: &'a CompareSummary, worlds: &'a [World], origin: Origin) -> Self {
        let library = &runs[0].scenario.plan.library;
        let order = order(runs, library.state_coded(&summary.over_time.code));
        let outcomes: Vec<_> = runs.iter().map(|run| run.outcome).collect();
        let mut shown = states::shown(&outcomes, &order);
        if let Some(first) = order.first().filter(|first| !shown.contains(first)) {
            shown.pop();
            shown.insert(0, *first);
        }
        let most = if shown.len() > MANY_STATES { MOST_VARIANTS_OF_LARGE } else { MOST_VARIANTS };
        // A matrix has one order of states: variants that have others than the baseline stay away.
        let named = worlds.iter().map(|world| (world, runs[world.place]));
        let alike = named.filter(|(_, run)| same_states(library, &run.scenario.plan.library));
        let runs: Vec<(&World, History)> = alike.take(most).collect();
        Self { origin, left_out: worlds.len() - runs.len(), runs, summary, shown }
    }

    /// A section for each thing that is shown.
    pub(super) fn sections(&self) -> [Markup; 3] {
        let of_each = if self.is_alone() { "" } else { " of each variant" };
        [
            section("refusals", &format!("Who refused whom, in one run{of_each}"), self.refusals()),
            section("states", &format!("{} and the others", self.summary.over_time.state), self.tiles()),
            section("reasoning", "How the law decides typical refusals", self.reasoning()),
        ]
    }

    /// Whether there is one world, and nothing to read it against.
    const fn is_alone(&self) -> bool {
        self.runs.len() + self.left_out == 1
    }

    /// Which runs these are.
    fn remark(&self) -> Markup {
        html! {
            (self.origin.remark(self.summary.seeds[0], self.runs.len() + self.left_out))
            @if self.left_out > 0 {
                p.soft {
                    (counted(self.left_out, "more variant is left out", "more variants are left out")) "; "
                    code { "comity run --variant NAME --report FILE" } " shows "
                    (if self.left_out == 1 { "it" } else { "each" }) "."
                }
            }
        }
    }

    /// The figure of each run, or in a sentence that there is nothing to draw, or that it was drawn before.
    fn each(&self, draw: &dyn Fn(usize, History, bool) -> Drawn) -> Markup {
        let mut before: Vec<(&str, Vec<Table>)> = Vec::new();
        let mut all = Vec::new();
        for (index, (World { name, said, .. }, run)) in self.runs.iter().enumerate() {
            match draw(index, *run, before.is_empty()) {
                Drawn::Nothing(why) => all.push(html! { p { strong { (name) } ": " (why) } }),
                Drawn::Figure(tables, markup) => {
                    let same = before.iter().find(|(_, known)| *known == tables).map(|(same, _)| *same);
                    all.push(same.map_or(markup, |same| {
                        html! { p { strong { (name) } ": the same as " (same) ", to the last number." } }
                    }));
                    before.push((said, tables));
                }
            }
        }
        html! { (self.remark()) @for part in all { (part) } }
    }

    fn refusals(&self) -> Markup {
        self.each(&|index, run, is_first| {
            if let Some(why) = refusals::nothing_refused(run, &self.shown) {
                return Drawn::Nothing(why);
            }
            let order = format!(
                "{} comes first, then whoever was a haven, then whoever holds most networks beyond those expected under {}{}",
                self.summary.over_time.state,
                in_a_sentence(&self.summary.baseline),
                if self.is_alone() { "." } else { "; the order is that of every variant." }
            );
            let description = if is_first {
                format!("{} {order}{}", refusals::READING, self.of_all(run))
            } else {
                "Read as the one above: in each cell, how many in a hundred decided requests were refused.".to_owned()
            };
            let mut matrix = refusals::matrix(run, &self.shown, &description);
            matrix.name = format!("matrix-{index}");
            matrix.title = format!("Requests refused, {}", self.runs[index].0.name);
            let figure = matrix.figure();
            let articles = refusals::by_article(run);
            let markup = html! {
                (figure.markup())
                details.articles { summary { "Refusals by article" } (articles.markup("Refusals by article")) }
            };
            Drawn::Figure(figure.tables.into_iter().chain([articles]).collect(), markup)
        })
    }

    fn of_all(&self, run: History) -> String {
        let all = run.scenario.plan.library.states().len();
        if self.shown.len() == all {
            return String::new();
        }
        format!(" Shown are the {} of {all} states between which most requests were refused.", self.shown.len())
    }

    fn tiles(&self) -> Markup {
        let state = &self.summary.over_time.state;
        let all: Vec<Vec<Vec<(u64, u64)>>> =
            self.runs.iter().map(|(_, run)| states::all_between(&run.outcome.tally, &self.shown)).collect();
        // What the state was refused, and what it refused; of all variants, so that lines have one measure.
        let of_state =
            |between: &[Vec<(u64, u64)>]| between[0].iter().chain(between.iter().map(|row| &row[0])).max().copied();
        let most = all.iter().filter_map(|between| of_state(between)).map(|(refused, _)| refused).max();
        self.each(&|index, run, is_first| {
            if of_state(&all[index]).is_none_or(|(refused, _)| refused == 0) {
                return Drawn::Nothing(format!(
                    "{state} refused none of these states a request, and was refused none."
                ));
            }
            let description = if is_first {
                let alike = " Lines are as thick for one number under every variant.";
                format!("{}{}", states::reading(state), if self.is_alone() { "" } else { alike })
            } else {
                format!("Read as the one above: ● what {state} refused, ■ what it was refused.")
            };
            let figure: Figure = Tiles {
                name: format!("tiles-{index}"),
                title: format!("Refusals of {state}, and to it, {}", self.runs[index].0.name),
                description,
                first: 0,
                fixed: true,
                most,
                tiles: states::tiles(run, &self.shown),
                between: all[index].clone(),
            }
            .figure();
            Drawn::Figure(figure.tables.clone(), figure.markup())
        })
    }

    /// A tree for each typical refusal whose question no variant above decides by the same steps.
    fn reasoning(&self) -> Markup {
        let mut shown: Vec<Decided> = Vec::new();
        let mut parts = Vec::new();
        // Offences made during a run are part of the law that decided.
        for (World { name, .. }, run) in &self.runs {
            let library = &run.outcome.tally.law.library;
            let mut rows = Vec::new();
            for one in reasoning::typical(*run).iter().take(MOST_REFUSALS) {
                let key = one.key(library);
                let as_before = |decided: &&Decided| {
                    decided.key == key && reasoning::tree(*run, &decided.question).0 == decided.tree
                };
                let same = shown.iter().find(as_before).map(|decided| decided.variant);
                let tree = reasoning::tree(*run, &one.question);
                if same.is_none() {
                    shown.push(Decided { variant: name, key, question: one.question, tree: tree.0.clone() });
                }
                rows.push((reasoning::heading(library, one), one.question.day, same, tree));
            }
            parts.push((name, rows));
        }
        html! {
            (self.remark())
            @for (index, (name, rows)) in parts.iter().enumerate() {
                @if !self.is_alone() { h3 { (heading(name, &self.summary.baseline)) } }
                @if rows.is_empty() { p { "No case was lost by a refusal." } }
                @for (number, (words, day, same, tree)) in rows.iter().enumerate() {
                    @if let Some(same) = same {
                        p {
                            strong { (words) "." } " The law is the same here as under " strong { (same) }
                            ": it decides the question shown there by the same steps."
                        }
                    } @else {
                        details.typical open[index + number == 0] {
                            summary { (words) "; most were asked under the law as it stood from " (day) " on" }
                            (tree)
                        }
                    }
                }
            }
        }
    }
}

/// What a run comes to in a section.
enum Drawn {
    /// A figure: what is compared with those of other runs, and what is shown.
    Figure(Vec<Table>, Markup),
    /// Nothing to draw, and why.
    Nothing(String),
}

/// A refusal that is shown, with its tree.
struct Decided<'a> {
    variant: &'a str,
    key: (&'a str, Option<(&'static str, &'a str)>, bool),
    question: Question,
    tree: String,
}

/// The name of a variant as a heading.
fn heading(name: &str, baseline: &str) -> String {
    if name == baseline { format!("{name}, the baseline") } else { name.to_owned() }
}

/// The state that is followed, then whoever was a haven in any of the runs, then as the baseline has them.
fn order(runs: &[History], followed: Option<StateId>) -> Vec<StateId> {
    let known = runs[0].scenario.plan.library.states().len();
    let havens = runs.iter().flat_map(|run| {
        let spells = crate::world::haven_spells(&run.outcome.tally.havens);
        spells.into_iter().map(|spell| spell.state)
    });
    let mut order: Vec<StateId> = Vec::new();
    for state in followed.into_iter().chain(havens).chain(states::by_haven(runs[0].outcome)) {
        if !order.contains(&state) && state.index() < known {
            order.push(state);
        }
    }
    order
}

/// Whether two scenarios number the same states alike.
fn same_states(one: &Library, other: &Library) -> bool {
    let codes = |library: &Library| library.states().iter().map(|state| state.code.clone()).collect::<Vec<_>>();
    codes(one) == codes(other)
}
