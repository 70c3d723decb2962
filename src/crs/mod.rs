//! Where a place is: RD New, ETRS89 longitude and latitude, Web Mercator.

mod angle;
mod ellipsoid;
mod grid;
mod layer_crs;
mod mercator;
mod point;
mod rdnap;
mod stereographic;

pub use grid::{CorrectionGrid, GridError};
pub use layer_crs::LayerCrs;
pub use mercator::WebMercator;
pub use point::{LonLat, Rd};
pub use rdnap::RdTransform;
