//! The rings of areas as lists of arcs.

use super::{
    arcs::{ArcRef, Arcs},
    exact::Point,
    shape::Shape,
};

/// The rings of every area of a level, by ordinal, as walks over the [`Arcs`] of its division.
///
/// Every ring has its area on the left: outer rings run counter-clockwise, holes clockwise. The
/// first ring of a polygon is its outer ring. An area without a polygon is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rings {
    refs: Box<[ArcRef]>,
    /// Where each ring ends in `refs`.
    ring_ends: Box<[u32]>,
    /// Where each polygon ends in `ring_ends`.
    polygon_ends: Box<[u32]>,
    /// Where each area ends in `polygon_ends`.
    area_ends: Box<[u32]>,
}

/// Lists of arcs become [`Rings`].
#[derive(Debug, Default)]
pub(super) struct RingsBuilder {
    refs: Vec<ArcRef>,
    ring_ends: Vec<u32>,
    polygon_ends: Vec<u32>,
    area_ends: Vec<u32>,
}

fn span(ends: &[u32], i: usize) -> std::ops::Range<usize> {
    let start = if i == 0 { 0 } else { ends[i - 1] as usize };
    start..ends[i] as usize
}

impl Rings {
    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.area_ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.area_ends.is_empty()
    }

    /// The polygons of an area, each the rings of it, outer ring first.
    pub fn polygons(
        &self,
        area: usize,
    ) -> impl ExactSizeIterator<Item = impl ExactSizeIterator<Item = &[ArcRef]> + Clone> + Clone
    {
        span(&self.area_ends, area).map(move |polygon| {
            span(&self.polygon_ends, polygon)
                .map(move |ring| &self.refs[span(&self.ring_ends, ring)])
        })
    }

    /// All rings of an area.
    pub fn rings(&self, area: usize) -> impl Iterator<Item = &[ArcRef]> + Clone {
        self.polygons(area).flatten()
    }

    /// The shape of an area, along arcs of any level of detail.
    pub fn shape(&self, area: usize, arcs: &Arcs) -> Shape {
        let ring = |ring: &[ArcRef]| -> Vec<Point> {
            ring.iter().flat_map(|&arc| arcs.walk(arc)).collect()
        };
        Shape::from_rings(self.polygons(area).map(|polygon| polygon.map(ring).collect()).collect())
    }

    /// The same rings over arcs of other numbers.
    pub(super) fn renumbered(mut self, number: impl Fn(ArcRef) -> ArcRef) -> Self {
        self.refs.iter_mut().for_each(|arc| *arc = number(*arc));
        self
    }
}

impl RingsBuilder {
    pub(super) fn ring(&mut self, arcs: impl IntoIterator<Item = ArcRef>) {
        self.refs.extend(arcs);
        self.ring_ends.push(self.refs.len() as u32);
    }

    pub(super) fn end_polygon(&mut self) {
        self.polygon_ends.push(self.ring_ends.len() as u32);
    }

    pub(super) fn end_area(&mut self) {
        self.area_ends.push(self.polygon_ends.len() as u32);
    }

    pub(super) fn build(self) -> Rings {
        Rings {
            refs: self.refs.into(),
            ring_ends: self.ring_ends.into(),
            polygon_ends: self.polygon_ends.into(),
            area_ends: self.area_ends.into(),
        }
    }
}
