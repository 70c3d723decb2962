//! A dBASE table alone.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht_fuzz::{file, read};

fuzz_target!(|data: &[u8]| {
    read(&file("wijk_2016.dbf", data));
});
