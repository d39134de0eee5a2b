//! The words of a report: the question, what happened in sentences, the teaching note, how to get it again.

use maud::{Markup, html};

use crate::report::findings_text;
use crate::report::summary::{HavenSummary, Summary};
use crate::report::terminal::{became_sentence, end_sentence, grouped, haven_sentence, reason_words};
use crate::scenario::Scenario;

/// Title, question, when, on what it rests, and what happened in a sentence.
pub(super) fn run(summary: &Summary) -> Markup {
    let days = format!("{} to {}, seed {}.", summary.from, summary.to, summary.seed);
    let rests_on = super::assumed::in_a_sentence(&summary.parameters);
    // The first haven and the next of the same state, which is mostly that in its other role.
    let of_first = |haven: &&HavenSummary| haven.state == summary.havens[0].state;
    let mut leads: Vec<String> = summary.havens.iter().filter(of_first).take(2).map(became_sentence).collect();
    if leads.is_empty() {
        leads.push("No state became a haven.".to_owned());
    }
    html! {
        (head(&summary.title, summary.variant.as_deref(), &summary.question, &format!("{days} {rests_on}")))
        @for lead in &leads { p.lead { (lead) } }
    }
}

/// The head of any report.
pub(super) fn head(title: &str, variant: Option<&str>, question: &str, when: &str) -> Markup {
    html! {
        header {
            h1 { (title) @if let Some(variant) = variant { ", variant " (variant) } }
            p.question { (question) }
            p.soft { (when) }
            nav {
                @for (to, words) in [("again", "Get it again"), ("assumed", "Assumptions"), ("teaching", "Teaching note")] {
                    a href={ "#" (to) } { (words) } " "
                }
            }
        }
    }
}

/// What happened, and what the scenario expects.
pub(super) fn happened(summary: &Summary) -> Markup {
    html! {
        section id="happened" {
            h2 { "What happened" }
            @if summary.havens.is_empty() { p { "No state became a haven." } }
            @for one in summary.havens.iter().take(1) { (haven(one)) }
            @for one in summary.havens.iter().skip(1) {
                details.haven { summary { (became_sentence(one)) } (haven(one)) }
            }
            @for sentence in findings_text::spread_sentences(summary) { p { (sentence) } }
            p {
                (grouped(summary.letters)) " letters were sent on " (grouped(summary.eventful_days)) " eventful days; "
                (grouped(summary.attribution.lost)) " cases were lost."
            }
            @if !summary.findings.is_empty() {
                h3 { "What this scenario expects" }
                ul {
                    @for finding in &summary.findings {
                        li { strong { (if finding.met { "met: " } else { "NOT MET: " }) } (finding.expected) }
                    }
                }
            }
        }
    }
}

fn haven(haven: &HavenSummary) -> Markup {
    html! {
        p { (haven_sentence(haven)) }
        ul.reasons {
            @for reason in &haven.reasons { li { strong { (reason.cases) } " " (reason_words(reason)) } }
        }
        @if let Some(end) = &haven.end { p { (end_sentence(haven, end)) } }
    }
}

/// The teaching note.
pub(super) fn teaching(scenario: &Scenario) -> Markup {
    let note = &scenario.teaching;
    html! {
        p { "Time: " (note.time) }
        @for (heading, lines) in [("What it is about", &note.goals), ("Questions to ask", &note.ask)] {
            @if !lines.is_empty() {
                h3 { (heading) }
                ul { @for line in lines { li { (line) } } }
            }
        }
        @if let Some(reality) = &note.reality { h3 { "In reality" } p { (reality) } }
    }
}

/// Digests and the command.
pub(super) fn again(summary: &Summary) -> Markup {
    command(
        &summary.reproduce,
        &[
            ("Digest of everything that happened", summary.digest.to_string()),
            ("Digest of the scenario and its law", summary.scenario.to_string()),
            ("Version", summary.version.to_owned()),
        ],
    )
}

/// A command and what it is known by.
pub(super) fn command(command: &str, known_by: &[(&str, String)]) -> Markup {
    html! {
        pre { code { (command) } }
        dl.known { @for (what, value) in known_by { div { dt { (what) } dd { code { (value) } } } } }
    }
}
