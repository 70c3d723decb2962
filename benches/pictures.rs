//! How long a picture takes: a fictional country of as many buurten as the Netherlands has, and the
//! division in `WIJKZICHT_ATLAS` where that names an atlas with liveability per buurt.

use std::{hint::black_box, path::PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use wijkzicht::{
    area::Level,
    atlas::Atlas,
    demo::{self, Recipe},
    geodata,
    indicator::{Language, ResidentialChange},
    layer::{self, LayerCrs, LayerSpec, PaintedLayer, PictureSize, Scope},
    scale::Method,
    store::{Contents, GpkgStore, Store, contents_of},
};

const INDICATOR: &str = "leefbaarheid";

/// An atlas in memory.
fn atlas(contents: Contents) -> Atlas {
    let palettes = geodata::palettes().expect("sound palettes");
    let rule = geodata::residential_rule(&ResidentialChange::default()).expect("a sound rule");
    Atlas::new(contents, geodata::catalogue().expect("a sound catalogue"), palettes, rule)
}

/// A fictional country of about 13,000 buurten.
fn fictional() -> Atlas {
    let recipe = Recipe { gemeenten: 340, ..Recipe::default() };
    let catalogue = geodata::catalogue().expect("a sound catalogue");
    let mut deliveries = demo::deliveries(&recipe);
    for delivery in &mut deliveries {
        delivery.series.retain(|series| catalogue.get(&series.key.indicator).is_some());
    }
    atlas(contents_of(deliveries, "2026-01-01").expect("they fit together"))
}

/// The newest liveability per buurt.
fn painted(atlas: &Atlas) -> PaintedLayer<'_> {
    let indicator = atlas.catalogue.get(INDICATOR).expect("in the catalogue");
    let (begin, year) = atlas.years(INDICATOR, &Level::Buurt).pop().expect("liveability per buurt");
    let spec = LayerSpec {
        indicator: INDICATOR.into(),
        level: Level::Buurt,
        begin,
        year,
        method: Method::Publicatie,
        class_count: 9,
        bounds: None,
        scope: Scope::Vast,
        palette: indicator.palette.clone(),
        within: None,
        bbox: None,
        crs: LayerCrs::Rd,
        language: Language::Nl,
    };
    layer::paint(atlas, indicator, spec).expect("a layer")
}

fn pictures(criterion: &mut Criterion) {
    let mut atlases = vec![("fictional", fictional())];
    if let Some(path) = std::env::var_os("WIJKZICHT_ATLAS").map(PathBuf::from) {
        let contents = GpkgStore::new(path).read().expect("an atlas").expect("a file");
        atlases.push(("given", atlas(contents)));
    }
    for (name, atlas) in &atlases {
        let layer = painted(atlas);
        let coverage = layer.series.coverage;
        let vertices: usize =
            (0..coverage.len()).map(|at| coverage.shape(at).vertices().len()).sum();
        eprintln!("{name}: {} buurten, {vertices} vertices", coverage.len());
        coverage.topology();
        let mut group = criterion.benchmark_group(format!("country/{name}"));
        group.sample_size(20);
        for (width, height) in [(800, 600), (1024, 1024)] {
            let size = PictureSize::new(width, height, 1).expect("within the limits");
            let png = layer::png(&layer, size).expect("a picture");
            eprintln!("{name} {width} x {height}: {} bytes of PNG", png.len());
            group.bench_function(format!("png {width}"), |bencher| {
                bencher.iter(|| black_box(layer::png(&layer, size)));
            });
        }
        let size = PictureSize::default();
        eprintln!("{name}: {} bytes of SVG", layer::svg(&layer, size).len());
        group.bench_function("svg 800", |bencher| {
            bencher.iter(|| black_box(layer::svg(&layer, size)));
        });
        group.finish();
    }
}

criterion_group!(benches, pictures);
criterion_main!(benches);
