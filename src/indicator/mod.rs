//! What can be known about areas: the catalogue, values with reasons, series.

mod catalogue;
mod derived;
mod entry;
mod interval;
mod overlap;
mod reason;
mod recipe;
mod redirects;
mod residential;
mod series;
mod standing;
mod value;

pub use crate::area::{Language, Text};
pub use crate::scale::Method as MethodName;
pub use catalogue::{Catalogue, CatalogueError};
pub use derived::quotient;
pub use entry::{
    Absent, Classes, Counted, Direction, Display, Indicator, Kind, SeriesBreak, Threshold, Weight,
};
pub use interval::{Interval, Limits, grain};
pub use reason::Reason;
pub use recipe::{Above, Cluster, LocationQuotient, Quotient, Recipe, Stacking, Typology};
pub use redirects::{Redirects, parse_redirects};
pub use residential::{
    Figures, HardlyResidential, ListedArea, ResidentialChange, ResidentialError, ResidentialRule,
    Thresholds,
};
pub use series::{Series, SeriesKey};
pub use standing::{Ranking, Standing};
pub use value::Value;
