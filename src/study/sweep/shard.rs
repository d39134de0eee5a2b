//! A shard: every so-manieth run, so that each shard has every replicate, variant and part of the design alike.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// Shards of one plan. Slurm's default ceiling of an array is 1 000; a shard below some minutes costs more than it gives.
pub const MOST_SHARDS: u32 = 10_000;

/// One of so many shards, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

impl Shard {
    /// All of a plan.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether a run is one of this shard.
    #[must_use]
    pub const fn holds(self, run: u64) -> bool {
        run % self.of as u64 == self.number as u64 - 1
    }

    /// How many of these runs are of this shard.
    #[must_use]
    pub fn count(self, runs: Range<u64>) -> u64 {
        let below = |run: u64| (run + u64::from(self.of) - u64::from(self.number)) / u64::from(self.of);
        below(runs.end) - below(runs.start)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no shard: write 3/7 for the third of seven, at most {MOST_SHARDS}");
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let (number, of) = (number.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
        if number >= 1 && number <= of && of <= MOST_SHARDS { Ok(Self { number, of }) } else { Err(wrong()) }
    }
}

/// Numbers as job schedulers read them: `3,17,40-44`.
#[must_use]
pub fn array(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let range = |(first, last): (u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    ranges.into_iter().map(range).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::{Shard, array};

    #[test]
    fn every_run_is_in_one_shard() {
        for run in 0..50 {
            let holders = (1..=7).filter(|number| Shard { number: *number, of: 7 }.holds(run)).count();
            assert_eq!((holders, Shard::WHOLE.holds(run)), (1, true));
        }
        for (number, from, to) in [(1, 0, 50), (3, 0, 2), (3, 2, 3), (7, 5, 34), (2, 9, 9)] {
            let shard = Shard { number, of: 7 };
            assert_eq!(shard.count(from..to), (from..to).filter(|run| shard.holds(*run)).count() as u64, "{shard}");
        }
    }

    #[test]
    fn shards_and_arrays_in_words() {
        assert_eq!("3/7".parse(), Ok(Shard { number: 3, of: 7 }));
        for wrong in ["0/7", "8/7", "3", "a/b", "1/10001", "-1/7"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        assert_eq!(array(&[3, 17, 40, 41, 42, 43, 44]), "3,17,40-44");
        assert_eq!(array(&[]), "");
    }
}
