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
}

/// A page of fragments.
#[must_use]
pub fn page(title: &str, fragments: &[Markup]) -> String {
    let footer = html! { p { (legend()) } p { "Given by data and rules; no legal advice." } };
    html::shell(title, &[], fragments, &footer)
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

/// The heading of a case.
#[must_use]
pub fn case(name: &str, title: &str, says: &str) -> Markup {
    html! {
        header {
            h1 { (name) ": " (title) }
            @if !says.is_empty() { p { (says) } }
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
            h2 {
                @if shown.part != "-" { "Part " (shown.part) ": " }
                (asks(shown.library, question, &question.measure.name().replace('-', " "))) ", " (question.day)
            }
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
                (but_for::html(shown.library, shown.memberships, question, found))
            }
            h3 { "Steps" }
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
    html! {
        span.question { (step.question) }
        @if let Some(cite) = cite { " " cite { (cite) } }
        " "
        span.finding {
            @if let Some(force) = step.force { span.mark aria-hidden="true" { (mark(force)) } " " }
            (capital(&step.finding))
        }
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
