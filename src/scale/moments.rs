//! Mean and standard deviation, to the last digit.

use super::double::Double;

/// The mean of some finite numbers; 0 of none. It never lies outside them.
pub(super) fn mean(values: &[f64]) -> f64 {
    let factor = to_unit(values.iter().copied());
    mean_of(values.iter().map(|value| value * factor), values.len()) / factor
}

/// The mean of some finite numbers, and their standard deviation as that of a sample (the sum of
/// squares over n - 1); none for fewer than two numbers. It is infinite beyond the range of `f64`.
pub(super) fn mean_and_deviation(values: &[f64]) -> (f64, Option<f64>) {
    let factor = to_unit(values.iter().copied());
    let centre = mean_of(values.iter().map(|value| value * factor), values.len());
    let deviation = (values.len() > 1).then(|| {
        let squares = values.iter().fold(Double::ZERO, |sum, value| {
            let apart = value * factor - centre;
            sum.plus(Double::product(apart, apart))
        });
        (squares.high / (values.len() - 1) as f64).sqrt() / factor
    });
    (centre / factor, deviation)
}

fn mean_of(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    let sum = values.fold(Double::ZERO, |sum, value| sum.plus(Double { high: value, low: 0.0 }));
    let mean = sum.over(count.max(1) as f64);
    mean.high + mean.low
}

/// The power of two that brings the largest number near 1: it changes no digit, and keeps sums
/// and squares clear of overflow and underflow.
pub(super) fn to_unit(values: impl Iterator<Item = f64>) -> f64 {
    let largest = values.map(f64::abs).fold(f64::MIN_POSITIVE, f64::max);
    (-largest.log2().floor()).clamp(-1000.0, 1000.0).exp2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        assert_eq!(mean_and_deviation(&[1.0, 1.0, 1.0, 9.0]), (3.0, Some(4.0)));
        assert_eq!(mean_and_deviation(&[5.0]), (5.0, None));
        assert_eq!(mean_and_deviation(&[0.1; 7]), (0.1, Some(0.0)));
        assert_eq!(mean(&[]), 0.0);
    }

    #[test]
    fn any_finite_numbers_have_a_mean() {
        let (max, tiny) = (f64::MAX, f64::from_bits(1));
        assert_eq!(mean(&[max, max, max]), max);
        assert_eq!(mean(&[-max, max]), 0.0);
        assert_eq!(mean(&[tiny, tiny]), tiny);
        assert_eq!(mean(&[1e16, 1.0, -1e16]), 1.0 / 3.0);
    }

    proptest! {
        #[test]
        fn the_mean_lies_among_the_numbers(
            values in prop::collection::vec(prop::num::f64::NORMAL, 1..40),
        ) {
            let got = mean(&values);
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(least <= got && got <= most, "{got} of {values:?}");
        }
    }
}
