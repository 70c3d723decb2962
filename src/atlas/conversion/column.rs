//! The figures of a series, read on another division.

use crate::{
    analysis::areal::{Interpolated, Share, Shares},
    area::{Vintage, Year},
    atlas::{Atlas, Available, Column, RESIDENTS},
    indicator::{Indicator, Interval, Kind, Reason, Recipe, Value, Weight},
};

use super::{Way, adds_up, transfer::Transfer};

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

/// Reads a series on the division `to`. Where an area stayed the same its figure does, reason and
/// rounding included. Counts are divided and added up, other numbers averaged with their
/// denominators; of classes only those that all parts agree on. What is missing stays missing: a
/// count needs all of its parts, a mean nine tenths of them.
pub(super) fn convert(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    transfer: &Transfer,
    to: Vintage,
) -> Column {
    let interpolation = Interpolation::of(atlas, indicator, series, transfer);
    let values = series.column.values();
    let interval = |at: usize| series.column.interval(at);
    let numbers = |pick: fn(Interval) -> f64| -> Vec<Option<f64>> {
        (0..values.len()).map(|at| interval(at).map(pick)).collect()
    };
    let known: Vec<Option<f64>> = values.iter().map(|value| value.number()).collect();
    let middle = interpolation.of_numbers(&known);
    let low = interpolation.of_numbers(&numbers(|interval| interval.low));
    let high = interpolation.of_numbers(&numbers(|interval| interval.high));
    let count = transfer.ways.len();
    let mut read = Vec::with_capacity(count);
    let mut intervals = Vec::with_capacity(count);
    let mut covered = Vec::with_capacity(count);
    for at in 0..count {
        let parts = transfer.shares.of_new(at);
        let (value, between, part) = match (transfer.ways[at], parts) {
            (Some(Way::Gelijk | Way::Hernoemd), &[Share { old, .. }]) => {
                let value = values[old as usize];
                (value, interval(old as usize), f64::from(u8::from(value.number().is_some())))
            }
            (Some(_), _) if indicator.kind == Kind::Klasse => {
                let (value, part) = agreed(parts, values);
                (value, None, part)
            }
            (way, _) => {
                let least = if adds_up(indicator.kind) { LEAST_OF_COUNT } else { LEAST_OF_MEAN };
                let number = middle[at].value.filter(|_| middle[at].covered >= least);
                let value = match (way, number) {
                    (Some(_), Some(number)) => Value::Number(number),
                    _ => Value::Missing(shared_reason(parts, values)),
                };
                let between = low[at].value.zip(high[at].value);
                let between = between.map(|(low, high)| Interval { low, high });
                (value, between.filter(|_| value.number().is_some()), middle[at].covered)
            }
        };
        read.push(value);
        intervals.push(between);
        covered.push(part as f32);
    }
    let ways = transfer.ways.clone();
    debug_assert!(atlas.coverage(to, &series.key.level).is_some_and(|of| of.len() == count));
    Column::computed(read, &[series.column]).within(intervals).read_elsewhere(Converted {
        from: series.key.vintage,
        ways,
        covered,
    })
}

/// The class that all parts of an area have, and the part of it that has one.
fn agreed(parts: &[Share], values: &[Value]) -> (Value, f64) {
    let of = |share: &Share| values[share.old as usize].number();
    let covered: f64 = parts.iter().filter(|share| of(share).is_some()).map(|s| s.of_new).sum();
    let mut classes = parts.iter().filter_map(of);
    let first = classes.next().filter(|_| covered >= LEAST_OF_MEAN);
    match first {
        Some(class) if classes.all(|other| other == class) => (Value::Number(class), covered),
        _ => (Value::Missing(shared_reason(parts, values)), covered),
    }
}

/// The reason that all parts of an area have, else that it cannot be converted.
fn shared_reason(parts: &[Share], values: &[Value]) -> Reason {
    let mut reasons = parts.iter().map(|share| values[share.old as usize].reason());
    match reasons.next() {
        Some(Some(first)) if reasons.all(|other| other == Some(first)) => first,
        _ => Reason::NietOmTeRekenen,
    }
}

/// How the numbers of an indicator go from one division to another.
enum Interpolation<'a> {
    /// Divided and added up.
    Sum(&'a Shares),
    /// Averaged, each old area weighing its count.
    Mean(&'a Shares, Vec<f64>),
    /// Averaged over ground.
    Ground(&'a Shares, Vec<f64>),
    /// Averaged by what of the new area comes from each.
    Plain(&'a Shares),
}

impl<'a> Interpolation<'a> {
    fn of(
        atlas: &Atlas,
        indicator: &Indicator,
        series: &Available<'_>,
        transfer: &'a Transfer,
    ) -> Self {
        if adds_up(indicator.kind) {
            return Self::Sum(&transfer.shares);
        }
        if indicator.weight == Weight::Oppervlakte {
            let sizes = series.coverage.borders().own_topology().sizes();
            return Self::Ground(&transfer.ground, sizes);
        }
        let denominator = match &indicator.derived {
            Some(Recipe::Quotient(quotient)) => Some(&quotient.denominator),
            _ => indicator.denominator.as_ref(),
        };
        let counts = denominator
            .and_then(|id| of_year(atlas, id, series, series.key.year))
            .or_else(|| Some(atlas.beside(RESIDENTS, series.coverage, series.key.year)?.column));
        match counts {
            Some(column) => {
                let count = |value: &Value| value.number().unwrap_or(f64::NAN);
                Self::Mean(&transfer.shares, column.values().iter().map(count).collect())
            }
            None => Self::Plain(&transfer.shares),
        }
    }

    fn of_numbers(&self, numbers: &[Option<f64>]) -> Vec<Interpolated> {
        match self {
            Self::Sum(shares) => shares.extensive(numbers),
            Self::Mean(shares, counts) | Self::Ground(shares, counts) => {
                shares.intensive(numbers, |share| counts[share.old as usize] * share.of_old)
            }
            Self::Plain(shares) => shares.intensive(numbers, |share| share.of_new),
        }
    }
}

/// The column of a count for the same year, division and level as a series.
fn of_year<'a>(
    atlas: &'a Atlas,
    id: &str,
    series: &Available<'_>,
    year: Year,
) -> Option<&'a Column> {
    atlas
        .series_on(id, series.key.vintage, &series.key.level)
        .find(|(key, column)| key.year == year && key.begin.is_none() && column.has_numbers())
        .map(|(_, column)| column)
}
