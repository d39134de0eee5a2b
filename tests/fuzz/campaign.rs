//! A campaign: inputs by number, each from the seed and its number alone, until enough were tried; what failed is kept.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::chance::Chance;
use super::mutate::mutate;
use super::questions::ask;
use super::targets::{Kind, Law, Outcome, sound, try_input};

/// Of so many runs one asks arbitrary questions of the whole law; the others try an input.
const QUESTIONS_IN: u64 = 4;
/// Questions of such a run.
const QUESTIONS: usize = 8;
/// Inputs read from disk take as long as dozens of the others (all law is read beside them), so few are tried: of the
/// runs that would be theirs, one in so many.
const ON_DISK_IN: usize = 24;

/// A campaign and what it has found.
pub struct Campaign {
    seed: u64,
    law: Law,
    sound: BTreeMap<Kind, Vec<&'static [u8]>>,
    folder: tempfile::TempDir,
    /// How many inputs of each kind were tried, how many of these could be read, and what time they took.
    pub tried: BTreeMap<&'static str, (u64, u64, Duration)>,
    /// How many questions were asked of the whole law.
    pub questions: u64,
}

/// A run that panicked.
pub struct Failure {
    /// The run, to have it again.
    pub number: u64,
    /// Its input; none where the whole law was asked.
    pub input: Option<(Kind, Vec<u8>)>,
    /// What it said.
    pub message: String,
}

impl Campaign {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            law: Law::read(),
            sound: Kind::ALL.map(|kind| (kind, sound(kind))).into_iter().collect(),
            folder: tempfile::tempdir().expect("a folder"),
            tried: BTreeMap::new(),
            questions: 0,
        }
    }

    /// The run of a number.
    pub fn run(&mut self, number: u64) -> Result<(), Failure> {
        let mut chance = Chance::of(self.seed, number);
        if number.is_multiple_of(QUESTIONS_IN) {
            self.questions += QUESTIONS as u64;
            let asked = catch_unwind(AssertUnwindSafe(|| ask(&self.law.whole, QUESTIONS, &mut chance)));
            return asked.map_err(|said| Failure { number, input: None, message: message(said.as_ref()) });
        }
        let mut kind = *chance.pick(&Kind::ALL);
        while matches!(kind, Kind::Table | Kind::Scenario | Kind::File) && !chance.one_in(ON_DISK_IN) {
            kind = *chance.pick(&Kind::ALL);
        }
        let files = &self.sound[&kind];
        let (file, other) = (*chance.pick(files), *chance.pick(files));
        let input = mutate(file, other, &mut chance);
        self.try_input(kind, &input).map_err(|message| Failure { number, input: Some((kind, input)), message })
    }

    /// Tries an input; what it said where it panicked.
    pub fn try_input(&mut self, kind: Kind, input: &[u8]) -> Result<(), String> {
        let start = Instant::now();
        let tried = catch_unwind(AssertUnwindSafe(|| try_input(kind, input, &self.law, self.folder.path())));
        let counts = self.tried.entry(kind.name()).or_default();
        counts.0 += 1;
        counts.1 += u64::from(matches!(tried, Ok(Outcome::Used)));
        counts.2 += start.elapsed();
        tried.map(|_| ()).map_err(|said| message(said.as_ref()))
    }
}

fn message(said: &(dyn std::any::Any + Send)) -> String {
    let text = said.downcast_ref::<String>().map(String::as_str).or(said.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}

/// The folder of inputs that are tried every time: those that failed once, and some of each kind.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus")
}

/// The files of the corpus, by name, with their kinds.
pub fn kept() -> Vec<(String, Kind, Vec<u8>)> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(corpus()).expect("part of the repository") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = Kind::ALL.into_iter().find(|kind| name.split('-').next() == Some(kind.name()));
        let kind = kind.unwrap_or_else(|| panic!("`{name}` begins with no kind"));
        kept.push((name, kind, fs::read(entry.path()).expect("it reads")));
    }
    kept.sort();
    kept
}
