//! How long two divisions take to be laid over each other: those of a fictional country of as many
//! buurten as the Netherlands has, and the two newest divisions in buurten of the atlas that
//! `WIJKZICHT_ATLAS` names. For figures to compare, import two coverages of the country with
//! `--vintage` 2023 and 2024.

use std::{hint::black_box, path::PathBuf, sync::Arc};

use criterion::{Criterion, criterion_group, criterion_main};
use wijkzicht::{
    area::Level,
    coverage::{Crosswalk, Topology},
    demo::{self, Recipe},
    store::{Contents, GpkgStore, Store, contents_of},
};

/// The two newest divisions in buurten, the older one first.
fn divisions(contents: &Contents) -> Option<[Arc<Topology>; 2]> {
    let buurten = contents.areas.iter().filter(|((_, level), _)| *level == Level::Buurt);
    let topologies: Vec<_> = buurten.map(|(_, areas)| Arc::clone(&areas.topology)).collect();
    topologies.last_chunk::<2>().cloned()
}

/// A fictional country of about 13,000 buurten.
fn fictional() -> Contents {
    let mut deliveries = demo::deliveries(&Recipe { gemeenten: 340, ..Recipe::default() });
    deliveries.iter_mut().for_each(|delivery| delivery.series.clear());
    contents_of(deliveries, "2026-01-01").expect("they fit together")
}

fn crosswalk(criterion: &mut Criterion) {
    let mut countries = vec![("fictional", fictional())];
    if let Some(path) = std::env::var_os("WIJKZICHT_ATLAS").map(PathBuf::from) {
        countries.push(("given", GpkgStore::new(path).read().expect("an atlas").expect("a file")));
    }
    for (name, contents) in &countries {
        let Some([old, new]) = divisions(contents) else {
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
        group.sample_size(10);
        group.bench_function("two divisions", |b| b.iter(|| black_box(between(&old, &new))));
        group.bench_function("one with itself", |b| b.iter(|| black_box(between(&new, &new))));
        group.finish();
    }
}

criterion_group!(benches, crosswalk);
criterion_main!(benches);
