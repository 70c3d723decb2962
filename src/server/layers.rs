//! `/v1/lagen/…` and `/v1/legenda`: a coloured layer, in each of its forms, and its legend.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use crate::{
    area::{AreaCode, Level},
    atlas::Atlas,
    indicator::{Indicator, Kind, Language},
    layer::{self, LayerCrs, LayerSpec, PaintError, PaintedLayer, Scope},
    scale::{CLASS_COUNTS, Method, PaletteKind},
};

use super::{
    App,
    answer::{Answer, answer},
    indicators, parameter,
    problem::{InputError, Problem, shorten},
    query::Query,
};

/// The palette of computed classes whose indicator has a diverging one.
const SEQUENTIAL: &str = "geelgroenblauw";

/// The forms of a layer, by the end of the address.
const FORMATS: [&str; 3] = ["geojson", "csv", "qml"];

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
            _ => {
                let body = serde_json::to_vec(&layer::geojson(&painted)).map_err(|error| {
                    tracing::error!(%error, "a layer does not serialise");
                    Problem::internal()
                })?;
                ("application/geo+json", body)
            }
        };
        let mut answer = Answer::new(content_type, body);
        if format == "geojson"
            && let Ok(value) = HeaderValue::from_str(&format!("<{}>", crs.uri()))
        {
            answer = answer.with(header::HeaderName::from_static("content-crs"), value);
        }
        if format != "geojson" {
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
    let level = find_level(atlas, level).ok_or_else(|| {
        let place = |name: &str, code, detail: String| InputError::path(name, code, detail);
        Problem::unknown(level_error(atlas, place, level))
    })?;
    Ok((level, format))
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
fn paint<'a>(
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

fn check_version(atlas: &Atlas, query: &mut Query) {
    if let Some(wanted) = query.text(&parameter::VERSION)
        && wanted != atlas.version
    {
        let detail = "deze versie van de atlas is hier niet (meer)";
        let error = InputError::query("versie", "onbekend", detail).allowing([&atlas.version]);
        query.fail(error);
    }
}

fn spec(
    atlas: &Atlas,
    query: &mut Query,
    indicator: &Indicator,
    level: &Level,
) -> Option<LayerSpec> {
    let year_and_begin = years(atlas, query, indicator, level);
    let method = method(query, indicator);
    let class_count = class_count(query, indicator, method);
    let palette =
        query.text(&parameter::PALETTE).unwrap_or(default_palette(atlas, indicator, method));
    let palette = palette.to_owned();
    if atlas.palettes.get(&palette).is_none() {
        let detail = format!("{:?} is geen palet", shorten(&palette));
        let names = atlas.palettes.iter().map(|palette| palette.id.as_str());
        query.fail(InputError::query("palet", "onbekend", detail).allowing(names));
    }
    let within = query.code(&parameter::WITHIN);
    let (begin, year) = year_and_begin?;
    if let Some(code) = &within {
        check_within(atlas, query, code, level, indicator, begin, year);
    }
    Some(LayerSpec {
        indicator: indicator.id.clone(),
        level: level.clone(),
        begin,
        year,
        method,
        class_count,
        scope: match query.text(&parameter::SCOPE) {
            Some("jaar") => Scope::Jaar,
            _ => Scope::Vast,
        },
        palette: palette.into(),
        within,
        bbox: query.bbox(&parameter::BBOX),
        crs: query.text(&parameter::CRS).and_then(LayerCrs::from_name).unwrap_or_default(),
        language: language(query),
    })
}

/// The palette of classes that nobody chose one for. The middle of a diverging palette means
/// something in the publisher's classes alone: computed classes go from little to much.
fn default_palette<'a>(atlas: &Atlas, indicator: &'a Indicator, method: Method) -> &'a str {
    let diverges = atlas
        .palettes
        .get(&indicator.palette)
        .is_some_and(|palette| palette.kind == PaletteKind::Diverging);
    if diverges && method != Method::Publicatie { SEQUENTIAL } else { &indicator.palette }
}

/// The language that a query asks for.
pub(super) fn language(query: &Query) -> Language {
    match query.text(&parameter::LANGUAGE) {
        Some("en") => Language::En,
        _ => Language::Nl,
    }
}

type Period = (Option<crate::area::Year>, crate::area::Year);

/// The year of a layer: as asked, else the newest. An asked year that is not there is told, never
/// replaced.
fn years(atlas: &Atlas, query: &mut Query, indicator: &Indicator, level: &Level) -> Option<Period> {
    let there = atlas.years(&indicator.id, level);
    if there.is_empty() {
        let detail = format!("{} heeft geen waarden op niveau {level}", indicator.id);
        let levels: std::collections::BTreeSet<_> = atlas
            .series_of(&indicator.id)
            .filter(|series| series.column.has_numbers())
            .map(|series| series.key.level.to_string())
            .collect();
        query.fail(InputError::query("niveau", "geen-waarden", detail).allowing(levels));
        return None;
    }
    let wanted = query.year(&parameter::YEAR);
    let of_year: Vec<_> =
        there.iter().filter(|(_, year)| wanted.is_none_or(|wanted| *year == wanted)).collect();
    let Some(&&(_, year)) = of_year.last() else {
        if let Some(wanted) = wanted {
            let detail = format!("{} heeft op niveau {level} geen jaar {wanted}", indicator.id);
            let mut years: Vec<_> = there.iter().map(|(_, year)| *year).collect();
            years.dedup();
            query.fail(InputError::query("jaar", "onbekend", detail).allowing(years));
        }
        return None;
    };
    let begins: Vec<_> = there.iter().filter(|(_, of)| *of == year).map(|(b, _)| *b).collect();
    let Some(begin) = query.year(&parameter::BEGIN) else {
        return begins.first().map(|begin| (*begin, year));
    };
    if begins.contains(&Some(begin)) {
        return Some((Some(begin), year));
    }
    let detail = format!("{} heeft geen verandering van {begin} tot {year}", indicator.id);
    query.fail(
        InputError::query("sinds", "onbekend", detail).allowing(begins.into_iter().flatten()),
    );
    None
}

fn method(query: &mut Query, indicator: &Indicator) -> Method {
    let method =
        query.text(&parameter::METHOD).and_then(Method::from_name).unwrap_or(indicator.method);
    let wrong = match (method, indicator.kind, &indicator.classes) {
        (Method::Publicatie, _, None) => Some("de bron geeft van dit onderwerp geen klassen"),
        (other, Kind::Klasse, _) if other != Method::Publicatie => {
            Some("dit onderwerp is zelf een klasse van de bron")
        }
        _ => None,
    };
    if let Some(detail) = wrong {
        let allowed = Method::ALL.into_iter().filter(|other| match indicator.kind {
            Kind::Klasse => *other == Method::Publicatie,
            _ => *other != Method::Publicatie || indicator.classes.is_some(),
        });
        query.fail(
            InputError::query("methode", "onmogelijk", detail)
                .allowing(allowed.map(Method::as_str)),
        );
    }
    method
}

fn class_count(query: &mut Query, indicator: &Indicator, method: Method) -> usize {
    let asked = query.whole(&parameter::CLASS_COUNT);
    match (method, &indicator.classes) {
        (Method::Publicatie, Some(classes)) => {
            let fixed = classes.names.len();
            if asked.is_some_and(|asked| asked != fixed) {
                let detail = "het aantal klassen van de bron staat vast";
                let error = InputError::query("aantalKlassen", "onmogelijk", detail);
                query.fail(error.allowing([fixed]));
            }
            fixed
        }
        _ => {
            let (least, most) = (*CLASS_COUNTS.start(), *CLASS_COUNTS.end());
            asked.unwrap_or(usize::from(indicator.class_count)).clamp(least, most)
        }
    }
}

fn check_within(
    atlas: &Atlas,
    query: &mut Query,
    code: &AreaCode,
    level: &Level,
    indicator: &Indicator,
    begin: Option<crate::area::Year>,
    year: crate::area::Year,
) {
    let there = atlas
        .series(&indicator.id, level, begin, year)
        .is_some_and(|series| !series.coverage.within(code).is_empty());
    if !there {
        let detail = format!("{code} heeft op deze indeling geen gebieden van niveau {level}");
        query.fail(InputError::query("binnen", "onbekend", detail));
    }
}
