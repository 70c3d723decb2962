//! Segregation of local environments, over how large they are.

use rayon::prelude::*;

use super::Composition;
use crate::analysis::{
    AnalysisError,
    cells::{Cells, is_place},
    numbers::{check_parameter, finite, p_ln_p},
};

/// The radii that a profile is usually drawn over, metres (Reardon et al. 2008).
pub const PROFILE_RADII: [f64; 4] = [500.0, 1000.0, 2000.0, 4000.0];

/// The indices of Reardon and O'Sullivan (2004, *Measures of spatial segregation*, Sociological
/// Methodology 34) at one radius.
#[derive(Clone, Debug, PartialEq)]
pub struct SpatialSegregation {
    /// How far an environment reaches, metres.
    pub radius: f64,
    /// H̃ = 1 - Σ tᵢẼᵢ / (TE): how much less mixed environments are than the whole; below 0 is
    /// possible.
    pub information_theory: f64,
    /// D̃ = Σ tᵢ|p̃ᵢₘ-Pₘ| / (2TI).
    pub dissimilarity: f64,
    /// ₘP̃ₙ = Σ (tᵢₘ/Tₘ) p̃ᵢₙ: the share of group n in the environment of the average member of
    /// group m, a row a present group.
    pub exposure: Vec<Vec<f64>>,
    /// The part of the people whose units have a place, and who alone count.
    pub covered: f64,
}

impl Composition {
    /// Segregation of environments with a biweight kernel, (1-(d/h)²)² between the units' centroids
    /// (metres) for d < h and 1 for the unit itself. Environments only describe; people are counted
    /// once, where they live. Cost: the pairs of units within the radius, over all threads; no
    /// matrix is made.
    ///
    /// # Errors
    /// When there is not one centroid a unit, the radius is not above zero, or the units with a place
    /// do not have people of two groups.
    pub fn spatial(
        &self,
        centroids: &[[f64; 2]],
        radius: f64,
    ) -> Result<SpatialSegregation, AnalysisError> {
        AnalysisError::check_length("the centroids", centroids.len(), self.len())?;
        let is_allowed = radius.is_finite() && radius > 0.0;
        check_parameter("the radius", radius, "metres above zero", is_allowed)?;
        if !centroids.iter().all(is_place) {
            return self.placed(centroids)?.spatial_of(centroids, radius, self.population());
        }
        self.spatial_of(centroids, radius, self.population())
    }

    /// The same over several radii: steep where segregation is one of small islands, flat where it
    /// is one of halves of a city (Reardon et al. 2008, *The geographic scale of metropolitan racial
    /// segregation*, Demography 45).
    ///
    /// # Errors
    /// As [`Composition::spatial`].
    pub fn spatial_profile(
        &self,
        centroids: &[[f64; 2]],
        radii: &[f64],
    ) -> Result<Vec<SpatialSegregation>, AnalysisError> {
        radii.iter().map(|&radius| self.spatial(centroids, radius)).collect()
    }

    /// Only the people of units with a place.
    fn placed(&self, centroids: &[[f64; 2]]) -> Result<Self, AnalysisError> {
        let groups: Vec<Vec<f64>> = (0..self.shares().len())
            .map(|group| {
                let units = self.units().zip(centroids);
                let count = |((counts, _), at): ((&[f64], f64), &[f64; 2])| {
                    if is_place(at) { counts.get(group).copied().unwrap_or(0.0) } else { 0.0 }
                };
                units.map(count).collect()
            })
            .collect();
        let groups: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
        Self::new(&groups)
    }

    fn spatial_of(
        &self,
        centroids: &[[f64; 2]],
        radius: f64,
        everybody: f64,
    ) -> Result<SpatialSegregation, AnalysisError> {
        let groups = self.shares().len();
        let cells = Cells::new(centroids, radius)?;
        let environments: Vec<Vec<f64>> = (0..self.len())
            .into_par_iter()
            .map(|unit| {
                let mut sums = vec![0.0; groups];
                if self.totals()[unit] > 0.0 {
                    cells.within(centroids[unit], radius, |other, squared| {
                        let kernel = (1.0 - squared / (radius * radius)).powi(2);
                        let counts = self.unit(other);
                        sums.iter_mut().zip(counts).for_each(|(sum, c)| *sum += kernel * c);
                    });
                    let all: f64 = sums.iter().sum();
                    sums.iter_mut().for_each(|sum| *sum /= all);
                }
                sums
            })
            .collect();
        let (mut mixed, mut apart) = (0.0, 0.0);
        let mut exposure = vec![vec![0.0; groups]; groups];
        for ((counts, total), environment) in self.units().zip(&environments) {
            mixed += total * environment.iter().map(|share| -p_ln_p(*share)).sum::<f64>();
            let shares = environment.iter().zip(self.shares());
            apart += total * shares.map(|(share, whole)| (share - whole).abs()).sum::<f64>();
            for ((row, count), whole) in exposure.iter_mut().zip(counts).zip(self.shares()) {
                let weight = count / (whole * self.population());
                row.iter_mut().zip(environment).for_each(|(sum, share)| *sum += weight * share);
            }
        }
        let t = self.population();
        Ok(SpatialSegregation {
            radius,
            information_theory: finite("spatial H", 1.0 - mixed / (t * self.entropy()))?,
            dissimilarity: finite("spatial D", apart / (2.0 * t * self.interaction()))?,
            exposure,
            covered: t / everybody,
        })
    }
}
