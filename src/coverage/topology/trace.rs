//! Faces into rings.

use rustc_hash::FxHashMap;

use super::{
    faces::{BEYOND, Faces},
    graph::Graph,
};
use crate::coverage::{
    arcs::ArcRef,
    exact::{Point, doubled_area},
    rings::{Rings, RingsBuilder},
    topology::NONE,
};

/// The rings of `count` areas, of which each face belongs to one or none: a polygon for every face.
pub(super) fn rings(graph: &Graph, faces: &Faces, owners: &[u32], count: usize) -> Rings {
    let mut of_face: Vec<Vec<usize>> = vec![Vec::new(); faces.count];
    for (number, cycle) in faces.cycles().iter().enumerate() {
        if cycle.face != BEYOND && owners[cycle.face as usize] != NONE {
            of_face[cycle.face as usize].push(number);
        }
    }
    let mut of_area: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (face, &owner) in owners.iter().enumerate() {
        if owner != NONE && !of_face[face].is_empty() {
            of_area[owner as usize].push(face);
        }
    }
    let mut builder = RingsBuilder::default();
    for owned in of_area {
        for face in owned {
            let cycles = of_face[face].iter().map(|&number| &faces.cycles()[number].halves);
            let mut rings: Vec<Vec<ArcRef>> =
                cycles.flat_map(|halves| simple_rings(graph, halves)).collect();
            // The outer ring is the one that runs counter-clockwise.
            let area = |ring: &[ArcRef]| {
                let vertices: Vec<Point> =
                    ring.iter().flat_map(|&half| graph.arcs.walk(half)).collect();
                doubled_area(&vertices)
            };
            if rings.len() > 1
                && let Some(outer) = rings.iter().position(|ring| area(ring) > 0)
            {
                rings.swap(0, outer);
            }
            for ring in rings {
                builder.ring(ring);
            }
            builder.end_polygon();
        }
        builder.end_area();
    }
    builder.build()
}

/// Cuts a cycle where it comes back to a junction, so that no ring touches itself.
fn simple_rings(graph: &Graph, halves: &[ArcRef]) -> Vec<Vec<ArcRef>> {
    let mut rings = Vec::new();
    let mut open: Vec<ArcRef> = Vec::with_capacity(halves.len());
    let mut places: FxHashMap<u32, usize> = FxHashMap::default();
    for &half in halves {
        let junction = graph.origin(half);
        if let Some(&place) = places.get(&junction) {
            for closed in &open[place..] {
                places.remove(&graph.origin(*closed));
            }
            rings.push(open.split_off(place));
        }
        places.insert(junction, open.len());
        open.push(half);
    }
    rings.push(open);
    rings
}
