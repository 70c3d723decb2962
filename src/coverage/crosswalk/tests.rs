use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::coverage::{shape::Shape, topology::Tolerance};

type Ring = Vec<[i32; 2]>;

/// The coverage of areas, each of polygons of rings.
fn coverage(areas: Vec<Vec<Vec<Ring>>>) -> Topology {
    let shapes: Vec<Shape> = areas.into_iter().map(Shape::from_rings).collect();
    let (topology, cleaning) = Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 });
    assert!(cleaning.is_nothing(), "{cleaning:?}");
    topology
}

/// The coverage of convex pieces, those with the same number being one area.
fn of_pieces(pieces: &[Ring], numbers: &[u32]) -> Topology {
    let finest = coverage(pieces.iter().map(|ring| vec![vec![ring.clone()]]).collect());
    let count = numbers.iter().max().map_or(0, |&most| most as usize + 1);
    let parents: Vec<_> = numbers.iter().copied().map(Some).collect();
    let rings = finest.dissolve(&parents, count);
    let shapes: Vec<Shape> = (0..count).map(|area| rings.shape(area, finest.arcs())).collect();
    Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 }).0
}

/// A rectangle in metres.
fn rectangle([x, y]: [i32; 2], [width, height]: [i32; 2]) -> Ring {
    [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
        .map(|p| p.map(|v| v * 1000))
        .to_vec()
}

fn rectangles(of: &[([i32; 2], [i32; 2])]) -> Topology {
    coverage(of.iter().map(|(at, size)| vec![vec![rectangle(*at, *size)]]).collect())
}

fn between(old: &Topology, new: &Topology) -> Crosswalk {
    let crosswalk = Crosswalk::between(old, new).expect("no tangle");
    whole(&crosswalk, old, new);
    crosswalk
}

/// The parts of every area are the area, from either side.
fn whole(crosswalk: &Crosswalk, old: &Topology, new: &Topology) {
    assert_eq!((crosswalk.old_len(), crosswalk.new_len()), (old.rings().len(), new.rings().len()));
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.max(b) + 1e-3;
    for area in 0..crosswalk.old_len() {
        let m2 = old.rings().shape(area, old.arcs()).area_m2();
        let parts: f64 = crosswalk.of_old(area).map(|one| one.extent.m2).sum();
        assert!(near(crosswalk.old_m2(area), m2), "{area}");
        assert!(near(parts + crosswalk.beyond_new(area).m2, m2), "{area}: {parts} of {m2}");
        assert!(crosswalk.of_old(area).all(|one| one.old as usize == area));
    }
    for area in 0..crosswalk.new_len() {
        let m2 = new.rings().shape(area, new.arcs()).area_m2();
        let parts: f64 = crosswalk.of_new(area).map(|one| one.extent.m2).sum();
        assert!(near(crosswalk.new_m2(area), m2), "{area}");
        assert!(near(parts + crosswalk.beyond_old(area).m2, m2), "{area}: {parts} of {m2}");
        assert!(crosswalk.of_new(area).all(|one| one.new as usize == area));
    }
}

/// Old, new, square metres and metres of border, both rounded to a thousandth.
fn rows(crosswalk: &Crosswalk) -> Vec<(u32, u32, f64, f64)> {
    let round = |v: f64| (v * 1e3).round() / 1e3;
    let row =
        |one: &Intersection| (one.old, one.new, round(one.extent.m2), round(one.extent.perimeter));
    crosswalk.intersections().iter().map(row).collect()
}

#[test]
fn a_square_in_two() {
    let old = rectangles(&[([0, 0], [10, 10])]);
    let new = rectangles(&[([0, 0], [4, 10]), ([4, 0], [6, 10])]);
    let crosswalk = between(&old, &new);
    assert_eq!(rows(&crosswalk), [(0, 0, 40.0, 28.0), (0, 1, 60.0, 32.0)]);
    assert_eq!(crosswalk.beyond_new(0), Extent::default());
    assert_eq!(rows(&between(&new, &old)), [(0, 0, 40.0, 28.0), (1, 0, 60.0, 32.0)]);
}

#[test]
fn a_border_that_moved_by_a_metre() {
    let old = rectangles(&[([0, 0], [5, 10]), ([5, 0], [5, 10])]);
    let new = rectangles(&[([0, 0], [6, 10]), ([6, 0], [4, 10])]);
    let expected = [(0, 0, 50.0, 30.0), (1, 0, 10.0, 22.0), (1, 1, 40.0, 28.0)];
    assert_eq!(rows(&between(&old, &new)), expected);
    let crosswalk = between(&old, &new);
    let strip = crosswalk.intersections()[1].extent;
    assert!((strip.width() - 20.0 / 22.0).abs() < 1e-9);
}

#[test]
fn all_moved_by_a_metre_to_each_side() {
    let old = rectangles(&[([0, 0], [10, 10])]);
    for [x, y] in [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]] {
        let new = rectangles(&[([x, y], [10, 10])]);
        let crosswalk = between(&old, &new);
        let m2 = f64::from((10 - x.abs()) * (10 - y.abs()));
        let border = f64::from(2 * (20 - x.abs() - y.abs()));
        assert_eq!(rows(&crosswalk), [(0, 0, m2, border)], "{x} {y}");
        let rest = crosswalk.beyond_new(0);
        assert!((rest.m2 - (100.0 - m2)).abs() < 1e-6);
        assert_eq!(crosswalk.beyond_old(0).m2, rest.m2);
        // A strip on one side, or on two.
        let expected = if x == 0 || y == 0 { 22.0 } else { 40.0 };
        assert!((rest.perimeter - expected).abs() < 1e-6, "{rest:?}");
    }
}

#[test]
fn what_only_touches_has_nothing_in_common() {
    let old = rectangles(&[([0, 0], [10, 10])]);
    for at in [[10, 0], [-10, 3], [0, 10], [3, -10], [10, 10], [-10, -10], [10, -10], [-10, 10]] {
        let crosswalk = between(&old, &rectangles(&[(at, [10, 10])]));
        assert_eq!(rows(&crosswalk), [], "{at:?}");
        assert_eq!(crosswalk.beyond_new(0), Extent { m2: 100.0, perimeter: 40.0 });
        assert_eq!(crosswalk.beyond_old(0), Extent { m2: 100.0, perimeter: 40.0 });
    }
}

#[test]
fn enclaves_and_islands() {
    let ring = |at, size| rectangle(at, [size, size]);
    let hole = |at, size| ring(at, size).into_iter().rev().collect::<Ring>();
    // An enclave in an area; a new division in which it is larger, with an island within it, and
    // an island far off.
    let old = coverage(vec![
        vec![vec![ring([0, 0], 100), hole([40, 40], 20)]],
        vec![vec![ring([40, 40], 20)]],
    ]);
    let new = coverage(vec![
        vec![vec![ring([0, 0], 100), hole([30, 30], 40)], vec![ring([45, 45], 10)]],
        vec![vec![ring([30, 30], 40), hole([45, 45], 10)]],
        vec![vec![ring([500, 0], 10)]],
    ]);
    let crosswalk = between(&old, &new);
    let expected =
        [(0, 0, 8400.0, 560.0), (0, 1, 1200.0, 240.0), (1, 0, 100.0, 40.0), (1, 1, 300.0, 120.0)];
    assert_eq!(rows(&crosswalk), expected);
    assert_eq!(crosswalk.beyond_old(2), Extent { m2: 100.0, perimeter: 40.0 });
}

#[test]
fn nothing_and_disjoint_countries() {
    let nothing = Topology::default();
    let country = rectangles(&[([0, 0], [5, 10]), ([5, 0], [5, 10])]);
    let abroad = rectangles(&[([900_000, 0], [5, 10])]);
    assert_eq!(between(&nothing, &nothing), Crosswalk::between(&nothing, &nothing).expect("none"));
    for (old, new) in [(&nothing, &country), (&country, &nothing), (&country, &abroad)] {
        let crosswalk = between(old, new);
        assert_eq!(crosswalk.intersections(), []);
    }
    assert_eq!(between(&country, &abroad).beyond_new(1).m2, 50.0);
    // An area without a shape.
    let (empty, _) = Topology::of(&[Shape::default()], Tolerance::default());
    let crosswalk = between(&empty, &country);
    assert_eq!((crosswalk.old_len(), crosswalk.old_m2(0)), (1, 0.0));
}

#[test]
fn the_corners_of_the_world() {
    let m = crate::coverage::exact::MAX_COORDINATE;
    let diamond = |r: i32| vec![vec![vec![[r, 0], [0, r], [-r, 0], [0, -r]]]];
    let square = |r: i32| vec![vec![vec![[-r, -r], [r, -r], [r, r], [-r, r]]]];
    let old = coverage(vec![square(m)]);
    let crosswalk = between(&old, &coverage(vec![diamond(m)]));
    assert_eq!(crosswalk.intersections()[0].extent.m2, 2e12);
    let crosswalk = between(&coverage(vec![diamond(m)]), &coverage(vec![square(m / 2)]));
    assert_eq!(crosswalk.intersections()[0].extent.m2, 1e12);
}

#[test]
fn combs_across_each_other_are_a_tangle() {
    let teeth = |count: i32, turn: bool| {
        let strips = (0..count).map(|i| {
            let (at, size) = ([10 * i, 0], [5, 10 * count]);
            if turn { (at, size) } else { ([at[1], at[0]], [size[1], size[0]]) }
        });
        rectangles(&strips.collect::<Vec<_>>())
    };
    let crosswalk = between(&teeth(40, false), &teeth(40, true));
    assert_eq!(crosswalk.intersections().len(), 1600);
    assert!(crosswalk.intersections().iter().all(|one| one.extent.m2 == 25.0));
    let crossed = Crosswalk::between(&teeth(1000, false), &teeth(1000, true));
    assert_eq!(crossed, Err(Fault::Tangle));
}

/// A lattice of `side` by `side` squares, each of `step` by `step` points, moved and turned.
fn lattice(side: i32, step: i32, [x, y]: [i32; 2], turn: [[i32; 2]; 2]) -> Vec<Ring> {
    let point = |i: i32, j: i32| {
        let (i, j) = (i * step + x, j * step + y);
        turn.map(|[u, v]| 1000 * (u * i + v * j))
    };
    let square = |i, j| vec![point(i, j), point(i + 1, j), point(i + 1, j + 1), point(i, j + 1)];
    (0..side).flat_map(|j| (0..side).map(move |i| square(i, j))).collect()
}

const SIDE: i32 = 12;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 200 } else { 5000 }))]

    /// Divisions of the same lattice in blocks of other sizes: every border lies along others, with
    /// other vertices. Counting squares gives every area and every border.
    #[test]
    fn squares_are_counted(
        old_step in 1..4_i32,
        new_step in 1..4_i32,
        offset in [-4..5_i32, -4..5_i32],
        numbers in prop::collection::vec(0..5_u32, 2 * (SIDE * SIDE) as usize),
        turn in prop::sample::select(vec![
            [[1, 0], [0, 1]], [[2, 1], [-1, 2]], [[-3, 1], [-1, -3]], [[1, 1], [-1, 1]],
        ]),
    ) {
        let division = |step: i32, at: [i32; 2], numbers: &[u32]| {
            let side = SIDE / step;
            let numbers = numbers[..(side * side) as usize].to_vec();
            let topology = of_pieces(&lattice(side, step, at, turn), &numbers);
            let number = move |i: i32, j: i32| {
                let (i, j) = ((i - at[0]).div_euclid(step), (j - at[1]).div_euclid(step));
                let is_in = (0..side).contains(&i) && (0..side).contains(&j);
                is_in.then(|| numbers[(j * side + i) as usize])
            };
            (topology, number)
        };
        let (of_old, of_new) = numbers.split_at((SIDE * SIDE) as usize);
        let (old, old_at) = division(old_step, [0, 0], of_old);
        let (new, new_at) = division(new_step, offset, of_new);
        let pair = |i: i32, j: i32| Some((old_at(i, j)?, new_at(i, j)?));
        let unit = f64::from(turn[0][0] * turn[1][1] - turn[0][1] * turn[1][0]);
        let mut expected: BTreeMap<(u32, u32), (f64, f64)> = BTreeMap::new();
        for (i, j) in (-20..20).flat_map(|i| (-20..20).map(move |j| (i, j))) {
            let Some(here) = pair(i, j) else { continue };
            let sum = expected.entry(here).or_default();
            sum.0 += unit;
            let beside = [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)];
            let open = beside.iter().filter(|(i, j)| pair(*i, *j) != Some(here)).count();
            sum.1 += open as f64 * unit.sqrt();
        }
        let crosswalk = between(&old, &new);
        let found: BTreeMap<_, _> = crosswalk
            .intersections()
            .iter()
            .map(|one| ((one.old, one.new), (one.extent.m2, one.extent.perimeter)))
            .collect();
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (key, (m2, border)) in &expected {
            prop_assert!((found[key].0 - m2).abs() < 1e-6, "{:?}: {} not {}", key, found[key].0, m2);
            prop_assert!(
                (found[key].1 - border).abs() < 1e-4,
                "{:?}: border {} not {}", key, found[key].1, border,
            );
        }
    }

    /// Triangles over points of a small grid, some of them made one: borders that meet in every
    /// way. What triangles have in common is known.
    #[test]
    fn triangles_are_clipped(
        size in 2..40_i32,
        old_points in prop::collection::vec([0..40_i32, 0..40_i32], 3..40),
        new_points in prop::collection::vec([0..40_i32, 0..40_i32], 3..40),
        numbers in prop::collection::vec(0..9_u32, 200),
        offset in [-5..6_i32, -5..6_i32],
    ) {
        let old_pieces = triangles(&old_points, size, [0, 0]);
        let new_pieces = triangles(&new_points, size, offset);
        prop_assume!(!old_pieces.is_empty() && !new_pieces.is_empty());
        let (of_old, of_new) = (&numbers[..old_pieces.len()], &numbers[100..][..new_pieces.len()]);
        let (old, new) = (of_pieces(&old_pieces, of_old), of_pieces(&new_pieces, of_new));
        let mut expected: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for (a, &i) in old_pieces.iter().zip(of_old) {
            for (b, &j) in new_pieces.iter().zip(of_new) {
                let m2 = common_area(a, b);
                if m2 > 0.0 {
                    *expected.entry((i, j)).or_default() += m2;
                }
            }
        }
        expected.retain(|_, m2| *m2 > 1e-4);
        let crosswalk = between(&old, &new);
        let found: BTreeMap<(u32, u32), f64> = crosswalk
            .intersections()
            .iter()
            .map(|one| ((one.old, one.new), one.extent.m2))
            .collect();
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (key, m2) in &expected {
            prop_assert!((found[key] - m2).abs() < 1e-6, "{:?}: {} not {}", key, found[key], m2);
        }
        // The other way round it is the same.
        let back = between(&new, &old);
        prop_assert_eq!(back.intersections().len(), crosswalk.intersections().len());
        for one in back.intersections() {
            let there = crosswalk.of_old(one.new as usize).find(|there| there.new == one.old);
            let there = there.expect("the same pair").extent;
            prop_assert!((there.m2 - one.extent.m2).abs() < 1e-6);
            prop_assert!((there.perimeter - one.extent.perimeter).abs() < 1e-4);
        }
        // Laid over itself, each area is its own.
        let same = between(&old, &old);
        for one in same.intersections() {
            let shape = old.rings().shape(one.old as usize, old.arcs());
            prop_assert_eq!((one.old, one.extent.m2), (one.new, shape.area_m2()));
            let border = length_of(&shape);
            prop_assert!((one.extent.perimeter - border).abs() < 1e-4);
        }
    }
}

/// The Delaunay triangles over the points that lie within `size`, metres.
fn triangles(points: &[[i32; 2]], size: i32, [x, y]: [i32; 2]) -> Vec<Ring> {
    let mut points: Vec<[i32; 2]> = points.iter().map(|p| p.map(|v| v % size)).collect();
    points.sort_unstable();
    points.dedup();
    let sites: Vec<_> = points
        .iter()
        .map(|&[x, y]| delaunator::Point { x: f64::from(x), y: f64::from(y) })
        .collect();
    let found = delaunator::triangulate(&sites).triangles;
    let (found, _) = found.as_chunks::<3>();
    let corner = |&at: &usize| [1000 * (points[at][0] + x), 1000 * (points[at][1] + y)];
    let ring = |triangle: &[usize; 3]| triangle.iter().map(corner).collect::<Ring>();
    let is_flat = |ring: &Ring| crate::coverage::exact::orientation(ring[0], ring[1], ring[2]) == 0;
    found.iter().map(ring).filter(|ring| !is_flat(ring)).take(100).collect()
}

/// What two triangles have in common, square metres: one is cut by each side of the other.
fn common_area(a: &Ring, b: &Ring) -> f64 {
    let metres = |ring: &Ring| -> Vec<[f64; 2]> {
        let mut ring: Vec<_> = ring.iter().map(|p| p.map(|v| f64::from(v) / 1e3)).collect();
        if double_area(&ring) < 0.0 {
            ring.reverse();
        }
        ring
    };
    let (mut left, knife) = (metres(a), metres(b));
    for at in 0..3 {
        let (p, q) = (knife[at], knife[(at + 1) % 3]);
        let height = |r: [f64; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
        let mut kept = Vec::new();
        for (i, &from) in left.iter().enumerate() {
            let to = left[(i + 1) % left.len()];
            let (start, end) = (height(from), height(to));
            if start >= 0.0 {
                kept.push(from);
            }
            if (start > 0.0 && end < 0.0) || (start < 0.0 && end > 0.0) {
                let part = start / (start - end);
                kept.push([0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis])));
            }
        }
        left = kept;
    }
    double_area(&left) / 2.0
}

fn double_area(ring: &[[f64; 2]]) -> f64 {
    let ends = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(ends).map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum()
}

fn length_of(shape: &Shape) -> f64 {
    let ring = |ring: &[[i32; 2]]| -> f64 {
        let ends = ring.iter().skip(1).chain(ring.first());
        ring.iter().zip(ends).map(|(&a, &b)| sums::distance(a, b)).sum()
    };
    shape.rings().map(ring).sum::<f64>() / 1e3
}
