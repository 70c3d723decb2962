//! `/v1/gebieden`: search by name or code.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Level, Vintage},
    atlas::{Atlas, LevelCoverage, Limits},
};

use super::{
    App,
    answer::Answer,
    area_heading::{AreaName, gemeente_of},
    areas_around,
    asked::Asked,
    key::Key,
    layers::{find_level, level_error},
    parameter::{self, BBOX, LAT, LEVEL_FILTER, LIMIT, LON, RADIUS, SEARCH, VINTAGE, WITHIN, X, Y},
    problem::{InputError, Problem},
    query::Query,
};

/// How many areas a search answers when nothing is said.
pub(super) const DEFAULT_LIMIT: usize = 20;

/// An area that a search found.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaFound {
    #[schema(value_type = String)]
    code: AreaCode,
    #[serde(rename = "naam")]
    name: String,
    #[serde(rename = "niveau")]
    level: String,
    /// The gemeente that it lies in; `null` for a gemeente.
    gemeente: Option<AreaName>,
    /// West, south, east, north in degrees.
    #[serde(rename = "omvang")]
    extent: [f64; 4],
    /// How far it is from the coordinate that was asked about, metres; 0 where that lies in it.
    #[serde(rename = "afstand", skip_serializing_if = "Option::is_none")]
    distance: Option<f64>,
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreasFound {
    /// How many there are in all.
    #[serde(rename = "totaal")]
    total: usize,
    /// The first of them.
    #[serde(rename = "gebieden")]
    areas: Vec<AreaFound>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

impl AreasFound {
    /// So many of the areas that were found, with their distance in metres where there is one.
    pub(super) fn new<'a>(
        atlas: &Atlas,
        found: impl ExactSizeIterator<Item = (&'a LevelCoverage, usize, Option<f64>)>,
        limit: usize,
    ) -> Self {
        Self {
            total: found.len(),
            areas: found.take(limit).map(|found| area_found(atlas, found)).collect(),
            version: atlas.version.clone(),
            fictional: atlas.fictional,
        }
    }
}

/// `GET /v1/gebieden`.
pub async fn search(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &parameter::AREAS);
    let atlas = &app.atlas;
    if query.text(&RADIUS).is_some() {
        return areas_around::within_radius(&app, query, &asked);
    }
    for place in [&LAT, &LON, &X, &Y] {
        if query.text(place).is_some() {
            let detail = "hoort bij straal: hoe ver om de coördinaat gezocht wordt";
            query.fail(InputError::query(place.name, "alleen", detail));
        }
    }
    let level = level(atlas, &mut query);
    let vintage = vintage(atlas, &mut query);
    if query.text(&SEARCH).is_none() && query.text(&LEVEL_FILTER).is_none() {
        let detail = "zonder q is niveau verplicht: dan is het antwoord een lijst";
        query.fail(InputError::query("q", "ontbreekt", detail));
    }
    query.check()?;
    let text = query.text(&SEARCH).map(ToOwned::to_owned);
    let limits = Limits { level, within: query.code(&WITHIN), bbox: query.bbox(&BBOX), vintage };
    let limit = query.whole(&LIMIT).unwrap_or(DEFAULT_LIMIT);
    let key = Key::new("gebieden")
        .and_maybe(text.as_deref())
        .and_maybe(limits.level.as_ref())
        .and_maybe(limits.within.as_ref())
        .and_maybe(limits.vintage)
        .and_maybe(limits.bbox.map(|bbox| bbox.map(|bound| bound.to_string()).join(",")))
        .and(limit);
    app.keep(&asked, key, move |app| {
        let atlas = &app.atlas;
        let found = atlas.search(text.as_deref(), &limits);
        let found = found.iter().map(|found| (found.coverage, found.ordinal, None));
        Answer::json(&AreasFound::new(atlas, found, limit))
    })
    .await
}

/// The level that a query asks for, checked against those there are.
pub(super) fn level(atlas: &Atlas, query: &mut Query) -> Option<Level> {
    let name = query.text(&LEVEL_FILTER).map(ToOwned::to_owned)?;
    let found = find_level(atlas, &name);
    if found.is_none() {
        query.fail(level_error(atlas, InputError::query, &name));
    }
    found
}

/// The division that a query asks for, checked against those there are.
pub(super) fn vintage(atlas: &Atlas, query: &mut Query) -> Option<Vintage> {
    let wanted = query.year(&VINTAGE).map(Vintage)?;
    let mut there: Vec<_> = atlas.coverages().map(|coverage| coverage.vintage).collect();
    there.dedup();
    if !there.contains(&wanted) {
        let detail = format!("de atlas heeft geen indeling van {wanted}");
        query.fail(InputError::query("jaar", "onbekend", detail).allowing(there));
    }
    Some(wanted)
}

fn area_found(
    atlas: &Atlas,
    (coverage, ordinal, metres): (&LevelCoverage, usize, Option<f64>),
) -> AreaFound {
    AreaFound {
        code: coverage.codes()[ordinal].clone(),
        name: coverage.name(ordinal).to_owned(),
        level: coverage.level.to_string(),
        gemeente: gemeente_of(atlas, coverage, ordinal),
        extent: coverage.extent(ordinal),
        distance: metres.map(|metres| (metres * 1000.0).round() / 1000.0),
    }
}

/// The code that the path names.
///
/// # Errors
/// A 404 problem where it is no code.
pub(super) fn path_code(code: &str) -> Result<AreaCode, Problem> {
    AreaCode::parse(code).map_err(|_| {
        let detail = "verwacht: een gebiedscode, zoals GM0363, WK036301 of BU0363AA01";
        Problem::unknown(InputError::path("code", "ongeldig", detail))
    })
}

/// The area that a path names, on the newest division that has it or the one that `jaar` says.
///
/// # Errors
/// A 400 or 404 problem where there is none, or the query says anything else.
pub(super) fn asked_area(
    atlas: &Atlas,
    code: &str,
    query: Option<&str>,
) -> Result<(AreaCode, Vintage), Problem> {
    let mut query = Query::parse(query, &[&VINTAGE]);
    let vintage = vintage(atlas, &mut query);
    query.check()?;
    let code = path_code(code)?;
    let (coverage, _) = found(atlas, &code, vintage)?;
    Ok((code, coverage.vintage))
}

/// The newest division that has the code, or the one that is asked for.
pub(super) fn found<'a>(
    atlas: &'a Atlas,
    code: &AreaCode,
    vintage: Option<Vintage>,
) -> Result<(&'a LevelCoverage, usize), Problem> {
    atlas.find(code, vintage).ok_or_else(|| {
        let years: Vec<_> = atlas
            .coverages()
            .filter(|coverage| coverage.ordinal(code).is_some())
            .map(|coverage| coverage.vintage.to_string())
            .collect();
        let detail = if years.is_empty() {
            format!("de atlas heeft geen gebied met code {code}")
        } else {
            format!("{code} bestaat niet in deze indeling, wel in {}", years.join(", "))
        };
        Problem::unknown(InputError::path("code", "onbekend", detail))
    })
}
