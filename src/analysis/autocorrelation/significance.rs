//! How far a statistic is from what chance gives.

use crate::analysis::distribution::normal_two_sided;

/// A statistic against a normal distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Significance {
    /// The variance under chance.
    pub variance: f64,
    /// How many standard deviations the statistic is from what is expected.
    pub z: f64,
    /// How probable it is to be as far, to either side.
    pub p: f64,
}

impl Significance {
    /// `None` where chance leaves no room: every arrangement gives the same, as where all are each
    /// other's neighbours.
    pub(super) fn of(observed: f64, expected: f64, variance: f64) -> Option<Self> {
        let z = (observed - expected) / variance.sqrt();
        (variance > 1e-12 * expected * expected && z.is_finite()).then(|| Self {
            variance,
            z,
            p: normal_two_sided(z),
        })
    }
}
