//! The measures of segregation and of autocorrelation, and natural breaks; `make bench` holds them
//! against the Python packages on the same numbers. Wanted on one core, over 14,500 units: D
//! 0.4 ms, Gini 1.2 ms, spatial D far below 12 ms, Moran's I with 999 permutations 120 ms, local
//! Moran with 999 permutations 240 ms (`RAYON_NUM_THREADS=1 cargo bench statistics`).

use std::{hint::black_box, sync::Arc};

use criterion::Criterion;
use wijkzicht::{
    analysis::{
        Transform, Weights,
        autocorrelation::{Permutations, local_moran, moran_permuted},
        segregation::{Composition, PROFILE_RADII, TwoGroups},
    },
    area::Level,
    coverage::Borders,
    scale::{Method, breaks},
};

use super::country::countries;

pub(crate) fn statistics(criterion: &mut Criterion) {
    for (name, contents) in countries() {
        let mut levels = contents.areas.iter().rev();
        let Some((_, areas)) = levels.find(|((_, level), _)| *level == Level::Buurt) else {
            continue;
        };
        let borders = Borders::new(Arc::clone(&areas.topology));
        let weights = Weights::queen(&borders.neighbours());
        eprintln!("{name}: {} buurten, {} links", weights.len(), weights.links());
        // Where people live and who they are does not change what a measure costs.
        let places: Vec<[f64; 2]> = (0..weights.len())
            .map(|area| match borders.shape(area).interior_point() {
                Some(point) => [point.x, point.y],
                None => [f64::NAN; 2],
            })
            .collect();
        let mixed = |area: usize, step: usize| ((area * step) % 1009) as f64;
        let people = |step: usize| (0..weights.len()).map(move |area| mixed(area, step));
        let (group, others): (Vec<f64>, Vec<f64>) =
            (people(7919).collect(), people(104_729).collect());
        let total: Vec<f64> = group.iter().zip(&others).map(|(a, b)| a + b).collect();
        let land = vec![2e6; total.len()];
        let two = TwoGroups::new(&group, &total).expect("two groups");
        let several = Composition::new(&[&group, &others]).expect("two groups");
        let permutations = Permutations::fixed(999, 1).expect("in range");

        let mut kernels = criterion.benchmark_group(format!("statistics/{name}"));
        // Hardly two alike.
        let values: Vec<f64> =
            (0..weights.len()).map(|area| ((area * 7919) % 1_000_003) as f64 / 1000.0).collect();
        for classes in [5, 9] {
            kernels.bench_function(format!("Fisher-Jenks, {classes}"), |b| {
                b.iter(|| breaks(Method::NatuurlijkeGrenzen, black_box(&values), classes));
            });
        }
        kernels.bench_function("D", |b| b.iter(|| black_box(&two).dissimilarity()));
        kernels.bench_function("Gini", |b| b.iter(|| black_box(&two).gini()));
        kernels.bench_function("spatial D", |b| {
            b.iter(|| two.spatial_dissimilarity(&weights, Transform::Binary));
        });
        kernels.bench_function("spatial proximity", |b| {
            b.iter(|| two.proximity(&places, &land, 1000.0));
        });
        kernels.bench_function("spatial H, four radii", |b| {
            b.iter(|| several.spatial_profile(&places, &PROFILE_RADII));
        });
        kernels.bench_function("Moran's I, 999", |b| {
            b.iter(|| moran_permuted(&group, &weights, Transform::RowStandardised, permutations));
        });
        kernels.bench_function("local Moran, 999", |b| {
            b.iter(|| local_moran(&group, &weights, permutations));
        });
        kernels.finish();
    }
}
