//! From a coordinate to its area, on one core.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use wijkzicht::{
    area::Level,
    coverage::Locator,
    crs::{LonLat, Rd, RdTransform},
};

use super::country::countries;

/// How many points are looked for.
const POINTS: u32 = 100_000;

pub(crate) fn location(criterion: &mut Criterion) {
    let transform = RdTransform::new();
    for (name, contents) in countries() {
        let mut levels = contents.areas.iter().rev();
        let Some((_, areas)) = levels.find(|((_, level), _)| *level == Level::Buurt) else {
            continue;
        };
        let locator = Locator::new(areas.topology.clone());
        let points = points(areas.topology.arcs().vertices());
        let degrees: Vec<LonLat> = points.iter().map(|rd| transform.to_lonlat(*rd)).collect();
        let mut group = criterion.benchmark_group(format!("location/{name}"));
        group.throughput(Throughput::Elements(u64::from(POINTS)));
        group.bench_function("RD, one by one", |bencher| {
            bencher.iter(|| points.iter().filter(|rd| locator.at(**rd).is_some()).count());
        });
        group.bench_function("RD, together", |bencher| {
            bencher.iter(|| locator.at_all(black_box(&points)));
        });
        group.bench_function("degrees to RD", |bencher| {
            bencher.iter(|| degrees.iter().map(|at| transform.to_rd(*at).x).sum::<f64>());
        });
        group.finish();
    }
}

/// Points all over the box around vertices in millimetres, the same ones each time.
fn points(vertices: &[[i32; 2]]) -> Vec<Rd> {
    let within = |axis: usize, share: f64| {
        let along = || vertices.iter().map(|vertex| f64::from(vertex[axis]) / 1000.0);
        let (least, most) = (along().fold(f64::MAX, f64::min), along().fold(f64::MIN, f64::max));
        move |k: u32| least + (share * f64::from(k)).fract() * (most - least)
    };
    // The additive recurrence R2 (Roberts 2018): even and without a pattern.
    let (x, y) = (within(0, 0.754_877_666_246_692_7), within(1, 0.569_840_290_998_053_2));
    (1..=POINTS).map(|k| Rd { x: x(k), y: y(k) }).collect()
}
