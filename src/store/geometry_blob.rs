//! Shapes as GeoPackage binaries (OGC 12-128r18, 2.1.3) and back.

use crate::{coverage::Shape, source::wkb};

/// EPSG:28992, RD New, as GeoPackages number it.
pub(crate) const SRS_RD: i32 = 28992;

/// WKB's numbers for the two kinds of geometry here.
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// `GP`, version 0, little endian, with an envelope of minx, maxx, miny, maxy.
const FLAGS: u8 = 0b0000_0011;

/// The GeoPackage binary of a shape: a MultiPolygon in RD metres with its envelope.
pub(crate) fn encode(shape: &Shape) -> Vec<u8> {
    let mut blob = Vec::with_capacity(64 + 17 * shape.vertices().len());
    blob.extend_from_slice(b"GP");
    blob.extend_from_slice(&[0, FLAGS]);
    blob.extend_from_slice(&SRS_RD.to_le_bytes());
    let [west, south, east, north] = shape.bbox().map_or([f64::NAN; 4], |bbox| {
        let (low, high) = (bbox.south_west(), bbox.north_east());
        [low.x, low.y, high.x, high.y]
    });
    for bound in [west, east, south, north] {
        blob.extend_from_slice(&bound.to_le_bytes());
    }
    let count = |blob: &mut Vec<u8>, n: usize| {
        blob.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    };
    let header = |blob: &mut Vec<u8>, kind: u32| {
        blob.push(1);
        blob.extend_from_slice(&kind.to_le_bytes());
    };
    header(&mut blob, MULTI_POLYGON);
    count(&mut blob, shape.polygons().len());
    for polygon in shape.polygons() {
        header(&mut blob, POLYGON);
        count(&mut blob, polygon.rings().len());
        for ring in polygon.rings() {
            count(&mut blob, ring.len() + 1);
            for [x, y] in ring.iter().chain(ring.first()) {
                blob.extend_from_slice(&(f64::from(*x) / 1000.0).to_le_bytes());
                blob.extend_from_slice(&(f64::from(*y) / 1000.0).to_le_bytes());
            }
        }
    }
    blob
}

/// The shape of a GeoPackage binary that [`encode`] made, or another program from one.
pub(super) fn decode(blob: &[u8]) -> Result<Shape, String> {
    let (metres, srs) = wkb::geopackage(blob)?;
    if i32::try_from(srs) != Ok(SRS_RD) {
        return Err(format!("a shape in reference system {srs}, expected {SRS_RD}"));
    }
    Shape::from_grid_metres(&metres)
        .ok_or_else(|| "a shape that is not on the millimetre grid, or is no shape".to_owned())
}
