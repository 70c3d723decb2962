use std::collections::BTreeSet;

use geo::{Area, BooleanOps};
use proptest::prelude::*;

use super::*;
use crate::coverage::{neighbours::Neighbours, testdata::patchwork, validity::check};

/// The area of a shape given by rings in metres.
fn shape(rings: &[&[[i32; 2]]]) -> Shape {
    let scaled = rings.iter().map(|ring| ring.iter().map(|p| p.map(|v| v * 1000)).collect());
    Shape::from_rings(vec![scaled.collect()])
}

fn square(x: i32, y: i32, size: i32) -> Vec<[i32; 2]> {
    vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size]]
}

/// Every area comes back as it was.
fn assert_same(shapes: &[Shape]) -> Topology {
    let (topology, cleaning) = Topology::of(shapes, Tolerance::default());
    assert_eq!(cleaning, Cleaning::default());
    for (ordinal, shape) in shapes.iter().enumerate() {
        assert_eq!(&topology.rings().shape(ordinal, topology.arcs()), shape, "{ordinal}");
    }
    assert_eq!(Topology::from_bytes(&topology.to_bytes()), Ok(topology.clone()));
    topology
}

#[test]
fn four_squares_meet_in_a_corner() {
    let shapes: Vec<Shape> = [[0, 0], [10, 0], [0, 10], [10, 10]]
        .iter()
        .map(|[x, y]| shape(&[&square(*x, *y, 10)]))
        .collect();
    let topology = assert_same(&shapes);
    // Four arcs within, four around.
    assert_eq!(topology.arcs().len(), 8);
}

#[test]
fn enclaves_islands_and_touching_holes_come_back() {
    let ring = square(0, 0, 100);
    let hole: Vec<_> = square(20, 20, 20).into_iter().rev().collect();
    let touching: Vec<_> = square(40, 40, 20).into_iter().rev().collect();
    let shapes = [
        shape(&[&ring, &hole, &touching]),
        shape(&[&square(20, 20, 20), &square(25, 25, 5).into_iter().rev().collect::<Vec<_>>()]),
        shape(&[&square(25, 25, 5)]),
        // Beyond, touching a corner.
        shape(&[&square(100, 100, 10)]),
        shape(&[&square(300, 300, 10)]),
    ];
    assert_same(&shapes);
}

#[test]
fn an_area_of_two_parts_that_touch_in_a_point_stays_two_polygons() {
    let parts = Shape::from_rings(vec![vec![square(0, 0, 9000)], vec![square(9000, 9000, 9000)]]);
    assert_same(&[parts, Shape::from_rings(vec![vec![square(9000, 0, 9000)]])]);
}

#[test]
fn a_square_in_another_is_taken_out_of_it() {
    let shapes = [shape(&[&square(0, 0, 100)]), shape(&[&square(20, 20, 20)])];
    let (topology, cleaning) = Topology::of(&shapes, Tolerance::default());
    assert_eq!(cleaning.overlaps, [Overlap { areas: vec![0, 1], to: 1, m2: 400.0 }]);
    let hole: Vec<_> = square(20, 20, 20).into_iter().rev().collect();
    assert_eq!(topology.rings().shape(0, topology.arcs()), shape(&[&square(0, 0, 100), &hole]));
    assert_eq!(topology.rings().shape(1, topology.arcs()), shapes[1]);
}

const SIDE: usize = 6;
const CELL: i32 = 10_000;

/// Owners of cells, how far each corner is bent, and the same noise again for single areas.
fn countries() -> impl Strategy<Value = (Vec<u8>, Vec<[i32; 2]>, Vec<[i32; 2]>)> {
    let corners = (SIDE + 1) * (SIDE + 1);
    let bend = prop::collection::vec(prop::array::uniform2(-3000..=3000), corners);
    let noise = prop::collection::vec(prop::array::uniform2(-1..=1), corners);
    (prop::collection::vec(0u8..8, SIDE * SIDE), bend, noise)
}

fn country(owners: &[u8], bend: &[[i32; 2]], noise: impl Fn(u8, usize) -> [i32; 2]) -> Vec<Shape> {
    let at = |x, y| y * (SIDE + 1) + x;
    patchwork(SIDE, CELL, owners, |x, y| bend[at(x, y)], |area, x, y| noise(area, at(x, y)))
}

fn shapes_of(topology: &Topology, arcs: &Arcs) -> Vec<Shape> {
    (0..topology.rings().len()).map(|area| topology.rings().shape(area, arcs)).collect()
}

/// Every shape is valid, none overlaps another.
fn assert_partition(shapes: &[Shape]) {
    for (i, shape) in shapes.iter().enumerate() {
        assert_eq!(check(shape), Ok(()), "{i}");
        for other in &shapes[..i] {
            let [a, b] = [shape, other].map(Shape::to_multi_polygon);
            assert!(a.intersection(&b).unsigned_area() < 1e-6);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_coverage_comes_back_area_by_area((owners, bend, _) in countries()) {
        let shapes = country(&owners, &bend, |_, _| [0; 2]);
        let (topology, cleaning) = Topology::of(&shapes, Tolerance::default());
        prop_assert!(cleaning.overlaps.is_empty() && cleaning.unsettled.is_empty());
        let sizes = topology.sizes();
        for ((shape, back), size) in
            shapes.iter().zip(shapes_of(&topology, topology.arcs())).zip(sizes)
        {
            prop_assert_eq!(shape.area_m2(), back.area_m2());
            prop_assert_eq!(shape.area_m2(), size);
            prop_assert_eq!(check(&back), Ok(()));
        }
        prop_assert_eq!(Topology::from_bytes(&topology.to_bytes()), Ok(topology));
    }

    #[test]
    fn noise_is_snapped_away((owners, bend, noise) in countries(), most in 1i32..45) {
        // Each area has its own idea of where a corner is, within a tenth of a metre.
        let shapes = country(&owners, &bend, |area, at| {
            noise[(at + usize::from(area) * 7) % noise.len()].map(|v| v * most)
        });
        let (topology, cleaning) = Topology::of(&shapes, Tolerance::default());
        prop_assert!(cleaning.unsettled.is_empty());
        let mended = shapes_of(&topology, topology.arcs());
        assert_partition(&mended);
        // No gap is left: the country is as large as its outer border.
        let whole: f64 = topology.sizes().iter().sum();
        let country = topology.dissolve(&vec![Some(0); shapes.len()], 1);
        let outline = country.shape(0, topology.arcs());
        prop_assert_eq!(outline.polygons().map(|p| p.holes().len()).sum::<usize>(), 0);
        prop_assert!((whole - outline.area_m2()).abs() < 1e-6);
    }

    #[test]
    fn borders_that_do_not_match_at_all_are_parted((owners, bend, noise) in countries()) {
        let shapes = country(&owners, &bend, |area, at| {
            noise[(at + usize::from(area) * 5) % noise.len()].map(|v| v * 2500)
        });
        let (topology, cleaning) = Topology::of(&shapes, Tolerance::default());
        prop_assert!(cleaning.unsettled.is_empty());
        assert_partition(&shapes_of(&topology, topology.arcs()));
    }

    #[test]
    fn every_level_of_detail_is_a_coverage((owners, bend, _) in countries(), exponent in 1.0..9.0) {
        let shapes = country(&owners, &bend, |_, _| [0; 2]);
        let (mut topology, _) = Topology::of(&shapes, Tolerance::default());
        topology.order_removals();
        let tolerance = 10f64.powf(exponent);
        let arcs = topology.detail(tolerance);
        let coarse = shapes_of(&topology, &arcs);
        assert_partition(&coarse);
        let (again, cleaning) = Topology::of(&coarse, Tolerance { snap: 0, sliver: 0 });
        prop_assert!(cleaning.is_nothing(), "{:?}", cleaning);
        let beside = |of: &Topology| {
            let neighbours = Neighbours::of(of.arcs(), |arc| of.sides(arc), shapes.len());
            (0..shapes.len())
                .map(|area| neighbours.queen(area).iter().map(|n| n.area).collect::<BTreeSet<_>>())
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(beside(&topology), beside(&again));
        // Nothing is further from the original than was asked.
        for arc in 0..arcs.len() {
            for p in topology.arcs().get(arc) {
                let nearest = arcs.get(arc).windows(2).map(|edge| distance(edge, *p));
                prop_assert!(nearest.fold(f64::INFINITY, f64::min) <= tolerance);
            }
        }
    }

    #[test]
    fn levels_above_are_the_sum_of_their_parts((owners, bend, _) in countries(), cut in 1u32..7) {
        let shapes = country(&owners, &bend, |_, _| [0; 2]);
        let (topology, _) = Topology::of(&shapes, Tolerance::default());
        let parents: Vec<_> = (0..shapes.len() as u32).map(|area| Some(area % cut)).collect();
        let rings = topology.dissolve(&parents, cut as usize);
        for parent in 0..cut {
            let parts = (0..shapes.len()).filter(|&area| parents[area] == Some(parent));
            let sum: f64 = parts.map(|area| shapes[area].area_m2()).sum();
            let made = rings.shape(parent as usize, topology.arcs());
            prop_assert!((made.area_m2() - sum).abs() < 1e-6);
            if sum > 0.0 {
                prop_assert_eq!(check(&made), Ok(()));
            }
        }
    }
}

fn distance(edge: &[[i32; 2]], p: [i32; 2]) -> f64 {
    let [a, b, p] = [edge[0], edge[1], p].map(|p| p.map(f64::from));
    let (ex, ey) = (b[0] - a[0], b[1] - a[1]);
    let along = (p[0] - a[0]) * ex + (p[1] - a[1]) * ey;
    let t = (along / (ex * ex + ey * ey)).clamp(0.0, 1.0);
    (p[0] - a[0] - t * ex).hypot(p[1] - a[1] - t * ey)
}

#[test]
fn damaged_bytes_are_refused() {
    let shapes = [shape(&[&square(0, 0, 10)]), shape(&[&square(10, 0, 10)])];
    let (mut topology, _) = Topology::of(&shapes, Tolerance::default());
    topology.order_removals();
    let bytes = topology.to_bytes();
    assert_eq!(Topology::from_bytes(&bytes), Ok(topology));
    for end in 0..bytes.len() {
        assert_eq!(Topology::from_bytes(&bytes[..end]), Err(TopologyError), "{end}");
    }
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1 << bit;
            if let Ok(topology) = Topology::from_bytes(&bytes) {
                // What is accepted can be used.
                shapes_of(&topology, &topology.detail(1e4));
                topology.sizes();
            }
        }
    }
}

#[test]
fn neighbours_know_points_and_stretches() {
    let places = [[0, 0], [10, 0], [0, 10], [10, 10], [20, 0]];
    let shapes: Vec<Shape> = places.iter().map(|[x, y]| shape(&[&square(*x, *y, 10)])).collect();
    let (topology, _) = Topology::of(&shapes, Tolerance::default());
    let neighbours = Neighbours::of(topology.arcs(), |arc| topology.sides(arc), shapes.len());
    let queen =
        |area| neighbours.queen(area).iter().map(|n| (n.area, n.border)).collect::<Vec<_>>();
    assert_eq!(queen(0), [(1, 10.0), (2, 10.0), (3, 0.0)]);
    assert_eq!(queen(4), [(1, 10.0), (3, 0.0)]);
    assert_eq!(neighbours.rook(3).map(|n| n.area).collect::<Vec<_>>(), [1, 2]);
    let within: Vec<_> = neighbours.within(0, 2).into_iter().collect();
    assert_eq!(within, [(1, 1), (2, 1), (3, 1), (4, 2)]);
}

#[test]
#[ignore = "prints measurements"]
fn measure_real_coverages() {
    use crate::coverage::{repair, testdata};
    let files = [
        ("cbs-2024/wijkenbuurten_2024_v1.gpkg", "buurten", "buurtcode"),
        ("cbs-2024/wijkenbuurten_2024_v1.gpkg", "wijken", "wijkcode"),
        ("cbs-2024/wijkenbuurten_2024_v1.gpkg", "gemeenten", "gemeentecode"),
        ("cbs-2022/wijkenbuurten_2022_wijken_gemeenten.gpkg", "wijken", "wijkcode"),
        ("cbs-2020/wijkenbuurten_2020_gemeenten.gpkg", "gemeenten", "gemeentecode"),
    ];
    let mut all: Vec<_> = files
        .iter()
        .filter_map(|(file, layer, code)| {
            Some((format!("{file} {layer}"), testdata::geopackage(file, layer, code)?))
        })
        .collect();
    all.extend(testdata::shapefile("cbs-2016/wijk_2016.shp").map(|s| ("wijk 2016".to_owned(), s)));
    for (name, records) in all {
        let shapes: Vec<Shape> =
            records.iter().map(|(_, metres)| repair(metres).expect("repairable").0).collect();
        let before: usize = shapes.iter().map(|s| s.vertices().len()).sum();
        for (snap, sliver) in [(0, 0), (100, 1000)] {
            if name.ends_with("wijken") && name.contains("2024") {
                continue;
            }
            let clock = std::time::Instant::now();
            let (mut topology, cleaning) = Topology::of(&shapes, Tolerance { snap, sliver });
            let built = clock.elapsed();
            topology.order_removals();
            let time = (built, clock.elapsed() - built);
            for tolerance in [10.0, 100.0, 1e3, 1e4, 3e4, 1e5, 1e6, 1e9] {
                let arcs = topology.detail(tolerance);
                let bad = (0..shapes.len())
                    .filter(|&area| {
                        let shape = topology.rings().shape(area, &arcs);
                        shape.is_empty() || check(&shape).is_err()
                    })
                    .count();
                eprintln!("   {tolerance}: {} vertices, {bad} invalid", arcs.vertices().len());
            }
            let sum = |m2: &mut dyn Iterator<Item = f64>| m2.sum::<f64>();
            eprintln!(
                "{name} {snap}/{sliver}: {} shapes {before} vertices, {} arcs {} vertices, {} overlaps {:.0} m2, {} gaps {:.0} m2, {} fitted, {} unsettled, {time:?}",
                shapes.len(),
                topology.arcs().len(),
                topology.arcs().vertices().len(),
                cleaning.overlaps.len(),
                sum(&mut cleaning.overlaps.iter().map(|o| o.m2)),
                cleaning.gaps.len(),
                sum(&mut cleaning.gaps.iter().map(|o| o.m2)),
                cleaning.fitted.len(),
                cleaning.unsettled.len(),
            );
        }
    }
}
