//! Breaks at round numbers.

/// Breaks at multiples of 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice numbers for graph
/// labels"): the step is the nice number nearest to 1/(k - 1) of the range, itself rounded up to
/// a nice number.
///
/// As [`breaks`](super::breaks), but `classes` is a wish: there may be fewer or more. A constant
/// column is one class, as are values so near together, for their size, that no round number
/// stands between them. `None` without values. O(n).
pub fn pretty(values: &[f64], classes: usize) -> Option<Vec<f64>> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let min = finite().reduce(f64::min)?;
    let max = finite().reduce(f64::max)?;
    // In tenths where the range itself is out of range: a power of ten keeps round numbers round.
    let unit = if (max - min).is_finite() { 1.0 } else { 10.0 };
    let (low, high) = (min / unit, max / unit);
    let step = Nice::new(high - low, Rounding::Up).and_then(|range| {
        Nice::new(range.times(1.0) / (classes.max(2) - 1) as f64, Rounding::Nearest)
    });
    let Some(step) = step else { return Some(Vec::new()) };
    let first = (low / step.times(1.0)).floor() + 1.0;
    let last = (high / step.times(1.0)).ceil() - 1.0;
    let mut breaks = Vec::new();
    let mut at = first;
    // Whole numbers beyond 2^53 do not grow by one: there no bound stands alone.
    while at <= last && at.abs() < 9e15 {
        breaks.push(step.times(at) * unit + 0.0);
        at += 1.0;
    }
    breaks.retain(|bound| (min..max).contains(bound));
    breaks.dedup();
    Some(breaks)
}

#[derive(Clone, Copy)]
enum Rounding {
    Up,
    Nearest,
}

/// 1, 2 or 5 times a power of ten.
struct Nice {
    digit: f64,
    exponent: i32,
}

impl Nice {
    /// The nice number at `value`, which is positive and finite; `None` for any other, and near
    /// the ends of the range of `f64`.
    fn new(value: f64, rounding: Rounding) -> Option<Self> {
        if !(value > 0.0 && value.is_finite()) {
            return None;
        }
        let exponent = value.log10().floor() as i32;
        let fraction = value / 10_f64.powi(exponent);
        let digit = match rounding {
            Rounding::Up => [1.0, 2.0, 5.0].into_iter().find(|nice| fraction <= *nice),
            Rounding::Nearest => [(1.5, 1.0), (3.0, 2.0), (7.0, 5.0)]
                .into_iter()
                .find_map(|(below, nice)| (fraction < below).then_some(nice)),
        };
        let nice = Self { digit: digit.unwrap_or(10.0), exponent };
        (nice.times(1.0) > 0.0 && nice.times(1.0).is_finite()).then_some(nice)
    }

    /// `count` times the number. Below 1 by a division, so that 3 times 0.1 is 0.3.
    fn times(&self, count: f64) -> f64 {
        let power = 10_f64.powi(self.exponent.abs());
        if self.exponent < 0 { count * self.digit / power } else { count * self.digit * power }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bounds_are_round() {
        let values: Vec<f64> = (0..=10).map(|tenths| f64::from(tenths) / 10.0).collect();
        assert_eq!(pretty(&values, 6), Some(vec![0.2, 0.4, 0.6, 0.8]));
        assert_eq!(pretty(&[-4.2, -1.0, 0.0, 2.5, 2.5, 7.0], 3), Some(vec![0.0]));
        assert_eq!(pretty(&[1_234_567.0, 1_240_000.0], 3), Some(vec![1_235_000.0]));
    }

    #[test]
    fn anything_is_defined() {
        assert_eq!(pretty(&[], 5), None);
        assert_eq!(pretty(&[f64::NAN], 5), None);
        assert_eq!(pretty(&[3.0; 4], 5), Some(vec![]));
        assert_eq!(pretty(&[0.0, f64::from_bits(1)], 5), Some(vec![]));
        assert_eq!(pretty(&[1e17, 1e17_f64.next_up()], 9), Some(vec![]));
        let max = f64::MAX;
        assert_eq!(pretty(&[-max, max], 3), Some(vec![0.0]));
        assert!(pretty(&[0.0, 1.0], 0).is_some_and(|breaks| breaks.len() < 3));
    }

    proptest! {
        #[test]
        fn the_steps_are_equal_and_reach_both_ends(
            values in prop::collection::vec(-100_000..100_000_i32, 2..40),
            k in 2..10_usize,
            exponent in -6..7_i32,
        ) {
            let values: Vec<f64> =
                values.into_iter().map(|v| f64::from(v) * 10_f64.powi(exponent)).collect();
            let min = values.iter().copied().fold(f64::INFINITY, f64::min);
            let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let breaks = pretty(&values, k).expect("values");
            prop_assert!(breaks.len() <= 2 * k + 2, "{} bounds for {k}", breaks.len());
            let steps: Vec<f64> = breaks.windows(2).map(|pair| pair[1] - pair[0]).collect();
            if let (Some(step), Some(first), Some(last)) =
                (steps.first(), breaks.first(), breaks.last())
            {
                let near = step * 1e-6;
                prop_assert!(steps.iter().all(|other| (other - step).abs() < near), "{steps:?}");
                prop_assert!(first - min <= step + near && max - last <= step + near);
            }
        }
    }
}
