//! Who lives apart from whom: evenness, exposure, clustering, for two groups and for several.
//!
//! The dimensions are those of Massey and Denton (1988), *The dimensions of residential
//! segregation*, Social Forces 67. An index depends on how fine the units are: compare cities only
//! over the same kind of units, and say how many there are.

mod bias;
mod boundary;
mod composition;
mod decomposition;
mod evenness;
mod exposure;
mod multigroup;
mod proximity;
mod spatial;
mod two_groups;

pub use composition::Composition;
pub use decomposition::EntropyDecomposition;
pub use proximity::Proximity;
pub use spatial::{PROFILE_RADII, SpatialSegregation};
pub use two_groups::TwoGroups;
