//! `/v1/selecties/{id}/totalen`: what a selection comes to, inside and outside of it.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AD_HOC, AreaCode, Level, Text, Vintage, Year},
    atlas::{Atlas, Available},
    indicator::{Indicator, Kind},
    profile::{SelectionTotals, selection_totals},
};

use super::{
    App,
    answer::Answer,
    asked::Asked,
    indicators,
    key::Key,
    parameter::{CODES, INDICATOR, Parameter, YEAR},
    problem::{InputError, Problem},
    query::Query,
    selections::{find, on_division},
};

/// What a selection comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalsBody {
    /// The selection's id; `null` for a list of one's own.
    #[serde(rename = "selectie")]
    #[schema(value_type = Option<String>)]
    selection: Option<SmolStr>,
    #[serde(rename = "naam")]
    name: Option<Text>,
    #[schema(value_type = String)]
    indicator: SmolStr,
    #[serde(rename = "indicatorNaam")]
    indicator_name: Text,
    #[serde(rename = "eenheid")]
    unit: Text,
    #[serde(rename = "decimalen")]
    decimals: u8,
    /// The year of the figures.
    #[serde(rename = "jaar")]
    year: u16,
    /// The division that they are of.
    #[serde(rename = "indeling")]
    vintage: u16,
    /// The level whose published figures were taken: that of the finest code, or finer.
    #[serde(rename = "niveau")]
    level: String,
    #[serde(flatten)]
    totals: SelectionTotals,
    /// How the totals were made.
    #[serde(rename = "toelichting")]
    explanation: Text,
    #[serde(rename = "bron")]
    source: Text,
    #[serde(rename = "licentie")]
    licence: String,
    #[serde(rename = "opmerking")]
    note: Option<Text>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// What is asked for: a selection or codes, and of which indicator and year.
struct Wanted {
    selection: Option<SmolStr>,
    codes: Vec<AreaCode>,
    vintage: Option<Vintage>,
    indicator: SmolStr,
    level: Level,
    year: Year,
}

/// `GET /v1/selecties/{id}/totalen`.
pub async fn totals(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let is_ad_hoc = id == AD_HOC;
    let known: &[&'static Parameter] =
        if is_ad_hoc { &[&INDICATOR, &YEAR, &CODES] } else { &[&INDICATOR, &YEAR] };
    let mut query = Query::parse(raw.as_deref(), known);
    let (selection, codes, vintage) = if is_ad_hoc {
        (None, query.codes(&CODES).unwrap_or_default(), None)
    } else {
        let found = find(&app, &id)?;
        (Some(found.id.clone()), found.all_codes().cloned().collect(), found.vintage)
    };
    let wanted = wanted(&app.atlas, &mut query, &codes);
    query.check()?;
    let Some((indicator, level, year)) = wanted else { return Err(Problem::internal()) };
    let wanted = Wanted { selection, codes, vintage, indicator, level, year };
    let codes: Vec<_> = wanted.codes.iter().map(AreaCode::as_str).collect();
    let key = Key::new("totalen")
        .and_maybe(wanted.selection.as_ref())
        .and(codes.join(","))
        .and(&wanted.indicator)
        .and(&wanted.level)
        .and(wanted.year);
    app.keep(&asked, key, move |app| Answer::json(&body(app, wanted)?)).await
}

/// The indicator, the level and the year, checked; what is wrong is noted in the query.
fn wanted(atlas: &Atlas, query: &mut Query, codes: &[AreaCode]) -> Option<(SmolStr, Level, Year)> {
    let id = query.text(&INDICATOR)?.to_owned();
    let indicator = match indicators::find(atlas, &id) {
        Ok(indicator) => indicator,
        Err(error) => {
            query.fail(InputError { place: "query", ..error });
            return None;
        }
    };
    // The coarsest level on which every code can be told apart, and of which there are figures.
    let finest = codes.iter().filter_map(AreaCode::cbs_level).max().unwrap_or(Level::Buurt);
    let years = |level: &Level| -> Vec<Year> {
        let years = atlas.years(&indicator.id, level).into_iter();
        years.filter(|(begin, _)| begin.is_none()).map(|(_, year)| year).collect()
    };
    let levels = Level::CBS.into_iter().filter(|level| *level >= finest);
    let Some(level) = levels.into_iter().find(|level| !years(level).is_empty()) else {
        let detail = "heeft geen cijfers van een niveau dat zo fijn is als deze codes";
        query.fail(InputError::query(INDICATOR.name, "onmogelijk", detail));
        return None;
    };
    let there = years(&level);
    let year = query.year(&YEAR).or_else(|| there.last().copied())?;
    if !there.contains(&year) {
        let detail = format!("van dit onderwerp zijn er op dit niveau geen cijfers van {year}");
        query.fail(InputError::query(YEAR.name, "onbekend", detail).allowing(there));
        return None;
    }
    Some((indicator.id.clone(), level, year))
}

fn body(app: &App, wanted: Wanted) -> Result<TotalsBody, Problem> {
    let atlas = &app.atlas;
    let indicator = atlas.indicator(&wanted.indicator).ok_or_else(Problem::internal)?;
    let series = atlas.series(&wanted.indicator, &wanted.level, None, wanted.year);
    let series: Available<'_> = series.ok_or_else(Problem::internal)?;
    let vintage = series.coverage.vintage;
    let mut missing = Vec::new();
    let mut codes = Vec::new();
    for code in &wanted.codes {
        let there = on_division(atlas, wanted.vintage, vintage, code);
        if there.is_empty() {
            missing.push(code.clone());
        }
        codes.extend(there);
    }
    let mut totals = selection_totals(atlas, indicator, &series, &codes);
    totals.missing.extend(missing);
    totals.missing.sort();
    totals.missing.dedup();
    let selection = wanted.selection.as_ref().map(|id| find(app, id)).transpose()?;
    Ok(TotalsBody {
        name: selection.map(|one| one.name.clone()),
        selection: wanted.selection,
        explanation: explain(indicator, &wanted.level, wanted.year),
        indicator: indicator.id.clone(),
        indicator_name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        decimals: indicator.decimals,
        year: wanted.year.get(),
        vintage: vintage.get(),
        level: wanted.level.to_string(),
        totals,
        source: indicator.source.clone(),
        licence: indicator.licence.to_string(),
        note: indicator.note.clone(),
        version: atlas.version.clone(),
        fictional: atlas.fictional,
    })
}

fn explain(indicator: &Indicator, level: &Level, year: Year) -> Text {
    let (nl, en) = match indicator.kind {
        Kind::Aantal => ("opgeteld", "added up"),
        Kind::Klasse => ("geteld per klasse", "counted by class"),
        _ => ("gemiddeld, gewogen naar inwoners", "averaged, weighted by residents"),
    };
    let [one_nl, one_en] = level.one();
    Text {
        nl: format!(
            "Gepubliceerde cijfers van {year} per {one_nl}, {nl}. Gebieden zonder cijfer tellen niet \
             mee en zijn geen nul. CBS-aantallen zijn afgerond."
        ),
        en: format!(
            "Published figures of {year} by {one_en}, {en}. Areas without a figure do not count and \
             are no zero. Counts of Statistics Netherlands are rounded."
        ),
    }
}
