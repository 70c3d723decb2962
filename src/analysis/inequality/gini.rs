//! Gini and Atkinson of values.

use super::weighed::{total_and_mean, weighed, weighed_ratios};
use crate::analysis::{
    AnalysisError,
    numbers::{check_parameter, finite},
};

/// The Gini coefficient of values, Σᵢⱼ wᵢwⱼ|yᵢ-yⱼ| / (2W²μ), weighed by people where weights are
/// given; 0 to 1. By sorting, n log n.
///
/// # Errors
/// When the lists differ in length, nothing is left to weigh, a value is below zero, or all are 0.
pub fn gini(values: &[f64], weights: Option<&[f64]>) -> Result<f64, AnalysisError> {
    let mut units = weighed(values, weights, 1)?;
    if let Some(one) = units.iter().find(|one| one.value < 0.0) {
        return Err(AnalysisError::Negative {
            what: "the value",
            unit: one.unit,
            value: one.value,
        });
    }
    units.sort_unstable_by(|a, b| a.value.total_cmp(&b.value));
    let (all, mean) = total_and_mean(&units);
    if mean <= 0.0 {
        return Err(AnalysisError::NoDenominator { what: "the values" });
    }
    let (mut weight_before, mut income_before, mut sum) = (0.0, 0.0, 0.0);
    for one in &units {
        let (weight, income) = (one.weight / all, one.weight / all * (one.value / mean));
        sum += income * weight_before - weight * income_before;
        weight_before += weight;
        income_before += income;
    }
    finite("Gini", sum).map(|gini| gini.clamp(0.0, 1.0))
}

/// Atkinson's index of values (Atkinson 1970), 1 - (Σ (wᵢ/W)(yᵢ/μ)^(1-ε))^(1/(1-ε)), and 1 less the
/// geometric over the arithmetic mean where ε is 1; the larger ε, the more the low end weighs. 0 to
/// 1. Linear.
///
/// # Errors
/// When the lists differ in length, nothing is left to weigh, a value is not above zero, or ε is
/// not above zero.
pub fn atkinson(
    values: &[f64],
    weights: Option<&[f64]>,
    epsilon: f64,
) -> Result<f64, AnalysisError> {
    check_parameter("ε", epsilon, "above zero", epsilon.is_finite() && epsilon > 0.0)?;
    let units = weighed_ratios(values, weights)?;
    let (all, mean) = total_and_mean(&units);
    let sum = |f: &dyn Fn(f64) -> f64| -> f64 {
        units.iter().map(|one| one.weight / all * f(one.value / mean)).sum()
    };
    let equal = if epsilon == 1.0 {
        sum(&f64::ln).exp()
    } else {
        sum(&|y| y.powf(1.0 - epsilon)).powf(1.0 / (1.0 - epsilon))
    };
    finite("Atkinson's index", 1.0 - equal).map(|index| index.clamp(0.0, 1.0))
}
