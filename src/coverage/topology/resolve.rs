//! Whose each face is, where areas overlap or leave a gap.

use std::collections::BTreeMap;

use super::{
    faces::{BEYOND, Faces},
    graph::Graph,
    segments::{Segments, Use, Winding},
};
use crate::coverage::{
    arcs::ArcRef,
    topology::{Cleaning, Gap, NONE, Overlap},
};

/// The owners of faces, and what had to be decided.
pub(super) struct Resolved {
    /// By face; [`NONE`] beyond the coverage.
    pub(super) owners: Vec<u32>,
    pub(super) overlaps: Vec<Overlap>,
    pub(super) gaps: Vec<Gap>,
}

/// Gives each face to one area or none. A face in several areas goes to the smallest of them
/// (which keeps what it was delivered with, and never vanishes into one that surrounds it), of
/// equally small ones the lowest ordinal. A face in none that is no wider than `sliver`
/// millimetres, reckoned as its area over half its border, goes to the neighbour that it shares
/// most border with.
pub(super) fn resolve(
    graph: &Graph,
    faces: &Faces,
    windings: &[Winding],
    sizes: &[f64],
    sliver: u32,
) -> Resolved {
    let measures = measure(graph, faces);
    let mut owners = vec![NONE; faces.count];
    let mut overlaps = Vec::new();
    for (face, winding) in windings.iter().enumerate().skip(1) {
        let size = |area: u32| sizes[area as usize];
        let smallest = winding
            .iter()
            .map(|entry| entry.0)
            .min_by(|&a, &b| size(a).total_cmp(&size(b)).then(a.cmp(&b)));
        owners[face] = smallest.unwrap_or(NONE);
        if winding.len() > 1 {
            overlaps.push(Overlap {
                areas: winding.iter().map(|entry| entry.0).collect(),
                to: owners[face],
                m2: measures[face].0,
            });
        }
    }
    let is_narrow = |face: usize| {
        let (area, border) = measures[face];
        area <= border / 2.0 * f64::from(sliver) / 1000.0
    };
    let mut open: Vec<usize> =
        (1..faces.count).filter(|&face| owners[face] == NONE && is_narrow(face)).collect();
    let around = around(faces, &open);
    let mut gaps = Vec::new();
    // A gap may lie between gaps: those at its border come first.
    loop {
        let before = open.len();
        let mut found = Vec::new();
        open.retain(|&face| {
            let mut shared: BTreeMap<u32, f64> = BTreeMap::new();
            for &half in around.get(&face).map_or(&[][..], Vec::as_slice) {
                let owner = owners[faces.left_of(half.reversed()) as usize];
                if owner != NONE {
                    *shared.entry(owner).or_default() += length(graph, half);
                }
            }
            let longest = shared.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            if let Some((area, _)) = longest {
                found.push((face, area));
            }
            longest.is_none()
        });
        for (face, area) in found {
            owners[face] = area;
            gaps.push(Gap { to: area, m2: measures[face].0 });
        }
        if open.len() == before {
            break;
        }
    }
    Resolved { owners, overlaps, gaps }
}

/// The half-arcs with each of some faces on their left.
fn around(faces: &Faces, some: &[usize]) -> BTreeMap<usize, Vec<ArcRef>> {
    let mut around: BTreeMap<usize, Vec<ArcRef>> =
        some.iter().map(|&face| (face, Vec::new())).collect();
    for cycle in faces.cycles() {
        if let Some(halves) = around.get_mut(&(cycle.face as usize)) {
            halves.extend(&cycle.halves);
        }
    }
    around
}

/// Of each face: its area in square metres and the length of its border in metres.
fn measure(graph: &Graph, faces: &Faces) -> Vec<(f64, f64)> {
    let mut doubled = vec![0i128; faces.count];
    let mut border = vec![0.0; faces.count];
    for cycle in faces.cycles() {
        if cycle.face != BEYOND {
            doubled[cycle.face as usize] += cycle.doubled_area;
            border[cycle.face as usize] +=
                cycle.halves.iter().map(|&half| length(graph, half)).sum::<f64>();
        }
    }
    doubled.into_iter().map(|area| area as f64 / 2e6).zip(border).collect()
}

/// The length of an arc, metres.
fn length(graph: &Graph, half: ArcRef) -> f64 {
    super::length(graph.arcs.get(half.arc()))
}

/// The edges between faces of different owners, with the owners on their sides.
pub(super) fn borders(graph: &Graph, faces: &Faces, owners: &[u32]) -> Segments {
    let mut uses = Vec::new();
    for arc in 0..graph.arcs.len() {
        let half = ArcRef::forward(arc);
        let [left, right] =
            [half, half.reversed()].map(|half| owners[faces.left_of(half) as usize]);
        if left == right {
            continue;
        }
        for pair in graph.arcs.get(arc).windows(2) {
            if left != NONE {
                uses.push(Use::new(pair[0], pair[1], left));
            }
            if right != NONE {
                uses.push(Use::new(pair[1], pair[0], right));
            }
        }
    }
    Segments::from_uses(uses)
}

/// Whether every face is in one area or none, and neighbours are different: nothing to resolve.
pub(super) fn is_clean(cleaning: &Cleaning, graph: &Graph, faces: &Faces, owners: &[u32]) -> bool {
    cleaning.overlaps.is_empty()
        && cleaning.gaps.is_empty()
        && (0..graph.arcs.len()).map(ArcRef::forward).all(|half| {
            owners[faces.left_of(half) as usize] != owners[faces.left_of(half.reversed()) as usize]
        })
}
