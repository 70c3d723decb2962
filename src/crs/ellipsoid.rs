//! Ellipsoids, and the way from one to another.

use super::angle::Angle;

/// A latitude and longitude.
pub(super) type Geographic = [Angle; 2];

/// An ellipsoid of revolution with the quantities that the formulas take.
pub(super) struct Ellipsoid {
    /// Semi-major axis, metres.
    pub(super) a: f64,
    /// Semi-minor axis, metres.
    pub(super) b: f64,
    /// First eccentricity squared.
    pub(super) e2: f64,
    /// First eccentricity squared times `a`.
    e2a: f64,
    /// Second eccentricity squared times `b`.
    ep2b: f64,
}

impl Ellipsoid {
    const fn new(a: f64, inverse_flattening: f64) -> Self {
        let f = 1.0 / inverse_flattening;
        let b = a * (1.0 - f);
        let e2 = f * (2.0 - f);
        Self { a, b, e2, e2a: e2 * a, ep2b: e2 / (1.0 - e2) * b }
    }

    /// Geocentric coordinates, metres, of a latitude and longitude at height `h`.
    pub(super) fn to_geocentric(&self, [lat, lon]: Geographic, h: f64) -> [f64; 3] {
        let n = self.a / (1.0 - self.e2 * lat.sin * lat.sin).sqrt();
        let p = (n + h) * lat.cos;
        [p * lon.cos, p * lon.sin, (n * (1.0 - self.e2) + h) * lat.sin]
    }

    /// Latitude and longitude by Bowring's formula (Survey Review 23, 1976): one step is exact to
    /// 1e-13 radians within 10 km of the surface. They lie near the given ones: those on another
    /// ellipsoid.
    pub(super) fn to_geographic(&self, [x, y, z]: [f64; 3], [lat, lon]: Geographic) -> Geographic {
        let p = (x * x + y * y).sqrt();
        let (u, v) = (z * self.a, p * self.b);
        let r = 1.0 / (u * u + v * v).sqrt();
        let (sin, cos) = (u * r, v * r);
        let north = z + self.ep2b * sin * sin * sin;
        let out = p - self.e2a * cos * cos * cos;
        let scale = 1.0 / (north * north + out * out).sqrt();
        [lat.near(north * scale, out * scale), lon.near(y / p, x / p)]
    }
}

/// Bessel 1841, on which RD stands.
pub(super) const BESSEL: Ellipsoid = Ellipsoid::new(6_377_397.155, 299.152_812_8);
/// GRS 1980, on which ETRS89 stands.
pub(super) const GRS80: Ellipsoid = Ellipsoid::new(6_378_137.0, 298.257_222_101);

/// A seven-parameter transformation, coordinate-frame rotation: metres, radians, parts of one.
pub(super) struct Helmert {
    pub(super) translation: [f64; 3],
    pub(super) rotation: [f64; 3],
    pub(super) scale: f64,
}

impl Helmert {
    pub(super) fn apply(&self, [x, y, z]: [f64; 3]) -> [f64; 3] {
        let [tx, ty, tz] = self.translation;
        let [rx, ry, rz] = self.rotation;
        let s = 1.0 + self.scale;
        [
            tx + s * (x + rz * y - ry * z),
            ty + s * (y - rz * x + rx * z),
            tz + s * (z + ry * x - rx * y),
        ]
    }
}
