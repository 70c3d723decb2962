//! The values of a series, by ordinal of its coverage.

use crate::{
    indicator::{
        Absent, Indicator, Interval, Kind, Limits, Quotient, Reason, Value, grain, quotient,
    },
    store::StoredSeries,
};

use super::LevelCoverage;

/// The values of one series for every area of its coverage.
#[derive(Debug)]
pub struct Column {
    values: Vec<Value>,
    sources: Vec<u32>,
    waiting: usize,
    precision: Precision,
}

/// How far the numbers of a column are rounded.
#[derive(Debug)]
enum Precision {
    /// Not so far that it is known.
    Exact,
    /// To a multiple of a step.
    Step(f64, Limits),
    /// Each by itself: they were computed from rounded numbers.
    Each(Vec<Interval>),
}

impl Column {
    /// A column over the areas of `coverage`: an area that the series does not name has the reason
    /// that `absent` says. Both are ordered by code, so this is one merge.
    pub(super) fn new(series: StoredSeries, coverage: &LevelCoverage, absent: Absent) -> Self {
        let missing = Value::Missing(absent.reason());
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
                rows.next_if(|row| row.code == *code).map_or(missing, |row| {
                    if !sources.contains(&row.source) {
                        sources.push(row.source);
                    }
                    row.value
                })
            })
            .collect();
        waiting += rows.count();
        sources.sort_unstable();
        Self { values, sources, waiting, precision: Precision::Exact }
    }

    /// The quotients of two columns over the same areas.
    pub(super) fn quotient(recipe: &Quotient, numerator: &Self, denominator: &Self) -> Self {
        let pairs = || numerator.values.iter().zip(&denominator.values);
        let values = pairs().map(|(&part, &whole)| quotient(recipe, part, whole)).collect();
        let mut sources = [numerator.sources(), denominator.sources()].concat();
        sources.sort_unstable();
        sources.dedup();
        let each = (0..numerator.values.len())
            .map(|at| {
                let part = numerator.interval(at)?;
                part.per(denominator.interval(at)?, f64::from(recipe.per))
            })
            .map(|interval| interval.unwrap_or(Interval::exact(0.0)))
            .collect();
        Self { values, sources, waiting: 0, precision: Precision::Each(each) }
    }

    /// Finds how far the numbers of a delivered column are rounded, by what the catalogue says and
    /// by the numbers themselves. `denominator` is the column of the indicator's denominator, with
    /// its own precision. Cost: some passes over the numbers.
    pub(super) fn find_precision(&mut self, indicator: &Indicator, denominator: Option<&Self>) {
        let Some(step) = indicator.rounding else { return };
        let numbers = || self.values.iter().filter_map(|value| value.number());
        let limits = Limits::of(indicator.kind, numbers());
        self.precision = match (grain(step, indicator.kind, numbers), denominator) {
            (Some(step), _) => Precision::Step(step, limits),
            (None, Some(whole)) if indicator.kind == Kind::Aandeel => self.share_of(whole, limits),
            _ => Precision::Exact,
        };
    }

    /// The precision of shares that an import computed from a count and `whole`, which come from
    /// the same table and are rounded alike.
    fn share_of(&self, whole: &Self, limits: Limits) -> Precision {
        let each = (0..self.values.len()).map(|at| {
            let share = self.get(at).number().unwrap_or_default();
            let part = match (whole.get(at).number(), &whole.precision) {
                (Some(number), Precision::Step(step, of)) => {
                    Interval::of(share * number / 100.0, *step, *of)
                }
                _ => return Interval::exact(share),
            };
            let share = whole.interval(at).and_then(|whole| part.per(whole, 100.0));
            // Of a handful of people the whole may be nobody: then any share is possible.
            share.map_or(Interval { low: limits.least, high: limits.most }, |s| s.within(limits))
        });
        Precision::Each(each.collect())
    }

    /// The numbers that the value of an area may stand for; `None` where it has none.
    pub fn interval(&self, ordinal: usize) -> Option<Interval> {
        let number = self.get(ordinal).number()?;
        Some(match &self.precision {
            Precision::Exact => Interval::exact(number),
            Precision::Step(step, limits) => Interval::of(number, *step, *limits),
            Precision::Each(each) => each.get(ordinal).copied().unwrap_or(Interval::exact(number)),
        })
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
