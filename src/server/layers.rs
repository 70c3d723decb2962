//! `/v1/lagen/…` and `/v1/legenda`: a coloured layer, in each of its forms, and its legend.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use crate::{
    area::Level,
    atlas::Atlas,
    indicator::Indicator,
    layer::{self, PaintError, PaintedLayer},
};

use super::{
    App,
    answer::{Answer, answer},
    indicators, parameter,
    problem::{InputError, Problem, shorten},
    query::Query,
    spec::spec,
};

/// The forms of a layer, by the end of the address.
const FORMATS: [&str; 4] = ["geojson", "topojson", "csv", "qml"];

/// `GET /v1/lagen/{niveau}.{vorm}`.
pub async fn layer(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &parameter::LAYER);
    answer(headers, move || {
        let (level, format) = level_and_format(&app.atlas, &file)?;
        let painted = paint(&app.atlas, query, &level)?;
        let crs = painted.spec.crs;
        let (content_type, body) = match format {
            "csv" => {
                let body = layer::csv(&painted).map_err(|error| {
                    tracing::error!(%error, "a table cannot be written");
                    Problem::internal()
                })?;
                ("text/csv; charset=utf-8", body)
            }
            "qml" => ("application/xml", layer::qml(&painted).into_bytes()),
            "topojson" => {
                let body = layer::topojson(&painted).map_err(|error| {
                    tracing::error!(%error, "a layer does not serialise");
                    Problem::internal()
                })?;
                ("application/json", body)
            }
            _ => {
                let body = serde_json::to_vec(&layer::geojson(&painted)).map_err(|error| {
                    tracing::error!(%error, "a layer does not serialise");
                    Problem::internal()
                })?;
                ("application/geo+json", body)
            }
        };
        let mut answer = Answer::new(content_type, body);
        let has_coordinates = matches!(format, "geojson" | "topojson");
        if has_coordinates && let Ok(value) = HeaderValue::from_str(&format!("<{}>", crs.uri())) {
            answer = answer.with(header::HeaderName::from_static("content-crs"), value);
        }
        if !has_coordinates {
            let name = format!(
                "attachment; filename=\"{}-{}-{}.{format}\"",
                painted.indicator.id, painted.spec.level, painted.spec.year
            );
            if let Ok(value) = HeaderValue::from_str(&name) {
                answer = answer.with(header::CONTENT_DISPOSITION, value);
            }
        }
        Ok(answer)
    })
    .await
}

/// `GET /v1/legenda`.
pub async fn legend(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &parameter::LEGEND);
    answer(headers, move || {
        let level = query.text(&parameter::LEVEL).map(ToOwned::to_owned);
        let level = level.and_then(|name| {
            let found = find_level(&app.atlas, &name);
            if found.is_none() {
                query.fail(level_error(&app.atlas, InputError::query, &name));
            }
            found
        });
        // Without a level the rest cannot be told, but what is wrong with the form can.
        let Some(level) = level else {
            query.check()?;
            return Err(Problem::internal());
        };
        let painted = paint(&app.atlas, query, &level)?;
        Answer::json(&layer::legend(&painted))
    })
    .await
}

/// The level of a plural, among those with shapes.
pub(super) fn find_level(atlas: &Atlas, name: &str) -> Option<Level> {
    atlas.levels().into_iter().find(|level| level.plural() == name)
}

/// An error for a name that is no level of the atlas, with those that are.
pub(super) fn level_error(
    atlas: &Atlas,
    place: impl Fn(&str, &'static str, String) -> InputError,
    name: &str,
) -> InputError {
    let detail = format!("{:?} is geen niveau van deze atlas", shorten(name));
    place("niveau", "onbekend", detail).allowing(atlas.levels())
}

fn level_and_format(atlas: &Atlas, file: &str) -> Result<(Level, &'static str), Problem> {
    let (level, format) = file.rsplit_once('.').unwrap_or((file, ""));
    let format = FORMATS.into_iter().find(|known| *known == format).ok_or_else(|| {
        let detail = format!("{:?} is geen vorm van een laag", shorten(format));
        Problem::unknown(InputError::path("vorm", "onbekend", detail).allowing(FORMATS))
    })?;
    Ok((level_in_path(atlas, level)?, format))
}

/// The level of a plural that the path names.
///
/// # Errors
/// A 404 problem that names the levels there are.
pub(super) fn level_in_path(atlas: &Atlas, name: &str) -> Result<Level, Problem> {
    find_level(atlas, name).ok_or_else(|| {
        let place = |name: &str, code, detail: String| InputError::path(name, code, detail);
        Problem::unknown(level_error(atlas, place, name))
    })
}

/// The level of a plural.
///
/// # Errors
/// A 400 problem that names the levels there are.
pub(super) fn level_of(atlas: &Atlas, name: &str) -> Result<Level, Problem> {
    find_level(atlas, name)
        .ok_or_else(|| Problem::invalid(vec![level_error(atlas, InputError::query, name)]))
}

/// The layer that a query asks for, every choice made and checked against the atlas.
pub(super) fn paint<'a>(
    atlas: &'a Atlas,
    mut query: Query,
    level: &Level,
) -> Result<PaintedLayer<'a>, Problem> {
    let id = query.text(&parameter::INDICATOR).unwrap_or_default().to_owned();
    match indicators::find(atlas, &id) {
        Ok(indicator) => paint_checked(atlas, query, indicator, level),
        Err(error) => {
            // An id that is missing is told already.
            if !id.is_empty() {
                query.fail(InputError { place: "query", ..error });
            }
            query.check()?;
            Err(Problem::internal())
        }
    }
}

/// The layer of an indicator that the path names.
pub(super) fn paint_indicator<'a>(
    atlas: &'a Atlas,
    query: Query,
    id: &str,
    level: &Level,
) -> Result<PaintedLayer<'a>, Problem> {
    let indicator = indicators::find(atlas, id).map_err(Problem::unknown)?;
    paint_checked(atlas, query, indicator, level)
}

fn paint_checked<'a>(
    atlas: &'a Atlas,
    mut query: Query,
    indicator: &'a Indicator,
    level: &Level,
) -> Result<PaintedLayer<'a>, Problem> {
    check_version(atlas, &mut query);
    let spec = spec(atlas, &mut query, indicator, level);
    query.check()?;
    let Some(spec) = spec else { return Err(Problem::internal()) };
    layer::paint(atlas, indicator, spec).map_err(|error| match error {
        PaintError::NoNumbers => Problem::not_found(
            "van dit onderwerp heeft geen enkel gebied een getal: er zijn geen klassen te maken",
        ),
        other => {
            tracing::error!(error = %other, "a checked layer cannot be painted");
            Problem::internal()
        }
    })
}

pub(super) fn check_version(atlas: &Atlas, query: &mut Query) {
    if let Some(wanted) = query.text(&parameter::VERSION)
        && wanted != atlas.version
    {
        let detail = "deze versie van de atlas is hier niet (meer)";
        let error = InputError::query("versie", "onbekend", detail).allowing([&atlas.version]);
        query.fail(error);
    }
}
