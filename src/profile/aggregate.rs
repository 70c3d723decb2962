//! What several areas come to together: a sum of counts, or a mean of other figures, with what it
//! covers. Areas without a number take no part, and are never zero.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    atlas::{Atlas, Available, Column, RESIDENTS},
    indicator::{Indicator, Interval, Kind, SeriesKey, Text, Weight},
    layer::{self, Cover},
};

use super::IntervalEntry;

/// How figures of areas become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Aggregation {
    /// Counts are added up.
    Som,
    /// Other figures are averaged, each area by its weight.
    Gemiddelde,
}

/// What areas weigh in a mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighting {
    /// As the catalogue says: the indicator's denominator, or land; else residents.
    Catalogue,
    /// Residents, whatever the catalogue says.
    Residents,
}

/// What several areas come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Aggregate {
    /// How it was made.
    #[serde(rename = "wijze")]
    pub how: Aggregation,
    /// The sum or mean; `null` where no area has a number and a weight.
    #[serde(rename = "waarde")]
    pub value: Option<f64>,
    /// What it may stand for, since the figures are rounded: the extremes if every one were off to
    /// the same side. Weights are taken as they are. `null` where no figure is rounded.
    pub interval: Option<IntervalEntry>,
    /// How many areas and residents are in it; areas without a figure, and in a mean without a
    /// weight, are not.
    #[serde(rename = "dekking")]
    #[schema(value_type = Object)]
    pub cover: Cover,
    /// What areas weigh, in words; `null` for a sum.
    #[serde(rename = "gewogenNaar")]
    pub weighted_by: Option<Text>,
}

/// What the areas with these ordinals come to; water is left out. `None` for classes, which neither
/// add up nor average, and for a mean where nothing tells the weights. Cost: a pass over the areas.
pub fn aggregate(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    ordinals: &[usize],
    weighting: Weighting,
) -> Option<Aggregate> {
    let how = match indicator.kind {
        Kind::Klasse => return None,
        Kind::Aantal => Aggregation::Som,
        _ => Aggregation::Gemiddelde,
    };
    let residents = atlas.beside(RESIDENTS, series.coverage, series.key.year);
    let residents = residents.map(|series| series.column);
    let weights = match how {
        Aggregation::Som => None,
        Aggregation::Gemiddelde => Some(Weights::of(atlas, indicator, series, weighting)?),
    };
    let mut sum = Sum::default();
    let mut cover = Cover { areas: 0, with_value: 0, residents: None, residents_with_value: None };
    let (mut lived, mut lived_with_value) = (0.0, 0.0);
    for &at in ordinals.iter().filter(|&&at| !series.coverage.is_water(at)) {
        let here = residents.and_then(|column| column.get(at).number()).unwrap_or_default();
        cover.areas += 1;
        lived += here;
        let Some(interval) = series.column.interval(at) else { continue };
        let Some(value) = series.column.get(at).number() else { continue };
        let weight = match &weights {
            None => Some(1.0),
            Some(weights) => weights.column.get(at).number(),
        };
        let Some(weight) = weight else { continue };
        cover.with_value += 1;
        lived_with_value += here;
        match weights.as_ref().is_some_and(|weights| weights.is_land) {
            true => sum.add_density(value, interval, weight),
            false => sum.add(value, interval, weight),
        }
    }
    if residents.is_some() {
        cover.residents = Some(lived.round() as u64);
        cover.residents_with_value = Some(lived_with_value.round() as u64);
    }
    let [low, value, high] = match how {
        Aggregation::Som => sum.of.map(|total| (cover.with_value > 0).then_some(total)),
        Aggregation::Gemiddelde => sum.mean(),
    };
    let interval = low.zip(high).filter(|(low, high)| low != high);
    Some(Aggregate {
        how,
        value: value.map(layer::short),
        interval: interval
            .map(|(low, high)| IntervalEntry { low: layer::short(low), high: layer::short(high) }),
        cover,
        weighted_by: weights.map(|weights| weights.name),
    })
}

/// Numbers that are added up: the lowest that they may stand for, themselves, the highest.
#[derive(Default)]
struct Sum {
    of: [f64; 3],
    weight: [f64; 3],
}

impl Sum {
    fn add(&mut self, value: f64, interval: Interval, weight: f64) {
        for (at, number) in [interval.low, value, interval.high].into_iter().enumerate() {
            self.of[at] += number * weight;
            self.weight[at] += weight;
        }
    }

    /// So many residents on so many square kilometres, of which the density tells how many.
    fn add_density(&mut self, value: f64, interval: Interval, residents: f64) {
        for (at, number) in [interval.low, value, interval.high].into_iter().enumerate() {
            if number > 0.0 && residents > 0.0 {
                self.of[at] += residents;
                self.weight[at] += residents / number;
            }
        }
    }

    fn mean(&self) -> [Option<f64>; 3] {
        [0, 1, 2].map(|at| (self.weight[at] > 0.0).then(|| self.of[at] / self.weight[at]))
    }
}

struct Weights<'a> {
    column: &'a Column,
    name: Text,
    is_land: bool,
}

impl<'a> Weights<'a> {
    fn of(
        atlas: &'a Atlas,
        indicator: &Indicator,
        series: &Available<'a>,
        weighting: Weighting,
    ) -> Option<Self> {
        let is_land = indicator.weight == Weight::Oppervlakte;
        let denominator = indicator
            .denominator
            .as_ref()
            .filter(|_| weighting == Weighting::Catalogue && !is_land)
            .and_then(|id| {
                let same = |key: &SeriesKey| key.year == series.key.year && key.begin.is_none();
                let found = atlas
                    .series_on(id, series.key.vintage, &series.key.level)
                    .find(|(key, column)| same(key) && column.has_numbers())?;
                Some((atlas.catalogue.get(id)?, found.1))
            });
        let (counted, column) = match denominator {
            Some(found) => found,
            None => {
                let beside = atlas.beside(RESIDENTS, series.coverage, series.key.year)?;
                (atlas.catalogue.get(RESIDENTS)?, beside.column)
            }
        };
        let name = if is_land {
            Text { nl: "oppervlakte land".into(), en: "area of land".into() }
        } else {
            Text { nl: counted.name.nl.to_lowercase(), en: counted.name.en.to_lowercase() }
        };
        Some(Self { column, name, is_land })
    }
}
