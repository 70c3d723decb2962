//! `/v1/selecties`: named lists of areas, of policy reports and of the organisation itself.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Level, SelectedPlace, Selection, Text, Vintage},
    atlas::Atlas,
};

use super::{
    App,
    answer::Answer,
    area_heading::{AreaName, gemeente_of},
    areas::vintage,
    asked::Asked,
    key::Key,
    parameter::VINTAGE,
    problem::{InputError, Problem},
    query::Query,
};

/// A selection in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelectionEntry {
    #[schema(value_type = String)]
    pub(super) id: SmolStr,
    #[serde(rename = "naam")]
    pub(super) name: Text,
    #[serde(rename = "omschrijving")]
    description: Option<Text>,
    /// Who names these places, and when.
    #[serde(rename = "bron")]
    source: Option<Text>,
    /// The division that the codes are of.
    #[serde(rename = "indeling")]
    vintage: Option<u16>,
    /// A list of the past, shown as such.
    #[serde(rename = "historisch")]
    is_historical: bool,
    /// Of the organisation itself, from the configuration.
    #[serde(rename = "eigen")]
    is_own: bool,
    /// How many places it has.
    #[serde(rename = "plaatsen")]
    places: usize,
    /// Of these, those of which the gemeente has yet to confirm the areas.
    #[serde(rename = "kandidaten")]
    candidates: usize,
    #[serde(rename = "opmerking")]
    note: Option<Text>,
}

/// Every selection.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelectionList {
    #[serde(rename = "selecties")]
    selections: Vec<SelectionEntry>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// An area of a selection.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelectedArea {
    /// The code on the division that is asked for.
    #[schema(value_type = String)]
    code: AreaCode,
    /// The code that the selection names, where that is another: this area had the same border.
    #[serde(rename = "volgens")]
    #[schema(value_type = Option<String>)]
    named: Option<AreaCode>,
    /// Whether the division has it.
    #[serde(rename = "aanwezig")]
    is_there: bool,
    #[serde(rename = "naam")]
    name: Option<String>,
    #[serde(rename = "niveau")]
    level: Option<String>,
    gemeente: Option<AreaName>,
}

/// A place of a selection, with its areas.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceEntry {
    /// What the source calls it; `null` for codes without a name of their own.
    #[serde(rename = "naam")]
    name: Option<String>,
    /// The gemeente that the source puts it in.
    gemeente: Option<String>,
    /// Whether the gemeente has yet to confirm that these are the areas meant.
    #[serde(rename = "kandidaat")]
    is_candidate: bool,
    #[serde(rename = "opmerking")]
    note: Option<Text>,
    #[serde(rename = "gebieden")]
    areas: Vec<SelectedArea>,
}

/// A selection with its places.
#[derive(Debug, Serialize, ToSchema)]
pub struct SelectionBody {
    #[serde(flatten)]
    entry: SelectionEntry,
    /// The division that its areas are looked up on.
    #[serde(rename = "jaar")]
    year: u16,
    /// What is to be known of codes of one division on another; `null` on their own.
    #[serde(rename = "toelichting")]
    explanation: Option<Text>,
    #[serde(rename = "lijst")]
    list: Vec<PlaceEntry>,
    /// The codes that the division does not have.
    #[serde(rename = "ontbreekt")]
    #[schema(value_type = Vec<String>)]
    missing: Vec<AreaCode>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/selecties`.
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    app.keep(&asked, Key::new("selecties"), |app| {
        Answer::json(&SelectionList {
            selections: app.selections.iter().map(|one| entry(app, one)).collect(),
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
        })
    })
    .await
}

/// `GET /v1/selecties/{id}`.
pub async fn detail(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &[&VINTAGE]);
    let asked_for = vintage(&app.atlas, &mut query);
    query.check()?;
    let selection = find(&app, &id)?;
    let newest = app.atlas.coverages().last().map(|coverage| coverage.vintage);
    let own = selection.vintage.filter(|own| app.atlas.coverages().any(|c| c.vintage == *own));
    let vintage = asked_for
        .or(own)
        .or(newest)
        .ok_or_else(|| Problem::not_found("de atlas heeft geen gebieden"))?;
    let key = Key::new("selectie").and(&selection.id).and(vintage);
    app.keep(&asked, key, move |app| Answer::json(&body(app, find(app, &id)?, vintage))).await
}

/// The selection of an id.
///
/// # Errors
/// A 404 problem that names those there are.
pub(super) fn find<'a>(app: &'a App, id: &str) -> Result<&'a Selection, Problem> {
    app.selections.iter().find(|one| one.id == id).ok_or_else(|| {
        let ids = app.selections.iter().map(|one| one.id.as_str());
        let error = InputError::path("id", "onbekend", "is geen selectie").allowing(ids);
        Problem::unknown(error)
    })
}

fn entry(app: &App, selection: &Selection) -> SelectionEntry {
    SelectionEntry {
        id: selection.id.clone(),
        name: selection.name.clone(),
        description: selection.description.clone(),
        source: selection.source.clone(),
        vintage: selection.vintage.map(Vintage::get),
        is_historical: selection.is_historical,
        is_own: app.config.selectie.iter().any(|own| own.id == selection.id),
        places: selection.places.len() + selection.codes.len(),
        candidates: selection.places.iter().filter(|place| place.is_candidate).count(),
        note: selection.note.clone(),
    }
}

fn body(app: &App, selection: &Selection, vintage: Vintage) -> SelectionBody {
    let atlas = &app.atlas;
    let areas = |codes: &[AreaCode]| -> Vec<SelectedArea> {
        codes.iter().flat_map(|code| areas(atlas, selection.vintage, vintage, code)).collect()
    };
    let place = |place: &SelectedPlace| PlaceEntry {
        name: Some(place.name.clone()),
        gemeente: place.gemeente.clone(),
        is_candidate: place.is_candidate,
        note: place.note.clone(),
        areas: areas(&place.codes),
    };
    let bare = |code: &AreaCode| PlaceEntry {
        name: None,
        gemeente: None,
        is_candidate: false,
        note: None,
        areas: areas(std::slice::from_ref(code)),
    };
    let list: Vec<_> =
        selection.places.iter().map(place).chain(selection.codes.iter().map(bare)).collect();
    let absent = list.iter().flat_map(|place| &place.areas).filter(|area| !area.is_there);
    let mut missing: Vec<_> = absent.map(|area| area.code.clone()).collect();
    missing.sort();
    missing.dedup();
    let other = selection.vintage.filter(|own| *own != vintage);
    SelectionBody {
        entry: entry(app, selection),
        year: vintage.get(),
        explanation: other.map(|own| Text {
            nl: format!(
                "De codes zijn van de indeling van {own}. Dezelfde code kan in {vintage} een ander \
                 gebied zijn: vergelijk de naam."
            ),
            en: format!(
                "The codes are of the division of {own}. The same code may be another area in \
                 {vintage}: compare the name."
            ),
        }),
        list,
        missing,
        version: atlas.version.clone(),
        fictional: atlas.fictional,
    }
}

/// The areas of a division that a code stands for: the one that bears it, else those of which the
/// atlas knows that they became it border for border, else none.
pub(super) fn on_division(
    atlas: &Atlas,
    own: Option<Vintage>,
    vintage: Vintage,
    code: &AreaCode,
) -> Vec<AreaCode> {
    if atlas.find(code, Some(vintage)).is_some() {
        return vec![code.clone()];
    }
    let Some(own) = own.filter(|own| *own != vintage) else { return Vec::new() };
    let level = code.cbs_level().unwrap_or(Level::Buurt);
    let former = atlas.former_codes(own, &level, code);
    let there = former.into_iter().filter(|code| atlas.find(code, Some(vintage)).is_some());
    there.cloned().collect()
}

fn areas(
    atlas: &Atlas,
    own: Option<Vintage>,
    vintage: Vintage,
    code: &AreaCode,
) -> Vec<SelectedArea> {
    let found = on_division(atlas, own, vintage, code);
    if found.is_empty() {
        return vec![SelectedArea {
            code: code.clone(),
            named: None,
            is_there: false,
            name: None,
            level: None,
            gemeente: None,
        }];
    }
    let area = |there: AreaCode| {
        let (coverage, ordinal) = atlas.find(&there, Some(vintage))?;
        Some(SelectedArea {
            named: (there != *code).then(|| code.clone()),
            code: there,
            is_there: true,
            name: Some(coverage.name(ordinal).to_owned()),
            level: Some(coverage.level.to_string()),
            gemeente: gemeente_of(atlas, coverage, ordinal),
        })
    };
    found.into_iter().filter_map(area).collect()
}
