//! Values with the people that they are of.

use crate::analysis::AnalysisError;

/// A unit's value, its weight above zero, and its place in the list.
pub(super) struct Weighed {
    pub(super) value: f64,
    pub(super) weight: f64,
    pub(super) unit: usize,
}

/// The units that have a finite value and a weight above zero. Without weights all weigh the same.
///
/// # Errors
/// When the lists differ in length, a weight is below zero, or fewer than `needed` are left.
pub(super) fn weighed(
    values: &[f64],
    weights: Option<&[f64]>,
    needed: usize,
) -> Result<Vec<Weighed>, AnalysisError> {
    if let Some(weights) = weights {
        AnalysisError::check_length("the weights", weights.len(), values.len())?;
        if let Some((unit, &value)) = weights.iter().enumerate().find(|(_, weight)| **weight < 0.0)
        {
            return Err(AnalysisError::Negative { what: "the weight", unit, value });
        }
    }
    let weight = |unit: usize| weights.map_or(Some(1.0), |weights| weights.get(unit).copied());
    let units: Vec<Weighed> = values
        .iter()
        .enumerate()
        .filter_map(|(unit, &value)| Some(Weighed { value, weight: weight(unit)?, unit }))
        .filter(|one| one.value.is_finite() && one.weight.is_finite() && one.weight > 0.0)
        .collect();
    if units.len() < needed {
        return Err(AnalysisError::TooFewUnits { got: units.len(), needed });
    }
    Ok(units)
}

/// The same where all values must be above zero.
pub(super) fn weighed_ratios(
    values: &[f64],
    weights: Option<&[f64]>,
) -> Result<Vec<Weighed>, AnalysisError> {
    let units = weighed(values, weights, 1)?;
    match units.iter().find(|one| one.value <= 0.0) {
        Some(one) => Err(AnalysisError::NotPositive { unit: one.unit, value: one.value }),
        None => Ok(units),
    }
}

/// The sum of weights, and the mean over them.
pub(super) fn total_and_mean(units: &[Weighed]) -> (f64, f64) {
    let total: f64 = units.iter().map(|one| one.weight).sum();
    (total, units.iter().map(|one| one.weight / total * one.value).sum())
}
