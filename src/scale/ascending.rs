//! Values in the order that breaks are made from.

/// The finite values, ascending; 0 and -0 are the same number.
pub(super) fn ascending(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> =
        values.iter().copied().filter(|value| value.is_finite()).map(|value| value + 0.0).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}
