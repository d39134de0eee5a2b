//! Every level of every factor by itself, all others as the scenario has them.

/// The point without a change, then each level of each factor alone.
#[must_use]
pub fn one_at_a_time(levels: &[usize]) -> Vec<Vec<Option<usize>>> {
    let mut points = vec![vec![None; levels.len()]];
    for (factor, count) in levels.iter().enumerate() {
        for level in 0..*count {
            let mut point = vec![None; levels.len()];
            point[factor] = Some(level);
            points.push(point);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::one_at_a_time;

    #[test]
    fn one_change_a_point() {
        let points = one_at_a_time(&[1, 2]);
        assert_eq!(points, [[None, None], [Some(0), None], [None, Some(0)], [None, Some(1)]]);
    }
}
