//! `/v1/wijzigingen`: what each import changed, the newest first.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{atlas::Atlas, store::ChangeRecord};

use super::{
    App, answer::Answer, asked::Asked, key::Key, parameter::SINCE_DAY, problem::Problem,
    query::Query,
};

/// What imports changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeList {
    /// The newest first, at most 200.
    #[serde(rename = "wijzigingen")]
    changes: Vec<ChangeRecord>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/wijzigingen`.
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let since = since(raw.as_deref())?;
    app.keep(&asked, Key::new("wijzigingen").and_maybe(since.as_deref()), move |app| {
        Answer::json(&ChangeList {
            changes: records(&app.atlas, since.as_deref()).cloned().collect(),
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
        })
    })
    .await
}

/// The day from which changes are asked for, `2026-11-21`.
pub(super) fn since(raw: Option<&str>) -> Result<Option<String>, Problem> {
    let query = Query::parse(raw, &[&SINCE_DAY]);
    query.check()?;
    Ok(query.text(&SINCE_DAY).map(str::to_owned))
}

/// The records from that day on, in UTC, the newest first.
pub(super) fn records<'a>(
    atlas: &'a Atlas,
    since: Option<&'a str>,
) -> impl Iterator<Item = &'a ChangeRecord> {
    let is_asked = move |record: &&ChangeRecord| {
        since.is_none_or(|since| record.moment.get(..10).is_some_and(|day| day >= since))
    };
    atlas.changes.iter().rev().filter(is_asked)
}
