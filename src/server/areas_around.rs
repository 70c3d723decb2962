//! `/v1/gebieden` by place: the areas around a coordinate, and `POST` with a polygon: those that it
//! overlaps.

use std::collections::BTreeSet;

use axum::{
    body::{Body, HttpBody},
    extract::{RawQuery, State},
    http::{HeaderValue, header},
    response::Response,
};
use geo::{Coord, LineString, MultiPolygon};
use serde::Deserialize;

use crate::{
    atlas::{Atlas, LevelCoverage},
    coverage::{Shape, repair},
    crs::{LonLat, Rd, RdTransform},
    layer::TableCrs,
};

use super::{
    App,
    answer::Answer,
    areas::{AreasFound, DEFAULT_LIMIT, level, vintage},
    asked::Asked,
    location_tables::table_crs,
    parameter::{LEVEL_FILTER, LIMIT, RADIUS, TABLE_CRS, VINTAGE},
    place::{Place, place},
    problem::{InputError, Problem},
    query::Query,
};

/// So long may the text of a polygon be, bytes: some 10,000 vertices.
const LONGEST: usize = 1 << 18;

/// The areas of a level within so many metres of a coordinate, the nearest first. Where somebody
/// is: it may not be kept by caches that are shared, and is never logged.
pub(super) fn within_radius(
    app: &App,
    mut query: Query,
    asked: &Asked,
) -> Result<Response, Problem> {
    let atlas = &app.atlas;
    let found = place(atlas, &mut query);
    let coverage = coverage(atlas, &mut query);
    query.check()?;
    let (Some(Place::Point(rd, _)), Some(coverage)) = (found, coverage) else {
        let detail = "straal hoort bij een coördinaat: lat en lon, of x en y";
        return Err(Problem::invalid(vec![InputError::query("straal", "dubbel", detail)]));
    };
    let metres = query.whole(&RADIUS).unwrap_or_default() as f64;
    let near = coverage.within_radius(rd, metres);
    let near = near.into_iter().filter(|(at, _)| !coverage.is_water(*at));
    let near: Vec<_> = near.map(|(at, metres)| (at, Some(metres))).collect();
    let kept = HeaderValue::from_static("private, no-cache");
    let body = listed(atlas, coverage, &near, &query);
    Ok(Answer::json(&body)?.with(header::CACHE_CONTROL, kept).send(asked))
}

/// `POST /v1/gebieden?niveau=`: the areas that share ground with a polygon, which is GeoJSON (a
/// polygon, several, or a feature of them) in degrees or, with `crs=rd`, in RD.
pub async fn within_polygon(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
    body: Body,
) -> Result<Response, Problem> {
    let known = [&LEVEL_FILTER, &VINTAGE, &LIMIT, &TABLE_CRS];
    let mut query = Query::parse(raw.as_deref(), &known);
    let is_rd = table_crs(&mut query) == Some(TableCrs::Rd);
    // What is too long is refused before any of it is read.
    if body.size_hint().lower() > LONGEST as u64 {
        return Err(Problem::too_large(LONGEST));
    }
    let text = axum::body::to_bytes(body, LONGEST).await;
    let text = text.map_err(|_| Problem::too_large(LONGEST))?;
    let work = move || {
        let atlas = &app.atlas;
        let coverage = coverage(atlas, &mut query);
        query.check()?;
        let Some(coverage) = coverage else { return Err(Problem::internal()) };
        let transform = (!is_rd).then_some(&atlas.transform);
        let shape = shape(&text, transform).map_err(|detail| {
            Problem::invalid(vec![InputError::body("veelhoek", "ongeldig", detail)])
        })?;
        let found: BTreeSet<_> = coverage.overlapping(&shape).into_iter().collect();
        let found = found.into_iter().filter(|at| !coverage.is_water(*at));
        let found: Vec<_> = found.map(|at| (at, None)).collect();
        Answer::json(&listed(atlas, coverage, &found, &query))
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal())?;
    Ok(done?.with(header::CACHE_CONTROL, HeaderValue::from_static("no-store")).send(&asked))
}

fn listed(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    found: &[(usize, Option<f64>)],
    query: &Query,
) -> AreasFound {
    let limit = query.whole(&LIMIT).unwrap_or(DEFAULT_LIMIT);
    let found = found.iter().map(|&(ordinal, metres)| (coverage, ordinal, metres));
    AreasFound::new(atlas, found, limit)
}

/// The division of a level that is asked for, else the newest.
fn coverage<'a>(atlas: &'a Atlas, query: &mut Query) -> Option<&'a LevelCoverage> {
    let wanted = vintage(atlas, query);
    if query.text(&LEVEL_FILTER).is_none() {
        query.fail(InputError::query("niveau", "ontbreekt", "is hier verplicht"));
    }
    let level = level(atlas, query)?;
    let there: Vec<_> = atlas.vintages(&level);
    let vintage = wanted.or_else(|| atlas.newest(&level))?;
    let found = atlas.coverage(vintage, &level);
    if found.is_none() && !query.is_wrong(&VINTAGE) {
        let detail = format!("de atlas heeft geen {level} van {vintage}");
        query.fail(InputError::query("jaar", "onbekend", detail).allowing(there));
    }
    found
}

/// What of GeoJSON (RFC 7946) is taken.
#[derive(Deserialize)]
#[serde(tag = "type")]
enum Given {
    Polygon { coordinates: Vec<Vec<Vec<f64>>> },
    MultiPolygon { coordinates: Vec<Vec<Vec<Vec<f64>>>> },
    Feature { geometry: Box<Given> },
}

impl Given {
    fn polygons(self) -> Vec<Vec<Vec<Vec<f64>>>> {
        match self {
            Self::Polygon { coordinates } => vec![coordinates],
            Self::MultiPolygon { coordinates } => coordinates,
            Self::Feature { geometry } => geometry.polygons(),
        }
    }
}

/// The polygons of a text; degrees are brought to RD by `transform`.
fn shape(text: &[u8], transform: Option<&RdTransform>) -> Result<Shape, String> {
    let given: Given = serde_json::from_slice(text).map_err(|error| {
        let place = format!("regel {}, teken {}", error.line(), error.column());
        format!("verwacht GeoJSON met Polygon, MultiPolygon of een Feature daarvan ({place})")
    })?;
    let vertex = |position: Vec<f64>| {
        let [x, y, ..] = position[..] else {
            return Err("een positie heeft ten minste twee getallen".to_owned());
        };
        let rd = match transform {
            Some(transform) => {
                let point = LonLat { lon: x, lat: y };
                point.is_plausible().then(|| transform.to_rd(point))
            }
            None => Some(Rd { x, y }).filter(|rd| rd.is_plausible()),
        };
        let rd = rd.ok_or_else(|| format!("positie {x}, {y} ligt niet in of bij Nederland"))?;
        Ok(Coord { x: rd.x, y: rd.y })
    };
    let ring = |ring: Vec<Vec<f64>>| {
        ring.into_iter().map(vertex).collect::<Result<LineString<f64>, String>>()
    };
    let mut polygons = Vec::new();
    for rings in given.polygons() {
        let mut rings = rings.into_iter().map(ring);
        let Some(outer) = rings.next() else { continue };
        polygons.push(geo::Polygon::new(outer?, rings.collect::<Result<_, _>>()?));
    }
    let (shape, _) = repair(&MultiPolygon(polygons))
        .map_err(|_| "de veelhoek heeft geen oppervlak".to_owned())?;
    Ok(shape)
}
