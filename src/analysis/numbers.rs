//! Sums and checks that the measures share.

use super::AnalysisError;

/// The number, or an error where it is not finite.
pub(super) fn finite(what: &'static str, number: f64) -> Result<f64, AnalysisError> {
    number.is_finite().then_some(number).ok_or(AnalysisError::OutOfRange { what })
}

/// Refuses a parameter outside what is allowed; NaN is.
pub(super) fn check_parameter(
    what: &'static str,
    got: f64,
    allowed: &'static str,
    is_allowed: bool,
) -> Result<(), AnalysisError> {
    is_allowed.then_some(()).ok_or(AnalysisError::Parameter { what, got, allowed })
}

/// p·ln p, which is 0 at 0.
pub(super) fn p_ln_p(p: f64) -> f64 {
    if p > 0.0 { p * p.ln() } else { 0.0 }
}

/// The mean of numbers; 0 of none.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// What the numbers deviate from their mean.
pub(super) fn deviations(values: &[f64]) -> Vec<f64> {
    let mean = mean(values);
    values.iter().map(|value| value - mean).collect()
}

/// The sum of products of two lists.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Whether numbers differ by more than rounding: `sum_of_squares` is that of their deviations.
pub(super) fn differ(values: &[f64], sum_of_squares: f64) -> bool {
    let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let noise = largest * f64::EPSILON;
    sum_of_squares > noise * noise * values.len() as f64
}

/// Which units have a finite number in every list.
pub(super) fn complete(lists: &[&[f64]]) -> Vec<bool> {
    let units = lists.iter().map(|list| list.len()).min().unwrap_or(0);
    let mut complete = vec![true; units];
    for list in lists {
        for (is_complete, value) in complete.iter_mut().zip(*list) {
            *is_complete &= value.is_finite();
        }
    }
    complete
}

/// The entries of the units that are kept.
pub(super) fn select<T: Copy>(list: &[T], keep: &[bool]) -> Vec<T> {
    list.iter().zip(keep).filter(|(_, keep)| **keep).map(|(entry, _)| *entry).collect()
}
