//! A group of people, homes or households, counted by area.

use crate::{
    atlas::{Available, Column, RESIDENTS},
    indicator::{Indicator, Interval, Kind, SeriesKey},
};

use super::{Scope, StudyError};

/// How many belong to a group, and of how many, in each area of a scope.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    /// The counts; NaN where a figure is missing.
    pub counts: Vec<f64>,
    /// What they are part of.
    pub totals: Vec<f64>,
    /// What counts may be, since figures are rounded.
    pub count_intervals: Vec<Option<Interval>>,
    /// The same of totals.
    pub total_intervals: Vec<Option<Interval>>,
    /// What totals count.
    pub denominator: &'a Indicator,
    /// Whether that is what the publisher divided by; else residents stand in for it.
    pub is_own: bool,
}

impl<'a> Group<'a> {
    /// The group that a share or a count tells of: of a share the count is the share of its
    /// denominator, of residents where that is not known.
    ///
    /// # Errors
    /// When the indicator is neither share nor count, or there is nothing to count it in.
    pub fn of(scope: &Scope<'a>) -> Result<Self, StudyError> {
        let Scope { atlas, indicator, series, .. } = scope;
        let name = || indicator.name.nl.to_lowercase();
        if !matches!(indicator.kind, Kind::Aandeel | Kind::Aantal) || indicator.id == RESIDENTS {
            return Err(StudyError::NoGroup { indicator: name() });
        }
        let own = indicator.denominator.as_ref().and_then(|id| {
            let same = |key: &SeriesKey| key.year == series.key.year && key.begin.is_none();
            let mut all = atlas.series_on(id, series.key.vintage, &series.key.level);
            let (_, column) = all.find(|(key, column)| same(key) && column.has_numbers())?;
            Some((atlas.catalogue.get(id)?, column))
        });
        let is_own = own.is_some();
        let beside = || {
            let Available { column, .. } =
                atlas.beside(RESIDENTS, series.coverage, series.key.year)?;
            Some((atlas.catalogue.get(RESIDENTS)?, column))
        };
        let found =
            own.or_else(beside).ok_or_else(|| StudyError::NoDenominator { indicator: name() });
        let (denominator, whole) = found?;
        let totals = scope.numbers(whole);
        let total_intervals = intervals(scope, whole);
        let figures = scope.values();
        let own_intervals = intervals(scope, series.column);
        let (counts, count_intervals) = if indicator.kind == Kind::Aandeel {
            let counts = figures.iter().zip(&totals).map(|(share, total)| share / 100.0 * total);
            let part = |(share, total): (&Option<Interval>, &Option<Interval>)| {
                let (share, total) = ((*share)?, (*total)?);
                Some(Interval {
                    low: share.low.max(0.0) / 100.0 * total.low.max(0.0),
                    high: share.high.min(100.0) / 100.0 * total.high,
                })
            };
            (counts.collect(), own_intervals.iter().zip(&total_intervals).map(part).collect())
        } else {
            (figures, own_intervals)
        };
        Ok(Self { counts, totals, count_intervals, total_intervals, denominator, is_own })
    }

    /// Whether an area has both counts.
    pub fn is_known(&self, place: usize) -> bool {
        let finite = |list: &[f64]| list.get(place).is_some_and(|number| number.is_finite());
        finite(&self.counts) && finite(&self.totals)
    }
}

fn intervals(scope: &Scope<'_>, column: &Column) -> Vec<Option<Interval>> {
    scope.ordinals.iter().map(|&at| column.interval(at)).collect()
}
