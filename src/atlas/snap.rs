//! Snap rounding: lines on a coarser grid, none of which crosses another.
//!
//! Vertices that are merely rounded let lines cross, since a line may pass between a vertex and the
//! grid point that the vertex moves to. So every line that passes through the pixel of a vertex is
//! bent to the middle of that pixel too (J. Hobby, "Practical segment intersection with finite
//! precision output", Computational Geometry 13, 1999). Then lines meet in vertices alone, or are
//! the same; nothing passes over a vertex; and every point moves by half a pixel at most on either
//! axis.
//!
//! A pixel holds its western and northern edge, not the eastern and southern one. Whether a line
//! passes through a pixel is told exactly, and by the ends of the line alone.

mod bent;
mod cells;
mod grid;

use rayon::prelude::*;

use self::{bent::Bent, cells::Pixels, grid::Grid};
use super::plane::GridArcs;

/// How often lines that still cross are looked for, where they crossed on the finer grid. They do
/// so where what is straight in RD is bent on the plane, or by the rounding of that grid. The
/// first round mends those that are seen, later ones those that only show then; lines drawn at
/// random settle within these. What crossed after the last one would stay so, and polygons of it
/// would cross themselves there.
const ROUNDS: usize = 4;

/// How many vertices, or lines, one thread takes at a time.
const BATCH: usize = 4096;

/// Straight lines across the grid, on both axes the same, that everything which crosses them gets
/// a vertex on: what is cut along them needs no rounding.
#[derive(Clone, Copy, Debug)]
pub(super) struct CutLines {
    /// From one pair to the next, a power of two.
    pub(super) spacing: i32,
    /// How far the two lines of a pair are from the multiple of `spacing` between them; less than
    /// half of that.
    pub(super) margin: i32,
    /// Lines beyond this box need no vertices.
    pub(super) within: [[i32; 2]; 2],
}

impl CutLines {
    /// Whether a point is on one of the lines.
    fn hold(&self, point: [i32; 2]) -> bool {
        point.iter().any(|v| {
            let beyond = v & (self.spacing - 1);
            beyond == self.margin || beyond == self.spacing - self.margin
        })
    }

    /// The lines across an axis between two places, both included.
    fn between(self, axis: usize, from: i64, to: i64) -> impl Iterator<Item = i64> {
        let from = from.max(i64::from(self.within[0][axis]));
        let to = to.min(i64::from(self.within[1][axis]));
        let [spacing, margin] = [self.spacing, self.margin].map(i64::from);
        let pairs = (from - margin).div_euclid(spacing)..=(to + margin).div_euclid(spacing);
        pairs
            .flat_map(move |pair| [pair * spacing - margin, pair * spacing + margin])
            .filter(move |at| (from..=to).contains(at))
    }
}

/// Polylines on a fine grid: the vertices of one after the other, and where each ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines<'a> {
    pub(super) vertices: &'a [[i32; 2]],
    pub(super) ends: &'a [u32],
}

impl Lines<'_> {
    fn range(&self, line: usize) -> std::ops::Range<usize> {
        let start = if line == 0 { 0 } else { self.ends[line - 1] as usize };
        start..self.ends[line] as usize
    }

    /// The edge that begins with a vertex.
    fn edge(&self, first: u32) -> [[i32; 2]; 2] {
        [self.vertices[first as usize], self.vertices[first as usize + 1]]
    }
}

/// Rounds lines to a grid that is coarser by `shift` bits (from 1 to 30), all of them together.
/// n log n in the vertices, on all cores; the same on any number of them.
pub(super) fn snap(lines: Lines<'_>, shift: u32, cuts: CutLines) -> GridArcs {
    let grid = Grid { shift };
    let mut hot: Vec<[i32; 2]> =
        lines.vertices.par_iter().with_min_len(BATCH).map(|&vertex| grid.pixel(vertex)).collect();
    let along_cuts: Vec<Vec<[i32; 2]>> = batches(lines)
        .map(|batch| {
            let mut crossings = Vec::new();
            for at in batch.flat_map(|line| lines.range(line).skip(1)) {
                grid.cross_cuts(lines.edge(at as u32 - 1), cuts, &mut crossings);
            }
            crossings
        })
        .collect();
    hot.extend(along_cuts.into_iter().flatten());
    let reach = (0..lines.ends.len()).flat_map(|line| lines.vertices[lines.range(line)].windows(2));
    let reach: i64 = reach
        .map(|pair| {
            (0..2).map(|i| (i64::from(pair[0][i]) - i64::from(pair[1][i])).abs()).sum::<i64>()
        })
        .sum();
    let mean = (reach >> shift) / (lines.vertices.len() as i64).max(1);
    let cell_bits = 64 - (mean.max(2) as u64).leading_zeros();
    let mut round = 0;
    loop {
        let pixels = Pixels::of(&hot, cell_bits);
        let bent = Bent::of(lines, grid, &pixels);
        round += 1;
        let crossings = if round > ROUNDS { Vec::new() } else { bent.crossings(&pixels) };
        if crossings.is_empty() {
            return bent.tidy(lines, &pixels, cuts);
        }
        hot = pixels.points;
        for [one, other] in crossings {
            hot.extend(grid.crossing(lines.edge(one), lines.edge(other)));
        }
    }
}

/// Lines by number, some at a time.
fn batches(lines: Lines<'_>) -> impl IndexedParallelIterator<Item = std::ops::Range<usize>> {
    let count = lines.ends.len();
    let size = 64;
    (0..count.div_ceil(size))
        .into_par_iter()
        .map(move |batch| batch * size..((batch + 1) * size).min(count))
}

#[cfg(test)]
mod tests;
