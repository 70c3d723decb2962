use std::time::Instant;

use geo_types::{Coord as Xy, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

use super::*;
use crate::coverage::{repair, testdata};

/// Where small made-up shapes stand, millimetres: a place of RD, so that metres round as they do.
const CORNER: [i32; 2] = [121_687_000, 487_484_000];

fn shape(rings: &[Vec<[i32; 2]>]) -> Shape {
    let line = |ring: &Vec<[i32; 2]>| -> LineString<f64> {
        ring.iter()
            .map(|p| Xy {
                x: f64::from(p[0] + CORNER[0]) / 1000.0,
                y: f64::from(p[1] + CORNER[1]) / 1000.0,
            })
            .collect()
    };
    let polygon = Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect());
    repair(&MultiPolygon(vec![polygon])).expect("a shape").0
}

/// A point in quarters of a millimetre from the corner.
fn quarters(x: i32, y: i32) -> Rd {
    let metres =
        |quarters: i32, corner: i32| (f64::from(quarters) / 4.0 + f64::from(corner)) / 1000.0;
    Rd { x: metres(x, CORNER[0]), y: metres(y, CORNER[1]) }
}

/// Whether a shape holds a point, edge by edge in integers of 2^-30 mm.
fn holds(shape: &Shape, point: Rd) -> bool {
    const UNIT: f64 = 1_073_741_824.0;
    let exact = |metres: f64| {
        let v = metres * 1000.0 * UNIT;
        assert_eq!(v.fract(), 0.0, "a whole number of units");
        v as i128
    };
    let (px, py) = (exact(point.x), exact(point.y));
    let mut inside = false;
    for ring in shape.rings() {
        for (i, a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            let [ax, ay] = a.map(|v| i128::from(v) << 30);
            let [bx, by] = b.map(|v| i128::from(v) << 30);
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
    (0u32..).zip(shapes).filter(|(_, s)| holds(s, point)).map(|(i, _)| i).collect()
}

/// A tiling of `n` × `n` quadrilaterals with corners moved off a grid of 16 mm, some not at all, so
/// that straight horizontal and vertical borders occur.
fn tiling(n: usize, moves: &[(i32, i32)]) -> Vec<Shape> {
    let corner = |i: usize, j: usize| {
        let border = i == 0 || j == 0 || i == n || j == n;
        let (dx, dy) = if border { (0, 0) } else { moves[(i * 31 + j) % moves.len()] };
        [i as i32 * 16 + dx, j as i32 * 16 + dy]
    };
    let cell = |k: usize| {
        let (i, j) = (k % n, k / n);
        shape(&[vec![corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]])
    };
    (0..n * n).map(cell).collect()
}

proptest! {
    #[test]
    fn every_point_of_a_tiling_has_exactly_one_area(
        moves in proptest::collection::vec((-3..=3i32, -3..=3i32), 1..40),
        points in proptest::collection::vec((0..5 * 64i32, 0..5 * 64i32), 50),
    ) {
        let shapes = tiling(5, &moves);
        let locator = Locator::new(&shapes);
        let corners = shapes.iter().flat_map(|s| s.vertices().to_vec()).map(|p| {
            ((p[0] - CORNER[0]) * 4, (p[1] - CORNER[1]) * 4)
        });
        let middles = shapes.iter().flat_map(|s| {
            let v = s.vertices();
            (0..v.len()).map(|i| (v[i], v[(i + 1) % v.len()])).collect::<Vec<_>>()
        }).map(|(a, b)| ((a[0] + b[0] - 2 * CORNER[0]) * 2, (a[1] + b[1] - 2 * CORNER[1]) * 2));
        for (x, y) in points.into_iter().chain(corners).chain(middles) {
            let point = quarters(x, y);
            let expected = brute(&shapes, point);
            let inside = (0..320).contains(&x) && (0..320).contains(&y);
            prop_assert_eq!(expected.len(), usize::from(inside), "{} {}", x, y);
            prop_assert_eq!(locator.at(point), expected.first().copied(), "{} {}", x, y);
        }
    }

    #[test]
    fn of_overlapping_shapes_the_lowest_ordinal_wins(
        rings in proptest::collection::vec(
            proptest::collection::vec((0..400i32, 0..400i32), 3..12), 1..12),
        points in proptest::collection::vec((-50..1650i32, -50..1650i32), 60),
    ) {
        let shapes: Vec<Shape> = rings
            .iter()
            .filter_map(|ring| {
                let line: LineString<f64> = ring.iter().map(|&(x, y)| {
                    let p = quarters(4 * x, 4 * y);
                    Xy { x: p.x, y: p.y }
                }).collect();
                repair(&MultiPolygon(vec![Polygon::new(line, vec![])])).ok()
            })
            .map(|(shape, _)| shape)
            .collect();
        let locator = Locator::new(&shapes);
        let vertices = rings.iter().flatten().map(|&(x, y)| (4 * x, 4 * y));
        for (x, y) in points.into_iter().chain(vertices) {
            let point = quarters(x, y);
            let expected = brute(&shapes, point);
            prop_assert_eq!(locator.at(point), expected.first().copied());
            if let (None, Some((nearest, distance))) = (expected.first(), locator.nearest(point)) {
                let all: Vec<f64> = shapes.iter().map(|s| distance_to(s, point)).collect();
                let least = all.iter().copied().fold(f64::INFINITY, f64::min);
                prop_assert!((distance - least).abs() < 1e-6);
                prop_assert!((all[nearest as usize] - least).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn no_coordinate_panics(x in any::<f64>(), y in any::<f64>()) {
        let locator = Locator::new(&tiling(2, &[(1, 2)]));
        let point = Rd { x, y };
        let _ = (locator.at(point), locator.nearest(point), locator.in_box(point, quarters(9, 9)));
    }
}

/// Metres from a point to the border of a shape, by geo.
fn distance_to(shape: &Shape, point: Rd) -> f64 {
    use geo::{Distance, Euclidean};
    let border: f64 = shape
        .to_multi_polygon()
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .map(|ring| Euclidean.distance(&geo_types::Point::new(point.x, point.y), ring))
        .fold(f64::INFINITY, f64::min);
    border
}

#[test]
fn borders_belong_to_the_east_else_to_the_north() {
    let square =
        |x: i32, y: i32| shape(&[vec![[x, y], [x + 10, y], [x + 10, y + 10], [x, y + 10]]]);
    // South-west, south-east, north-west, north-east.
    let shapes = [square(0, 0), square(10, 0), square(0, 10), square(10, 10)];
    let locator = Locator::new(&shapes);
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
    let locator = Locator::new(&[shape(&[ring, hole.clone()]), shape(&[hole])]);
    assert_eq!(locator.at(quarters(45 * 4, 45 * 4)), Some(1));
    assert_eq!(locator.at(quarters(60 * 4, 45 * 4)), Some(0));
    assert_eq!(locator.at(quarters(30 * 4, 45 * 4)), Some(1));
    assert_eq!(locator.at(quarters(45 * 4, 60 * 4)), Some(0));
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    let none: [Shape; 0] = [];
    let locator = Locator::new(&none);
    assert!(locator.is_empty());
    assert_eq!(locator.at(quarters(0, 0)), None);
    assert_eq!(locator.nearest(quarters(0, 0)), None);
    let locator = Locator::new(&tiling(2, &[(0, 0)]));
    for odd in [f64::NAN, f64::INFINITY, 1e300, -1e300] {
        assert_eq!(locator.at(Rd { x: odd, y: 487_484.0 }), None);
        assert_eq!(locator.at(Rd { x: 121_687.0, y: odd }), None);
    }
    assert_eq!(locator.nearest(Rd { x: f64::NAN, y: 0.0 }), None);
}

#[test]
fn boxes_find_the_areas_whose_box_they_meet() {
    let locator = Locator::new(&tiling(3, &[(0, 0)]));
    assert_eq!(locator.in_box(quarters(4, 4), quarters(8, 8)), [0]);
    assert_eq!(locator.in_box(quarters(64, 4), quarters(64, 8)), [0, 1]);
    assert_eq!(locator.in_box(quarters(-99, -99), quarters(999, 999)).len(), 9);
    assert_eq!(locator.in_box(quarters(8, 8), quarters(4, 4)), [0u32; 0]);
}

/// Shapes of the buurten of 2024.
fn buurten() -> Option<Vec<Shape>> {
    let areas =
        testdata::geopackage("cbs-2024/wijkenbuurten_2024_v1.gpkg", "buurten", "buurtcode")?;
    Some(areas.par_iter().map(|(_, shape)| repair(shape).expect("a shape").0).collect())
}

/// A point of a box by number, spread evenly.
fn spread(i: u32, [x0, y0, x1, y1]: [f64; 4]) -> Rd {
    // The plastic number's sequence: evenly spread in two dimensions.
    let part = |factor: f64| (f64::from(i) * factor).fract();
    Rd {
        x: x0 + (x1 - x0) * part(0.754_877_666_246_692_7),
        y: y0 + (y1 - y0) * part(0.569_840_290_998_053_2),
    }
}

const COUNTRY: [f64; 4] = [13_600.0, 306_800.0, 278_000.0, 619_300.0];

#[test]
fn real_buurten_are_found_as_edge_by_edge() {
    let Some(shapes) = buurten() else { return };
    let locator = Locator::new(&shapes);
    let boxes: Vec<_> = shapes.iter().map(|s| s.bbox().expect("a box")).collect();
    let slow = |p: Rd| {
        let q = millimetres(p).expect("finite");
        let near = |b: &crate::coverage::BBox| {
            f64::from(b.min[0]) <= q.x
                && q.x <= f64::from(b.max[0])
                && f64::from(b.min[1]) <= q.y
                && q.y <= f64::from(b.max[1])
        };
        (0..shapes.len()).find(|&i| near(&boxes[i]) && holds(&shapes[i], p)).map(|i| i as u32)
    };
    let vertices = shapes.iter().flat_map(Shape::vertices).step_by(997);
    let on_vertices =
        vertices.map(|p| Rd { x: f64::from(p[0]) / 1000.0, y: f64::from(p[1]) / 1000.0 });
    let mut found = 0;
    for p in (0..20_000).map(|i| spread(i, COUNTRY)).chain(on_vertices) {
        let answer = locator.at(p);
        assert_eq!(answer, slow(p), "{p:?}");
        found += u32::from(answer.is_some());
    }
    assert!(found > 8_000, "{found}");
}

#[test]
#[ignore = "a measurement"]
fn speed() {
    let Some(shapes) = buurten() else { return };
    for _ in 0..3 {
        let start = Instant::now();
        let locator = Locator::new(&shapes);
        let both = start.elapsed();
        drop(locator);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let one = pool.install(|| {
            let start = testdata::cpu_seconds();
            let locator = Locator::new(&shapes);
            (testdata::cpu_seconds() - start, locator.len()).0
        });
        eprintln!("{} shapes indexed in {both:?}; {one:.3} s of one core", shapes.len());
    }
    let locator = Locator::new(&shapes);
    let edges: usize = locator.bands.iter().map(|b| b.edges().len()).sum();
    let vertices: usize = shapes.iter().map(|s| s.vertices().len()).sum();
    eprintln!("{vertices} vertices, {edges} edges in bands, {}", locator.raster.describe());
    // As addresses lie: near the middles of areas, which are small where people live.
    let middles: Vec<Rd> = shapes.iter().filter_map(Shape::interior_point).collect();
    type Places<'a> = (&'a str, Box<dyn Fn(u32) -> Rd + 'a>);
    let cases: [Places<'_>; 2] = [
        ("spread over the country", Box::new(|i| spread(i, COUNTRY))),
        (
            "around the middles of areas",
            Box::new(|i| {
                let Rd { x, y } = middles[(i as usize * 7919) % middles.len()];
                spread(i, [x - 300.0, y - 300.0, x + 300.0, y + 300.0])
            }),
        ),
    ];
    for (name, place) in cases {
        let points: Vec<Rd> = (0..2_000_000).map(place).collect();
        for _ in 0..2 {
            let start = testdata::cpu_seconds();
            let found = points.iter().filter(|p| locator.at(**p).is_some()).count();
            let rate = points.len() as f64 / (testdata::cpu_seconds() - start) / 1e6;
            eprintln!("{name}: {rate:.2} M points/s on one core, {found} found");
        }
    }
}
