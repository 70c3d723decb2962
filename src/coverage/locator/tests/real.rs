//! Areas as they are, and how fast they are found.

use super::*;

/// Shapes of a level of 2024.
fn real(level: &str, code: &str) -> Option<Vec<Shape>> {
    let areas = testdata::geopackage("cbs-2024/wijkenbuurten_2024_v1.gpkg", level, code)?;
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
fn real_areas_are_found_as_edge_by_edge_and_by_geo() {
    for (level, code) in [("buurten", "buurtcode"), ("gemeenten", "gemeentecode")] {
        let Some(shapes) = real(level, code) else { return };
        let (topology, _) = Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 });
        // As the coverage has them: each point of an overlap in one area alone.
        let shapes: Vec<Shape> =
            (0..shapes.len()).map(|area| topology.rings().shape(area, topology.arcs())).collect();
        let metres: Vec<_> = shapes.iter().map(Shape::to_multi_polygon).collect();
        let locator = Locator::new(Arc::new(topology));
        let rd = |p: &Point| Rd { x: f64::from(p[0]) / 1000.0, y: f64::from(p[1]) / 1000.0 };
        let on_vertices = shapes.iter().flat_map(Shape::vertices).step_by(997).map(rd);
        let mut found = 0;
        for p in (0..6_000).map(|i| spread(i, COUNTRY)).chain(on_vertices) {
            let candidates = locator.in_box(p, p);
            let mut slow =
                candidates.iter().filter(|&&area| holds(shapes[area as usize].rings(), p));
            let answer = locator.at(p);
            assert_eq!(answer, slow.next().copied(), "{p:?}");
            assert_eq!(slow.next(), None, "{p:?}");
            if let Some(area) = answer {
                found += 1;
                let is_inside = metres[area as usize].contains(&GeoPoint::new(p.x, p.y));
                assert!(is_inside || distance_to(&shapes[area as usize], p) < 1e-6, "{p:?}");
            }
        }
        assert!(found > 2_400, "{found}");
    }
}

/// A coverage in a file of rings, for measurements: `WIJKZICHT_COVERAGE` names a GeoPackage, a
/// layer and a column of codes with commas between them.
fn measured() -> Vec<(String, Vec<Shape>)> {
    let mut all = Vec::new();
    all.extend(real("buurten", "buurtcode").map(|shapes| ("buurten 2024".to_owned(), shapes)));
    if let Ok(name) = std::env::var("WIJKZICHT_COVERAGE")
        && let [file, layer, code] = name.split(',').collect::<Vec<_>>()[..]
        && let Some(areas) = testdata::geopackage(file, layer, code)
    {
        let shapes = areas.par_iter().map(|(_, shape)| repair(shape).expect("a shape").0);
        all.push((name.clone(), shapes.collect()));
    }
    all
}

#[test]
#[ignore = "a measurement"]
fn speed() {
    for (name, shapes) in measured() {
        let (topology, _) = Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 });
        let topology = Arc::new(topology);
        for _ in 0..3 {
            let start = std::time::Instant::now();
            let locator = Locator::new(Arc::clone(&topology));
            let both = start.elapsed();
            drop(locator);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
            let [cells, pieces, boxes] = pool.install(|| {
                let start = testdata::cpu_seconds();
                let cells = Cells::new(&topology);
                let after_cells = testdata::cpu_seconds();
                let pieces = Pieces::new(&topology);
                let after_pieces = testdata::cpu_seconds();
                let boxes = RTree::bulk_load(boxes(&topology));
                let end = testdata::cpu_seconds();
                drop((cells, pieces, boxes));
                [after_cells - start, after_pieces - after_cells, end - after_pieces]
            });
            eprintln!(
                "{name}: {} areas indexed in {both:?}; of one core {cells:.3} s cells, {pieces:.3} s pieces, {boxes:.3} s boxes",
                shapes.len()
            );
        }
        let locator = Locator::new(Arc::clone(&topology));
        eprintln!(
            "{} vertices of {} arcs, {} pieces, {}",
            topology.arcs().vertices().len(),
            topology.arcs().len(),
            locator.pieces.len(),
            locator.cells.describe()
        );
        // As addresses lie: near the middles of areas, which are small where people live.
        let middles: Vec<Rd> = shapes.iter().filter_map(Shape::interior_point).collect();
        let vertices = topology.arcs().vertices();
        type Places<'a> = (&'a str, Box<dyn Fn(u32) -> Rd + 'a>);
        let around = |centre: Rd, i: u32, metres: f64| {
            let Rd { x, y } = centre;
            spread(i, [x - metres, y - metres, x + metres, y + metres])
        };
        let cases: [Places<'_>; 3] = [
            ("spread over the country", Box::new(|i| spread(i, COUNTRY))),
            (
                "around the middles of areas",
                Box::new(|i| around(middles[(i as usize * 7919) % middles.len()], i, 300.0)),
            ),
            (
                "near borders",
                Box::new(|i| {
                    let p = vertices[(i as usize * 7919) % vertices.len()];
                    let [x, y] = p.map(|v| f64::from(v) / 1000.0);
                    around(Rd { x, y }, i, 20.0)
                }),
            ),
        ];
        for (name, place) in cases {
            let points: Vec<Rd> = (0..4_000_000).map(place).collect();
            for _ in 0..2 {
                let start = testdata::cpu_seconds();
                let found = points.iter().filter(|p| locator.at(**p).is_some()).count();
                let rate = points.len() as f64 / (testdata::cpu_seconds() - start) / 1e6;
                let start = testdata::cpu_seconds();
                let some = &points[..100_000];
                let nearest: f64 =
                    some.iter().filter_map(|p| locator.nearest(*p)).map(|f| f.1).sum();
                let nearest_rate = some.len() as f64 / (testdata::cpu_seconds() - start) / 1e6;
                eprintln!(
                    "{name}: {rate:.2} M points/s on one core, {found} found; {nearest_rate:.2} M nearest/s ({nearest:.0})"
                );
            }
        }
    }
}
