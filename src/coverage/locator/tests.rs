mod real;

use geo::{Area, BooleanOps, Contains, Distance, Euclidean};
use geo_types::{Coord as Xy, LineString, MultiPolygon, Point as GeoPoint, Polygon as GeoPolygon};
use proptest::prelude::*;
use rayon::prelude::*;

use super::*;
use crate::coverage::{
    Shape, Tolerance,
    exact::{Meeting, Point, meeting},
    repair, testdata,
};

/// Where small made-up shapes stand, millimetres: a place of RD, so that metres round as they do.
const CORNER: [i32; 2] = [121_687_000, 487_484_000];

/// A ring in millimetres from the corner, in metres of RD.
fn line(ring: &[[i32; 2]]) -> LineString<f64> {
    let metres = |v: i32, corner: i32| f64::from(v + corner) / 1000.0;
    ring.iter().map(|p| Xy { x: metres(p[0], CORNER[0]), y: metres(p[1], CORNER[1]) }).collect()
}

fn shape(rings: &[Vec<[i32; 2]>]) -> Shape {
    let holes = rings[1..].iter().map(|ring| line(ring)).collect();
    let polygon = GeoPolygon::new(line(&rings[0]), holes);
    repair(&MultiPolygon(vec![polygon])).expect("a shape").0
}

fn locator(shapes: &[Shape]) -> Locator {
    let (topology, cleaning) = Topology::of(shapes, Tolerance { snap: 0, sliver: 0 });
    assert!(cleaning.is_nothing(), "{cleaning:?}");
    Locator::new(Arc::new(topology))
}

/// A point in quarters of a millimetre from the corner.
fn quarters(x: i32, y: i32) -> Rd {
    let metres =
        |quarters: i32, corner: i32| (f64::from(quarters) / 4.0 + f64::from(corner)) / 1000.0;
    Rd { x: metres(x, CORNER[0]), y: metres(y, CORNER[1]) }
}

/// Whether rings hold a point, edge by edge in whole units of 2^-16 mm: even-odd, half-open.
fn holds<'a>(rings: impl Iterator<Item = &'a [Point]>, point: Rd) -> bool {
    let units = |metres: f64| (metres * 65_536_000.0).round() as i128;
    let (px, py) = (units(point.x), units(point.y));
    let mut inside = false;
    for ring in rings {
        for (i, a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            let [ax, ay] = a.map(|v| i128::from(v) << 16);
            let [bx, by] = b.map(|v| i128::from(v) << 16);
            if (ay <= py) != (by <= py) {
                // Strictly east: px < ax + (py - ay) / (by - ay) * (bx - ax).
                let (left, right) = ((px - ax) * (by - ay), (py - ay) * (bx - ax));
                inside ^= if by > ay { left < right } else { left > right };
            }
        }
    }
    inside
}

fn brute(shapes: &[Shape], point: Rd) -> Vec<u32> {
    (0u32..).zip(shapes).filter(|(_, s)| holds(s.rings(), point)).map(|(i, _)| i).collect()
}

/// Vertices of shapes and middles of their edges, in quarters of a millimetre from the corner.
fn places_on_borders(shapes: &[Shape]) -> Vec<(i32, i32)> {
    let mut places = Vec::new();
    for ring in shapes.iter().flat_map(Shape::rings) {
        for (i, a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            let [ax, ay] = [0, 1].map(|i| a[i] - CORNER[i]);
            let [bx, by] = [0, 1].map(|i| b[i] - CORNER[i]);
            places.extend([(4 * ax, 4 * ay), (2 * (ax + bx), 2 * (ay + by))]);
        }
    }
    places
}

/// A side of a made-up coverage, in quadrilaterals.
const SIDE: usize = 6;

/// A coverage of `SIDE` × `SIDE` quadrilaterals with corners moved off a grid of 16 mm, some not at
/// all, so that straight borders occur. Each belongs to the area that `owners` names, or to none:
/// areas have parts, holes and enclaves, and corners where four meet.
fn patchwork(moves: &[(i32, i32)], owners: &[Option<u8>]) -> Vec<Shape> {
    let corner = |i: usize, j: usize| {
        let (dx, dy) = moves[(i * 31 + j) % moves.len()];
        [i as i32 * 16 + dx, j as i32 * 16 + dy]
    };
    let ring = |k: usize| {
        let (i, j) = (k % SIDE, k / SIDE);
        line(&[corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)])
    };
    let areas = owners.iter().flatten().max().map_or(0, |most| most + 1);
    (0..areas)
        .filter_map(|area| {
            let of_area = (0..SIDE * SIDE).filter(|k| owners[k % owners.len()] == Some(area));
            let quads = of_area.map(|k| GeoPolygon::new(ring(k), Vec::new()));
            Some(repair(&MultiPolygon(quads.collect())).ok()?.0)
        })
        .collect()
}

/// Moves of corners, and owners of quadrilaterals.
fn patches() -> impl Strategy<Value = (Vec<(i32, i32)>, Vec<Option<u8>>)> {
    let moves = proptest::collection::vec((-3..=3i32, -3..=3i32), 1..40);
    let owner = proptest::option::weighted(0.9, 0..7u8);
    (moves, proptest::collection::vec(owner, SIDE * SIDE))
}

/// A ring of corners around (500, 500) at these distances, within a square of 1 m, in a square
/// with a hole: as many edges as wanted in little space.
fn star(distances: &[i32]) -> Vec<Shape> {
    let ring: Vec<[i32; 2]> = distances
        .iter()
        .enumerate()
        .map(|(i, distance)| {
            let angle = i as f64 / distances.len() as f64 * std::f64::consts::TAU;
            [angle.cos(), angle.sin()].map(|part| 500 + (part * f64::from(*distance)) as i32)
        })
        .collect();
    let star = shape(&[ring]);
    let square = line(&[[-9, -9], [1009, -9], [1009, 1009], [-9, 1009]]);
    let around = MultiPolygon(vec![GeoPolygon::new(square, Vec::new())])
        .difference(&star.to_multi_polygon());
    vec![star, repair(&around).expect("a shape").0]
}

proptest! {
    #[test]
    fn a_patchwork_is_answered_as_edge_by_edge(
        (moves, owners) in patches(),
        points in proptest::collection::vec((-20..7 * 64i32, -20..7 * 64i32), 30),
    ) {
        let shapes = patchwork(&moves, &owners);
        let locator = locator(&shapes);
        let points: Vec<_> = points.into_iter().chain(places_on_borders(&shapes)).collect();
        let all = locator.at_all(&points.iter().map(|&(x, y)| quarters(x, y)).collect::<Vec<_>>());
        prop_assert_eq!(all.len(), points.len());
        for ((x, y), together) in points.into_iter().zip(all) {
            let point = quarters(x, y);
            let expected = brute(&shapes, point);
            prop_assert!(expected.len() <= 1, "no overlaps: {:?}", expected);
            prop_assert_eq!(locator.at(point), expected.first().copied(), "{} {}", x, y);
            prop_assert_eq!(together, expected.first().copied(), "{} {}", x, y);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn many_edges_in_little_space_are_told_apart(
        distances in proptest::collection::vec(4..500i32, 200..400),
        points in proptest::collection::vec((-40..4040i32, -40..4040i32), 200),
    ) {
        let shapes = star(&distances);
        // Differences are rounded to the grid: the coverage has what both agree on.
        let (topology, _) = Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 });
        let shapes: Vec<_> =
            (0..2).map(|area| topology.rings().shape(area, topology.arcs())).collect();
        let locator = Locator::new(Arc::new(topology));
        for (x, y) in points.into_iter().chain(places_on_borders(&shapes)) {
            let point = quarters(x, y);
            prop_assert_eq!(locator.at(point), brute(&shapes, point).first().copied());
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn distances_are_those_of_geo(
        (moves, owners) in patches(),
        points in proptest::collection::vec((-400..11 * 64i32, -400..11 * 64i32), 10),
        radius in 0..200i32,
    ) {
        let shapes = patchwork(&moves, &owners);
        let locator = locator(&shapes);
        let metres = f64::from(radius) / 4000.0;
        for (x, y) in points {
            let point = quarters(x, y);
            let inside = locator.at(point);
            let all: Vec<(u32, f64)> = (0u32..)
                .zip(&shapes)
                .map(|(i, s)| (i, if inside == Some(i) { 0.0 } else { distance_to(s, point) }))
                .collect();
            let least = all.iter().map(|(_, d)| *d).fold(f64::INFINITY, f64::min);
            match locator.nearest(point) {
                None => prop_assert!(shapes.is_empty()),
                Some((area, distance)) => {
                    prop_assert!((distance - least).abs() < 1e-6, "{distance} {least}");
                    prop_assert!((all[area as usize].1 - least).abs() < 1e-6);
                }
            }
            let found = locator.within_radius(point, metres);
            prop_assert!(found.is_sorted_by(|a, b| a.1 <= b.1));
            for (area, distance) in all {
                let there = found.iter().find(|(other, _)| *other == area);
                if (distance - metres).abs() > 1e-6 {
                    prop_assert_eq!(there.is_some(), distance < metres);
                }
                prop_assert!(there.is_none_or(|(_, d)| (d - distance).abs() < 1e-6));
            }
        }
    }

    #[test]
    fn a_polygon_meets_the_areas_that_share_interior_with_it(
        (moves, owners) in patches(),
        // Often on the lines of the grid that corners are moved off.
        ring in proptest::collection::vec((0..14i32, 0..14i32), 3..9),
        hole in proptest::collection::vec((0..14i32, 0..14i32), 3..5),
    ) {
        let shapes = patchwork(&moves, &owners);
        let locator = locator(&shapes);
        let corners = |ring: &[(i32, i32)]| -> Vec<[i32; 2]> {
            ring.iter().map(|&(x, y)| [x * 8 - 4, y * 8 - 4]).collect()
        };
        let polygon = GeoPolygon::new(line(&corners(&ring)), vec![line(&corners(&hole))]);
        let Ok((query, _)) = repair(&MultiPolygon(vec![polygon])) else { return Ok(()) };
        for polygon in query.polygons() {
            let of = |rings: Vec<LineString<f64>>| {
                GeoPolygon::new(rings[0].clone(), rings[1..].to_vec())
            };
            let rings = polygon.rings().map(|ring| {
                line(&ring.iter().map(|p| [p[0] - CORNER[0], p[1] - CORNER[1]]).collect::<Vec<_>>())
            });
            let plain = MultiPolygon(vec![of(rings.collect())]);
            let found = locator.meeting_polygon(&polygon);
            prop_assert!(found.is_sorted());
            for (area, shape) in (0u32..).zip(&shapes) {
                // Square metres. What geo finds is rounded, and what two shapes share may be less.
                let shared = shape.to_multi_polygon().intersection(&plain).unsigned_area();
                let is_clear = shared > 1e-9;
                if is_clear || !edges(shape.rings()).any(|(a, b)| {
                    edges(polygon.rings()).any(|(c, d)| meeting(a, b, c, d) == Meeting::Cross)
                }) {
                    prop_assert_eq!(found.contains(&area), is_clear, "{} {}", area, shared);
                } else {
                    prop_assert!(found.contains(&area), "what crosses shares interior");
                }
            }
        }
    }

    #[test]
    fn no_coordinate_panics(x in any::<f64>(), y in any::<f64>()) {
        let locator = locator(&patchwork(&[(1, 2)], &[Some(0), Some(1)]));
        let point = Rd { x, y };
        let _ = (locator.at(point), locator.nearest(point), locator.in_box(point, quarters(9, 9)));
        let _ = (locator.within_radius(point, x), locator.within_radius(quarters(9, 9), y));
    }
}

fn edges<'a>(rings: impl Iterator<Item = &'a [Point]>) -> impl Iterator<Item = (Point, Point)> {
    rings
        .flat_map(|ring| ring.iter().copied().zip(ring.iter().skip(1).chain(ring.first()).copied()))
}

/// Metres from a point to the border of a shape, by geo.
fn distance_to(shape: &Shape, point: Rd) -> f64 {
    let border: f64 = shape
        .to_multi_polygon()
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .map(|ring| Euclidean.distance(&GeoPoint::new(point.x, point.y), ring))
        .fold(f64::INFINITY, f64::min);
    border
}

fn square(x: i32, y: i32, size: i32) -> Shape {
    shape(&[vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size]]])
}

#[test]
fn borders_belong_to_the_east_else_to_the_north() {
    // South-west, south-east, north-west, north-east.
    let shapes = [square(0, 0, 10), square(10, 0, 10), square(0, 10, 10), square(10, 10, 10)];
    let locator = locator(&shapes);
    let at = |x: i32, y: i32| locator.at(quarters(4 * x, 4 * y));
    assert_eq!(at(10, 5), Some(1));
    assert_eq!(at(5, 10), Some(2));
    assert_eq!(at(10, 10), Some(3));
    assert_eq!(at(0, 0), Some(0));
    assert_eq!(at(10, 0), Some(1));
    assert_eq!(at(0, 10), Some(2));
    assert_eq!(at(20, 5), None);
    assert_eq!(at(5, 20), None);
    assert_eq!(at(-1, 5), None);
}

#[test]
fn a_hole_is_outside_and_what_fills_it_inside() {
    let ring = vec![[0, 0], [90, 0], [90, 90], [0, 90]];
    let hole = vec![[30, 30], [60, 30], [60, 60], [30, 60]];
    let locator = locator(&[shape(&[ring, hole.clone()]), shape(&[hole])]);
    assert_eq!(locator.at(quarters(45 * 4, 45 * 4)), Some(1));
    assert_eq!(locator.at(quarters(60 * 4, 45 * 4)), Some(0));
    assert_eq!(locator.at(quarters(30 * 4, 45 * 4)), Some(1));
    assert_eq!(locator.at(quarters(45 * 4, 60 * 4)), Some(0));
}

#[test]
fn areas_far_apart_and_far_out_are_found() {
    let most = 1_000_000_000;
    let at = |x: i32, y: i32| Shape::from_rings(vec![vec![vec![[x, y], [x, y + 1], [x - 1, y]]]]);
    let shapes = [at(most, most - 1), at(1 - most, -most), at(0, 0)];
    let locator = locator(&shapes);
    for (number, [x, y]) in [[most - 1, most - 1], [-most, -most], [-1, 0]].iter().enumerate() {
        let rd = |x: i32, y: i32| Rd { x: f64::from(x) / 1000.0, y: f64::from(y) / 1000.0 };
        assert_eq!(locator.at(rd(*x, *y)), Some(number as u32));
        assert_eq!(locator.at(rd(x.saturating_add(1), *y)), None);
    }
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    let none = locator(&[]);
    assert!(none.is_empty());
    assert_eq!(none.at(quarters(0, 0)), None);
    assert_eq!(none.nearest(quarters(0, 0)), None);
    assert_eq!(none.within_radius(quarters(0, 0), 1e6), []);
    assert_eq!(none.meeting_polygon(&only(&square(0, 0, 9))), [0u32; 0]);
    let locator = locator(&[square(0, 0, 9)]);
    for odd in [f64::NAN, f64::INFINITY, 1e300, -1e300] {
        for point in [Rd { x: odd, y: 487_484.0 }, Rd { x: 121_687.0, y: odd }] {
            assert_eq!(locator.at(point), None);
            assert_eq!(locator.at_all(&[point, quarters(4, 4)]), [None, Some(0)]);
            assert_eq!(locator.nearest(point), None);
            assert_eq!(locator.within_radius(point, 1e6), []);
        }
    }
    assert_eq!(locator.within_radius(quarters(0, 0), f64::NAN), []);
    assert_eq!(locator.within_radius(quarters(0, 0), -1.0), []);
}

/// The polygon of a shape that has one.
fn only(shape: &Shape) -> Polygon<'_> {
    shape.polygons().next().expect("a polygon")
}

#[test]
fn boxes_find_the_areas_whose_box_they_meet() {
    let nine: Vec<_> = (0..9).map(|k| square(k % 3 * 16, k / 3 * 16, 16)).collect();
    let locator = locator(&nine);
    assert_eq!(locator.in_box(quarters(4, 4), quarters(8, 8)), [0]);
    assert_eq!(locator.in_box(quarters(64, 4), quarters(64, 8)), [0, 1]);
    assert_eq!(locator.in_box(quarters(-99, -99), quarters(999, 999)).len(), 9);
    assert_eq!(locator.in_box(quarters(8, 8), quarters(4, 4)), [0u32; 0]);
}

#[test]
fn a_polygon_that_only_touches_meets_nothing() {
    let locator = locator(&[square(0, 0, 10), square(10, 0, 10), square(0, 10, 10)]);
    let meets = |query: &Shape| locator.meeting_polygon(&only(query));
    // In the missing quarter, along two borders.
    assert_eq!(meets(&square(10, 10, 10)), [0u32; 0]);
    assert_eq!(meets(&square(-10, -10, 10)), [0u32; 0]);
    // The same border as an area, all of it or in part.
    assert_eq!(meets(&square(0, 0, 10)), [0]);
    assert_eq!(meets(&square(0, 0, 9)), [0]);
    assert_eq!(meets(&square(0, 0, 11)), [0, 1, 2]);
    assert_eq!(meets(&square(2, 2, 3)), [0]);
    assert_eq!(meets(&square(-5, -5, 90)), [0, 1, 2]);
    // Around an area, which lies in the hole.
    let outer = vec![[-5, -5], [40, -5], [40, 40], [-5, 40]];
    let hole = vec![[0, 0], [20, 0], [20, 10], [10, 10], [10, 20], [0, 20]];
    assert_eq!(meets(&shape(&[outer, hole])), [0u32; 0]);
}
