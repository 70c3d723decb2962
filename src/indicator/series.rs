//! The values of one indicator, for one year, on one division and level.

use crate::area::{AreaCode, Level, Vintage, Year};
use smol_str::SmolStr;

use super::Value;

/// What a series is about. Ordered by indicator, then years, then division and level.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesKey {
    /// The indicator's id in the catalogue.
    pub indicator: SmolStr,
    /// The year that a change is counted from; `None` where the indicator is no change.
    pub begin: Option<Year>,
    /// The year of the figures.
    pub year: Year,
    /// The division that the codes belong to.
    pub vintage: Vintage,
    /// The level of the areas.
    pub level: Level,
}

/// The values of one [`SeriesKey`] as one file delivers them, in the file's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What the values are about.
    pub key: SeriesKey,
    /// Code and value of each area, each code once.
    pub values: Vec<(AreaCode, Value)>,
}
