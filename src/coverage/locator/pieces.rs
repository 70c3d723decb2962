//! Arcs in short pieces, by place.

use std::ops::Range;

use rayon::prelude::*;
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use crate::coverage::{
    exact::Point,
    shape::BBox,
    topology::{NONE, Topology},
};

/// Edges of a piece: fewer make a larger tree, more are measured in vain.
const EDGES: usize = 24;

/// The box of a piece, millimetres; the number of its first edge, how many there are, its arc.
type Entry = GeomWithData<Rectangle<[f64; 2]>, [u32; 3]>;

/// An R-tree over the borders themselves.
#[derive(Debug)]
pub(super) struct Pieces {
    tree: RTree<Entry>,
}

/// A piece of an arc.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its vertices, among those of all arcs.
    pub(super) vertices: Range<usize>,
    /// The areas left and right of it, perhaps [`NONE`].
    pub(super) sides: [u32; 2],
}

impl Piece {
    fn of(topology: &Topology, [first, count, arc]: [u32; 3]) -> Self {
        let first = first as usize;
        let sides = topology.sides[arc as usize];
        Self { vertices: first..first + count as usize + 1, sides }
    }

    /// The areas on its sides.
    pub(super) fn areas(&self) -> impl Iterator<Item = u32> {
        self.sides.into_iter().filter(|area| *area != NONE)
    }
}

impl Pieces {
    pub(super) fn new(topology: &Topology) -> Self {
        let arcs = &topology.arcs;
        let entries: Vec<Entry> = (0..arcs.len())
            .into_par_iter()
            .with_min_len(256)
            .flat_map_iter(|arc| {
                let range = arcs.range(arc);
                (range.start..range.end - 1).step_by(EDGES).map(move |first| {
                    let count = EDGES.min(range.end - 1 - first);
                    let bbox = bbox(&arcs.vertices()[first..=first + count]);
                    GeomWithData::new(bbox, [first as u32, count as u32, arc as u32])
                })
            })
            .collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Pieces whose box meets a box, ends included.
    pub(super) fn in_box<'a>(
        &'a self,
        topology: &'a Topology,
        bbox: BBox,
    ) -> impl Iterator<Item = Piece> + 'a {
        let [min, max] = [bbox.min, bbox.max].map(|p| p.map(f64::from));
        let found = self.tree.locate_in_envelope_intersecting(AABB::from_corners(min, max));
        found.map(|entry| Piece::of(topology, entry.data))
    }

    /// Pieces that come within a distance of a point, and the squared distance: millimetres.
    pub(super) fn within<'a>(
        &'a self,
        topology: &'a Topology,
        point: [f64; 2],
        distance_2: f64,
    ) -> impl Iterator<Item = (Piece, f64)> + 'a {
        let found = self.tree.locate_within_distance(point, distance_2);
        let measured = found.map(move |entry| {
            let piece = Piece::of(topology, entry.data);
            let exact = piece_distance_2(topology, &piece, point);
            (piece, exact)
        });
        measured.filter(move |(_, found)| *found <= distance_2)
    }

    /// The least squared distance from a point to a border, square millimetres, and the lowest
    /// ordinal of an area that it is the border of.
    pub(super) fn nearest(&self, topology: &Topology, point: [f64; 2]) -> Option<(f64, u32)> {
        let mut best: Option<(f64, u32)> = None;
        for (entry, to_box) in self.tree.nearest_neighbor_iter_with_distance_2(point) {
            if best.is_some_and(|(distance, _)| to_box > distance) {
                break;
            }
            let piece = Piece::of(topology, entry.data);
            let distance = piece_distance_2(topology, &piece, point);
            let Some(area) = piece.areas().min() else { continue };
            if best.is_none_or(|best| (distance, area) < best) {
                best = Some((distance, area));
            }
        }
        best
    }

    /// The number of pieces, for measurements.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.tree.size()
    }
}

fn bbox(vertices: &[Point]) -> Rectangle<[f64; 2]> {
    let reduce = |pick: fn(i32, i32) -> i32| {
        [0, 1].map(|i| f64::from(vertices.iter().map(|p| p[i]).reduce(pick).unwrap_or(0)))
    };
    Rectangle::from_corners(reduce(i32::min), reduce(i32::max))
}

fn piece_distance_2(topology: &Topology, piece: &Piece, point: [f64; 2]) -> f64 {
    let edges = topology.arcs.vertices()[piece.vertices.clone()].windows(2);
    edges.map(|pair| edge_distance_2(pair[0], pair[1], point)).fold(f64::INFINITY, f64::min)
}

/// The squared distance from an edge to a point, square millimetres.
fn edge_distance_2(a: Point, b: Point, [px, py]: [f64; 2]) -> f64 {
    let ([ax, ay], [bx, by]) = (a.map(f64::from), b.map(f64::from));
    let (dx, dy) = (bx - ax, by - ay);
    let along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
    let t = along.clamp(0.0, 1.0);
    let (ex, ey) = (px - ax - t * dx, py - ay - t * dy);
    ex * ex + ey * ey
}
