//! A CSV file: the first byte chooses one dialect or all, and whether a year is given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wijkzicht::source::{self, Dialects, ReadOptions};
use wijkzicht_fuzz::{CATALOGUE, DIALECTS, file};

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_first() else { return };
    let path = file("kwb-2024.csv", text);
    let year = (choice & 0x80 != 0).then(|| "2024".parse().expect("a year"));
    let options = ReadOptions { year, ..ReadOptions::default() };
    let dialect = DIALECTS.iter().nth(usize::from(choice & 0x7f));
    let only = dialect.map(|dialect| Dialects::only(dialect.clone()));
    let _ = source::read(&path, &options, only.as_ref().unwrap_or(&DIALECTS), &CATALOGUE);
});
