//! How publishers deliver: files in, deliveries out.
//!
//! A reader knows one format (GeoPackage, shapefile, CSV, XLSX) and yields tables of text, number
//! and shape; a dialect, as data, says which column means what. Nothing here knows of an atlas.
//!
//! [`read()`] is pure: it opens what its path names and changes nothing, so that several files may
//! be read side by side.

mod addresses;
mod assembly;
mod bounds;
mod choice;
mod csv;
mod dbf;
mod delivery;
mod dialect;
mod dialects;
mod division;
mod error;
mod features;
mod fingerprint;
mod form;
mod geojson;
mod geopackage;
mod guard;
mod harvest;
mod missing;
mod number;
mod pattern;
mod plan;
mod read;
mod rings;
mod shapefile;
mod shapes;
pub(crate) mod sqlite;
mod table;
mod text;
pub(crate) mod wkb;
mod xlsx;

#[cfg(test)]
mod tests;

pub(crate) use form::is_like;

pub(crate) use bounds::check_shape;
pub use delivery::{
    AreaRecord, AreaTable, Delivery, IgnoredTable, Origin, Provenance, Recode, Skipped, TableNote,
};
pub use dialect::{Dialect, DialectError};
pub use dialects::Dialects;
pub use error::{Place, SourceError};
pub use fingerprint::fingerprint;
pub use number::parse_any as parse_number;
pub use read::{ReadOptions, open as open_table, read, recognise};
pub use table::{Cell as TableCell, Head as TableHead, Row as TableRow, Tables};
