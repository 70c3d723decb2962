//! Which area a point lies in.

mod cells;
mod layout;
mod outline;
mod pieces;
mod position;
mod trace;

use std::{collections::BTreeMap, sync::Arc};

use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use crate::crs::Rd;

use self::{cells::Cells, outline::Outline, pieces::Pieces, position::Position};
use super::{
    exact::Side,
    shape::{BBox, Polygon},
    topology::{NONE, Topology},
};

/// The box of an area, millimetres, and its ordinal.
type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Points that are looked for at the same time.
const TOGETHER: usize = 16;

/// Finds areas by place: the index over the coverage of one level, at full detail.
///
/// Areas are named by their ordinal, as in the [`Topology`] that the index was made from.
///
/// **Borders are half-open.** A point on a border belongs to the area just east of it, else just
/// north: the answer for (x, y) is that for (x + ε, y + ε²). So every point of a tiling has exactly
/// one area. The point is rounded once, to 1/65,536 of a millimetre; from there on every decision
/// is made in whole numbers. Points of the millimetre grid are met exactly.
///
/// A grid of square cells answers at once for every cell that no border runs through. In the
/// others the way from the point to the corner of the cell is followed to the first of the few
/// borders there, which knows what lies on its sides. R-trees over the boxes of areas and over
/// short pieces of borders answer for boxes, distances and polygons.
#[derive(Debug)]
pub struct Locator {
    topology: Arc<Topology>,
    cells: Cells,
    boxes: RTree<Entry>,
    pieces: Pieces,
}

impl Locator {
    /// Indexes a coverage, on all cores: linear in its vertices, and keeps about 20 bytes for each
    /// beside the coverage.
    pub fn new(topology: Arc<Topology>) -> Self {
        let (cells, (pieces, boxes)) = rayon::join(
            || Cells::new(&topology),
            || (Pieces::new(&topology), RTree::bulk_load(boxes(&topology))),
        );
        Self { topology, cells, boxes, pieces }
    }

    /// The coverage.
    pub fn topology(&self) -> &Arc<Topology> {
        &self.topology
    }

    /// The number of areas.
    pub fn len(&self) -> usize {
        self.topology.rings.len()
    }

    /// Whether there is no area.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The area that the point lies in, borders half-open as said above; `None` outside every area
    /// and for a coordinate that is not finite or further from the origin than any area can be.
    /// Costs 10 to 100 ns, however many areas there are.
    #[inline]
    pub fn at(&self, point: Rd) -> Option<u32> {
        let area = self.cells.at(Position::of(point)?);
        (area != NONE).then_some(area)
    }

    /// The areas of many points, each as [`Locator::at`] has it: quicker, since the points wait for
    /// memory together.
    pub fn at_all(&self, points: &[Rd]) -> Vec<Option<u32>> {
        let mut found = Vec::with_capacity(points.len());
        for group in points.chunks(TOGETHER) {
            let mut positions = [None; TOGETHER];
            for (position, point) in positions.iter_mut().zip(group) {
                *position = Position::of(*point);
            }
            let areas = self.cells.at_each(positions.map(Position::or_beyond));
            found.extend(areas[..group.len()].iter().map(|area| (*area != NONE).then_some(*area)));
        }
        found
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
        let found = self.boxes.locate_in_envelope_intersecting(envelope);
        let mut found: Vec<u32> = found.map(|entry| entry.data).collect();
        found.sort_unstable();
        found
    }

    /// The area that the point lies in, with distance 0; else the one whose border is nearest, and
    /// the distance in metres (of equally near ones the lowest ordinal). `None` without areas or
    /// for a coordinate that is not finite or further away than [`Locator::at`] takes.
    /// Logarithmic in the vertices.
    pub fn nearest(&self, point: Rd) -> Option<(u32, f64)> {
        Position::of(point)?;
        if let Some(inside) = self.at(point) {
            return Some((inside, 0.0));
        }
        let (distance_2, area) = self.pieces.nearest(&self.topology, millimetres(point))?;
        Some((area, distance_2.sqrt() / 1000.0))
    }

    /// The areas that come within `metres` of the point, with their distance in metres, the nearest
    /// first and equally near ones by ordinal: 0 for the one that the point lies in, for the others
    /// that to their border. Empty for a radius that is negative or NaN and for a coordinate that
    /// [`Locator::nearest`] does not take. Linear in the borders within the radius.
    pub fn within_radius(&self, point: Rd, metres: f64) -> Vec<(u32, f64)> {
        if Position::of(point).is_none() || metres < 0.0 || metres.is_nan() {
            return Vec::new();
        }
        let radius_2 = (metres * 1000.0) * (metres * 1000.0);
        let mut least: BTreeMap<u32, f64> = BTreeMap::new();
        for (piece, distance_2) in self.pieces.within(&self.topology, millimetres(point), radius_2)
        {
            for area in piece.areas() {
                let least = least.entry(area).or_insert(f64::INFINITY);
                *least = least.min(distance_2);
            }
        }
        if let Some(inside) = self.at(point) {
            least.insert(inside, 0.0);
        }
        let mut found: Vec<(u32, f64)> =
            least.into_iter().map(|(area, d)| (area, d.sqrt() / 1000.0)).collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        found
    }

    /// The areas that share interior with a polygon, ascending; touching is not enough. Exact on
    /// the millimetre grid. Linear in the borders within the box of the polygon, times its edges at
    /// the same height.
    ///
    /// The polygon must be valid, as [`repair`](super::repair) makes it: its interior is connected.
    pub fn meeting_polygon(&self, polygon: &Polygon<'_>) -> Vec<u32> {
        let Some(outline) = Outline::new(polygon) else { return Vec::new() };
        let vertices = self.topology.arcs.vertices();
        let mut found = Vec::new();
        for piece in self.pieces.in_box(&self.topology, outline.bbox) {
            if piece.areas().all(|area| found.binary_search(&area).is_ok()) {
                continue;
            }
            let line = &vertices[piece.vertices.clone()];
            let point = |p: &[i32; 2]| BBox { min: *p, max: *p };
            let Some(bbox) = line.iter().map(point).reduce(BBox::union) else { continue };
            let near = outline.near(bbox);
            let is_entered = if near.is_empty() {
                // All of it is on one side.
                outline.side(line[0].map(|v| 2 * i64::from(v))) == Side::Inside
            } else {
                line.windows(2).any(|pair| outline.is_entered(pair[0], pair[1], &near))
            };
            if is_entered {
                for area in piece.areas() {
                    if let Err(place) = found.binary_search(&area) {
                        found.insert(place, area);
                    }
                }
            }
        }
        if found.is_empty() {
            // No border runs through it, so it lies in one area or none. An outer ring runs
            // counter-clockwise: just east of an edge that it walks south lies its interior.
            let ring = polygon.exterior();
            let mut edges = ring.iter().zip(ring.iter().skip(1).chain(ring.first()));
            if let Some((&a, &b)) = edges.find(|(a, b)| a[1] > b[1]) {
                let area = self.cells.at(Position::halfway(a, b));
                found.extend((area != NONE).then_some(area));
            }
        }
        found
    }

    /// What the index keeps beside the coverage, bytes; without its R-trees.
    pub fn size(&self) -> usize {
        self.cells.size()
    }
}

/// The box of every area that is not empty.
fn boxes(topology: &Topology) -> Vec<Entry> {
    let arcs = &topology.arcs;
    let of_vertices = |vertices: &[[i32; 2]]| {
        let point = |p: &[i32; 2]| BBox { min: *p, max: *p };
        vertices.iter().map(point).reduce(BBox::union)
    };
    let of_arcs: Vec<Option<BBox>> = arcs.iter().map(of_vertices).collect();
    (0..topology.rings.len())
        .filter_map(|area| {
            let arcs = topology.rings.rings(area).flatten();
            let bbox = arcs.filter_map(|arc| of_arcs[arc.arc()]).reduce(BBox::union)?;
            let [min, max] = [bbox.min, bbox.max].map(|p| p.map(f64::from));
            Some(GeomWithData::new(Rectangle::from_corners(min, max), area as u32))
        })
        .collect()
}

/// A finite point in millimetres, for distances.
fn millimetres(point: Rd) -> [f64; 2] {
    [point.x * 1000.0, point.y * 1000.0]
}

#[cfg(test)]
mod tests;
