//! What lies west of a point.

use std::cmp::Ordering;

use crate::coverage::{
    arcs::{ArcRef, Arcs},
    exact::{Point, orientation},
};

/// An edge by its heights, the lower end first.
#[derive(Clone, Copy, Debug)]
struct Rising {
    low: Point,
    high: Point,
    /// The half-arc that walks it down, which has what lies east of it on its left.
    down: ArcRef,
}

/// The edges of arcs in rows.
#[derive(Debug)]
pub(super) struct Rays {
    bottom: i64,
    height: i64,
    starts: Vec<u32>,
    edges: Vec<Rising>,
}

impl Rays {
    pub(super) fn over(arcs: &Arcs) -> Self {
        let heights = || arcs.vertices().iter().map(|p| i64::from(p[1]));
        let (bottom, top) = (heights().min().unwrap_or(0), heights().max().unwrap_or(0));
        // Rows of about as many edges as there are rows.
        let rows = (arcs.vertices().len() as f64).sqrt() as i64 + 1;
        let mut rays = Self {
            bottom,
            height: (top - bottom) / rows + 1,
            starts: Vec::new(),
            edges: Vec::new(),
        };
        let rising = || (0..arcs.len()).flat_map(|arc| edges_of(arcs, arc));
        let mut starts = vec![0u32; rays.row(top) + 3];
        for edge in rising() {
            for row in rays.row(edge.low[1].into())..=rays.row(edge.high[1].into()) {
                starts[row + 2] += 1;
            }
        }
        for row in 2..starts.len() {
            starts[row] += starts[row - 1];
        }
        let nothing = Rising { low: [0; 2], high: [0; 2], down: ArcRef(0) };
        let mut edges = vec![nothing; starts.last().map_or(0, |&n| n as usize)];
        for edge in rising() {
            for row in rays.row(edge.low[1].into())..=rays.row(edge.high[1].into()) {
                edges[starts[row + 1] as usize] = edge;
                starts[row + 1] += 1;
            }
        }
        (rays.starts, rays.edges) = (starts, edges);
        rays
    }

    fn row(&self, y: i64) -> usize {
        ((y - self.bottom) / self.height) as usize
    }

    /// The half-arc that a ray to the west meets first, walked so that the point's side is on its
    /// left; the ray is raised by less than anything.
    pub(super) fn west_of(&self, p: Point) -> Option<ArcRef> {
        let row = self.row(p[1].into());
        let row = &self.edges[self.starts[row] as usize..self.starts[row + 1] as usize];
        row.iter()
            .filter(|edge| edge.low[1] <= p[1] && p[1] < edge.high[1])
            .filter(|edge| orientation(edge.low, edge.high, p) < 0)
            .max_by(|a, b| a.reach(b, p))
            .map(|edge| edge.down)
    }
}

impl Rising {
    /// Orders edges by their x at the height of `p`, and just above it.
    fn reach(&self, other: &Self, p: Point) -> Ordering {
        let at = |edge: &Self| {
            let [lx, ly] = edge.low.map(i128::from);
            let [hx, hy] = edge.high.map(i128::from);
            let rise = hy - ly;
            (lx * rise + (i128::from(p[1]) - ly) * (hx - lx), hx - lx, rise)
        };
        let ((x, run, rise), (other_x, other_run, other_rise)) = (at(self), at(other));
        (x * other_rise)
            .cmp(&(other_x * rise))
            .then_with(|| (run * other_rise).cmp(&(other_run * rise)))
    }
}

/// The edges of an arc that are not level.
fn edges_of(arcs: &Arcs, arc: usize) -> impl Iterator<Item = Rising> {
    arcs.get(arc).windows(2).filter(|pair| pair[0][1] != pair[1][1]).map(move |pair| {
        let forward = ArcRef::forward(arc);
        if pair[0][1] < pair[1][1] {
            Rising { low: pair[0], high: pair[1], down: forward.reversed() }
        } else {
            Rising { low: pair[1], high: pair[0], down: forward }
        }
    })
}
