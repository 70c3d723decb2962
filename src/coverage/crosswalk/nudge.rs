//! One division moved aside by less than anything, so that no vertex lies on an edge of the other.
//!
//! The new division is moved by (ε, ε²): east, and north by much less. For every ε below some
//! bound all answers are the same; these are given here, exactly. Areas of intersections change by
//! no more than ε, so that what is reckoned of the moved division holds for the one as it is.

use std::cmp::Ordering;

use crate::coverage::exact::{Point, difference, orientation};

/// Whose vertices are asked about, seen from the edges of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nudge {
    /// Vertices of the new division: moved north-east.
    Forth,
    /// Vertices of the old one: seen from the new division, moved south-west.
    Back,
}

impl Nudge {
    /// Whether a moved point lies left of an edge of the other division, and not right, and the
    /// orientation of the point as it is.
    pub(super) fn is_left(self, from: Point, to: Point, p: Point) -> (bool, i64) {
        let orientation = orientation(from, to, p);
        let is_left = match orientation.cmp(&0) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => {
                // The cross product of the edge and (ε, ε²).
                let [dx, dy] = difference(from, to);
                let is_left = if dy == 0 { dx > 0 } else { dy < 0 };
                is_left == (self == Self::Forth)
            }
        };
        (is_left, orientation)
    }

    /// Whether a line to the west from a moved point meets an edge or its line: whether the edge
    /// spans the height of the point.
    pub(super) fn spans(self, from: Point, to: Point, p: Point) -> bool {
        match self {
            Self::Forth => (from[1] <= p[1]) != (to[1] <= p[1]),
            Self::Back => (from[1] < p[1]) != (to[1] < p[1]),
        }
    }

    /// Which of two edges that span the height of a moved point is further east there. Edges of one
    /// division, which cross nowhere.
    pub(super) fn compare_east(self, a: (Point, Point), b: (Point, Point), p: Point) -> Ordering {
        let at = |(from, to): (Point, Point)| {
            let (low, high) = if from[1] < to[1] { (from, to) } else { (to, from) };
            let [run, rise] = difference(low, high).map(i128::from);
            let above = i128::from(p[1]) - i128::from(low[1]);
            (i128::from(low[0]) * rise + above * run, run, rise)
        };
        let ((ax, a_run, a_rise), (bx, b_run, b_rise)) = (at(a), at(b));
        let slope = (a_run * b_rise).cmp(&(b_run * a_rise));
        let slope = if self == Self::Forth { slope } else { slope.reverse() };
        (ax * b_rise).cmp(&(bx * a_rise)).then(slope)
    }
}
