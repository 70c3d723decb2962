//! Areas and lengths of borders, summed exactly.

use rustc_hash::FxHashMap;

use crate::coverage::{
    exact::{Point, difference, orientation},
    topology::NONE,
};

use super::Extent;

/// Doubled areas are counted in this part of a square millimetre, lengths in that of a millimetre:
/// whole numbers, so that sums are the same in any order.
const AREA_UNIT: f64 = 65_536.0;
const LENGTH_UNIT: f64 = 1024.0;

/// What was summed for one intersection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// Twice its area.
    pub(super) doubled: i128,
    /// The length of its border.
    pub(super) length: i64,
}

impl Sum {
    pub(super) fn extent(self) -> Extent {
        Extent { m2: m2(self.doubled), perimeter: metres(self.length) }
    }
}

/// Square metres of a doubled area.
pub(super) fn m2(doubled: i128) -> f64 {
    doubled as f64 / AREA_UNIT / 2e6
}

/// Metres of a length.
pub(super) fn metres(length: i64) -> f64 {
    length as f64 / LENGTH_UNIT / 1e3
}

/// A length, millimetres.
pub(super) fn length(mm: f64) -> i64 {
    (mm * LENGTH_UNIT).round() as i64
}

/// The distance between two points, millimetres.
pub(super) fn distance(a: Point, b: Point) -> f64 {
    let [dx, dy] = difference(a, b).map(|v| v as f64);
    (dx * dx + dy * dy).sqrt()
}

/// What an edge adds to what lies on its left: its triangle with the origin, and its length.
pub(super) fn edge_terms(origin: Point, a: Point, b: Point) -> Sum {
    Sum {
        doubled: i128::from(orientation(origin, a, b)) << AREA_UNIT.log2() as u32,
        length: length(distance(a, b)),
    }
}

/// What was summed for every intersection.
#[derive(Debug, Default)]
pub(super) struct Sums(FxHashMap<[u32; 2], Sum>);

impl Sums {
    /// Adds to an intersection of an old and a new area; what lies beyond both has none.
    pub(super) fn add(&mut self, key: [u32; 2], doubled: i128, length: i64) {
        if key != [NONE; 2] && (doubled, length) != (0, 0) {
            let sum = self.0.entry(key).or_default();
            sum.doubled += doubled;
            sum.length += length;
        }
    }

    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        let (mut large, small) =
            if self.0.len() >= other.0.len() { (self, other) } else { (other, self) };
        for (key, sum) in small.0 {
            large.add(key, sum.doubled, sum.length);
        }
        large
    }

    /// In the order of the old ordinals, then of the new ones.
    pub(super) fn into_sorted(self) -> Vec<([u32; 2], Sum)> {
        let mut sorted: Vec<_> = self.0.into_iter().collect();
        sorted.sort_unstable_by_key(|(key, _)| *key);
        sorted
    }
}
