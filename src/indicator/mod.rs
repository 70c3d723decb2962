//! What can be known about areas: the catalogue, values with reasons, series.

mod catalogue;
mod reason;
mod series;
mod value;

pub use crate::area::{Language, Text};
pub use crate::scale::Method as MethodName;
pub use catalogue::{
    Absent, Catalogue, CatalogueError, Classes, Direction, Display, Indicator, Kind,
};
pub use reason::Reason;
pub use series::{Series, SeriesKey};
pub use value::Value;
