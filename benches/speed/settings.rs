//! What is asked for on the command line.

use std::collections::BTreeSet;

/// The parts, in the order in which they run.
pub const PARTS: [&str; 8] = ["direct", "opinion", "loading", "sockets", "flagship", "worlds", "pairing", "seeds"];

/// How much to measure.
#[derive(Debug)]
pub struct Settings {
    /// Parts to run.
    pub parts: BTreeSet<String>,
    /// Rounds that count.
    pub rounds: usize,
    /// Runs a thread when runs go side by side.
    pub runs_side_by_side: u64,
    /// Seeds of the finding.
    pub seeds: u64,
    /// Whether the finding must hold: not in the smaller version, which asks only whether everything runs.
    pub strict: bool,
}

impl Settings {
    /// Reads the command line.
    ///
    /// # Errors
    /// What to show instead of running.
    pub fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut settings = Self { parts: BTreeSet::new(), rounds: 9, runs_side_by_side: 20, seeds: 100, strict: true };
        for argument in arguments {
            match argument.as_str() {
                // cargo's own.
                "--bench" => {}
                "--quick" => {
                    settings.rounds = 1;
                    settings.runs_side_by_side = 2;
                    settings.seeds = 10;
                    settings.strict = false;
                }
                part if PARTS.contains(&part) => {
                    settings.parts.insert(argument);
                }
                _ => return Err(format!("cargo bench --bench speed -- [--quick] [{}]...", PARTS.join("|"))),
            }
        }
        Ok(settings)
    }

    /// Whether a part is to run: all are, when none is named.
    pub fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.contains(part)
    }
}
