//! A dialect in TOML, and a small table read in it.
#![no_main]

use std::{path::PathBuf, sync::LazyLock};

use libfuzzer_sys::fuzz_target;
use wijkzicht::source::{self, Dialect, Dialects, ReadOptions};
use wijkzicht_fuzz::{CATALOGUE, file};

static TABLE: LazyLock<PathBuf> = LazyLock::new(|| {
    file(
        "inkomens_2023.csv",
        b"code,naam,jaar,level,inwoners,KL02,pad/x,Bijstand_80,postcode,huisnummer\n\
          GM0014,Groningen,2023,gemeente,1,1,1,1,9711AA,1\n\
          BU00140000,Binnenstad,2023MM00,buurt,.,\"1,5\",-99997,1,9711AB,2\n",
    )
});

fuzz_target!(|text: &str| {
    let Ok(dialect) = Dialect::parse("dialect.toml", text) else { return };
    let dialects = Dialects::only(dialect);
    let _ = source::read(&TABLE, &ReadOptions::default(), &dialects, &CATALOGUE);
});
