//! wijkzicht: a map server for Dutch neighbourhoods.
//!
//! The modules are the rooms of the house that `ARCHITECTURE.md` draws; each may use only those
//! listed before it here.

pub mod area;
pub mod atlas;
pub mod cli;
pub mod coverage;
pub mod crs;
pub mod demo;
pub mod geodata;
pub mod indicator;
pub mod layer;
pub mod scale;
pub mod server;
pub mod source;
pub mod store;
