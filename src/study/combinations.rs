//! Sets of places in a list.

/// All sets of so many of so many, in order.
pub(super) fn combinations(of: usize, size: usize) -> Vec<Vec<usize>> {
    let mut sets = vec![Vec::new()];
    for _ in 0..size {
        sets = sets
            .into_iter()
            .flat_map(|set: Vec<usize>| {
                let from = set.last().map_or(0, |last| last + 1);
                (from..of).map(move |next| [set.as_slice(), &[next]].concat())
            })
            .collect();
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::combinations;

    #[test]
    fn combinations_in_order() {
        assert_eq!(combinations(4, 2), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert_eq!(combinations(5, 3).len(), 10);
        assert!(combinations(2, 3).is_empty());
    }
}
