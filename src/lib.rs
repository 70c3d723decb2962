//! wijkzicht: a map server for Dutch neighbourhoods.
//!
//! The modules are the rooms of the house that `ARCHITECTURE.md` draws, from the ground up: each
//! may use only those listed before it here.

mod varint;

pub mod area;

pub mod cql;
pub mod crs;

pub mod coverage;

pub mod scale;

pub mod indicator;

pub mod geodata;

pub mod source;

pub mod store;

pub mod fetch;

pub mod demo;

pub mod analysis;

pub mod atlas;

pub mod own;

pub mod layer;

pub mod profile;

pub mod study;

pub mod server;

pub mod site;

pub mod cli;
