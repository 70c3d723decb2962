//! The level above, by leaving inner arcs out.

use super::{
    arcs::{ArcRef, Arcs},
    rings::Rings,
    topology::{NONE, Topology},
};

impl Topology {
    /// The rings of `count` areas made of those of this coverage: `parents` says of each in which
    /// it is; one in none lies beyond the level. They walk the arcs of this topology, so they hold
    /// at every level of detail. An arc between areas of the same parent is left out; nothing is
    /// reckoned anew. Cost: linear in the arcs that stay.
    pub fn dissolve(&self, parents: &[Option<u32>], count: usize) -> Rings {
        let parent = |area: Option<u32>| {
            area.and_then(|area| parents.get(area as usize).copied().flatten()).unwrap_or(NONE)
        };
        let (mut numbers, mut sides) = (Vec::new(), Vec::new());
        let (mut vertices, mut ends) = (Vec::new(), Vec::new());
        for arc in 0..self.arcs.len() {
            let pair = self.sides(arc).map(parent);
            if pair[0] != pair[1] {
                numbers.push(arc as u32);
                sides.push(pair);
                vertices.extend_from_slice(self.arcs.get(arc));
                ends.push(vertices.len() as u32);
            }
        }
        let outer = Arcs::new(vertices, ends);
        super::topology::rings_of(outer, &sides, count)
            .renumbered(|arc| ArcRef::new(numbers[arc.arc()] as usize, arc.is_reversed()))
    }
}
