//! `/v1/samenvatting`: a layer in a few sentences.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    layer::{self, LayerCrs, LayerSpec},
    server::{
        App,
        answer::Answer,
        asked::Asked,
        layers::{self, painted},
        parameter::{self, LEGEND},
        problem::Problem,
        query::Query,
        spec,
    },
};

/// What a layer shows, in the language that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SummaryBody {
    /// What is shown, per what, where and when.
    #[serde(rename = "titel")]
    title: String,
    /// The text in place of a picture, at most 125 characters.
    alt: String,
    /// Sentences: cover, the lowest and the highest, counts per class, what is missing and why,
    /// marks, source.
    #[serde(rename = "tekst")]
    text: Vec<String>,
    /// The version of the atlas.
    #[serde(rename = "versie")]
    version: String,
}

/// `GET /v1/samenvatting`.
pub async fn summary(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &LEGEND);
    let Some(name) = query.text(&parameter::LEVEL).map(str::to_owned) else {
        query.check()?;
        return Err(Problem::internal());
    };
    let level = layers::level_of(&app.atlas, &name)?;
    let spec = layers::chosen(&app.atlas, &app.selections, query, &level)?;
    let spec = LayerSpec { crs: LayerCrs::default(), ..spec };
    app.keep(&asked, spec::key("samenvatting", &spec), move |app| {
        let said = layer::summary(&painted(&app.atlas, spec)?);
        Answer::json(&SummaryBody {
            title: said.title,
            alt: said.alt,
            text: said.text,
            version: app.atlas.version.clone(),
        })
    })
    .await
}
