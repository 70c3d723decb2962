//! `/v1/waarden/{niveau}`: the values of a layer for the browser, joined to borders by ordinal.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};

use crate::layer::{self, VALUES_TYPE};

use super::{
    App,
    answer::Answer,
    asked::Asked,
    layers::{chosen, level_in_path, painted},
    parameter,
    problem::Problem,
    query::Query,
    spec,
};

/// `GET /v1/waarden/{niveau}`.
pub async fn values(
    State(app): State<App>,
    Path(level): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &parameter::VALUES);
    let level = level_in_path(&app.atlas, &level)?;
    let decimals = query.whole(&parameter::DECIMALS).and_then(|most| u8::try_from(most).ok());
    let spec = chosen(&app.atlas, &app.selections, query, &level)?;
    let key = spec::key("waarden", &spec).and_maybe(decimals);
    app.keep(&asked, key, move |app| {
        let painted = painted(&app.atlas, spec)?;
        let body = layer::value_column(&painted, decimals).map_err(|error| {
            tracing::error!(%error, "values do not serialise");
            Problem::internal()
        })?;
        Ok(Answer::new(VALUES_TYPE, body))
    })
    .await
}
