//! Pictures of the country.

use std::hint::black_box;

use criterion::Criterion;
use wijkzicht::{
    area::Level,
    atlas::Atlas,
    coverage::Detail,
    indicator::Language,
    layer::{self, LayerCrs, LayerSpec, PaintedLayer, PictureSize, Scope},
    scale::Method,
};

use super::country::{atlas, countries};

const INDICATOR: &str = "leefbaarheid";

/// The newest liveability per buurt, where there is any.
fn painted(atlas: &Atlas) -> Option<PaintedLayer<'_>> {
    let indicator = atlas.catalogue.get(INDICATOR).expect("in the catalogue");
    let (begin, year) = atlas.years(INDICATOR, &Level::Buurt).pop()?;
    let spec = LayerSpec {
        indicator: INDICATOR.into(),
        second: None,
        level: Level::Buurt,
        begin,
        year,
        vintage: None,
        method: Method::Publicatie,
        class_count: 9,
        bounds: None,
        scope: Scope::Vast,
        palette: indicator.palette.clone(),
        within: None,
        bbox: None,
        crs: LayerCrs::Rd,
        detail: Detail::GROF,
        language: Language::Nl,
    };
    Some(layer::paint(atlas, indicator, spec).expect("a layer"))
}

pub(crate) fn pictures(criterion: &mut Criterion) {
    for (name, contents) in countries() {
        let atlas = &atlas(contents);
        let Some(layer) = painted(atlas) else {
            eprintln!("{name}: skipped, for want of liveability per buurt");
            continue;
        };
        let coverage = layer.series.coverage;
        let vertices = coverage.borders().topology().arcs().vertices().len();
        eprintln!("{name}: {} buurten, {vertices} vertices of arcs", coverage.len());
        let mut group = criterion.benchmark_group(format!("country/{name}"));
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
