//! Shapes as GeoPackage binaries (OGC 12-128r18, 2.1.3) and back.

use crate::coverage::Shape;

/// EPSG:28992, RD New, as GeoPackages number it.
pub(super) const SRS_RD: i32 = 28992;

/// `GP`, version 0, little endian, with an envelope of minx, maxx, miny, maxy.
const FLAGS: u8 = 0b0000_0011;

/// The GeoPackage binary of a shape: a MultiPolygon in RD metres with its envelope.
pub(super) fn encode(shape: &Shape) -> Vec<u8> {
    let polygons = shape.to_multi_polygon();
    let mut blob = Vec::with_capacity(64 + 16 * shape.vertices());
    blob.extend_from_slice(b"GP");
    blob.extend_from_slice(&[0, FLAGS]);
    blob.extend_from_slice(&SRS_RD.to_le_bytes());
    let (min, max) = shape.bbox();
    for bound in [min.x, max.x, min.y, max.y] {
        blob.extend_from_slice(&bound.to_le_bytes());
    }
    let count = |blob: &mut Vec<u8>, n: usize| {
        blob.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    };
    let header = |blob: &mut Vec<u8>, kind: u32| {
        blob.push(1);
        blob.extend_from_slice(&kind.to_le_bytes());
    };
    header(&mut blob, 6);
    count(&mut blob, polygons.0.len());
    for polygon in &polygons.0 {
        header(&mut blob, 3);
        count(&mut blob, 1 + polygon.interiors().len());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            count(&mut blob, ring.0.len());
            for point in &ring.0 {
                blob.extend_from_slice(&point.x.to_le_bytes());
                blob.extend_from_slice(&point.y.to_le_bytes());
            }
        }
    }
    blob
}
