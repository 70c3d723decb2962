//! What a gemeente or the country comes to, to stand beside an area's own figure.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Level, Text},
    atlas::{Atlas, Available},
    indicator::{Indicator, Language, Reason, SeriesKey},
    layer::{self, Cover, format_number},
};

use super::{Aggregate, Aggregation, IntervalEntry, Weighting, aggregate, many};

/// Where a figure beside another comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The publisher gives it.
    Gepubliceerd,
    /// The counts of areas, added up here.
    Som,
    /// The mean of areas, made here.
    Gemiddelde,
}

/// A figure of a gemeente, of the country, or of another area, beside an area's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct BesideEntry {
    /// Whose it is; `null` for the country.
    #[schema(value_type = Option<String>)]
    pub code: Option<AreaCode>,
    /// The number; `null` where there is none.
    #[serde(rename = "waarde")]
    pub value: Option<f64>,
    /// Why there is none.
    #[serde(rename = "reden")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// What the number may stand for; `null` where it is not rounded.
    pub interval: Option<IntervalEntry>,
    /// The publisher's class; none for what was made here.
    #[serde(rename = "klasse")]
    pub class: Option<u8>,
    /// What that class is called.
    #[serde(rename = "klassenaam")]
    pub class_name: Option<Text>,
    /// Who made the number.
    #[serde(rename = "herkomst")]
    pub origin: Origin,
    /// How it was made and what it covers, in a sentence.
    #[serde(rename = "toelichting")]
    pub explanation: Text,
    /// What it covers, where it was made here.
    #[serde(rename = "dekking")]
    #[schema(value_type = Option<Object>)]
    pub cover: Option<Cover>,
}

/// The series of the same indicator, years and division on another level.
fn on_level<'a>(atlas: &'a Atlas, series: &Available<'a>, level: &Level) -> Option<Available<'a>> {
    let key = SeriesKey { level: level.clone(), ..series.key.clone() };
    let coverage = atlas.coverage(key.vintage, level)?;
    let (key, column) = atlas
        .series_on(&series.key.indicator, key.vintage, level)
        .find(|(other, _)| **other == key)?;
    Some(Available { key, column, coverage })
}

/// What a publisher says of an area, of any level on the division; `None` where its level has no
/// such series.
pub(super) fn published(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    code: &AreaCode,
) -> Option<BesideEntry> {
    let level = code.cbs_level().unwrap_or_else(|| series.key.level.clone());
    let there = on_level(atlas, series, &level)?;
    let ordinal = there.coverage.ordinal(code)?;
    let value = there.column.get(ordinal);
    let class = layer::publisher_class(atlas, indicator, &there, ordinal);
    let interval = there.column.interval(ordinal).filter(|interval| !interval.is_exact());
    Some(BesideEntry {
        code: Some(code.clone()),
        value: value.number(),
        reason: value.reason(),
        interval: interval.map(|interval| IntervalEntry {
            low: layer::short(interval.low),
            high: layer::short(interval.high),
        }),
        class: class.as_ref().map(|(number, _)| *number),
        class_name: class.map(|(_, name)| name),
        origin: Origin::Gepubliceerd,
        explanation: Text { nl: "Cijfer van de bron.".into(), en: "Figure of the source.".into() },
        cover: None,
    })
}

/// The figure of the gemeente that an area lies in: as published, else made from the areas of the
/// level in it. `None` for a gemeente, and where classes alone would have to be averaged.
pub(super) fn of_gemeente(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    gemeente: Option<&(Vec<usize>, AreaCode)>,
) -> Option<BesideEntry> {
    let (areas, code) = gemeente?;
    published(atlas, indicator, series, code).or_else(|| {
        let made = aggregate(atlas, indicator, series, areas, Weighting::Catalogue)?;
        Some(made_entry(made, &series.key.level, Some(code.clone())))
    })
}

/// The figure of the country: made from the gemeenten where they have the series, else from the
/// areas of the level. `None` for classes.
pub(super) fn of_country(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
) -> Option<BesideEntry> {
    let gemeenten = on_level(atlas, series, &Level::Gemeente);
    let from = gemeenten.filter(|series| series.column.has_numbers()).unwrap_or(*series);
    let all: Vec<_> = (0..from.coverage.len()).collect();
    let made = aggregate(atlas, indicator, &from, &all, Weighting::Catalogue)?;
    Some(made_entry(made, &from.key.level, None))
}

fn made_entry(made: Aggregate, level: &Level, code: Option<AreaCode>) -> BesideEntry {
    let explanation = |language| explain(&made, level, language);
    BesideEntry {
        code,
        explanation: Text { nl: explanation(Language::Nl), en: explanation(Language::En) },
        value: made.value,
        // Nothing to make it from: no area has a number.
        reason: made.value.is_none().then_some(Reason::Onbekend),
        interval: made.interval,
        class: None,
        class_name: None,
        origin: match made.how {
            Aggregation::Som => Origin::Som,
            Aggregation::Gemiddelde => Origin::Gemiddelde,
        },
        cover: Some(made.cover),
    }
}

fn explain(made: &Aggregate, level: &Level, language: Language) -> String {
    let number = |count: f64| format_number(count, 0, language);
    let cover = &made.cover;
    let areas = (number(cover.with_value.into()), number(cover.areas.into()));
    let many = many(level, language);
    let by = made.weighted_by.as_ref().map(|by| by.get(language));
    let residents = cover.residents_with_value.zip(cover.residents);
    let residents = residents.map(|(with, all)| (number(with as f64), number(all as f64)));
    match language {
        Language::Nl => {
            let how = match by {
                Some(by) => format!(
                    "Gemiddelde van {} van de {} {many}, gewogen naar {by}",
                    areas.0, areas.1
                ),
                None => format!("Som van {} van de {} {many}", areas.0, areas.1),
            };
            let lived = residents
                .map(|(with, all)| format!("; daar wonen {with} van de {all} inwoners"))
                .unwrap_or_default();
            format!("{how}{lived}. Berekend door wijkzicht, niet door de bron.")
        }
        Language::En => {
            let how = match by {
                Some(by) => format!("Mean of {} of {} {many}, weighted by {by}", areas.0, areas.1),
                None => format!("Sum of {} of {} {many}", areas.0, areas.1),
            };
            let lived = residents
                .map(|(with, all)| format!("; {with} of {all} inhabitants live there"))
                .unwrap_or_default();
            format!("{how}{lived}. Made by wijkzicht, not by the source.")
        }
    }
}
