//! A table of coordinates or addresses to locate; the first byte chooses how.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht::{
    area::{AddressFound, Postcode},
    crs::{Rd, RdTransform},
    layer::{Gazetteer, LocateBy, LocateOptions, Locating, Places, TableCrs, TableForm, locate},
};

struct Everywhere(RdTransform);

impl Gazetteer for Everywhere {
    fn at(&self, _: Rd) -> Places {
        Places { buurt: "BU00140000".parse().ok(), ..Places::default() }
    }

    fn address(&self, _: Postcode, _: Option<u32>) -> AddressFound<'_> {
        AddressFound::NoNumber
    }

    fn transform(&self) -> &RdTransform {
        &self.0
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_first() else { return };
    let choose = |bit: u32| usize::from(choice >> bit);
    let options = LocateOptions {
        form: [TableForm::Csv, TableForm::Ndjson, TableForm::Geojson][choose(0) % 3],
        delimiter: b",;"[choose(2) % 2],
        strict: choose(3) % 2 == 1,
        by: [LocateBy::Coordinate, LocateBy::Either][choose(4) % 2],
        crs: [None, Some(TableCrs::Rd), Some(TableCrs::Wgs84)][choose(5) % 3],
        ..LocateOptions::default()
    };
    let gazetteer = Everywhere(RdTransform::new());
    let mut whole = Vec::new();
    let counts = locate(text, &mut whole, &options, &gazetteer);
    if let Ok(counts) = &counts {
        assert_eq!(
            counts.rows,
            counts.found + counts.ambiguous + counts.outside + counts.faulty
        );
    }
    // However it comes in, the answer is the same.
    let Ok(mut locating) = Locating::new(&options) else { return };
    let mut pieces = Vec::new();
    let mut done = text.chunks(7).try_for_each(|piece| {
        locating.push(piece);
        locating.answer(false, &gazetteer, &mut pieces)
    });
    done = done.and_then(|()| locating.answer(true, &gazetteer, &mut pieces));
    assert_eq!(done.is_ok(), counts.is_ok());
    if done.is_ok() {
        assert_eq!(whole, pieces);
    }
});
