//! A GeoJSON file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht_fuzz::{file, read};

fuzz_target!(|data: &[u8]| {
    read(&file("buurten_2024.geojson", data));
});
