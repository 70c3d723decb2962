//! How large the differences are, and whether they grow.

mod beta;
mod gap;
mod gini;
mod percentiles;
mod sigma;
mod theil;
mod variance_split;
mod weighed;

pub use beta::{Beta, Form, beta_convergence};
pub use gap::{Gap, TenthGap, gap, tenth_gap};
pub use gini::{atkinson, gini};
pub use percentiles::{percentile, weighted_percentile};
pub use sigma::{PitmanMorgan, Sigma, Spread, sigma_convergence};
pub use theil::{Theil, theil};
pub use variance_split::{VarianceSplit, variance_split};
