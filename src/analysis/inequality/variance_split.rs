//! How much of the differences lies between groups, for values that may be below zero.

use std::collections::BTreeMap;

use super::weighed::{total_and_mean, weighed};
use crate::analysis::{AnalysisError, numbers::finite};

/// The variance between and within groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceSplit {
    /// The variance over all weight (population form).
    pub total: f64,
    /// That of the groups' means.
    pub between: f64,
    /// What is left within groups.
    pub within: f64,
    /// η², the part that lies between groups; `None` where nothing differs.
    pub share_between: Option<f64>,
    /// How many units it is of.
    pub units: usize,
}

/// Splits the variance over groups (η², Pearson 1903), weighed by people where weights are given:
/// what Theil's T is for incomes, for scores around zero. n log n in the groups.
///
/// # Errors
/// When the lists differ in length, a weight is below zero, nothing is left to weigh, or squares are
/// beyond the range of numbers.
pub fn variance_split(
    values: &[f64],
    weights: Option<&[f64]>,
    groups: &[u32],
) -> Result<VarianceSplit, AnalysisError> {
    AnalysisError::check_length("the groups", groups.len(), values.len())?;
    let units = weighed(values, weights, 1)?;
    let (all, mean) = total_and_mean(&units);
    let mut sums: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
    for one in &units {
        let sum = sums.entry(groups[one.unit]).or_default();
        sum[0] += one.weight / all;
        sum[1] += one.weight / all * (one.value - mean);
    }
    let means: BTreeMap<u32, f64> =
        sums.iter().map(|(group, [weight, sum])| (*group, sum / weight)).collect();
    let between: f64 = sums.values().map(|[weight, sum]| sum * sum / weight).sum();
    let within: f64 = units
        .iter()
        .map(|one| {
            let own = means.get(&groups[one.unit]).copied().unwrap_or(0.0);
            one.weight / all * (one.value - mean - own).powi(2)
        })
        .sum();
    let total = finite("the variance", between + within)?;
    let share_between = (total > 0.0).then(|| between / total);
    Ok(VarianceSplit { total, between, within, share_between, units: units.len() })
}
