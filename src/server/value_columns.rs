//! `/v1/waarden/{niveau}`: the values of a layer for the browser, joined to borders by ordinal.

use axum::{
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::Response,
};

use crate::layer::{self, VALUES_TYPE};

use super::{
    App,
    answer::{Answer, answer},
    layers::{level_in_path, paint},
    parameter,
    problem::Problem,
    query::Query,
};

/// `GET /v1/waarden/{niveau}`.
pub async fn values(
    State(app): State<App>,
    Path(level): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &parameter::VALUES);
    answer(headers, move || {
        let level = level_in_path(&app.atlas, &level)?;
        let decimals = query.whole(&parameter::DECIMALS).and_then(|most| u8::try_from(most).ok());
        let painted = paint(&app.atlas, query, &level)?;
        let body = layer::value_column(&painted, decimals).map_err(|error| {
            tracing::error!(%error, "values do not serialise");
            Problem::internal()
        })?;
        Ok(Answer::new(VALUES_TYPE, body))
    })
    .await
}
