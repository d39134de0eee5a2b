//! How the variants of a comparison go over time, and the haven premium of a pair of them: for people and programs.

use serde::Serialize;

use super::alike::in_a_sentence;
use super::compare_sentences::Tells;
use super::lines::{capital, counted};
use super::measured::{alike, amount};
use crate::base::{Day, in_prose};
use crate::law::Library;
use crate::study::compare::BATCH;
use crate::study::course::{Chosen, Course, Spread};
use crate::study::{Followed, PairPremium, Unit};

/// How all variants go, for programs. Shares from 0 to 1.
#[derive(Debug, Serialize)]
pub struct OverTimeSummary {
    /// The state that is followed, by name.
    pub state: String,
    /// Its code.
    pub code: String,
    /// Why it is that one, in a sentence; none where it was named.
    pub chosen: Option<String>,
    /// Impunity is that of the cases closed in so many days before.
    pub window_days: f64,
    /// What is shown beside the means.
    pub band: &'static str,
    /// Each variant, the baseline first.
    pub variants: Vec<CourseSummary>,
}

/// How one variant goes.
#[derive(Debug, Serialize)]
pub struct CourseSummary {
    /// The variant.
    pub variant: String,
    /// The first day of the run, then the day after each month, the last day for the last of them.
    pub days: Vec<DaySummary>,
}

/// What the runs come to on one day.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DaySummary {
    /// The day.
    pub day: Day,
    /// The part of the networks that is based in the state.
    pub based: Option<Spread>,
    /// Of the cases closed in `window_days` before, the part that was lost, in the whole world.
    pub impunity: Option<Spread>,
}

/// The haven premium between two variants that were compared, for programs. Ratios, not per cent.
#[derive(Debug, Serialize)]
pub struct PairPremiumSummary {
    /// The state, by name.
    pub state: String,
    /// The variant in which it stays out.
    pub out: String,
    /// The variant in which it is in.
    #[serde(rename = "in")]
    pub inside: String,
    /// When networks are counted: in the last year of the run, or in all of a shorter one.
    pub counted: &'static str,
    /// Networks based in it then when it stays out: mean over the seeds that give a premium.
    pub based_out: f64,
    /// And when it is in.
    pub based_in: f64,
    /// Seeds that give a premium.
    pub pairs: usize,
    /// Seeds that give none, because networks are there when it stays out and none when it is in.
    pub endless: usize,
    /// The mean over them of the first over the second, minus 1.
    pub premium: f64,
    /// Its 95 % interval; none of one pair, and where all pairs give the same.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// `t` or `bootstrap`.
    pub interval_by: Option<&'static str>,
    /// Pairs above 0.
    pub above_zero: usize,
    /// By seed.
    pub premiums: Vec<Option<f64>>,
}

/// What bands are.
const BAND: &str = "from the 10th to the 90th percentile of the runs";

/// Sums up how variants of these names go, the state named as in this law.
#[must_use]
pub fn summarise<'a>(
    followed: &Followed,
    names: impl Iterator<Item = &'a str>,
    library: &Library,
    seeds: usize,
) -> OverTimeSummary {
    let known = library.state_coded(&followed.state).map(|state| library.state(state).name.clone());
    let state = known.unwrap_or_else(|| followed.state.clone());
    let course = |(name, course): (&str, &Course)| {
        let days = course.days.iter().zip(&course.based).zip(&course.impunity);
        let day = |((day, based), impunity): ((&Day, &Option<Spread>), &Option<Spread>)| DaySummary {
            day: *day,
            based: *based,
            impunity: *impunity,
        };
        CourseSummary { variant: name.to_owned(), days: days.map(day).collect() }
    };
    OverTimeSummary {
        chosen: chosen(followed.chosen, &state, seeds),
        code: followed.state.clone(),
        state,
        window_days: followed.window_days,
        band: BAND,
        variants: names.zip(&followed.courses).map(course).collect(),
    }
}

fn chosen(chosen: Chosen, state: &str, seeds: usize) -> Option<String> {
    let first = seeds.min(BATCH);
    let seeds = counted(first, "seed", "seeds");
    let state = in_prose(state);
    match chosen {
        Chosen::Named => None,
        Chosen::LongestHaven => Some(format!(
            "No state was named; {state} is followed because it was a haven for the longest time, over all variants and \
             {}{seeds}",
            if first < BATCH { "" } else { "the first " },
        )),
        Chosen::MostBeyondExpected => Some(format!(
            "No state was named and none was a haven; {state} is followed because it holds most networks beyond those \
             expected at the end of one run, the baseline's first: another seed may choose another state"
        )),
    }
}

/// When a run from one day to another counts networks for a premium; `in the` is to stand before it.
#[must_use]
pub(super) fn when_counted(first: Day, last: Day) -> &'static str {
    const YEAR_MONTHS: u32 = 12;
    if last + 1 >= first.plus_months(YEAR_MONTHS) { "last year of the run" } else { "run" }
}

/// Sums up a premium of runs over these days, the first and the last.
#[must_use]
pub fn premium(
    state: &str,
    (out, inside): (&str, &str),
    (first, last): (Day, Day),
    found: &PairPremium,
) -> PairPremiumSummary {
    PairPremiumSummary {
        state: state.to_owned(),
        out: out.to_owned(),
        inside: inside.to_owned(),
        counted: when_counted(first, last),
        based_out: found.based.0,
        based_in: found.based.1,
        pairs: found.pairs,
        endless: found.endless,
        premium: found.premium,
        low: found.interval.map(|(interval, _)| interval.low),
        high: found.interval.map(|(interval, _)| interval.high),
        interval_by: found.interval.map(|(_, method)| method.word()),
        above_zero: found.above_zero,
        premiums: found.premiums.clone(),
    }
}

impl PairPremiumSummary {
    /// How much that sentence tells.
    pub(super) fn tells(&self) -> Tells {
        match self.low.zip(self.high) {
            Some((low, high)) if low > 0.0 || high < 0.0 => Tells::Main,
            None if self.premium != 0.0 && self.pairs > 1 => Tells::Main,
            None if self.premium != 0.0 => Tells::Perhaps,
            _ => Tells::Nothing,
        }
    }

    /// The premium in sentences.
    #[must_use]
    pub fn sentence(&self) -> String {
        let networks = |number| amount(Unit::Count("networks"), number, true);
        let Self { state, counted: when, .. } = self;
        let [out, inside] = [&self.out, &self.inside].map(|variant| in_a_sentence(variant));
        let when = when.trim_end_matches(" of the run");
        let held = format!(
            "{} holds {} networks in the {when} when it stays out ({out}), and {} when it is in ({inside})",
            capital(&in_prose(state)),
            networks(self.based_out),
            networks(self.based_in)
        );
        let interval = self.low.zip(self.high);
        let hundredfold = interval.map(|(low, high)| (low * 100.0, high * 100.0));
        let (premium, ends) = alike(Unit::Count("per cent"), self.premium * 100.0, hundredfold);
        let certain = match interval.zip(ends) {
            Some(((low, high), (least, most))) => {
                let apart = low > 0.0 || high < 0.0;
                let chance = if apart { "" } else { ", and so cannot be told from chance" };
                format!("95 % interval {least} to {most}{chance}")
            }
            _ if self.pairs > 1 && self.premium == 0.0 => format!("nothing differs in any of {} pairs", self.pairs),
            _ if self.pairs > 1 => format!("the same in all {} pairs: there is no interval", self.pairs),
            _ if self.premium == 0.0 => "nothing differs".to_owned(),
            _ => "one pair has no interval, and chance may be all of it".to_owned(),
        };
        let defined = match self.premiums.len() {
            all if all == self.pairs => String::new(),
            all => format!(", the only ones of {all} that define it"),
        };
        let left_out = match (self.premiums.len() - self.pairs, self.endless) {
            (0, _) => String::new(),
            (_, endless) => format!(" {}", left_out(&in_prose(state), endless)),
        };
        // Whoever divides the means that stand there gets another number.
        let mean = if self.pairs > 1 {
            " It is the mean over the pairs of the ratio in each, less 1, and not the ratio of these two means."
        } else {
            ""
        };
        format!(
            "The haven premium is {premium} % ({certain}), above 0 in {} of {}{defined}: {held}.{left_out}{mean}",
            self.above_zero,
            counted(self.pairs, "pair", "pairs")
        )
    }
}

/// That seeds without a network when the state is in are left out, and what that does.
pub(super) fn left_out(state: &str, endless: usize) -> String {
    let bias = match endless {
        0 => String::new(),
        endless => format!(
            " In {endless} of them there are some when it stays out: a premium of these has no end, and without them it is too small."
        ),
    };
    format!("Seeds without a network in {state} when it is in are left out, of the numbers of networks as well.{bias}")
}

/// A premium in per cent.
#[must_use]
pub(super) fn per_cent(premium: f64) -> String {
    amount(Unit::Count("per cent"), premium * 100.0, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(premium: f64, interval: Option<(f64, f64)>) -> String {
        of_days(365, premium, interval)
    }

    fn of_days(days: i32, premium: f64, interval: Option<(f64, f64)>) -> String {
        summary(days, premium, interval).sentence()
    }

    fn summary(days: i32, premium: f64, interval: Option<(f64, f64)>) -> PairPremiumSummary {
        PairPremiumSummary {
            state: "Hesper".to_owned(),
            out: "holds-out".to_owned(),
            inside: "joins".to_owned(),
            counted: when_counted(Day::from_number(0), Day::from_number(days - 1)),
            based_out: 234.4,
            based_in: 44.5,
            pairs: 1,
            endless: 0,
            premium,
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            interval_by: None,
            above_zero: 1,
            premiums: vec![Some(premium)],
        }
    }

    #[test]
    fn a_mean_of_ratios_says_that_it_is_one() {
        let mut summary = summary(365, 4.37, Some((4.21, 4.53)));
        assert!(!summary.sentence().contains("mean over"), "one pair has one ratio");
        summary.pairs = 2;
        summary.premiums.push(Some(4.37));
        let end = "It is the mean over the pairs of the ratio in each, less 1, and not the ratio of these two means.";
        assert!(summary.sentence().ends_with(end), "{}", summary.sentence());
    }

    #[test]
    fn a_premium_says_how_sure_it_is() {
        let held = "above 0 in 1 of 1 pair: Hesper holds 234 networks in the last year when it stays out (“holds-out”), and \
                    44.5 when it is in (“joins”).";
        let start = "The haven premium is";
        assert_eq!(found(4.37, Some((4.21, 4.53))), format!("{start} 437 % (95 % interval 421 to 453), {held}"));
        let unclear = "(95 % interval \u{2212}1.0 to 3.0, and so cannot be told from chance)";
        assert_eq!(found(0.01, Some((-0.01, 0.03))), format!("{start} 1.0 % {unclear}, {held}"));
        assert!(found(0.5, None).contains("one pair has no interval"));
        assert!(found(0.0, None).starts_with("The haven premium is 0.0 % (nothing differs), above 0 in"));
        let mut several = summary(365, 0.0, None);
        several.pairs = 2;
        several.premiums.push(Some(0.0));
        assert!(several.sentence().contains("is 0.0 % (nothing differs in any of 2 pairs), above"));
        several = PairPremiumSummary { premium: 0.5, low: None, high: None, ..several };
        assert!(several.sentence().contains("is 50.0 % (the same in all 2 pairs: there is no interval), above"));
        several.premiums.push(None);
        several.endless = 1;
        let said = several.sentence();
        assert!(said.contains("of 2 pairs, the only ones of 3 that define it: Hesper holds"), "{said}");
        assert!(
            said.contains("left out, of the numbers of networks as well. In 1 of them there are some when it stays"),
            "{said}"
        );
        let short = of_days(364, 0.5, None);
        assert!(short.contains("234 networks in the run when it stays out"), "{short}");
    }
}
