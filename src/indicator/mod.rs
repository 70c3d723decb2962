//! What can be known about areas: the catalogue, values with reasons, series.

mod catalogue;
mod reason;
mod series;
mod text;
mod value;

pub use catalogue::{
    Absent, Catalogue, CatalogueError, Classes, Direction, Display, Indicator, Kind, MethodName,
};
pub use reason::Reason;
pub use series::{Series, SeriesKey};
pub use text::{Language, Text};
pub use value::Value;
