//! Rows and columns of square cells.

use crate::coverage::exact::Point;

/// Further than the rounding of the doubles that edges are followed with, millimetres.
const MARGIN: f64 = 1.0;

/// Square cells of 2^`shift` millimetres, row by row from the south-west.
///
/// A cell is reckoned with its border, so that an edge or a corner on a border belongs to the cells
/// on both sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// The south-western corner of the first cell, millimetres.
    pub(super) origin: [i64; 2],
    pub(super) shift: u32,
    /// Columns and rows.
    pub(super) size: [i64; 2],
}

impl Layout {
    /// Cells over an extent, at most `most` of them and no smaller than asked for by it; the first
    /// column and row begin a millimetre before the extent.
    pub(super) fn over(min: Point, max: Point, most: usize) -> Self {
        let origin = min.map(|v| i64::from(v) - 1);
        let width = [0, 1].map(|i| i64::from(max[i]) - origin[i]);
        let size = |shift: u32| width.map(|width| (width >> shift) + 1);
        let fits = |shift: &u32| {
            let [columns, rows] = size(*shift);
            columns.saturating_mul(rows) <= most.max(1) as i64
        };
        // One cell of 2^32 mm holds any extent.
        let shift = (0..32).find(fits).unwrap_or(32);
        Self { origin, shift, size: size(shift) }
    }

    /// The cells of one cell that is cut 2^`parts` times along each side.
    pub(super) fn within(corner: [i64; 2], shift: u32, parts: u32) -> Self {
        Self { origin: corner, shift: shift - parts, size: [1 << parts; 2] }
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        (self.size[0] * self.size[1]) as usize
    }

    /// The south-western corner of a cell, millimetres.
    pub(super) fn corner(&self, column: i64, row: i64) -> [i64; 2] {
        [self.origin[0] + (column << self.shift), self.origin[1] + (row << self.shift)]
    }

    /// Names every cell that an edge touches, and perhaps some that it passes within a millimetre.
    pub(super) fn visit(&self, a: Point, b: Point, mut visit: impl FnMut(usize)) {
        let [a, b] = [a, b].map(|p| [0, 1].map(|i| i64::from(p[i]) - self.origin[i]));
        let (low, high) = if a[1] <= b[1] { (a, b) } else { (b, a) };
        let (west, east) = (a[0].min(b[0]), a[0].max(b[0]));
        let columns = [(west - 1) >> self.shift, east >> self.shift];
        let rows = [(low[1] - 1) >> self.shift, high[1] >> self.shift];
        let within = |[from, to]: [i64; 2], axis: usize| from.max(0)..=to.min(self.size[axis] - 1);
        let is_straight =
            columns[0] == columns[1] || rows[0] == rows[1] || low[1] == high[1] || west == east;
        let slope = (high[0] - low[0]) as f64 / (high[1] - low[1]) as f64;
        for row in within(rows, 1) {
            let mut columns = columns;
            if !is_straight {
                let at = |row: i64| {
                    let y = (row << self.shift).clamp(low[1], high[1]);
                    low[0] as f64 + (y - low[1]) as f64 * slope
                };
                let (x0, x1) = (at(row), at(row + 1));
                columns[0] = columns[0].max((x0.min(x1) - MARGIN) as i64 >> self.shift);
                columns[1] = columns[1].min((x0.max(x1) + MARGIN) as i64 >> self.shift);
            }
            for column in within(columns, 0) {
                visit((row * self.size[0] + column) as usize);
            }
        }
    }
}
