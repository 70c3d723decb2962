//! The countries that are measured.

use std::path::PathBuf;

use wijkzicht::{
    atlas::Atlas,
    demo::{self, Recipe},
    geodata,
    indicator::ResidentialChange,
    store::{Contents, GpkgStore, Store, contents_of},
};

/// Contents with the name that figures have.
pub(crate) fn countries() -> Vec<(&'static str, Contents)> {
    let mut countries = vec![("fictional", fictional())];
    if let Some(path) = std::env::var_os("WIJKZICHT_BENCH_ATLAS").map(PathBuf::from) {
        countries.push(("given", GpkgStore::new(path).read().expect("an atlas").expect("a file")));
    }
    countries
}

/// About 13,000 buurten, with the indicators of the catalogue alone.
fn fictional() -> Contents {
    let catalogue = geodata::catalogue().expect("a sound catalogue");
    let mut deliveries = demo::deliveries(&Recipe { gemeenten: 340, ..Recipe::default() });
    for delivery in &mut deliveries {
        delivery.series.retain(|series| catalogue.get(&series.key.indicator).is_some());
    }
    contents_of(deliveries, "2026-01-01").expect("they fit together")
}

/// Contents as they are served.
pub(crate) fn atlas(contents: Contents) -> Atlas {
    let palettes = geodata::palettes().expect("sound palettes");
    let rule = geodata::residential_rule(&ResidentialChange::default()).expect("a sound rule");
    Atlas::new(contents, geodata::catalogue().expect("a sound catalogue"), palettes, rule)
}
