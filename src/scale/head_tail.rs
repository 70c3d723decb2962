//! Head/tail breaks, for values of which few are large and many small.

use super::{ascending::ascending, moments::mean};

/// When the head is no longer divided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HeadTailStop {
    /// Only when all values of the head are the same.
    Never,
    /// Head/tail breaks 1.0 (Jiang 2013): when the head holds more than this share of the values
    /// that it was divided from; Jiang takes 0.4.
    Share(f64),
    /// Head/tail breaks 2.0 (Jiang 2019): when the mean of all those shares so far is more than
    /// this; Jiang takes 0.4.
    MeanShare(f64),
}

/// Breaks at the mean of all values, at the mean of those above it (the head), and so on.
///
/// As [`breaks`](super::breaks): a constant column is one class. How many classes there are
/// follows from the values. `None` without values. O(n log n).
pub fn head_tail(values: &[f64], stop: HeadTailStop) -> Option<Vec<f64>> {
    let sorted = ascending(values);
    let max = *sorted.last()?;
    let mut head = sorted.as_slice();
    let (mut breaks, mut shares) = (Vec::new(), 0.0);
    while head.first().is_some_and(|&least| least < max) {
        let bound = mean(head);
        let above = head.partition_point(|&value| value <= bound);
        let share = (head.len() - above) as f64 / head.len() as f64;
        // Rounding can bring the mean of near numbers to the highest: then nothing is above it.
        if share == 0.0 {
            break;
        }
        breaks.push(bound);
        shares += share;
        let is_last = match stop {
            HeadTailStop::Never => false,
            HeadTailStop::Share(most) => share > most,
            HeadTailStop::MeanShare(most) => shares / breaks.len() as f64 > most,
        };
        if is_last {
            break;
        }
        head = head.get(above..).unwrap_or_default();
    }
    Some(breaks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_mean_divides_the_head_until_it_is_no_minority() {
        // 1, 1/2, … 1/10: the head of 3 has 3 of 10, the next 1 of 3, and one value is left.
        let values: Vec<f64> = (1..=10).map(|rank| 1.0 / f64::from(rank)).collect();
        let all = head_tail(&values, HeadTailStop::Never).expect("values");
        let heads: Vec<usize> =
            all.iter().map(|bound| values.iter().filter(|v| *v > bound).count()).collect();
        assert_eq!(heads, [3, 1]);
        assert_eq!(head_tail(&values, HeadTailStop::Share(0.4)), Some(all.clone()));
        assert_eq!(head_tail(&values, HeadTailStop::Share(0.2)), Some(all[..1].to_vec()));
    }

    #[test]
    fn the_second_version_looks_at_the_mean_share() {
        // Shares of the heads: 0.25, 0.67, 0.5; their means so far: 0.25, 0.46, 0.47.
        let values = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 8.0, 11.0, 12.0];
        let count = |stop| head_tail(&values, stop).map(|breaks| breaks.len());
        assert_eq!(count(HeadTailStop::Never), Some(3));
        assert_eq!(count(HeadTailStop::Share(0.4)), Some(2));
        assert_eq!(count(HeadTailStop::Share(0.5)), Some(2));
        assert_eq!(count(HeadTailStop::MeanShare(0.5)), Some(3));
    }

    #[test]
    fn few_values_are_defined() {
        assert_eq!(head_tail(&[], HeadTailStop::Never), None);
        assert_eq!(head_tail(&[f64::NAN, f64::INFINITY], HeadTailStop::Never), None);
        assert_eq!(head_tail(&[5.0], HeadTailStop::Never), Some(vec![]));
        assert_eq!(head_tail(&[3.0; 7], HeadTailStop::Never), Some(vec![]));
        let (low, high) = (1.0_f64, 1.0_f64.next_up());
        assert_eq!(head_tail(&[low, high], HeadTailStop::Never), Some(vec![low]));
        let max = f64::MAX;
        assert_eq!(head_tail(&[-max, max], HeadTailStop::Never), Some(vec![0.0]));
    }

    proptest! {
        #[test]
        fn each_break_is_the_mean_of_all_above_the_one_before(
            values in prop::collection::vec(0..1_000_i32, 1..80),
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let breaks = head_tail(&values, HeadTailStop::Never).expect("values");
            let mut before = f64::NEG_INFINITY;
            for bound in breaks {
                let head: Vec<f64> = values.iter().copied().filter(|v| *v > before).collect();
                let mean = head.iter().sum::<f64>() / head.len() as f64;
                prop_assert!((bound - mean).abs() < 1e-9, "{bound} for {mean}");
                before = bound;
            }
            let mut rest: Vec<f64> = values.iter().copied().filter(|v| *v > before).collect();
            rest.dedup();
            prop_assert_eq!(rest.len(), 1, "the last head is constant");
        }
    }
}
