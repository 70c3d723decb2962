//! Vector tiles: the fullest tile of zoom 8, what its zoom takes the first time, and all tiles.
//!
//! `WIJKZICHT_BENCH_ATLAS` names the atlas whose buurten are cut; without it a fictional country is
//! made. Figures of two runs are compared as ratios, on the same machine.

use std::{env, hint::black_box, io, path::PathBuf, process::Command};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use wijkzicht::{
    area::Level,
    atlas::{Atlas, Plane},
    geodata,
    indicator::ResidentialChange,
    layer::{ARCHIVE_ZOOMS, Tile, TileFields, borders, pmtiles, tile},
    store::{GpkgStore, Store},
};

/// The atlas to measure, and whether it is a fictional one that may be removed.
fn atlas() -> Atlas {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = env::var_os("WIJKZICHT_BENCH_ATLAS").map_or_else(
        || {
            let path = folder.path().join("demo.gpkg");
            let made = Command::new(env!("CARGO_BIN_EXE_wijkzicht"))
                .args(["demo", "--gemeenten", "60", "--out"])
                .arg(&path)
                .status();
            assert!(made.is_ok_and(|status| status.success()), "no fictional country");
            path
        },
        PathBuf::from,
    );
    let contents = GpkgStore::new(path).read().expect("an atlas").expect("there is one");
    let rule = geodata::residential_rule(&ResidentialChange::default()).expect("built in");
    let catalogue = geodata::catalogue().expect("built in");
    Atlas::new(contents, catalogue, geodata::palettes().expect("built in"), rule)
}

fn tiles(criterion: &mut Criterion) {
    let atlas = atlas();
    let level = Level::Buurt;
    let vintage = atlas.newest(&level).expect("buurten");
    let coverage = atlas.coverage(vintage, &level).expect("buurten");
    let fields = TileFields::new(&atlas, coverage, []);
    let of_zoom = |zoom| {
        (0..1u32 << zoom)
            .flat_map(move |x| (0..1u32 << zoom).filter_map(move |y| Tile::new(zoom, x, y)))
            .filter_map(|address| Some((tile(address, &fields)?.len(), address)))
            .max_by_key(|(bytes, _)| *bytes)
            .expect("a tile")
    };
    let (bytes, fullest) = of_zoom(8);
    eprintln!("{} areas; the fullest tile of zoom 8 has {bytes} bytes", coverage.len());
    criterion.bench_function("tile of zoom 8", |bench| {
        bench.iter(|| tile(black_box(fullest), &fields));
    });
    let topology = coverage.borders().topology();
    criterion.bench_function("projecting all borders", |bench| {
        bench.iter(|| Plane::new(topology.arcs(), &atlas.transform));
    });
    criterion.bench_function("borders of zoom 8, the first time", |bench| {
        bench.iter_batched(
            || Plane::new(topology.arcs(), &atlas.transform),
            |plane| plane.arcs(topology, 8).vertices(),
            BatchSize::PerIteration,
        );
    });
    criterion.bench_function("compact borders of the country", |bench| {
        let detail = wijkzicht::coverage::Detail::Grof;
        bench.iter(|| borders(&atlas, coverage, detail, None).map(|bytes| bytes.len()));
    });
    criterion.bench_function("all tiles of zooms 5 to 12", |bench| {
        bench.iter(|| pmtiles(&mut io::sink(), &fields, "Buurten", ARCHIVE_ZOOMS));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = tiles
}
criterion_main!(benches);
