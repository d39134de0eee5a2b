//! Every level of every factor by itself, all others as the scenario has them.

/// The point without a change, then each level of each factor alone. None when there are more points than `most`.
#[must_use]
pub fn one_at_a_time(levels: &[usize], most: usize) -> Option<Vec<Vec<Option<usize>>>> {
    if levels.iter().sum::<usize>() >= most {
        return None;
    }
    let mut points = vec![vec![None; levels.len()]];
    for (factor, count) in levels.iter().enumerate() {
        for level in 0..*count {
            let mut point = vec![None; levels.len()];
            point[factor] = Some(level);
            points.push(point);
        }
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::one_at_a_time;

    #[test]
    fn one_change_a_point() {
        let points = one_at_a_time(&[1, 2], 4).expect("four points");
        assert_eq!(points, [[None, None], [Some(0), None], [None, Some(0)], [None, Some(1)]]);
        assert_eq!(one_at_a_time(&[1, 2], 3), None);
    }
}
