//! The values of a series, by ordinal of its coverage.

use std::sync::Arc;

use crate::{
    indicator::{
        Absent, Indicator, Interval, Kind, Limits, Quotient, Reason, Value, grain, quotient,
    },
    store::StoredSeries,
};

use super::{
    LevelCoverage,
    awaited::{Awaited, Work},
    conversion::{Converted, Estimate},
};

/// The values of one series for every area of its coverage.
#[derive(Debug)]
pub struct Column {
    values: Values,
    sources: Vec<u32>,
    waiting: usize,
    precision: Precision,
    converted: Option<Converted>,
}

#[derive(Debug)]
enum Values {
    /// They are there.
    Known(Arc<[Value]>),
    /// They are computed when they are first asked for; `newest` says whether no later year of the
    /// indicator is on the same division and level.
    Awaited { awaited: Awaited, newest: bool },
}

/// A column of the atlas, or one that was made for an answer and is kept as long as it is used.
#[derive(Clone, Debug)]
pub enum ColumnRef<'a> {
    /// Of the atlas.
    Own(&'a Column),
    /// Made.
    Made(Arc<Column>),
}

impl std::ops::Deref for ColumnRef<'_> {
    type Target = Column;

    fn deref(&self) -> &Column {
        match self {
            Self::Own(column) => column,
            Self::Made(column) => column,
        }
    }
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
        Self {
            values: Values::Known(values),
            sources,
            waiting,
            precision: Precision::Exact,
            converted: None,
        }
    }

    /// The quotients of two columns over the same areas.
    pub(super) fn quotient(recipe: &Quotient, numerator: &Self, denominator: &Self) -> Self {
        let pairs = numerator.values().iter().zip(denominator.values());
        let values = pairs.map(|(&part, &whole)| quotient(recipe, part, whole)).collect();
        let each = (0..numerator.values().len()).map(|at| {
            let part = numerator.interval(at)?;
            part.per(denominator.interval(at)?, f64::from(recipe.per))
        });
        Self::computed(values, &[numerator, denominator]).within(each.collect())
    }

    /// Values that were computed from other columns over the same areas.
    pub(super) fn computed(values: Vec<Value>, from: &[&Self]) -> Self {
        Self::of(Values::Known(values.into()), from)
    }

    /// Values that are computed from other columns when they are first asked for; `newest` says
    /// whether no later year of the indicator is on the same division and level.
    pub(super) fn awaited(work: impl Work + 'static, newest: bool, from: &[&Self]) -> Self {
        Self::of(Values::Awaited { awaited: Awaited::new(work), newest }, from)
    }

    fn of(values: Values, from: &[&Self]) -> Self {
        let mut sources: Vec<_> =
            from.iter().flat_map(|column| column.sources()).copied().collect();
        sources.sort_unstable();
        sources.dedup();
        Self { values, sources, waiting: 0, precision: Precision::Exact, converted: None }
    }

    /// The same column with what each of its numbers may stand for, where that is known.
    #[must_use]
    pub(super) fn within(mut self, intervals: Vec<Option<Interval>>) -> Self {
        let known = |(at, interval): (usize, Option<Interval>)| {
            interval.unwrap_or_else(|| Interval::exact(self.get(at).number().unwrap_or_default()))
        };
        let each = intervals.into_iter().enumerate().map(known).collect();
        self.precision = Precision::Each(each);
        self
    }

    /// The same column, read on another division than it was delivered on.
    #[must_use]
    pub(super) fn read_elsewhere(mut self, converted: Converted) -> Self {
        self.converted = Some(converted);
        self
    }

    /// How the figures came here, where they were delivered on another division.
    pub fn converted(&self) -> Option<&Converted> {
        self.converted.as_ref()
    }

    /// What is to be said of the figure of an area that is an estimate; `None` of others.
    pub fn estimate(&self, ordinal: usize) -> Option<Estimate> {
        let converted = self.converted.as_ref().filter(|_| self.has_number(ordinal))?;
        converted.estimate(ordinal)
    }

    /// Finds how far the numbers of a delivered column are rounded, by what the catalogue says and
    /// by the numbers themselves. `denominator` is the column of the indicator's denominator, with
    /// its own precision. Cost: some passes over the numbers.
    pub(super) fn find_precision(&mut self, indicator: &Indicator, denominator: Option<&Self>) {
        let Some(step) = indicator.rounding else { return };
        let numbers = || self.values().iter().filter_map(|value| value.number());
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
        let each = (0..self.values().len()).map(|at| {
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

    /// The value of each area, by ordinal; computed now where they were awaited.
    pub fn values(&self) -> &[Value] {
        match &self.values {
            Values::Known(values) => values,
            Values::Awaited { awaited, .. } => awaited.values(),
        }
    }

    /// The values, to be kept by what is computed of them; those that are awaited are not waited
    /// for.
    pub(super) fn shared(&self) -> Option<Arc<[Value]>> {
        match &self.values {
            Values::Known(values) => Some(values.clone()),
            Values::Awaited { .. } => None,
        }
    }

    /// The value of one area; computed now, with those of all others, where it was awaited.
    pub fn get(&self, ordinal: usize) -> Value {
        self.values().get(ordinal).copied().unwrap_or(Value::Missing(Reason::NietGevraagd))
    }

    /// Why an area has no number; `None` where it has one. Waits for no value.
    pub fn reason(&self, ordinal: usize) -> Option<Reason> {
        match &self.values {
            Values::Known(values) => {
                values.get(ordinal).map_or(Some(Reason::NietGevraagd), |value| value.reason())
            }
            Values::Awaited { awaited, .. } => {
                awaited.reasons().get(ordinal).copied().unwrap_or(Some(Reason::NietGevraagd))
            }
        }
    }

    /// Whether an area has a number. Waits for no value.
    pub fn has_number(&self, ordinal: usize) -> bool {
        self.reason(ordinal).is_none()
    }

    /// Whether any area has a number. Waits for no value.
    pub fn has_numbers(&self) -> bool {
        match &self.values {
            Values::Known(values) => values.iter().any(|value| value.number().is_some()),
            // Else it would not be here.
            Values::Awaited { .. } => true,
        }
    }

    /// Whether the values are there: asking for them then costs nothing.
    pub fn is_ready(&self) -> bool {
        match &self.values {
            Values::Known(_) => true,
            Values::Awaited { awaited, .. } => awaited.is_ready(),
        }
    }

    /// Whether it belongs in a list of everything that is known of an area. Of what is computed
    /// when it is first asked for, only the newest year on a division does: who wants another year
    /// asks for it by name.
    pub fn is_listed(&self) -> bool {
        match &self.values {
            Values::Known(_) => true,
            Values::Awaited { newest, .. } => *newest,
        }
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
