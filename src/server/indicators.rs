//! `/v1/indicatoren`: the catalogue, as far as the atlas has values.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{Level, Text, Vintage},
    atlas::{Atlas, Available},
    indicator::{
        Cluster, Direction, Display, Indicator, Kind, Recipe, SeriesBreak, SeriesKey, Threshold,
    },
    scale::Method,
    source::Provenance,
};

use super::{
    App,
    answer::Answer,
    asked::Asked,
    key::Key,
    problem::{InputError, Problem, shorten},
    query::Query,
};

/// A year of an indicator on a level.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearEntry {
    /// The year.
    #[serde(rename = "jaar")]
    year: u16,
    /// The year that a change is counted from.
    #[serde(rename = "sinds")]
    begin: Option<u16>,
    /// The division that is drawn.
    #[serde(rename = "indeling")]
    vintage: u16,
    /// The other divisions that the figures can be read on, with `indeling`.
    #[serde(rename = "leesbaarOp")]
    readable_on: Vec<u16>,
    /// Areas of that division, water left out.
    #[serde(rename = "gebieden")]
    areas: usize,
    /// Of these, areas with a value.
    #[serde(rename = "metWaarde")]
    with_value: usize,
    /// Values that have no shape on that division.
    #[serde(rename = "zonderVlak")]
    waiting: usize,
}

/// The years of an indicator on a level.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelEntry {
    /// The level.
    #[serde(rename = "niveau")]
    level: String,
    /// Its years, ascending.
    #[serde(rename = "jaren")]
    years: Vec<YearEntry>,
}

/// A class of the publisher.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublisherClass {
    /// Its number.
    #[serde(rename = "nummer")]
    number: u8,
    /// Its name.
    #[serde(rename = "naam")]
    name: Text,
    /// Values up to and including this; `null` is open or unknown.
    #[serde(rename = "tot")]
    upper: Option<f64>,
}

/// How an indicator is computed from others.
#[derive(Debug, Serialize, ToSchema)]
pub struct Derivation {
    /// The kind of computation: `quotient`, `location-quotient`, `cluster`, `stacking`, `typology`
    /// or `above`.
    #[serde(rename = "recept")]
    recipe: &'static str,
    /// The formula, with every number that decides.
    #[serde(rename = "formule")]
    formula: Text,
    /// The seed, where chance is drawn.
    #[serde(rename = "zaad")]
    seed: Option<u64>,
    /// How many permutations an area gets: at least and at most.
    #[serde(rename = "permutaties")]
    permutations: Option<[u32; 2]>,
}

impl Derivation {
    fn of(recipe: &Recipe) -> Self {
        let is_random = matches!(recipe, Recipe::Cluster(_));
        Self {
            recipe: recipe.name(),
            formula: recipe.formula(),
            seed: is_random.then_some(Cluster::SEED),
            permutations: is_random.then_some(Cluster::PERMUTATIONS),
        }
    }
}

/// An indicator.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorEntry {
    #[schema(value_type = String)]
    id: SmolStr,
    #[serde(rename = "naam")]
    name: Text,
    #[serde(rename = "omschrijving")]
    description: Text,
    #[serde(rename = "thema")]
    topic: Text,
    #[serde(rename = "eenheid")]
    unit: Text,
    #[serde(rename = "decimalen")]
    decimals: u8,
    #[serde(rename = "richting")]
    #[schema(value_type = String)]
    direction: Direction,
    #[serde(rename = "soort")]
    #[schema(value_type = String)]
    kind: Kind,
    #[serde(rename = "weergave")]
    #[schema(value_type = String)]
    display: Display,
    #[serde(rename = "noemer")]
    #[schema(value_type = Option<String>)]
    denominator: Option<SmolStr>,
    #[serde(rename = "publicatiegrens")]
    publication_threshold: Option<Text>,
    /// The same as numbers: each must be reached.
    #[serde(rename = "publicatiegrenzen")]
    published_from: Vec<Threshold>,
    /// What published numbers are a multiple of, in the unit; `null` where they are not rounded so
    /// far that it shows. A finer delivery is seen by its numbers.
    #[serde(rename = "afronding")]
    rounding: Option<f64>,
    /// The indicators that it is computed from; empty where it is delivered.
    #[serde(rename = "berekendUit")]
    #[schema(value_type = Vec<String>)]
    derived_from: Vec<SmolStr>,
    /// How; `null` where it is delivered.
    #[serde(rename = "berekening")]
    derivation: Option<Derivation>,
    #[serde(rename = "palet")]
    #[schema(value_type = String)]
    palette: SmolStr,
    #[serde(rename = "methode")]
    method: &'static str,
    #[serde(rename = "aantalKlassen")]
    class_count: u8,
    #[serde(rename = "methoden")]
    methods: Vec<&'static str>,
    #[serde(rename = "onderdeelVan")]
    #[schema(value_type = Vec<String>)]
    ingredient_of: Vec<SmolStr>,
    /// The score that it is another form of.
    #[serde(rename = "vormVan")]
    #[schema(value_type = Option<String>)]
    form_of: Option<SmolStr>,
    /// The years from which it means something else: numbers from before and after are not
    /// compared.
    #[serde(rename = "reeksbreuken")]
    breaks: Vec<SeriesBreak>,
    /// Indicators that look alike and measure something else.
    #[serde(rename = "nietVergelijkbaarMet")]
    #[schema(value_type = Vec<String>)]
    incomparable_with: Vec<SmolStr>,
    #[serde(rename = "gevoelig")]
    sensitive: bool,
    #[serde(rename = "bron")]
    source: Text,
    #[serde(rename = "licentie")]
    #[schema(value_type = String)]
    licence: SmolStr,
    #[serde(rename = "opmerking")]
    note: Option<Text>,
    #[serde(rename = "niveaus")]
    levels: Vec<LevelEntry>,
}

/// The catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct Indicators {
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
    #[serde(rename = "indicatoren")]
    indicators: Vec<IndicatorEntry>,
}

/// One indicator with what the list leaves out.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorDetail {
    #[serde(flatten)]
    entry: IndicatorEntry,
    /// The publisher's classes, lowest first.
    #[serde(rename = "klassen")]
    classes: Vec<PublisherClass>,
    /// Where the class bounds come from.
    #[serde(rename = "bronKlassen")]
    classes_source: Option<Text>,
    /// The files that the values come from.
    #[serde(rename = "bronnen")]
    #[schema(value_type = Vec<Object>)]
    sources: Vec<Provenance>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/indicatoren`.
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    app.keep(&asked, Key::new("indicatoren"), |app| {
        Answer::json(&Indicators {
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
            indicators: app.atlas.indicators().map(|i| entry(&app.atlas, i)).collect(),
        })
    })
    .await
}

/// `GET /v1/indicatoren/{id}`.
pub async fn detail(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    let key = Key::new("indicator").and(&id);
    app.keep(&asked, key, move |app| {
        let indicator = find(&app.atlas, &id).map_err(Problem::unknown)?;
        let classes = indicator.classes.iter().flat_map(|classes| {
            let uppers = classes.cuts.iter().copied().map(Some).chain(std::iter::repeat(None));
            (classes.first..).zip(&classes.names).zip(uppers)
        });
        let sources = app
            .atlas
            .series_of(&indicator.id)
            .flat_map(|series| series.column.sources().iter())
            .filter_map(|id| Some((id, app.atlas.sources.get(id)?.provenance.clone())))
            .collect::<BTreeMap<_, _>>()
            .into_values()
            .collect();
        Answer::json(&IndicatorDetail {
            entry: entry(&app.atlas, indicator),
            classes: classes
                .map(|((number, name), upper)| PublisherClass { number, name: name.clone(), upper })
                .collect(),
            classes_source: indicator.classes.as_ref().and_then(|classes| classes.source.clone()),
            sources,
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
        })
    })
    .await
}

/// The indicator of an id, among those that the atlas has values of.
///
/// # Errors
/// An error that names the ids there are.
pub fn find<'a>(atlas: &'a Atlas, id: &str) -> Result<&'a Indicator, InputError> {
    atlas.indicator(id).ok_or_else(|| {
        let detail = format!("{:?} is geen onderwerp van deze atlas", shorten(id));
        InputError::path("indicator", "onbekend", detail)
            .allowing(atlas.indicators().map(|indicator| indicator.id.as_str()))
    })
}

fn entry(atlas: &Atlas, indicator: &Indicator) -> IndicatorEntry {
    let mut levels: BTreeMap<&Level, Vec<Available<'_>>> = BTreeMap::new();
    for series in atlas.series_of(&indicator.id) {
        // Where two divisions have the year, the one that is drawn stands for it.
        let drawn = atlas
            .series(&indicator.id, &series.key.level, series.key.begin, series.key.year)
            .is_some_and(|drawn| drawn.key == series.key);
        if !drawn || !series.column.has_numbers() {
            continue;
        }
        levels.entry(&series.key.level).or_default().push(series);
    }
    let methods = Method::ALL
        .into_iter()
        .filter(|method| *method != Method::Publicatie || indicator.classes.is_some())
        .filter(|method| *method == Method::Publicatie || indicator.kind != Kind::Klasse);
    IndicatorEntry {
        id: indicator.id.clone(),
        name: indicator.name.clone(),
        description: indicator.description.clone(),
        topic: indicator.topic.clone(),
        unit: indicator.unit.clone(),
        decimals: indicator.decimals,
        direction: indicator.direction,
        kind: indicator.kind,
        display: indicator.display,
        denominator: indicator.denominator.clone(),
        publication_threshold: indicator.publication_threshold.clone(),
        published_from: indicator.published_from.clone(),
        rounding: indicator.rounding,
        derived_from: indicator
            .derived
            .iter()
            .flat_map(|recipe| recipe.ingredients())
            .cloned()
            .collect(),
        derivation: indicator.derived.as_ref().map(Derivation::of),
        palette: indicator.palette.clone(),
        method: indicator.method.as_str(),
        class_count: indicator.class_count,
        methods: methods.map(Method::as_str).collect(),
        ingredient_of: indicator.ingredient_of.clone(),
        form_of: indicator.form_of.clone(),
        breaks: indicator.breaks.clone(),
        incomparable_with: indicator.incomparable_with.clone(),
        sensitive: indicator.sensitive,
        source: indicator.source.clone(),
        licence: indicator.licence.clone(),
        note: indicator.note.clone(),
        levels: levels
            .into_iter()
            .map(|(level, series)| LevelEntry {
                level: level.to_string(),
                years: years(atlas, &series),
            })
            .collect(),
    }
}

fn years(atlas: &Atlas, series: &[Available<'_>]) -> Vec<YearEntry> {
    let mut years: Vec<_> = series
        .iter()
        .map(|series| {
            let land = || (0..series.coverage.len()).filter(|&at| !series.coverage.is_water(at));
            let SeriesKey { indicator, begin, year, level, vintage } = series.key;
            let others = atlas.vintages(level).into_iter().filter(|other| {
                other != vintage && atlas.is_readable_on(indicator, level, *begin, *year, *other)
            });
            YearEntry {
                readable_on: others.map(Vintage::get).collect(),
                year: series.key.year.get(),
                begin: series.key.begin.map(crate::area::Year::get),
                vintage: series.key.vintage.get(),
                areas: land().count(),
                with_value: land().filter(|&at| series.column.has_number(at)).count(),
                waiting: series.column.waiting(),
            }
        })
        .collect();
    years.sort_by_key(|entry| (entry.year, entry.begin, entry.vintage));
    years
}
