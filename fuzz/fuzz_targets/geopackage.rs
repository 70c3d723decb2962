//! A GeoPackage as bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht_fuzz::{file, read};

fuzz_target!(|data: &[u8]| {
    read(&file("wijkenbuurten_2024.gpkg", data));
});
