//! Whether neighbours are alike: over the whole map, and where.

mod bivariate;
mod cluster;
mod false_discovery;
mod geary;
mod getis_ord;
mod join_count;
mod local_moran;
mod moran;
mod permutation;
mod prepared;
mod rate;
mod sample;
mod significance;

pub use bivariate::{bivariate_moran, bivariate_moran_permuted};
pub use cluster::{Adjustment, Cluster, HotSpot};
pub use false_discovery::{
    FalseDiscovery, adjusted_by_benjamini_hochberg, adjusted_by_benjamini_yekutieli,
    benjamini_hochberg,
};
pub use geary::{Geary, geary, geary_permuted};
pub use getis_ord::{General, Getis, LocalGetis, general_g, local_getis};
pub use join_count::{JoinCounts, join_counts, join_counts_permuted};
pub use local_moran::{LocalMoran, LocalUnit, Quadrant, local_moran, local_moran_of_samples};
pub use moran::{Moran, moran, moran_of_orders, moran_permuted};
pub use permutation::{Permutations, Permuted, two_sided_p};
pub use rate::{BayesRates, empirical_bayes_rates};
pub use significance::Significance;
