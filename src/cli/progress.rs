//! How far long work is: what is done, how much of it a second, the time left, and how closely something is known by now.
//! On a terminal a bar, elsewhere a line a minute; on the error stream.

use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::base::Day;
use crate::engine::{Observer, Record};
use crate::report::numbers::grouped;
use crate::study::{Outcome, Standing, Unit};

/// Redrawing more often than this costs more than it shows.
const REDRAWS_A_SECOND: u8 = 10;
/// Where there is no terminal a line stays for good: seldom enough not to bury what else is said.
const BETWEEN_LINES: Duration = Duration::from_mins(1);

/// Progress of one piece of work.
pub(super) struct Progress {
    bar: ProgressBar,
    pace: Pace,
    silent: bool,
}

/// What a line tells of.
struct Pace {
    /// What is counted, in the plural.
    things: &'static str,
    /// `at most `, where work may end before all of it is done.
    at_most: &'static str,
    /// What was there when this work, or its part, began, and when that was.
    began: Option<(u64, Instant)>,
    done: u64,
    /// When a line was told.
    told: Instant,
}

#[expect(clippy::disallowed_methods, reason = "rates are shown in real time; they never enter a result")]
fn now() -> Instant {
    Instant::now()
}

impl Progress {
    /// Of so many things as [`Self::show`] is told.
    pub(super) fn of(things: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(REDRAWS_A_SECOND));
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let pace = Pace { things, at_most: "", began: None, done: 0, told: now() };
        Self { bar, pace, silent: false }
    }

    /// Says nothing, if that is wanted.
    pub(super) fn silent_if(self, silent: bool) -> Self {
        Self { silent, ..self }
    }

    /// So much of so much is done. What is there at the first call, or where the count begins anew, says nothing of the rate.
    pub(super) fn show(&mut self, done: u64, of: u64, more: Option<&str>) {
        if self.silent {
            return;
        }
        let now = now();
        self.pace.step(done, now);
        if !self.bar.is_hidden() {
            self.bar.set_length(of);
            self.bar.set_prefix(self.pace.counts(of));
            self.bar.set_message(self.pace.words(of, more, now));
            self.bar.set_position(done);
        } else if self.pace.is_time(now) {
            tell!("{}", self.pace.line(of, more, now));
        }
    }

    /// The same of the runs of a study; `known` says how closely something is known.
    pub(super) fn standing(&mut self, at: Standing, known: Option<&str>) {
        self.pace.at_most = if at.at_most { "at most " } else { "" };
        self.show(at.runs as u64, at.of as u64, known);
    }

    /// Takes the bar off the screen.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Pace {
    /// Takes note of how much is done.
    fn step(&mut self, done: u64, now: Instant) {
        if self.began.is_none() || done < self.done {
            self.began = Some((done, now));
        }
        self.done = done;
    }

    /// Whether the last line is long ago.
    fn is_time(&mut self, now: Instant) -> bool {
        let is_time = now.duration_since(self.told) >= BETWEEN_LINES;
        if is_time {
            self.told = now;
        }
        is_time
    }

    fn line(&self, of: u64, more: Option<&str>, now: Instant) -> String {
        let words = self.words(of, more, now);
        let comma = if words.is_empty() { "" } else { ", " };
        format!("{}{comma}{words}", self.counts(of))
    }

    /// How much is done, of how much.
    fn counts(&self, of: u64) -> String {
        format!("{} of {}{} {}", grouped(self.done), self.at_most, grouped(of), self.things)
    }

    /// How much of it a second, the time left, and what else is known.
    fn words(&self, of: u64, more: Option<&str>, now: Instant) -> String {
        let pace = self.rate(now).map(|rate| {
            #[expect(clippy::cast_precision_loss, reason = "a time left is shown in seconds at best")]
            let left = of.saturating_sub(self.done) as f64 / rate;
            let left = HumanDuration(Duration::try_from_secs_f64(left).unwrap_or(Duration::MAX));
            let digits = usize::from(rate < 100.0);
            format!("{rate:.digits$} a second, {}{left} left", self.at_most)
        });
        pace.into_iter().chain(more.map(str::to_owned)).collect::<Vec<_>>().join("; ")
    }

    /// How much was done a second, where anything was.
    fn rate(&self, now: Instant) -> Option<f64> {
        let (from, began) = self.began.filter(|(from, _)| *from < self.done)?;
        #[expect(clippy::cast_precision_loss, reason = "a rate is shown with one digit")]
        let done = (self.done - from) as f64;
        Some(done / now.duration_since(began).as_secs_f64())
    }
}

/// How wide the intervals of the differences in an outcome are at most; none where no interval is known.
pub(super) fn how_wide(outcome: &Outcome, width: Option<f64>) -> Option<String> {
    let width = width.filter(|width| width.is_finite())?;
    let width = match outcome.unit {
        Unit::Share => points(width),
        Unit::Ratio => format!("{width:.3}"),
        Unit::Count(_) | Unit::Days => format!("{width:.1} {}", outcome.unit.word()),
    };
    Some(format!("{}: intervals up to {width}", outcome.name))
}

/// How wide the interval of mean impunity is, in a sweep or of cases; none where none is known.
pub(super) fn how_wide_is_impunity(width: Option<f64>) -> Option<String> {
    width.map(|width| format!("mean impunity: interval {}", points(width)))
}

/// A width of shares.
pub(super) fn points(width: f64) -> String {
    format!("{:.2} points", width * 100.0)
}

/// Progress of a run over its days.
pub(super) struct Days {
    progress: Progress,
    first_day: Day,
    days: u64,
    letters: u64,
    /// Days since the last that was shown. Many pass between two drawings of a bar, and each would cost a line of text.
    unseen: u32,
}

/// Days of a small world take some microseconds each; those of the largest, some milliseconds.
const DAYS_A_LOOK: u32 = 32;

impl Days {
    pub(super) fn new(first_day: Day, last_day: Day) -> Self {
        let days = u64::from(last_day.days_since(first_day).unsigned_abs()) + 1;
        Self { progress: Progress::of("days"), first_day, days, letters: 0, unseen: 0 }
    }

    pub(super) fn clear(&self) {
        self.progress.clear();
    }
}

impl Observer for Days {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Letter(_) => self.letters += 1,
            Record::Day => {
                self.unseen += 1;
                if self.unseen < DAYS_A_LOOK {
                    return;
                }
                self.unseen = 0;
                let done = u64::from(day.days_since(self.first_day).unsigned_abs());
                self.progress.show(done, self.days, Some(&format!("{day}, {} letters", grouped(self.letters))));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_what_is_done_how_fast_and_what_is_left() {
        let start = now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut pace = Pace { things: "runs", at_most: "at most ", began: None, done: 0, told: start };
        // What was there at the start says nothing of the rate.
        pace.step(1_000, after(1));
        assert_eq!(pace.line(4_000, None, after(1)), "1,000 of at most 4,000 runs");
        pace.step(1_600, after(61));
        assert_eq!(
            pace.line(4_000, Some("impunity: intervals up to 1.20 points"), after(61)),
            "1,600 of at most 4,000 runs, 10.0 a second, at most 4 minutes left; impunity: intervals up to 1.20 points"
        );
        // Another part of the work counts from its own start.
        pace.step(0, after(120));
        assert_eq!(pace.line(50, Some("sets of acts"), after(121)), "0 of at most 50 runs, sets of acts");
    }

    #[test]
    fn a_line_is_told_a_minute() {
        let start = now();
        let mut pace = Pace { things: "runs", at_most: "", began: None, done: 0, told: start };
        let times = [59, 60, 61, 119, 120].map(|seconds| pace.is_time(start + Duration::from_secs(seconds)));
        assert_eq!(times, [false, true, false, false, true]);
    }
}
