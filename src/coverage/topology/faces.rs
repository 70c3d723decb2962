//! The faces that a graph cuts the plane into.

use crate::coverage::{
    arcs::ArcRef,
    exact::{Point, doubled_area},
};

use super::{graph::Graph, ray::Rays, segments::Winding};

/// The face beyond everything.
pub(super) const BEYOND: u32 = 0;

/// The faces of a [`Graph`]: [`BEYOND`], and one for every cycle of half-arcs that runs
/// counter-clockwise.
#[derive(Debug)]
pub(super) struct Faces {
    /// By half-arc: the cycle that it is on.
    cycle_of: Vec<u32>,
    cycles: Vec<Cycle>,
    /// The outer cycles of the components, from the west: each lies in a face of one before it, or
    /// beyond everything.
    outer: Vec<u32>,
    /// How many faces there are, [`BEYOND`] among them.
    pub(super) count: usize,
}

/// A walk around a face, which lies on its left.
#[derive(Debug)]
pub(super) struct Cycle {
    pub(super) halves: Vec<ArcRef>,
    /// Square millimetres; negative for the outer border of what lies in the face like an island.
    pub(super) doubled_area: i128,
    pub(super) face: u32,
    component: u32,
}

impl Faces {
    pub(super) fn of(graph: &Graph) -> Self {
        let component_of = components(graph);
        let mut cycle_of = vec![u32::MAX; graph.halves()];
        let mut cycles: Vec<Cycle> = Vec::new();
        let mut count = 1;
        for start in (0..graph.halves() as u32).map(ArcRef) {
            if cycle_of[start.0 as usize] != u32::MAX {
                continue;
            }
            let number = cycles.len() as u32;
            let mut halves = Vec::new();
            let mut half = start;
            loop {
                cycle_of[half.0 as usize] = number;
                halves.push(half);
                half = graph.next(half);
                if half == start {
                    break;
                }
            }
            let doubled_area = halves_area(graph, &halves);
            let mut face = u32::MAX;
            if doubled_area > 0 {
                face = count;
                count += 1;
            }
            let component = component_of[graph.origin(start) as usize];
            cycles.push(Cycle { halves, doubled_area, face, component });
        }
        let mut faces = Self { cycle_of, cycles, outer: Vec::new(), count: count as usize };
        faces.place_islands(graph);
        faces
    }

    /// Every cycle.
    pub(super) fn cycles(&self) -> &[Cycle] {
        &self.cycles
    }

    /// The face on the left of a half-arc.
    pub(super) fn left_of(&self, half: ArcRef) -> u32 {
        self.cycles[self.cycle_of[half.0 as usize] as usize].face
    }

    /// Says of the outer border of each component which face it lies in, component by component
    /// from the west: the face just west of its least vertex.
    fn place_islands(&mut self, graph: &Graph) {
        let count = self.cycles.iter().map(|cycle| cycle.component + 1).max().unwrap_or(0);
        let mut components: Vec<(Option<Point>, Vec<usize>)> =
            vec![(None, Vec::new()); count as usize];
        for (number, cycle) in self.cycles.iter().enumerate() {
            let (least, outer) = &mut components[cycle.component as usize];
            if cycle.doubled_area > 0 {
                continue;
            }
            outer.push(number);
            for half in &cycle.halves {
                let here = graph.arcs.get(half.arc()).iter().min().copied();
                *least = least.map_or(here, |least| here.map(|here| here.min(least)));
            }
        }
        components.sort_unstable();
        let rays = (components.len() > 1).then(|| Rays::over(&graph.arcs));
        for (least, outer) in components {
            let west = rays.as_ref().zip(least).and_then(|(rays, least)| rays.west_of(least));
            let face = west.map_or(BEYOND, |half| self.left_of(half));
            for number in outer {
                // Only in a graph with crossings has a face no number yet.
                self.cycles[number].face = if face == u32::MAX { BEYOND } else { face };
                self.outer.push(number as u32);
            }
        }
    }

    /// How often each face is covered by each area, from what each arc has on its sides: one walk
    /// over all arcs.
    pub(super) fn windings(&self, of_arc: &[Winding]) -> Vec<Winding> {
        let mut windings: Vec<Option<Winding>> = vec![None; self.count];
        windings[BEYOND as usize] = Some(Winding::new());
        let mut visited = vec![false; self.cycles.len()];
        let mut open = Vec::new();
        for &outer in &self.outer {
            open.push(outer);
            while let Some(number) = open.pop() {
                if std::mem::replace(&mut visited[number as usize], true) {
                    continue;
                }
                let cycle = &self.cycles[number as usize];
                let here = windings[cycle.face as usize].clone().unwrap_or_default();
                for &half in &cycle.halves {
                    let other = self.cycle_of[half.reversed().0 as usize];
                    let face = self.cycles[other as usize].face as usize;
                    if windings[face].is_none() {
                        windings[face] = Some(minus(&here, &of_arc[half.arc()], half));
                    }
                    if !visited[other as usize] {
                        open.push(other);
                    }
                }
            }
        }
        windings.into_iter().map(Option::unwrap_or_default).collect()
    }
}

/// What lies right of a half-arc, from what lies left of it.
fn minus(left: &Winding, arc: &Winding, half: ArcRef) -> Winding {
    let sign = if half.is_reversed() { 1 } else { -1 };
    let mut sum = left.clone();
    for &(area, net) in arc {
        match sum.binary_search_by_key(&area, |entry| entry.0) {
            Ok(at) => sum[at].1 += sign * net,
            Err(at) => sum.insert(at, (area, sign * net)),
        }
    }
    sum.retain(|(_, net)| *net != 0);
    sum
}

fn halves_area(graph: &Graph, halves: &[ArcRef]) -> i128 {
    let ring: Vec<Point> = halves.iter().flat_map(|&half| graph.arcs.walk(half)).collect();
    doubled_area(&ring)
}

/// By junction: the number of the connected part of the graph that it is in.
fn components(graph: &Graph) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..graph.junctions() as u32).collect();
    fn root(parents: &mut [u32], mut at: u32) -> u32 {
        while parents[at as usize] != at {
            parents[at as usize] = parents[parents[at as usize] as usize];
            at = parents[at as usize];
        }
        at
    }
    for pair in graph.origins.chunks_exact(2) {
        let (a, b) = (root(&mut parents, pair[0]), root(&mut parents, pair[1]));
        parents[a.max(b) as usize] = a.min(b);
    }
    let mut numbers = vec![u32::MAX; parents.len()];
    let mut count = 0;
    (0..parents.len() as u32)
        .map(|junction| {
            let root = root(&mut parents, junction) as usize;
            if numbers[root] == u32::MAX {
                numbers[root] = count;
                count += 1;
            }
            numbers[root]
        })
        .collect()
}
