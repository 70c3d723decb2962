//! Join counts: whether places with a mark lie beside each other.

use super::{Permutations, Permuted, Significance, permutation::permuted, prepared::Prepared};
use crate::analysis::{AnalysisError, Transform, Weights};

/// Pairs of neighbours by whether both, one or none of the two are marked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JoinCounts {
    /// Both.
    pub both: f64,
    /// One of them.
    pub one: f64,
    /// Neither.
    pub none: f64,
    /// How many pairs with both marks chance gives.
    pub expected_both: f64,
    /// How many pairs with one mark chance gives.
    pub expected_one: f64,
    /// The first against chance.
    pub significance_both: Option<Significance>,
    /// The second against chance.
    pub significance_one: Option<Significance>,
    /// How many units are marked.
    pub marked: usize,
    /// How many units there are, without those of which it is not known.
    pub units: usize,
}

/// Join counts with binary weights and their moments when the number of marks is given (non-free
/// sampling; Cliff and Ord 1981): BB = ½ Σ wᵢⱼbᵢbⱼ. Marks are 1, others 0; missing is neither.
/// Linear in the links.
///
/// # Errors
/// As [`moran`](super::moran); and when a value is neither 0 nor 1.
pub fn join_counts(marks: &[f64], weights: &Weights) -> Result<JoinCounts, AnalysisError> {
    let of = prepared(marks, weights)?;
    let pairs = of.weights.pairs();
    let sums = of.weights.sums();
    let count = |f: fn(f64, f64) -> f64| pairs.sum(&of.values, f) / 2.0;
    let both = count(|a, b| a * b);
    let none = count(|a, b| (1.0 - a) * (1.0 - b));
    let one = sums.s0 / 2.0 - both - none;

    let (n, b) = (of.len() as f64, of.values.iter().sum::<f64>());
    let w = n - b;
    // n(n-1)…, k factors.
    let falling = |n: f64, k: u32| (0..k).map(|i| n - f64::from(i)).product::<f64>();
    let (n2, n3, n4) = (falling(n, 2), falling(n, 3), falling(n, 4));
    let (s0, s1, s2) = (sums.s0, sums.s1, sums.s2);
    let expected_both = s0 / 2.0 * falling(b, 2) / n2;
    let expected_one = s0 * b * w / n2;
    let (threes, fours) = (s2 - 2.0 * s1, s0 * s0 + s1 - s2);
    let variance_both = 0.25
        * (s1 * falling(b, 2) / n2 + threes * falling(b, 3) / n3 + fours * falling(b, 4) / n4)
        - expected_both * expected_both;
    let variance_one = 0.25
        * (2.0 * s1 * b * w / n2
            + threes * b * w * (n - 2.0) / n3
            + 4.0 * fours * falling(b, 2) * falling(w, 2) / n4)
        - expected_one * expected_one;
    Ok(JoinCounts {
        both,
        one,
        none,
        expected_both,
        expected_one,
        significance_both: Significance::of(both, expected_both, variance_both),
        significance_one: Significance::of(one, expected_one, variance_one),
        marked: b as usize,
        units: of.len(),
    })
}

/// Pairs with both marks against marks that are dealt out anew.
///
/// # Errors
/// As [`join_counts`].
pub fn join_counts_permuted(
    marks: &[f64],
    weights: &Weights,
    permutations: Permutations,
) -> Result<Permuted, AnalysisError> {
    let of = prepared(marks, weights)?;
    let pairs = of.weights.pairs();
    permuted(&of.values, permutations, |marks| pairs.sum(marks, |a, b| a * b) / 2.0)
}

fn prepared(marks: &[f64], weights: &Weights) -> Result<Prepared, AnalysisError> {
    let is_mark = |mark: f64| mark == 0.0 || mark == 1.0;
    if let Some(&got) = marks.iter().find(|&&mark| mark.is_finite() && !is_mark(mark)) {
        return Err(AnalysisError::Parameter { what: "a mark", got, allowed: "0 or 1" });
    }
    Prepared::new(marks, weights, Transform::Binary, 4)
}
