//! A whole atlas: read, loaded, and asked where a point lies.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht::{
    area::Level,
    store::{GpkgStore, Store},
};
use wijkzicht_fuzz::{atlas, file};

fuzz_target!(|data: &[u8]| {
    let path = file("atlas.gpkg", data);
    let Ok(Some(contents)) = GpkgStore::new(&path).read() else { return };
    contents.version();
    let atlas = atlas(contents);
    for level in Level::CBS {
        let coverage = atlas.newest(&level).and_then(|vintage| atlas.coverage(vintage, &level));
        if let Some(coverage) = coverage {
            assert_eq!(coverage.codes().len(), coverage.len());
        }
    }
    atlas.extent();
});
