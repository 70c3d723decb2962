//! Which indicators go together.

use crate::analysis::{
    AnalysisError,
    numbers::{complete, deviations, differ, dot, select},
};

/// How two indicators go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// Pearson's r, -1 to 1; `None` where one of the two does not vary, or fewer than three units
    /// have both.
    pub r: Option<f64>,
    /// How many units have both.
    pub units: usize,
}

/// Pearson's correlation of every two indicators, over the units that have both: what counts double
/// when they are stacked. Square in the indicators, linear in the units.
///
/// # Errors
/// When the lists differ in length.
pub fn correlation_matrix(indicators: &[&[f64]]) -> Result<Vec<Vec<Correlation>>, AnalysisError> {
    let units = indicators.first().map_or(0, |values| values.len());
    for values in indicators {
        AnalysisError::check_length("an indicator", values.len(), units)?;
    }
    let one = |a: &[f64], b: &[f64]| {
        let both = complete(&[a, b]);
        let [a, b] = [select(a, &both), select(b, &both)];
        let [za, zb] = [deviations(&a), deviations(&b)];
        let [aa, bb] = [dot(&za, &za), dot(&zb, &zb)];
        let r = dot(&za, &zb) / (aa.sqrt() * bb.sqrt());
        let is_told = a.len() > 2 && differ(&a, aa) && differ(&b, bb) && r.is_finite();
        Correlation { r: is_told.then(|| r.clamp(-1.0, 1.0)), units: a.len() }
    };
    Ok(indicators.iter().map(|a| indicators.iter().map(|b| one(a, b)).collect()).collect())
}
