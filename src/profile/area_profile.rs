//! Everything known of one area, beside its gemeente and the country, over the years.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Text},
    atlas::{Atlas, Available, LevelCoverage, RESIDENTS},
    indicator::{Direction, Indicator, Kind, SeriesBreak},
    layer::Cover,
    store::Source,
};

use super::{
    BesideEntry, ValueEntry, beside, perspective,
    value::{own_gemeente, value},
};

/// A year of an indicator.
#[derive(Debug, Serialize, ToSchema)]
pub struct YearPoint {
    /// The area's own figure.
    #[serde(flatten)]
    pub own: ValueEntry,
    /// The figure of its gemeente; `null` for a gemeente itself.
    pub gemeente: Option<BesideEntry>,
    /// The figure of the country; `null` for classes.
    #[serde(rename = "land")]
    pub country: Option<BesideEntry>,
    /// The figures of the areas that were asked for beside it, in that order; one without a series
    /// of its level is left out.
    #[serde(rename = "naast")]
    pub others: Vec<BesideEntry>,
}

/// One indicator of an area.
#[derive(Debug, Serialize, ToSchema)]
pub struct TopicProfile {
    /// The indicator's id.
    #[schema(value_type = String)]
    pub id: SmolStr,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: Text,
    /// What it means.
    #[serde(rename = "omschrijving")]
    pub description: Text,
    /// The topic that it is listed under.
    #[serde(rename = "thema")]
    pub topic: Text,
    /// The unit.
    #[serde(rename = "eenheid")]
    pub unit: Text,
    /// How many decimals are shown.
    #[serde(rename = "decimalen")]
    pub decimals: u8,
    /// Whether high is good.
    #[serde(rename = "richting")]
    #[schema(value_type = String)]
    pub direction: Direction,
    /// What kind of number it is.
    #[serde(rename = "soort")]
    #[schema(value_type = String)]
    pub kind: Kind,
    /// The scores that it is an ingredient of.
    #[serde(rename = "onderdeelVan")]
    #[schema(value_type = Vec<String>)]
    pub part_of: Vec<SmolStr>,
    /// The score that it is another form of.
    #[serde(rename = "vormVan")]
    #[schema(value_type = Option<String>)]
    pub form_of: Option<SmolStr>,
    /// The newest year in which the area has a number, else the newest of all: a place in `reeks`.
    #[serde(rename = "nieuwste")]
    pub newest: usize,
    /// That number in perspective, with its denominator; `null` without a number, with a mark and
    /// for classes.
    #[serde(rename = "zin")]
    pub sentence: Option<Text>,
    /// Of the areas of the level in the country, how much has a figure in that year.
    #[serde(rename = "dekking")]
    #[schema(value_type = Object)]
    pub cover: Cover,
    /// Every year on this division, ascending; of a change, by the year that it is counted from; of
    /// what is computed when it is first asked for, the newest alone.
    #[serde(rename = "reeks")]
    pub series: Vec<YearPoint>,
    /// Years whose figures the atlas has on this level, but on other divisions only.
    #[serde(rename = "jarenElders")]
    pub years_elsewhere: Vec<u16>,
    /// The years from which it means something else.
    #[serde(rename = "reeksbreuken")]
    pub breaks: Vec<SeriesBreak>,
    /// Indicators that look alike and measure something else.
    #[serde(rename = "nietVergelijkbaarMet")]
    #[schema(value_type = Vec<String>)]
    pub incomparable: Vec<SmolStr>,
    /// Who publishes it.
    #[serde(rename = "bron")]
    pub source: Text,
    /// The licence.
    #[serde(rename = "licentie")]
    pub licence: String,
    /// What belongs beside it: of the Leefbaarometer, that it signals and explains no cause.
    #[serde(rename = "opmerking")]
    pub note: Option<Text>,
}

/// A part of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartEntry {
    /// The indicator's id.
    #[schema(value_type = String)]
    pub id: SmolStr,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: Text,
    /// Its figure in the year of the score.
    #[serde(flatten)]
    pub own: ValueEntry,
}

/// A score that is made of parts, and those of one year.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreEntry {
    /// The score's id.
    #[schema(value_type = String)]
    pub id: SmolStr,
    /// The parts, in the order of lists: the dimensions of the Leefbaarometer.
    #[serde(rename = "onderdelen")]
    pub parts: Vec<PartEntry>,
    /// What belongs beside it.
    #[serde(rename = "opmerking")]
    pub note: Option<Text>,
}

/// Everything known of one area.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaProfile {
    /// The residents of the division's own year, else of the nearest within three.
    #[serde(rename = "inwoners")]
    pub residents: Option<f64>,
    /// Every indicator that has a series of this level on this division, in the order of lists.
    #[serde(rename = "onderwerpen")]
    pub topics: Vec<TopicProfile>,
    /// Scores with their parts.
    #[serde(rename = "scores")]
    pub scores: Vec<ScoreEntry>,
    /// The files that the figures come from.
    #[serde(rename = "bronnen")]
    #[schema(value_type = Vec<Object>)]
    pub sources: Vec<Source>,
}

/// The profile of an area, beside `others` on the same division. Cost: for ranks and means some
/// passes over each column of the level.
pub fn area_profile(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
    others: &[AreaCode],
) -> AreaProfile {
    let mut sources = BTreeSet::from([coverage.source]);
    let gemeente = own_gemeente(coverage, ordinal);
    let mut topics = Vec::new();
    let mut of_year: BTreeMap<SmolStr, Vec<Available<'_>>> = BTreeMap::new();
    for indicator in atlas.indicators() {
        let years = years(atlas, indicator, coverage);
        if years.is_empty() {
            continue;
        }
        sources.extend(years.iter().flat_map(|series| series.column.sources()));
        topics.push(topic(atlas, indicator, &years, ordinal, gemeente.as_ref(), others));
        of_year.insert(indicator.id.clone(), years);
    }
    AreaProfile {
        residents: atlas
            .beside(RESIDENTS, coverage, coverage.vintage.0)
            .and_then(|series| series.column.get(ordinal).number()),
        scores: scores(atlas, &topics, &of_year, ordinal, gemeente.as_ref()),
        topics,
        sources: sources.iter().filter_map(|id| atlas.sources.get(id)).cloned().collect(),
    }
}

/// One topic of an area's profile, by the indicator's id; `None` where the division has no series of
/// it on the level.
pub fn topic_profile(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
    id: &str,
) -> Option<TopicProfile> {
    let indicator = atlas.indicator(id)?;
    let years = years(atlas, indicator, coverage);
    let gemeente = own_gemeente(coverage, ordinal);
    (!years.is_empty()).then(|| topic(atlas, indicator, &years, ordinal, gemeente.as_ref(), &[]))
}

/// The series of an indicator on a division and level that belong in a list, by year and by the
/// year that a change is counted from.
fn years<'a>(
    atlas: &'a Atlas,
    indicator: &Indicator,
    coverage: &'a LevelCoverage,
) -> Vec<Available<'a>> {
    let mut years: Vec<_> = atlas
        .series_on(&indicator.id, coverage.vintage, &coverage.level)
        .filter(|(_, column)| column.is_listed())
        .map(|(key, column)| Available { key, column, coverage })
        .collect();
    years.sort_by_key(|series| (series.key.year, series.key.begin));
    years
}

fn topic(
    atlas: &Atlas,
    indicator: &Indicator,
    years: &[Available<'_>],
    ordinal: usize,
    gemeente: Option<&(Vec<usize>, AreaCode)>,
    others: &[AreaCode],
) -> TopicProfile {
    let has_number = |series: &Available<'_>| series.column.has_number(ordinal);
    let newest = years.iter().rposition(has_number).unwrap_or(years.len() - 1);
    let point = |series: &Available<'_>| YearPoint {
        own: value(atlas, indicator, series, ordinal, gemeente),
        gemeente: beside::of_gemeente(atlas, indicator, series, gemeente),
        country: beside::of_country(atlas, indicator, series),
        others: others
            .iter()
            .filter_map(|code| beside::published(atlas, indicator, series, code))
            .collect(),
    };
    let shown = &years[newest];
    let here: BTreeSet<_> = atlas
        .series_on(&indicator.id, shown.key.vintage, &shown.key.level)
        .map(|(key, _)| key.year)
        .collect();
    let elsewhere: BTreeSet<_> = atlas
        .series_of(&indicator.id)
        .filter(|series| series.key.level == shown.key.level && series.column.has_numbers())
        .map(|series| series.key.year)
        .filter(|year| !here.contains(year))
        .collect();
    TopicProfile {
        id: indicator.id.clone(),
        name: indicator.name.clone(),
        description: indicator.description.clone(),
        topic: indicator.topic.clone(),
        unit: indicator.unit.clone(),
        decimals: indicator.decimals,
        direction: indicator.direction,
        kind: indicator.kind,
        part_of: indicator.ingredient_of.clone(),
        form_of: indicator.form_of.clone(),
        newest,
        sentence: perspective(indicator, shown, ordinal)
            .map(|standing| standing.text(indicator, &shown.key.level)),
        cover: cover(atlas, shown),
        series: years.iter().map(point).collect(),
        years_elsewhere: elsewhere.into_iter().map(crate::area::Year::get).collect(),
        breaks: indicator.breaks.clone(),
        incomparable: indicator.incomparable_with.clone(),
        source: indicator.source.clone(),
        licence: indicator.licence.to_string(),
        note: indicator.note.clone(),
    }
}

/// Of the areas of a level in the country, how much has a figure; water is left out.
fn cover(atlas: &Atlas, series: &Available<'_>) -> Cover {
    let residents = atlas.beside(RESIDENTS, series.coverage, series.key.year);
    let lived = |at: usize| residents.and_then(|all| all.column.get(at).number()).unwrap_or(0.0);
    let mut cover = Cover { areas: 0, with_value: 0, residents: None, residents_with_value: None };
    let (mut all, mut with_value) = (0.0, 0.0);
    for at in (0..series.coverage.len()).filter(|&at| !series.coverage.is_water(at)) {
        cover.areas += 1;
        all += lived(at);
        if series.column.has_number(at) {
            cover.with_value += 1;
            with_value += lived(at);
        }
    }
    if residents.is_some() {
        cover.residents = Some(all.round() as u64);
        cover.residents_with_value = Some(with_value.round() as u64);
    }
    cover
}

/// The scores that are made of parts, each with its parts in its newest year.
fn scores(
    atlas: &Atlas,
    topics: &[TopicProfile],
    of_year: &BTreeMap<SmolStr, Vec<Available<'_>>>,
    ordinal: usize,
    gemeente: Option<&(Vec<usize>, AreaCode)>,
) -> Vec<ScoreEntry> {
    let parts = |score: &TopicProfile| {
        let own = &score.series[score.newest].own;
        let part = |part: &TopicProfile| {
            let is_part = part.kind == Kind::Score && part.part_of.contains(&score.id);
            let indicator = atlas.indicator(&part.id).filter(|_| is_part)?;
            let series = of_year.get(&part.id)?.iter().find(|series| {
                let begin = series.key.begin.map(crate::area::Year::get);
                series.key.year.get() == own.year && begin == own.begin
            })?;
            let own = value(atlas, indicator, series, ordinal, gemeente);
            Some(PartEntry { id: part.id.clone(), name: part.name.clone(), own })
        };
        topics.iter().filter_map(part).collect::<Vec<_>>()
    };
    topics
        .iter()
        .filter(|score| score.kind == Kind::Score)
        .map(|score| ScoreEntry {
            id: score.id.clone(),
            parts: parts(score),
            note: score.note.clone(),
        })
        .filter(|score| !score.parts.is_empty())
        .collect()
}
