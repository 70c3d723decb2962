//! Who lives apart from whom: evenness, exposure, clustering, for two groups and for several.
//!
//! The dimensions are those of Massey and Denton (1988), *The dimensions of residential
//! segregation*, Social Forces 67. An index depends on how fine the units are: compare cities only
//! over the same kind of units, and say how many there are.

mod evenness;
mod exposure;
mod two_groups;

pub use two_groups::TwoGroups;
