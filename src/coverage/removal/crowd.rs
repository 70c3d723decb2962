//! Which vertices are near a triangle.

use crate::coverage::exact::Point;

use super::STAYS;

/// Vertices in a cell, on average, when the cells are made.
const VERTICES_PER_CELL: f64 = 2.0;

/// The vertices that are there, in square cells.
pub(super) struct Crowd {
    origin: Point,
    cells_per_mm: f64,
    size: [usize; 2],
    starts: Vec<u32>,
    entries: Vec<(Point, u32)>,
    /// How many of the entries are gone.
    gone: usize,
}

impl Crowd {
    pub(super) fn of(vertices: &[Point], steps: &[u8]) -> Self {
        let there = || (0u32..).zip(vertices).filter(|(i, _)| steps[*i as usize] == STAYS);
        let count = there().count();
        let bound = |axis: usize, pick: fn(i32, i32) -> i32| {
            there().map(|(_, p)| p[axis]).reduce(pick).unwrap_or(0)
        };
        let origin = [bound(0, i32::min), bound(1, i32::min)];
        let width = [0, 1].map(|i| f64::from(bound(i, i32::max)) - f64::from(origin[i]) + 1.0);
        let cells = (count as f64 / VERTICES_PER_CELL).max(1.0);
        // Not more cells than that along either side, also where the extent is long and narrow.
        let cells_per_mm =
            (cells / (width[0] * width[1])).sqrt().min(cells / width[0].max(width[1]));
        let size = width.map(|width| (width * cells_per_mm) as usize + 1);
        let mut crowd =
            Self { origin, cells_per_mm, size, starts: Vec::new(), entries: Vec::new(), gone: 0 };
        let mut starts = vec![0u32; size[0] * size[1] + 2];
        for (_, &p) in there() {
            starts[crowd.cell(p) + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut entries = vec![([0; 2], 0); count];
        for (i, &p) in there() {
            let place = &mut starts[crowd.cell(p) + 1];
            entries[*place as usize] = (p, i);
            *place += 1;
        }
        (crowd.starts, crowd.entries) = (starts, entries);
        crowd
    }

    /// Counts those that went, and makes the cells anew where they were a third of all.
    pub(super) fn thin(&mut self, removed: usize, vertices: &[Point], steps: &[u8]) {
        self.gone += removed;
        if self.gone * 3 > self.entries.len() {
            *self = Self::of(vertices, steps);
        }
    }

    /// The column (0) or row (1) of a coordinate within the extent, or the nearest.
    fn index(&self, axis: usize, v: i32) -> usize {
        let from = f64::from(v) - f64::from(self.origin[axis]);
        ((from * self.cells_per_mm) as usize).min(self.size[axis] - 1)
    }

    fn cell(&self, p: Point) -> usize {
        self.index(1, p[1]) * self.size[0] + self.index(0, p[0])
    }

    /// Whether any vertex in the box around a triangle is as asked.
    pub(super) fn any_near(
        &self,
        [a, b, c]: [Point; 3],
        mut is_wanted: impl FnMut(Point, usize) -> bool,
    ) -> bool {
        let low = [0, 1].map(|i| a[i].min(b[i]).min(c[i]));
        let high = [0, 1].map(|i| a[i].max(b[i]).max(c[i]));
        let [left, bottom] = [0, 1].map(|i| self.index(i, low[i]));
        let [right, top] = [0, 1].map(|i| self.index(i, high[i]));
        (bottom..=top).any(|row| {
            let row = row * self.size[0];
            let (from, to) = (self.starts[row + left], self.starts[row + right + 1]);
            self.entries[from as usize..to as usize].iter().any(|&(p, vertex)| {
                p[0] >= low[0]
                    && p[0] <= high[0]
                    && p[1] >= low[1]
                    && p[1] <= high[1]
                    && is_wanted(p, vertex as usize)
            })
        })
    }
}
