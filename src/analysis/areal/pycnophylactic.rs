//! Counts spread smoothly over a grid (Tobler 1979).

use crate::analysis::AnalysisError;

/// Cells in rows, each in a zone or in none.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// How many cells a row has.
    pub width: usize,
    /// The zone of each cell, row by row: a place in the list of totals; `None` beyond all zones.
    pub zones: &'a [Option<u32>],
}

impl Grid<'_> {
    /// The mean of the four cells beside a cell; one beyond the grid or its zones counts as the cell
    /// itself, so that nothing flows out at the edge.
    fn smooth(&self, values: &[f64], at: usize) -> f64 {
        let column = at % self.width;
        let beside = [
            (column > 0).then(|| at - 1),
            (column + 1 < self.width).then_some(at + 1),
            at.checked_sub(self.width),
            Some(at + self.width),
        ];
        let value = |cell: Option<usize>| match cell {
            Some(cell) if self.zones.get(cell).is_some_and(Option::is_some) => values[cell],
            _ => values[at],
        };
        beside.into_iter().map(value).sum::<f64>() / 4.0
    }

    fn sums(&self, values: &[f64], count: usize) -> Vec<f64> {
        let mut sums = vec![0.0; count];
        for (value, zone) in values.iter().zip(self.zones) {
            if let Some(zone) = zone {
                sums[*zone as usize] += value;
            }
        }
        sums
    }
}

/// Spreads the count of every zone over its cells, so that neighbouring cells are as much alike as
/// they can be, none is below zero, and every zone keeps its total. Each of the `iterations`
/// smooths, moves every cell of a zone by as much as its total is off, cuts at zero and scales.
/// Cells beyond all zones have 0. Cost: linear in the cells, for each iteration.
///
/// # Errors
/// When the cells make no whole rows, a zone has no total, or a total is missing or below zero.
pub fn pycnophylactic(
    grid: &Grid<'_>,
    totals: &[f64],
    iterations: u32,
) -> Result<Vec<f64>, AnalysisError> {
    let count = grid.zones.len();
    let whole = count.checked_next_multiple_of(grid.width).unwrap_or(0);
    if whole != count {
        return Err(AnalysisError::Length { what: "the last row", got: count, expected: whole });
    }
    if let Some(zone) = grid.zones.iter().flatten().find(|&&zone| zone as usize >= totals.len()) {
        let expected = *zone as usize + 1;
        return Err(AnalysisError::Length { what: "totals", got: totals.len(), expected });
    }
    let is_wrong = |total: &f64| !total.is_finite() || *total < 0.0;
    if let Some(unit) = totals.iter().position(is_wrong) {
        return Err(AnalysisError::Negative { what: "the total", unit, value: totals[unit] });
    }
    let cells = grid.sums(&vec![1.0; count], totals.len());
    let spread = |zone: u32| totals[zone as usize] / cells[zone as usize];
    let mut values: Vec<f64> = grid.zones.iter().map(|zone| zone.map_or(0.0, spread)).collect();
    for _ in 0..iterations {
        let smooth = |at: usize| grid.zones[at].map_or(0.0, |_| grid.smooth(&values, at));
        let mut next: Vec<f64> = (0..count).map(smooth).collect();
        let sums = grid.sums(&next, totals.len());
        let each = |values: &mut [f64], change: &dyn Fn(f64, usize) -> f64| {
            for (value, zone) in values.iter_mut().zip(grid.zones) {
                if let Some(zone) = zone {
                    *value = change(*value, *zone as usize);
                }
            }
        };
        each(&mut next, &|value, zone| {
            (value + (totals[zone] - sums[zone]) / cells[zone]).max(0.0)
        });
        let sums = grid.sums(&next, totals.len());
        each(&mut next, &|value, zone| {
            if sums[zone] > 0.0 { value * totals[zone] / sums[zone] } else { 0.0 }
        });
        values = next;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_is_refused() {
        let zones = [Some(0), Some(1), None];
        let grid = |width| Grid { width, zones: &zones };
        assert!(matches!(
            pycnophylactic(&grid(2), &[1.0, 1.0], 1),
            Err(AnalysisError::Length { got: 3, expected: 4, .. })
        ));
        assert!(pycnophylactic(&grid(0), &[1.0, 1.0], 1).is_err());
        assert!(pycnophylactic(&grid(3), &[1.0], 1).is_err());
        assert!(pycnophylactic(&grid(3), &[1.0, -1.0], 1).is_err());
        assert!(pycnophylactic(&grid(3), &[1.0, f64::NAN], 1).is_err());
        assert_eq!(pycnophylactic(&grid(3), &[4.0, 0.0], 9), Ok(vec![4.0, 0.0, 0.0]));
    }

    proptest! {
        #[test]
        fn every_zone_keeps_its_total(
            zones in prop::collection::vec(prop::option::weighted(0.9, 0u32..5), 48),
            totals in prop::collection::vec(0.0..1000.0f64, 5),
        ) {
            let grid = Grid { width: 8, zones: &zones };
            let spread = pycnophylactic(&grid, &totals, 20).expect("sound");
            let sums = grid.sums(&spread, 5);
            for (zone, (sum, total)) in sums.iter().zip(&totals).enumerate() {
                if zones.contains(&Some(zone as u32)) {
                    prop_assert!((sum - total).abs() <= 1e-9 * total.max(1.0));
                }
            }
            prop_assert!(spread.iter().all(|value| *value >= 0.0));
        }
    }
}
