//! The legend of a layer: classes, reasons, marks, cover.

use std::collections::BTreeMap;

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::Flag,
    indicator::{Reason, Text},
    scale::{Count, HIDDEN, Hatch, NO_FIGURE, Tally, WATER},
};

use super::{
    ConversionEntry, PaintedLayer, Scope, SourceFile, conversion, ranked, source_file::files,
};

/// A class of the legend.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ClassEntry {
    /// Its number; the publisher's where it has classes.
    #[serde(rename = "nummer")]
    pub number: u8,
    /// Its name, where the publisher gives one.
    #[serde(rename = "naam")]
    pub name: Option<Text>,
    /// Values above this; `null` is open.
    #[serde(rename = "van")]
    pub lower: Option<f64>,
    /// Values up to and including this; `null` is open.
    #[serde(rename = "tot")]
    pub upper: Option<f64>,
    /// Its colour, `#rrggbb`.
    #[serde(rename = "kleur")]
    pub colour: String,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: u32,
    /// Of these, areas with a mark, which take no part in comparisons.
    #[serde(rename = "gemarkeerd")]
    pub marked: u32,
    /// How many residents; `null` where the atlas has none for the division.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
}

/// A reason for missing values in the legend.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReasonEntry {
    /// Its key.
    #[serde(rename = "reden")]
    #[schema(value_type = String)]
    pub reason: Reason,
    /// What it means.
    #[serde(rename = "naam")]
    pub name: Text,
    /// How it is hatched: `geen-cijfer` or `verborgen`.
    #[serde(rename = "arcering")]
    pub hatch: &'static str,
    /// The ground of the hatch, `#rrggbb`.
    #[serde(rename = "kleur")]
    pub colour: String,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: u32,
    /// How many residents; `null` where the atlas has none for the division.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
}

/// A mark in the legend.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FlagEntry {
    /// Its key.
    #[serde(rename = "vlag")]
    #[schema(value_type = String)]
    pub flag: Flag,
    /// What it means.
    #[serde(rename = "naam")]
    pub name: Text,
    /// What makes an area so, with the thresholds.
    #[serde(rename = "uitleg")]
    pub explanation: Option<Text>,
    /// The colour of water; other marks are hatched over the colour of the class.
    #[serde(rename = "kleur")]
    pub colour: Option<String>,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: u32,
    /// How many residents; `null` where none of the areas has a number.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
}

/// How much of the areas and residents a layer says something about; water is left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Cover {
    /// Areas within the limits.
    #[serde(rename = "gebieden")]
    pub areas: u32,
    /// Of these, areas with a value.
    #[serde(rename = "metWaarde")]
    pub with_value: u32,
    /// Residents of the areas, where known.
    #[serde(rename = "inwoners")]
    pub residents: Option<u64>,
    /// Residents of the areas with a value.
    #[serde(rename = "inwonersMetWaarde")]
    pub residents_with_value: Option<u64>,
}

/// The legend of a layer.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LegendBody {
    /// The indicator's id.
    #[schema(value_type = String)]
    pub indicator: SmolStr,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: Text,
    /// The level.
    #[serde(rename = "niveau")]
    pub level: String,
    /// The year that a change is counted from.
    #[serde(rename = "sinds")]
    pub begin: Option<u16>,
    /// The year of the figures.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// The division that is drawn.
    #[serde(rename = "indeling")]
    pub vintage: u16,
    /// The gemeente or wijk that the layer is limited to.
    #[serde(rename = "binnen")]
    pub within: Option<String>,
    /// The unit.
    #[serde(rename = "eenheid")]
    pub unit: Text,
    /// How many decimals are shown.
    #[serde(rename = "decimalen")]
    pub decimals: u8,
    /// How the classes were made.
    #[serde(rename = "methode")]
    pub method: &'static str,
    /// From which values.
    #[serde(rename = "schaal")]
    #[schema(value_type = String)]
    pub scope: Scope,
    /// The palette's id.
    #[serde(rename = "palet")]
    #[schema(value_type = String)]
    pub palette: SmolStr,
    /// The classes, highest number first.
    #[serde(rename = "klassen")]
    pub classes: Vec<ClassEntry>,
    /// The reasons that occur.
    #[serde(rename = "redenen")]
    pub reasons: Vec<ReasonEntry>,
    /// The marks that occur.
    #[serde(rename = "vlaggen")]
    pub flags: Vec<FlagEntry>,
    /// How much the layer says something about.
    #[serde(rename = "dekking")]
    pub cover: Cover,
    /// How the figures came from another division; `null` where they are shown on their own.
    #[serde(rename = "omrekening")]
    pub conversion: Option<ConversionEntry>,
    /// How many areas of the level in the country are ranked; `null` where they are classes.
    #[serde(rename = "gerangschikt")]
    pub ranked: Option<usize>,
    /// Who publishes the figures.
    #[serde(rename = "bron")]
    pub source: Text,
    /// The licence of the figures.
    #[serde(rename = "licentie")]
    #[schema(value_type = String)]
    pub licence: SmolStr,
    /// Who publishes the borders.
    #[serde(rename = "bronGrenzen")]
    pub borders_source: Option<String>,
    /// The files that the figures and the borders come from.
    #[serde(rename = "bestanden")]
    pub files: Vec<SourceFile>,
    /// Where the class bounds come from, where they are the publisher's.
    #[serde(rename = "bronKlassen")]
    pub classes_source: Option<Text>,
    /// What belongs beside every map of the indicator.
    #[serde(rename = "opmerking")]
    pub note: Option<Text>,
    /// The version of the atlas.
    #[serde(rename = "versie")]
    pub version: String,
    /// Whether the country is invented.
    #[serde(rename = "fictief")]
    pub fictional: bool,
}

fn flag_text(flag: Flag) -> Text {
    let (nl, en) = match flag {
        Flag::Water => ("water", "water"),
        Flag::NauwelijksWoongebied => ("nauwelijks woongebied", "hardly residential"),
    };
    Text { nl: nl.into(), en: en.into() }
}

fn hatch(reason: Reason) -> Hatch {
    if reason.is_hidden() { HIDDEN } else { NO_FIGURE }
}

/// The legend of a painted layer: counts are of the areas within its limits.
pub fn legend(layer: &PaintedLayer<'_>) -> LegendBody {
    let mut tally = Tally::new(layer.scale.classes().len(), layer.with_residents);
    let mut marked: BTreeMap<u8, u32> = BTreeMap::new();
    let mut flags: BTreeMap<Flag, (u32, Option<f64>)> = BTreeMap::new();
    for area in &layer.areas {
        for flag in layer.series.coverage.flags(area.ordinal) {
            let (areas, residents) = flags.entry(*flag).or_default();
            *areas += 1;
            *residents = area
                .residents
                .map_or(*residents, |more| Some(residents.unwrap_or_default() + more));
        }
        if layer.is_water(area) {
            continue;
        }
        match (area.class, area.reason()) {
            (Some(class), _) => {
                tally.add_class(class, area.residents);
                if let Some(class) = layer.scale.classes().get(class)
                    && !layer.series.coverage.is_compared(area.ordinal)
                {
                    *marked.entry(class.number).or_default() += 1;
                }
            }
            (None, reason) => {
                tally.add_reason(reason.unwrap_or(Reason::Onbekend), area.residents);
            }
        }
    }
    let counted = tally.legend(&layer.scale);
    let (total, with_value) = (counted.total(), counted.with_value());
    // Counts of people: whole numbers, and far below 2^53.
    let residents = |count: Count| count.residents.map(|sum| sum.round() as u64);
    LegendBody {
        indicator: layer.indicator.id.clone(),
        name: layer.indicator.name.clone(),
        level: layer.spec.level.to_string(),
        begin: layer.spec.begin.map(crate::area::Year::get),
        year: layer.spec.year.get(),
        vintage: layer.series.key.vintage.get(),
        within: layer.spec.within.as_ref().map(ToString::to_string),
        unit: layer.indicator.unit.clone(),
        decimals: layer.indicator.decimals,
        method: layer.spec.method.as_str(),
        scope: layer.spec.scope,
        palette: layer.spec.palette.clone(),
        classes: counted
            .classes
            .iter()
            .map(|entry| ClassEntry {
                number: entry.class.number,
                name: entry.class.name.clone(),
                lower: entry.class.lower,
                upper: entry.class.upper,
                colour: entry.class.colour.to_string(),
                areas: entry.count.areas,
                marked: marked.get(&entry.class.number).copied().unwrap_or_default(),
                residents: residents(entry.count),
            })
            .collect(),
        reasons: counted
            .reasons
            .iter()
            .map(|(reason, count)| ReasonEntry {
                reason: *reason,
                name: reason.text(),
                hatch: hatch(*reason).name,
                colour: hatch(*reason).ground.to_string(),
                areas: count.areas,
                residents: residents(*count),
            })
            .collect(),
        flags: flags
            .into_iter()
            .map(|(flag, (areas, residents))| FlagEntry {
                flag,
                name: flag_text(flag),
                explanation: (flag == Flag::NauwelijksWoongebied)
                    .then(|| layer.atlas.residential.text()),
                colour: (flag == Flag::Water).then(|| WATER.to_string()),
                areas,
                residents: residents.map(|sum| sum.round() as u64),
            })
            .collect(),
        cover: Cover {
            areas: total.areas,
            with_value: with_value.areas,
            residents: residents(total),
            residents_with_value: residents(with_value),
        },
        conversion: conversion(layer),
        ranked: ranked(layer),
        source: layer.source(),
        licence: layer.licence(),
        files: files(layer),
        borders_source: layer
            .atlas
            .sources
            .get(&layer.series.coverage.source)
            .map(|source| source.provenance.publisher.clone()),
        classes_source: layer
            .indicator
            .classes
            .as_ref()
            .filter(|_| layer.pair.is_none())
            .and_then(|classes| classes.source.clone()),
        note: layer.note(),
        version: layer.atlas.version.clone(),
        fictional: layer.atlas.fictional,
    }
}

/// The colour that stands for an area in viewers that cannot hatch, and its class or reason.
pub(super) fn fill(layer: &PaintedLayer<'_>, area: &super::PaintedArea) -> String {
    match (area.class.and_then(|class| layer.scale.classes().get(class)), area.reason()) {
        _ if layer.is_water(area) => WATER.to_string(),
        (Some(class), _) => class.colour.to_string(),
        (None, reason) => hatch(reason.unwrap_or(Reason::Onbekend)).ground.to_string(),
    }
}
