//! The way from a point to the corner of its cell, and the border that it meets first.

use super::position::{FRACTION, Position};
use crate::coverage::exact::Point;

/// Which area a point of a cell lies in, from the edges that touch the cell and the area at its
/// south-western corner.
///
/// The point stands for (x + ε, y + ε²), the corner for (x₀ + δ, y₀ + δ'), with ε much greater than
/// ε², that than δ, and that than δ'. The way goes west at the height of the point until the side
/// of the cell, then south along it. The edge that it crosses first has the answer on the side that
/// it is met from; when it crosses none, the corner has it. Every comparison is of whole numbers,
/// so that nothing is rounded.
#[derive(Debug)]
pub(super) struct Trace {
    corner: [i64; 2],
    position: Position,
    /// The height of the point in whole millimetres, rounded down.
    floor: i32,
    east_most: Option<Crossing>,
    highest: Option<Crossing>,
}

/// Where an edge crosses a line: at `base + offset / span`.
#[derive(Clone, Copy, Debug)]
struct Crossing {
    base: i64,
    offset: i128,
    /// How far the edge goes across the line; positive.
    span: i64,
    /// How far it goes along the line meanwhile.
    slope: i64,
    /// The area on the side that it is met from.
    area: u32,
}

impl Crossing {
    /// Whether it lies beyond another, at the line and else just after it. Bases are `scale` times
    /// finer than they are given.
    fn is_beyond(&self, other: &Self, scale: u32) -> bool {
        let (span, other_span) = (i128::from(self.span), i128::from(other.span));
        let apart = i128::from(self.base - other.base) << scale;
        let here = apart * span * other_span + self.offset * other_span;
        let there = other.offset * span;
        let turn = || i128::from(self.slope) * other_span > i128::from(other.slope) * span;
        here > there || (here == there && turn())
    }
}

impl Trace {
    /// The way from a position to the corner of its cell, millimetres.
    pub(super) fn new(corner: [i64; 2], position: Position) -> Self {
        // No position that is in a cell is further away than an area can be.
        let floor = (position.y >> FRACTION) as i32;
        Self { corner, position, floor, east_most: None, highest: None }
    }

    /// Whether the way west has met an edge.
    pub(super) fn is_met(&self) -> bool {
        self.east_most.is_some()
    }

    /// Looks at an edge on the way west, with the areas on its left and right.
    #[inline]
    pub(super) fn west(&mut self, a: Point, b: Point, sides: [u32; 2]) {
        let is_rising = a[1] <= self.floor;
        if is_rising == (b[1] <= self.floor) {
            return;
        }
        let (low, high, area) = if is_rising { (a, b, sides[1]) } else { (b, a, sides[0]) };
        let (low, high) = (low.map(i64::from), high.map(i64::from));
        let (run, rise) = (high[0] - low[0], high[1] - low[1]);
        // Where the edge is at the height of the point, east of its lower end, times the rise.
        let offset = i128::from(run) * i128::from(self.position.y - (low[1] << FRACTION));
        let to_point = i128::from(rise) * i128::from(self.position.x - (low[0] << FRACTION));
        if offset > to_point {
            return;
        }
        let to_corner = i128::from(rise) * i128::from((self.corner[0] - low[0]) << FRACTION);
        if offset < to_corner || (offset == to_corner && run <= 0) {
            return;
        }
        let crossing = Crossing { base: low[0], offset, span: rise, slope: run, area };
        if self.east_most.is_none_or(|most| crossing.is_beyond(&most, FRACTION)) {
            self.east_most = Some(crossing);
        }
    }

    /// Looks at an edge on the way south.
    #[inline]
    pub(super) fn south(&mut self, a: Point, b: Point, sides: [u32; 2]) {
        let [x, y] = self.corner;
        let is_eastward = i64::from(a[0]) <= x;
        if is_eastward == (i64::from(b[0]) <= x) {
            return;
        }
        let (west, east, area) = if is_eastward { (a, b, sides[0]) } else { (b, a, sides[1]) };
        let (west, east) = (west.map(i64::from), east.map(i64::from));
        let (run, rise) = (east[0] - west[0], east[1] - west[1]);
        // Where the edge is at the side of the cell, north of its western end, times the run.
        let offset = i128::from(rise) * i128::from(x - west[0]);
        let to_point = i128::from(run) * i128::from(self.position.y - (west[1] << FRACTION));
        if offset << FRACTION > to_point {
            return;
        }
        let to_corner = i128::from(run) * i128::from(y - west[1]);
        if offset < to_corner || (offset == to_corner && rise <= 0) {
            return;
        }
        let crossing = Crossing { base: west[1], offset, span: run, slope: rise, area };
        if self.highest.is_none_or(|most| crossing.is_beyond(&most, 0)) {
            self.highest = Some(crossing);
        }
    }

    /// The area at the point; `at_corner` is that at the corner.
    pub(super) fn answer(&self, at_corner: u32) -> u32 {
        self.east_most.or(self.highest).map_or(at_corner, |crossing| crossing.area)
    }
}
