//! Web Mercator, the plane of web maps and tiles.

use std::f64::consts::{FRAC_PI_2, PI};

use super::LonLat;

/// A point in WGS 84 / Pseudo-Mercator (EPSG:3857): metres on a sphere of radius 6,378,137 m,
/// x east of Greenwich, y north of the equator.
///
/// Longitude and latitude are taken as they are (ETRS89 and WGS 84 differ by under a metre).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WebMercator {
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
}

impl WebMercator {
    /// The radius of the sphere, metres.
    pub const RADIUS: f64 = 6_378_137.0;
    /// Half the width of the square world of web tiles, metres: 20,037,508.34….
    pub const HALF_WIDTH: f64 = PI * Self::RADIUS;

    /// Projects a point. The poles go to infinity and NaN stays NaN; nothing panics.
    pub fn from_lonlat(point: LonLat) -> Self {
        Self {
            x: Self::RADIUS * point.lon.to_radians(),
            y: Self::RADIUS * point.lat.to_radians().sin().atanh(),
        }
    }

    /// The longitude and latitude of the point.
    pub fn to_lonlat(self) -> LonLat {
        LonLat {
            lon: (self.x / Self::RADIUS).to_degrees(),
            lat: (FRAC_PI_2 - 2.0 * (-self.y / Self::RADIUS).exp().atan()).to_degrees(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_the_example_of_the_epsg_guidance() {
        // IOGP publication 373-7-2, section 1.3.3.2 (method 1024): 24°22'54.433"N, 100°20'0.000"W.
        let point = WebMercator::from_lonlat(LonLat {
            lon: -(100.0 + 20.0 / 60.0),
            lat: 24.0 + 22.0 / 60.0 + 54.433 / 3600.0,
        });
        assert!((point.x - -11_169_055.58).abs() < 0.01, "{point:?}");
        assert!((point.y - 2_800_000.00).abs() < 0.01, "{point:?}");
    }

    #[test]
    fn the_corner_of_the_tile_square_is_at_85_0511_degrees() {
        let corner = WebMercator { x: WebMercator::HALF_WIDTH, y: WebMercator::HALF_WIDTH };
        let lonlat = corner.to_lonlat();
        assert!((lonlat.lon - 180.0).abs() < 1e-9);
        assert!((lonlat.lat - 85.051_128_779_8).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn there_and_back(lon in -180.0..180.0f64, lat in -85.0..85.0f64) {
            let back = WebMercator::from_lonlat(LonLat { lon, lat }).to_lonlat();
            prop_assert!((back.lon - lon).abs() < 1e-11 && (back.lat - lat).abs() < 1e-11);
        }
    }
}
