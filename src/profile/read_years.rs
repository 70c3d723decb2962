//! One indicator of an area in every year, also those of other divisions.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::Year,
    atlas::{Atlas, LevelCoverage, ReadFigure, Way},
    indicator::{Indicator, Interval, Reason, Value},
    layer,
};

use super::{IntervalEntry, value::Origin};

/// A figure of a year, on the division of the area.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadEntry {
    /// The number; `null` where there is none.
    #[serde(rename = "waarde")]
    pub value: Option<f64>,
    /// Why there is no number.
    #[serde(rename = "reden")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// What the number may stand for; `null` where it is not rounded.
    pub interval: Option<IntervalEntry>,
    /// The division that the figure is from.
    #[serde(rename = "indelingCijfers")]
    pub from: u16,
    /// How it came to this division; `null` where it was delivered on it, or could not come.
    #[serde(rename = "omrekening")]
    pub way: Option<Way>,
    /// Whether it is an estimate.
    #[serde(rename = "geschat")]
    pub is_estimate: bool,
    /// The part of the area, by its residents, that comes from areas with a figure: from 0 to 1;
    /// `null` where it was delivered on this division.
    #[serde(rename = "gedekt")]
    pub covered: Option<f64>,
}

/// A year of an indicator.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadYear {
    /// The year.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// The year that a change is counted from.
    #[serde(rename = "sinds")]
    pub begin: Option<u16>,
    /// The area's own figure.
    #[serde(flatten)]
    pub own: ReadEntry,
    /// That of its gemeente; `null` for a gemeente itself, and where there is no such series.
    pub gemeente: Option<ReadEntry>,
}

/// An indicator of an area in every year that can be read on its division, ascending. Cost: linear
/// in the areas that have part in it, once the divisions were laid over each other.
pub fn read_years(
    atlas: &Atlas,
    indicator: &Indicator,
    coverage: &LevelCoverage,
    ordinal: usize,
) -> Vec<ReadYear> {
    let of = |coverage: &LevelCoverage| -> Vec<(Option<Year>, Year)> {
        let delivered = atlas.series_on(&indicator.id, coverage.vintage, &coverage.level);
        delivered
            .filter(|(_, column)| column.is_listed())
            .map(|(key, _)| (key.begin, key.year))
            .chain(atlas.years_converted(&indicator.id, &coverage.level, coverage.vintage))
            .collect()
    };
    let mut years = of(coverage);
    years.sort_by_key(|(begin, year)| (*year, *begin));
    years.dedup();
    let gemeente = coverage.gemeente(ordinal).and_then(|code| {
        let gemeenten = atlas.coverage(coverage.vintage, &crate::area::Level::Gemeente)?;
        Some((gemeenten, gemeenten.ordinal(&code)?))
    });
    let gemeente = gemeente.filter(|(gemeenten, _)| !std::ptr::eq(*gemeenten, coverage));
    years
        .into_iter()
        .filter_map(|(begin, year)| {
            let figure = |(coverage, ordinal): (&LevelCoverage, usize)| {
                figure(atlas, indicator, (begin, year), coverage, ordinal)
            };
            Some(ReadYear {
                year: year.get(),
                begin: begin.map(Year::get),
                own: figure((coverage, ordinal))?,
                gemeente: gemeente.and_then(figure),
            })
        })
        .collect()
}

fn figure(
    atlas: &Atlas,
    indicator: &Indicator,
    (begin, year): (Option<Year>, Year),
    coverage: &LevelCoverage,
    ordinal: usize,
) -> Option<ReadEntry> {
    let delivered = atlas
        .series_on(&indicator.id, coverage.vintage, &coverage.level)
        .find(|(key, _)| (key.begin, key.year) == (begin, year));
    if let Some((key, column)) = delivered {
        let origin = Origin::of(column, ordinal);
        return Some(ReadEntry {
            from: origin.map_or(key.vintage.get(), |origin| origin.from),
            way: origin.map(|origin| origin.way),
            is_estimate: origin.is_some_and(|origin| origin.is_estimate),
            covered: origin.map(|origin| origin.covered),
            ..entry(column.get(ordinal), column.interval(ordinal))
        });
    }
    let ReadFigure { value, interval, from, way, covered } =
        atlas.read_area(&indicator.id, begin, year, coverage, ordinal)?;
    Some(ReadEntry {
        from: from.get(),
        way,
        is_estimate: way.is_some_and(Way::is_estimate) && value.number().is_some(),
        covered: Some((covered * 1000.0).round() / 1000.0),
        ..entry(value, interval)
    })
}

fn entry(value: Value, interval: Option<Interval>) -> ReadEntry {
    let interval = interval.filter(|interval| !interval.is_exact());
    ReadEntry {
        value: value.number().map(layer::short),
        reason: value.reason(),
        interval: interval.map(|interval| IntervalEntry {
            low: layer::short(interval.low),
            high: layer::short(interval.high),
        }),
        from: 0,
        way: None,
        is_estimate: false,
        covered: None,
    }
}
