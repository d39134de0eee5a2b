//! Random numbers by key, not by order: each stream is a xoshiro256++ generator (Blackman and Vigna 2021) seeded from
//! (seed, purpose, actor, counter). No stream depends on how much another drew, so a change that cannot matter changes
//! no draw (*common random numbers*). There is no shared generator and no way to draw without a key.
//!
//! The generator is a named one, whose numbers do not change with the library, and a light one: most streams give one
//! draw or two, and to begin one is what they cost. Its weakness, that like seeds begin alike, is met by mixing: the
//! four words of a key pass through the finaliser of SplitMix64 (Steele, Lea and Flood 2014) one after the other.
//!
//! Logarithms and cosines come from `libm`, the same bits on every platform.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

/// What a stream is for. The numbers are part of the key: never reuse one, add at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// The networks of the first day: base, host, market, line.
    Founding = 1,
    /// Days between the incidents of a place, and whether each is recorded.
    Incidents = 2,
    /// A network's reconsideration: which choice, and its tastes.
    Relocation = 3,
    /// Replacement of dismantled networks.
    Replacement = 4,
    /// How long a desk holds a request, and how long execution takes.
    Handling = 5,
    /// Optional grounds: used or not.
    Discretion = 6,
    /// How long unpreserved data survive at a host.
    Retention = 7,
    /// Whether evidence names a suspect.
    Identification = 8,
    /// Reviews in a place: the days between them.
    Review = 9,
    /// Length of proceedings at home.
    Proceedings = 10,
    /// Whether a network falls to an operation.
    Operation = 11,
    /// Whether a new identity keeps a network from an old case.
    Identity = 12,
    /// Which states are the hubs, where attraction is heavy-tailed.
    Attraction = 13,
    /// Whether a state joins a treaty in a year, on which day, and since when it had signed.
    Joining = 14,
    /// Whether and when a state that joined a treaty makes the offences that it asks for.
    Enactment = 15,
    /// Whether a state that is not bound makes a treaty's law in a year, and on which day.
    Example = 16,
    /// How large a network is.
    Size = 17,
    /// Which states join before which, in a study.
    OrderOfJoining = 100,
    /// Which pairs or samples a resample draws, in a study.
    Resampling = 101,
    /// Where the points of a study's design lie.
    Design = 110,
    /// The seeds of a study's runs.
    StudySeed = 111,
    /// Which state is given whose record, in a placebo of a validation target.
    Placebo = 1000,
}

/// All streams of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streams {
    /// The seed, mixed: the beginning of every key.
    mixed_seed: u64,
}

impl Streams {
    /// The streams of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { mixed_seed: mixed(seed) }
    }

    /// The stream of a purpose, an actor (a state, a place of networks, a matter) and a counter or day of that actor.
    #[must_use]
    pub fn stream(&self, purpose: Purpose, actor: u64, counter: u64) -> Stream {
        let words = [u64::from(purpose as u32), actor, counter];
        let key = words.into_iter().fold(self.mixed_seed, |key, word| mixed(key ^ word));
        Stream(Xoshiro256PlusPlus::seed_from_u64(key))
    }
}

/// A number for something with a name, to be an actor in the key of a stream, or an option among [`Tastes`]: its draws are
/// its own, whatever else there is, and in whatever order.
#[must_use]
pub fn key_of(name: &str) -> u64 {
    name.bytes().fold(mixed(name.len() as u64), |key, byte| mixed(key ^ u64::from(byte)))
}

/// Every bit of the result depends on every bit of the word; no two words give the same.
const fn mixed(word: u64) -> u64 {
    let word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// One stream of draws. A clone gives the same draws again, which is for looking ahead alone.
#[derive(Clone, Debug)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// A number in [0, 1), 53 bits fine.
    pub fn unit(&mut self) -> f64 {
        unit(self.0.next_u64())
    }

    /// A whole number, every one of 2^64 as likely.
    pub fn whole(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A whole number below a limit, each as likely; 0 for a limit of 0. Limits lie far below 2^53.
    pub fn below(&mut self, limit: usize) -> usize {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to the limit, which a double counts exactly"
        )]
        let drawn = (self.unit() * limit as f64) as usize;
        drawn.min(limit.saturating_sub(1))
    }

    /// The numbers below a count in an order drawn, each order as likely (Fisher and Yates).
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A number in (0, 1], safe to take the logarithm of.
    fn positive_unit(&mut self) -> f64 {
        1.0 - self.unit()
    }

    /// Days until what may happen on any day with the same chance, once in `mean_days`: at least one day, and in the mean
    /// exactly so many, which an exponential time rounded to days is not where it is short. A mean below one day is
    /// one day.
    pub fn geometric_days(&mut self, mean_days: f64) -> u32 {
        let passes_by = libm::log1p(-1.0 / mean_days.max(1.0));
        whole_days(1.0 + libm::floor(libm::log(self.positive_unit()) / passes_by))
    }

    /// A log-normally distributed number; `log_sd` is the standard deviation of the logarithm.
    pub fn lognormal(&mut self, median: f64, log_sd: f64) -> f64 {
        median * libm::exp(log_sd * self.normal())
    }

    /// The same as whole days, at least one.
    pub fn lognormal_days(&mut self, median_days: f64, log_sd: f64) -> u32 {
        whole_days(self.lognormal(median_days, log_sd))
    }

    /// Standard normal, by Box and Muller (1958).
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(self.positive_unit()));
        radius * libm::cos(2.0 * std::f64::consts::PI * self.unit())
    }

    /// The tastes of one choice: one draw of the stream, however many options there are.
    pub fn tastes(&mut self) -> Tastes {
        Tastes(self.whole())
    }

    /// An index drawn in proportion to the weights; 0 when they are all zero.
    ///
    /// # Panics
    /// When there are no weights.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        assert!(!weights.is_empty(), "nothing to choose from");
        let total: f64 = weights.iter().sum();
        let mut left = self.unit() * total;
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0)
    }
}

/// 53 of the bits, as a number in [0, 1).
fn unit(word: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    let drawn = (word >> 11) as f64;
    drawn * (1.0 / 9_007_199_254_740_992.0)
}

/// The taste terms that make the best of several values a multinomial logit choice. Each option has its own by its key: that
/// there is one more, or in which order they stand, changes none of the others'.
#[derive(Clone, Copy, Debug)]
pub struct Tastes(u64);

impl Tastes {
    /// That of the option with this key: standard Gumbel.
    #[must_use]
    pub fn of(self, option: u64) -> Taste {
        Taste { unit: unit(mixed(self.0 ^ option)) }
    }
}

/// A draw from the standard Gumbel distribution whose logarithms are not taken yet: most options of a choice are out of
/// reach of the best so far, and theirs need not be known.
#[derive(Clone, Copy, Debug)]
pub struct Taste {
    unit: f64,
}

impl Taste {
    /// Whether it may lie above a floor; never no when it does.
    #[must_use]
    pub fn may_exceed(self, floor: f64) -> bool {
        /// More than the rounding of two logarithms can add.
        const ROUNDING: f64 = 1e-9;
        /// Read as whole numbers, doubles rise as their binary logarithm does, times 2^52, but straight from each power of two
        /// to the next: so never above it.
        const LOGARITHM: f64 = std::f64::consts::LN_2 * f64::EPSILON;
        // -ln(1 - u) is at least u, so that the value is at most -ln u. The unit is 0, or no less than 2^-53.
        #[expect(clippy::cast_precision_loss, reason = "less than the rounding")]
        let below_one = (1.0_f64.to_bits() - self.unit.to_bits()) as f64;
        below_one * LOGARITHM + ROUNDING > floor
    }

    /// The value drawn.
    #[must_use]
    pub fn value(self) -> f64 {
        let positive_unit = 1.0 - self.unit;
        -libm::log(-libm::log(positive_unit.min(1.0 - f64::EPSILON)))
    }
}

/// Rounded to whole days at once, so that no later step can depend on the last bits of a float.
/// At least one day; at most a thousand years, beyond every run.
fn whole_days(days: f64) -> u32 {
    const LONGEST: f64 = 365_250.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=365250")]
    let rounded = libm::round(days.clamp(1.0, LONGEST)) as u32;
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the same bits are what is promised")]
    fn streams_are_named_by_their_key_alone() {
        let streams = Streams::new(7);
        let first: Vec<f64> = (0..4).map(|_| streams.stream(Purpose::Discretion, 3, 9).unit()).collect();
        assert!(first.windows(2).all(|pair| pair[0] == pair[1]));
        for other in [
            Streams::new(8).stream(Purpose::Discretion, 3, 9).unit(),
            streams.stream(Purpose::Handling, 3, 9).unit(),
            streams.stream(Purpose::Discretion, 4, 9).unit(),
            streams.stream(Purpose::Discretion, 3, 10).unit(),
        ] {
            assert_ne!(first[0], other);
        }
    }

    #[test]
    fn draws_have_the_moments_they_claim() {
        let streams = Streams::new(1);
        let count: u32 = 40_000;
        let mut days = 0.0;
        let mut short_days = 0.0;
        let mut log_days = 0.0;
        let mut gumbel = 0.0;
        for i in 0..count {
            let mut stream = streams.stream(Purpose::Handling, 0, i.into());
            days += f64::from(stream.geometric_days(50.0));
            short_days += f64::from(stream.geometric_days(2.0));
            assert_eq!(stream.geometric_days(1.0), 1);
            log_days += libm::log(f64::from(stream.lognormal_days(300.0, 0.6)));
            gumbel += stream.tastes().of(7).value();
        }
        let mean = |sum: f64| sum / f64::from(count);
        assert!((mean(days) - 50.0).abs() < 1.0, "{}", mean(days));
        assert!((mean(short_days) - 2.0).abs() < 0.03, "{}", mean(short_days));
        assert!((mean(log_days) - libm::log(300.0)).abs() < 0.02, "{}", mean(log_days));
        assert!((mean(gumbel) - 0.577_216).abs() < 0.03, "{}", mean(gumbel));
    }

    #[test]
    fn a_taste_that_is_spared_could_not_have_been_above_the_floor() {
        let streams = Streams::new(3);
        let mut spared = 0;
        for i in 0..20_000_u32 {
            let floor = f64::from(i % 16) - 4.0;
            let taste = streams.stream(Purpose::Review, 0, i.into()).tastes().of(7);
            if !taste.may_exceed(floor) {
                spared += 1;
                assert!(taste.value() <= floor, "{} lies above {floor}", taste.value());
            }
        }
        assert!(spared > 10_000, "{spared} of 20,000 spared");
    }

    #[test]
    fn weights_are_respected_and_zero_is_never_drawn() {
        let streams = Streams::new(2);
        let mut counts = [0_u32; 3];
        for i in 0..30_000 {
            counts[streams.stream(Purpose::Founding, 0, i).weighted(&[1.0, 0.0, 2.0])] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((f64::from(counts[2]) / 30_000.0 - 2.0 / 3.0).abs() < 0.02);
    }
}
