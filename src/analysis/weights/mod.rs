//! Which units count as neighbours, and how much.

mod contiguity;
mod distance;

use super::AnalysisError;

/// What is done to weights before a statistic uses them, after units without figures have left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transform {
    /// Every neighbour weighs 1.
    Binary,
    /// The weights as they are: border lengths in metres, for one.
    Raw,
    /// The weights of a unit's neighbours add up to 1, so that a lag is a mean.
    #[default]
    RowStandardised,
}

/// Weights between units, sparse: of each unit its neighbours in ascending order with a weight
/// above zero. No unit is its own neighbour. Contiguity is symmetric; the nearest are not.
///
/// Units without a neighbour (*islands*) keep a row of zeros: none is attached to the nearest
/// land, and [`Weights::islands`] lists them. Make weights of all units of a coverage, those
/// without figures too, and let the statistic drop those that lack a figure: otherwise every unit
/// beside a gap looks like an island.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    starts: Vec<u32>,
    columns: Vec<u32>,
    values: Vec<f64>,
}

/// The sums that the moments of spatial statistics are made of (Cliff and Ord 1981).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sums {
    /// All weights.
    pub(super) s0: f64,
    /// ½ Σ (wᵢⱼ + wⱼᵢ)².
    pub(super) s1: f64,
    /// Σᵢ (row i + column i)².
    pub(super) s2: f64,
}

impl Weights {
    /// Weights from a list of neighbours a unit, in any order.
    ///
    /// # Errors
    /// When a neighbour is no unit or the unit itself, is listed twice, or its weight is not a
    /// finite number above zero.
    pub fn new(rows: Vec<Vec<(u32, f64)>>) -> Result<Self, AnalysisError> {
        let units = rows.len();
        let parameter = |what, got, allowed| Err(AnalysisError::Parameter { what, got, allowed });
        let mut checked = Vec::with_capacity(units);
        for (unit, mut row) in rows.into_iter().enumerate() {
            row.sort_unstable_by_key(|entry| entry.0);
            for &(neighbour, weight) in &row {
                if neighbour as usize >= units || neighbour as usize == unit {
                    return parameter("a neighbour", f64::from(neighbour), "another unit");
                }
                if !(weight.is_finite() && weight > 0.0) {
                    return parameter("a weight", weight, "a finite number above zero");
                }
            }
            if let Some(twice) = row.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                return parameter("a neighbour", f64::from(twice[0].0), "listed once");
            }
            checked.push(row);
        }
        Ok(Self::of_rows(checked))
    }

    /// Weights from rows that are known to be in order.
    fn of_rows(rows: impl IntoIterator<Item = impl IntoIterator<Item = (u32, f64)>>) -> Self {
        let mut weights = Self { starts: vec![0], ..Self::default() };
        for row in rows {
            for (column, value) in row {
                weights.columns.push(column);
                weights.values.push(value);
            }
            weights.starts.push(weights.columns.len() as u32);
        }
        weights
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many links there are, each way counted by itself.
    pub fn links(&self) -> usize {
        self.columns.len()
    }

    /// The neighbours of a unit, ascending; none of what is no unit.
    pub fn neighbours(&self, unit: usize) -> &[u32] {
        self.range(unit).map_or(&[], |range| &self.columns[range])
    }

    /// The weights of [`Weights::neighbours`], in their order.
    pub fn values(&self, unit: usize) -> &[f64] {
        self.range(unit).map_or(&[], |range| &self.values[range])
    }

    fn range(&self, unit: usize) -> Option<std::ops::Range<usize>> {
        Some(*self.starts.get(unit)? as usize..*self.starts.get(unit + 1)? as usize)
    }

    /// Neighbours with their weights.
    pub(super) fn row(&self, unit: usize) -> impl ExactSizeIterator<Item = (u32, f64)> + '_ {
        self.neighbours(unit).iter().copied().zip(self.values(unit).iter().copied())
    }

    /// The units without a neighbour, ascending.
    pub fn islands(&self) -> Vec<u32> {
        let is_island = |pair: &[u32]| pair[0] == pair[1];
        let pairs = self.starts.windows(2).enumerate();
        pairs.filter(|(_, pair)| is_island(pair)).map(|(unit, _)| unit as u32).collect()
    }

    /// The weights among the units that are kept, numbered anew in the same order; links to the
    /// others go. Linear.
    ///
    /// # Errors
    /// When `keep` has not one entry a unit.
    pub fn keep(&self, keep: &[bool]) -> Result<Self, AnalysisError> {
        AnalysisError::check_length("the units to keep", keep.len(), self.len())?;
        if keep.iter().all(|keep| *keep) {
            return Ok(self.clone());
        }
        let mut next = 0;
        let numbers: Vec<Option<u32>> = keep
            .iter()
            .map(|keep| {
                let number = keep.then_some(next);
                next += u32::from(*keep);
                number
            })
            .collect();
        let kept = keep.iter().enumerate().filter(|(_, keep)| **keep);
        Ok(Self::of_rows(kept.map(|(unit, _)| {
            self.row(unit).filter_map(|(column, value)| Some((numbers[column as usize]?, value)))
        })))
    }

    /// The weights as a statistic uses them. Linear.
    pub fn transformed(mut self, transform: Transform) -> Self {
        match transform {
            Transform::Raw => {}
            Transform::Binary => self.values.fill(1.0),
            Transform::RowStandardised => {
                for unit in 0..self.len() {
                    if let Some(range) = self.range(unit) {
                        let row = &mut self.values[range];
                        let sum: f64 = row.iter().sum();
                        row.iter_mut().for_each(|value| *value /= sum);
                    }
                }
            }
        }
        self
    }

    /// Σⱼ wᵢⱼvⱼ of a unit.
    pub(super) fn lag(&self, unit: usize, values: &[f64]) -> f64 {
        self.row(unit).map(|(neighbour, weight)| weight * values[neighbour as usize]).sum()
    }

    pub(super) fn sums(&self) -> Sums {
        let mut rows_and_columns = vec![0.0; self.len()];
        let mut products = 0.0;
        for unit in 0..self.len() {
            for (neighbour, weight) in self.row(unit) {
                rows_and_columns[unit] += weight;
                rows_and_columns[neighbour as usize] += weight;
                products += weight * (weight + self.between(neighbour as usize, unit));
            }
        }
        Sums {
            s0: self.values.iter().sum(),
            // Of the two entries of a pair each gives its own square and the product once.
            s1: products,
            s2: rows_and_columns.iter().map(|sum| sum * sum).sum(),
        }
    }

    /// The sum of all weights.
    pub(super) fn sum(&self) -> f64 {
        self.values.iter().sum()
    }

    /// The weight of `neighbour` for `unit`; 0 where it is none.
    fn between(&self, unit: usize, neighbour: usize) -> f64 {
        let place = self.neighbours(unit).binary_search(&(neighbour as u32));
        place.ok().and_then(|place| self.values(unit).get(place)).copied().unwrap_or(0.0)
    }

    /// Every pair of neighbours once, with wᵢⱼ + wⱼᵢ, under the first of the two that has the other
    /// for a neighbour.
    pub(super) fn pairs(&self) -> Pairs {
        Pairs(Self::of_rows((0..self.len()).map(|unit| {
            self.row(unit).filter_map(move |(neighbour, weight)| {
                let back = self.between(neighbour as usize, unit);
                let is_first = unit < neighbour as usize || back == 0.0;
                is_first.then_some((neighbour, weight + back))
            })
        })))
    }
}

/// Pairs of neighbours, each once: what a sum over all links needs where it is the same both ways.
#[derive(Clone, Debug)]
pub(super) struct Pairs(Weights);

impl Pairs {
    /// Σᵢⱼ wᵢⱼ·f(vᵢ, vⱼ) for an f that is the same both ways.
    pub(super) fn sum(&self, values: &[f64], f: impl Fn(f64, f64) -> f64) -> f64 {
        let Weights { starts, columns, values: weights } = &self.0;
        let mut sum = 0.0;
        for (own, range) in values.iter().zip(starts.windows(2)) {
            let range = range[0] as usize..range[1] as usize;
            for (column, weight) in columns[range.clone()].iter().zip(&weights[range]) {
                sum += weight * f(*own, values[*column as usize]);
            }
        }
        sum
    }
}
