use super::*;

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
                        shape.is_empty() || crate::coverage::validity::check(&shape).is_err()
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
