//! Bivariate Moran: whether one quantity here goes with another next door.

use super::{Permutations, Permuted, permutation::permuted, prepared::Prepared};
use crate::analysis::{
    AnalysisError, Transform, Weights,
    numbers::{complete, dot},
};

/// The bivariate Moran's I, zₓ'Wz_y/(n-1) with standard deviations of samples (Wartenberg 1985),
/// over units that have both values. It is no correlation of the two in one place. Linear in the
/// links.
///
/// # Errors
/// As [`moran`](super::moran), for each of the two.
pub fn bivariate_moran(
    x: &[f64],
    y: &[f64],
    weights: &Weights,
    transform: Transform,
) -> Result<f64, AnalysisError> {
    let (lags, y) = lags(x, y, weights, transform)?;
    Ok(dot(&lags, &y))
}

/// The bivariate Moran's I while the second quantity is dealt out anew.
///
/// # Errors
/// As [`bivariate_moran`].
pub fn bivariate_moran_permuted(
    x: &[f64],
    y: &[f64],
    weights: &Weights,
    transform: Transform,
    permutations: Permutations,
) -> Result<Permuted, AnalysisError> {
    let (lags, y) = lags(x, y, weights, transform)?;
    permuted(&y, permutations, |y| dot(&lags, y))
}

/// What each deviation of y counts for, Σᵢ zₓᵢwᵢⱼ over the deviations' size, and those deviations.
fn lags(
    x: &[f64],
    y: &[f64],
    weights: &Weights,
    transform: Transform,
) -> Result<(Vec<f64>, Vec<f64>), AnalysisError> {
    AnalysisError::check_length("the second values", y.len(), x.len())?;
    let both = complete(&[x, y]);
    let x = Prepared::among(both.clone(), x, weights, transform, 4)?;
    let y = Prepared::among(both, y, weights, transform, 4)?;
    // zₓ'Wz_y/(n-1) with both divided by their standard deviations: n-1 falls out.
    let size = (x.squares * y.squares).sqrt();
    let mut lags = vec![0.0; x.len()];
    for (unit, z) in x.z.iter().enumerate() {
        for (neighbour, weight) in x.weights.row(unit) {
            lags[neighbour as usize] += z * weight / size;
        }
    }
    Ok((lags, y.z))
}
