//! The figures of a series, read on another division.

use std::sync::Arc;

use crate::{
    analysis::areal::{Interpolated, Share},
    area::Vintage,
    atlas::{Atlas, Available, Column, RESIDENTS},
    indicator::{Indicator, Interval, Kind, Reason, Recipe, SeriesKey, Value, Weight},
};

use super::{Way, transfer::Transfer};

/// The least part of an area that a mean or a share must be known of to stand for it.
const LEAST_OF_MEAN: f64 = 0.9;

/// The same of a count: what is missing would be missing in it.
const LEAST_OF_COUNT: f64 = 0.999;

/// How the figures of a column came to the areas of another division.
#[derive(Debug)]
pub struct Converted {
    /// The division that they were delivered on.
    pub from: Vintage,
    /// By ordinal; `None` where no part of an old area is in the area.
    ways: Vec<Option<Way>>,
    covered: Vec<f32>,
}

/// What is to be said of an estimated figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// How it was made.
    pub way: Way,
    /// The part of the area, by its residents, that comes from areas with a figure: from 0 to 1.
    pub covered: f64,
}

impl Converted {
    /// How a figure came to an area; `None` where no part of an old area is in it.
    pub fn way(&self, ordinal: usize) -> Option<Way> {
        self.ways.get(ordinal).copied().flatten()
    }

    /// The part of an area, by its residents, that comes from areas with a figure: from 0 to 1.
    pub fn covered(&self, ordinal: usize) -> f64 {
        f64::from(self.covered.get(ordinal).copied().unwrap_or_default())
    }

    /// What is to be said of an area whose figure would be an estimate.
    pub(in crate::atlas) fn estimate(&self, ordinal: usize) -> Option<Estimate> {
        let way = self.way(ordinal).filter(|way| way.is_estimate())?;
        Some(Estimate { way, covered: self.covered(ordinal) })
    }
}

/// The figure of an area, read on another division than its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadFigure {
    /// The figure.
    pub value: Value,
    /// What it may stand for, where it is rounded.
    pub interval: Option<Interval>,
    /// The division that it is from.
    pub from: Vintage,
    /// How it came; `None` where no part of an old area is in the area.
    pub way: Option<Way>,
    /// The part of the area, by its residents, that comes from areas with a figure: from 0 to 1.
    pub covered: f64,
}

/// A series that is read on another division. Where an area stayed the same its figure does, reason
/// and rounding included. Counts are divided and added up, other numbers averaged with their
/// denominators; of classes only those that all parts agree on. What is missing stays missing: a
/// count needs all of its parts, a mean nine tenths of them.
pub(super) struct Conversion<'a> {
    kind: Kind,
    series: Available<'a>,
    transfer: Arc<Transfer>,
    weighing: Weighing<'a>,
}

/// What an old area weighs in a mean over several.
enum Weighing<'a> {
    /// Its part of this count.
    Count(&'a Column),
    /// Its part of ground.
    Ground,
    /// What of the new area comes from it.
    Plain,
}

impl<'a> Conversion<'a> {
    pub(super) fn new(
        atlas: &'a Atlas,
        indicator: &Indicator,
        series: Available<'a>,
        transfer: Arc<Transfer>,
    ) -> Self {
        let weighing = Weighing::of(atlas, indicator, &series);
        Self { kind: indicator.kind, series, transfer, weighing }
    }

    /// The figures of all areas.
    pub(super) fn column(&self) -> Column {
        let figures: Vec<_> = (0..self.transfer.ways.len()).map(|area| self.figure(area)).collect();
        let values = figures.iter().map(|figure| figure.value).collect();
        let intervals = figures.iter().map(|figure| figure.interval).collect();
        Column::computed(values, &[self.series.column]).within(intervals).read_elsewhere(
            Converted {
                from: self.series.key.vintage,
                ways: self.transfer.ways.clone(),
                covered: figures.iter().map(|figure| figure.covered as f32).collect(),
            },
        )
    }

    /// The figure of one area.
    pub(super) fn figure(&self, area: usize) -> ReadFigure {
        let way = self.transfer.ways.get(area).copied().flatten();
        let parts = self.transfer.shares.of_new(area);
        let (value, interval, covered) = match (way, parts) {
            (Some(Way::Gelijk | Way::Hernoemd), &[Share { old, .. }]) => {
                let value = self.value(old);
                let covered = f64::from(u8::from(value.number().is_some()));
                (value, self.series.column.interval(old as usize), covered)
            }
            (Some(_), _) if self.kind == Kind::Klasse => {
                let (class, covered) = self.agreed(parts);
                (class, None, covered)
            }
            _ => self.estimated(area, parts),
        };
        ReadFigure { value, interval, from: self.series.key.vintage, way, covered }
    }

    fn value(&self, old: u32) -> Value {
        self.series.column.get(old as usize)
    }

    fn estimated(&self, area: usize, parts: &[Share]) -> (Value, Option<Interval>, f64) {
        let least = if self.kind == Kind::Aantal { LEAST_OF_COUNT } else { LEAST_OF_MEAN };
        let Interpolated { value, covered } =
            self.interpolated(area, |old| self.value(old).number());
        let Some(number) = value.filter(|_| covered >= least) else {
            return (Value::Missing(self.shared_reason(parts)), None, covered);
        };
        let end = |pick: fn(Interval) -> f64| {
            let interval = |old: u32| self.series.column.interval(old as usize).map(pick);
            self.interpolated(area, interval).value
        };
        let interval = end(|interval| interval.low).zip(end(|interval| interval.high));
        (Value::Number(number), interval.map(|(low, high)| Interval { low, high }), covered)
    }

    fn interpolated(&self, area: usize, number: impl Fn(u32) -> Option<f64>) -> Interpolated {
        let Transfer { shares, ground, m2, .. } = &*self.transfer;
        if self.kind == Kind::Aantal {
            return shares.sum(area, number);
        }
        match &self.weighing {
            Weighing::Count(column) => shares.mean(area, number, |share| {
                let count = column.get(share.old as usize).number();
                count.map_or(f64::NAN, |count| count * share.of_old)
            }),
            Weighing::Ground => {
                ground.mean(area, number, |share| m2[share.old as usize] * share.of_old)
            }
            Weighing::Plain => shares.mean(area, number, |share| share.of_new),
        }
    }

    /// The class that all parts of an area have, and the part of it that has one.
    fn agreed(&self, parts: &[Share]) -> (Value, f64) {
        let of = |share: &Share| self.value(share.old).number();
        let covered: f64 =
            parts.iter().filter(|share| of(share).is_some()).map(|share| share.of_new).sum();
        let mut classes = parts.iter().filter_map(of);
        let first = classes.next().filter(|_| covered >= LEAST_OF_MEAN);
        match first {
            Some(class) if classes.all(|other| other == class) => (Value::Number(class), covered),
            _ => (Value::Missing(self.shared_reason(parts)), covered),
        }
    }

    /// The reason that all parts of an area have, else that it cannot be converted.
    fn shared_reason(&self, parts: &[Share]) -> Reason {
        let mut reasons = parts.iter().map(|share| self.value(share.old).reason());
        match reasons.next() {
            Some(Some(first)) if reasons.all(|other| other == Some(first)) => first,
            _ => Reason::NietOmTeRekenen,
        }
    }
}

impl<'a> Weighing<'a> {
    fn of(atlas: &'a Atlas, indicator: &Indicator, series: &Available<'a>) -> Self {
        if indicator.weight == Weight::Oppervlakte {
            return Self::Ground;
        }
        let denominator = match &indicator.derived {
            Some(Recipe::Quotient(quotient)) => Some(&quotient.denominator),
            _ => indicator.denominator.as_ref(),
        };
        let counts = denominator
            .and_then(|id| of_year(atlas, id, series))
            .or_else(|| Some(atlas.beside(RESIDENTS, series.coverage, series.key.year)?.column));
        counts.map_or(Self::Plain, Self::Count)
    }
}

/// The column of a count for the same year, division and level as a series.
fn of_year<'a>(atlas: &'a Atlas, id: &str, series: &Available<'_>) -> Option<&'a Column> {
    let is_same = |key: &SeriesKey| key.year == series.key.year && key.begin.is_none();
    atlas
        .series_on(id, series.key.vintage, &series.key.level)
        .find(|(key, column)| is_same(key) && column.has_numbers())
        .map(|(_, column)| column)
}
