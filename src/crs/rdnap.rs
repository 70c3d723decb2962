//! RD New from and to ETRS89, after RDNAPTRANS™2018.

use std::sync::Arc;

use super::{
    CorrectionGrid, LonLat, Rd,
    angle::Angle,
    ellipsoid::{BESSEL, GRS80, Helmert},
    stereographic::PROJECTION,
};

/// Iterations with which a corrected position is undone. The correction changes by less than
/// 1e-4 of a degree per degree, so each one brings five further digits.
const GRID_ITERATIONS: usize = 2;

/// The ellipsoidal height that stands in for the unknown one on the way to RD: NAP 0 at
/// Amersfoort, metres.
const ETRS89_HEIGHT: f64 = 43.0;

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

    /// RD to ETRS89. Costs about an eighth of a microsecond.
    pub fn to_lonlat(&self, point: Rd) -> LonLat {
        let [mut lat, mut lon] = PROJECTION.inverse(point);
        if let Some(grid) = &self.grid {
            let (dlat, dlon) = grid.at(lat.radians.to_degrees(), lon.radians.to_degrees());
            (lat, lon) = (lat.plus(dlat.to_radians()), lon.plus(dlon.to_radians()));
        }
        let bessel = [lat, lon];
        let geocentric = BESSEL_TO_GRS80.apply(BESSEL.to_geocentric(bessel, 0.0));
        let [lat, lon] = GRS80.to_geographic(geocentric, bessel);
        LonLat { lon: lon.radians.to_degrees(), lat: lat.radians.to_degrees() }
    }

    /// ETRS89 to RD. Costs about an eighth of a microsecond.
    pub fn to_rd(&self, point: LonLat) -> Rd {
        let grs80 = [point.lat, point.lon].map(|degrees| Angle::new(degrees.to_radians()));
        let geocentric = GRS80_TO_BESSEL.apply(GRS80.to_geocentric(grs80, ETRS89_HEIGHT));
        let [mut lat, mut lon] = BESSEL.to_geographic(geocentric, grs80);
        if let Some(grid) = &self.grid {
            let (real_lat, real_lon) = (lat.radians.to_degrees(), lon.radians.to_degrees());
            let (mut dlat, mut dlon) = (0.0, 0.0);
            for _ in 0..GRID_ITERATIONS {
                (dlat, dlon) = grid.at(real_lat - dlat, real_lon - dlon);
            }
            (lat, lon) = (lat.plus(-dlat.to_radians()), lon.plus(-dlon.to_radians()));
        }
        PROJECTION.forward([lat, lon])
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
        let origin = Rd { x: 155_000.0, y: 463_000.0 };
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
