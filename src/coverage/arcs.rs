//! Borders between junctions, each stored once.

use super::exact::Point;

/// The arcs of a coverage: polylines on the millimetre grid of RD, x before y, each stored once.
///
/// An arc runs from a junction to a junction; one that meets no junction is closed and starts and
/// ends at its least vertex. First and last vertex are both stored, also of closed arcs, so that
/// every arc has at least two vertices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arcs {
    vertices: Box<[Point]>,
    /// Where each arc ends in `vertices`.
    ends: Box<[u32]>,
}

/// An arc walked in one of its directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArcRef(pub(super) u32);

impl ArcRef {
    /// The arc of that number, in its own direction.
    pub fn forward(arc: usize) -> Self {
        Self((arc as u32) << 1)
    }

    /// The arc of that number, in the direction asked for.
    pub fn new(arc: usize, is_reversed: bool) -> Self {
        Self((arc as u32) << 1 | u32::from(is_reversed))
    }

    /// The number of the arc.
    pub fn arc(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether it is walked from its end to its start.
    pub fn is_reversed(self) -> bool {
        self.0 & 1 == 1
    }

    /// The same arc walked the other way.
    pub fn reversed(self) -> Self {
        Self(self.0 ^ 1)
    }
}

impl Arcs {
    /// Puts polylines after each other.
    pub(super) fn new(vertices: Vec<Point>, ends: Vec<u32>) -> Self {
        Self { vertices: vertices.into_boxed_slice(), ends: ends.into_boxed_slice() }
    }

    /// How many arcs there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The vertices of an arc, in its own direction, both ends included: millimetres.
    pub fn get(&self, arc: usize) -> &[[i32; 2]] {
        &self.vertices[self.range(arc)]
    }

    /// Where the vertices of an arc stand among [`Arcs::vertices`].
    pub fn range(&self, arc: usize) -> std::ops::Range<usize> {
        let start = if arc == 0 { 0 } else { self.ends[arc - 1] as usize };
        start..self.ends[arc] as usize
    }

    /// Every arc in turn.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[[i32; 2]]> + Clone {
        (0..self.len()).map(|arc| self.get(arc))
    }

    /// The vertices of all arcs, arc by arc.
    pub fn vertices(&self) -> &[[i32; 2]] {
        &self.vertices
    }

    /// The vertex that a walk over an arc begins at.
    pub fn first(&self, arc: ArcRef) -> [i32; 2] {
        let vertices = self.get(arc.arc());
        vertices[if arc.is_reversed() { vertices.len() - 1 } else { 0 }]
    }

    /// The vertex that a walk over an arc ends at.
    pub fn last(&self, arc: ArcRef) -> [i32; 2] {
        self.first(arc.reversed())
    }

    /// The vertices of an arc as walked, without the last: what it adds to a ring.
    pub fn walk(&self, arc: ArcRef) -> impl Iterator<Item = [i32; 2]> + Clone {
        let vertices = self.get(arc.arc());
        let last = vertices.len() - 1;
        let is_reversed = arc.is_reversed();
        (0..last).map(move |i| if is_reversed { vertices[last - i] } else { vertices[i] })
    }
}
