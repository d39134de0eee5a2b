//! Every combination of levels, in numbers of levels.

/// All combinations of the levels of each factor, the last factor changing fastest; one empty combination of no
/// factors. None when there are more than `most`.
#[must_use]
pub fn grid(levels: &[usize], most: usize) -> Option<Vec<Vec<usize>>> {
    let count = levels.iter().try_fold(1_usize, |count, levels| count.checked_mul(*levels))?;
    if count > most {
        return None;
    }
    let combination = |number: usize| {
        let mut left = number;
        let mut point: Vec<usize> = levels
            .iter()
            .rev()
            .map(|levels| {
                let level = left % levels;
                left /= levels;
                level
            })
            .collect();
        point.reverse();
        point
    };
    Some((0..count).map(combination).collect())
}

#[cfg(test)]
mod tests {
    use super::grid;

    #[test]
    fn every_combination_once_and_a_limit() {
        let all = grid(&[2, 3], 6).expect("six");
        assert_eq!(all, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert_eq!(grid(&[2, 3], 5), None);
        assert_eq!(grid(&[], 1), Some(vec![vec![]]));
        assert_eq!(grid(&[2, 0], 9), Some(vec![]));
        assert_eq!(grid(&[usize::MAX, 3], usize::MAX), None);
    }
}
