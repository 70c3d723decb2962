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

use rayon::prelude::*;

use super::plane::GridArcs;

/// How often lines that cross on the finer grid are looked for. They cross there only where what
/// is straight in RD is bent on the plane, or by the rounding of that grid; once is enough for
/// crossings that are seen, the other rounds are for those that only show then. What crosses after
/// the last one stays, and whoever makes polygons of it has to cut it there.
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

/// The coarse grid, seen from the fine one.
#[derive(Clone, Copy, Debug)]
struct Grid {
    shift: u32,
}

impl Grid {
    /// The pixel that holds a point.
    fn pixel(self, point: [i32; 2]) -> [i32; 2] {
        // In `i64`, so that the eastern edge of the world does not overflow.
        point.map(|v| ((i64::from(v) + (1 << (self.shift - 1))) >> self.shift) as i32)
    }

    /// Whether the edge from `a` to `b` passes through a pixel.
    fn meets(self, [a, b]: [[i32; 2]; 2], pixel: [i32; 2]) -> bool {
        let size = 1i64 << self.shift;
        // From the corner of the pixel, which reaches from 0 up to but not including `size`.
        let corner = pixel.map(|v| (i64::from(v) << self.shift) - (size >> 1));
        let [ax, ay] = [i64::from(a[0]) - corner[0], i64::from(a[1]) - corner[1]];
        let [bx, by] = [i64::from(b[0]) - corner[0], i64::from(b[1]) - corner[1]];
        if ax.min(bx) >= size || ax.max(bx) < 0 || ay.min(by) >= size || ay.max(by) < 0 {
            return false;
        }
        // And whether its corners are on both sides of the line. They are just short of `size`.
        let (dx, dy) = (bx - ax, by - ay);
        let at_corner = i128::from(dy) * i128::from(ax) - i128::from(dx) * i128::from(ay);
        let up = i128::from(dx.max(0) + (-dy).max(0));
        let down = i128::from((-dx).max(0) + dy.max(0));
        let most = at_corner + (up << self.shift);
        let least = at_corner - (down << self.shift);
        (most > 0 || most == 0 && up == 0) && (least < 0 || least == 0 && down == 0)
    }

    /// The pixels where an edge crosses the lines that are cut along.
    fn cross_cuts(self, [a, b]: [[i32; 2]; 2], cuts: CutLines, crossings: &mut Vec<[i32; 2]>) {
        for axis in 0..2 {
            let (low, high) = if a[axis] < b[axis] { (a, b) } else { (b, a) };
            let run = i64::from(high[axis]) - i64::from(low[axis]);
            if run == 0 {
                continue;
            }
            let [from, to] = [low, high].map(|v| i64::from(v[axis]));
            // Beyond its ends there may be one more, on either side.
            for at in cuts.between(axis, from >> self.shift, (to >> self.shift) + 1) {
                let along = (at << self.shift) - from;
                if (0..=run).contains(&along) {
                    let mut pixel = [at as i32; 2];
                    pixel[1 - axis] = self.pixel_at(low, high, 1 - axis, along.into(), run.into());
                    crossings.push(pixel);
                }
            }
        }
    }

    /// On one axis, the pixel that is the share `along / run` of the way from `a` to `b`; `run` is
    /// positive.
    fn pixel_at(self, a: [i32; 2], b: [i32; 2], axis: usize, along: i128, run: i128) -> i32 {
        let rise = i128::from(b[axis]) - i128::from(a[axis]);
        let start = i128::from(a[axis]) + (1 << (self.shift - 1));
        (start * run + along * rise).div_euclid(run << self.shift) as i32
    }

    /// The pixel where two edges cross; `None` where they do not.
    fn crossing(self, [a, b]: [[i32; 2]; 2], [c, d]: [[i32; 2]; 2]) -> Option<[i32; 2]> {
        let wide = |from: [i32; 2], to: [i32; 2]| {
            [0, 1].map(|axis| i128::from(to[axis]) - i128::from(from[axis]))
        };
        let cross = |u: [i128; 2], v: [i128; 2]| u[0] * v[1] - u[1] * v[0];
        let run = cross(wide(a, b), wide(c, d));
        let along = cross(wide(a, c), wide(c, d));
        let other = cross(wide(a, c), wide(a, b));
        let [along, other] = [along, other].map(|share| share * run.signum());
        let run = run.abs();
        let crosses = run > 0 && (0..=run).contains(&along) && (0..=run).contains(&other);
        crosses.then(|| [0, 1].map(|axis| self.pixel_at(a, b, axis, along, run)))
    }
}

/// Square cells of the grid, in a table that repeats itself east and south: a slot may hold what
/// is in cells that are far apart.
#[derive(Clone, Copy, Debug)]
struct Cells {
    bits: u32,
    columns: u32,
    rows: u32,
}

impl Cells {
    /// About as many slots as there are entries.
    fn new(bits: u32, entries: usize) -> Self {
        let slots = usize::BITS - entries.max(16).leading_zeros();
        Self { bits, columns: slots.div_ceil(2), rows: slots / 2 }
    }

    fn len(self) -> usize {
        1 << (self.columns + self.rows)
    }

    fn slot(self, column: i32, row: i32) -> u32 {
        let column = column as u32 & ((1 << self.columns) - 1);
        let row = row as u32 & ((1 << self.rows) - 1);
        row << self.columns | column
    }

    fn of(self, point: [i32; 2]) -> u32 {
        self.slot(point[0] >> self.bits, point[1] >> self.bits)
    }

    /// The slots of the cells with pixels that the edge from `a` to `b`, in pixels, passes through;
    /// some more, and some twice.
    fn along(self, a: [f64; 2], b: [f64; 2], mut visit: impl FnMut(u32)) {
        let cell = |v: f64| (v as i32) >> self.bits;
        let low = [0, 1].map(|axis| (a[axis].min(b[axis]) - 0.5).floor());
        let high = [0, 1].map(|axis| (a[axis].max(b[axis]) + 0.5).ceil());
        let ([west, north], [east, south]) = (low.map(cell), high.map(cell));
        let is_small = west == east || north == south;
        let slope = (b[1] - a[1]) / (b[0] - a[0]);
        for column in west..=east {
            let (mut first, mut last) = (north, south);
            if !is_small {
                // Where it comes in and goes out, with a pixel to spare.
                let from = f64::from(column << self.bits) - 1.0;
                let to = from + f64::from(1 << self.bits) + 2.0;
                let row = |x: f64| a[1] + (x - a[0]) * slope;
                let (from, to) = (row(from), row(to));
                if from.is_finite() && to.is_finite() {
                    first = first.max(cell(from.min(to).floor() - 1.0));
                    last = last.min(cell(from.max(to).ceil() + 1.0));
                }
            }
            for row in first..=last {
                visit(self.slot(column, row));
            }
        }
    }
}

/// The pixels that lines are bent to, each once, by the slots of their cells.
#[derive(Debug)]
struct Pixels {
    cells: Cells,
    points: Vec<[i32; 2]>,
    /// Where each slot starts in `points`; one more than there are slots.
    starts: Vec<u32>,
}

impl Pixels {
    fn of(hot: &[[i32; 2]], cell_bits: u32) -> Self {
        let cells = Cells::new(cell_bits, hot.len());
        let (mut points, mut starts) =
            by_slot(cells, hot.iter().map(|&point| (cells.of(point), point)));
        // Each once.
        let (mut kept, mut start) = (0, 0);
        for slot in 0..cells.len() {
            let end = starts[slot + 1] as usize;
            points[start..end].sort_unstable();
            let first = kept;
            for at in start..end {
                if kept == first || points[kept - 1] != points[at] {
                    points[kept] = points[at];
                    kept += 1;
                }
            }
            start = end;
            starts[slot + 1] = kept as u32;
        }
        points.truncate(kept);
        Self { cells, points, starts }
    }

    /// Puts the pixels that an edge passes through behind `path`, in order: each as its number,
    /// behind what it is ordered by.
    fn along(&self, grid: Grid, edge: [[i32; 2]; 2], path: &mut Vec<(i64, u32)>) {
        let size = f64::from(1u32 << grid.shift);
        let [a, b] = edge.map(|end| end.map(|v| f64::from(v) / size));
        // Both axes run one way along the edge, and a step is one on either of them.
        let way = [0, 1].map(|axis| (i64::from(edge[1][axis]) - i64::from(edge[0][axis])).signum());
        self.cells.along(a, b, |slot| {
            let [start, end] = [0, 1].map(|i| self.starts[slot as usize + i]);
            for number in start..end {
                let pixel = self.points[number as usize];
                if grid.meets(edge, pixel) {
                    let along = way[0] * i64::from(pixel[0]) + way[1] * i64::from(pixel[1]);
                    path.push((along, number));
                }
            }
        });
        path.sort_unstable();
        path.dedup();
    }
}

/// Sorts entries by slot; where each slot starts, and where the last one ends.
fn by_slot<T: Copy + Default>(
    cells: Cells,
    entries: impl Iterator<Item = (u32, T)> + Clone,
) -> (Vec<T>, Vec<u32>) {
    let mut starts = vec![0u32; cells.len() + 1];
    let mut count = 0;
    for (slot, _) in entries.clone() {
        starts[slot as usize + 1] += 1;
        count += 1;
    }
    for slot in 0..cells.len() {
        starts[slot + 1] += starts[slot];
    }
    let mut sorted = vec![T::default(); count];
    let mut next = starts.clone();
    for (slot, entry) in entries {
        let at = &mut next[slot as usize];
        sorted[*at as usize] = entry;
        *at += 1;
    }
    (sorted, starts)
}

/// Lines by the numbers of the pixels that they pass through.
#[derive(Debug, Default)]
struct Bent {
    numbers: Vec<u32>,
    /// Where the edge begins that each pixel was found on, and that goes on from there.
    edges: Vec<u32>,
    ends: Vec<u32>,
}

impl Bent {
    fn of(lines: Lines<'_>, grid: Grid, pixels: &Pixels) -> Self {
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

    fn add(
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
            self.edges.push(self.edges[start]);
        }
        self.ends.push(self.numbers.len() as u32);
    }

    /// Pairs of edges of the lines as they were, that cross as they are now.
    fn crossings(&self, pixels: &Pixels) -> Vec<[u32; 2]> {
        let mut is_last = vec![false; self.numbers.len()];
        for &end in &self.ends {
            if let Some(last) = (end as usize).checked_sub(1) {
                is_last[last] = true;
            }
        }
        let point = |at: u32| pixels.points[self.numbers[at as usize] as usize];
        let edge = |at: u32| [point(at), point(at + 1)];
        let cells = Cells::new(pixels.cells.bits, self.numbers.len() * 2);
        let entries: Vec<Vec<(u32, u32)>> = (0..self.numbers.len())
            .into_par_iter()
            .step_by(BATCH)
            .map(|start| {
                let mut entries = Vec::with_capacity(BATCH * 3);
                for at in start..(start + BATCH).min(self.numbers.len()) {
                    if !is_last[at] {
                        let [a, b] = edge(at as u32).map(|v| v.map(f64::from));
                        let before = entries.len();
                        cells.along(a, b, |slot| {
                            // A slot that comes twice comes twice in a row, mostly.
                            if entries[before..].last() != Some(&(slot, at as u32)) {
                                entries.push((slot, at as u32));
                            }
                        });
                    }
                }
                entries
            })
            .collect();
        let (sorted, starts) = by_slot(cells, entries.iter().flatten().copied());
        let mut found: Vec<[u32; 2]> = (0..cells.len())
            .into_par_iter()
            .with_min_len(1024)
            .flat_map_iter(|slot| {
                let inside = &sorted[starts[slot] as usize..starts[slot + 1] as usize];
                let pairs = inside.iter().enumerate();
                pairs.flat_map(|(i, &one)| inside[i + 1..].iter().map(move |&other| [one, other]))
            })
            .filter(|&[one, other]| cross(edge(one), edge(other)))
            .map(|pair| pair.map(|at| self.edges[at as usize]))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The lines without what goes there and back, and without vertices on the way that no other
    /// line has and that are on no line that is cut along.
    fn tidy(mut self, lines: Lines<'_>, pixels: &Pixels, cuts: CutLines) -> GridArcs {
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
    fn single(&self, lines: Lines<'_>, pixels: &Pixels) -> Vec<bool> {
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

/// Twice the area of a triangle, and which way it runs. Pixels are fewer than 2³⁰ a side.
fn turn(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> i64 {
    let [abx, aby] = [0, 1].map(|axis| i64::from(b[axis]) - i64::from(a[axis]));
    let [acx, acy] = [0, 1].map(|axis| i64::from(c[axis]) - i64::from(a[axis]));
    abx * acy - aby * acx
}

/// Whether two edges cross in a point inside both.
fn cross([a, b]: [[i32; 2]; 2], [c, d]: [[i32; 2]; 2]) -> bool {
    let apart = |axis: usize| {
        a[axis].max(b[axis]) < c[axis].min(d[axis]) || c[axis].max(d[axis]) < a[axis].min(b[axis])
    };
    !apart(0)
        && !apart(1)
        && turn(a, b, c).signum() * turn(a, b, d).signum() < 0
        && turn(c, d, a).signum() * turn(c, d, b).signum() < 0
}

#[cfg(test)]
mod tests;
