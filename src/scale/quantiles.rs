//! Quantiles.

use super::ascending::ascending;

/// Breaks at the quantiles j/k, of type 7 of Hyndman and Fan (1996): linear between the order
/// statistics around (n - 1)·j/k.
///
/// As [`breaks`](super::breaks): equal quantiles become one, so that ties are never split and
/// there may be fewer classes. Where there are no more values than classes, each distinct value
/// is a class. Above a tie an interpolated quantile may bound a class that holds no value. `None`
/// without values. O(n log n).
pub fn quantiles(values: &[f64], classes: usize) -> Option<Vec<f64>> {
    let sorted = ascending(values);
    let (&max, last) = (sorted.last()?, sorted.len() - 1);
    let k = classes.max(1);
    if sorted.len() <= k {
        let mut distinct = sorted;
        distinct.dedup();
        distinct.pop();
        return Some(distinct);
    }
    // Whole numbers, so that a quantile that falls on a value is that value to the last bit.
    // u128: no product of two lengths overflows it.
    let mut breaks: Vec<f64> = (1..k)
        .filter_map(|step| {
            let place = last as u128 * step as u128;
            let below = (place / k as u128) as usize;
            between(&sorted, below, (place % k as u128) as f64 / k as f64)
        })
        .filter(|&bound| bound < max)
        .collect();
    breaks.dedup();
    Some(breaks)
}

/// Breaks at percentiles, of the same type 7: 50 is the median. What is no number from 0 to 100
/// is left out.
///
/// As [`breaks`](super::breaks): equal percentiles become one. `None` without values.
/// O(n log n).
pub fn percentiles(values: &[f64], percents: &[f64]) -> Option<Vec<f64>> {
    let sorted = ascending(values);
    let (&max, last) = (sorted.last()?, sorted.len() - 1);
    let mut breaks: Vec<f64> = percents
        .iter()
        .filter(|percent| (0.0..=100.0).contains(*percent))
        .filter_map(|percent| {
            let place = last as f64 * percent / 100.0;
            between(&sorted, place.floor() as usize, place.fract())
        })
        .filter(|&bound| bound < max)
        .collect();
    breaks.sort_unstable_by(f64::total_cmp);
    breaks.dedup();
    Some(breaks)
}

/// The number at a place between two that follow each other in `sorted`: on the last there is no
/// next.
pub(super) fn between(sorted: &[f64], below: usize, fraction: f64) -> Option<f64> {
    let &low = sorted.get(below)?;
    let &high = sorted.get(below + 1).unwrap_or(&low);
    Some((low * (1.0 - fraction) + high * fraction).clamp(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_are_never_split() {
        let values: Vec<f64> = [0.0; 12].into_iter().chain([1.0, 1.0, 2.0, 40.0]).collect();
        assert_eq!(quantiles(&values, 3), Some(vec![0.0]));
        assert_eq!(quantiles(&[1.0, 1.0, 1.0, 9.0], 3), Some(vec![1.0]));
        assert_eq!(quantiles(&[3.0; 7], 3), Some(vec![]));
        assert_eq!(quantiles(&[0.0, 10.0, 0.0], 4), Some(vec![0.0]));
        assert_eq!(quantiles(&[], 3), None);
    }

    #[test]
    fn a_quantile_on_a_value_is_that_value() {
        // With 10 values and 3 classes the quantiles are the 4th and the 7th.
        let values: Vec<f64> = (1..=10).map(|v| f64::from(v) * 0.1).collect();
        assert_eq!(quantiles(&values, 3), Some(vec![4.0 * 0.1, 7.0 * 0.1]));
    }

    #[test]
    fn huge_values_of_both_signs_interpolate() {
        let max = f64::MAX;
        assert_eq!(quantiles(&[-max, -max, max, max, 0.0], 2), Some(vec![0.0]));
        let four = quantiles(&[-max, -1.0, 1.0, max], 2).expect("values");
        assert_eq!(four, [0.0]);
    }

    #[test]
    fn percentiles_are_quantiles_of_a_hundred() {
        let values: Vec<f64> = (0..=200).map(f64::from).collect();
        let got = percentiles(&values, &[90.0, 1.0, 50.0, 50.0, 100.0, 101.0, f64::NAN]);
        assert_eq!(got, Some(vec![2.0, 100.0, 180.0]));
        assert_eq!(percentiles(&[0.0, 0.0, 0.0, 9.0], &[1.0, 10.0, 50.0]), Some(vec![0.0]));
        assert_eq!(percentiles(&[5.0], &[1.0, 50.0]), Some(vec![]));
        assert_eq!(percentiles(&[], &[50.0]), None);
        let quarters = quantiles(&values[3..], 4);
        assert_eq!(percentiles(&values[3..], &[25.0, 50.0, 75.0]), quarters);
    }

    proptest! {
        /// Type 7 as Hyndman and Fan define it: the inverse of the empirical distribution that
        /// passes (j - 1)/(n - 1) at the j-th value, found here by bisection.
        #[test]
        fn the_quantile_inverts_the_distribution(
            values in prop::collection::hash_set(-10_000..10_000_i32, 12..200),
            k in 2..10_usize,
        ) {
            let values: Vec<f64> = values.into_iter().map(|v| f64::from(v) / 10.0).collect();
            let sorted = ascending(&values);
            let share = |x: f64| {
                let below = sorted.partition_point(|v| *v <= x).clamp(1, sorted.len() - 1);
                let (a, b) = (sorted[below - 1], sorted[below]);
                ((below - 1) as f64 + (x - a) / (b - a)) / (sorted.len() - 1) as f64
            };
            let got = quantiles(&values, k).expect("values");
            prop_assert_eq!(got.len(), k - 1);
            for (step, bound) in got.into_iter().enumerate() {
                prop_assert!((share(bound) - (step + 1) as f64 / k as f64).abs() < 1e-9);
            }
        }

        #[test]
        fn classes_of_distinct_values_are_about_equally_large(
            values in prop::collection::hash_set(-10_000..10_000_i32, 12..200),
            k in 2..10_usize,
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let breaks = quantiles(&values, k).expect("values");
            let mut sizes = vec![0_usize; k];
            for value in &values {
                sizes[breaks.partition_point(|bound| bound < value)] += 1;
            }
            let spread = sizes.iter().max().zip(sizes.iter().min()).map(|(a, b)| a - b);
            prop_assert!(spread <= Some(2), "{sizes:?}");
        }
    }
}
