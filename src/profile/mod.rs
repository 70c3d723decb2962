//! One place: what is known of it beside its gemeente and the country, the areas most like it, and
//! what a selection of places adds up to.

mod aggregate;
mod area_profile;
mod beside;
mod perspective;
mod read_years;
mod selection_totals;
mod similar;
mod value;

pub use aggregate::{Aggregate, Aggregation, Weighting, aggregate};
pub use area_profile::{
    AreaProfile, PartEntry, ScoreEntry, TopicProfile, YearPoint, area_profile, topic_profile,
};
pub use beside::{BesideEntry, Origin};
pub use perspective::{Perspective, many, perspective};
pub use read_years::{ReadEntry, ReadYear, read_years};
pub use selection_totals::{ClassCount, SelectionPart, SelectionTotals, selection_totals};
pub use similar::{LEAST_TRAITS, LeftOut, Likeness, Similar, TRAITS, Trait, similar};
pub use value::{IntervalEntry, RankEntry, ValueEntry, values};
