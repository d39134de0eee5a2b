//! How far long work is: what is done, how much of it a second, the time left, and how closely something is known by now.
//! On a terminal a bar, elsewhere a line a minute; on the error stream.

use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::base::Day;
use crate::engine::{Observer, Record};
use crate::report::numbers::grouped;
use crate::study::compare::Standing;
use crate::study::{Outcome, Unit};

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
    /// `at most `, where work may end before.
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
        Self::with(things, "")
    }

    /// The same of work that may end before all of it is done.
    pub(super) fn of_at_most(things: &'static str) -> Self {
        Self::with(things, "at most ")
    }

    fn with(things: &'static str, at_most: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(REDRAWS_A_SECOND));
        let template = format!(
            "{{human_pos}} of {at_most}{{human_len}} {things} {{wide_bar}} {{per_sec}}, {at_most}{{eta}} left{{msg}}"
        );
        bar.set_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        let pace = Pace { things, at_most, began: None, done: 0, told: now() };
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
        let began = self.pace.step(done, now());
        if self.bar.is_hidden() {
            if let Some(line) = self.pace.line(of, more, now()) {
                tell!("{line}");
            }
            return;
        }
        self.bar.set_length(of);
        self.bar.set_message(more.map(|more| format!("; {more}")).unwrap_or_default());
        self.bar.set_position(done);
        if began {
            self.bar.reset_eta();
        }
    }

    /// The same of the runs of a study; `known` says how closely something is known.
    pub(super) fn standing(&mut self, at: Standing, known: Option<&str>) {
        self.show(at.runs as u64, at.of as u64, known);
    }

    /// Takes the bar off the screen.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Pace {
    /// Whether the count begins here.
    fn step(&mut self, done: u64, now: Instant) -> bool {
        let begins = self.began.is_none() || done < self.done;
        if begins {
            self.began = Some((done, now));
        }
        self.done = done;
        begins
    }

    /// A line, where the last one is long ago.
    fn line(&mut self, of: u64, more: Option<&str>, now: Instant) -> Option<String> {
        if now.duration_since(self.told) < BETWEEN_LINES {
            return None;
        }
        self.told = now;
        let Self { things, at_most, done, .. } = *self;
        let pace = self.rate(now).map(|rate| {
            #[expect(clippy::cast_precision_loss, reason = "a time left is shown in minutes")]
            let left = of.saturating_sub(done) as f64 / rate;
            let left = Duration::try_from_secs_f64(left).unwrap_or(Duration::MAX);
            format!(", {rate:.1} a second, {at_most}{} left", HumanDuration(left))
        });
        let more = more.map(|more| format!("; {more}"));
        let (done, of) = (grouped(done), grouped(of));
        Some(format!("{done} of {at_most}{of} {things}{}{}", pace.unwrap_or_default(), more.unwrap_or_default()))
    }

    /// How much was done a second, where anything was.
    fn rate(&self, now: Instant) -> Option<f64> {
        let (from, began) = self.began.filter(|(from, _)| *from < self.done)?;
        #[expect(clippy::cast_precision_loss, reason = "a rate is shown with one digit")]
        let done = (self.done - from) as f64;
        Some(done / now.duration_since(began).as_secs_f64())
    }
}

/// How wide the intervals of the differences in an outcome are, the widest of them; none where none is known.
pub(super) fn how_wide(outcome: &Outcome, width: Option<f64>) -> Option<String> {
    let width = width.filter(|width| width.is_finite())?;
    let width = match outcome.unit {
        Unit::Share => points(width),
        Unit::Ratio => format!("{width:.2}"),
        Unit::Count(_) | Unit::Days => format!("{width:.1} {}", outcome.unit.word()),
    };
    Some(format!("differences in {}: intervals at most {width} wide", outcome.name))
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
}

impl Days {
    pub(super) fn new(first_day: Day, last_day: Day) -> Self {
        let days = u64::from(last_day.days_since(first_day).unsigned_abs()) + 1;
        Self { progress: Progress::of("days"), first_day, days, letters: 0 }
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
    fn a_line_a_minute_says_what_is_done_how_fast_and_what_is_left() {
        let start = now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut pace = Pace { things: "runs", at_most: "at most ", began: None, done: 0, told: start };
        assert!(pace.step(1_000, after(1)), "what was there");
        assert_eq!(pace.line(4_000, None, after(1)), None);
        assert!(!pace.step(1_600, after(61)));
        let line = pace.line(4_000, Some("impunity is known to 1.20 points"), after(61));
        let said =
            "1,600 of at most 4,000 runs, 10.0 a second, at most 4 minutes left; impunity is known to 1.20 points";
        assert_eq!(line.as_deref(), Some(said));
        assert_eq!(pace.line(4_000, None, after(119)), None, "not a minute later");
        // Another part of the work counts from the start again.
        assert!(pace.step(0, after(120)));
        assert_eq!(pace.line(50, None, after(121)).as_deref(), Some("0 of at most 50 runs"));
    }
}
