//! Equal intervals.

/// Breaks at equal distances between the lowest and the highest value: min + j·(max - min)/k.
///
/// As [`breaks`](super::breaks): a constant column is one class, and classes so narrow that two
/// bounds are the same number become one. `None` without values. O(n).
pub fn equal_intervals(values: &[f64], classes: usize) -> Option<Vec<f64>> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let min = finite().reduce(f64::min)?;
    let max = finite().reduce(f64::max)?;
    let k = classes.max(1) as f64;
    let range = max - min;
    let bound = |step: f64| {
        if range.is_finite() {
            min + step * (range / k)
        } else {
            min * (1.0 - step / k) + max * (step / k)
        }
    };
    let mut breaks: Vec<f64> = (1..classes)
        .map(|step| bound(step as f64))
        .filter(|&bound| min <= bound && bound < max)
        .collect();
    breaks.dedup();
    Some(breaks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_constant_column_is_one_class() {
        assert_eq!(equal_intervals(&[3.0; 7], 3), Some(vec![]));
        assert_eq!(equal_intervals(&[], 3), None);
        assert_eq!(equal_intervals(&[f64::NAN], 3), None);
    }

    #[test]
    fn bounds_are_not_accumulated() {
        // Adding 0.1 nine times gives 0.9999999999999999, and 1 would leave its class.
        let values: Vec<f64> = (0..=10).map(f64::from).map(|v| v / 10.0).collect();
        assert_eq!(equal_intervals(&values, 10).map(|b| b[6]), Some(7.0 * 0.1));
        assert_eq!(equal_intervals(&[0.0, 9.0], 9), Some((1..9).map(f64::from).collect()));
    }

    #[test]
    fn any_finite_range_is_divided() {
        let max = f64::MAX;
        let halves = equal_intervals(&[-max, max], 4).expect("values");
        assert!(halves.iter().all(|bound| bound.is_finite()), "{halves:?}");
        assert_eq!(halves.len(), 3);
        // Two neighbouring numbers have room for one bound only.
        assert_eq!(equal_intervals(&[1.0, 1.0_f64.next_up()], 9), Some(vec![1.0]));
    }

    proptest! {
        #[test]
        fn bounds_stand_at_equal_distances(
            values in prop::collection::vec(-1e6..1e6_f64, 2..50),
            k in 1..10_usize,
        ) {
            let min = values.iter().copied().fold(f64::INFINITY, f64::min);
            let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            prop_assume!(max - min > 1e-3);
            let mut bounds = equal_intervals(&values, k).expect("values");
            prop_assert_eq!(bounds.len(), k - 1);
            bounds.insert(0, min);
            bounds.push(max);
            for pair in bounds.windows(2) {
                prop_assert!((pair[1] - pair[0] - (max - min) / k as f64).abs() < 1e-9 * 1e6);
            }
        }
    }
}
