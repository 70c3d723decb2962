//! The level above, by leaving inner arcs out.

use super::{
    arcs::{ArcRef, Arcs},
    rings::Rings,
    topology::{NONE, Topology},
};

/// The arcs of a coverage that lie between areas of different parents.
struct Outer {
    arcs: Arcs,
    /// Left and right of each.
    sides: Vec<[u32; 2]>,
    /// What each is called in the coverage.
    numbers: Vec<u32>,
}

impl Outer {
    fn of(topology: &Topology, parents: &[Option<u32>]) -> Self {
        let parent = |area: Option<u32>| {
            area.and_then(|area| parents.get(area as usize).copied().flatten()).unwrap_or(NONE)
        };
        let (mut numbers, mut sides) = (Vec::new(), Vec::new());
        let (mut vertices, mut ends) = (Vec::new(), Vec::new());
        for arc in 0..topology.arcs.len() {
            let pair = topology.sides(arc).map(parent);
            if pair[0] != pair[1] {
                numbers.push(arc as u32);
                sides.push(pair);
                vertices.extend_from_slice(topology.arcs.get(arc));
                ends.push(vertices.len() as u32);
            }
        }
        Self { arcs: Arcs::new(vertices, ends), sides, numbers }
    }
}

impl Topology {
    /// The rings of `count` areas made of those of this coverage: `parents` says of each in which
    /// it is; one in none lies beyond the level. They walk the arcs of this topology, so they hold
    /// at every level of detail. An arc between areas of the same parent is left out; nothing is
    /// reckoned anew. Cost: linear in the arcs that stay.
    pub fn dissolve(&self, parents: &[Option<u32>], count: usize) -> Rings {
        let Outer { arcs, sides, numbers } = Outer::of(self, parents);
        super::topology::rings_of(arcs, &sides, count)
            .renumbered(|arc| ArcRef::new(numbers[arc.arc()] as usize, arc.is_reversed()))
    }

    /// The coverage of the areas that this one is made into by `parents`, with arcs of its own in
    /// full detail alone; `rings` are those of [`Topology::dissolve`]. Cost: linear in the arcs.
    pub fn dissolved(&self, parents: &[Option<u32>], rings: &Rings) -> Self {
        let outer = Outer::of(self, parents);
        let mut own = vec![0; self.arcs.len()];
        for (number, arc) in outer.numbers.iter().enumerate() {
            own[*arc as usize] = number;
        }
        let rings = rings.clone().renumbered(|arc| ArcRef::new(own[arc.arc()], arc.is_reversed()));
        Self::of_parts(outer.arcs, outer.sides, rings)
    }
}
