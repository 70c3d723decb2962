//! Coordinates that say which system they are in.

use serde::{Deserialize, Serialize};

/// A point in RD New (EPSG:28992): metres, x east, y north.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rd {
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
}

/// A point in ETRS89 (to well under a metre also WGS 84): degrees, longitude before latitude.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LonLat {
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}
