//! A coloured layer as GeoJSON (RFC 7946), with the colours in simplestyle properties.

use std::{borrow::Cow, io};

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    area::{AreaCode, Flag, Level, Text, Year},
    atlas::Way,
    indicator::{Display, Reason, Standing, Value},
    scale::Class,
};

use super::{
    AnyLegend, PaintedArea, PaintedLayer, any_legend, class_name::class_name, conversion::origin,
    legend, number::short, standings,
};

/// Areas that are written as one piece of work.
const PIECE: usize = 512;

/// What a feature takes beside its geometry, bytes, roughly: room that is too small is made twice.
const PROPERTIES: usize = 512;

/// The colour and width of borders that mean nothing.
const PLAIN_STROKE: (&str, f64) = ("#ffffff", 0.5);

/// The collection of a painted layer as text. In [`LayerCrs::Rd`](super::LayerCrs::Rd) coordinates
/// are RD metres, which the standard allows by prior arrangement only: the parameter is that
/// arrangement.
///
/// Cost: writing the properties, on all cores, and copying the geometries, which are written once
/// in the life of an atlas.
///
/// # Errors
/// When a value does not serialise, which a bug alone can cause.
pub fn geojson(layer: &PaintedLayer<'_>) -> io::Result<Vec<u8>> {
    let standings = standings(layer);
    let classes = Painted::of_classes(layer);
    let coverage = layer.series.coverage;
    let pieces = layer
        .areas
        .par_chunks(PIECE)
        .zip(standings.par_chunks(PIECE))
        .map(|(areas, standings)| {
            let geometry = |area: &PaintedArea| {
                coverage.fragment(area.ordinal, layer.spec.detail, layer.spec.crs).len()
            };
            let geometries: usize = areas.iter().map(geometry).sum();
            let mut text = Vec::with_capacity(geometries + areas.len() * PROPERTIES);
            for (area, standing) in areas.iter().zip(standings) {
                text.push(b',');
                write_feature(&mut text, layer, &classes, area, *standing)?;
            }
            Ok(text)
        })
        .collect::<io::Result<Vec<_>>>()?;

    let mut text = br#"{"type":"FeatureCollection","features":["#.to_vec();
    text.reserve(pieces.iter().map(Vec::len).sum::<usize>() + 16 * 1024);
    for (at, piece) in pieces.into_iter().enumerate() {
        // The first feature of all has no comma before it.
        text.extend_from_slice(if at == 0 { piece.get(1..).unwrap_or_default() } else { &piece });
    }
    text.extend_from_slice(b"],");
    // The members' own opening brace becomes the comma above.
    let begun = text.len();
    serde_json::to_writer(&mut text, &Members::new(layer, &any_legend(layer)))?;
    text.remove(begun);
    Ok(text)
}

/// What a collection says beside its features.
#[derive(Serialize)]
struct Members<'a> {
    indicator: &'a str,
    #[serde(rename = "met", skip_serializing_if = "Option::is_none")]
    second: Option<&'a str>,
    #[serde(rename = "metJaar", skip_serializing_if = "Option::is_none")]
    second_year: Option<u16>,
    #[serde(rename = "naam")]
    name: &'a str,
    #[serde(rename = "niveau")]
    level: &'a str,
    #[serde(rename = "sinds")]
    begin: Option<u16>,
    #[serde(rename = "jaar")]
    year: u16,
    #[serde(rename = "indeling")]
    vintage: u16,
    #[serde(rename = "eenheid")]
    unit: &'a str,
    #[serde(rename = "dekking")]
    cover: super::Cover,
    #[serde(rename = "bron")]
    source: &'a str,
    #[serde(rename = "bronGrenzen")]
    borders_source: Option<&'a str>,
    #[serde(rename = "licentie")]
    licence: &'a str,
    #[serde(rename = "opmerking")]
    note: Option<&'a str>,
    #[serde(rename = "versie")]
    version: &'a str,
    #[serde(rename = "fictief")]
    fictional: bool,
    #[serde(rename = "legenda")]
    legend: &'a AnyLegend,
}

impl<'a> Members<'a> {
    fn new(layer: &'a PaintedLayer<'_>, legend: &'a AnyLegend) -> Self {
        let language = layer.spec.language;
        let text = |text: &'a Text| text.get(language);
        let pair = layer.pair.as_ref();
        let (cover, source, borders_source, licence, note) = match legend {
            AnyLegend::One(of) => {
                (of.cover, &of.source, &of.borders_source, &of.licence, of.note.as_ref())
            }
            AnyLegend::Pair(of) => {
                (of.cover, &of.source, &of.borders_source, &of.licence, of.note.as_ref())
            }
        };
        Self {
            indicator: &layer.indicator.id,
            second: pair.map(|pair| pair.indicator.id.as_str()),
            second_year: pair.map(|pair| pair.series.key.year.get()),
            name: text(&layer.indicator.name),
            level: layer.spec.level.plural(),
            begin: layer.spec.begin.map(Year::get),
            year: layer.spec.year.get(),
            vintage: layer.series.key.vintage.get(),
            unit: text(&layer.indicator.unit),
            cover,
            source: text(source),
            borders_source: borders_source.as_deref(),
            licence,
            note: note.map(text),
            version: &layer.atlas.version,
            fictional: layer.atlas.fictional,
            legend,
        }
    }
}

/// What is known of an area and how it is painted.
#[derive(Serialize)]
pub(super) struct Properties<'a> {
    code: &'a AreaCode,
    #[serde(rename = "naam")]
    name: &'a str,
    #[serde(rename = "niveau")]
    level: &'a Level,
    gemeente: Option<&'a str>,
    #[serde(rename = "waarde")]
    value: Option<f64>,
    #[serde(rename = "reden")]
    reason: Option<Reason>,
    #[serde(flatten)]
    second: Option<SecondProperties>,
    #[serde(rename = "klasse")]
    class: Option<u8>,
    #[serde(rename = "klassenaam")]
    class_name: Option<&'a str>,
    #[serde(rename = "vlaggen")]
    flags: &'a [Flag],
    #[serde(rename = "marge", skip_serializing_if = "Option::is_none")]
    interval: Option<[f64; 2]>,
    #[serde(rename = "rang", skip_serializing_if = "Option::is_none")]
    ranks: Option<[usize; 2]>,
    #[serde(flatten)]
    origin: Option<OriginProperties>,
    fill: Cow<'a, str>,
    #[serde(rename = "fill-opacity")]
    fill_opacity: f64,
    stroke: &'a str,
    #[serde(rename = "stroke-width")]
    stroke_width: f64,
}

/// How the figure of an area came there, in a layer of figures of another division.
#[derive(Serialize)]
struct OriginProperties {
    #[serde(rename = "omrekening")]
    way: Option<Way>,
    #[serde(rename = "geschat")]
    is_estimate: bool,
    #[serde(rename = "gedekt")]
    covered: f64,
}

impl OriginProperties {
    fn of(layer: &PaintedLayer<'_>, area: &PaintedArea) -> Option<Self> {
        let converted = layer.series.column.converted()?;
        let origin = origin(Some(converted), area.ordinal);
        Some(Self {
            way: origin.map(|origin| origin.way),
            is_estimate: layer.series.column.estimate(area.ordinal).is_some(),
            covered: origin.map_or(0.0, |origin| origin.covered),
        })
    }
}

/// The second number of an area, in a layer of two topics.
#[derive(Serialize)]
struct SecondProperties {
    #[serde(rename = "met")]
    value: Option<f64>,
    #[serde(rename = "metReden")]
    reason: Option<Reason>,
}

impl From<Value> for SecondProperties {
    fn from(value: Value) -> Self {
        Self { value: value.number(), reason: value.reason() }
    }
}

/// How the areas of a class are painted.
pub(super) struct Painted {
    number: u8,
    name: String,
    colour: String,
}

impl Painted {
    pub(super) fn of_classes(layer: &PaintedLayer<'_>) -> Vec<Self> {
        let painted = |class: &Class| Self {
            number: class.number,
            name: class_name(layer, class),
            colour: class.colour.to_string(),
        };
        layer.scale.classes().iter().map(painted).collect()
    }
}

/// What a collection says beside its features, as it is written.
pub(super) fn members(layer: &PaintedLayer<'_>) -> io::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&Members::new(layer, &any_legend(layer)))?)
}

impl<'a> Properties<'a> {
    pub(super) fn new(
        layer: &'a PaintedLayer<'_>,
        classes: &'a [Painted],
        area: &PaintedArea,
        standing: Option<Standing>,
    ) -> Self {
        let coverage = layer.series.coverage;
        let class = area.class.and_then(|class| classes.get(class));
        let interval = layer.series.column.interval(area.ordinal).filter(|i| !i.is_exact());
        // A count is never a filled area: viewers that know simplestyle alone see its border.
        let outlined = class.filter(|_| layer.indicator.display != Display::Vlak);
        let stroke = outlined.map_or(PLAIN_STROKE, |class| (class.colour.as_str(), 1.5));
        Self {
            code: &coverage.codes()[area.ordinal],
            name: coverage.name(area.ordinal),
            level: &layer.spec.level,
            gemeente: layer.atlas.gemeente_name(coverage, area.ordinal),
            value: area.value.number(),
            reason: area.value.reason(),
            second: area.second.map(SecondProperties::from),
            class: class.map(|class| class.number),
            class_name: class.map(|class| class.name.as_str()),
            flags: coverage.flags(area.ordinal),
            interval: interval.map(|interval| [short(interval.low), short(interval.high)]),
            ranks: standing.map(|standing| [standing.best, standing.worst]),
            origin: OriginProperties::of(layer, area),
            fill: match class {
                Some(class) if !layer.is_water(area) => Cow::Borrowed(class.colour.as_str()),
                _ => Cow::Owned(legend::fill(layer, area)),
            },
            fill_opacity: if outlined.is_some() { 0.0 } else { 0.85 },
            stroke: stroke.0,
            stroke_width: stroke.1,
        }
    }
}

fn write_feature(
    text: &mut Vec<u8>,
    layer: &PaintedLayer<'_>,
    classes: &[Painted],
    area: &PaintedArea,
    standing: Option<Standing>,
) -> io::Result<()> {
    let coverage = layer.series.coverage;
    let geometry = coverage.fragment(area.ordinal, layer.spec.detail, layer.spec.crs);
    text.extend_from_slice(br#"{"type":"Feature","geometry":"#);
    text.extend_from_slice(geometry.as_bytes());
    text.extend_from_slice(br#","id":"#);
    serde_json::to_writer(&mut *text, &coverage.codes()[area.ordinal])?;
    text.extend_from_slice(br#","properties":"#);
    serde_json::to_writer(&mut *text, &Properties::new(layer, classes, area, standing))?;
    text.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests;
