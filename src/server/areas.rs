//! `/v1/gebieden`: search by name or code, and one area with what is known of it.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Flag, Level, Text, Vintage},
    atlas::{Atlas, LevelCoverage, Limits},
    indicator::SeriesBreak,
    profile::{ValueEntry, values},
};

use super::{
    App,
    answer::Answer,
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

/// A code and what it is called.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AreaName {
    /// The code.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// The name.
    #[serde(rename = "naam")]
    pub name: String,
}

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

/// Why an area has a mark.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagReason {
    /// The mark.
    #[serde(rename = "vlag")]
    #[schema(value_type = String)]
    flag: Flag,
    /// Why, in words.
    #[serde(rename = "reden")]
    pub(super) reason: Text,
}

/// An area beside another.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaNeighbour {
    #[serde(flatten)]
    area: AreaName,
    /// How much border they share, whole metres; 0 where they meet in a point.
    #[serde(rename = "grens")]
    border: u64,
}

/// What an area is, above what is said of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaHeading {
    #[schema(value_type = String)]
    pub(super) code: AreaCode,
    #[serde(rename = "naam")]
    pub(super) name: String,
    #[serde(rename = "niveau")]
    pub(super) level: String,
    /// The division.
    #[serde(rename = "jaar")]
    pub(super) vintage: u16,
    #[serde(rename = "vlaggen")]
    #[schema(value_type = Vec<String>)]
    pub(super) flags: Vec<Flag>,
    /// Why it has a mark, where that is not plain.
    #[serde(rename = "vlagredenen")]
    pub(super) flag_reasons: Vec<FlagReason>,
    /// The gemeente that it lies in; `null` for a gemeente.
    pub(super) gemeente: Option<AreaName>,
    /// The wijk that it lies in; `null` for a wijk or gemeente.
    pub(super) wijk: Option<AreaName>,
    /// West, south, east, north in degrees.
    #[serde(rename = "omvang")]
    pub(super) extent: [f64; 4],
}

/// What an area is.
pub(super) fn heading(atlas: &Atlas, coverage: &LevelCoverage, ordinal: usize) -> AreaHeading {
    AreaHeading {
        code: coverage.codes()[ordinal].clone(),
        name: coverage.name(ordinal).to_owned(),
        level: coverage.level.to_string(),
        vintage: coverage.vintage.get(),
        flags: coverage.flags(ordinal).to_vec(),
        flag_reasons: flag_reasons(coverage, ordinal),
        gemeente: parent(atlas, coverage, ordinal, &Level::Gemeente),
        wijk: parent(atlas, coverage, ordinal, &Level::Wijk),
        extent: coverage.extent(ordinal),
    }
}

fn flag_reasons(coverage: &LevelCoverage, ordinal: usize) -> Vec<FlagReason> {
    let why = coverage.hardly_residential(ordinal);
    let why = why.map(|why| FlagReason { flag: Flag::NauwelijksWoongebied, reason: why.text() });
    why.into_iter().collect()
}

/// One area with what is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaDetail {
    #[schema(value_type = String)]
    code: AreaCode,
    #[serde(rename = "naam")]
    name: String,
    #[serde(rename = "niveau")]
    level: String,
    /// The division.
    #[serde(rename = "jaar")]
    vintage: u16,
    #[serde(rename = "vlaggen")]
    #[schema(value_type = Vec<String>)]
    flags: Vec<Flag>,
    /// Why it has a mark, where that is not plain.
    #[serde(rename = "vlagredenen")]
    flag_reasons: Vec<FlagReason>,
    gemeente: Option<AreaName>,
    wijk: Option<AreaName>,
    #[serde(rename = "onderliggend")]
    children: Vec<AreaName>,
    /// The areas of its level that it shares a border or a corner with, the longest border first.
    #[serde(rename = "buren")]
    neighbours: Vec<AreaNeighbour>,
    #[serde(rename = "omvang")]
    extent: [f64; 4],
    /// The codes that this area had before, with the same border.
    #[serde(rename = "vorigeCodes")]
    #[schema(value_type = Vec<String>)]
    former_codes: Vec<AreaCode>,
    /// The divisions that have the code.
    #[serde(rename = "jaren")]
    vintages: Vec<u16>,
    /// Every indicator with all its years on this division.
    #[serde(rename = "waarden")]
    #[schema(value_type = Object)]
    values: BTreeMap<SmolStr, Vec<ValueEntry>>,
    /// Of these indicators, the years from which they mean something else.
    #[serde(rename = "reeksbreuken")]
    #[schema(value_type = Object)]
    breaks: BTreeMap<SmolStr, Vec<SeriesBreak>>,
    /// Of these indicators, those that look alike and measure something else.
    #[serde(rename = "nietVergelijkbaarMet")]
    #[schema(value_type = Object)]
    incomparable: BTreeMap<SmolStr, Vec<SmolStr>>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
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
        gemeente: parent(atlas, coverage, ordinal, &Level::Gemeente),
        extent: coverage.extent(ordinal),
        distance: metres.map(|metres| (metres * 1000.0).round() / 1000.0),
    }
}

/// The gemeente that an area lies in; `None` for a gemeente.
pub(super) fn gemeente_of(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
) -> Option<AreaName> {
    parent(atlas, coverage, ordinal, &Level::Gemeente)
}

/// The gemeente or wijk that an area lies in; `None` for itself.
fn parent(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
    level: &Level,
) -> Option<AreaName> {
    let code = &coverage.codes()[ordinal];
    if *level == Level::Gemeente {
        let parent = code.gemeente().filter(|parent| parent != code)?;
        let name = atlas.gemeente_name(coverage, ordinal)?.to_owned();
        return Some(AreaName { code: parent, name });
    }
    let parent = code.wijk().filter(|parent| parent != code)?;
    let above = atlas.coverage(coverage.vintage, level)?;
    let name = above.name(above.ordinal(&parent)?).to_owned();
    Some(AreaName { code: parent, name })
}

/// `GET /v1/gebieden/{code}`.
pub async fn detail(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &[&VINTAGE]);
    let vintage = vintage(&app.atlas, &mut query);
    query.check()?;
    let code = path_code(&code)?;
    let (coverage, _) = found(&app.atlas, &code, vintage)?;
    let vintage = coverage.vintage;
    let key = Key::new("gebied").and(&code).and(vintage);
    app.keep(&asked, key, move |app| {
        let (coverage, ordinal) = found(&app.atlas, &code, Some(vintage))?;
        Answer::json(&area_detail(&app.atlas, coverage, ordinal))
    })
    .await
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

fn neighbours(coverage: &LevelCoverage, ordinal: usize) -> Vec<AreaNeighbour> {
    let mut beside = coverage.neighbours().queen(ordinal).to_vec();
    beside.sort_by(|a, b| b.border.total_cmp(&a.border).then(a.area.cmp(&b.area)));
    let named = |at: usize| AreaName {
        code: coverage.codes()[at].clone(),
        name: coverage.name(at).to_owned(),
    };
    beside
        .into_iter()
        .map(|neighbour| AreaNeighbour {
            area: named(neighbour.area as usize),
            border: neighbour.border.round() as u64,
        })
        .collect()
}

fn area_detail(atlas: &Atlas, coverage: &LevelCoverage, ordinal: usize) -> AreaDetail {
    let code = coverage.codes()[ordinal].clone();
    let below = match coverage.level {
        Level::Gemeente => [Level::Wijk, Level::Buurt]
            .into_iter()
            .find_map(|level| atlas.coverage(coverage.vintage, &level)),
        Level::Wijk => atlas.coverage(coverage.vintage, &Level::Buurt),
        _ => None,
    };
    let children = below.map_or_else(Vec::new, |below| {
        below
            .within(&code)
            .into_iter()
            .filter(|&at| !below.is_water(at))
            .map(|at| AreaName { code: below.codes()[at].clone(), name: below.name(at).to_owned() })
            .collect()
    });
    let mut vintages: Vec<_> = atlas
        .coverages()
        .filter(|other| other.ordinal(&code).is_some())
        .map(|other| other.vintage.get())
        .collect();
    vintages.dedup();
    let values = values(atlas, coverage, ordinal);
    let shown = || values.keys().filter_map(|id| atlas.catalogue.get(id));
    AreaDetail {
        breaks: shown()
            .filter(|indicator| !indicator.breaks.is_empty())
            .map(|indicator| (indicator.id.clone(), indicator.breaks.clone()))
            .collect(),
        incomparable: shown()
            .filter(|indicator| !indicator.incomparable_with.is_empty())
            .map(|indicator| (indicator.id.clone(), indicator.incomparable_with.clone()))
            .collect(),
        flag_reasons: flag_reasons(coverage, ordinal),
        former_codes: atlas
            .former_codes(coverage.vintage, &coverage.level, &code)
            .into_iter()
            .cloned()
            .collect(),
        name: coverage.name(ordinal).to_owned(),
        level: coverage.level.to_string(),
        vintage: coverage.vintage.get(),
        flags: coverage.flags(ordinal).to_vec(),
        gemeente: parent(atlas, coverage, ordinal, &Level::Gemeente),
        wijk: parent(atlas, coverage, ordinal, &Level::Wijk),
        children,
        neighbours: neighbours(coverage, ordinal),
        extent: coverage.extent(ordinal),
        vintages,
        values,
        version: atlas.version.clone(),
        fictional: atlas.fictional,
        code,
    }
}
