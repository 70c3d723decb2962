//! What follows from the arcs of a coverage: the order of removals, a level of detail, dissolving,
//! neighbours.

use std::{hint::black_box, sync::Arc};

use criterion::{BatchSize, Criterion};
use wijkzicht::{
    area::{AreaCode, Level},
    coverage::{Borders, Topology},
};

use super::country::countries;

pub(crate) fn topology(criterion: &mut Criterion) {
    for (name, contents) in countries() {
        let mut levels = contents.areas.iter().rev();
        let Some((_, areas)) = levels.find(|((_, level), _)| *level == Level::Buurt) else {
            continue;
        };
        let topology = &areas.topology;
        eprintln!(
            "{name}: {} buurten, {} arcs, {} vertices",
            topology.rings().len(),
            topology.arcs().len(),
            topology.arcs().vertices().len()
        );
        let unordered = || {
            let mut one = Topology::clone(topology);
            one.forget_order();
            one
        };
        let gemeenten: Vec<Option<AreaCode>> =
            areas.areas.iter().map(|area| area.code.gemeente()).collect();
        let mut codes: Vec<_> = gemeenten.iter().flatten().cloned().collect();
        codes.sort();
        codes.dedup();
        let parents: Arc<[Option<u32>]> = gemeenten
            .iter()
            .map(|code| codes.binary_search(code.as_ref()?).ok().map(|at| at as u32))
            .collect();
        let mut group = criterion.benchmark_group(format!("topology/{name}"));
        group.bench_function("order of removals", |bencher| {
            bencher.iter_batched(
                unordered,
                |mut one| one.order_removals(),
                BatchSize::PerIteration,
            );
        });
        // Half a pixel of zoom 8, in millimetres.
        group.bench_function("a level of detail", |bencher| {
            bencher.iter(|| black_box(topology.detail(188_000.0)));
        });
        group.bench_function("buurten to gemeenten", |bencher| {
            bencher.iter(|| black_box(topology.dissolve(&parents, codes.len())));
        });
        let borders = Borders::new(Arc::clone(topology));
        group.bench_function("neighbours", |bencher| bencher.iter(|| borders.neighbours()));
        group.finish();
    }
}
