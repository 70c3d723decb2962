//! The borders of one level, on the arcs of its division.

use std::sync::Arc;

use super::{
    arcs::Arcs,
    detail::Detail,
    neighbours::Neighbours,
    rings::Rings,
    shape::{BBox, Shape},
    topology::Topology,
};

/// The borders of the areas of a level, by ordinal: those of a coverage of its own, or of one of
/// finer areas that it is made of. Levels of one division that are made of the same finer areas
/// share every arc, at every level of detail.
#[derive(Clone, Debug)]
pub struct Borders {
    topology: Arc<Topology>,
    /// What the finer areas are made into; `None` for a coverage of its own.
    above: Option<Above>,
}

#[derive(Clone, Debug)]
struct Above {
    rings: Rings,
    parents: Arc<[Option<u32>]>,
}

impl Borders {
    /// The borders of a coverage itself.
    pub fn new(topology: Arc<Topology>) -> Self {
        Self { topology, above: None }
    }

    /// The borders of `count` areas made of finer ones: see [`Topology::dissolve`].
    pub fn above(topology: Arc<Topology>, parents: Arc<[Option<u32>]>, count: usize) -> Self {
        let rings = topology.dissolve(&parents, count);
        Self { topology, above: Some(Above { rings, parents }) }
    }

    /// The finest coverage, whose arcs these borders walk.
    pub fn topology(&self) -> &Arc<Topology> {
        &self.topology
    }

    /// The coverage of this level itself: its arcs are those of the finest where it is the finest,
    /// else they are left out within areas. Cost: for a level above, linear in the arcs.
    pub fn own_topology(&self) -> Arc<Topology> {
        match &self.above {
            Some(above) => Arc::new(self.topology.dissolved(&above.parents, &above.rings)),
            None => self.topology.clone(),
        }
    }

    /// Of each area of the finest coverage, the area of this level that it is in; `None` where the
    /// level is the finest itself.
    pub fn parents(&self) -> Option<&[Option<u32>]> {
        self.above.as_ref().map(|above| &*above.parents)
    }

    /// The arcs at full detail, those within the areas of this level among them.
    pub fn arcs(&self) -> &Arcs {
        self.topology.arcs()
    }

    /// The arcs at a level of detail: the same numbers, fewer vertices. Made at the first call for
    /// any level of the division, and kept.
    pub fn arcs_at(&self, detail: Detail) -> &Arcs {
        self.topology.arcs_at(detail)
    }

    /// The rings of the areas.
    pub fn rings(&self) -> &Rings {
        match &self.above {
            Some(above) => &above.rings,
            None => self.topology.rings(),
        }
    }

    /// The areas left and right of an arc; the same on both sides of an arc within an area.
    pub fn sides(&self, arc: usize) -> [Option<u32>; 2] {
        let sides = self.topology.sides(arc);
        match &self.above {
            Some(above) => sides.map(|area| above.parents[area? as usize]),
            None => sides,
        }
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.rings().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rings().is_empty()
    }

    /// The shape of an area at full detail.
    pub fn shape(&self, area: usize) -> Shape {
        self.rings().shape(area, self.arcs())
    }

    /// The box around each area; `None` around one without a polygon.
    pub fn boxes(&self) -> Vec<Option<BBox>> {
        let around = |arc: &[[i32; 2]]| {
            let points = arc.iter().map(|&p| BBox { min: p, max: p });
            points.reduce(BBox::union)
        };
        let of_arc: Vec<Option<BBox>> = self.arcs().iter().map(around).collect();
        let of_area = |area: usize| {
            let arcs = self.rings().rings(area).flatten();
            arcs.filter_map(|half| of_arc[half.arc()]).reduce(BBox::union)
        };
        (0..self.len()).map(of_area).collect()
    }

    /// Which areas lie beside which.
    pub fn neighbours(&self) -> Neighbours {
        Neighbours::of(self.arcs(), |arc| self.sides(arc), self.len())
    }
}
