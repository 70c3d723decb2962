//! The values of one area: what each number may stand for, and where that places it.

use std::collections::BTreeMap;

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Level, Text},
    atlas::{Atlas, Available, Column, LevelCoverage, Way},
    indicator::{Indicator, Reason, Standing},
    layer,
};

/// The numbers that a rounded number may stand for.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntervalEntry {
    /// The lowest.
    #[serde(rename = "van")]
    pub low: f64,
    /// The highest.
    #[serde(rename = "tot")]
    pub high: f64,
}

/// The ranks that an area may have, 1 being the highest number.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankEntry {
    /// The gemeente among whose areas it is ranked; `null` for the whole country.
    #[serde(rename = "binnen")]
    #[schema(value_type = Option<String>)]
    pub within: Option<AreaCode>,
    /// The best.
    #[serde(rename = "van")]
    pub best: usize,
    /// The worst.
    #[serde(rename = "tot")]
    pub worst: usize,
    /// How many areas are ranked.
    #[serde(rename = "aantal")]
    pub among: usize,
}

/// How a figure came to an area that it was not delivered for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// The division that it is from.
    pub from: u16,
    /// How it came.
    pub way: Way,
    /// Whether it is an estimate.
    pub is_estimate: bool,
    /// The part of the area, by its residents, that comes from areas with a figure: from 0 to 1.
    pub covered: f64,
}

impl Origin {
    /// Of an area of a column; `None` where the figure was delivered for it.
    pub fn of(column: &Column, ordinal: usize) -> Option<Self> {
        let converted = column.converted()?;
        let way = converted.way(ordinal)?;
        Some(Self {
            from: converted.from.get(),
            way,
            is_estimate: way.is_estimate() && column.has_number(ordinal),
            covered: (converted.covered(ordinal) * 1000.0).round() / 1000.0,
        })
    }
}

/// The value of an area in a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueEntry {
    /// The year of the figure.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// The year that a change is counted from.
    #[serde(rename = "sinds")]
    pub begin: Option<u16>,
    /// The number; `null` where there is none.
    #[serde(rename = "waarde")]
    pub value: Option<f64>,
    /// Why there is no number.
    #[serde(rename = "reden")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// What the number may stand for; `null` where it is not rounded.
    pub interval: Option<IntervalEntry>,
    /// Its ranks: in the country, and in its gemeente. Empty where it has no number or a mark.
    #[serde(rename = "rang")]
    pub ranks: Vec<RankEntry>,
    /// The publisher's class.
    #[serde(rename = "klasse")]
    pub class: Option<u8>,
    /// What that class is called.
    #[serde(rename = "klassenaam")]
    pub class_name: Option<Text>,
    /// The division that it is from; this and what follows is not there where the figure was
    /// delivered for the area.
    #[serde(rename = "indelingCijfers", skip_serializing_if = "Option::is_none")]
    pub from: Option<u16>,
    /// How it came to the area.
    #[serde(rename = "omrekening", skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
    /// Whether it is an estimate.
    #[serde(rename = "geschat", skip_serializing_if = "Option::is_none")]
    pub is_estimate: Option<bool>,
    /// The part of the area, by its residents, that comes from areas with a figure: from 0 to 1.
    #[serde(rename = "gedekt", skip_serializing_if = "Option::is_none")]
    pub covered: Option<f64>,
}

/// Every indicator with all its years on the division of an area, of what is computed when it is
/// first asked for the newest. Cost: for the ranks, a pass over
/// each column.
pub fn values(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
) -> BTreeMap<SmolStr, Vec<ValueEntry>> {
    let gemeente = own_gemeente(coverage, ordinal);
    let of = |indicator: &Indicator| {
        let series = atlas.series_on(&indicator.id, coverage.vintage, &coverage.level);
        series
            .filter(|(_, column)| column.is_listed())
            .map(|(key, column)| Available { key, column, coverage })
            .map(|series| value(atlas, indicator, &series, ordinal, gemeente.as_ref()))
            .collect::<Vec<_>>()
    };
    atlas
        .indicators()
        .map(|indicator| (indicator.id.clone(), of(indicator)))
        .filter(|(_, years)| !years.is_empty())
        .collect()
}

/// The areas of the level in the gemeente of an area, and its code; `None` for a gemeente itself.
pub(super) fn own_gemeente(
    coverage: &LevelCoverage,
    ordinal: usize,
) -> Option<(Vec<usize>, AreaCode)> {
    let code = coverage.gemeente(ordinal)?;
    (coverage.level != Level::Gemeente).then(|| (coverage.within(&code), code))
}

/// The value of an area in a series, with its ranks in the country and among `gemeente`.
pub(super) fn value(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    ordinal: usize,
    gemeente: Option<&(Vec<usize>, AreaCode)>,
) -> ValueEntry {
    let value = series.column.get(ordinal);
    let class = layer::publisher_class(atlas, indicator, series, ordinal);
    let interval = series.column.interval(ordinal).filter(|interval| !interval.is_exact());
    let country = layer::standing_among(indicator, series, ordinal, 0..series.coverage.len());
    let own = gemeente.and_then(|(areas, code)| {
        let areas = areas.iter().copied();
        Some((Some(code), layer::standing_among(indicator, series, ordinal, areas)?))
    });
    let ranks = country.map(|standing| (None, standing)).into_iter().chain(own);
    let origin = Origin::of(series.column, ordinal);
    ValueEntry {
        year: series.key.year.get(),
        begin: series.key.begin.map(crate::area::Year::get),
        value: value.number(),
        reason: value.reason(),
        interval: interval.map(|interval| IntervalEntry {
            low: layer::short(interval.low),
            high: layer::short(interval.high),
        }),
        ranks: ranks
            .map(|(within, Standing { best, worst, among })| RankEntry {
                within: within.cloned(),
                best,
                worst,
                among,
            })
            .collect(),
        class: class.as_ref().map(|(number, _)| *number),
        class_name: class.map(|(_, name)| name),
        from: origin.map(|origin| origin.from),
        way: origin.map(|origin| origin.way),
        is_estimate: origin.map(|origin| origin.is_estimate),
        covered: origin.map(|origin| origin.covered),
    }
}
