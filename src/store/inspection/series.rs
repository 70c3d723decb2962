//! How much of the country each series covers.

use std::collections::BTreeMap;

use serde::Serialize;
use smol_str::SmolStr;

use crate::{
    area::{Flag, Level, Vintage, Year},
    indicator::{Catalogue, Reason, SeriesKey, Value},
};

use super::{Finding, FindingKind, number};
use crate::store::Contents;

/// What a series covers.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SeriesInspection {
    /// The indicator.
    pub indicator: SmolStr,
    /// The year that a change is counted from.
    #[serde(rename = "sinds")]
    pub begin: Option<Year>,
    /// The year.
    #[serde(rename = "jaar")]
    pub year: Year,
    /// The division.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// Whether the codes tell the division.
    #[serde(rename = "indelingUitCodes")]
    pub floats: bool,
    /// The level.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// Areas with a shape, water left out.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// How many of them have a number.
    #[serde(rename = "metWaarde")]
    pub with_value: usize,
    /// Which part of the residents lives there, in per cents; `None` where residents are unknown.
    #[serde(rename = "dekkingInwoners")]
    pub residents: Option<f64>,
    /// The others, by reason; an area that the series does not name counts as its catalogue says.
    #[serde(rename = "ontbrekend")]
    pub missing: BTreeMap<Reason, usize>,
    /// Values whose area has no shape: they wait.
    #[serde(rename = "zonderVlak")]
    pub waiting: usize,
}

/// The cover of every series; what waits for areas becomes a finding for each division and level.
pub fn inspect(
    contents: &Contents,
    catalogue: &Catalogue,
    floating: &BTreeMap<SeriesKey, Vintage>,
    findings: &mut Vec<Finding>,
) -> Vec<SeriesInspection> {
    let mut waiting: BTreeMap<(Vintage, Level), (usize, Vec<_>)> = BTreeMap::new();
    let series = contents
        .series
        .iter()
        .map(|(key, values)| {
            let areas = contents.areas.get(&(key.vintage, key.level.clone()));
            let land = areas.iter().flat_map(|areas| &areas.areas);
            let land: Vec<_> = land.filter(|area| !area.flags.contains(&Flag::Water)).collect();
            let absent = catalogue.get(&key.indicator).map(|indicator| indicator.absent);
            let absent = Value::Missing(absent.unwrap_or_default().reason());
            let residents = contents.residents(key.vintage, &key.level);
            let (mut with_value, mut missing) = (0, BTreeMap::new());
            let (mut all, mut covered) = (0.0, 0.0);
            for area in &land {
                let at = values.binary_search_by(|value| value.code.cmp(&area.code)).ok();
                let value = at.and_then(|at| values.get(at)).map(|value| value.value);
                let here = residents.and_then(|residents| number(residents, &area.code));
                all += here.unwrap_or_default();
                match value.unwrap_or(absent) {
                    Value::Number(_) => {
                        with_value += 1;
                        covered += here.unwrap_or_default();
                    }
                    Value::Missing(reason) => *missing.entry(reason).or_default() += 1,
                }
            }
            let without: Vec<_> = values
                .iter()
                .filter(|value| areas.is_none_or(|areas| areas.get(&value.code).is_none()))
                .map(|value| value.code.clone())
                .collect();
            if !without.is_empty() {
                let entry = waiting.entry((key.vintage, key.level.clone())).or_default();
                entry.0 += 1;
                if entry.1.len() < without.len() {
                    entry.1.clone_from(&without);
                }
            }
            let floats = floating.iter().any(|(other, vintage)| {
                *vintage == key.vintage && SeriesKey { vintage: *vintage, ..other.clone() } == *key
            });
            SeriesInspection {
                indicator: key.indicator.clone(),
                begin: key.begin,
                year: key.year,
                vintage: key.vintage,
                floats,
                level: key.level.clone(),
                areas: land.len(),
                with_value,
                residents: (all > 0.0).then(|| (1000.0 * covered / all).round() / 10.0),
                missing,
                waiting: without.len(),
            }
        })
        .collect();
    for ((vintage, level), (series, codes)) in waiting {
        let text = |n: usize| {
            format!("{series} series have values for {n} {level} without a shape: they wait")
        };
        findings.extend(Finding::about(FindingKind::Waiting, vintage, &level, text, codes));
    }
    series
}
