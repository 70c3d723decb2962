//! `/v1/analyses`: studies of the figures, each with its sentences and its account.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{area::Text, indicator::Language};

use super::{
    App, answer::Answer, asked::Asked, asked_study::AskedStudy, key::Key, problem::Problem,
    query::Query, study_outcome::Outcome, study_question::Question,
};

/// A study that may be asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct StudyEntry {
    id: &'static str,
    /// The question that it answers.
    #[serde(rename = "vraag")]
    question: Text,
    /// What it may be asked with.
    #[serde(rename = "parameters")]
    parameters: Vec<&'static str>,
}

/// The studies that may be asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct StudyList {
    #[serde(rename = "analyses")]
    studies: Vec<StudyEntry>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// What was asked, every choice made, and what came out.
#[derive(Debug, Serialize, ToSchema)]
pub struct StudyBody {
    #[serde(rename = "analyse")]
    id: &'static str,
    #[serde(rename = "vraag")]
    question: Text,
    #[schema(value_type = String)]
    indicator: SmolStr,
    #[serde(rename = "indicatorNaam")]
    indicator_name: Text,
    #[serde(rename = "eenheid")]
    unit: Text,
    #[serde(rename = "niveau")]
    level: String,
    /// The year of the figures, and the division that they are of.
    #[serde(rename = "jaar")]
    year: u16,
    #[serde(rename = "indeling")]
    vintage: u16,
    /// The gemeente, wijk or selection; `null` for the country or a list of codes.
    #[serde(rename = "binnen")]
    within: Option<String>,
    /// Places of the selection that the division does not have: they take no part.
    #[serde(rename = "ontbreekt")]
    missing: Vec<String>,
    /// What came out: its form depends on the study.
    #[serde(rename = "uitkomst")]
    #[schema(value_type = Object)]
    outcome: Outcome,
}

/// `GET /v1/analyses`.
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    app.keep(&asked, Key::new("analyses"), |app| {
        let entry = |question: Question| StudyEntry {
            id: question.id(),
            question: question.title(),
            parameters: question.parameters().iter().map(|one| one.name).collect(),
        };
        Answer::json(&StudyList {
            studies: Question::ALL.map(entry).into(),
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
        })
    })
    .await
}

/// `GET /v1/analyses/{analyse}`.
pub async fn study(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let question = Question::find(&id)?;
    let mut query = Query::parse(raw.as_deref(), question.parameters());
    let wanted = AskedStudy::read(&app, question, &mut query)?;
    app.keep(&asked, wanted.key(), move |app| Answer::json(&body(app, &wanted)?)).await
}

fn body(app: &App, wanted: &AskedStudy) -> Result<StudyBody, Problem> {
    let scope = wanted.scope(&app.atlas)?;
    let outcome = wanted.outcome(&scope, Language::Nl)?;
    Ok(StudyBody {
        id: wanted.question.id(),
        question: wanted.question.title(),
        indicator: scope.indicator.id.clone(),
        indicator_name: scope.indicator.name.clone(),
        unit: scope.indicator.unit.clone(),
        level: wanted.level.to_string(),
        year: wanted.year.get(),
        vintage: scope.series.key.vintage.get(),
        within: wanted.within.clone(),
        missing: wanted.missing.clone(),
        outcome,
    })
}
