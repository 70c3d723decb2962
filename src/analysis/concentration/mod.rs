//! Where a group is found more than elsewhere, and where disadvantages pile up.

mod correlation;
mod land;
mod location_quotient;
mod profile;
mod stacking;
mod threshold;

pub use correlation::{Correlation, correlation_matrix};
pub use land::LandConcentration;
pub use location_quotient::{location_quotient, location_quotients};
pub use profile::ConcentrationProfile;
pub use stacking::{Stacked, Stacking, Unfavourable, stacking};
pub use threshold::{AboveThreshold, above_threshold};
