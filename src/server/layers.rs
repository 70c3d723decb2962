//! `/v1/lagen/…` and `/v1/legenda`: a coloured layer, in each of its forms, and its legend.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderName, HeaderValue},
    response::Response,
};

use crate::{
    area::{Level, Selection},
    atlas::Atlas,
    indicator::{Indicator, Language},
    layer::{self, LayerCrs, LayerSpec, PaintError, PaintedLayer},
};

use super::{
    App,
    answer::{Answer, XLSX},
    asked::Asked,
    indicators, parameter, pictures,
    problem::{InputError, Problem, shorten},
    query::Query,
    spec::{self, spec},
};

/// The forms of a layer, by the end of the address.
const FORMATS: [&str; 7] = ["geojson", "topojson", "csv", "xlsx", "png", "svg", "qml"];

/// `GET /v1/lagen/{niveau}.{vorm}`.
pub async fn layer(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    if pictures::is_picture(&file) {
        return pictures::picture(State(app), Path(file), RawQuery(raw), asked).await;
    }
    let query = Query::parse(raw.as_deref(), &parameter::LAYER);
    let (level, format) = level_and_format(&app.atlas, &file)?;
    let spec = chosen(&app.atlas, &app.selections, query, &level)?;
    let key = spec::key("laag", &spec).and(format);
    app.keep(&asked, key, move |app| {
        let painted = painted(&app.atlas, spec)?;
        let spec = &painted.spec;
        let name = file_name(&painted, format);
        match format {
            "csv" => {
                let body = layer::csv(&painted).map_err(|error| {
                    tracing::error!(%error, "a table cannot be written");
                    Problem::internal()
                })?;
                Ok(Answer::new("text/csv; charset=utf-8", body).named(&name))
            }
            "xlsx" => {
                let body = layer::xlsx(&painted).map_err(|error| {
                    tracing::error!(%error, "a workbook cannot be written");
                    Problem::internal()
                })?;
                Ok(Answer::new(XLSX, body).packed().named(&name))
            }
            "qml" => Ok(Answer::new("application/xml", layer::qml(&painted)).named(&name)),
            "topojson" => {
                let body = layer::topojson(&painted).map_err(|error| {
                    tracing::error!(%error, "a layer does not serialise");
                    Problem::internal()
                })?;
                let crs = HeaderValue::from_static(spec.crs.header());
                Ok(Answer::new("application/json", body)
                    .with(HeaderName::from_static("content-crs"), crs))
            }
            _ => {
                let body = layer::geojson(&painted).map_err(|error| {
                    tracing::error!(%error, "a layer does not serialise");
                    Problem::internal()
                })?;
                let crs = HeaderValue::from_static(spec.crs.header());
                Ok(Answer::new("application/geo+json", body)
                    .with(HeaderName::from_static("content-crs"), crs))
            }
        }
    })
    .await
}

/// What a saved layer is called.
pub(super) fn file_name(layer: &PaintedLayer<'_>, format: &str) -> String {
    let id = &layer.indicator.id;
    let second = layer.pair.as_ref().map(|pair| format!("-met-{}", pair.indicator.id));
    let second = second.unwrap_or_default();
    format!("{id}{second}-{}-{}.{format}", layer.spec.level, layer.spec.year)
}

/// `GET /v1/legenda`.
pub async fn legend(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &parameter::LEGEND);
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
    let spec = chosen(&app.atlas, &app.selections, query, &level)?;
    // A legend is the same in any system, and says everything in both languages.
    let spec = LayerSpec { crs: LayerCrs::default(), language: Language::default(), ..spec };
    app.keep(&asked, spec::key("legenda", &spec), move |app| {
        Answer::json(&layer::any_legend(&painted(&app.atlas, spec)?))
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

/// The level and the form that the end of an address names.
///
/// # Errors
/// A 404 problem that names what there is.
pub(super) fn level_and_format(
    atlas: &Atlas,
    file: &str,
) -> Result<(Level, &'static str), Problem> {
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
pub(super) fn chosen(
    atlas: &Atlas,
    selections: &[Selection],
    mut query: Query,
    level: &Level,
) -> Result<LayerSpec, Problem> {
    let id = query.text(&parameter::INDICATOR).unwrap_or_default().to_owned();
    match indicators::find(atlas, &id) {
        Ok(indicator) => checked(atlas, selections, query, indicator, level),
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

/// The same for an indicator that the path names.
pub(super) fn chosen_for(
    atlas: &Atlas,
    selections: &[Selection],
    query: Query,
    id: &str,
    level: &Level,
) -> Result<LayerSpec, Problem> {
    let indicator = indicators::find(atlas, id).map_err(Problem::unknown)?;
    checked(atlas, selections, query, indicator, level)
}

fn checked(
    atlas: &Atlas,
    selections: &[Selection],
    mut query: Query,
    indicator: &Indicator,
    level: &Level,
) -> Result<LayerSpec, Problem> {
    check_version(atlas, &mut query);
    let spec = spec(atlas, selections, &mut query, indicator, level);
    query.check()?;
    spec.ok_or_else(Problem::internal)
}

/// Paints a layer whose every choice is made and checked.
pub(super) fn painted(atlas: &Atlas, spec: LayerSpec) -> Result<PaintedLayer<'_>, Problem> {
    let indicator = atlas.catalogue.get(&spec.indicator).ok_or_else(Problem::internal)?;
    let is_elsewhere = spec.vintage.is_some();
    layer::paint(atlas, indicator, spec).map_err(|error| match error {
        PaintError::NoNumbers => Problem::not_found(
            "geen enkel gebied heeft een getal (van beide, waar het er twee zijn): er zijn geen \
             klassen te maken",
        ),
        PaintError::NoSeries if is_elsewhere => Problem::not_found(
            "de grenzen van deze twee indelingen zijn niet over elkaar te leggen: de cijfers zijn \
             alleen op hun eigen indeling te zien",
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
