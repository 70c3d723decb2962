//! `/v1/gebieden/{code}/profiel`: one area beside its gemeente, the country and others.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::AreaCode,
    atlas::{Atlas, LevelCoverage},
    profile::{AreaProfile, area_profile},
};

use super::{
    App,
    answer::Answer,
    area_heading::{AreaHeading, heading},
    areas::{found, path_code, vintage},
    asked::Asked,
    key::Key,
    parameter::{COMPARE, VINTAGE},
    problem::{InputError, Problem},
    query::Query,
    story_entry::{StoryEntry, stories_about},
};

/// The profile of an area.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileBody {
    #[serde(flatten)]
    heading: AreaHeading,
    /// The areas that were asked for beside it.
    #[serde(rename = "vergelekenMet")]
    compared: Vec<AreaHeading>,
    #[serde(flatten)]
    profile: AreaProfile,
    /// What was done about it, and about the wijk and gemeente that it lies in.
    #[serde(rename = "verhalen")]
    stories: Vec<StoryEntry>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/gebieden/{code}/profiel`.
pub async fn profile(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &[&VINTAGE, &COMPARE]);
    let vintage = vintage(&app.atlas, &mut query);
    let others = query.codes(&COMPARE).unwrap_or_default();
    query.check()?;
    let code = path_code(&code)?;
    let (coverage, _) = found(&app.atlas, &code, vintage)?;
    let vintage = coverage.vintage;
    for other in &others {
        if app.atlas.find(other, Some(vintage)).is_none() {
            let detail = format!("de indeling van {vintage} heeft geen gebied met code {other}");
            query.fail(InputError::query(COMPARE.name, "onbekend", detail));
        }
    }
    query.check()?;
    let beside: Vec<_> = others.iter().map(AreaCode::as_str).collect();
    let key = Key::new("profiel").and(&code).and(vintage).and(beside.join(","));
    app.keep(&asked, key, move |app| {
        let (coverage, ordinal) = found(&app.atlas, &code, Some(vintage))?;
        Answer::json(&body(&app.atlas, coverage, ordinal, &others))
    })
    .await
}

fn body(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
    others: &[AreaCode],
) -> ProfileBody {
    let compared = others
        .iter()
        .filter_map(|code| atlas.find(code, Some(coverage.vintage)))
        .map(|(coverage, ordinal)| heading(atlas, coverage, ordinal))
        .collect();
    ProfileBody {
        heading: heading(atlas, coverage, ordinal),
        compared,
        profile: area_profile(atlas, coverage, ordinal, others),
        stories: stories_about(atlas, &coverage.codes()[ordinal], coverage.vintage),
        version: atlas.version.clone(),
        fictional: atlas.fictional,
    }
}
