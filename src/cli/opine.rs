//! `comity opine`: one hypothetical, or a folder of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{Ending, LawArguments, print, show};
use crate::law::{self, ButFor, Decision, Opinion, Question};
use crate::reading::Sources;
use crate::report::lines::hang;
use crate::report::opinion_html::{self, CaseOnPage, Shown};
use crate::report::{but_for, opinion};
use crate::scenario::case::{self, Case};

/// Arguments of `comity opine`.
#[derive(Debug, Args)]
pub struct OpineArguments {
    /// Case files, or folders of them
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// Print the opinions as JSON
    #[arg(long)]
    json: bool,
    /// Print only whether each case agrees with the answer that it holds to be right, and the score
    #[arg(long)]
    all: bool,
    /// Show the smallest changes that would turn each answer for the State that asks
    #[arg(long)]
    but_for: bool,
    /// With --but-for: the decision to be reached, for example GRANT
    #[arg(long, value_name = "DECISION", requires = "but_for", value_parser = decision)]
    target: Option<Decision>,
    /// Write the opinions as one page that needs nothing but a browser
    #[arg(long, value_name = "FILE", value_parser = super::paths::page)]
    html: Option<PathBuf>,
    #[command(flatten)]
    law: LawArguments,
}

fn decision(word: &str) -> Result<Decision, String> {
    Decision::named(word).ok_or_else(|| {
        let known = Decision::ALL.iter().map(|decision| decision.word());
        super::slips::unknown_of_all("decision", word, known).help.unwrap_or_default()
    })
}

/// Answers cases.
pub fn opine(arguments: &OpineArguments) -> anyhow::Result<Ending> {
    let mut agreeing = 0;
    let mut answered = 0;
    let mut opinions = Vec::new();
    let mut out = String::new();
    let mut cases = Vec::new();
    let (files, missing) = super::check::files(&arguments.cases);
    let mut wrong = !missing.0.is_empty();
    if wrong {
        show(&Sources::default(), &missing);
    }
    for path in files {
        let case = match case::read(&path, arguments.law.law.clone()) {
            Ok(case) => case,
            Err((problems, sources)) => {
                show(&sources, &problems);
                wrong = true;
                continue;
            }
        };
        answered += 1;
        agreeing += usize::from(answer(arguments, &case, &mut out, &mut opinions));
        if arguments.html.is_some() {
            cases.push(case);
        }
    }
    // Where no case could be read, that was said.
    if arguments.all && answered > 0 {
        let agree = if answered == 1 { "case agrees" } else { "cases agree" };
        let _ = writeln!(out, "{agreeing} of {answered} {agree}");
    }
    // A page that cannot be written does not take the answers with it.
    let written = arguments.html.as_ref().map_or(Ok(()), |path| write(arguments, path, &cases));
    print(arguments.json, &opinions, || out)?;
    written?;
    Ok(match (wrong, agreeing == answered) {
        (true, _) => Ending::Wrong,
        (false, true) => Ending::Done,
        (false, false) => Ending::Failed,
    })
}

/// A case as it stands on the page, its heading of this level.
fn on_page(arguments: &OpineArguments, case: &Case, level: u8) -> CaseOnPage {
    let opinion = |part: &case::Part| {
        let (opinion, steps) = case.answer(part);
        let turns = turns(arguments, case, &part.question, &opinion);
        opinion_html::fragment(&Shown {
            library: &case.library,
            part: &part.name,
            question: &part.question,
            opinion: &opinion,
            steps: &steps,
            memberships: &case.memberships,
            but_for: turns.as_ref(),
            level: level + 1,
        })
    };
    CaseOnPage {
        name: case.name.clone(),
        title: case.title.clone(),
        says: case.says.clone(),
        opinions: case.parts.iter().map(opinion).collect(),
    }
}

fn write(arguments: &OpineArguments, path: &Path, cases: &[Case]) -> anyhow::Result<()> {
    let level = opinion_html::level_of_case(cases.len());
    let cases: Vec<CaseOnPage> = cases.iter().map(|case| on_page(arguments, case, level)).collect();
    super::publish::write_text(path, &opinion_html::page(&cases))
}

/// What would turn an answer, if that is asked.
fn turns(arguments: &OpineArguments, case: &Case, question: &Question, given: &Opinion) -> Option<ButFor> {
    let search = || law::but_for(&case.library, &case.memberships, question, given, arguments.target);
    arguments.but_for.then(search)
}

/// Answers every question of a case; whether all answers agree with the expected ones.
fn answer(arguments: &OpineArguments, case: &Case, out: &mut String, opinions: &mut Vec<serde_json::Value>) -> bool {
    let mut agrees = true;
    if !arguments.all {
        hang(out, &format!("{}  ", case.name), &case.title);
    }
    for part in &case.parts {
        let (given, steps) = case.answer(part);
        let disagreements = case.disagreements(part, &given);
        agrees &= disagreements.is_empty();
        let turns = if arguments.all { None } else { turns(arguments, case, &part.question, &given) };
        if arguments.json {
            let mut value = opinion::json(&case.library, &part.question, &given, &steps);
            value["case"] = json!(case.name);
            value["part"] = json!(part.name);
            value["disagreements"] = json!(disagreements);
            if let Some(turns) = &turns {
                value["but-for"] = but_for::json(&case.library, &case.memberships, &part.question, turns);
            }
            opinions.push(value);
            continue;
        }
        if !arguments.all {
            out.push('\n');
            if part.name != "-" {
                let _ = write!(out, "Part {}: ", part.name);
            }
            out.push_str(&opinion::text(&case.library, &part.question, &given, &steps));
        }
        if let Some(turns) = &turns {
            out.push_str(&but_for::text(&case.library, &case.memberships, &part.question, turns));
        }
        for disagreement in disagreements {
            let _ = writeln!(out, "{} part {}: DISAGREES: {disagreement}", case.name, part.name);
        }
    }
    if arguments.all && agrees {
        let _ = writeln!(out, "{} agrees", case.name);
    }
    agrees
}
