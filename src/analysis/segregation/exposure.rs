//! Exposure of two groups: whom one meets in one's own unit.

use super::TwoGroups;

impl TwoGroups {
    /// Isolation, xPx = Σ (xᵢ/X)(xᵢ/tᵢ) (Bell 1954): the share of the group in the unit of its
    /// average member; P to 1. It rises when the group grows, so show P beside it. Linear.
    pub fn isolation(&self) -> f64 {
        let sum: f64 = self.inhabited_units().map(|(x, t)| x * (x / t)).sum();
        sum / self.group_size()
    }

    /// Exposure, xPy = Σ (xᵢ/X)(yᵢ/tᵢ): the share of the others in the unit of the group's average
    /// member; 1 - xPx. Linear.
    pub fn exposure(&self) -> f64 {
        let sum: f64 = self.inhabited_units().map(|(x, t)| x * ((t - x) / t)).sum();
        sum / self.group_size()
    }

    /// The correlation ratio, η² = (xPx - P)/(1 - P): isolation with the size of the group taken
    /// out; 0 to 1. Linear.
    pub fn correlation_ratio(&self) -> f64 {
        let p = self.share();
        // As a sum of squares, so that it is not below 0: Σ tᵢ(pᵢ-P)² / (T·P(1-P)).
        let sum: f64 = self.inhabited_units().map(|(x, t)| t * (x / t - p).powi(2)).sum();
        sum / (self.group_size() * (1.0 - p))
    }
}
