//! Where a question is about.

use crate::coverage::exact::{MAX_COORDINATE, Point};
use crate::crs::Rd;

/// A millimetre has 2^16 units, each 15 picometres.
pub(super) const FRACTION: u32 = 16;

const UNITS_PER_METRE: f64 = 65_536_000.0;
/// No area has a coordinate that is further from the origin, metres.
const FARTHEST: f64 = MAX_COORDINATE as f64 / 1000.0;
/// More units than any coordinate has: what is added to it is positive.
const SHIFT: i64 = 1 << 47;

/// A point in units of 1/65,536 mm of RD: exact from here on.
///
/// A coordinate is rounded once, to the nearest unit. A whole number of thousandths of a metre is
/// on the grid of the shapes, whatever its double has in the last place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) x: i64,
    pub(super) y: i64,
}

impl Position {
    /// The position of a point; `None` where it is not finite or further away than any area.
    pub(super) fn of(point: Rd) -> Option<Self> {
        let units = |metres: f64| {
            // False for NaN. The sum is positive, so that the cast rounds half up.
            (metres.abs() <= FARTHEST)
                .then(|| (metres * UNITS_PER_METRE + (SHIFT as f64 + 0.5)) as i64 - SHIFT)
        };
        Some(Self { x: units(point.x)?, y: units(point.y)? })
    }

    /// A position that no area has, for one that there is not.
    pub(super) fn or_beyond(position: Option<Self>) -> Self {
        position.unwrap_or(Self { x: i64::MAX >> 1, y: i64::MAX >> 1 })
    }

    /// The position of a point of the grid.
    pub(super) fn on_grid(point: [i64; 2]) -> Self {
        Self { x: point[0] << FRACTION, y: point[1] << FRACTION }
    }

    /// Halfway between two points of the grid.
    pub(super) fn halfway(a: Point, b: Point) -> Self {
        let [x, y] = [0, 1].map(|i| (i64::from(a[i]) + i64::from(b[i])) << (FRACTION - 1));
        Self { x, y }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn thousandths_of_a_metre_are_on_the_grid(x in -1_000_000_000..=1_000_000_000i64) {
            let metres = x as f64 / 1000.0;
            let position = Position::of(Rd { x: metres, y: -metres });
            prop_assert_eq!(position, Some(Position::on_grid([x, -x])));
        }
    }

    #[test]
    fn what_is_too_far_has_no_position() {
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 1_000_000.001] {
            assert_eq!(Position::of(Rd { x: odd, y: 0.0 }), None);
            assert_eq!(Position::of(Rd { x: 0.0, y: odd }), None);
        }
        assert!(Position::of(Rd { x: 1e6, y: -1e6 }).is_some());
        let unit = Position::of(Rd { x: 0.6 / UNITS_PER_METRE, y: -0.6 / UNITS_PER_METRE });
        assert_eq!(unit, Some(Position { x: 1, y: -1 }));
    }
}
