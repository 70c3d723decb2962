//! Points in square cells: what lies near a point without looking at all others.

use super::AnalysisError;

/// Coordinates beyond this are no metres of RD.
const MOST: f64 = 1e9;

/// Points by the cell that they lie in.
#[derive(Debug)]
pub(super) struct Cells<'a> {
    points: &'a [[f64; 2]],
    origin: [f64; 2],
    size: f64,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    units: Vec<u32>,
}

impl<'a> Cells<'a> {
    /// Cells of about `size` metres, wider where that would be more than four a point. A point
    /// that is not finite lies in none. Linear.
    ///
    /// # Errors
    /// When a coordinate is beyond a million kilometres.
    pub(super) fn new(points: &'a [[f64; 2]], size: f64) -> Result<Self, AnalysisError> {
        let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in points.iter().filter(|point| is_place(point)) {
            for axis in 0..2 {
                if point[axis].abs() > MOST {
                    return Err(AnalysisError::Parameter {
                        what: "a coordinate",
                        got: point[axis],
                        allowed: "metres of RD",
                    });
                }
                least[axis] = least[axis].min(point[axis]);
                most[axis] = most[axis].max(point[axis]);
            }
        }
        let span = [0, 1].map(|axis| (most[axis] - least[axis]).max(0.0));
        let mut size = if size > 0.0 { size } else { 1.0 };
        let along = |span: f64, size: f64| (span / size).floor() + 1.0;
        let allowed = 4.0 * points.len() as f64 + 16.0;
        while along(span[0], size) * along(span[1], size) > allowed {
            size *= 2.0;
        }
        let (columns, rows) = (along(span[0], size) as usize, along(span[1], size) as usize);
        let mut cells = Self {
            points,
            origin: least,
            size,
            columns,
            rows,
            starts: vec![0; columns * rows + 1],
            units: Vec::new(),
        };
        cells.fill();
        Ok(cells)
    }

    fn fill(&mut self) {
        let cells: Vec<Option<usize>> = self
            .points
            .iter()
            .map(|point| {
                is_place(point)
                    .then(|| self.along(point[1], 1) * self.columns + self.along(point[0], 0))
            })
            .collect();
        for cell in cells.iter().flatten() {
            self.starts[cell + 1] += 1;
        }
        for cell in 1..self.starts.len() {
            self.starts[cell] += self.starts[cell - 1];
        }
        let mut next = self.starts.clone();
        self.units = vec![0; next.last().copied().unwrap_or(0) as usize];
        for (unit, cell) in cells.iter().enumerate() {
            if let Some(cell) = *cell {
                self.units[next[cell] as usize] = unit as u32;
                next[cell] += 1;
            }
        }
    }

    /// The column or row of a coordinate, the nearest one where it lies beyond them.
    fn along(&self, coordinate: f64, axis: usize) -> usize {
        let last = [self.columns, self.rows][axis] - 1;
        // A cast of a negative number is 0.
        (((coordinate - self.origin[axis]) / self.size) as usize).min(last)
    }

    /// Calls `visit` with the units at most `radius` metres from a place and their squared
    /// distance, always in the same order.
    pub(super) fn within(&self, at: [f64; 2], radius: f64, mut visit: impl FnMut(usize, f64)) {
        let limit = radius * radius;
        let columns = self.along(at[0] - radius, 0)..=self.along(at[0] + radius, 0);
        for row in self.along(at[1] - radius, 1)..=self.along(at[1] + radius, 1) {
            let first = self.starts[row * self.columns + columns.start()] as usize;
            let end = self.starts[row * self.columns + columns.end() + 1] as usize;
            for &unit in &self.units[first..end] {
                let [x, y] = self.points[unit as usize];
                let squared = (x - at[0]).powi(2) + (y - at[1]).powi(2);
                if squared <= limit {
                    visit(unit as usize, squared);
                }
            }
        }
    }

    /// How far apart two of the points are at most.
    pub(super) fn reach(&self) -> f64 {
        self.size * ((self.columns * self.columns + self.rows * self.rows) as f64).sqrt()
    }

    /// How wide a cell is.
    pub(super) fn size(&self) -> f64 {
        self.size
    }
}

/// Whether both coordinates are numbers.
pub(super) fn is_place(point: &[f64; 2]) -> bool {
    point.iter().all(|coordinate| coordinate.is_finite())
}
