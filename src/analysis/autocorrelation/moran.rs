//! Moran's I: whether neighbours are alike, over the whole map.

use super::{Permutations, Permuted, Significance, permutation::permuted, prepared::Prepared};
use crate::analysis::{AnalysisError, Transform, Weights, weights::Sums};

/// Moran's I of a map, and what chance would give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moran {
    /// I = n/S₀ · z'Wz / z'z: near 1 where neighbours are alike, near 0 where they are not related,
    /// below 0 where they are opposites.
    pub i: f64,
    /// What chance gives on average, -1/(n-1).
    pub expected: f64,
    /// If the values come from a normal distribution.
    pub normality: Option<Significance>,
    /// If the values are dealt out to the units at random.
    pub randomisation: Option<Significance>,
    /// How many units have a value.
    pub units: usize,
    /// How many of them have no neighbour with a value. They stay in n, mean and variance.
    pub islands: usize,
    /// How many units have no value, and were dropped before the weights were transformed.
    pub missing: usize,
}

impl Moran {
    /// I with units without neighbours left out of n, as spdep has it: I·(n - islands)/n.
    pub fn i_without_islands(&self) -> f64 {
        self.i * (self.units - self.islands) as f64 / self.units as f64
    }
}

/// Moran's I (Moran 1950) with its moments under normality and under randomisation (Cliff and Ord
/// 1981). Both tests are two-sided. Linear in the links.
///
/// # Errors
/// When the lists differ in length, fewer than 4 units have a value, all values are the same, or no
/// two units with values are neighbours.
pub fn moran(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
) -> Result<Moran, AnalysisError> {
    let of = Prepared::new(values, weights, transform, 4)?;
    let n = of.len() as f64;
    let Sums { s0, s1, s2 } = of.weights.sums();
    let i = n / s0 * of.weights.pairs().sum(&of.z, |a, b| a * b) / of.squares;
    let expected = -1.0 / (n - 1.0);
    let core = n * n * s1 - n * s2 + 3.0 * s0 * s0;
    let normality = core / (s0 * s0 * (n * n - 1.0)) - expected * expected;
    let k = of.kurtosis();
    let randomisation = (n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0)
        - k * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0))
        / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0)
        - expected * expected;
    Ok(Moran {
        i,
        expected,
        normality: Significance::of(i, expected, normality),
        randomisation: Significance::of(i, expected, randomisation),
        units: of.len(),
        islands: of.weights.islands().len(),
        missing: of.missing(),
    })
}

/// Moran's I against values that are dealt out anew. Cost: the links, once a permutation, over all
/// threads.
///
/// # Errors
/// As [`moran`].
pub fn moran_permuted(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    permutations: Permutations,
) -> Result<Permuted, AnalysisError> {
    let (of, statistic) = statistic(values, weights, transform)?;
    permuted(&of.z, permutations, statistic)
}

/// Moran's I of the values in given orders, each of which says whose value a unit gets, among the
/// units that have one: for orders that another program drew.
///
/// # Errors
/// As [`moran`], and when an order is not of as many units as have a value, or names another.
pub fn moran_of_orders(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
    orders: &[Vec<u32>],
) -> Result<Vec<f64>, AnalysisError> {
    let (of, statistic) = statistic(values, weights, transform)?;
    let one = |order: &Vec<u32>| {
        AnalysisError::check_length("an order", order.len(), of.len())?;
        let dealt: Option<Vec<f64>> =
            order.iter().map(|&place| of.z.get(place as usize).copied()).collect();
        dealt.map(|dealt| statistic(&dealt)).ok_or(AnalysisError::Parameter {
            what: "a place in an order",
            got: order.iter().copied().max().map_or(0.0, f64::from),
            allowed: "a unit with a value",
        })
    };
    orders.iter().map(one).collect()
}

/// I of deviations in any order.
fn statistic(
    values: &[f64],
    weights: &Weights,
    transform: Transform,
) -> Result<(Prepared, impl Fn(&[f64]) -> f64 + Sync), AnalysisError> {
    let of = Prepared::new(values, weights, transform, 4)?;
    let pairs = of.weights.pairs();
    let factor = of.len() as f64 / of.weights.sum() / of.squares;
    Ok((of, move |z: &[f64]| factor * pairs.sum(z, |a, b| a * b)))
}
