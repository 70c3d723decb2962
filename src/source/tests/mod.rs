//! Whole files: the publishers' own, where they are at hand, and bad ones made here.

mod bad;
mod dialects;
mod geojson;
mod made;
mod meanings;
mod published;
mod shapefiles;

use std::path::Path;

use crate::{geodata, indicator::Catalogue};

use super::{Delivery, Dialects, ReadOptions, SourceError, read};

fn catalogue() -> Catalogue {
    geodata::catalogue().expect("a sound catalogue")
}

fn dialects() -> Dialects {
    Dialects::built_in().expect("sound dialects")
}

fn read_with(path: &Path, options: &ReadOptions) -> Result<Delivery, SourceError> {
    read(path, options, &dialects(), &catalogue())
}

fn read_plain(path: &Path) -> Result<Delivery, SourceError> {
    read_with(path, &ReadOptions::default())
}

#[test]
fn every_dialect_names_indicators_of_the_catalogue() {
    let catalogue = catalogue();
    for dialect in dialects().iter() {
        for (pattern, meaning) in &dialect.values {
            assert!(
                catalogue.get(&meaning.indicator).is_some(),
                "{}: {} names {}",
                dialect.id,
                pattern.as_str(),
                meaning.indicator
            );
        }
    }
}
