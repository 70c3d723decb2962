//! `/v1/locaties`: which buurt, wijk and gemeente a coordinate lies in, and what is known there.

use std::collections::BTreeMap;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::Vintage,
    atlas::{Atlas, Available, LevelCoverage, Located},
    crs::{LonLat, Rd},
    indicator::{Indicator, Language, Reason},
    layer,
};

use super::{
    App,
    answer::{Answer, answer},
    areas::AreaName,
    indicators,
    layers::language,
    parameter::{INDICATORS, LANGUAGE, LAT, LON, VINTAGE, X, Y},
    problem::{InputError, Problem},
    query::Query,
};

/// A value at a location.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocationValue {
    /// The year of the figure.
    #[serde(rename = "jaar")]
    year: u16,
    /// The level that the figure is of: the finest that has one for this indicator.
    #[serde(rename = "niveau")]
    level: String,
    #[serde(rename = "waarde")]
    value: Option<f64>,
    #[serde(rename = "klasse")]
    class: Option<u8>,
    #[serde(rename = "klassenaam")]
    class_name: Option<String>,
    #[serde(rename = "reden")]
    #[schema(value_type = Option<String>)]
    reason: Option<Reason>,
}

/// What lies at a coordinate.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocationBody {
    /// The division.
    #[serde(rename = "jaar")]
    vintage: u16,
    /// The coordinate in RD New: x, y in metres.
    rd: [f64; 2],
    /// The coordinate in ETRS89: longitude, latitude in degrees.
    #[serde(rename = "lonLat")]
    lon_lat: [f64; 2],
    /// The buurt; `null` where the division has none here.
    buurt: Option<AreaName>,
    /// The wijk.
    wijk: Option<AreaName>,
    /// The gemeente.
    gemeente: Option<AreaName>,
    /// By indicator: the newest value of the finest of these areas that has a series of it.
    #[serde(rename = "waarden")]
    #[schema(value_type = Object)]
    values: BTreeMap<SmolStr, LocationValue>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/locaties`. A coordinate is where somebody is: the answer may not be kept by caches
/// that are shared, and is never logged.
pub async fn at(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let known = [&LAT, &LON, &X, &Y, &INDICATORS, &VINTAGE, &LANGUAGE];
    let mut query = Query::parse(raw.as_deref(), &known);
    answer(headers, move || {
        let atlas = &app.atlas;
        let point = point(atlas, &mut query);
        let vintage = vintage(atlas, &mut query);
        let indicators = chosen(atlas, &mut query);
        query.check()?;
        let (Some((rd, lon_lat)), Some(vintage)) = (point, vintage) else {
            return Err(Problem::not_found("de atlas heeft geen gebieden"));
        };
        let found = atlas.division_locator(vintage).at(rd);
        if found.is_empty() {
            let detail = format!("deze coördinaat ligt in geen gebied van de indeling {vintage}");
            return Err(Problem::not_found(detail));
        }
        let body = body(atlas, vintage, (rd, lon_lat), &found, &indicators, language(&query));
        Ok(Answer::json(&body)?
            .with(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")))
    })
    .await
}

/// The coordinate of a query in both systems: `lat` and `lon`, or `x` and `y`.
fn point(atlas: &Atlas, query: &mut Query) -> Option<(Rd, LonLat)> {
    let given = |query: &Query, parameter| query.text(parameter).is_some();
    let degrees = given(query, &LAT) || given(query, &LON);
    let metres = given(query, &X) || given(query, &Y);
    let missing = |query: &mut Query, name: &str, other: &str| {
        let detail = format!("ontbreekt: {name} en {other} horen bij elkaar");
        query.fail(InputError::query(name, "ontbreekt", detail));
    };
    match (degrees, metres) {
        (true, false) => match (query.number(&LAT), query.number(&LON)) {
            (Some(lat), Some(lon)) => {
                let lon_lat = LonLat { lon, lat };
                if lon_lat.is_plausible() {
                    return Some((atlas.transform.to_rd(lon_lat), lon_lat));
                }
                if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
                    let detail = "lat ligt tussen -90 en 90, lon tussen -180 en 180 graden";
                    query.fail(InputError::query("lat", "ongeldig", detail));
                    return None;
                }
                Some((OUTSIDE, lon_lat))
            }
            (None, _) if !given(query, &LAT) => {
                missing(query, "lat", "lon");
                None
            }
            (_, None) if !given(query, &LON) => {
                missing(query, "lon", "lat");
                None
            }
            _ => None,
        },
        (false, true) => match (query.number(&X), query.number(&Y)) {
            (Some(x), Some(y)) => {
                let rd = Rd { x, y };
                if rd.is_plausible() {
                    return Some((rd, atlas.transform.to_lonlat(rd)));
                }
                Some((OUTSIDE, LonLat { lon: f64::NAN, lat: f64::NAN }))
            }
            (None, _) if !given(query, &X) => {
                missing(query, "x", "y");
                None
            }
            (_, None) if !given(query, &Y) => {
                missing(query, "y", "x");
                None
            }
            _ => None,
        },
        (true, true) => {
            let detail = "geef lat en lon, of x en y, niet allebei";
            query.fail(InputError::query("lat", "dubbel", detail));
            None
        }
        (false, false) => {
            let detail = "geef een coördinaat: lat en lon in graden, of x en y in RD";
            query.fail(InputError::query("lat", "ontbreekt", detail));
            None
        }
    }
}

/// A point in no area: what lies far outside the country is not projected at all.
const OUTSIDE: Rd = Rd { x: f64::NAN, y: f64::NAN };

fn vintage(atlas: &Atlas, query: &mut Query) -> Option<Vintage> {
    let Some(wanted) = query.year(&VINTAGE).map(Vintage) else { return atlas.location_vintage() };
    let mut there: Vec<_> = atlas.coverages().map(|coverage| coverage.vintage).collect();
    there.dedup();
    if !there.contains(&wanted) {
        let detail = format!("de atlas heeft geen indeling van {wanted}");
        query.fail(InputError::query("jaar", "onbekend", detail).allowing(there));
    }
    Some(wanted)
}

/// The indicators that are asked for; without, none.
fn chosen<'a>(atlas: &'a Atlas, query: &mut Query) -> Vec<&'a Indicator> {
    let ids: Vec<String> =
        query.list(&INDICATORS).unwrap_or_default().into_iter().map(ToOwned::to_owned).collect();
    let mut chosen = Vec::with_capacity(ids.len());
    for id in ids {
        match indicators::find(atlas, &id) {
            Ok(indicator) => chosen.push(indicator),
            Err(error) => {
                let detail = error.detail;
                query.fail(
                    InputError::query("indicatoren", "onbekend", detail).allowing(error.allowed),
                );
            }
        }
    }
    chosen
}

fn body(
    atlas: &Atlas,
    vintage: Vintage,
    (rd, lon_lat): (Rd, LonLat),
    found: &Located<'_>,
    indicators: &[&Indicator],
    language: Language,
) -> LocationBody {
    let name = |area: Option<(&LevelCoverage, usize)>| {
        area.map(|(coverage, at)| AreaName {
            code: coverage.codes()[at].clone(),
            name: coverage.name(at).to_owned(),
        })
    };
    let round = |value: f64, factor: f64| (value * factor).round() / factor;
    LocationBody {
        vintage: vintage.get(),
        rd: [round(rd.x, 1e3), round(rd.y, 1e3)],
        lon_lat: [round(lon_lat.lon, 1e8), round(lon_lat.lat, 1e8)],
        buurt: name(found.buurt),
        wijk: name(found.wijk),
        gemeente: name(found.gemeente),
        values: indicators
            .iter()
            .filter_map(|indicator| {
                Some((indicator.id.clone(), value(atlas, found, indicator, language)?))
            })
            .collect(),
        version: atlas.version.clone(),
        fictional: atlas.fictional,
    }
}

/// The newest value of the finest area that has a series of the indicator.
fn value(
    atlas: &Atlas,
    found: &Located<'_>,
    indicator: &Indicator,
    language: Language,
) -> Option<LocationValue> {
    found.areas().find_map(|(coverage, ordinal)| {
        let (key, column) = atlas
            .series_on(&indicator.id, coverage.vintage, &coverage.level)
            .max_by_key(|(key, _)| (key.year, key.begin))?;
        let series = Available { key, column, coverage };
        let class = layer::publisher_class(atlas, indicator, &series, ordinal);
        let value = column.get(ordinal);
        Some(LocationValue {
            year: key.year.get(),
            level: coverage.level.to_string(),
            value: value.number(),
            class: class.as_ref().map(|(number, _)| *number),
            class_name: class.map(|(_, name)| name.get(language).to_owned()),
            reason: value.reason(),
        })
    })
}
