//! The choice among places, markets or lines: a multinomial logit with a cost of moving.
//!
//! value(j) = constant(j) - weight x risk(j) - cost of moving (0 if it stays) + Gumbel
//!
//! What a scenario states is each option's *share when all risks are equal* (its attraction). A newcomer, who
//! has nothing to move from, takes the logarithm of that share as constant, and the shares follow. For one who
//! would have to move, the cost favours large places twice over: more go there, and more of the many who are
//! there stay. With constants ln b the long-run shares are proportional to b (b + k (1 - b)), k = exp(-cost)
//! (detailed balance of the choice as a Markov chain). So the constants of movers are calibrated until those
//! shares are the stated ones again, as alternative-specific constants are (Train 2009, section 2.8). Then the
//! stated shares are at once what newcomers do, what movers tend to, and the expected share of a location quotient.

use std::sync::Arc;

use crate::base::{Tastes, key_of};

/// One set of options.
#[derive(Clone, Debug)]
pub struct Options {
    /// Of each, that of its taste.
    keys: Arc<[u64]>,
    shares: Vec<f64>,
    newcomer: Vec<f64>,
    mover: Vec<f64>,
    /// By where one is: the inclusive value of staying and moving without risk.
    riskless: Vec<f64>,
    cost: f64,
}

impl Options {
    /// Options with these keys and attractions (in any unit, not all zero) and this cost of moving (logit units).
    #[must_use]
    pub fn new(keys: &Arc<[u64]>, attractions: &[f64], cost: f64) -> Self {
        let total: f64 = attractions.iter().sum();
        let shares: Vec<f64> = attractions.iter().map(|attraction| attraction / total).collect();
        let newcomer = shares.iter().map(|share| libm::log(*share)).collect();
        let k = libm::exp(-cost);
        let mover = movers_constants(&shares, k);
        let all: f64 = mover.iter().map(|constant| libm::exp(*constant)).sum();
        let riskless = mover.iter().map(|constant| libm::exp(*constant)).map(|here| libm::log(here + k * (all - here)));
        Self { keys: Arc::clone(keys), riskless: riskless.collect(), shares, newcomer, mover, cost }
    }

    /// The share of each option when all risks are equal; they add up to 1.
    #[must_use]
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// The option chosen by one who is at the current one, or none: an option outside the set, with a taste of its own. Its
    /// value is that beside the options without risk, so that neither their number nor the cost of moving drives anybody
    /// out.
    pub fn choose_or_leave(
        &self,
        tastes: Tastes,
        weighted_risk: impl FnMut(usize) -> f64,
        current: usize,
        outside: f64,
    ) -> Option<usize> {
        let (value, option) = self.best(tastes, weighted_risk, Some(current));
        (value >= self.riskless[current] + outside + tastes.of(outside_key()).value()).then_some(option)
    }

    /// The option chosen. Risks are perceived risks (0 to 1) times their weight, none below 0. Every option has a taste of
    /// its own, so that what one option's risk is, or that it is there, changes no other option's taste.
    pub fn choose(&self, tastes: Tastes, weighted_risk: impl FnMut(usize) -> f64, current: Option<usize>) -> usize {
        self.best(tastes, weighted_risk, current).1
    }

    /// The option chosen where no risk is looked at.
    #[must_use]
    pub fn choose_by_attraction(&self, tastes: Tastes) -> usize {
        self.choose(tastes, |_| 0.0, None)
    }

    /// The best option and its value. Most options would not be the best even without any risk: theirs is not asked for.
    /// To stay is looked at first, since it costs nothing and leaves the fewest to look at.
    fn best(
        &self,
        tastes: Tastes,
        mut weighted_risk: impl FnMut(usize) -> f64,
        current: Option<usize>,
    ) -> (f64, usize) {
        let taste = |option: usize| tastes.of(self.keys[option]);
        let mut best = (f64::NEG_INFINITY, current.unwrap_or(0));
        if let Some(current) = current {
            best.0 = self.mover[current] - weighted_risk(current) + taste(current).value();
        }
        let (constants, cost) = if current.is_some() { (&self.mover, self.cost) } else { (&self.newcomer, 0.0) };
        for (option, constant) in constants.iter().enumerate() {
            let taste = taste(option);
            if current == Some(option) || !taste.may_exceed(best.0 - (constant - cost)) {
                continue;
            }
            let before_taste = constant - weighted_risk(option) - cost;
            if taste.may_exceed(best.0 - before_taste) {
                let value = before_taste + taste.value();
                if value > best.0 {
                    best = (value, option);
                }
            }
        }
        best
    }

    /// What a newcomer can expect of the best option, against a world without risk: the logit's inclusive value,
    /// ln of the sum of share x exp(-risk). 0 without risk, negative with it.
    #[must_use]
    pub fn inclusive_value(&self, mut weighted_risk: impl FnMut(usize) -> f64) -> f64 {
        libm::log(self.shares.iter().enumerate().map(|(option, share)| share * libm::exp(-weighted_risk(option))).sum())
    }
}

/// Whether one who has no choice but to stay at an option goes on, beside an option outside of this value: the same logit, of two
/// options, in which to stay without risk has value 0.
#[must_use]
pub fn goes_on(tastes: Tastes, stays: u64, weighted_risk: f64, outside: f64) -> bool {
    -weighted_risk + tastes.of(stays).value() >= outside + tastes.of(outside_key()).value()
}

/// What to leave for a lawful life is called among the options of a choice. No state or line has this name.
fn outside_key() -> u64 {
    key_of("")
}

/// Halvings after which the interval is narrower than a double can tell.
const HALVINGS: u32 = 60;

/// Logarithms of the b with b (b (1 - k) + k) = scale x share and sum 1. The sum grows with the scale, which lies
/// between 0 and 1: bisection.
fn movers_constants(shares: &[f64], k: f64) -> Vec<f64> {
    let constant = |scale: f64, share: f64| {
        // The positive root of the quadratic, in the form that stays exact for small 1 - k.
        2.0 * scale * share / (k + libm::sqrt(k * k + 4.0 * (1.0 - k) * scale * share))
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        let sum: f64 = shares.iter().map(|share| constant(middle, *share)).sum();
        if sum < 1.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    shares.iter().map(|share| libm::log(constant(high, *share))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Purpose, Streams};

    fn keys(count: usize) -> Arc<[u64]> {
        (0..count).map(|option| key_of(&option.to_string())).collect()
    }

    /// One option more, before all others and never chosen, is not noticed by anybody.
    #[test]
    fn an_option_that_attracts_nobody_changes_no_choice() {
        let (few, more) = (keys(6), std::iter::once(key_of("new")).chain(keys(6).iter().copied()).collect());
        let (few, more) =
            (Options::new(&few, &[1.0; 6], 2.0), Options::new(&more, &[[0.0; 1].as_slice(), &[1.0; 6]].concat(), 2.0));
        let streams = Streams::new(6);
        for number in 0..2_000_u32 {
            let tastes = streams.stream(Purpose::Relocation, 0, number.into()).tastes();
            let current = number as usize % 6;
            let risk = |option: usize| [0.5, 0.1, 2.0][option % 3];
            let before = few.choose_or_leave(tastes, risk, current, -2.0);
            let after = more.choose_or_leave(tastes, |option| risk(option - 1), current + 1, -2.0);
            assert_eq!(before, after.map(|option| option - 1), "choice {number}");
        }
    }

    #[test]
    fn the_best_is_found_without_asking_for_every_risk() {
        const OPTIONS: usize = 40;
        let attractions: Vec<f64> = (1_u8..).take(OPTIONS).map(f64::from).collect();
        let risk = |option: usize| [0.0, 0.4, 3.0, 9.0][option % 4];
        let options = Options::new(&keys(OPTIONS), &attractions, 1.5);
        let (streams, mut asked, choices) = (Streams::new(9), 0, 4_000_usize);
        for number in 0..choices {
            let mut stream = streams.stream(Purpose::Relocation, 0, number as u64);
            let current = (number % 3 > 0).then_some(number % OPTIONS);
            let tastes = stream.tastes();
            let constants = if current.is_some() { &options.mover } else { &options.newcomer };
            let values: Vec<f64> = (0..OPTIONS)
                .map(|option| {
                    let cost = if current.is_none_or(|current| current == option) { 0.0 } else { options.cost };
                    constants[option] - risk(option) - cost + tastes.of(options.keys[option]).value()
                })
                .collect();
            let best = (0..OPTIONS).max_by(|one, other| values[*one].total_cmp(&values[*other]));
            let ask = |option| {
                asked += 1;
                risk(option)
            };
            assert_eq!(Some(options.choose(tastes, ask, current)), best, "choice {number}");
        }
        assert!(asked < choices * 20, "{asked} risks asked for in {choices} choices among {OPTIONS}");
    }

    /// Without risk, whoever reviews gives up with one chance, wherever it is and whatever it costs to move.
    #[test]
    fn without_risk_neither_costs_nor_the_number_of_options_drive_anybody_out() {
        let outside = -2.0;
        let expected = 1.0 / (1.0 + libm::exp(-outside));
        for (states, cost) in [(1, 2.0), (2, 0.0), (3, 20.0), (40, 2.0)] {
            let options = Options::new(&keys(states), &vec![1.0; states], cost);
            let (streams, reviews) = (Streams::new(4), 20_000_u32);
            let leaves = |number: &u32| {
                let mut stream = streams.stream(Purpose::Relocation, 0, u64::from(*number));
                options.choose_or_leave(stream.tastes(), |_| 0.0, *number as usize % states, outside).is_none()
            };
            let left = (0..reviews).filter(leaves).count();
            let share = f64::from(u32::try_from(left).expect("few")) / f64::from(reviews);
            assert!(
                (share - expected).abs() < 0.01,
                "{states} states, cost {cost}: {share:.3}, expected {expected:.3}"
            );
        }
    }

    #[test]
    fn movers_constants_make_the_stated_shares_stationary() {
        let shares = [0.05, 0.1, 0.25, 0.6, 0.0];
        for cost in [0.0, 0.5, 2.0, 6.0] {
            let k = libm::exp(-cost);
            let b: Vec<f64> = movers_constants(&shares, k).into_iter().map(libm::exp).collect();
            assert!((b.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            let stay = |i: usize, j: usize| if i == j { b[j] } else { k * b[j] };
            for j in 0..shares.len() {
                let into: f64 = (0..shares.len())
                    .map(|i| shares[i] * stay(i, j) / (0..shares.len()).map(|l| stay(i, l)).sum::<f64>())
                    .sum();
                assert!((into - shares[j]).abs() < 1e-9, "cost {cost}, option {j}: {into}");
            }
        }
    }

    #[test]
    fn the_inclusive_value_is_zero_without_risk_and_held_up_by_one_safe_place() {
        let options = Options::new(&keys(8), &[1.0; 8], 2.0);
        assert!(options.inclusive_value(|_| 0.0).abs() < 1e-12);
        assert!((options.inclusive_value(|_| 2.0) + 2.0).abs() < 1e-12);
        let one_safe = options.inclusive_value(|option| if option == 7 { 0.0 } else { 50.0 });
        assert!((one_safe - libm::log(0.125)).abs() < 1e-9);
    }
}
