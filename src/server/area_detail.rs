//! `/v1/gebieden/{code}`: one area with what is known of it.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Flag, Level},
    atlas::{Atlas, LevelCoverage},
    indicator::SeriesBreak,
    profile::{ValueEntry, values},
};

use super::{
    App,
    answer::Answer,
    area_heading::{AreaName, FlagReason, flag_reasons, gemeente_of, parent},
    areas::{asked_area, found},
    asked::Asked,
    key::Key,
    problem::Problem,
};

/// An area beside another.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaNeighbour {
    #[serde(flatten)]
    area: AreaName,
    /// How much border they share, whole metres; 0 where they meet in a point.
    #[serde(rename = "grens")]
    border: u64,
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

/// `GET /v1/gebieden/{code}`.
pub async fn detail(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let (code, vintage) = asked_area(&app.atlas, &code, raw.as_deref())?;
    let key = Key::new("gebied").and(&code).and(vintage);
    app.keep(&asked, key, move |app| {
        let (coverage, ordinal) = found(&app.atlas, &code, Some(vintage))?;
        Answer::json(&area_detail(&app.atlas, coverage, ordinal))
    })
    .await
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
        gemeente: gemeente_of(atlas, coverage, ordinal),
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
