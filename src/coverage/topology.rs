//! One coverage as arcs: what everything else about borders follows from.

mod binary;
mod faces;
mod graph;
mod noding;
mod ray;
mod resolve;
mod segments;
mod trace;

use serde::Serialize;

use super::{
    arcs::Arcs,
    detail::{Detail, DetailArcs},
    exact::{Point, difference},
    removal,
    rings::Rings,
    shape::Shape,
};

pub use self::binary::TopologyError;
use self::{faces::Faces, graph::Graph, segments::Segments};

/// No area: what lies beyond the coverage.
pub(super) const NONE: u32 = u32::MAX;

/// The coverage of a division at its finest level.
#[derive(Clone, Debug, Default)]
pub struct Topology {
    pub(super) arcs: Arcs,
    /// Left and right of each arc, [`NONE`] beyond the coverage.
    pub(super) sides: Box<[[u32; 2]]>,
    pub(super) rings: Rings,
    /// In which step each vertex of the arcs is left out: see [`removal::order`]. Empty where that
    /// was not reckoned.
    pub(super) steps: Box<[u8]>,
    details: DetailArcs,
}

impl PartialEq for Topology {
    fn eq(&self, other: &Self) -> bool {
        self.arcs == other.arcs
            && self.sides == other.sides
            && self.rings == other.rings
            && self.steps == other.steps
    }
}

/// What had to be changed to make a coverage of shapes, areas by ordinal.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cleaning {
    /// Areas whose borders were moved to a neighbour's, or cut where they crossed it.
    pub fitted: Vec<u32>,
    /// Areas with borders that could not be made to fit.
    pub unsettled: Vec<u32>,
    /// Faces that lay in several areas.
    pub overlaps: Vec<Overlap>,
    /// Narrow faces that lay in none.
    pub gaps: Vec<Gap>,
}

/// A face that lay in several areas.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overlap {
    /// The areas.
    pub areas: Vec<u32>,
    /// The one that it is left to.
    pub to: u32,
    /// Its size, square metres.
    pub m2: f64,
}

/// A narrow face between areas.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// The area that it was given to.
    pub to: u32,
    /// Its size, square metres.
    pub m2: f64,
}

impl Cleaning {
    /// Whether the shapes were a coverage already.
    pub fn is_nothing(&self) -> bool {
        self.fitted.is_empty() && self.overlaps.is_empty() && self.gaps.is_empty()
    }
}

/// How far shapes may be changed to make a coverage of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance {
    /// Vertices and edges that are no further apart become one, millimetres.
    pub snap: u32,
    /// Gaps that are no wider are closed, millimetres.
    pub sliver: u32,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { snap: 100, sliver: 1000 }
    }
}

impl Topology {
    /// Makes one coverage of the shapes of a level, by their ordinals: n log n in the vertices.
    pub fn of<S: AsRef<Shape> + Sync>(shapes: &[S], tolerance: Tolerance) -> (Self, Cleaning) {
        let (segments, noding) = noding::node(Segments::of(shapes), tolerance.snap);
        let sizes: Vec<f64> = shapes.iter().map(|shape| shape.as_ref().area_m2()).collect();
        let (mut graph, windings) = Graph::of(&segments);
        let mut faces = Faces::of(&graph);
        let covering = faces.windings(&windings);
        let resolved = resolve::resolve(&graph, &faces, &covering, &sizes, tolerance.sliver);
        let cleaning = Cleaning {
            fitted: noding.areas.into_iter().collect(),
            unsettled: noding.unsettled.into_iter().collect(),
            overlaps: resolved.overlaps,
            gaps: resolved.gaps,
        };
        let mut owners = resolved.owners;
        if !resolve::is_clean(&cleaning, &graph, &faces, &owners) {
            let segments = resolve::borders(&graph, &faces, &owners);
            let windings;
            (graph, windings) = Graph::of(&segments);
            faces = Faces::of(&graph);
            owners = faces
                .windings(&windings)
                .iter()
                .map(|winding| winding.first().map_or(NONE, |entry| entry.0))
                .collect();
        }
        let rings = trace::rings(&graph, &faces, &owners, shapes.len());
        let owner = |half| owners[faces.left_of(half) as usize];
        let sides = (0..graph.arcs.len())
            .map(super::arcs::ArcRef::forward)
            .map(|half| [owner(half), owner(half.reversed())])
            .collect();
        (
            Self {
                arcs: graph.arcs,
                sides,
                rings,
                steps: Box::default(),
                details: DetailArcs::default(),
            },
            cleaning,
        )
    }

    pub(super) fn of_parts(arcs: Arcs, sides: Vec<[u32; 2]>, rings: Rings) -> Self {
        Self { arcs, sides: sides.into(), rings, ..Self::default() }
    }

    /// The size of each area, square metres: a pass over the vertices of the arcs.
    pub fn sizes(&self) -> Vec<f64> {
        let mut doubled = vec![0i128; self.rings.len()];
        for (arc, sides) in self.arcs.iter().zip(&self.sides) {
            // The area between the arc and the axis: what one side gains the other loses.
            let across = |pair: &[Point]| {
                let ([ax, ay], [bx, by]) = (pair[0].map(i128::from), pair[1].map(i128::from));
                ax * by - bx * ay
            };
            let sum: i128 = arc.windows(2).map(across).sum();
            for (side, sum) in sides.iter().zip([sum, -sum]) {
                if *side != NONE {
                    doubled[*side as usize] += sum;
                }
            }
        }
        doubled.into_iter().map(|area| area as f64 / 2e6).collect()
    }

    /// Reckons the order in which vertices are left out, where it is not known yet: see
    /// [`Topology::detail`]. Cost: n log n in the vertices, on all cores.
    pub fn order_removals(&mut self) {
        if !self.is_ordered() {
            self.steps = removal::order(&self.arcs);
            self.details = DetailArcs::default();
        }
    }

    /// Forgets the order in which vertices are left out.
    pub fn forget_order(&mut self) {
        self.steps = Box::default();
        self.details = DetailArcs::default();
    }

    /// Whether the order in which vertices are left out is known.
    pub fn is_ordered(&self) -> bool {
        self.steps.len() == self.arcs.vertices().len()
    }

    /// The arcs, at full detail.
    pub fn arcs(&self) -> &Arcs {
        &self.arcs
    }

    /// The rings of the areas, which hold at every level of detail.
    pub fn rings(&self) -> &Rings {
        &self.rings
    }

    /// The ordinals of the areas left and right of an arc in its own direction; `None` where that
    /// is beyond the coverage. They are never the same.
    pub fn sides(&self, arc: usize) -> [Option<u32>; 2] {
        self.sides[arc].map(|area| (area != NONE).then_some(area))
    }

    /// The arcs at a level of detail, as [`Topology::detail`] makes them: at the first call, and
    /// kept.
    pub fn arcs_at(&self, detail: Detail) -> &Arcs {
        let Some(tolerance) = detail.tolerance().filter(|_| self.is_ordered()) else {
            return &self.arcs;
        };
        self.details.get(detail, || self.detail(tolerance))
    }

    /// The arcs with no more detail than a distance asks for: the longest prefix of the order of
    /// removals that stays within `tolerance` millimetres of the original. The arcs keep their
    /// numbers, so that [`Topology::rings`] and [`Topology::sides`] hold for them too; together
    /// they are a valid coverage at any tolerance. All of them where the order is not known. Cost:
    /// a pass over the vertices.
    pub fn detail(&self, tolerance: f64) -> Arcs {
        let first_kept = (0..removal::STAYS).find(|&step| removal::tolerance_of(step) > tolerance);
        let first_kept = first_kept.unwrap_or(removal::STAYS);
        if !self.is_ordered() {
            return self.arcs.clone();
        }
        let mut vertices = Vec::new();
        let mut ends = Vec::with_capacity(self.arcs.len());
        for arc in 0..self.arcs.len() {
            let range = self.arcs.range(arc);
            let kept = self.arcs.get(arc).iter().zip(&self.steps[range]);
            vertices.extend(kept.filter(|(_, step)| **step >= first_kept).map(|(p, _)| *p));
            ends.push(vertices.len() as u32);
        }
        Arcs::new(vertices, ends)
    }
}

/// The rings of `count` areas, of arcs that meet in their ends alone, from the areas on their sides.
pub(super) fn rings_of(arcs: Arcs, sides: &[[u32; 2]], count: usize) -> Rings {
    let graph = Graph::new(arcs);
    let faces = Faces::of(&graph);
    let mut owners = vec![NONE; faces.count];
    for (arc, pair) in sides.iter().enumerate() {
        let half = super::arcs::ArcRef::forward(arc);
        for (half, owner) in [half, half.reversed()].into_iter().zip(pair) {
            owners[faces.left_of(half) as usize] = *owner;
        }
    }
    trace::rings(&graph, &faces, &owners, count)
}

/// The length of a polyline, metres.
pub(super) fn length(line: &[Point]) -> f64 {
    let edge = |pair: &[Point]| {
        let [dx, dy] = difference(pair[0], pair[1]);
        (dx as f64).hypot(dy as f64)
    };
    line.windows(2).map(edge).sum::<f64>() / 1000.0
}

#[cfg(test)]
mod tests;
