//! RD New from and to ETRS89, after RDNAPTRANS™2018.

use std::sync::{Arc, LazyLock};

use super::{CorrectionGrid, LonLat, Rd};

/// Iterations with which a corrected position is undone. The correction changes by less than
/// 1e-4 of a degree per degree, so each one brings five further digits.
const GRID_ITERATIONS: usize = 2;

/// An ellipsoid of revolution with the quantities that the formulas take.
struct Ellipsoid {
    /// Semi-major axis, metres.
    a: f64,
    /// Semi-minor axis, metres.
    b: f64,
    /// First eccentricity squared.
    e2: f64,
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

    /// Geocentric coordinates, metres, of a latitude and longitude in radians at height `h`.
    fn to_geocentric(&self, lat: f64, lon: f64, h: f64) -> [f64; 3] {
        let (sin_lat, cos_lat) = lat.sin_cos();
        let (sin_lon, cos_lon) = lon.sin_cos();
        let n = self.a / (1.0 - self.e2 * sin_lat * sin_lat).sqrt();
        let p = (n + h) * cos_lat;
        [p * cos_lon, p * sin_lon, (n * (1.0 - self.e2) + h) * sin_lat]
    }

    /// Latitude and longitude, radians, by Bowring's formula (Survey Review 23, 1976): one step is
    /// exact to 1e-13 radians within 10 km of the surface.
    fn to_geographic(&self, [x, y, z]: [f64; 3]) -> (f64, f64) {
        let p = (x * x + y * y).sqrt();
        let (u, v) = (z * self.a, p * self.b);
        let r = (u * u + v * v).sqrt();
        let (sin, cos) = (u / r, v / r);
        let tan_lat = (z + self.ep2b * sin * sin * sin) / (p - self.e2a * cos * cos * cos);
        (tan_lat.atan(), y.atan2(x))
    }
}

/// Bessel 1841, on which RD stands.
const BESSEL: Ellipsoid = Ellipsoid::new(6_377_397.155, 299.152_812_8);
/// GRS 1980, on which ETRS89 stands.
const GRS80: Ellipsoid = Ellipsoid::new(6_378_137.0, 298.257_222_101);

/// The ellipsoidal height that stands in for the unknown one on the way to RD: NAP 0 at
/// Amersfoort, metres.
const ETRS89_HEIGHT: f64 = 43.0;

/// A seven-parameter transformation, coordinate-frame rotation: metres, radians, parts of one.
struct Helmert {
    translation: [f64; 3],
    rotation: [f64; 3],
    scale: f64,
}

impl Helmert {
    fn apply(&self, [x, y, z]: [f64; 3]) -> [f64; 3] {
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

const BESSEL_TO_GRS80: Helmert = Helmert {
    translation: [565.7381, 50.4018, 465.2904],
    rotation: [1.915_14e-6, -1.603_65e-6, 9.095_46e-6],
    scale: 4.072_44e-6,
};

const GRS80_TO_BESSEL: Helmert = Helmert {
    translation: [-565.7346, -50.4058, -465.2895],
    rotation: [-1.915_13e-6, 1.603_65e-6, -9.095_46e-6],
    scale: -4.072_42e-6,
};

/// Amersfoort on Bessel: 52°09'22.178" N, 5°23'15.500" E.
const LAT_0: f64 = 52.0 + 9.0 / 60.0 + 22.178 / 3600.0;
const LON_0: f64 = 5.0 + 23.0 / 60.0 + 15.5 / 3600.0;
/// The scale at Amersfoort.
const K_0: f64 = 0.999_907_9;
/// Amersfoort in RD, metres.
const X_0: f64 = 155_000.0;
const Y_0: f64 = 463_000.0;

/// The double projection of RD: ellipsoid to a conformal sphere, sphere to an oblique
/// stereographic plane (EPSG method 9809, IOGP 373-7-2 section 3.3.2).
struct ObliqueStereographic {
    /// Longitudes on the sphere are `n` times those on the ellipsoid.
    n: f64,
    /// Half the exponent of the isometric latitude: `n` times the eccentricity.
    ne: f64,
    /// The factor of the conformal mapping.
    c: f64,
    e: f64,
    lon_0: f64,
    sin_chi_0: f64,
    cos_chi_0: f64,
    /// Twice the radius of the sphere times the scale, metres.
    two_rk: f64,
}

static PROJECTION: LazyLock<ObliqueStereographic> = LazyLock::new(ObliqueStereographic::new);

impl ObliqueStereographic {
    fn new() -> Self {
        let Ellipsoid { a, e2, .. } = BESSEL;
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
        let lon_0 = LON_0.to_radians();
        Self { n, ne: n * e, c, e, lon_0, sin_chi_0, cos_chi_0, two_rk: 2.0 * radius * K_0 }
    }

    /// Latitude and longitude on Bessel, radians, to RD.
    fn forward(&self, lat: f64, lon: f64) -> Rd {
        let sin = lat.sin();
        let es = self.e * sin;
        let s =
            self.n * ((1.0 + sin) / (1.0 - sin)).ln() + self.ne * ((1.0 - es) / (1.0 + es)).ln();
        // The sphere's latitude has sine (w-1)/(w+1): no arc sine is needed.
        let w = self.c * s.exp();
        let (sin_chi, cos_chi) = ((w - 1.0) / (w + 1.0), 2.0 * w.sqrt() / (w + 1.0));
        let (sin_lon, cos_lon) = (self.n * (lon - self.lon_0)).sin_cos();
        let b = 1.0 + sin_chi * self.sin_chi_0 + cos_chi * self.cos_chi_0 * cos_lon;
        Rd {
            x: X_0 + self.two_rk * cos_chi * sin_lon / b,
            y: Y_0
                + self.two_rk * (sin_chi * self.cos_chi_0 - cos_chi * self.sin_chi_0 * cos_lon) / b,
        }
    }

    /// RD to latitude and longitude on Bessel, radians.
    fn inverse(&self, point: Rd) -> (f64, f64) {
        // The oblique stereographic plane as a vector on the unit sphere: with t the tangent of
        // half the angle from Amersfoort, sin = 2t/(1+t²) and cos = (1-t²)/(1+t²).
        let (u, v) = ((point.x - X_0) / self.two_rk, (point.y - Y_0) / self.two_rk);
        let t2 = u * u + v * v;
        let east = 2.0 * u;
        let north = 2.0 * v;
        let up = 1.0 - t2;
        let across = up * self.cos_chi_0 - north * self.sin_chi_0;
        let lon = east.atan2(across) / self.n + self.lon_0;
        let sin_chi = (up * self.sin_chi_0 + north * self.cos_chi_0) / (1.0 + t2);
        // The isometric latitude on the ellipsoid, then the latitude from it by Newton steps: each
        // doubles the digits, and the first guess is off by the eccentricity squared (0.007).
        let psi = (((1.0 + sin_chi) / (self.c * (1.0 - sin_chi))).ln()) / (2.0 * self.n);
        let mut lat = psi.sinh().atan();
        for _ in 0..3 {
            let (sin, cos) = lat.sin_cos();
            let es = self.e * sin;
            let psi_i =
                0.5 * (((1.0 + sin) / (1.0 - sin)).ln() + self.e * ((1.0 - es) / (1.0 + es)).ln());
            lat += (psi - psi_i) * cos * (1.0 - es * es) / (1.0 - self.e * self.e);
        }
        (lat, lon)
    }
}

/// The transformation between RD New and ETRS89: RDNAPTRANS™2018 variant 1, from its formulas.
///
/// With the correction grid it is within 2 mm of the official values inside the grid; without it
/// within 0.25 m. Any input gives an answer: far from the country a meaningless one, possibly NaN.
/// Range-check with [`LonLat::is_plausible`] and [`Rd::is_plausible`]. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct RdTransform {
    grid: Option<Arc<CorrectionGrid>>,
}

impl RdTransform {
    /// The transformation without the correction grid.
    pub fn new() -> Self {
        Self::default()
    }

    /// The transformation with the correction grid.
    pub fn with_grid(grid: CorrectionGrid) -> Self {
        Self { grid: Some(Arc::new(grid)) }
    }

    /// Whether the correction grid is used.
    pub fn has_grid(&self) -> bool {
        self.grid.is_some()
    }

    /// RD to ETRS89. Costs under a microsecond.
    pub fn to_lonlat(&self, point: Rd) -> LonLat {
        let (mut lat, mut lon) = PROJECTION.inverse(point);
        if let Some(grid) = &self.grid {
            let (dlat, dlon) = grid.at(lat.to_degrees(), lon.to_degrees());
            lat += dlat.to_radians();
            lon += dlon.to_radians();
        }
        let (lat, lon) =
            GRS80.to_geographic(BESSEL_TO_GRS80.apply(BESSEL.to_geocentric(lat, lon, 0.0)));
        LonLat { lon: lon.to_degrees(), lat: lat.to_degrees() }
    }

    /// ETRS89 to RD. Costs under half a microsecond.
    pub fn to_rd(&self, point: LonLat) -> Rd {
        let geocentric =
            GRS80.to_geocentric(point.lat.to_radians(), point.lon.to_radians(), ETRS89_HEIGHT);
        let (mut lat, mut lon) = BESSEL.to_geographic(GRS80_TO_BESSEL.apply(geocentric));
        if let Some(grid) = &self.grid {
            let (real_lat, real_lon) = (lat.to_degrees(), lon.to_degrees());
            let (mut dlat, mut dlon) = (0.0, 0.0);
            for _ in 0..GRID_ITERATIONS {
                (dlat, dlon) = grid.at(real_lat - dlat, real_lon - dlon);
            }
            lat -= dlat.to_radians();
            lon -= dlon.to_radians();
        }
        PROJECTION.forward(lat, lon)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/rdnaptrans2018");

    /// The time that this thread has run on a core, seconds.
    fn cpu_seconds() -> f64 {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        let nanoseconds = stat.split(' ').next().and_then(|text| text.parse::<f64>().ok());
        nanoseconds.unwrap_or(f64::NAN) / 1e9
    }

    fn grid() -> Option<CorrectionGrid> {
        let path = Path::new(DATA).join("rdcorr2018.zip");
        if !path.exists() {
            eprintln!("skipped: no {}", path.display());
            return None;
        }
        Some(CorrectionGrid::read(&path).expect("the official grid"))
    }

    /// The official self-validation points: latitude, longitude, x, y.
    fn official_points() -> Option<Vec<(LonLat, Rd)>> {
        let path = Path::new(DATA).join("Z001_ETRS89andRDNAP.txt");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: no {}", path.display());
            return None;
        };
        let point = |line: &str| {
            let f: Vec<f64> =
                line.split('\t').skip(1).take(5).map(|t| t.parse().expect("a number")).collect();
            (LonLat { lon: f[1], lat: f[0] }, Rd { x: f[3], y: f[4] })
        };
        Some(text.lines().map(point).collect())
    }

    /// Metres between two points given in degrees, good enough for a few metres.
    fn metres(a: LonLat, b: LonLat) -> f64 {
        let north = (a.lat - b.lat) * 111_300.0;
        let east = (a.lon - b.lon) * 111_300.0 * a.lat.to_radians().cos();
        north.hypot(east)
    }

    fn worst(transform: &RdTransform, points: &[(LonLat, Rd)]) -> (f64, f64) {
        points.iter().fold((0.0, 0.0), |(forward, back): (f64, f64), &(lonlat, rd)| {
            let to = transform.to_rd(lonlat);
            (
                forward.max((to.x - rd.x).hypot(to.y - rd.y)),
                back.max(metres(transform.to_lonlat(rd), lonlat)),
            )
        })
    }

    #[test]
    fn with_the_grid_the_official_points_are_met_within_2_mm() {
        let (Some(grid), Some(mut points)) = (grid(), official_points()) else { return };
        points.retain(|(p, _)| (50.0..=56.0).contains(&p.lat) && (2.0..=8.0).contains(&p.lon));
        assert_eq!(points.len(), 7959);
        let (forward, back) = worst(&RdTransform::with_grid(grid), &points);
        eprintln!("with the grid: {forward:.5} m to RD, {back:.5} m back");
        assert!(forward < 0.002 && back < 0.002, "{forward} {back}");
    }

    #[test]
    fn without_the_grid_all_official_points_are_met_within_a_quarter_metre() {
        let Some(points) = official_points() else { return };
        assert_eq!(points.len(), 10_000);
        let (forward, back) = worst(&RdTransform::new(), &points);
        eprintln!("without the grid: {forward:.4} m to RD, {back:.4} m back");
        assert!(forward < 0.25 && back < 0.25, "{forward} {back}");
    }

    #[test]
    fn amersfoort_is_where_it_is_published() {
        let published = LonLat { lon: 5.387_203_657, lat: 52.155_172_897 };
        let origin = Rd { x: X_0, y: Y_0 };
        assert!(metres(RdTransform::new().to_lonlat(origin), published) < 0.25);
        if let Some(grid) = grid() {
            assert!(metres(RdTransform::with_grid(grid).to_lonlat(origin), published) < 0.002);
        }
    }

    proptest! {
        #[test]
        fn there_and_back_within_2_mm(x in 0.0..300_000.0f64, y in 300_000.0..640_000.0f64) {
            let transform = RdTransform::new();
            let back = transform.to_rd(transform.to_lonlat(Rd { x, y }));
            prop_assert!((back.x - x).hypot(back.y - y) < 0.002, "{:?}", back);
        }

        #[test]
        fn any_input_gives_an_answer(x in any::<f64>(), y in any::<f64>()) {
            let transform = RdTransform::new();
            let _ = transform.to_rd(LonLat { lon: x, lat: y });
            let _ = transform.to_lonlat(Rd { x, y });
        }
    }

    #[test]
    fn there_and_back_with_the_grid_within_2_mm() {
        let Some(grid) = grid() else { return };
        let transform = RdTransform::with_grid(grid);
        for i in 0..200 {
            for j in 0..200 {
                let rd = Rd { x: f64::from(i) * 1_400.3, y: 300_000.0 + f64::from(j) * 1_633.7 };
                let back = transform.to_rd(transform.to_lonlat(rd));
                assert!((back.x - rd.x).hypot(back.y - rd.y) < 0.002, "{rd:?} {back:?}");
            }
        }
        for odd in [f64::NAN, f64::INFINITY, -1e300, 1e300] {
            let _ = transform.to_rd(LonLat { lon: odd, lat: 52.0 });
            let _ = transform.to_lonlat(Rd { x: odd, y: odd });
        }
    }

    #[test]
    #[ignore = "a measurement"]
    fn speed() {
        const N: u32 = 2_000_000;
        let mut transforms = vec![("without grid", RdTransform::new())];
        transforms.extend(grid().map(|grid| ("with grid", RdTransform::with_grid(grid))));
        for (name, transform) in transforms {
            let at = |i: u32| f64::from(i.wrapping_mul(2_654_435_761)) / f64::from(u32::MAX);
            let start = cpu_seconds();
            let sum: f64 = (0..N)
                .map(|i| {
                    transform.to_rd(LonLat { lon: 3.4 + 3.7 * at(i), lat: 50.8 + 2.6 * at(i + 7) })
                })
                .map(|rd| rd.x + rd.y)
                .sum();
            let forward = f64::from(N) / (cpu_seconds() - start) / 1e6;
            let start = cpu_seconds();
            let sum2: f64 = (0..N)
                .map(|i| {
                    let rd = Rd { x: 3e5 * at(i), y: 3e5 + 3e5 * at(i + 7) };
                    transform.to_lonlat(rd)
                })
                .map(|p| p.lon + p.lat)
                .sum();
            let back = f64::from(N) / (cpu_seconds() - start) / 1e6;
            eprintln!("{name}: {forward:.2} M/s to RD, {back:.2} M/s back ({sum:.0} {sum2:.0})");
        }
    }
}
