//! The progress bar: day, letters, rate, time left. On a terminal only, on the error stream.

use indicatif::{ProgressBar, ProgressStyle};

use crate::base::Day;
use crate::engine::{Observer, Record};

/// A bar over the days of a run.
pub struct Progress {
    bar: ProgressBar,
    first_day: Day,
    letters: u64,
    began: std::time::Instant,
}

/// Redrawing more often than this costs more than it shows.
const REDRAWS_A_SECOND: u8 = 10;

impl Progress {
    /// A bar, or nothing where there is no terminal.
    pub fn new(first_day: Day, last_day: Day) -> Self {
        let days = u64::from(last_day.days_since(first_day).unsigned_abs());
        let target = indicatif::ProgressDrawTarget::stderr_with_hz(REDRAWS_A_SECOND);
        let bar = ProgressBar::with_draw_target(Some(days), target);
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} %, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        #[expect(clippy::disallowed_methods, reason = "the rate shown is in real time; it never enters a result")]
        let began = std::time::Instant::now();
        Self { bar, first_day, letters: 0, began }
    }

    /// Takes the bar off the screen.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Observer for Progress {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Letter(_) => self.letters += 1,
            Record::Day if !self.bar.is_hidden() => {
                self.bar.set_position(u64::from(day.days_since(self.first_day).unsigned_abs()));
                let seconds = self.began.elapsed().as_secs().max(1);
                let rate = self.letters / seconds;
                self.bar.set_message(format!("{day}  {} letters, {rate} a second", self.letters));
            }
            _ => {}
        }
    }
}

/// A bar over the runs of a study: how many are done, how many a second, the time left, and what else is known.
pub struct Runs {
    bar: ProgressBar,
}

impl Runs {
    /// A bar, or nothing where there is no terminal.
    pub fn new() -> Self {
        Self::of("{pos} of {len} runs {wide_bar} {per_sec}, {eta} left{msg}")
    }

    /// The same of a study that may end before its most runs are made.
    pub fn at_most() -> Self {
        Self::of("{pos} of at most {len} runs {wide_bar} {per_sec}, at most {eta} left{msg}")
    }

    fn of(template: &str) -> Self {
        let target = indicatif::ProgressDrawTarget::stderr_with_hz(REDRAWS_A_SECOND);
        let bar = ProgressBar::with_draw_target(Some(0), target);
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar }
    }

    /// So many runs of so many have ended.
    pub fn show(&mut self, runs: usize, of: usize, more: Option<&str>) {
        self.bar.set_length(of as u64);
        if let Some(more) = more {
            self.bar.set_message(format!("; {more}"));
        }
        self.bar.set_position(runs as u64);
    }

    /// Takes the bar off the screen.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
