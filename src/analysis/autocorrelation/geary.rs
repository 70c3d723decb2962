//! Geary's C: how much neighbours differ.

use super::{Permutations, Permuted, Significance, permutation::permuted, prepared::Prepared};
use crate::analysis::{AnalysisError, Transform, Weights, weights::Sums};

/// Geary's C of a map, and what chance would give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geary {
    /// C = (n-1) Σ wᵢⱼ(xᵢ-xⱼ)² / (2 S₀ Σ z²): below 1 where neighbours are alike, above 1 where
    /// they differ. Chance gives 1.
    pub c: f64,
    /// If the values come from a normal distribution.
    pub normality: Option<Significance>,
    /// If the values are dealt out to the units at random.
    pub randomisation: Option<Significance>,
    /// How many units have a value.
    pub units: usize,
    /// How many units have none.
    pub missing: usize,
}

/// Geary's C (Geary 1954) with its moments (Cliff and Ord 1981). Both tests are two-sided. Linear
/// in the links.
///
/// # Errors
/// As [`moran`](super::moran).
pub fn geary(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
) -> Result<Geary, AnalysisError> {
    let of = Prepared::new(values, weights, transform, 4)?;
    let n = of.len() as f64;
    let Sums { s0, s1, s2 } = of.weights.sums();
    let c = factor(&of) * of.weights.pairs().sum(&of.z, |a, b| (a - b).powi(2));
    let normality = ((2.0 * s1 + s2) * (n - 1.0) - 4.0 * s0 * s0) / (2.0 * (n + 1.0) * s0 * s0);
    let k = of.kurtosis();
    let squared = n * n;
    let randomisation = ((n - 1.0) * s1 * (squared - 3.0 * n + 3.0 - (n - 1.0) * k)
        - 0.25 * (n - 1.0) * s2 * (squared + 3.0 * n - 6.0 - (squared - n + 2.0) * k)
        + s0 * s0 * (squared - 3.0 - (n - 1.0).powi(2) * k))
        / (n * (n - 2.0) * (n - 3.0) * s0 * s0);
    Ok(Geary {
        c,
        normality: Significance::of(c, 1.0, normality),
        randomisation: Significance::of(c, 1.0, randomisation),
        units: of.len(),
        missing: of.missing(),
    })
}

/// Geary's C against values that are dealt out anew.
///
/// # Errors
/// As [`moran`](super::moran).
pub fn geary_permuted(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    permutations: Permutations,
) -> Result<Permuted, AnalysisError> {
    let of = Prepared::new(values, weights, transform, 4)?;
    let (pairs, factor) = (of.weights.pairs(), factor(&of));
    permuted(&of.z, permutations, |z| factor * pairs.sum(z, |a, b| (a - b).powi(2)))
}

fn factor(of: &Prepared) -> f64 {
    (of.len() as f64 - 1.0) / (2.0 * of.weights.sum() * of.squares)
}
