//! Which area a point lies in.

mod bands;
mod raster;

use rayon::prelude::*;
use robust::Coord;
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use crate::crs::Rd;

use self::{bands::Bands, raster::Raster};
use super::shape::Shape;

/// The box of an area, millimetres, and its ordinal.
type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Finds areas by place: the index over the shapes of one level.
///
/// Areas are named by their ordinal: the position in the slice that the index was made from.
///
/// **Borders are half-open.** A point on a border belongs to the area just east of it, else just
/// north: the answer for (x, y) is that for (x + ε, y + ε²). So every point of a tiling has exactly
/// one area. Inside and outside follow the even-odd rule over all rings of a shape, decided exactly
/// on shapes at full detail (the point is scaled to millimetres, rounded once, and from there on
/// nothing is rounded). Where shapes overlap, the lowest ordinal wins.
///
/// A raster of square cells answers for every cell that no border runs through; in the others the
/// edges at the point's height are counted, which each shape keeps in horizontal bands. An R-tree
/// over the boxes answers for boxes and for the nearest area.
#[derive(Debug)]
pub struct Locator {
    tree: RTree<Entry>,
    bands: Vec<Bands>,
    raster: Raster,
}

impl Locator {
    /// Indexes the shapes of a level, on all cores. Keeps about 40 bytes a vertex.
    pub fn new<S: AsRef<Shape> + Sync>(shapes: &[S]) -> Self {
        let (bands, entries): (Vec<Bands>, Vec<Option<Entry>>) = shapes
            .par_iter()
            .zip(0u32..u32::try_from(shapes.len()).unwrap_or(u32::MAX))
            .map(|(shape, ordinal)| {
                let shape = shape.as_ref();
                let entry = shape.bbox().map(|b| {
                    let [min, max] = [b.min, b.max].map(|p| p.map(f64::from));
                    GeomWithData::new(Rectangle::from_corners(min, max), ordinal)
                });
                (Bands::new(shape), entry)
            })
            .unzip();
        let (tree, raster) = rayon::join(
            || RTree::bulk_load(entries.into_iter().flatten().collect()),
            || Raster::new(&bands),
        );
        Self { tree, bands, raster }
    }

    /// The number of areas.
    pub fn len(&self) -> usize {
        self.bands.len()
    }

    /// Whether there is no area.
    pub fn is_empty(&self) -> bool {
        self.bands.is_empty()
    }

    /// The area that the point lies in, borders half-open as said above; `None` outside every area
    /// and for a coordinate that is not finite. Costs 20 to 200 ns.
    pub fn at(&self, point: Rd) -> Option<u32> {
        let p = millimetres(point)?;
        let found = self.raster.candidates(p).iter().find(|candidate| {
            candidate.covers() || self.bands[candidate.ordinal() as usize].holds(p)
        });
        found.map(|candidate| candidate.ordinal())
    }

    /// The areas whose bounding box meets the box, ends included, ascending. A superset of those
    /// that the box overlaps. None where a bound is NaN.
    pub fn in_box(&self, min: Rd, max: Rd) -> Vec<u32> {
        let corners = [min.x, min.y, max.x, max.y].map(|v| v * 1000.0);
        let [x0, y0, x1, y1] = corners;
        if !(x0 <= x1 && y0 <= y1) {
            return Vec::new();
        }
        let envelope = AABB::from_corners([x0, y0], [x1, y1]);
        let found = self.tree.locate_in_envelope_intersecting(envelope);
        let mut found: Vec<u32> = found.map(|entry| entry.data).collect();
        found.sort_unstable();
        found
    }

    /// The area that the point lies in, with distance 0; else the one whose border is nearest, and
    /// the distance in metres (of equally near ones the lowest ordinal). `None` without areas or
    /// for a coordinate that is not finite.
    pub fn nearest(&self, point: Rd) -> Option<(u32, f64)> {
        if let Some(inside) = self.at(point) {
            return Some((inside, 0.0));
        }
        let p = millimetres(point)?;
        let mut best: Option<(f64, u32)> = None;
        for (entry, to_box) in self.tree.nearest_neighbor_iter_with_distance_2([p.x, p.y]) {
            if best.is_some_and(|(distance, _)| to_box > distance) {
                break;
            }
            let found = (self.bands[entry.data as usize].distance_2(p), entry.data);
            if best.is_none_or(|best| found < best) {
                best = Some(found);
            }
        }
        best.map(|(distance_2, ordinal)| (ordinal, distance_2.sqrt() / 1000.0))
    }
}

/// The point in millimetres; `None` where it is not finite.
fn millimetres(point: Rd) -> Option<Coord<f64>> {
    let (x, y) = (point.x * 1000.0, point.y * 1000.0);
    (x.is_finite() && y.is_finite()).then_some(Coord { x, y })
}

#[cfg(test)]
mod tests;
