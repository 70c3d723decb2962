use std::collections::BTreeSet;

use geo_types::{Coord, MultiPolygon};
use geojson::{Feature, FeatureCollection, GeometryValue, JsonObject, feature::Id};
use serde_json::{Value as Json, json};

use super::*;
use crate::{
    atlas::testdata,
    coverage::{Detail, Shape},
    crs::{Rd, RdTransform},
    indicator::Language,
    layer::{LayerCrs, LayerSpec, Scope, area_class_name, paint},
    scale::Method,
};

fn to_degrees(shape: &Shape, transform: &RdTransform) -> MultiPolygon<f64> {
    let mut polygons = shape.to_multi_polygon();
    for polygon in &mut polygons.0 {
        let convert = |ring: &mut geo_types::LineString<f64>| {
            for point in &mut ring.0 {
                let at = transform.to_lonlat(Rd { x: point.x, y: point.y });
                *point = Coord { x: round_degrees(at.lon), y: round_degrees(at.lat) };
            }
        };
        polygon.exterior_mut(convert);
        polygon.interiors_mut(|rings| rings.iter_mut().for_each(convert));
    }
    polygons
}

/// Seven decimals: about a centimetre, as the Geo module's at most eight allow.
fn round_degrees(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// The same collection by way of the geojson crate: slower, and with nothing of what is tested.
fn collection(layer: &PaintedLayer<'_>) -> FeatureCollection {
    let areas = layer.areas.iter().zip(standings(layer));
    let features = areas.map(|(area, standing)| feature(layer, area, standing)).collect();
    let legend = legend(layer);
    let language = layer.spec.language;
    let members = json!({
        "indicator": legend.indicator,
        "naam": legend.name.get(language),
        "niveau": legend.level,
        "sinds": legend.begin,
        "jaar": legend.year,
        "indeling": legend.vintage,
        "eenheid": legend.unit.get(language),
        "dekking": legend.cover,
        "bron": legend.source.get(language),
        "bronGrenzen": legend.borders_source,
        "licentie": legend.licence,
        "opmerking": legend.note.as_ref().map(|note| note.get(language)),
        "versie": legend.version,
        "fictief": legend.fictional,
        "legenda": legend,
    });
    FeatureCollection { bbox: None, features, foreign_members: members.as_object().cloned() }
}

fn feature(layer: &PaintedLayer<'_>, area: &PaintedArea, standing: Option<Standing>) -> Feature {
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
    let is_filled = layer.indicator.display == Display::Vlak || class.is_none();
    put("fill-opacity", json!(if is_filled { 0.85 } else { 0.0 }));
    put("stroke", json!("#ffffff"));
    put("stroke-width", json!(0.5));
    if let Some(class) = class.filter(|_| !is_filled) {
        put("stroke", json!(class.colour.to_string()));
        put("stroke-width", json!(1.5));
    }
    let shape = coverage.shape_at(area.ordinal, layer.spec.detail);
    let geometry = if layer.spec.crs == LayerCrs::Rd {
        GeometryValue::from(&shape.to_multi_polygon())
    } else {
        GeometryValue::from(&to_degrees(&shape, &layer.atlas.transform))
    };
    Feature {
        bbox: None,
        geometry: Some(geometry.into()),
        id: Some(Id::String(code.to_string())),
        properties: Some(properties),
        foreign_members: None,
    }
}

/// Every indicator of the demo on each level, in each system and language.
#[test]
fn the_text_is_what_the_geojson_crate_makes_of_it() {
    let atlas = testdata::atlas();
    let mut compared = 0;
    for indicator in atlas.indicators() {
        let mut levels = BTreeSet::new();
        for (number, series) in atlas.series_of(&indicator.id).enumerate() {
            if !levels.insert(&series.key.level) {
                continue;
            }
            let spec = LayerSpec {
                indicator: indicator.id.clone(),
                second: None,
                level: series.key.level.clone(),
                begin: series.key.begin,
                year: series.key.year,
                vintage: None,
                method: indicator.method,
                class_count: usize::from(indicator.class_count),
                bounds: None,
                scope: Scope::Vast,
                palette: match indicator.method {
                    Method::Publicatie => indicator.palette.clone(),
                    _ => "geelgroenblauw".into(),
                },
                within: None,
                bbox: None,
                detail: Detail::VOLLEDIG,
                crs: if number % 2 == 0 { LayerCrs::Crs84 } else { LayerCrs::Rd },
                language: if number % 3 == 0 { Language::En } else { Language::Nl },
            };
            let Ok(layer) = paint(&atlas, indicator, spec) else { continue };
            let text = geojson(&layer).expect("it serialises");
            let read: Json = serde_json::from_slice(&text).expect("it is JSON");
            let expected = serde_json::to_value(collection(&layer)).expect("it serialises");
            assert!(read == expected, "{:?}", layer.spec);
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn a_layer_without_areas_is_a_collection_without_features() {
    let atlas = testdata::atlas();
    let indicator = atlas.indicators().find(|one| one.id == "leefbaarheid").expect("in the demo");
    let series = atlas.series_of(&indicator.id).next().expect("in the demo");
    let spec = LayerSpec {
        indicator: indicator.id.clone(),
        second: None,
        level: series.key.level.clone(),
        begin: series.key.begin,
        year: series.key.year,
        vintage: None,
        method: indicator.method,
        class_count: 9,
        bounds: None,
        scope: Scope::Vast,
        palette: indicator.palette.clone(),
        within: None,
        bbox: Some([0.0, 0.0, 1.0, 1.0]),
        detail: Detail::VOLLEDIG,
        crs: LayerCrs::Crs84,
        language: Language::Nl,
    };
    let layer = paint(&atlas, indicator, spec).expect("painted");
    let text = geojson(&layer).expect("it serialises");
    let read: Json = serde_json::from_slice(&text).expect("it is JSON");
    assert_eq!(read["features"], json!([]));
    assert_eq!(read["indicator"], "leefbaarheid");
}
