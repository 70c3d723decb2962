//! Lines that were bent to the pixels that they pass through.

use rayon::prelude::*;

use super::{
    BATCH, CutLines, Lines, batches,
    cells::{Cells, Pixels, by_slot},
    grid::{Grid, cross, turn},
};
use crate::atlas::plane::GridArcs;

/// No edge: a line ends.
const LAST: u32 = u32::MAX;

/// Lines by the numbers of the pixels that they pass through.
#[derive(Debug, Default)]
pub(super) struct Bent {
    numbers: Vec<u32>,
    /// Where the edge begins that goes on from each pixel; [`LAST`] where none does.
    edges: Vec<u32>,
    ends: Vec<u32>,
}

impl Bent {
    pub(super) fn of(lines: Lines<'_>, grid: Grid, pixels: &Pixels) -> Self {
        let made: Vec<Self> = batches(lines)
            .map(|batch| {
                let mut bent = Self::default();
                let mut path = Vec::new();
                for line in batch {
                    bent.add(lines, line, grid, pixels, &mut path);
                }
                bent
            })
            .collect();
        let mut all = Self::default();
        for mut batch in made {
            let before = all.numbers.len() as u32;
            all.numbers.append(&mut batch.numbers);
            all.edges.append(&mut batch.edges);
            all.ends.extend(batch.ends.iter().map(|end| end + before));
        }
        all
    }

    pub(super) fn add(
        &mut self,
        lines: Lines<'_>,
        line: usize,
        grid: Grid,
        pixels: &Pixels,
        path: &mut Vec<(i64, u32)>,
    ) {
        let start = self.numbers.len();
        for first in lines.range(line).skip(1).map(|at| at as u32 - 1) {
            path.clear();
            pixels.along(grid, lines.edge(first), path);
            for &(_, number) in path.iter() {
                match self.numbers[start..].last() {
                    // The edge goes on from there.
                    Some(&last) if last == number => {
                        self.edges.pop();
                        self.edges.push(first);
                    }
                    _ => {
                        self.numbers.push(number);
                        self.edges.push(first);
                    }
                }
            }
        }
        if let &[only] = &self.numbers[start..] {
            self.numbers.push(only);
            self.edges.push(LAST);
        }
        if let Some(last) = self.edges.last_mut() {
            *last = LAST;
        }
        self.ends.push(self.numbers.len() as u32);
    }

    /// Pairs of edges of the lines as they were, that cross as they are now.
    pub(super) fn crossings(&self, pixels: &Pixels) -> Vec<[u32; 2]> {
        let point = |at: u32| pixels.points[self.numbers[at as usize] as usize];
        let edge = |at: u32| [point(at), point(at + 1)];
        let cells = Cells::new(pixels.cells.bits, self.numbers.len() * 2);
        let entries: Vec<Vec<(u32, u32)>> = (0..self.numbers.len())
            .into_par_iter()
            .step_by(BATCH)
            .map(|start| {
                let mut entries = Vec::with_capacity(BATCH * 3);
                let edges = self.edges[start..].iter().take(BATCH).zip(start as u32..);
                for (_, at) in edges.filter(|(edge, _)| **edge != LAST) {
                    let [a, b] = edge(at).map(|v| v.map(f64::from));
                    let before = entries.len();
                    cells.along(a, b, |slot| {
                        // A slot that comes twice comes twice in a row, mostly.
                        if entries[before..].last() != Some(&(slot, at)) {
                            entries.push((slot, at));
                        }
                    });
                }
                entries
            })
            .collect();
        let (sorted, starts) = by_slot(cells, entries.iter().flatten().copied());
        let mut found: Vec<[u32; 2]> =
            (0..cells.len())
                .into_par_iter()
                .with_min_len(1024)
                .fold(
                    || (Vec::new(), Vec::new()),
                    |(mut found, mut inside), slot| {
                        if starts[slot + 1] - starts[slot] < 2 {
                            return (found, inside);
                        }
                        inside.clear();
                        inside.extend(
                            sorted[starts[slot] as usize..starts[slot + 1] as usize].iter().map(
                                |&at| {
                                    let [a, b] = edge(at);
                                    (a.min(b), a.max(b), at)
                                },
                            ),
                        );
                        inside.sort_unstable();
                        // Those that are the same now need not have been so before.
                        let mut rest = inside.as_slice();
                        while let Some(&(a, b, _)) = rest.first() {
                            let same =
                                rest.iter().take_while(|edge| (edge.0, edge.1) == (a, b)).count();
                            let (these, beyond) = rest.split_at(same);
                            rest = beyond;
                            // From west to east: what begins east of its end is beyond it.
                            let near = rest.iter().take_while(|other| other.0[0] <= b[0]);
                            for other in near.filter(|other| cross([a, b], [other.0, other.1])) {
                                found.extend(these.iter().map(|this| {
                                    [this.2, other.2].map(|at| self.edges[at as usize])
                                }));
                            }
                        }
                        (found, inside)
                    },
                )
                .flat_map_iter(|(found, _)| found)
                .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The lines without what goes there and back, and without vertices on the way that no other
    /// line has and that are on no line that is cut along.
    pub(super) fn tidy(mut self, lines: Lines<'_>, pixels: &Pixels, cuts: CutLines) -> GridArcs {
        let mut start = 0;
        let mut kept = 0;
        for end in &mut self.ends {
            let first = kept;
            for at in start..*end as usize {
                let number = self.numbers[at];
                if kept > first && self.numbers[kept - 1] == number {
                    continue;
                }
                if kept > first + 1 && self.numbers[kept - 2] == number {
                    kept -= 1;
                    continue;
                }
                self.numbers[kept] = number;
                kept += 1;
            }
            start = *end as usize;
            // An end always stays.
            if kept == first + 1 {
                self.numbers[kept] = self.numbers[first];
                kept += 1;
            }
            *end = kept as u32;
        }
        self.numbers.truncate(kept);
        let is_single = self.single(lines, pixels);
        let mut arcs = GridArcs::default();
        let point = |number: u32| pixels.points[number as usize];
        let mut pairs: Vec<([u32; 2], usize)> = Vec::new();
        let mut start = 0;
        for (arc, &end) in self.ends.iter().enumerate() {
            let numbers = &self.numbers[start..end as usize];
            let vertices = numbers.iter().enumerate().filter_map(|(at, &number)| {
                let vertex = point(number);
                let is_end = at == 0 || at + 1 == numbers.len();
                let adds_nothing = !is_end
                    && is_single[number as usize]
                    && !cuts.hold(vertex)
                    && turn(point(numbers[at - 1]), vertex, point(numbers[at + 1])) == 0;
                (!adds_nothing).then_some(vertex)
            });
            let meets_others = !numbers.iter().all(|&number| is_single[number as usize]);
            arcs.push(vertices, meets_others);
            if let &[a, b] = numbers {
                pairs.push(([a.min(b), a.max(b)], arc));
            }
            start = end as usize;
        }
        pairs.sort_unstable();
        for same in pairs.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            same.iter().for_each(|&(_, arc)| arcs.meet_others(arc));
        }
        arcs
    }

    /// By number of a pixel: whether it is passed by a line once, or is where lines end that ended
    /// in one point before.
    pub(super) fn single(&self, lines: Lines<'_>, pixels: &Pixels) -> Vec<bool> {
        let mut passes = vec![0u8; pixels.points.len()];
        let mut end_of: Vec<Option<[i32; 2]>> = vec![None; pixels.points.len()];
        let mut start = 0;
        for (line, &end) in self.ends.iter().enumerate() {
            let numbers = &self.numbers[start..end as usize];
            start = end as usize;
            let vertices = &lines.vertices[lines.range(line)];
            let [Some(&first), Some(&last)] = [vertices.first(), vertices.last()] else { continue };
            let (Some((&from, rest)), Some(&to)) = (numbers.split_first(), numbers.last()) else {
                continue;
            };
            for &number in &rest[..rest.len().saturating_sub(1)] {
                let passes = &mut passes[number as usize];
                *passes = passes.saturating_add(1);
            }
            for (number, vertex) in [(from, first), (to, last)] {
                let known = end_of[number as usize].get_or_insert(vertex);
                if *known != vertex {
                    passes[number as usize] = 2;
                }
            }
        }
        let ends = end_of.iter().map(|end| u8::from(end.is_some()));
        passes.iter().zip(ends).map(|(passes, end)| passes.saturating_add(end) <= 1).collect()
    }
}
