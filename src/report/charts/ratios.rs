//! Ticks of a logarithmic axis: 1, 2 and 5 times powers of ten, or powers alone where these would be too many.

/// Most ticks: their words have room on the narrowest axis.
const MOST: usize = 8;

/// The ticks that lie between two values above 0, each with its words; none where they would be fewer than two.
pub(super) fn ticks((low, high): (f64, f64)) -> Option<Vec<(f64, String)>> {
    // Of no value, or of one, there is no axis.
    if !(low > 0.0 && low < high && high.is_finite()) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "exponents of finite numbers")]
    let [first, last] = [low, high].map(|value| libm::floor(libm::log10(value)) as i32);
    let within = |times: &[i32], every: i32| -> Vec<(f64, String)> {
        let powers = (first..=last + 1).filter(|power| power % every == 0);
        let all = powers.flat_map(|power| times.iter().map(move |times| tick(*times, power)));
        // A bound that lies on a tick is not lost to rounding.
        let is_within = |value: f64| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(&value);
        all.filter(|(value, _)| is_within(*value)).collect()
    };
    let finest_first = std::iter::once(within(&[1, 2, 5], 1)).chain((1..).map(|every| within(&[1], every)));
    let found = finest_first.into_iter().find(|ticks| ticks.len() <= MOST)?;
    (found.len() > 1).then_some(found)
}

/// So many times a power of ten, in words that stay short.
fn tick(times: i32, power: i32) -> (f64, String) {
    let written = format!("{times}e{power}");
    let value = written.parse::<f64>().unwrap_or(f64::INFINITY);
    let words =
        if (-6..7).contains(&power) { super::scale::tick(value, libm::pow(10.0, f64::from(power))) } else { written };
    (value, words)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[track_caller]
    fn check(bounds: (f64, f64), expected: &[&str]) {
        let found = ticks(bounds).unwrap_or_default();
        assert_eq!(found.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn ticks_are_one_two_and_five_times_powers_of_ten() {
        check((90.0, 1460.0), &["100", "200", "500", "1,000"]);
        check((0.01, 1.0), &["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]);
        check((3.0, 11.0), &["5", "10"]);
        check((1.0, 10_000.0), &["1", "10", "100", "1,000", "10,000"]);
        check((1e-9, 1e9), &["1e-9", "0.000001", "0.001", "1", "1,000", "1,000,000", "1e9"]);
        check((f64::MIN_POSITIVE, f64::MAX), &["1e-231", "1e-154", "1e-77", "1", "1e77", "1e154", "1e231", "1e308"]);
    }

    #[test]
    fn fewer_than_two_are_none() {
        for bounds in [(300.0, 450.0), (4.0, 6.0), (7.0, 7.0), (f64::INFINITY, f64::NEG_INFINITY), (0.0, 10.0)] {
            assert_eq!(ticks(bounds), None, "{bounds:?}");
        }
    }
}
