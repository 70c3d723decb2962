//! Polygons from GeoPackage binary (OGC 12-128r19, clause 2.1.3) and ISO well-known binary.
//!
//! Both byte orders; Z and M are read over. No count is believed: it is held against the bytes
//! that are left before anything is allocated.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// The bytes that are left, and their order.
struct Bytes<'a> {
    rest: &'a [u8],
    little: bool,
}

const TRUNCATED: &str = "geometry ends early";

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(TRUNCATED)?;
        self.rest = rest;
        Ok(taken)
    }

    fn u8(&mut self) -> Result<u8, String> {
        let (byte, rest) = self.rest.split_first().ok_or(TRUNCATED)?;
        self.rest = rest;
        Ok(*byte)
    }

    fn u32(&mut self) -> Result<u32, String> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or(TRUNCATED)?;
        self.rest = rest;
        Ok(if self.little { u32::from_le_bytes(*bytes) } else { u32::from_be_bytes(*bytes) })
    }

    /// A count of things of at least `size` bytes each, checked against what is left.
    fn count(&mut self, size: usize, of: &str) -> Result<usize, String> {
        let claimed = self.u32()?;
        let most = self.rest.len() / size;
        usize::try_from(claimed).ok().filter(|count| *count <= most).ok_or_else(|| {
            format!("geometry claims {claimed} {of}, but its bytes hold {most} at most")
        })
    }

    /// The byte order mark that every well-known binary begins with.
    fn order(&mut self) -> Result<(), String> {
        self.little = match self.u8()? {
            0 => false,
            1 => true,
            other => return Err(format!("byte order {other}, expected 0 or 1")),
        };
        Ok(())
    }

    /// The type without its dimensions, and the number of ordinates a point.
    fn kind(&mut self) -> Result<(u32, usize), String> {
        const EWKB_Z: u32 = 0x8000_0000;
        const EWKB_M: u32 = 0x4000_0000;
        const EWKB_SRID: u32 = 0x2000_0000;
        let raw = self.u32()?;
        if raw & EWKB_SRID != 0 {
            self.u32()?;
        }
        let iso = raw & 0x1fff_ffff;
        let ewkb_ordinates = usize::from(raw & EWKB_Z != 0) + usize::from(raw & EWKB_M != 0);
        let iso_ordinates = match iso / 1000 {
            0 => 0,
            1 | 2 => 1,
            3 => 2,
            _ => return Err(format!("geometry type {iso} is unknown")),
        };
        Ok((iso % 1000, 2 + ewkb_ordinates.max(iso_ordinates)))
    }

    fn ring(&mut self, ordinates: usize) -> Result<LineString<f64>, String> {
        let size = 8 * ordinates;
        let count = self.count(size, "points")?;
        let little = self.little;
        let number = |bytes: &[u8]| {
            let bytes = bytes.first_chunk().copied().unwrap_or_default();
            if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) }
        };
        let points = self.take(count * size)?;
        let coords = points
            .chunks_exact(size)
            .map(|point| Coord { x: number(point), y: number(&point[8..]) });
        Ok(LineString(coords.collect()))
    }

    fn polygon(&mut self, ordinates: usize) -> Result<Polygon<f64>, String> {
        let count = self.count(4, "rings")?;
        if count == 0 {
            return Ok(Polygon::new(LineString(Vec::new()), Vec::new()));
        }
        let outer = self.ring(ordinates)?;
        let holes = (1..count).map(|_| self.ring(ordinates)).collect::<Result<_, _>>()?;
        Ok(Polygon::new(outer, holes))
    }
}

/// Reads a polygon or multipolygon; an empty one has no polygons.
///
/// # Errors
/// Says what is wrong: another type, a count beyond the bytes, an early end.
pub fn polygons(wkb: &[u8]) -> Result<MultiPolygon<f64>, String> {
    const POLYGON: u32 = 3;
    const MULTI_POLYGON: u32 = 6;
    /// Byte order, type and number of rings.
    const LEAST_POLYGON: usize = 9;
    let mut bytes = Bytes { rest: wkb, little: true };
    bytes.order()?;
    let (kind, ordinates) = bytes.kind()?;
    match kind {
        POLYGON => Ok(MultiPolygon(vec![bytes.polygon(ordinates)?])),
        MULTI_POLYGON => {
            let count = bytes.count(LEAST_POLYGON, "polygons")?;
            let mut all = Vec::with_capacity(count);
            for _ in 0..count {
                bytes.order()?;
                let (kind, ordinates) = bytes.kind()?;
                if kind != POLYGON {
                    return Err(format!("multipolygon holds geometry type {kind}, expected 3"));
                }
                all.push(bytes.polygon(ordinates)?);
            }
            Ok(MultiPolygon(all))
        }
        other => Err(format!("geometry type {other}, expected polygon (3) or multipolygon (6)")),
    }
}

/// Reads the polygons of a GeoPackage geometry, and the id of its reference system.
///
/// # Errors
/// As [`polygons`]; and when the header is none.
pub fn geopackage(blob: &[u8]) -> Result<(MultiPolygon<f64>, u32), String> {
    let mut bytes = Bytes { rest: blob, little: true };
    if bytes.take(2)? != b"GP" {
        return Err("geometry does not begin with GP".to_owned());
    }
    let version = bytes.u8()?;
    if version != 0 {
        return Err(format!("GeoPackage binary of version {version}, expected 0"));
    }
    let flags = bytes.u8()?;
    bytes.little = flags & 1 == 1;
    let srs = bytes.u32()?;
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(format!("envelope of kind {other}, expected 0 to 4")),
    };
    bytes.take(envelope)?;
    Ok((polygons(bytes.rest)?, srs))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A GeoPackage blob of one polygon with one ring, in RD.
    pub fn blob(points: &[(f64, f64)]) -> Vec<u8> {
        let mut out = b"GP\0\x01".to_vec();
        out.extend(28992u32.to_le_bytes());
        out.push(1);
        out.extend(6u32.to_le_bytes());
        out.extend(1u32.to_le_bytes());
        out.push(1);
        out.extend(3u32.to_le_bytes());
        out.extend(1u32.to_le_bytes());
        out.extend(u32::try_from(points.len()).expect("few").to_le_bytes());
        for (x, y) in points {
            out.extend(x.to_le_bytes());
            out.extend(y.to_le_bytes());
        }
        out
    }

    const SQUARE: [(f64, f64); 5] =
        [(155e3, 463e3), (156e3, 463e3), (156e3, 464e3), (155e3, 464e3), (155e3, 463e3)];

    #[test]
    fn both_byte_orders_and_heights_give_the_same_polygon() {
        let (expected, srs) = geopackage(&blob(&SQUARE)).expect("a polygon");
        assert_eq!(srs, 28992);
        assert_eq!(expected.0[0].exterior().0.len(), 5);
        let mut big = vec![0];
        big.extend(1003u32.to_be_bytes());
        big.extend(1u32.to_be_bytes());
        big.extend(5u32.to_be_bytes());
        for (x, y) in SQUARE {
            for ordinate in [x, y, 12.5] {
                big.extend(ordinate.to_be_bytes());
            }
        }
        assert_eq!(polygons(&big).expect("a polygon"), expected);
    }

    #[test]
    fn four_billion_points_are_not_believed() {
        let mut lie = blob(&[]);
        let end = lie.len();
        lie[end - 4..].copy_from_slice(&u32::MAX.to_le_bytes());
        let error = geopackage(&lie).expect_err("no such points");
        assert!(error.contains("4294967295 points"), "{error}");
    }

    #[test]
    fn a_point_is_no_polygon() {
        let mut point = vec![1, 1, 0, 0, 0];
        point.extend([0; 16]);
        assert!(polygons(&point).expect_err("a point").contains("expected polygon"));
    }

    proptest! {
        #[test]
        fn a_cut_geometry_is_refused(cut in 0usize..110) {
            let whole = blob(&SQUARE);
            prop_assert_eq!(whole.len(), 110);
            prop_assert!(geopackage(&whole[..cut]).is_err());
        }

        /// Whatever a byte becomes, no more is read than there is.
        #[test]
        fn changed_bytes_never_panic(at in 0usize..110, byte: u8) {
            let mut bytes = blob(&SQUARE);
            bytes[at] = byte;
            if let Ok((read, _)) = geopackage(&bytes) {
                let points: usize = read.0.iter().map(|p| p.exterior().0.len()).sum();
                prop_assert!(points <= 6);
            }
        }
    }
}
