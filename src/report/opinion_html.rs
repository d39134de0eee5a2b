//! Opinions as a page: one file that asks nothing of the network, reads without colour or script, and prints on A4.
//!
//! Every text from files passes through maud, which escapes it.

use maud::{Markup, html};

use super::lines::capital;
use super::marks::Tone;
use super::opinion::{asks, findings, tells_bound};
use super::{but_for, html};
use crate::law::{Bound, ButFor, ExplainedStep, Force, Library, Memberships, Opinion, Question};

/// The look. Colours are of a palette that colour-blind readers tell apart (Okabe and Ito); the word and the shape
/// say the same.
pub(super) const STYLE: &str = include_str!("opinion.css");

/// One opinion with what it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The law it was given by.
    pub library: &'a Library,
    /// The part of the case; `-` where there is only one.
    pub part: &'a str,
    /// The question.
    pub question: &'a Question,
    /// The answer.
    pub opinion: &'a Opinion,
    /// How it was reached.
    pub steps: &'a [ExplainedStep],
    /// Who is bound by what.
    pub memberships: &'a Memberships,
    /// What would turn it, if that was asked.
    pub but_for: Option<&'a ButFor>,
    /// Of which level its heading is, from 1; what lies within it is of the next.
    pub level: u8,
}

/// A case with its opinions, of which there may be many on a page.
#[derive(Clone, Debug)]
pub struct CaseOnPage {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub says: String,
    /// Its opinions, their headings of the level below that of the case.
    pub opinions: Vec<Markup>,
}

/// Of which level the heading of a case is, where the page has so many.
#[must_use]
pub const fn level_of_case(cases: usize) -> u8 {
    if cases > 1 { 2 } else { 1 }
}

/// A page of cases: of one, under its title; of several, under a title of the page's own and a list of them.
#[must_use]
pub fn page(cases: &[CaseOnPage]) -> String {
    let footer = html! { p { (legend()) } p { "Given by data and rules; no legal advice." } };
    let level = level_of_case(cases.len());
    let mut title = format!("Opinions on {} cases", cases.len());
    let mut fragments = Vec::new();
    match cases {
        [one] => title = one.heading(),
        several => fragments.push(contents(&title, several)),
    }
    fragments.extend(cases.iter().enumerate().map(|(place, case)| {
        html! {
            div.case id=(id(place)) {
                header {
                    (heading(level, &html! { (case.heading()) }))
                    @if !case.says.is_empty() { p { (case.says) } }
                }
                @for opinion in &case.opinions { (opinion) }
            }
        }
    }));
    html::shell(&title, &[], &fragments, &footer)
}

fn id(place: usize) -> String {
    format!("case-{}", place + 1)
}

/// The title of a page of several cases, and a list that leads to each.
fn contents(title: &str, cases: &[CaseOnPage]) -> Markup {
    html! {
        header {
            h1 { (title) }
            nav {
                ol.contents {
                    @for (place, case) in cases.iter().enumerate() {
                        li { a href={ "#" (id(place)) } { (case.heading()) } }
                    }
                }
            }
        }
    }
}

impl CaseOnPage {
    fn heading(&self) -> String {
        format!("{}: {}", self.name, self.title)
    }
}

/// A heading of this level; below the fourth all are alike.
pub(super) fn heading(level: u8, words: &Markup) -> Markup {
    html! {
        @match level {
            0 | 1 => h1 { (words) },
            2 => h2 { (words) },
            3 => h3 { (words) },
            _ => h4 { (words) },
        }
    }
}

fn legend() -> Markup {
    html! {
        @for (tone, words) in [
            (Tone::Comply, "complies"),
            (Tone::Must, "must refuse"),
            (Tone::May, "may refuse: a choice"),
            (Tone::Later, "later, or under a condition"),
            (Tone::Free, "nothing binds"),
        ] {
            span class=(tone.name()) { span.mark aria-hidden="true" { (tone.mark()) } " " (words) } " "
        }
    }
}

/// One opinion.
#[must_use]
pub fn fragment(shown: &Shown) -> Markup {
    let question = shown.question;
    let decision = shown.opinion.decision;
    let tone = Tone::of_decision(decision);
    html! {
        section.opinion {
            (heading(shown.level, &html! {
                @if shown.part != "-" { "Part " (shown.part) ": " }
                (asks(shown.library, question, &question.measure.name().replace('-', " "))) ", " (question.day)
            }))
            p class={ "answer " (tone.name()) } {
                span.mark aria-hidden="true" { (tone.mark()) } " "
                strong { (decision.word().replace('_', " ")) } ": " (decision.meaning_for(question.measure))
            }
            dl {
                @for (label, words) in findings(shown.library, question.measure, shown.opinion) {
                    div class=(class_of(&label)) { dt { (label) } dd { (words) } }
                }
            }
            @if let Some(found) = shown.but_for {
                @if found.singles > 0 { (heading(shown.level + 1, &html! { "But for" })) }
                (but_for::html(shown.library, shown.memberships, question, found))
            }
            (heading(shown.level + 1, &html! { "Steps" }))
            (branches(&nested(shown.steps)))
        }
    }
}

/// The class of a line by its mark, where it has one.
fn class_of(label: &str) -> &'static str {
    let tones = [Tone::Must, Tone::May, Tone::Later];
    tones.into_iter().find(|tone| label.starts_with(tone.mark())).map_or("plain", Tone::name)
}

/// A step and the steps below it.
struct Branch<'a> {
    step: &'a ExplainedStep,
    below: Vec<Branch<'a>>,
}

fn nested(steps: &[ExplainedStep]) -> Vec<Branch<'_>> {
    let mut branches = Vec::new();
    let mut at = 0;
    while at < steps.len() {
        let depth = steps[at].depth;
        let length = steps[at + 1..].iter().take_while(|step| step.depth > depth).count();
        branches.push(Branch { step: &steps[at], below: nested(&steps[at + 1..=at + length]) });
        at += 1 + length;
    }
    branches
}

fn branches(all: &[Branch]) -> Markup {
    html! {
        ol {
            @for branch in all {
                li class=(branch.step.force.map_or("plain", |force| Tone::of_force(force).name())) {
                    @if branch.below.is_empty() {
                        (step(branch.step))
                    } @else {
                        details open {
                            summary { (asked(branch.step)) }
                            (below(branch.step))
                            (branches(&branch.below))
                        }
                    }
                }
            }
        }
    }
}

fn step(step: &ExplainedStep) -> Markup {
    html! { div.step { (asked(step)) } (below(step)) }
}

/// Question and answer.
fn asked(step: &ExplainedStep) -> Markup {
    let cite = step.cite.as_ref().filter(|cite| !step.question.contains(cite.as_str()));
    let finding = capital(&step.finding);
    // What a provision would need is long, and no answer.
    let (answer, rest) =
        finding.split_once("; ").map_or((finding.as_str(), None), |(answer, rest)| (answer, Some(rest)));
    html! {
        span.question { (step.question) }
        @if let Some(cite) = cite { " " cite { (cite) } }
        " "
        span.finding {
            @if let Some(force) = step.force { span.mark aria-hidden="true" { (mark(force)) } " " }
            (answer)
        }
        @if let Some(rest) = rest { "; " (rest) }
    }
}

const fn mark(force: Force) -> &'static str {
    Tone::of_force(force).mark()
}

/// What the provision says, who is bound since when, what the data cannot express.
fn below(step: &ExplainedStep) -> Markup {
    let bound: Vec<String> = step.bound.iter().map(Bound::words).collect();
    html! {
        @if let Some(says) = &step.says { p.says { (says) } }
        @if tells_bound(step) { p.bound { (bound.join("; ")) "." } }
        @if let Some(remark) = &step.not_expressed { p.remark { strong { "Not expressed: " } (remark) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_several_cases_has_a_title_of_its_own_and_a_list() {
        let case = |name: &str| CaseOnPage {
            name: name.to_owned(),
            title: "<b>".to_owned(),
            says: String::new(),
            opinions: vec![heading(level_of_case(2) + 1, &html! { "Part" })],
        };
        let page = page(&[case("A"), case("B")]);
        assert_eq!(page.matches("<h1>").count(), 1, "{page}");
        assert!(page.contains("<title>Opinions on 2 cases</title>") && page.contains("<h1>Opinions on 2 cases</h1>"));
        for (number, name) in [(1, "A"), (2, "B")] {
            assert!(page.contains(&format!("<li><a href=\"#case-{number}\">{name}: &lt;b&gt;</a></li>")), "{page}");
            assert!(page.contains(&format!("<div class=\"case\" id=\"case-{number}\"><header><h2>{name}: ")), "{page}");
        }
        assert_eq!(page.matches("<h3>Part</h3>").count(), 2);
        let one = super::page(&[case("A")]);
        assert!(
            one.contains("<h1>A: &lt;b&gt;</h1>")
                && !one.contains("<nav>")
                && one.contains("<title>A: &lt;b&gt;</title>")
        );
    }
}
