//! Two divisions laid over each other. For figures to compare, import two coverages of the
//! country with `--vintage` 2023 and 2024.

use std::{hint::black_box, sync::Arc};

use criterion::Criterion;
use wijkzicht::{
    area::Level,
    coverage::{Crosswalk, Topology},
    store::Contents,
};

use super::country::countries;

/// The two newest divisions in buurten, the older one first.
fn divisions(contents: &Contents) -> Option<[Arc<Topology>; 2]> {
    let buurten = contents.areas.iter().filter(|((_, level), _)| *level == Level::Buurt);
    let topologies: Vec<_> = buurten.map(|(_, areas)| Arc::clone(&areas.topology)).collect();
    topologies.last_chunk::<2>().cloned()
}

pub(crate) fn crosswalk(criterion: &mut Criterion) {
    for (name, contents) in countries() {
        let Some([old, new]) = divisions(&contents) else {
            eprintln!("{name}: skipped, for want of two divisions in buurten");
            continue;
        };
        let between = |a, b| Crosswalk::between(a, b).expect("borders of a map");
        eprintln!(
            "{name}: {} and {} buurten, {} and {} vertices of arcs, {} intersections",
            old.rings().len(),
            new.rings().len(),
            old.arcs().vertices().len(),
            new.arcs().vertices().len(),
            between(&old, &new).intersections().len()
        );
        let mut group = criterion.benchmark_group(format!("crosswalk/{name}"));
        group.bench_function("two divisions", |b| b.iter(|| black_box(between(&old, &new))));
        group.bench_function("one with itself", |b| b.iter(|| black_box(between(&new, &new))));
        group.finish();
    }
}
