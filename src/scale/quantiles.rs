//! Quantiles.

use super::breaks::ascending;

/// Breaks at the quantiles j/k, of type 7 of Hyndman and Fan (1996): linear between the order
/// statistics around (n - 1)·j/k.
///
/// As [`breaks`](super::breaks): equal quantiles become one, so that ties are never split and
/// there may be fewer classes; with at most k distinct values each is a class. Between ties an
/// interpolated quantile may bound a class that holds no value. `None` without values.
/// O(n log n).
pub fn quantiles(values: &[f64], classes: usize) -> Option<Vec<f64>> {
    let sorted = ascending(values);
    let (&max, last) = (sorted.last()?, sorted.len() - 1);
    let k = classes.max(1);
    let mut distinct = sorted.clone();
    distinct.dedup();
    if distinct.len() <= k {
        distinct.pop();
        return Some(distinct);
    }
    // Whole numbers, so that a quantile that falls on a value is that value to the last bit.
    // u128: no product of two lengths overflows it.
    let mut breaks: Vec<f64> = (1..k)
        .filter_map(|step| {
            let place = last as u128 * step as u128;
            let below = (place / k as u128) as usize;
            let fraction = (place % k as u128) as f64 / k as f64;
            let (&low, &high) = (sorted.get(below)?, sorted.get(below + 1)?);
            Some((low * (1.0 - fraction) + high * fraction).clamp(low, high))
        })
        .filter(|&bound| bound < max)
        .collect();
    breaks.dedup();
    Some(breaks)
}
