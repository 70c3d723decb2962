//! Vector tiles: the fullest one of zoom 8, what its zoom takes the first time, and all tiles.

use std::{hint::black_box, io};

use criterion::{BatchSize, Criterion};
use wijkzicht::{
    area::Level,
    atlas::{Atlas, Plane},
    coverage::Detail,
    layer::{ARCHIVE_ZOOMS, Tile, TileFields, borders, pmtiles, tile},
};

use super::country::{atlas, countries};

pub(crate) fn tiles(criterion: &mut Criterion) {
    for (name, contents) in countries() {
        of_country(criterion, name, &atlas(contents));
    }
}

fn of_country(criterion: &mut Criterion, name: &str, atlas: &Atlas) {
    let mut group = criterion.benchmark_group(format!("tiles/{name}"));
    let level = Level::Buurt;
    let vintage = atlas.newest(&level).expect("buurten");
    let coverage = atlas.coverage(vintage, &level).expect("buurten");
    let fields = TileFields::new(atlas, coverage, []);
    let of_zoom = |zoom| {
        (0..1u32 << zoom)
            .flat_map(move |x| (0..1u32 << zoom).filter_map(move |y| Tile::new(zoom, x, y)))
            .filter_map(|address| Some((tile(address, &fields)?.len(), address)))
            .max_by_key(|(bytes, _)| *bytes)
            .expect("a tile")
    };
    let (bytes, fullest) = of_zoom(8);
    eprintln!("{} areas; the fullest tile of zoom 8 has {bytes} bytes", coverage.len());
    group.bench_function("tile of zoom 8", |bench| {
        bench.iter(|| tile(black_box(fullest), &fields));
    });
    let topology = coverage.borders().topology();
    group.bench_function("projecting all borders", |bench| {
        bench.iter(|| Plane::new(topology.arcs(), &atlas.transform));
    });
    group.bench_function("borders of zoom 8, the first time", |bench| {
        bench.iter_batched(
            || Plane::new(topology.arcs(), &atlas.transform),
            |plane| plane.arcs(topology, 8).vertices(),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("compact borders of the country", |bench| {
        let detail = Detail::GROF;
        bench.iter(|| borders(atlas, coverage, detail, None).map(|bytes| bytes.len()));
    });
    group.bench_function("all tiles of zooms 5 to 12", |bench| {
        bench.iter(|| pmtiles(&mut io::sink(), &fields, "Buurten", ARCHIVE_ZOOMS));
    });
}
