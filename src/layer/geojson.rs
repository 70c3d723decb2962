//! A coloured layer as GeoJSON (RFC 7946), with the colours in simplestyle properties.

use geojson::{Feature, FeatureCollection, GeometryValue, JsonObject, feature::Id};
use serde_json::{Value as Json, json};

use crate::{
    indicator::{Display, Standing},
    scale::{Class, Method},
};

use super::{
    LayerCrs, PaintedArea, PaintedLayer, format_number, legend,
    number::{decimals_of, short},
    standings,
};

/// The collection of a painted layer. In [`LayerCrs::Rd`] coordinates are RD metres, which the
/// standard allows by prior arrangement only: the parameter is that arrangement.
pub fn geojson(layer: &PaintedLayer<'_>) -> FeatureCollection {
    let areas = layer.areas.iter().zip(standings(layer));
    let features = areas.map(|(area, standing)| feature(layer, area, standing)).collect();
    FeatureCollection { bbox: None, features, foreign_members: Some(members(layer)) }
}

/// What a collection says beside its features.
pub(super) fn members(layer: &PaintedLayer<'_>) -> JsonObject {
    let legend = legend(layer);
    let language = layer.spec.language;
    let mut members = JsonObject::new();
    let mut put = |key: &str, value: Json| members.insert(key.to_owned(), value);
    put("indicator", json!(legend.indicator));
    put("naam", json!(legend.name.get(language)));
    put("niveau", json!(legend.level));
    put("sinds", json!(legend.begin));
    put("jaar", json!(legend.year));
    put("indeling", json!(legend.vintage));
    put("eenheid", json!(legend.unit.get(language)));
    put("dekking", json!(legend.cover));
    put("bron", json!(legend.source.get(language)));
    put("bronGrenzen", json!(legend.borders_source));
    put("licentie", json!(legend.licence));
    put("opmerking", json!(legend.note.as_ref().map(|note| note.get(language))));
    put("versie", json!(legend.version));
    put("fictief", json!(legend.fictional));
    put("legenda", json!(legend));
    members
}

/// What is known of an area and how it is painted.
pub(super) fn properties(
    layer: &PaintedLayer<'_>,
    area: &PaintedArea,
    standing: Option<Standing>,
) -> JsonObject {
    let coverage = layer.series.coverage;
    let code = &coverage.codes()[area.ordinal];
    let class = area.class.and_then(|class| layer.scale.classes().get(class));
    let mut properties = JsonObject::new();
    let mut put = |key: &str, value: Json| properties.insert(key.to_owned(), value);
    put("code", json!(code));
    put("naam", json!(coverage.name(area.ordinal)));
    put("niveau", json!(layer.spec.level));
    put("gemeente", json!(layer.atlas.gemeente_name(coverage, area.ordinal)));
    put("waarde", json!(area.value.number()));
    put("reden", json!(area.value.reason()));
    put("klasse", json!(class.map(|class| class.number)));
    put("klassenaam", json!(area_class_name(layer, area)));
    put("vlaggen", json!(coverage.flags(area.ordinal)));
    if let Some(interval) = layer.series.column.interval(area.ordinal).filter(|i| !i.is_exact()) {
        put("marge", json!([short(interval.low), short(interval.high)]));
    }
    if let Some(standing) = standing {
        put("rang", json!([standing.best, standing.worst]));
    }
    put("fill", json!(legend::fill(layer, area)));
    // A count is never a filled area: viewers that know simplestyle alone see its border.
    let is_filled = layer.indicator.display == Display::Vlak || class.is_none();
    put("fill-opacity", json!(if is_filled { 0.85 } else { 0.0 }));
    put("stroke", json!("#ffffff"));
    put("stroke-width", json!(0.5));
    if let Some(class) = class.filter(|_| !is_filled) {
        put("stroke", json!(class.colour.to_string()));
        put("stroke-width", json!(1.5));
    }
    properties
}

fn feature(layer: &PaintedLayer<'_>, area: &PaintedArea, standing: Option<Standing>) -> Feature {
    let coverage = layer.series.coverage;
    let geometry = match layer.spec.crs {
        LayerCrs::Crs84 => GeometryValue::from(&coverage.degrees()[area.ordinal]),
        LayerCrs::Rd => GeometryValue::from(&coverage.shape(area.ordinal).to_multi_polygon()),
    };
    Feature {
        bbox: None,
        geometry: Some(geometry.into()),
        id: Some(Id::String(coverage.codes()[area.ordinal].to_string())),
        properties: Some(properties(layer, area, standing)),
        foreign_members: None,
    }
}

/// The name of an area's class, where it has one.
pub fn area_class_name(layer: &PaintedLayer<'_>, area: &PaintedArea) -> Option<String> {
    layer.scale.classes().get(area.class?).map(|class| class_name(layer, class))
}

/// The name of a class: the publisher's, else its bounds in words.
pub(super) fn class_name(layer: &PaintedLayer<'_>, class: &Class) -> String {
    let language = layer.spec.language;
    if let Some(name) = &class.name {
        return name.get(language).to_owned();
    }
    let unit = layer.indicator.unit.get(language);
    let number = |value: f64| {
        let decimals = match layer.spec.method {
            // Cut off, a bound that somebody chose would be another bound.
            Method::Eigen => layer.indicator.decimals.max(decimals_of(value)),
            _ => layer.indicator.decimals,
        };
        let text = format_number(value, decimals, language);
        if unit.is_empty() { text } else { format!("{text} {unit}") }
    };
    let (over, to) = match language {
        crate::indicator::Language::Nl => ("meer dan", "t/m"),
        crate::indicator::Language::En => ("more than", "up to"),
    };
    match (class.lower, class.upper) {
        (None, Some(upper)) => format!("{to} {}", number(upper)),
        (Some(lower), None) => format!("{over} {}", number(lower)),
        (Some(lower), Some(upper)) => format!("{over} {} {to} {}", number(lower), number(upper)),
        (None, None) => class.number.to_string(),
    }
}
