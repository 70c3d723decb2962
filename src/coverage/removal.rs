//! The order in which vertices are left out, for every level of detail at once.

mod crowd;

use std::{cmp::Reverse, collections::BinaryHeap};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use self::crowd::Crowd;
use super::{
    arcs::Arcs,
    exact::{Point, difference, orientation},
};

/// The first of [`tolerance_of`], millimetres, and how many there are to each doubling.
const FINEST: f64 = 10.0;
const STEPS_PER_DOUBLING: f64 = 3.0;
/// How many steps there are: up to 100 km, beyond any map of the country.
const STEPS: u8 = 71;

/// The step of a vertex that stays at every level of detail.
pub(super) const STAYS: u8 = u8::MAX;

/// The largest distance to the original after a step, millimetres.
pub(super) fn tolerance_of(step: u8) -> f64 {
    FINEST * (f64::from(step) / STEPS_PER_DOUBLING).exp2()
}

/// What the roundness of a triangle weighs beside its height: the effective area of Visvalingam and
/// Whyatt (1993) as a length. At 0 this were Douglas and Peucker's criterion, which keeps every
/// spike; the higher, the more of broad flat bends is kept.
const ROUNDNESS: f64 = 0.5;

/// In which step each vertex of the arcs goes, [`STAYS`] for one that never does.
///
/// In step `k` those go whose removal leaves every vertex of the original within
/// [`tolerance_of`]`(k)` of the arc (and whose effective area is small enough), least first, until
/// none is left, unless their triangle with their neighbours holds another vertex: so nothing ever
/// crosses or touches, and no ring collapses. What is put off is tried again in every later step.
/// The arcs after each step are those of a valid coverage with the same neighbours.
///
/// All arcs go through a step side by side: a vertex of another arc counts as there until the step
/// ends, which can only put off more. So the order is the same on any number of cores. Two
/// removals that each hold no vertex of the other's triangle cannot cross.
///
/// Cost: n log n in the vertices.
pub(super) fn order(arcs: &Arcs) -> Box<[u8]> {
    let mut steps = vec![STAYS; arcs.vertices().len()];
    let mut lines = lines(arcs);
    let mut crowd = Crowd::of(arcs.vertices(), &steps);
    for step in 0..STEPS {
        let tolerance = tolerance_of(step);
        lines.par_iter_mut().with_min_len(16).for_each(|line| {
            if line.least <= tolerance {
                line.remove(tolerance, &crowd, &steps);
            }
        });
        let mut removed = 0;
        for line in &mut lines {
            removed += line.removed.len();
            for at in line.removed.drain(..) {
                steps[line.start + at as usize] = step;
            }
        }
        crowd.thin(removed, arcs.vertices(), &steps);
    }
    steps.into()
}

/// An arc that loses its vertices.
struct Line<'a> {
    vertices: &'a [Point],
    /// The place of its first vertex among those of all arcs.
    start: usize,
    /// The vertices before and after each that are still there.
    before: Vec<u32>,
    after: Vec<u32>,
    /// What the removal of each would take: a length in millimetres.
    keys: Vec<f64>,
    is_gone: Vec<bool>,
    /// How many vertices between the ends are still there, and how many must stay.
    left: usize,
    least_left: usize,
    /// The least key.
    least: f64,
    /// What went in this step.
    removed: Vec<u32>,
}

/// Every arc with what must stay of it: two vertices besides the junction of one that is closed,
/// one of every but the shortest of those that join the same junctions.
fn lines(arcs: &Arcs) -> Vec<Line<'_>> {
    let mut joining: FxHashMap<(Point, Point), usize> = FxHashMap::default();
    let ends = |arc: usize| {
        let line = arcs.get(arc);
        let (a, b) = (line[0], line[line.len() - 1]);
        (a.min(b), a.max(b))
    };
    let length = |arc: usize| (arcs.get(arc).len() > 2, super::topology::length(arcs.get(arc)));
    for arc in 0..arcs.len() {
        let shortest = joining.entry(ends(arc)).or_insert(arc);
        if length(arc) < length(*shortest) {
            *shortest = arc;
        }
    }
    (0..arcs.len())
        .into_par_iter()
        .map(|arc| {
            let (a, b) = ends(arc);
            let least_left = match joining.get(&(a, b)) {
                _ if a == b => 2,
                Some(&shortest) if shortest != arc => 1,
                _ => 0,
            };
            Line::new(arcs.get(arc), arcs.range(arc).start, least_left)
        })
        .collect()
}

impl<'a> Line<'a> {
    fn new(vertices: &'a [Point], start: usize, least_left: usize) -> Self {
        let count = vertices.len() as u32;
        let mut line = Self {
            vertices,
            start,
            before: (0..count).map(|i| i.saturating_sub(1)).collect(),
            after: (1..=count).collect(),
            keys: vec![f64::INFINITY; vertices.len()],
            is_gone: vec![false; vertices.len()],
            left: vertices.len() - 2,
            least_left,
            least: f64::INFINITY,
            removed: Vec::new(),
        };
        for at in 1..count - 1 {
            line.keys[at as usize] = line.key(at);
        }
        line.least = line.least_key();
        line
    }

    fn least_key(&self) -> f64 {
        if self.left <= self.least_left {
            return f64::INFINITY;
        }
        self.keys.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// What the removal of a vertex takes: the largest distance that any vertex of the original
    /// then has to the arc there, or the size of its triangle where that is more.
    fn key(&self, at: u32) -> f64 {
        let (from, to) = (self.before[at as usize], self.after[at as usize]);
        let (a, c) = (self.vertices[from as usize], self.vertices[to as usize]);
        let area = orientation(a, self.vertices[at as usize], c).abs() as f64 / 2.0;
        let farthest = farthest(a, c, &self.vertices[from as usize + 1..to as usize]);
        farthest.max(ROUNDNESS * area.sqrt())
    }

    /// Lets every vertex go that `tolerance` allows.
    fn remove(&mut self, tolerance: f64, crowd: &Crowd, steps: &[u8]) {
        let mut open: BinaryHeap<Reverse<(u64, u32)>> = BinaryHeap::new();
        // Keys are not negative, so that their bits are in their order.
        let entry = |key: f64, at: u32| Reverse((key.to_bits(), at));
        for at in 1..self.vertices.len() as u32 - 1 {
            if self.keys[at as usize] <= tolerance {
                open.push(entry(self.keys[at as usize], at));
            }
        }
        while let Some(Reverse((key, at))) = open.pop() {
            let i = at as usize;
            if self.left <= self.least_left {
                break;
            }
            if self.is_gone[i] || self.keys[i].to_bits() != key || !self.may_go(at, crowd, steps) {
                continue;
            }
            self.is_gone[i] = true;
            self.keys[i] = f64::INFINITY;
            self.left -= 1;
            self.removed.push(at);
            let (from, to) = (self.before[i], self.after[i]);
            self.after[from as usize] = to;
            self.before[to as usize] = from;
            for neighbour in [from, to] {
                if neighbour == 0 || neighbour as usize == self.vertices.len() - 1 {
                    continue;
                }
                let key = self.key(neighbour);
                self.keys[neighbour as usize] = key;
                if key <= tolerance {
                    open.push(entry(key, neighbour));
                }
            }
        }
        self.least = self.least_key();
    }

    /// Whether nothing else is in the triangle of a vertex and its neighbours, borders included.
    fn may_go(&self, at: u32, crowd: &Crowd, steps: &[u8]) -> bool {
        let i = at as usize;
        let corner = |at: u32| self.vertices[at as usize];
        let [a, b, c] = [corner(self.before[i]), corner(at), corner(self.after[i])];
        let turn = orientation(a, b, c);
        if turn == 0 {
            // It lies on the line between them: nothing changes.
            return true;
        }
        let [a, c] = if turn > 0 { [a, c] } else { [c, a] };
        let own = self.start..self.start + self.vertices.len();
        !crowd.any_near([a, b, c], |p, vertex| {
            let is_there = if own.contains(&vertex) {
                !self.is_gone[vertex - self.start]
            } else {
                steps[vertex] == STAYS
            };
            is_there
                && p != a
                && p != b
                && p != c
                && orientation(a, b, p) >= 0
                && orientation(b, c, p) >= 0
                && orientation(c, a, p) >= 0
        })
    }
}

/// The largest distance of some points to the edge from `a` to `c`, millimetres.
fn farthest(a: Point, c: Point, points: &[Point]) -> f64 {
    let [ex, ey] = difference(a, c).map(|v| v as f64);
    let squared_length = ex * ex + ey * ey;
    let per_squared = if squared_length > 0.0 { squared_length.recip() } else { 0.0 };
    let squared = points.iter().map(|&p| {
        let [px, py] = difference(a, p).map(|v| v as f64);
        let t = ((ex * px + ey * py) * per_squared).clamp(0.0, 1.0);
        let (dx, dy) = (px - t * ex, py - t * ey);
        dx * dx + dy * dy
    });
    squared.fold(0.0, f64::max).sqrt()
}

#[cfg(test)]
mod tests;
