//! A shapefile: the lengths of .shp and .shx as 16 bits each, little-endian, then .shp, .shx and
//! .dbf one after the other.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht_fuzz::{file, read};

fuzz_target!(|data: &[u8]| {
    let Some(([a, b, c, d], rest)) = data.split_first_chunk() else { return };
    let (shapes, index) = (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
    let (shapes, rest) = rest.split_at(rest.len().min(shapes.into()));
    let (index, table) = rest.split_at(rest.len().min(index.into()));
    file("wijk_2016.shx", index);
    file("wijk_2016.dbf", table);
    read(&file("wijk_2016.shp", shapes));
});
