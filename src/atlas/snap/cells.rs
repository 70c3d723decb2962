//! Where pixels are, to find those near an edge.

use super::grid::Grid;

/// Square cells of the grid, in a table that repeats itself east and south: a slot may hold what
/// is in cells that are far apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells {
    pub(super) bits: u32,
    columns: u32,
    rows: u32,
}

impl Cells {
    /// About as many slots as there are entries.
    pub(super) fn new(bits: u32, entries: usize) -> Self {
        let slots = usize::BITS - entries.max(16).leading_zeros();
        Self { bits, columns: slots.div_ceil(2), rows: slots / 2 }
    }

    pub(super) fn len(self) -> usize {
        1 << (self.columns + self.rows)
    }

    pub(super) fn slot(self, column: i32, row: i32) -> u32 {
        let column = column as u32 & ((1 << self.columns) - 1);
        let row = row as u32 & ((1 << self.rows) - 1);
        row << self.columns | column
    }

    pub(super) fn of(self, point: [i32; 2]) -> u32 {
        self.slot(point[0] >> self.bits, point[1] >> self.bits)
    }

    /// The slots of the cells with pixels that the edge from `a` to `b`, in pixels, passes through;
    /// some more, and some twice.
    pub(super) fn along(self, a: [f64; 2], b: [f64; 2], mut visit: impl FnMut(u32)) {
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
pub(super) struct Pixels {
    pub(super) cells: Cells,
    pub(super) points: Vec<[i32; 2]>,
    /// Where each slot starts in `points`; one more than there are slots.
    starts: Vec<u32>,
}

impl Pixels {
    pub(super) fn of(hot: &[[i32; 2]], cell_bits: u32) -> Self {
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
    pub(super) fn along(&self, grid: Grid, edge: [[i32; 2]; 2], path: &mut Vec<(i64, u32)>) {
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
pub(super) fn by_slot<T: Copy + Default>(
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
