//! Theil's T: how much of the inequality lies between gemeenten, and how much within them.

use std::collections::BTreeMap;

use super::weighed::{total_and_mean, weighed_ratios};
use crate::analysis::{AnalysisError, numbers::finite};

/// Theil's T with its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Theil {
    /// T = Σ (wᵢ/W)(yᵢ/μ) ln(yᵢ/μ).
    pub total: f64,
    /// Σ s_g ln(μ_g/μ), s_g the part of all income in group g.
    pub between: f64,
    /// Σ s_g T_g.
    pub within: f64,
    /// The part that lies between groups; `None` where there is no inequality.
    pub share_between: Option<f64>,
    /// T_g of each group.
    pub groups: BTreeMap<u32, f64>,
    /// How many units it is of.
    pub units: usize,
}

/// Theil's T (Theil 1967) weighed by people or households, between and within groups: gemeenten,
/// say, one a unit. Without weights a buurt of 20 counts as one of 5,000. n log n in the groups.
///
/// # Errors
/// When the lists differ in length, nothing is left to weigh, or a value is not above zero: scores
/// around zero have no T, see [`variance_split`](super::variance_split).
pub fn theil(
    values: &[f64],
    weights: Option<&[f64]>,
    groups: &[u32],
) -> Result<Theil, AnalysisError> {
    AnalysisError::check_length("the groups", groups.len(), values.len())?;
    let units = weighed_ratios(values, weights)?;
    let (all, mean) = total_and_mean(&units);
    // Of each group: weight, weight times value, and that times ln of the value.
    let mut sums: BTreeMap<u32, [f64; 3]> = BTreeMap::new();
    for one in &units {
        let (weight, value) = (one.weight / all, one.value / mean);
        let sum = sums.entry(groups[one.unit]).or_default();
        sum[0] += weight;
        sum[1] += weight * value;
        sum[2] += weight * value * value.ln();
    }
    let (mut between, mut within) = (0.0, 0.0);
    let mut of_groups = BTreeMap::new();
    for (group, [weight, income, logs]) in sums {
        let mean = income / weight;
        let own = (logs / income - mean.ln()).max(0.0);
        between += income * mean.ln();
        within += income * own;
        of_groups.insert(group, finite("Theil's T", own)?);
    }
    let (between, within) = (finite("Theil's T", between)?.max(0.0), finite("Theil's T", within)?);
    let total = between + within;
    let share_between = (total > 0.0).then(|| between / total);
    Ok(Theil { total, between, within, share_between, groups: of_groups, units: units.len() })
}
