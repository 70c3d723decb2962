//! Two national divisions laid over each other. `WIJKZICHT_COVERAGES` names a folder with two or
//! more folders, each with a `coverage.gpkg` whose layer `buurten` has the column `buurtcode`.
#![allow(missing_docs)]

use std::{env, fs, hint::black_box, path::PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use wijkzicht::coverage::{Crosswalk, Shape, Tolerance, Topology, repair};

#[allow(dead_code)]
#[path = "../src/coverage/testdata.rs"]
mod testdata;

fn divisions() -> Vec<Topology> {
    let folder = env::var_os("WIJKZICHT_COVERAGES").map(PathBuf::from).unwrap_or_default();
    let entries = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> =
        entries.map(|e| e.path().join("coverage.gpkg")).filter(|p| p.exists()).collect();
    files.sort();
    files.truncate(2);
    let topology = |file: &PathBuf| {
        let records = testdata::geopackage(file.to_str()?, "buurten", "buurtcode")?;
        let shapes: Vec<Shape> =
            records.iter().filter_map(|(_, metres)| Some(repair(metres).ok()?.0)).collect();
        Some(Topology::of(&shapes, Tolerance::default()).0)
    };
    files.iter().filter_map(topology).collect()
}

fn crosswalk(criterion: &mut Criterion) {
    let divisions = divisions();
    let [old, new] = divisions.as_slice() else {
        println!("skipped: WIJKZICHT_COVERAGES names no folder with two coverages");
        return;
    };
    let between = |old, new| Crosswalk::between(old, new).expect("maps");
    println!("{} intersections", between(old, new).intersections().len());
    let mut group = criterion.benchmark_group("crosswalk");
    group.sample_size(10);
    group.bench_function("two countries", |b| b.iter(|| black_box(between(old, new))));
    group.bench_function("a country with itself", |b| b.iter(|| black_box(between(old, old))));
    group.finish();
}

criterion_group!(benches, crosswalk);
criterion_main!(benches);
