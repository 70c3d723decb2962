//! `/v1/bronnen`: every delivery, what it is known by, and what it is used for.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{Level, Vintage},
    atlas::Atlas,
    source::{Dialects, Provenance},
};

use super::{App, answer::Answer, asked::Asked, key::Key, problem::Problem, query::Query};

/// A delivery.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceEntry {
    /// The file, its publisher, licence, size and SHA-256.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(super) provenance: Provenance,
    /// The day of its first import, `2026-11-21`.
    #[serde(rename = "opgehaald")]
    pub(super) retrieved: String,
    /// What kind of delivery it is; `null` for a dialect of one's own.
    #[serde(rename = "titel")]
    pub(super) title: Option<String>,
    /// Where the publisher offers it; `null` where that is not known.
    #[serde(rename = "adres")]
    pub(super) address: Option<String>,
    /// The divisions whose borders come from it.
    #[serde(rename = "grenzen")]
    pub(super) borders: Vec<BordersOf>,
    /// The topics that have figures of it; those that the atlas computes have those of their counts.
    #[serde(rename = "onderwerpen")]
    pub(super) topics: Vec<TopicOf>,
    /// The divisions whose addresses come from it.
    #[serde(rename = "adressen")]
    #[schema(value_type = Vec<u16>)]
    pub(super) addresses: Vec<Vintage>,
    /// How many approaches and initiatives come from it.
    #[serde(rename = "verhalen")]
    pub(super) stories: usize,
}

/// Borders of a level on a division.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct BordersOf {
    /// The division.
    #[serde(rename = "jaar")]
    #[schema(value_type = u16)]
    pub(super) vintage: Vintage,
    /// The level.
    #[serde(rename = "niveau")]
    #[schema(value_type = String)]
    pub(super) level: Level,
}

/// A topic and the years of its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TopicOf {
    #[schema(value_type = String)]
    pub(super) id: SmolStr,
    #[serde(rename = "jaren")]
    pub(super) years: BTreeSet<u16>,
}

/// Every delivery that the atlas uses.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceList {
    #[serde(rename = "bronnen")]
    sources: Vec<SourceEntry>,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "fictief")]
    fictional: bool,
}

/// `GET /v1/bronnen`.
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    app.keep(&asked, Key::new("bronnen"), |app| {
        Answer::json(&SourceList {
            sources: entries(&app.atlas).into_values().collect(),
            version: app.atlas.version.clone(),
            fictional: app.atlas.fictional,
        })
    })
    .await
}

/// Every delivery with what it is used for, by its number in the atlas. Cost: a pass over the
/// columns and reading the dialects.
pub(super) fn entries(atlas: &Atlas) -> BTreeMap<u32, SourceEntry> {
    // Those built in read, as a test says; without them there are no titles.
    let dialects = Dialects::built_in().unwrap_or_default();
    let mut entries: BTreeMap<_, _> = atlas
        .sources
        .iter()
        .map(|(id, source)| {
            let dialect = dialects.iter().find(|one| one.id == source.provenance.dialect.as_str());
            let entry = SourceEntry {
                provenance: source.provenance.clone(),
                retrieved: source.retrieved.clone(),
                title: dialect.map(|dialect| dialect.title.clone()),
                address: dialect.and_then(|dialect| dialect.address.clone()),
                borders: Vec::new(),
                topics: Vec::new(),
                addresses: atlas
                    .address_vintages()
                    .filter(|vintage| atlas.address_sources(*vintage).any(|one| one == *id))
                    .collect(),
                stories: atlas.stories().iter().filter(|one| one.story.source == *id).count(),
            };
            (*id, entry)
        })
        .collect();
    for coverage in atlas.coverages() {
        if let Some(entry) = entries.get_mut(&coverage.source) {
            let (vintage, level) = (coverage.vintage, coverage.level.clone());
            entry.borders.push(BordersOf { vintage, level });
        }
    }
    for indicator in atlas.indicators() {
        for series in atlas.series_of(&indicator.id) {
            for source in series.column.sources() {
                let Some(entry) = entries.get_mut(source) else { continue };
                if entry.topics.last().is_none_or(|last| last.id != indicator.id) {
                    entry.topics.push(TopicOf { id: indicator.id.clone(), years: BTreeSet::new() });
                }
                if let Some(topic) = entry.topics.last_mut() {
                    topic.years.insert(series.key.year.get());
                }
            }
        }
    }
    entries
}
