//! A table of coordinates or addresses to locate; the first byte chooses how.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht::{
    area::AddressFound,
    crs::RdTransform,
    layer::{CoordinateOptions, LocateOptions, Places, TableCrs, locate_addresses, locate_csv},
};

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_first() else { return };
    let options = LocateOptions {
        delimiter: b",;\t|"[usize::from(choice & 3)],
        strict: choice & 4 != 0,
    };
    let crs = [None, Some(TableCrs::Rd), Some(TableCrs::Wgs84)][usize::from(choice >> 4) % 3];
    let mut out = Vec::new();
    let counts = if choice & 8 == 0 {
        let coordinates = CoordinateOptions { crs, ..CoordinateOptions::default() };
        let found = |_| Places { buurt: "BU00140000".parse().ok(), ..Places::default() };
        locate_csv(text, &mut out, &options, &coordinates, &RdTransform::new(), found)
    } else {
        locate_addresses(text, &mut out, &options, |_, _| AddressFound::NoNumber)
    };
    if let Ok(counts) = counts {
        assert_eq!(
            counts.rows,
            counts.found + counts.ambiguous + counts.outside + counts.faulty
        );
    }
});
