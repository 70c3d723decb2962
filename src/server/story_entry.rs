//! A story as it is answered, and those of an area.

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Language, Level, Text, Vintage, Year},
    atlas::{Atlas, PlacedStory},
    store::Pillar,
};

use super::area_heading::{AreaName, gemeente_of};

/// What was done about an area, and from when to when.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoryEntry {
    /// What it is known by, in addresses too.
    #[schema(value_type = String)]
    pub(super) id: SmolStr,
    /// The area that it is of, on the newest division that has it.
    #[schema(value_type = String)]
    pub(super) code: AreaCode,
    #[serde(rename = "naam")]
    pub(super) name: String,
    #[serde(rename = "niveau")]
    #[schema(value_type = String)]
    pub(super) level: Level,
    /// That division.
    #[serde(rename = "indeling")]
    #[schema(value_type = u16)]
    pub(super) vintage: Vintage,
    /// The gemeente that the area lies in; `null` for a gemeente.
    pub(super) gemeente: Option<AreaName>,
    /// The year in which it began.
    #[serde(rename = "van")]
    #[schema(value_type = u16)]
    pub(super) from: Year,
    /// The year in which it ended; `null` while it goes on.
    #[serde(rename = "tot")]
    #[schema(value_type = Option<u16>)]
    pub(super) until: Option<Year>,
    /// `sociale-basis`, `sociale-stijging`, `sociale-herovering` or `fysiek`.
    #[serde(rename = "pijler")]
    #[schema(value_type = String)]
    pub(super) pillar: Pillar,
    #[serde(rename = "pijlerNaam")]
    pub(super) pillar_name: Text,
    #[serde(rename = "titel")]
    pub(super) title: String,
    /// May be empty, and have line breaks.
    #[serde(rename = "tekst")]
    pub(super) text: String,
    /// Who tells it.
    #[serde(rename = "bron")]
    pub(super) told_by: String,
    /// Its licence.
    #[serde(rename = "licentie")]
    pub(super) licence: String,
    /// Where there is more to read, `https`; `null` where nowhere.
    pub(super) link: Option<String>,
    /// A place inside the area, far from its border: longitude and latitude.
    #[serde(rename = "plek")]
    pub(super) place: Option<[f64; 2]>,
}

/// A story as it is answered; `None` where the atlas has no area for it. Cost: the first
/// time looking for a place inside the area.
pub(super) fn entry(atlas: &Atlas, placed: &PlacedStory) -> Option<StoryEntry> {
    let (coverage, ordinal) = atlas.area_of(placed)?;
    let story = &placed.story;
    let degrees = |number: f64| (number * 1e6).round() / 1e6;
    let place = atlas.place_of(placed).map(|at| [degrees(at.lon), degrees(at.lat)]);
    let licence = atlas.sources.get(&story.source);
    Some(StoryEntry {
        id: placed.id.clone(),
        code: coverage.codes()[ordinal].clone(),
        name: coverage.name(ordinal).to_owned(),
        level: coverage.level.clone(),
        vintage: coverage.vintage,
        gemeente: gemeente_of(atlas, coverage, ordinal),
        from: story.from,
        until: story.until,
        pillar: story.pillar,
        pillar_name: story.pillar.name(),
        title: story.title.clone(),
        text: story.text.clone(),
        told_by: story.told_by.clone(),
        licence: licence.map_or_else(String::new, |source| source.provenance.licence.clone()),
        link: Some(story.link.clone()).filter(|link| !link.is_empty()),
        place,
    })
}

/// The stories of an area of a division and of the wijk and gemeente that it lies in.
pub(super) fn stories_about(atlas: &Atlas, code: &AreaCode, vintage: Vintage) -> Vec<StoryEntry> {
    let about = atlas.stories().iter().filter(|story| story.is_about(atlas, code, vintage));
    about.filter_map(|story| entry(atlas, story)).collect()
}

/// The period of a story in words: `2015–2019`, `2015`, `sinds 2015`.
pub(super) fn period(from: Year, until: Option<Year>, language: Language) -> String {
    match until {
        Some(until) if until == from => from.to_string(),
        Some(until) => format!("{from}–{until}"),
        None => format!("{} {from}", super::html::say(language, "sinds", "since")),
    }
}
