//! Neighbours by a shared border.

use super::Weights;
use crate::coverage::Neighbours;

impl Weights {
    /// Queen contiguity: a point in common. Every neighbour weighs 1. Linear.
    pub fn queen(neighbours: &Neighbours) -> Self {
        Self::of_areas(neighbours.len(), |area| {
            neighbours.queen(area).iter().map(|link| (link.area, 1.0))
        })
    }

    /// Rook contiguity: a stretch of border in common, however short. Every neighbour weighs 1.
    /// What is a border and what a corner was settled when the coverage was fitted together: see
    /// [`Tolerance`](crate::coverage::Tolerance). Linear.
    pub fn rook(neighbours: &Neighbours) -> Self {
        Self::of_areas(neighbours.len(), |area| neighbours.rook(area).map(|link| (link.area, 1.0)))
    }

    /// Rook contiguity in which a neighbour weighs the border that is shared with it, metres.
    /// Linear.
    pub fn border_length(neighbours: &Neighbours) -> Self {
        Self::of_areas(neighbours.len(), |area| {
            neighbours.rook(area).map(|link| (link.area, link.border))
        })
    }

    fn of_areas<I: Iterator<Item = (u32, f64)>>(count: usize, row: impl Fn(usize) -> I) -> Self {
        Self::of_rows((0..count).map(row))
    }
}
