//! Evenness with what lies across the border taken into account.

use super::TwoGroups;
use crate::analysis::{AnalysisError, Transform, Weights};

impl TwoGroups {
    /// Spatial dissimilarity, D - Σ wᵢⱼ|pᵢ-pⱼ| / Σ wᵢⱼ: what is left of D after the differences
    /// between neighbours, which meet across a border. D(adj) with queen weights (Morrill 1991),
    /// D(w) with border lengths (Wong 1993); below 0 where neighbours differ more than units at
    /// large. Units without people have no composition: they and their links leave the second term;
    /// islands weigh nothing in it. Linear in the links.
    ///
    /// # Errors
    /// When the weights are of other units, or no two inhabited units are neighbours.
    pub fn spatial_dissimilarity(
        &self,
        weights: &Weights,
        transform: Transform,
    ) -> Result<f64, AnalysisError> {
        AnalysisError::check_length("the weights", weights.len(), self.len())?;
        let inhabited: Vec<bool> = self.total().iter().map(|&total| total > 0.0).collect();
        let weights = weights.keep(&inhabited)?.transformed(transform);
        let shares: Vec<f64> = self.inhabited_units().map(|(x, t)| x / t).collect();
        let all = weights.sum();
        if all <= 0.0 {
            return Err(AnalysisError::NoLinks);
        }
        let apart = weights.pairs().sum(&shares, |a, b| (a - b).abs());
        Ok(self.dissimilarity() - apart / all)
    }
}
