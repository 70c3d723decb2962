//! How publishers deliver: files in, deliveries out.
//!
//! A reader knows one format (GeoPackage, shapefile, CSV, XLSX) and yields tables of text, number
//! and shape; a dialect, as data, says which column means what. Nothing here knows of an atlas.

mod delivery;

pub use delivery::{AreaRecord, AreaTable, Delivery, Origin, Provenance, Skipped, TableNote};
