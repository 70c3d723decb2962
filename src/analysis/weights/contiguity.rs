//! Neighbours by a shared border.

use super::Weights;
use crate::coverage::{Neighbour, Neighbours};

/// Shared borders that are no longer than this, metres, are corners: what is left of four areas
/// that meet in a point after borders were drawn apart.
pub const ROOK_TOLERANCE: f64 = 1.0;

impl Weights {
    /// Queen contiguity: a point in common. Every neighbour weighs 1. Linear.
    pub fn queen(neighbours: &Neighbours) -> Self {
        Self::contiguous(neighbours, |_| Some(1.0))
    }

    /// Rook contiguity: more than [`ROOK_TOLERANCE`] of border in common. Every neighbour weighs 1.
    /// Linear.
    pub fn rook(neighbours: &Neighbours) -> Self {
        Self::contiguous(neighbours, |link| (link.border > ROOK_TOLERANCE).then_some(1.0))
    }

    /// Rook contiguity in which a neighbour weighs the border that is shared with it, metres.
    /// Linear.
    pub fn border_length(neighbours: &Neighbours) -> Self {
        Self::contiguous(neighbours, |link| (link.border > ROOK_TOLERANCE).then_some(link.border))
    }

    fn contiguous(neighbours: &Neighbours, weight: impl Fn(&Neighbour) -> Option<f64>) -> Self {
        Self::of_rows((0..neighbours.len()).map(|area| {
            let links = neighbours.queen(area).iter();
            links.filter_map(|link| Some((link.area, weight(link)?))).collect::<Vec<_>>()
        }))
    }
}
