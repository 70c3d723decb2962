//! The official correction grid, as text, as zip, and as the atlas keeps it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht::crs::CorrectionGrid;
use wijkzicht_fuzz::file;

fuzz_target!(|data: &[u8]| {
    let _ = CorrectionGrid::read(&file("rdcorr2018.zip", data));
    let _ = CorrectionGrid::from_bytes(data);
});
