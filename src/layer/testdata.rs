//! A made-up coverage for tests.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use crate::{
    atlas::{Footprints, Plane},
    coverage::{Shape, Tolerance, Topology},
    crs::RdTransform,
};

/// Numbers that look random and are the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number from 0 up to but not including `below`.
    pub(super) fn roll(&mut self, below: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % u64::from(below.max(1))) as u32
    }
}

/// A coverage and what is made of it.
pub(super) struct Mosaic {
    pub(super) shapes: Vec<Shape>,
    pub(super) topology: Topology,
    pub(super) plane: Plane,
    pub(super) footprints: Footprints,
}

/// The south-west of a [`Mosaic`], metres.
pub(super) const CORNER: [i32; 2] = [150_000, 450_000];

/// `side` by `side` cells of a kilometre around Apeldoorn, with crooked borders. One cell in five
/// has an island of its right neighbour in it, which so has two parts; and one in seven a lake that
/// is nobody's.
pub(super) fn mosaic(seed: u64, side: usize) -> Mosaic {
    let mut dice = Dice::new(seed);
    let mut jitter =
        |size: u32| f64::from(dice.roll(2 * size + 1)) / 1000.0 - f64::from(size) / 1000.0;
    let n = side + 1;
    let corner: Vec<[f64; 2]> = (0..n * n)
        .map(|at| {
            let base = |axis: usize, cell: usize| f64::from(CORNER[axis]) + 1000.0 * cell as f64;
            [base(0, at % n) + jitter(250_000), base(1, at / n) + jitter(250_000)]
        })
        .collect();
    let mut border = |a: usize, b: usize| -> Vec<[f64; 2]> {
        let ([ax, ay], [bx, by]) = (corner[a], corner[b]);
        let steps = 12;
        (0..=steps)
            .map(|i| {
                let t = f64::from(i) / f64::from(steps);
                let off =
                    if i == 0 || i == steps { [0.0; 2] } else { [jitter(25_000), jitter(25_000)] };
                [ax + t * (bx - ax) + off[0], ay + t * (by - ay) + off[1]]
            })
            .collect()
    };
    let east: Vec<Vec<[f64; 2]>> =
        (0..side * n).map(|at| (at / side) * n + at % side).map(|at| border(at, at + 1)).collect();
    let north: Vec<Vec<[f64; 2]>> = (0..n * side).map(|at| border(at, at + n)).collect();
    let ring = |points: Vec<[f64; 2]>| -> LineString<f64> {
        let round = |v: f64| (v * 1000.0).round() / 1000.0;
        points.into_iter().map(|[x, y]| Coord { x: round(x), y: round(y) }).collect()
    };
    let small = |x: usize, y: usize, dx: f64, dy: f64| {
        let base = [CORNER[0], CORNER[1]].map(f64::from);
        let [x, y] = [base[0] + 1000.0 * x as f64 + dx, base[1] + 1000.0 * y as f64 + dy];
        ring(vec![[x, y], [x + 60.0, y + 5.0], [x + 50.0, y + 70.0], [x - 5.0, y + 40.0]])
    };
    let has_island = |cell: usize| cell % side + 1 < side && cell % 5 == 2;
    let has_lake = |cell: usize| cell % 7 == 3;
    let shapes: Vec<Shape> = (0..side * side)
        .map(|cell| {
            let (x, y) = (cell % side, cell / side);
            let mut outer = east[y * side + x].clone();
            outer.extend(&north[y * n + x + 1]);
            outer.extend(east[(y + 1) * side + x].iter().rev());
            outer.extend(north[y * n + x].iter().rev());
            outer.dedup();
            let mut holes = Vec::new();
            if has_island(cell) {
                holes.push(small(x, y, 500.0, 500.0));
            }
            if has_lake(cell) {
                holes.push(small(x, y, 400.0, 400.0));
            }
            let mut polygons = vec![Polygon::new(ring(outer), holes)];
            if x > 0 && has_island(cell - 1) {
                polygons.push(Polygon::new(small(x - 1, y, 500.0, 500.0), vec![]));
            }
            Shape::from_grid_metres(&MultiPolygon(polygons)).expect("a sound shape")
        })
        .collect();
    let (mut topology, cleaning) = Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 });
    assert!(cleaning.is_nothing(), "{cleaning:?}");
    topology.order_removals();
    let plane = Plane::new(topology.arcs(), &RdTransform::new());
    let footprints = plane.footprints(topology.arcs(), topology.rings());
    Mosaic { shapes, topology, plane, footprints }
}
