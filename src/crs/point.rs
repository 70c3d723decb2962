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

impl Rd {
    /// Whether the point can lie in or just outside the Netherlands: x from −100 to 400 km, y from
    /// 200 to 750 km, ends included; never for NaN. Neither a lon-lat pair nor x and y exchanged
    /// (for most of the country) pass.
    pub fn is_plausible(self) -> bool {
        (-100_000.0..=400_000.0).contains(&self.x) && (200_000.0..=750_000.0).contains(&self.y)
    }
}

impl LonLat {
    /// Whether the point can lie in or just outside the Netherlands: longitude 2 to 8, latitude 50
    /// to 56 (the extent of the correction grid), ends included; never for NaN. Longitude and
    /// latitude exchanged never pass.
    pub fn is_plausible(self) -> bool {
        (2.0..=8.0).contains(&self.lon) && (50.0..=56.0).contains(&self.lat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanged_and_impossible_coordinates_are_not_plausible() {
        assert!(LonLat { lon: 5.387, lat: 52.155 }.is_plausible());
        assert!(!LonLat { lon: 52.155, lat: 5.387 }.is_plausible());
        assert!(Rd { x: 155_000.0, y: 463_000.0 }.is_plausible());
        assert!(!Rd { x: 463_000.0, y: 155_000.0 }.is_plausible());
        assert!(!Rd { x: 5.387, y: 52.155 }.is_plausible());
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert!(!LonLat { lon: odd, lat: 52.0 }.is_plausible());
            assert!(!LonLat { lon: 5.0, lat: odd }.is_plausible());
            assert!(!Rd { x: odd, y: 463_000.0 }.is_plausible());
            assert!(!Rd { x: 155_000.0, y: odd }.is_plausible());
        }
    }
}
