//! Starts the real binary, asks it over a real socket, and keeps what it said.

mod atlas;
mod cli;
mod files;
mod http;
mod own_place;
mod server;
mod stand_in;

pub use atlas::{
    country, demo, demo_with, everything, everything_commands, origin_in, shared_data,
};
pub use cli::{
    Run, canonical_dump, input, ogr2ogr, ogrinfo, python, run, run_in_little, run_with, scratch,
    vitest,
};
pub use files::{SQUARE, geopackage, polygon, replace, shapefile};
pub use http::{Answer, parse as parse_answer, try_exchange};
pub use own_place::OwnPlace;
pub use server::Server;
pub use stand_in::{Fault, Offered, Seen, StandIn};

use serde_json::Value;

/// The values under `key` in a list of objects.
pub fn each<'a>(list: &'a Value, key: &str) -> Vec<&'a Value> {
    list.as_array().map_or_else(Vec::new, |items| items.iter().map(|item| &item[key]).collect())
}

/// Says why a test did not test, so that it is seen in the output.
pub fn skip(why: &str) {
    eprintln!("skipped: {why}");
}
