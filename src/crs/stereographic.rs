//! The projection of RD: from Bessel to the plane and back.

use std::sync::LazyLock;

use super::{
    Rd,
    angle::Angle,
    ellipsoid::{BESSEL, Ellipsoid, Geographic},
};

/// Amersfoort on Bessel: 52°09'22.178" N, 5°23'15.500" E.
const LAT_0: f64 = 52.0 + 9.0 / 60.0 + 22.178 / 3600.0;
const LON_0: f64 = 5.0 + 23.0 / 60.0 + 15.5 / 3600.0;
/// The scale at Amersfoort.
const K_0: f64 = 0.999_907_9;
/// Amersfoort in RD, metres.
pub(super) const X_0: f64 = 155_000.0;
pub(super) const Y_0: f64 = 463_000.0;

/// The double projection of RD: ellipsoid to a conformal sphere, sphere to an oblique
/// stereographic plane (EPSG method 9809, IOGP 373-7-2 section 3.3.2).
pub(super) struct ObliqueStereographic {
    /// Longitudes on the sphere are `n` times those on the ellipsoid.
    n: f64,
    /// One over `n`.
    inverse_n: f64,
    /// Twice the exponent of the eccentricity in the isometric latitude: `n` times it.
    two_ne: f64,
    /// The factor of the conformal mapping.
    c: f64,
    e: f64,
    lon_0: Angle,
    sin_chi_0: f64,
    cos_chi_0: f64,
    /// Twice the radius of the sphere times the scale, metres.
    two_rk: f64,
    /// The latitude less the conformal latitude χ, as a series: factors of sin 2χ, sin 4χ, ….
    series: [f64; 6],
}

pub(super) static PROJECTION: LazyLock<ObliqueStereographic> =
    LazyLock::new(ObliqueStereographic::new);

impl ObliqueStereographic {
    fn new() -> Self {
        let Ellipsoid { a, b, e2, .. } = BESSEL;
        let e = e2.sqrt();
        let (sin, cos) = LAT_0.to_radians().sin_cos();
        let w2 = 1.0 - e2 * sin * sin;
        let radius = a * (1.0 - e2).sqrt() / w2;
        let n = (1.0 + e2 * cos.powi(4) / (1.0 - e2)).sqrt();
        let s1 = (1.0 + sin) / (1.0 - sin);
        let s2 = (1.0 - e * sin) / (1.0 + e * sin);
        let w1 = (s1 * s2.powf(e)).powf(n);
        let sin_chi_00 = (w1 - 1.0) / (w1 + 1.0);
        let c = (n + sin) * (1.0 - sin_chi_00) / ((n - sin) * (1.0 + sin_chi_00));
        let w = c * w1;
        let sin_chi_0 = (w - 1.0) / (w + 1.0);
        let cos_chi_0 = 2.0 * w.sqrt() / (w + 1.0);
        Self {
            n,
            inverse_n: 1.0 / n,
            two_ne: 2.0 * n * e,
            c,
            e,
            lon_0: Angle::new(LON_0.to_radians()),
            sin_chi_0,
            cos_chi_0,
            two_rk: 2.0 * radius * K_0,
            series: conformal_series((a - b) / (a + b)),
        }
    }

    /// Latitude and longitude on Bessel to RD.
    pub(super) fn forward(&self, [lat, lon]: Geographic) -> Rd {
        let s = self.n * ((1.0 + lat.sin) / (1.0 - lat.sin)).ln()
            - self.two_ne * small_atanh(self.e * lat.sin);
        // The sphere's latitude has sine (w-1)/(w+1): no arc sine is needed.
        let w = self.c * s.exp();
        let part = 1.0 / (w + 1.0);
        let (sin_chi, cos_chi) = ((w - 1.0) * part, 2.0 * w.sqrt() * part);
        let (sin_lon, cos_lon) = (self.n * (lon.radians - self.lon_0.radians)).sin_cos();
        let b = self.two_rk / (1.0 + sin_chi * self.sin_chi_0 + cos_chi * self.cos_chi_0 * cos_lon);
        Rd {
            x: X_0 + b * cos_chi * sin_lon,
            y: Y_0 + b * (sin_chi * self.cos_chi_0 - cos_chi * self.sin_chi_0 * cos_lon),
        }
    }

    /// RD to latitude and longitude on Bessel.
    pub(super) fn inverse(&self, point: Rd) -> Geographic {
        // The oblique stereographic plane as a vector on the unit sphere: with t the tangent of
        // half the angle from Amersfoort, sin = 2t/(1+t²) and cos = (1-t²)/(1+t²).
        let (u, v) = ((point.x - X_0) / self.two_rk, (point.y - Y_0) / self.two_rk);
        let t2 = u * u + v * v;
        let east = 2.0 * u;
        let north = 2.0 * v;
        let up = 1.0 - t2;
        let across = up * self.cos_chi_0 - north * self.sin_chi_0;
        // The longitude on the sphere, then the little by which it differs on the ellipsoid.
        let on_sphere = east.atan2(across);
        let part = 1.0 / (east * east + across * across).sqrt();
        let lon = Angle { radians: on_sphere, sin: east * part, cos: across * part }
            .plus(on_sphere * (self.inverse_n - 1.0));
        let lon = Angle {
            radians: self.lon_0.radians + lon.radians,
            sin: self.lon_0.sin * lon.cos + self.lon_0.cos * lon.sin,
            cos: self.lon_0.cos * lon.cos - self.lon_0.sin * lon.sin,
        };
        // With ψ the isometric latitude on the ellipsoid, its conformal latitude has sine tanh ψ;
        // the latitude follows by a series.
        let up_north = up * self.sin_chi_0 + north * self.cos_chi_0;
        let s = ((1.0 + t2 + up_north) / (self.c * (1.0 + t2 - up_north))).ln();
        let w = (s * self.inverse_n).exp();
        let part = 1.0 / (w + 1.0);
        let (sin, cos) = ((w - 1.0) * part, 2.0 * w.sqrt() * part);
        let conformal = Angle { radians: (sin / cos).atan(), sin, cos };
        [conformal.plus(self.beyond_conformal(sin, cos)), lon]
    }

    /// The latitude less the conformal latitude with that sine and cosine, radians: Clenshaw's sum.
    fn beyond_conformal(&self, sin: f64, cos: f64) -> f64 {
        let twice = 2.0 - 4.0 * sin * sin;
        let (mut later, mut next) = (0.0, 0.0);
        for factor in self.series.into_iter().rev() {
            (later, next) = (next, factor + twice * next - later);
        }
        2.0 * sin * cos * next
    }
}

/// Factors of sin 2χ, sin 4χ, … with which the latitude follows from the conformal latitude χ, by
/// the third flattening, to its sixth power (Karney, Geographica Helvetica 2024, "On auxiliary
/// latitudes", equation A16): exact to the last digits of a double.
fn conformal_series(n: f64) -> [f64; 6] {
    let polynomial = |factors: &[f64]| factors.iter().rev().fold(0.0, |sum, f| sum * n + f);
    [
        n * polynomial(&[2.0, -2.0 / 3.0, -2.0, 116.0 / 45.0, 26.0 / 45.0, -2854.0 / 675.0]),
        n.powi(2)
            * polynomial(&[7.0 / 3.0, -8.0 / 5.0, -227.0 / 45.0, 2704.0 / 315.0, 2323.0 / 945.0]),
        n.powi(3) * polynomial(&[56.0 / 15.0, -136.0 / 35.0, -1262.0 / 105.0, 73_814.0 / 2835.0]),
        n.powi(4) * polynomial(&[4279.0 / 630.0, -332.0 / 35.0, -399_572.0 / 14_175.0]),
        n.powi(5) * polynomial(&[4174.0 / 315.0, -144_838.0 / 6237.0]),
        n.powi(6) * polynomial(&[601_676.0 / 22_275.0]),
    ]
}

/// The inverse hyperbolic tangent of at most the eccentricity of the Earth, 0.082.
fn small_atanh(x: f64) -> f64 {
    let x2 = x * x;
    let odd = [1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0, 1.0 / 11.0, 1.0 / 13.0];
    x + x * x2 * odd.into_iter().rev().fold(0.0, |sum, factor| sum * x2 + factor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The projection by its definitions, each angle by its own function.
    mod by_definition {
        use super::super::*;

        fn isometric(lat: f64) -> f64 {
            let e = BESSEL.e2.sqrt();
            lat.sin().atanh() - e * (e * lat.sin()).atanh()
        }

        fn sphere() -> (f64, f64, f64, f64) {
            let lat_0 = LAT_0.to_radians();
            let e2 = BESSEL.e2;
            let n = (1.0 + e2 * lat_0.cos().powi(4) / (1.0 - e2)).sqrt();
            let chi_0 = (lat_0.sin() / n).asin();
            let m = chi_0.sin().atanh() - n * isometric(lat_0);
            let radius = BESSEL.a * (1.0 - e2).sqrt() / (1.0 - e2 * lat_0.sin().powi(2));
            (n, m, chi_0, radius)
        }

        pub(super) fn forward(lat: f64, lon: f64) -> Rd {
            let (n, m, chi_0, radius) = sphere();
            let chi = (n * isometric(lat) + m).tanh().asin();
            let east = n * (lon - LON_0.to_radians());
            let b = 1.0 + chi.sin() * chi_0.sin() + chi.cos() * chi_0.cos() * east.cos();
            let k = 2.0 * radius * K_0 / b;
            Rd {
                x: X_0 + k * chi.cos() * east.sin(),
                y: Y_0 + k * (chi.sin() * chi_0.cos() - chi.cos() * chi_0.sin() * east.cos()),
            }
        }

        pub(super) fn inverse(point: Rd) -> (f64, f64) {
            let (n, m, chi_0, radius) = sphere();
            let (x, y) = (point.x - X_0, point.y - Y_0);
            let rho = x.hypot(y);
            let angle = 2.0 * (rho / (2.0 * radius * K_0)).atan();
            let chi = (angle.cos() * chi_0.sin() + y / rho * angle.sin() * chi_0.cos()).asin();
            let east = (x * angle.sin())
                .atan2(rho * chi_0.cos() * angle.cos() - y * chi_0.sin() * angle.sin());
            let isometric_lat = (chi.sin().atanh() - m) / n;
            let mut lat = isometric_lat.sinh().atan();
            for _ in 0..6 {
                let es2 = BESSEL.e2 * lat.sin().powi(2);
                lat +=
                    (isometric_lat - isometric(lat)) * lat.cos() * (1.0 - es2) / (1.0 - BESSEL.e2);
            }
            (lat, LON_0.to_radians() + east / n)
        }
    }

    proptest! {
        /// A tenth of a micrometre: what doubles of millions of metres leave after some steps.
        #[test]
        fn the_projection_is_that_of_its_definitions(
            x in -100_000.0..400_000.0f64,
            y in 200_000.0..750_000.0f64,
        ) {
            let rd = Rd { x, y };
            let [lat, lon] = PROJECTION.inverse(rd);
            let (expected_lat, expected_lon) = by_definition::inverse(rd);
            prop_assert!((lat.radians - expected_lat).abs() < 1e-14, "{:?} {}", lat, expected_lat);
            prop_assert!((lon.radians - expected_lon).abs() < 1e-14, "{:?} {}", lon, expected_lon);
            for angle in [lat, lon] {
                prop_assert!((angle.sin - angle.radians.sin()).abs() < 1e-15);
                prop_assert!((angle.cos - angle.radians.cos()).abs() < 1e-15);
            }
            let back = PROJECTION.forward([lat, lon]);
            prop_assert!((back.x - x).hypot(back.y - y) < 1e-7, "{:?}", back);
            let expected = by_definition::forward(expected_lat, expected_lon);
            prop_assert!((back.x - expected.x).hypot(back.y - expected.y) < 1e-7);
        }
    }
}
