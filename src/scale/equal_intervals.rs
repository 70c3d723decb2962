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
    // The range of huge values of both signs is no finite number; its k-th part may be.
    let width = if range.is_finite() { range / k } else { max / k - min / k };
    let mut breaks: Vec<f64> = (1..classes)
        .map(|step| min + step as f64 * width)
        .filter(|&bound| min <= bound && bound < max)
        .collect();
    breaks.dedup();
    Some(breaks)
}
