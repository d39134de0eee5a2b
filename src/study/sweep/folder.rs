//! The folder of a plan: everything that its runs rest on, so that it can be carried to another machine.
//!
//! `plan.json` names the plan and has what `--set` sets in all runs, `study.yaml` is the study, `scenario.yaml` the
//! scenario with all that it is like laid into one, `cases.csv` a table of cases and `law/` a folder of law files, where
//! there are such. Results lie in `results/` below it, or in a folder of their own with a copy of the plan.

use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;
use serde::{Deserialize, Serialize};

use super::plan::{Asked, Sweep};
use super::unfinished::{begin_folder, leave_none_behind, publish_folder};
use super::{BUILD, FORMAT, read};
use crate::base::Problems;
use crate::reading::{self, Key, Kind, Node, Sources};
use crate::scenario::Options;

/// The file that makes a folder a plan.
pub const PLAN: &str = "plan.json";
const STUDY: &str = "study.yaml";
const SCENARIO: &str = "scenario.yaml";
/// A table of cases, where the study has one.
pub const CASES: &str = "cases.csv";
const LAW: &str = "law";
/// Where results lie, unless told otherwise.
pub const RESULTS: &str = "results";
/// Where a folder of results has its plan.
const OF_RESULTS: &str = "plan";

/// What `plan.json` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Version of the files.
    pub format: u32,
    /// Digest of the plan.
    pub plan: String,
    /// The build that made it.
    pub build: String,
    /// Its version, for people.
    pub version: String,
    /// Title of the study.
    pub title: String,
    /// The design in a word.
    pub design: String,
    /// Points of the design.
    pub points: u64,
    /// Variants.
    pub variants: Vec<Option<String>>,
    /// Replicates.
    pub replicates: u32,
    /// Runs in all.
    pub runs: u64,
    /// How it was asked for.
    #[serde(default)]
    pub asked: Asked,
}

/// Why a plan cannot be used.
#[derive(Debug)]
pub enum NoPlan {
    /// The folder is no plan, or another; in words.
    Wrong(String),
    /// Its study does not read: problems, with the sources for showing them.
    Problems(Problems, Sources),
    /// The disk.
    Disk(io::Error),
}

impl From<io::Error> for NoPlan {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl Named {
    /// Of a sweep.
    #[must_use]
    pub fn of(sweep: &Sweep) -> Self {
        Self {
            format: FORMAT,
            plan: sweep.digest().to_string(),
            build: BUILD.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            title: sweep.title.clone(),
            design: sweep.design.word().to_owned(),
            points: sweep.points.len() as u64,
            variants: sweep.variants.clone(),
            replicates: sweep.replicates,
            runs: sweep.runs(),
            asked: sweep.asked.clone(),
        }
    }

    /// Whether both name one plan: its content by its digest, and the build that gives it its meaning.
    fn is_same(&self, other: &Self) -> bool {
        (&self.plan, &self.build) == (&other.plan, &other.build)
    }
}

/// The plan's folder and that of its results, whichever of the two is given.
///
/// # Errors
/// That it is neither.
pub fn places(folder: &Path) -> Result<(PathBuf, PathBuf), NoPlan> {
    let own = folder.join(OF_RESULTS);
    if folder.join(PLAN).is_file() {
        return Ok((folder.to_owned(), folder.join(RESULTS)));
    }
    if own.join(PLAN).is_file() {
        // Results carried elsewhere hold the plan alone: a plan that has results of its own lies beside other things.
        if own.join(RESULTS).is_dir() {
            let message = format!("{} is no plan: did you mean {}?", folder.display(), own.display());
            return Err(NoPlan::Wrong(message));
        }
        return Ok((own, folder.to_owned()));
    }
    match folder.parent() {
        Some(parent) if parent.join(PLAN).is_file() && folder.ends_with(RESULTS) => {
            let here = parent.as_os_str().is_empty();
            Ok((if here { PathBuf::from(".") } else { parent.to_owned() }, folder.to_owned()))
        }
        _ => Err(NoPlan::Wrong(format!(
            "{} is neither a plan nor results of one: `comity sweep plan FILE -o DIR` makes a plan",
            folder.display()
        ))),
    }
}

/// Writes the folder of a plan, whole or not at all. A folder that holds the same plan stays as it is, also where several
/// processes write it at once: one of them is the first, and the others find theirs.
///
/// # Errors
/// When the folder holds anything else, or the disk does not take it.
pub fn write(sweep: &Sweep, study: &Path, law: Option<&Path>, folder: &Path) -> Result<Named, NoPlan> {
    let named = Named::of(sweep);
    if !holds(folder, &named)? {
        if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent)?;
        }
        whole(folder, &named, &mut |begun| fill(sweep, study, law, begun, &named))?;
    }
    Ok(named)
}

/// Fills a folder under another name and gives it its own, if nobody was quicker with the same plan.
fn whole(folder: &Path, named: &Named, fill: &mut dyn FnMut(&Path) -> Result<(), NoPlan>) -> Result<(), NoPlan> {
    let begun = begin_folder(folder)?;
    let written = fill(&begun).and_then(|()| Ok(publish_folder(&begun, folder)?));
    written.or_else(|error| {
        drop(fs::remove_dir_all(&begun));
        if holds(folder, named)? { Ok(()) } else { Err(error) }
    })
}

/// Whether a folder holds this plan; one that is not there, or is empty, holds none.
fn holds(folder: &Path, named: &Named) -> Result<bool, NoPlan> {
    // Looked at first: a plan that appears meanwhile has its name with it.
    let is_taken = is_taken(folder)?;
    match name_in(folder)? {
        Some(there) if there.is_same(named) => Ok(true),
        Some(_) => {
            let message = format!("{} holds another plan: choose another folder, or remove it", folder.display());
            Err(NoPlan::Wrong(message))
        }
        None if folder.file_name().is_none() => {
            Err(NoPlan::Wrong(format!("`{}` is no name for a new folder", folder.display())))
        }
        None if is_taken => {
            let message = format!("{} is there already and is no plan: name a folder that is not", folder.display());
            Err(NoPlan::Wrong(message))
        }
        None => Ok(false),
    }
}

/// Whether something stands there that is no empty folder.
fn is_taken(folder: &Path) -> io::Result<bool> {
    if !folder.is_dir() {
        return Ok(folder.exists());
    }
    #[expect(clippy::disallowed_methods, reason = "whether there is any entry: the order changes nothing")]
    let mut entries = fs::read_dir(folder)?;
    Ok(entries.next().is_some())
}

/// Writes what a plan holds into its folder, its name last.
fn fill(sweep: &Sweep, study: &Path, law: Option<&Path>, unfinished: &Path, named: &Named) -> Result<(), NoPlan> {
    let mut tree = sweep.study.clone();
    rename(&mut tree, "scenario", SCENARIO);
    if let Some(name) = sweep.study.get("design").and_then(|design| design.get("cases")).and_then(Node::text) {
        let cases = study.parent().unwrap_or(Path::new("")).join(name);
        fs::copy(cases, unfinished.join(CASES))?;
        rename(&mut tree, "design.cases", CASES);
    }
    save(&unfinished.join(STUDY), &reading::written(&tree))?;
    save(&unfinished.join(SCENARIO), &reading::written(sweep.template.tree()))?;
    if let Some(law) = law {
        copy_folder(law, &unfinished.join(LAW))?;
    }
    save(&unfinished.join(PLAN), &serde_json::to_string_pretty(&named).map_err(io::Error::other)?)?;
    Ok(())
}

/// Reads a plan's folder back. `any_build`: also one that another build made.
///
/// # Errors
/// When it is no plan, when another build made it, when it does not mean here what it meant there.
pub fn load(folder: &Path, any_build: bool) -> Result<Sweep, NoPlan> {
    let named = name_in(folder)?.ok_or_else(|| NoPlan::Wrong(format!("{} is no plan", folder.display())))?;
    if named.format != FORMAT {
        return Err(NoPlan::Wrong(format!("the plan has the form {}, and this program knows {FORMAT}", named.format)));
    }
    if named.build != BUILD && !any_build {
        return Err(NoPlan::Wrong(format!(
            "the plan was made by build {} (version {}), and this is build {BUILD} (version {}): plan again, or say \
             --any-build",
            named.build,
            named.version,
            env!("CARGO_PKG_VERSION")
        )));
    }
    let law = Some(folder.join(LAW)).filter(|law| law.is_dir());
    let options = Options { law, settings: named.asked.settings.clone(), ..Options::default() };
    let mut sweep =
        read::read(&folder.join(STUDY), &options).map_err(|(problems, sources)| NoPlan::Problems(problems, sources))?;
    if sweep.digest().to_string() != named.plan {
        return Err(NoPlan::Wrong(format!(
            "the plan in {} does not mean here what it meant where it was made: its files were changed, or its build had \
             another law",
            folder.display()
        )));
    }
    sweep.asked = named.asked;
    Ok(sweep)
}

/// Puts a copy of the plan beside results that lie in a folder of their own; several shards may do so at once.
///
/// # Errors
/// When the results are those of another plan, or the disk does not take it.
pub fn accompany(plan: &Path, results: &Path) -> Result<(), NoPlan> {
    if results.join(PLAN).is_file() {
        let message = format!("{} is a plan: its results lie in a folder below it, or elsewhere", results.display());
        return Err(NoPlan::Wrong(message));
    }
    fs::create_dir_all(results)?;
    // Found again by its name alone.
    if results == plan.join(RESULTS) {
        return Ok(());
    }
    let own = results.join(OF_RESULTS);
    let there = name_in(plan)?.ok_or_else(|| NoPlan::Wrong(format!("{} is no plan", plan.display())))?;
    if name_in(&own)?.is_none() {
        if is_taken(&own)? && name_in(&own)?.is_none() {
            return Err(NoPlan::Wrong(format!("{} is to be a copy of the plan and is none: remove it", own.display())));
        }
        whole(&own, &there, &mut |begun| Ok(copy_plan(plan, begun)?))?;
    }
    leave_none_behind(&own)?;
    // How it was asked for is no part of a plan: the same may have been made from another path.
    if name_in(&own)?.is_some_and(|own| own.is_same(&there)) {
        return Ok(());
    }
    Err(NoPlan::Wrong(format!("{} holds results of another plan", results.display())))
}

fn copy_plan(plan: &Path, to: &Path) -> io::Result<()> {
    for name in [STUDY, SCENARIO, CASES, PLAN] {
        if plan.join(name).is_file() {
            fs::copy(plan.join(name), to.join(name))?;
        }
    }
    if plan.join(LAW).is_dir() { copy_folder(&plan.join(LAW), &to.join(LAW)) } else { Ok(()) }
}

/// The name of a plan's folder; none where there is no plan.
fn name_in(folder: &Path) -> Result<Option<Named>, NoPlan> {
    let path = folder.join(PLAN);
    if !path.is_file() {
        return Ok(None);
    }
    #[expect(clippy::disallowed_methods, reason = "a file that this program wrote")]
    let text = fs::read_to_string(&path)?;
    let named = serde_json::from_str(&text);
    named.map(Some).map_err(|error| NoPlan::Wrong(format!("{} is not ours: {error}", path.display())))
}

fn rename(tree: &mut Node, path: &str, to: &str) {
    let place = tree.place;
    let value = Node { id: 0, place, kind: Kind::Scalar { text: to.to_owned(), plain: true } };
    reading::set(tree, &Key { text: path.to_owned(), place }, &value).expect("what was read has this path");
}

#[expect(clippy::disallowed_methods, reason = "the one place where a plan is written")]
fn save(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, format!("{text}\n"))
}

/// Copies the law files of a folder, and of those below it, also where one is a link to a folder elsewhere: a law is read
/// through it, too.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    copy_below(from, to, &mut Vec::new())
}

/// `above`: the folders on the way here, by where they really are.
fn copy_below(from: &Path, to: &Path, above: &mut Vec<PathBuf>) -> io::Result<()> {
    let place = fs::canonicalize(from)?;
    if above.contains(&place) {
        let message = format!("{} leads back to a folder that it lies in, {}", from.display(), place.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    above.push(place);
    fs::create_dir_all(to)?;
    #[expect(clippy::disallowed_methods, reason = "each file is copied by its name: the order changes nothing")]
    let entries = fs::read_dir(from)?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let wanted = path.extension().is_some_and(|ending| ending == "yaml" || ending == "csv");
        if path.is_dir() {
            copy_below(&path, &to.join(entry.file_name()), above)?;
        } else if wanted {
            fs::copy(&path, to.join(entry.file_name()))?;
        }
    }
    above.pop();
    Ok(())
}
