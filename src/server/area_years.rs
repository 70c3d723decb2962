//! `/v1/gebieden/{code}/reeks`: one indicator of an area over the years, whatever the division of
//! each.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::Text,
    profile::{ReadYear, read_years},
};

use super::{
    App,
    answer::Answer,
    area_heading::{AreaHeading, heading},
    areas::{found, path_code, vintage},
    asked::Asked,
    indicators::find,
    key::Key,
    parameter::{INDICATOR, VINTAGE},
    problem::Problem,
    query::Query,
};

/// An indicator of an area over the years.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaYearsBody {
    #[serde(flatten)]
    heading: AreaHeading,
    /// The indicator's id.
    #[schema(value_type = String)]
    indicator: SmolStr,
    /// The unit.
    #[serde(rename = "eenheid")]
    unit: Text,
    /// How many decimals are shown.
    #[serde(rename = "decimalen")]
    decimals: u8,
    /// Every year that can be read on the division of the area, ascending.
    #[serde(rename = "reeks")]
    years: Vec<ReadYear>,
    /// Who publishes the figures.
    #[serde(rename = "bron")]
    source: Text,
    /// Their licence.
    #[serde(rename = "licentie")]
    #[schema(value_type = String)]
    licence: SmolStr,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/gebieden/{code}/reeks`.
pub async fn years(
    State(app): State<App>,
    Path(code): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &[&INDICATOR, &VINTAGE]);
    let vintage = vintage(&app.atlas, &mut query);
    let id = query.text(&INDICATOR).map(str::to_owned);
    let indicator = id.and_then(|id| match find(&app.atlas, &id) {
        Ok(indicator) => Some(indicator.id.clone()),
        Err(error) => {
            query.fail(error.of_query(INDICATOR.name));
            None
        }
    });
    query.check()?;
    let indicator = indicator.ok_or_else(Problem::internal)?;
    let code = path_code(&code)?;
    let (coverage, _) = found(&app.atlas, &code, vintage)?;
    let vintage = coverage.vintage;
    let key = Key::new("reeks").and(&code).and(vintage).and(&indicator);
    app.keep(&asked, key, move |app| {
        let (coverage, ordinal) = found(&app.atlas, &code, Some(vintage))?;
        let indicator = app.atlas.indicator(&indicator).ok_or_else(Problem::internal)?;
        Answer::json(&AreaYearsBody {
            heading: heading(&app.atlas, coverage, ordinal),
            indicator: indicator.id.clone(),
            unit: indicator.unit.clone(),
            decimals: indicator.decimals,
            years: read_years(&app.atlas, indicator, coverage, ordinal),
            source: indicator.source.clone(),
            licence: indicator.licence.clone(),
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
        })
    })
    .await
}
