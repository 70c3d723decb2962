//! Edges chained into arcs, and the arcs around every junction.

use std::cmp::Ordering;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::coverage::{
    arcs::{ArcRef, Arcs},
    exact::{Point, difference},
};

use super::segments::{Segments, Winding};

/// A plane graph of arcs.
#[derive(Debug)]
pub(super) struct Graph {
    pub(super) arcs: Arcs,
    /// By half-arc: the junction that it leaves from; of a closed arc without a junction its own.
    pub(super) origins: Vec<u32>,
    /// By junction: where its half-arcs start in `leaving`, and where the last one's end.
    starts: Vec<u32>,
    /// The half-arcs that leave each junction, counter-clockwise.
    leaving: Vec<ArcRef>,
    /// By half-arc: its place in `leaving`.
    places: Vec<u32>,
}

impl Graph {
    /// Chains edges into arcs, and says of each arc what its first edge has on its sides.
    pub(super) fn of(segments: &Segments) -> (Self, Vec<Winding>) {
        let ends: Vec<(Point, Point)> =
            (0..segments.len()).into_par_iter().map(|edge| segments.ends(edge)).collect();
        let chained = chain(&ends);
        let windings = chained
            .first_edges
            .par_iter()
            .map(|&(edge, is_reversed)| {
                let mut winding = segments.winding(edge as usize);
                if is_reversed {
                    winding.iter_mut().for_each(|(_, net)| *net = -*net);
                }
                winding
            })
            .collect();
        (Self::new(chained.arcs), windings)
    }

    /// The graph of arcs that meet in their ends alone.
    pub(super) fn new(arcs: Arcs) -> Self {
        let mut junctions: FxHashMap<Point, u32> = FxHashMap::default();
        let mut origins = Vec::with_capacity(2 * arcs.len());
        for arc in arcs.iter() {
            for end in [arc[0], arc[arc.len() - 1]] {
                let next = junctions.len() as u32;
                origins.push(*junctions.entry(end).or_insert(next));
            }
        }
        let mut starts = vec![0u32; junctions.len() + 2];
        for &junction in &origins {
            starts[junction as usize + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut leaving = vec![ArcRef(0); origins.len()];
        for (half, &junction) in (0u32..).zip(&origins) {
            let place = &mut starts[junction as usize + 1];
            leaving[*place as usize] = ArcRef(half);
            *place += 1;
        }
        starts.pop();
        let mut places = vec![0; origins.len()];
        for junction in 0..junctions.len() {
            let (start, end) = (starts[junction] as usize, starts[junction + 1] as usize);
            let around = &mut leaving[start..end];
            around.sort_by(|&a, &b| by_angle(direction(&arcs, a), direction(&arcs, b)));
            for (place, half) in (start..).zip(around) {
                places[half.0 as usize] = place as u32;
            }
        }
        Self { arcs, origins, starts, leaving, places }
    }

    /// How many half-arcs there are.
    pub(super) fn halves(&self) -> usize {
        self.origins.len()
    }

    /// How many junctions there are, one for each closed arc without one among them.
    pub(super) fn junctions(&self) -> usize {
        self.starts.len() - 1
    }

    /// The junction that a half-arc leaves from.
    pub(super) fn origin(&self, half: ArcRef) -> u32 {
        self.origins[half.0 as usize]
    }

    /// The half-arc that follows in the border of the face on the left.
    pub(super) fn next(&self, half: ArcRef) -> ArcRef {
        let twin = half.reversed();
        let junction = self.origin(twin) as usize;
        let (start, end) = (self.starts[junction], self.starts[junction + 1]);
        let place = self.places[twin.0 as usize];
        self.leaving[if place == start { end - 1 } else { place - 1 } as usize]
    }
}

/// The direction in which a half-arc leaves its junction.
fn direction(arcs: &Arcs, half: ArcRef) -> [i64; 2] {
    let vertices = arcs.get(half.arc());
    let n = vertices.len();
    if half.is_reversed() {
        difference(vertices[n - 1], vertices[n - 2])
    } else {
        difference(vertices[0], vertices[1])
    }
}

/// Counter-clockwise from the east.
fn by_angle([ax, ay]: [i64; 2], [bx, by]: [i64; 2]) -> Ordering {
    let is_lower = |x: i64, y: i64| y < 0 || (y == 0 && x < 0);
    is_lower(ax, ay).cmp(&is_lower(bx, by)).then_with(|| 0.cmp(&(ax * by - ay * bx)))
}

/// Arcs, and the edge that each begins with.
struct Chained {
    arcs: Arcs,
    /// The edge, and whether the arc walks it from its greater end.
    first_edges: Vec<(u32, bool)>,
}

/// The edges at every vertex.
struct Incidence {
    /// By edge: the numbers of its lesser and greater end.
    vertices: Vec<[u32; 2]>,
    starts: Vec<u32>,
    /// Edges, with the end that is at the vertex in the lowest bit.
    edges: Vec<u32>,
}

impl Incidence {
    /// Of edges that are in order.
    fn of(ends: &[(Point, Point)]) -> Self {
        let mut points: Vec<Point> = ends.par_iter().flat_map_iter(|&(a, b)| [a, b]).collect();
        points.par_sort_unstable();
        points.dedup();
        // Lesser ends come in order; greater ones are near them.
        let vertices: Vec<[u32; 2]> = ends
            .par_iter()
            .map(|(a, b)| {
                let number = |point| points.binary_search(point).map_or(0, |at| at as u32);
                [number(a), number(b)]
            })
            .collect();
        let mut starts = vec![0u32; points.len() + 2];
        for pair in &vertices {
            for &vertex in pair {
                starts[vertex as usize + 2] += 1;
            }
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut edges = vec![0; 2 * vertices.len()];
        for (edge, pair) in (0u32..).zip(&vertices) {
            for (end, &vertex) in (0u32..).zip(pair) {
                let place = &mut starts[vertex as usize + 1];
                edges[*place as usize] = edge << 1 | end;
                *place += 1;
            }
        }
        starts.pop();
        Self { vertices, starts, edges }
    }

    fn at(&self, vertex: usize) -> &[u32] {
        &self.edges[self.starts[vertex] as usize..self.starts[vertex + 1] as usize]
    }
}

/// Joins edges at the vertices where just two of them meet. Arcs come in the order of their
/// junctions, closed ones without a junction last.
fn chain(ends: &[(Point, Point)]) -> Chained {
    let incidence = Incidence::of(ends);
    let mut seen = vec![false; ends.len()];
    let mut vertices = Vec::with_capacity(ends.len() + ends.len() / 16);
    let (mut arc_ends, mut first_edges) = (Vec::new(), Vec::new());
    let is_junction = |vertex: u32| incidence.at(vertex as usize).len() != 2;
    let mut walk = |start: u32, first: u32, seen: &mut [bool]| {
        let point = |edge: u32, end: u32| {
            let (low, high) = ends[edge as usize];
            if end == 0 { low } else { high }
        };
        let (mut edge, mut end) = (first >> 1, first & 1);
        first_edges.push((edge, end == 1));
        vertices.push(point(edge, end));
        loop {
            seen[edge as usize] = true;
            vertices.push(point(edge, 1 - end));
            let vertex = incidence.vertices[edge as usize][1 - end as usize];
            if vertex == start || is_junction(vertex) {
                break;
            }
            let other = incidence.at(vertex as usize).iter().find(|&&e| e >> 1 != edge);
            let Some(&next) = other else { break };
            (edge, end) = (next >> 1, next & 1);
        }
        arc_ends.push(vertices.len() as u32);
    };
    let count = incidence.starts.len() - 1;
    for vertex in 0..count as u32 {
        if is_junction(vertex) {
            for &edge in incidence.at(vertex as usize) {
                if !seen[edge as usize >> 1] {
                    walk(vertex, edge, &mut seen);
                }
            }
        }
    }
    for vertex in 0..count as u32 {
        for &edge in incidence.at(vertex as usize) {
            if !seen[edge as usize >> 1] {
                walk(vertex, edge, &mut seen);
            }
        }
    }
    Chained { arcs: Arcs::new(vertices, arc_ends), first_edges }
}
