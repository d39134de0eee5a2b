//! Costs of two contestants in the same minutes: rounds A B A B, medians, and the range of the ratio.
//!
//! Deliberately absent: verdicts on time. Machines are shared and noisy; a ratio is printed and nothing fails.

use std::time::{Duration, Instant};

/// The CPU time of this process, all threads together.
#[cfg(unix)]
fn cpu_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.cast_unsigned(), u32::try_from(now.tv_nsec).expect("under a billion"))
}

/// Where the CPU time is not told, the wall clock stands in: use an idle machine.
#[cfg(not(unix))]
fn cpu_time() -> Duration {
    use std::sync::OnceLock;
    static START: OnceLock<Instant> = OnceLock::new();
    wall_time(*START.get_or_init(now))
}

#[allow(clippy::disallowed_methods, reason = "a benchmark is about the clock")]
fn now() -> Instant {
    Instant::now()
}

fn wall_time(since: Instant) -> Duration {
    now().duration_since(since)
}

/// What a piece of work cost, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Of all threads.
    pub cpu: f64,
    /// On the clock.
    pub wall: f64,
}

impl Cost {
    /// The cost of one of `units`.
    pub fn per(self, units: f64) -> Self {
        Self { cpu: self.cpu / units, wall: self.wall / units }
    }
}

/// Does the work and tells what it cost.
pub fn cost<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    let (wall, cpu) = (now(), cpu_time());
    let done = work();
    let cost = Cost { cpu: cpu_time().saturating_sub(cpu).as_secs_f64(), wall: wall_time(wall).as_secs_f64() };
    (cost, done)
}

/// Median, lowest and highest of some figures.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The middle one.
    pub median: f64,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Spread {
    /// The spread of these figures.
    ///
    /// # Panics
    /// When there are none.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = figures.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
        Self { median: sorted[sorted.len() / 2], low, high }
    }

    /// `1.23 (1.20..1.31)`.
    pub fn words(self) -> String {
        format!("{} ({}..{})", figure(self.median), figure(self.low), figure(self.high))
    }
}

/// Three digits that count.
pub fn figure(value: f64) -> String {
    let digits = match value {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 3,
    };
    format!("{value:.digits$}")
}

/// One contestant: a piece of work that tells its own cost per unit.
pub type Contestant<'a> = Box<dyn FnMut() -> Cost + 'a>;

/// The costs of each contestant, round by round.
#[derive(Debug)]
pub struct Rounds(Vec<Vec<Cost>>);

/// Lets the contestants run in turn. One round before those that count warms caches and allocator.
pub fn interleaved(rounds: usize, contestants: &mut [Contestant]) -> Rounds {
    let mut costs = vec![Vec::new(); contestants.len()];
    for round in 0..=rounds {
        for (contestant, costs) in contestants.iter_mut().zip(&mut costs) {
            let cost = contestant();
            if round > 0 {
                costs.push(cost);
            }
        }
    }
    Rounds(costs)
}

impl Rounds {
    /// CPU seconds of one contestant.
    pub fn cpu(&self, of: usize) -> Spread {
        Spread::of(self.0[of].iter().map(|cost| cost.cpu))
    }

    /// Wall-clock seconds of one contestant.
    pub fn wall(&self, of: usize) -> Spread {
        Spread::of(self.0[of].iter().map(|cost| cost.wall))
    }

    /// The CPU time of one contestant in units of another's, of the same round.
    pub fn ratio(&self, of: usize, to: usize) -> Spread {
        Spread::of(self.0[of].iter().zip(&self.0[to]).map(|(one, other)| one.cpu / other.cpu))
    }

    /// The same of the wall clock.
    pub fn wall_ratio(&self, of: usize, to: usize) -> Spread {
        Spread::of(self.0[of].iter().zip(&self.0[to]).map(|(one, other)| one.wall / other.wall))
    }
}

/// A whole number as a figure to calculate with.
#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^53")]
pub const fn float(count: u64) -> f64 {
    count as f64
}

/// A heading.
pub fn heading(words: &str) {
    println!("\n{words}");
}

/// One line: what, and the figure.
pub fn line(what: &str, figure: impl std::fmt::Display) {
    println!("  {what:<58} {figure}");
}

/// One line that holds a ratio against a goal.
pub fn goal(what: &str, ratio: Spread, goal: &str) {
    line(what, format_args!("{}   goal {goal}", ratio.words()));
}

/// What this system tells of the memory of this process, where it does: `VmRSS:` of now, `VmHWM:` of the most so far.
#[expect(clippy::disallowed_methods, reason = "the system tells it in a file")]
pub fn mebibytes(what: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let told = status.lines().find_map(|line| line.strip_prefix(what))?;
    told.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kibibytes| kibibytes / 1024)
}
