//! A raster over a level that says which areas a point can be in.

use rayon::prelude::*;
use robust::Coord;

use super::bands::Bands;
use crate::coverage::shape::BBox;

/// Cells for an area, on average: finer answers more points at once and takes longer to make.
const CELLS_PER_AREA: usize = 64;
/// At most so many cells.
const MAX_CELLS: usize = 1 << 22;
/// At most so many cells in the boxes of all areas together, which is what making it costs.
const MAX_VISITS: usize = 1 << 24;
/// Edges are widened by this when cells are marked, millimetres: far beyond the rounding of the
/// doubles that it is reckoned with.
const MARGIN: f64 = 1.0;

/// An area that a point of a cell can be in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate(u32);

impl Candidate {
    fn new(ordinal: u32, covers: bool) -> Self {
        Self(ordinal << 1 | u32::from(covers))
    }

    pub(super) fn ordinal(self) -> u32 {
        self.0 >> 1
    }

    /// Whether the area covers the whole cell.
    pub(super) fn covers(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Square cells, each with the areas that cover it or have a border in it.
///
/// A cell that no edge comes near is wholly inside or outside a shape, so the middle of a stretch
/// of such cells answers for all of them.
#[derive(Debug)]
pub(super) struct Raster {
    origin: [f64; 2],
    size: [usize; 2],
    cells_per_mm: f64,
    /// Where the candidates of each cell start, and where the last one's end; row by row.
    starts: Box<[u32]>,
    candidates: Box<[Candidate]>,
}

impl Raster {
    pub(super) fn new(bands: &[Bands]) -> Self {
        let mut raster = Self::layout(bands);
        let marks: Vec<Vec<(u32, Candidate)>> = bands
            .par_iter()
            .zip(0u32..u32::MAX)
            .with_min_len(64)
            .map(|(bands, ordinal)| raster.mark(bands, ordinal))
            .collect();
        let cells = raster.size[0] * raster.size[1];
        let mut starts = vec![0u32; cells + 2];
        for &(cell, _) in marks.iter().flatten() {
            starts[cell as usize + 2] += 1;
        }
        for cell in 2..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        // In the order of the ordinals, so that the lowest comes first in every cell.
        let mut candidates = vec![Candidate(0); starts.last().map_or(0, |&n| n as usize)];
        for &(cell, candidate) in marks.iter().flatten() {
            let place = &mut starts[cell as usize + 1];
            candidates[*place as usize] = candidate;
            *place += 1;
        }
        starts.pop();
        raster.starts = starts.into_boxed_slice();
        raster.candidates = candidates.into_boxed_slice();
        raster
    }

    /// Extent and size of the cells.
    fn layout(bands: &[Bands]) -> Self {
        let boxes = || bands.iter().filter_map(Bands::bbox);
        let nothing = Self {
            origin: [0.0; 2],
            size: [0; 2],
            cells_per_mm: 0.0,
            starts: [0].into(),
            candidates: [].into(),
        };
        let Some(extent) = boxes().reduce(BBox::union) else { return nothing };
        let width = [0, 1].map(|i| f64::from(extent.max[i]) - f64::from(extent.min[i]) + 1.0);
        let wanted = (bands.len().saturating_mul(CELLS_PER_AREA)).min(MAX_CELLS) as f64;
        let longest = width[0].max(width[1]);
        let mut raster = Self { origin: extent.min.map(f64::from), ..nothing };
        // No finer than asked for, also where the extent is long and narrow.
        raster.cells_per_mm = (wanted / (width[0] * width[1])).sqrt().min(wanted / longest);
        loop {
            raster.size = [0, 1].map(|i| (width[i] * raster.cells_per_mm) as usize + 1);
            let visits: usize = boxes()
                .map(|b| {
                    let [w, h] = [0, 1].map(|i| {
                        raster.index(i, f64::from(b.max[i])) - raster.index(i, f64::from(b.min[i]))
                            + 1
                    });
                    w * h
                })
                .fold(0, usize::saturating_add);
            if visits <= MAX_VISITS || raster.size == [1, 1] {
                return raster;
            }
            raster.cells_per_mm /= 2.0;
        }
    }

    /// The column (0) or row (1) of a coordinate; 0 or the last where it is beyond the extent.
    fn index(&self, axis: usize, v: f64) -> usize {
        (((v - self.origin[axis]) * self.cells_per_mm) as usize).min(self.size[axis] - 1)
    }

    /// The cells that a shape covers or has a border in, with the shape as their candidate.
    fn mark(&self, bands: &Bands, ordinal: u32) -> Vec<(u32, Candidate)> {
        let Some(bbox) = bands.bbox() else { return Vec::new() };
        let [left, bottom] = [0, 1].map(|i| self.index(i, f64::from(bbox.min[i]) - MARGIN));
        let [right, top] = [0, 1].map(|i| self.index(i, f64::from(bbox.max[i]) + MARGIN));
        let width = right - left + 1;
        let mut bordered = vec![false; width * (top - bottom + 1)];
        for edge in bands.edges() {
            let ([ax, ay], [bx, by]) = (edge.low.map(f64::from), edge.high.map(f64::from));
            let (low, high) = (self.index(1, ay - MARGIN), self.index(1, by + MARGIN));
            let slope = (bx - ax) / (by - ay);
            for row in low..=high {
                // The stretch of the edge within the row's heights; all of it where it is level.
                let (mut x0, mut x1) = (ax, bx);
                if low < high && ay < by {
                    let at = |y: f64| ax + (y.clamp(ay, by) - ay) * slope;
                    x0 = at(self.row_height(row) - MARGIN);
                    x1 = at(self.row_height(row + 1) + MARGIN);
                }
                let first = self.index(0, x0.min(x1) - MARGIN);
                let last = self.index(0, x0.max(x1) + MARGIN);
                let start = (row - bottom) * width;
                bordered[start + first - left..=start + last - left].fill(true);
            }
        }
        let mut marks = Vec::new();
        for (row, cells) in (bottom..).zip(bordered.chunks_exact(width)) {
            let mut stretch_inside = None;
            for (column, &is_border) in (left..).zip(cells) {
                let cell = (row * self.size[0] + column) as u32;
                if is_border {
                    stretch_inside = None;
                    marks.push((cell, Candidate::new(ordinal, false)));
                    continue;
                }
                let inside =
                    *stretch_inside.get_or_insert_with(|| bands.holds(self.middle(column, row)));
                if inside {
                    marks.push((cell, Candidate::new(ordinal, true)));
                }
            }
        }
        marks
    }

    /// The height at which a row starts, millimetres.
    fn row_height(&self, row: usize) -> f64 {
        self.origin[1] + row as f64 / self.cells_per_mm
    }

    fn middle(&self, column: usize, row: usize) -> Coord<f64> {
        Coord {
            x: self.origin[0] + (column as f64 + 0.5) / self.cells_per_mm,
            y: self.origin[1] + (row as f64 + 0.5) / self.cells_per_mm,
        }
    }

    /// The areas that a point, millimetres, can be in, ascending.
    pub(super) fn candidates(&self, p: Coord<f64>) -> &[Candidate] {
        let column = (p.x - self.origin[0]) * self.cells_per_mm;
        let row = (p.y - self.origin[1]) * self.cells_per_mm;
        // Written so that NaN is outside, too.
        if !(column >= 0.0 && row >= 0.0) {
            return &[];
        }
        let (column, row) = (column as usize, row as usize);
        if column >= self.size[0] || row >= self.size[1] {
            return &[];
        }
        let cell = row * self.size[0] + column;
        &self.candidates[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// The size of the raster, for measurements.
    #[cfg(test)]
    pub(super) fn describe(&self) -> String {
        let [columns, rows] = self.size;
        let whole = (0..columns * rows).filter(|&cell| {
            let (start, end) = (self.starts[cell] as usize, self.starts[cell + 1] as usize);
            self.candidates[start..end].first().is_none_or(|first| first.covers())
        });
        format!(
            "{columns} × {rows} cells of {:.0} m, {} answered at once, {} candidates",
            1e-3 / self.cells_per_mm,
            whole.count(),
            self.candidates.len()
        )
    }
}
