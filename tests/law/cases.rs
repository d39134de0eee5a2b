//! Worked cases: each question answered as the case holds to be right.

use std::path::Path;

use comity::law::ExplainedStep;
use comity::reading;
use comity::scenario::{Shelf, case};

#[test]
fn every_worked_case_agrees() {
    let mut disagreements = Vec::new();
    let mut parts = 0;
    for name in Shelf::names("cases") {
        let case = case::read(Path::new(&format!("law/cases/{name}.yaml")), None)
            .unwrap_or_else(|(problems, sources)| panic!("{}", reading::render(&sources, &problems, false)));
        for part in &case.parts {
            let (opinion, steps) = case.answer(part);
            let found = case.disagreements(part, &opinion);
            parts += 1;
            if !found.is_empty() {
                disagreements.push(format!("{} {}: {}\n{}", case.name, part.name, found.join("; "), tree(&steps)));
            }
        }
    }
    println!("{} of {parts} questions agree", parts - disagreements.len());
    assert!(disagreements.is_empty(), "\n{}", disagreements.join("\n\n"));
    assert!(parts >= 18, "worked cases are missing: {parts} questions");
}

fn tree(steps: &[ExplainedStep]) -> String {
    let line = |step: &ExplainedStep| {
        let indent = " ".repeat(4 + 2 * usize::from(step.depth));
        let cite = step.cite.as_ref().map(|cite| format!(" [{cite}]")).unwrap_or_default();
        format!("{indent}{} {}{cite}", step.question, step.finding)
    };
    steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The whole cases of the page on the format read, and agree with what they say.
#[test]
fn the_cases_of_the_page_on_the_format_agree() {
    let page = include_str!("../../docs/case-format.md");
    let cases: Vec<&str> = page
        .split("```yaml\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .filter(|block| block.starts_with("case:"))
        .collect();
    assert!(cases.len() >= 4, "{}", cases.len());
    for text in cases {
        let case = crate::case_of(text);
        for part in &case.parts {
            let (opinion, steps) = case.answer(part);
            let found = case.disagreements(part, &opinion);
            assert!(found.is_empty(), "{} {}: {}\n{}", case.name, part.name, found.join("; "), tree(&steps));
        }
    }
}
