//! `comity check`: scenarios, studies, law files and cases, whole.

use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::Args;

use super::{Ending, LawArguments, show};
use crate::base::{Place, Problem, Problems};
use crate::reading;
use crate::report::lines::counted;
use crate::scenario::{Kind, Options, check};
use crate::study::sweep;

/// Arguments of `comity check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files, or folders of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the problems as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    law: LawArguments,
}

/// Checks files; all problems of all of them are shown. A folder that holds a list of facts is a law folder, and is
/// checked as a whole, its record included.
pub fn check(arguments: &CheckArguments) -> anyhow::Result<Ending> {
    let law_folder = arguments.files.iter().find(|path| path.join("facts.yaml").is_file());
    let law = law_folder.or(arguments.law.law.as_ref()).cloned();
    let (files, missing) = files(&arguments.files);
    let mut checked = check::files(&files, law.clone(), law_folder.is_some());
    for path in &checked.studies {
        match sweep::read::read(path, &Options { law: law.clone(), ..Options::default() }) {
            Ok(_) => *checked.sound.entry(Kind::Study).or_default() += 1,
            Err((problems, sources)) => checked.found.push((problems, Rc::new(sources))),
        }
    }
    if !missing.0.is_empty() {
        checked.found.push((missing, Rc::default()));
    }
    checked.each_once();
    if arguments.json {
        let rows: Vec<serde_json::Value> =
            checked.found.iter().flat_map(|(problems, sources)| reading::to_json(sources, problems)).collect();
        super::print_json(&rows)?;
    } else {
        for (problems, sources) in &checked.found {
            show(sources, problems);
        }
        let counts = checked.sound.iter().map(|(kind, count)| (*count, kind.names()));
        let sound: Vec<String> = counts.map(|(count, (one, many))| counted(count, one, many)).collect();
        if !sound.is_empty() {
            super::print_exactly(&format!("sound: {}\n", sound.join(", ")))?;
        }
    }
    Ok(if checked.found.is_empty() { Ending::Done } else { Ending::Wrong })
}

/// The files named, and the YAML files in the folders named, in order of name; and folders that hold none.
pub fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Problems) {
    let mut files = Vec::new();
    let mut problems = Problems::default();
    let mut missing = |message| problems.push(Problem::new(Place::NOWHERE, message));
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            match collect(path, &mut files) {
                Ok(()) if files.len() == before => missing(format!("there is no YAML file in {}", path.display())),
                Ok(()) => files[before..].sort(),
                Err(error) => missing(error.to_string()),
            }
        } else {
            files.push(path.clone());
        }
    }
    (files, problems)
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "`files` sorts what comes of it")]
    let entries = fs_err::read_dir(folder)?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        // A link may lead in a circle; files are named once where they are.
        if entry.file_type()?.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            into.push(path);
        }
    }
    Ok(())
}
