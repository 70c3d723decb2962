//! Classes by the parts of a box plot.

use super::{ascending::ascending, quantiles::between};

/// Breaks at the fences and quartiles of a box plot (Tukey 1977): `hinge` times the interquartile
/// range below the lower quartile, the quartiles of type 7, and as far above the upper one. Tukey
/// takes 1.5.
///
/// As [`breaks`](super::breaks), but a bound has a meaning of its own: a class below the lowest or
/// above the highest value is kept, empty. Equal bounds become one; a constant column is one
/// class. `None` without values. O(n log n).
pub fn boxplot(values: &[f64], hinge: f64) -> Option<Vec<f64>> {
    let sorted = ascending(values);
    let (min, max) = (sorted.first()?, sorted.last()?);
    if min == max {
        return Some(Vec::new());
    }
    let last = sorted.len() - 1;
    let quartile = |step: usize| {
        between(&sorted, last / 4 * step + last % 4 * step / 4, {
            (last % 4 * step % 4) as f64 / 4.0
        })
    };
    let (low, median, high) = (quartile(1)?, quartile(2)?, quartile(3)?);
    let reach = hinge * (high - low);
    let mut breaks = vec![low - reach, low, median, high, high + reach];
    breaks.retain(|bound| bound.is_finite());
    breaks.sort_unstable_by(f64::total_cmp);
    breaks.dedup();
    Some(breaks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        assert_eq!(boxplot(&[1.0, 2.0, 3.0, 4.0, 9.0], 1.5), Some(vec![-1.0, 2.0, 3.0, 4.0, 7.0]));
        assert_eq!(boxplot(&[0.0, 1.0], 1.5), Some(vec![-0.5, 0.25, 0.5, 0.75, 1.5]));
    }

    #[test]
    fn equal_bounds_are_one() {
        assert_eq!(boxplot(&[0.0, 2.0, 2.0, 2.0, 2.0, 9.0], 1.5), Some(vec![2.0]));
        assert_eq!(boxplot(&[3.0; 4], 1.5), Some(vec![]));
        assert_eq!(boxplot(&[3.0], 1.5), Some(vec![]));
        assert_eq!(boxplot(&[f64::NAN], 1.5), None);
        let max = f64::MAX;
        assert_eq!(boxplot(&[-max, -max, 0.0, max, max], 1.5), Some(vec![-max, 0.0, max]));
    }

    proptest! {
        #[test]
        fn the_box_holds_the_middle_half(
            values in prop::collection::hash_set(-10_000..10_000_i32, 4..200),
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let breaks = boxplot(&values, 1.5).expect("values");
            prop_assert_eq!(breaks.len(), 5);
            let inside = values.iter().filter(|v| breaks[1] < **v && **v <= breaks[3]).count();
            prop_assert!((inside as f64 - values.len() as f64 / 2.0).abs() <= 1.0);
        }
    }
}
