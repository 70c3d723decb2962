//! Faults that other map and feature servers had, each held against this one. Every test is named
//! after what went wrong, and says where it was seen.
//!
//! Held elsewhere: shapes that overlay operations choke on are repaired at import
//! (`files::invalid_geometry`) and swept by the fuzz targets; requests under way when the server
//! stops (martin's `shutdown_timeout(0)`) in `it/overload.rs`; a panic that kills a worker (martin
//! GHSA-6774) beside `server/front.rs`, since no request is known that panics; leaks
//! (tileserver-gl #397) in `it/soak.rs`.

#[allow(dead_code, unused_imports, reason = "the harness serves the promises too")]
#[path = "it/harness/mod.rs"]
mod harness;

#[path = "survives/files.rs"]
mod files;
#[path = "survives/load.rs"]
mod load;
#[path = "survives/requests.rs"]
mod requests;

const LAYER: &str = "/v1/lagen/buurten.geojson?indicator=leefbaarheid";
