//! Clustering of two groups: whether the units of a group lie near each other.

use rayon::prelude::*;

use super::TwoGroups;
use crate::analysis::{
    AnalysisError,
    cells::{Cells, is_place},
    numbers::{check_parameter, finite},
};

/// Beyond so many units of distance e⁻ᵈ is below 5·10⁻¹⁸, which no sum of people shows.
const REACH: f64 = 40.0;

/// The indices of clustering of Massey and Denton (1988), with cᵢⱼ = e^(-dᵢⱼ) between centroids and
/// dᵢᵢ = √(0.6 aᵢ) within a unit (White 1983). They depend on the unit of distance, so say it:
/// kilometres unless something else is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proximity {
    /// Spatial proximity, SP = (X·Pₓₓ + Y·P_yy) / (T·Pₜₜ) (White 1986): 1 where both groups lie as
    /// near to themselves as everybody to everybody, above 1 where each clusters.
    pub spatial_proximity: f64,
    /// Absolute clustering, ACL: the nearness of the group to itself beside its nearness to
    /// everybody; about 0 to 1.
    pub absolute_clustering: f64,
    /// Relative clustering, RCL = Pₓₓ/P_yy - 1: above 0 where the group clusters more than the
    /// others.
    pub relative_clustering: f64,
    /// Distance-decay isolation, DPxx (Morgan 1983): the share of the group among those that its
    /// average member meets, if near ones are met more often.
    pub isolation: f64,
    /// Distance-decay exposure, DPxy = 1 - DPxx.
    pub exposure: f64,
}

impl TwoGroups {
    /// The indices of clustering from the centroids (metres) and the areas (m²) of the units, with
    /// `metres` as the unit of distance (1000 is usual). Units without people count in the mean of
    /// cᵢⱼ that ACL takes off; those without a place count nowhere, and neither do their people.
    /// Sums over pairs up to 40 units of distance; no matrix is made.
    ///
    /// # Errors
    /// When the lists differ in length, a unit with a place has no area, the unit of distance is not
    /// above zero, or the group or the others have no place.
    pub fn proximity(
        &self,
        centroids: &[[f64; 2]],
        areas: &[f64],
        metres: f64,
    ) -> Result<Proximity, AnalysisError> {
        AnalysisError::check_length("the centroids", centroids.len(), self.len())?;
        AnalysisError::check_length("the areas", areas.len(), self.len())?;
        let is_allowed = metres.is_finite() && metres > 0.0;
        check_parameter("the unit of distance", metres, "metres above zero", is_allowed)?;
        for (centroid, &area) in centroids.iter().zip(areas) {
            let is_allowed = !is_place(centroid) || area.is_finite() && area >= 0.0;
            check_parameter("an area", area, "square metres", is_allowed)?;
        }
        let cells = Cells::new(centroids, REACH * metres / 4.0)?;
        let near: Vec<[f64; 3]> = (0..self.len())
            .into_par_iter()
            .map(|unit| {
                // Σⱼ cᵢⱼ of the group, of everybody and of units.
                let mut sums = [0.0; 3];
                if is_place(&centroids[unit]) {
                    cells.within(centroids[unit], REACH * metres, |other, squared| {
                        let squared = if other == unit { 0.6 * areas[unit] } else { squared };
                        let c = (-squared.sqrt() / metres).exp();
                        sums[0] += c * self.group()[other];
                        sums[1] += c * self.total()[other];
                        sums[2] += c;
                    });
                }
                sums
            })
            .collect();

        let (mut n, mut all) = (0.0, 0.0);
        let (mut x, mut t) = (0.0, 0.0);
        let (mut xx, mut xt, mut tt, mut decayed) = (0.0, 0.0, 0.0, 0.0);
        for (((own_x, own_t), sums), _) in
            self.units().zip(&near).zip(centroids).filter(|(_, centroid)| is_place(centroid))
        {
            n += 1.0;
            all += sums[2];
            x += own_x;
            t += own_t;
            xx += own_x * sums[0];
            xt += own_x * sums[1];
            tt += own_t * sums[1];
            if own_x > 0.0 {
                decayed += own_x * sums[0] / sums[1];
            }
        }
        let y = t - x;
        if x <= 0.0 {
            return Err(AnalysisError::NoGroup);
        }
        if y <= 0.0 {
            return Err(AnalysisError::OnlyGroup);
        }
        // yᵢ = tᵢ - xᵢ, both ways.
        let yy = tt - 2.0 * xt + xx;
        let at_random = x * x / (n * n) * all;
        let what = "clustering";
        Ok(Proximity {
            spatial_proximity: finite(what, (xx / x + yy / y) / (tt / t))?,
            absolute_clustering: finite(what, (xx - at_random) / (xt - at_random))?,
            relative_clustering: finite(what, xx / (x * x) / (yy / (y * y)) - 1.0)?,
            isolation: finite(what, decayed / x)?,
            exposure: finite(what, 1.0 - decayed / x)?,
        })
    }
}
