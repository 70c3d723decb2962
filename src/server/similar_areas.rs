//! `/v1/gebieden/{code}/vergelijkbaar`: the ten areas that are most like one.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Text},
    atlas::{Atlas, LevelCoverage},
    layer,
    profile::{LeftOut, Similar, Trait, similar},
};

use super::{
    App,
    answer::Answer,
    area_heading::{AreaHeading, AreaName, gemeente_of, heading},
    areas::{asked_area, found},
    asked::Asked,
    key::Key,
    problem::Problem,
};

/// How many are told.
pub(super) const MOST: usize = 10;

/// An area that is like another.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarArea {
    #[schema(value_type = String)]
    pub(super) code: AreaCode,
    #[serde(rename = "naam")]
    pub(super) name: String,
    pub(super) gemeente: Option<AreaName>,
    /// The root of the mean square of the differences in standard deviations, over the traits that
    /// are known of both.
    #[serde(rename = "afstand")]
    pub(super) distance: f64,
    /// Its number of each trait; `null` where it is not known.
    #[serde(rename = "waarden")]
    #[schema(value_type = Object)]
    pub(super) values: BTreeMap<SmolStr, Option<f64>>,
}

/// The areas that are most like one.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarAreas {
    #[serde(flatten)]
    heading: AreaHeading,
    /// What areas were compared on.
    #[serde(rename = "kenmerken")]
    traits: Vec<Trait>,
    /// What they were not, and why.
    #[serde(rename = "weggelaten")]
    left_out: Vec<LeftOut>,
    /// The nearest first; empty where there is a reason.
    #[serde(rename = "gebieden")]
    areas: Vec<SimilarArea>,
    /// Why there is no answer; `null` where there is one.
    #[serde(rename = "reden")]
    reason: Option<Text>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/gebieden/{code}/vergelijkbaar`.
pub async fn similar_areas(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let (code, vintage) = asked_area(&app.atlas, &code, raw.as_deref())?;
    let key = Key::new("vergelijkbaar").and(&code).and(vintage);
    app.keep(&asked, key, move |app| {
        let atlas = &app.atlas;
        let (coverage, ordinal) = found(atlas, &code, Some(vintage))?;
        let like = similar(atlas, coverage, ordinal, MOST);
        Answer::json(&SimilarAreas {
            heading: heading(atlas, coverage, ordinal),
            areas: named(atlas, coverage, &like),
            traits: like.traits,
            left_out: like.left_out,
            reason: like.reason,
            version: atlas.version.clone(),
            fictional: atlas.fictional,
        })
    })
    .await
}

/// The areas that were found, with their names.
pub(super) fn named(atlas: &Atlas, coverage: &LevelCoverage, like: &Similar) -> Vec<SimilarArea> {
    let area = |one: &crate::profile::Likeness| SimilarArea {
        code: coverage.codes()[one.ordinal].clone(),
        name: coverage.name(one.ordinal).to_owned(),
        gemeente: gemeente_of(atlas, coverage, one.ordinal),
        distance: layer::short(one.distance),
        values: like.traits.iter().map(|of| of.id.clone()).zip(one.values.clone()).collect(),
    };
    like.nearest.iter().map(area).collect()
}
