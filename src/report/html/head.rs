//! The words of a report: the question, what happened in sentences, the teaching note, how to get it again.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::with_code;
use crate::base::in_prose;
use crate::report::by_state::haven_rule;
use crate::report::findings_text;
use crate::report::havens::HavenSummary;
use crate::report::lines::{capital, joined};
use crate::report::no_haven;
use crate::report::numbers::{grouped, number_of};
use crate::report::summary::{StateSummary, Summary};
use crate::scenario::Scenario;

/// Title, question, when, on what it rests, and what happened in a sentence.
pub(super) fn run(summary: &Summary) -> Markup {
    let days = format!("{}, seed {}.", summary.days(), summary.seed);
    let rests_on = super::assumed::in_a_sentence(&summary.parameters);
    html! {
        (head(&summary.title, summary.variant.as_deref(), &summary.question, &format!("{days} {rests_on}")))
        @if !summary.sets.is_empty() || !summary.settings.is_empty() {
            p { "Set beyond the scenario as written: " (set_beyond(summary)) "." }
        }
        @for caveat in &summary.caveats { p { (caveat) } }
        @for lead in leads(summary).iter().map(String::as_str).chain(summary.without_cases()) { p.lead { (lead) } }
        @for assumption in &summary.assumptions { p { strong { "Assumed: " } (assumption) } }
    }
}

/// What the variant sets, and what was set over it.
fn set_beyond(summary: &Summary) -> Markup {
    let of_variant = summary.sets.iter().map(|set| format!("{} = {}", set.path, set.short()));
    let all: Vec<String> = of_variant.chain(summary.settings.iter().cloned()).collect();
    html! {
        @for (index, set) in all.iter().enumerate() { @if index > 0 { "; " } code { (set) } }
    }
}

/// What came of it in a few sentences: the state that was a haven longest, each time that it was one, and who else was.
fn leads(summary: &Summary) -> Vec<String> {
    let Some(state) = longest_haven(summary, None) else { return vec!["No state became a haven.".to_owned()] };
    let spells = |role: &'static str| {
        summary.havens.iter().filter(move |haven| haven.state == state && haven.role == role).collect::<Vec<_>>()
    };
    let mut leads: Vec<String> = ["base", "host"].into_iter().filter_map(|role| every_time(&spells(role))).collect();
    let (now, before) = others(summary, state);
    leads.extend((!now.is_empty()).then(|| format!("On the last day havens are also: {}.", now.join(", "))));
    leads.extend(no_longer(&before));
    leads
}

/// Which other states were havens before the last day.
fn no_longer(before: &[String]) -> Option<String> {
    let names: Vec<String> = before.iter().map(|name| in_prose(name).into_owned()).collect();
    let (was, one) = if before.len() == 1 { ("was", "a haven") } else { ("were", "havens") };
    (!names.is_empty())
        .then(|| format!("{} {was} {one} too, but no longer on the last day.", capital(&joined(&names, "and"))))
}

/// When a state was a haven in one role; none if it never was.
fn every_time(spells: &[&HavenSummary]) -> Option<String> {
    let (first, others) = spells.split_first()?;
    if others.is_empty() {
        return Some(first.became());
    }
    let time = |spell: &&HavenSummary| match spell.ended {
        Some(day) => format!("from {} until {day}", spell.began),
        None => format!("from {} to the last day", spell.began),
    };
    let times: Vec<String> = spells.iter().map(time).collect();
    Some(format!("{} was a haven for {}s {}.", capital(&in_prose(&first.state)), first.role, joined(&times, "and")))
}

/// Other states that are havens on the last day, each with its roles, and those that were and are none any more.
fn others(summary: &Summary, state: &str) -> (Vec<String>, Vec<String>) {
    let now = |state: &&StateSummary| state.bases.haven || state.hosts.haven;
    let of = |other: &StateSummary| {
        let roles = match (other.bases.haven, other.hosts.haven) {
            (true, true) => "bases and hosts",
            (true, false) => "bases",
            _ => "hosts",
        };
        format!("{} (for {roles})", other.name)
    };
    let apart = || summary.states.iter().filter(|other| other.name != state);
    let was = |other: &&StateSummary| summary.havens.iter().any(|haven| haven.state == other.name);
    let before = apart().filter(|other| was(other) && !now(other)).map(|other| other.name.clone());
    (apart().filter(now).map(of).collect(), before.collect())
}

/// The state that was a haven longest, in one role or any; one that still is one goes before those that were.
pub(super) fn longest_haven<'a>(summary: &'a Summary, role: Option<&str>) -> Option<&'a str> {
    let mut days: BTreeMap<&str, (bool, i64)> = BTreeMap::new();
    for haven in summary.havens.iter().filter(|haven| role.is_none_or(|role| haven.role == role)) {
        let (still, sum) = days.entry(&haven.state).or_default();
        *still |= haven.ended.is_none();
        *sum += i64::from(haven.ended.unwrap_or(summary.to).days_since(haven.began));
    }
    days.into_iter().max_by_key(|(state, standing)| (*standing, std::cmp::Reverse(*state))).map(|(state, _)| state)
}

/// The head of any report.
pub(super) fn head(title: &str, variant: Option<&str>, question: &str, when: &str) -> Markup {
    html! {
        header {
            h1 { (title) @if let Some(variant) = variant { ", variant " (variant) } }
            p.question { (with_code(question)) }
            p.soft { (when) }
            nav aria-label="On this page" {
                @for (to, words) in [("again", "Get it again"), ("assumed", "Assumptions"), ("teaching", "Teaching note")] {
                    a href={ "#" (to) } { (words) } " "
                }
            }
        }
    }
}

/// What happened, and what the scenario expects.
pub(super) fn happened(summary: &Summary) -> Markup {
    let longest = longest_haven(summary, None);
    let open = summary.havens.iter().position(|haven| Some(haven.state.as_str()) == longest);
    html! {
        section id="happened" {
            h2 { "What happened" }
            @if summary.havens.is_empty() { p { (no_haven::told(summary)) } }
            @for (index, one) in summary.havens.iter().enumerate() {
                @if Some(index) == open { p { (one.became()) } (haven(one)) }
                @else { details.haven { summary { (one.became()) } (haven(one)) } }
            }
            @if let Some(rule) = haven_rule(summary) { p.soft { (rule) } }
            @for sentence in findings_text::spread_sentences(summary) { p { (sentence) } }
            @if let Some(without) = summary.without_cases() { p { (without) } }
            p {
                (number_of(summary.letters, "letter was sent", "letters were sent"))
                @if summary.without_cases().is_none() {
                    "; " (number_of(summary.attribution.lost, "case was lost", "cases were lost"))
                }
                "."
            }
            @if !summary.findings.is_empty() {
                h3 { "What this scenario expects" }
                ul {
                    @for finding in &summary.findings {
                        li { strong { (if finding.met { "met: " } else { "NOT MET: " }) } (finding.sentence()) }
                    }
                }
            }
        }
    }
}

fn haven(haven: &HavenSummary) -> Markup {
    html! {
        p { (haven.stood()) }
        ul.reasons {
            @for reason in &haven.reasons { (with_expected(reason.cases, reason.expected_cases, &reason.words())) }
            @if let Some((cases, expected)) = haven.others() { (with_expected(cases, expected, "for other reasons")) }
        }
        @if let Some(end) = haven.end_says() { p { (end) } }
    }
}

fn with_expected(cases: u32, expected: u32, what: &str) -> Markup {
    html! { li { strong { (grouped(cases.into())) } " " span { "(" (grouped(expected.into())) ")" } " " span.what { (what) } } }
}

/// The teaching note.
pub(super) fn teaching(scenario: &Scenario) -> Markup {
    let note = &scenario.teaching;
    html! {
        p { "Time: " (note.time) }
        @for (heading, lines) in [("What it is about", &note.goals), ("Questions to ask", &note.ask)] {
            @if !lines.is_empty() {
                h3 { (heading) }
                ul { @for line in lines { li { (with_code(line)) } } }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Day;

    fn spell(began: i32, ended: Option<i32>) -> HavenSummary {
        HavenSummary {
            state: "Hesper".to_owned(),
            role: "base",
            began: Day::from_number(began),
            ended: ended.map(Day::from_number),
            end: None,
            confirmed: Day::from_number(began),
            quotient_permille: 0,
            cases: 0,
            compared_with: "",
            compared_cases: 0,
            impunity_permille: 0,
            compared_impunity_permille: 0,
            reasons: Vec::new(),
            cases_of_other_reasons: 0,
            expected_of_other_reasons: 0,
        }
    }

    #[test]
    fn each_time_as_a_haven_is_told() {
        let (first, second) = (spell(0, Some(31)), spell(59, None));
        assert_eq!(every_time(&[]), None);
        let said = |names: &[&str]| no_longer(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(said(&[]), None);
        assert_eq!(said(&["Kesh"]).as_deref(), Some("Kesh was a haven too, but no longer on the last day."));
        let two = "The Netherlands and Kesh were havens too, but no longer on the last day.";
        assert_eq!(said(&["Netherlands", "Kesh"]).as_deref(), Some(two));
        assert_eq!(every_time(&[&first]), Some(first.became()));
        let [from, until, again] = [0, 31, 59].map(Day::from_number);
        let said = format!("Hesper was a haven for bases from {from} until {until} and from {again} to the last day.");
        assert_eq!(every_time(&[&first, &second]), Some(said));
    }
}
