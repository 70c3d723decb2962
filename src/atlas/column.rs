//! The values of a series, by ordinal of its coverage.

use crate::{
    indicator::{Absent, Reason, Value},
    store::StoredSeries,
};

use super::LevelCoverage;

/// The values of one series for every area of its coverage.
#[derive(Debug)]
pub struct Column {
    values: Vec<Value>,
    sources: Vec<u32>,
    waiting: usize,
}

impl Column {
    /// A column over the areas of `coverage`: an area that the series does not name has the reason
    /// that `absent` says. Both are ordered by code, so this is one merge.
    pub(super) fn new(series: StoredSeries, coverage: &LevelCoverage, absent: Absent) -> Self {
        let reason = match absent {
            Absent::GeenScore => Reason::GeenScore,
            Absent::NietGevraagd => Reason::NietGevraagd,
        };
        let mut sources: Vec<u32> = Vec::new();
        let mut rows = series.into_iter().peekable();
        let mut waiting = 0;
        let values = coverage
            .codes()
            .iter()
            .map(|code| {
                while rows.next_if(|row| row.code < *code).is_some() {
                    waiting += 1;
                }
                rows.next_if(|row| row.code == *code).map_or(Value::Missing(reason), |row| {
                    if !sources.contains(&row.source) {
                        sources.push(row.source);
                    }
                    row.value
                })
            })
            .collect();
        waiting += rows.count();
        sources.sort_unstable();
        Self { values, sources, waiting }
    }

    /// The value of each area, by ordinal.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The value of one area.
    pub fn get(&self, ordinal: usize) -> Value {
        self.values.get(ordinal).copied().unwrap_or(Value::Missing(Reason::NietGevraagd))
    }

    /// Whether any area has a number.
    pub fn has_numbers(&self) -> bool {
        self.values.iter().any(|value| value.number().is_some())
    }

    /// The numbers of the sources that the values come from.
    pub fn sources(&self) -> &[u32] {
        &self.sources
    }

    /// How many values wait for a shape that this division does not have.
    pub fn waiting(&self) -> usize {
        self.waiting
    }
}
