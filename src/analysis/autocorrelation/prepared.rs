//! The units that a statistic is of.

use crate::analysis::{
    AnalysisError, Transform, Weights,
    numbers::{complete, deviations, differ, dot, select},
};

/// The values that are there, and the weights among their units.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    pub(super) keep: Vec<bool>,
    pub(super) values: Vec<f64>,
    /// What they deviate from their mean.
    pub(super) z: Vec<f64>,
    /// Σ z².
    pub(super) squares: f64,
    pub(super) weights: Weights,
}

impl Prepared {
    /// Drops units without a value, and transforms the weights after that.
    ///
    /// # Errors
    /// When the lists differ in length, fewer than `needed` units have a value, all values are the
    /// same, their squares are beyond the range of numbers, or no two of them are neighbours.
    pub(super) fn new(
        values: &[f64],
        weights: &Weights,
        transform: Transform,
        needed: usize,
    ) -> Result<Self, AnalysisError> {
        Self::among(complete(&[values]), values, weights, transform, needed)
    }

    /// The same for the units that are marked.
    pub(super) fn among(
        keep: Vec<bool>,
        values: &[f64],
        weights: &Weights,
        transform: Transform,
        needed: usize,
    ) -> Result<Self, AnalysisError> {
        AnalysisError::check_length("the values", values.len(), weights.len())?;
        let weights = weights.keep(&keep)?.transformed(transform);
        let values = select(values, &keep);
        if values.len() < needed {
            return Err(AnalysisError::TooFewUnits { got: values.len(), needed });
        }
        let z = deviations(&values);
        let squares = dot(&z, &z);
        // The moments take fourth powers.
        if !(squares * squares * values.len() as f64).is_finite() {
            return Err(AnalysisError::OutOfRange { what: "the variance of the values" });
        }
        if !differ(&values, squares) || squares * squares < f64::MIN_POSITIVE {
            return Err(AnalysisError::Constant);
        }
        if weights.links() == 0 {
            return Err(AnalysisError::NoLinks);
        }
        Ok(Self { keep, values, z, squares, weights })
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// How many units had no value.
    pub(super) fn missing(&self) -> usize {
        self.keep.len() - self.values.len()
    }

    /// m₄/m₂², which is 3 of a normal distribution.
    pub(super) fn kurtosis(&self) -> f64 {
        let n = self.len() as f64;
        let fourth: f64 = self.z.iter().map(|z| z.powi(4)).sum();
        n * fourth / (self.squares * self.squares)
    }

    /// One entry for every unit of the list that was given, `None` where it had no value.
    pub(super) fn spread<T>(&self, entries: impl IntoIterator<Item = T>) -> Vec<Option<T>> {
        let mut entries = entries.into_iter();
        self.keep.iter().map(|keep| if *keep { entries.next() } else { None }).collect()
    }
}
