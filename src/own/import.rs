//! A folder of own tables into an atlas.

use std::path::Path;

use serde::Serialize;
use smol_str::SmolStr;

use crate::{
    area::{Level, Vintage},
    indicator::Catalogue,
    store::{Contents, FitReport, Store},
};

use super::{
    GuardReport, NestReport, OwnAreas, OwnError, OwnStories, OwnTopic, RowFault, figures::absorb,
    folder::Descriptions,
};

/// What an import of own figures is told.
#[derive(Clone, Debug, Default)]
pub struct OwnOptions {
    /// Whether rows that cannot be used are left out, and the others taken.
    pub accept_partial: bool,
    /// Whether nothing is written: a look at what would be.
    pub is_preview: bool,
    /// The day to write beside new sources, `2026-11-21`.
    pub today: String,
    /// When it is, in UTC: what everybody sees changed is remembered with it.
    pub moment: String,
}

/// What happened to a topic.
#[derive(Clone, Debug, Serialize)]
pub struct TopicReport {
    /// Its id.
    pub id: SmolStr,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its file.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Whether everybody may see it.
    #[serde(rename = "openbaar")]
    pub is_public: bool,
    /// How many rows can be used.
    #[serde(rename = "rijen")]
    pub rows: usize,
    /// The rows that cannot.
    #[serde(rename = "fouten")]
    pub faults: Vec<RowFault>,
    /// How many more there are.
    #[serde(rename = "meerFouten")]
    pub unnamed: usize,
    /// What is strange, and was taken all the same.
    #[serde(rename = "opmerkingen")]
    pub remarks: Vec<String>,
    /// What was hidden, by year.
    #[serde(rename = "jaren")]
    pub years: Vec<GuardReport>,
}

/// What happened to an own level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelReport {
    /// Its id.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// The division that it was laid over.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// Its file.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Whether everybody may see it.
    #[serde(rename = "openbaar")]
    pub is_public: bool,
    /// How its areas lie over the division.
    #[serde(rename = "ligging")]
    pub nest: NestReport,
    /// How they were made to fit each other.
    #[serde(rename = "passend")]
    pub fitted: FitReport,
    /// The records that cannot be used.
    #[serde(rename = "fouten")]
    pub faults: Vec<RowFault>,
}

/// What happened to a table of stories.
#[derive(Clone, Debug, Serialize)]
pub struct StoriesReport {
    /// What they are kept under.
    #[serde(rename = "verhalen")]
    pub collection: SmolStr,
    /// Its file.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Whether everybody may see them.
    #[serde(rename = "openbaar")]
    pub is_public: bool,
    /// How many can be used.
    #[serde(rename = "aantal")]
    pub count: usize,
    /// How many areas have one.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// The rows that cannot be used.
    #[serde(rename = "fouten")]
    pub faults: Vec<RowFault>,
    /// What is strange, and was taken all the same.
    #[serde(rename = "opmerkingen")]
    pub remarks: Vec<String>,
}

/// What happened.
#[derive(Clone, Debug, Serialize)]
pub struct OwnReport {
    /// The own levels.
    #[serde(rename = "niveaus")]
    pub levels: Vec<LevelReport>,
    /// The topics.
    #[serde(rename = "onderwerpen")]
    pub topics: Vec<TopicReport>,
    /// The tables of stories.
    #[serde(rename = "verhalen")]
    pub stories: Vec<StoriesReport>,
    /// The version of the atlas afterwards.
    #[serde(rename = "versie")]
    pub version: String,
    /// Whether that is another than before.
    #[serde(rename = "veranderd")]
    pub changed: bool,
}

impl OwnReport {
    /// How many rows cannot be used.
    pub fn faults(&self) -> usize {
        let of_levels = self.levels.iter().map(|level| level.faults.len());
        let of_topics = self.topics.iter().map(|topic| topic.faults.len() + topic.unnamed);
        let of_stories = self.stories.iter().map(|stories| stories.faults.len());
        of_levels.chain(of_topics).chain(of_stories).sum()
    }
}

/// Imports a folder of own areas and tables into an atlas; or looks at what that would do. `tell` gets the
/// report before anything is written, also where rows cannot be used; `progress` each step.
///
/// # Errors
/// When a description or table is not what it must be, rows cannot be used and that was not
/// accepted, or the atlas cannot be read or written. Nothing was changed then.
pub fn import(
    store: &dyn Store,
    name: &str,
    folder: &Path,
    catalogue: &Catalogue,
    options: &OwnOptions,
    progress: &(dyn Fn(&str) + Sync),
    tell: &mut dyn FnMut(&OwnReport),
) -> Result<OwnReport, OwnError> {
    let waits = || progress(&format!("waits for another import into {name}"));
    let _lock = if options.is_preview { None } else { Some(store.lock(&waits)?) };
    let contents = store.read()?;
    let mut contents = contents.ok_or_else(|| OwnError::NoAtlas(name.to_owned()))?;
    let before = contents.version();
    let (public, own_before) = (contents.public_version(), contents.public_own());
    progress(&format!("reads {}", folder.display()));
    let own = Descriptions::of(folder, catalogue)?;
    let mut levels = Vec::with_capacity(own.levels.len());
    for described in own.levels {
        progress(&format!("reads {}", described.description.bestand));
        let areas = OwnAreas::read(described, &contents)?;
        levels.push(report_of(&areas));
        areas.absorb(&mut contents, &options.today)?;
    }
    // Figures may be of these levels.
    let mut topics = Vec::with_capacity(own.topics.len());
    for described in own.topics {
        let topic = OwnTopic::read(described, &contents)?;
        topics.push(take(&mut contents, &topic, &options.today)?);
    }
    let mut stories = Vec::with_capacity(own.stories.len());
    for described in own.stories {
        let of = OwnStories::read(described, &contents)?;
        of.absorb(&mut contents, &options.today);
        stories.push(told(&of));
    }
    contents.derive();
    contents.renumber();
    let version = contents.version();
    let changed = version != before;
    let report = OwnReport { levels, topics, stories, version, changed };
    tell(&report);
    let faults = report.faults();
    if faults > 0 && !options.accept_partial {
        return Err(OwnError::Faults { faults });
    }
    if changed && !options.is_preview {
        contents.remember_own(public, &own_before, &options.moment);
        progress("writes the atlas");
        store.replace(&contents)?;
    }
    Ok(report)
}

fn report_of(areas: &OwnAreas) -> LevelReport {
    LevelReport {
        level: areas.description.level(),
        vintage: areas.description.indeling,
        file: areas.description.bestand.clone(),
        is_public: areas.description.openbaar,
        nest: areas.nest.clone(),
        fitted: areas.fitted.clone(),
        faults: areas.faults.clone(),
    }
}

fn take(contents: &mut Contents, topic: &OwnTopic, today: &str) -> Result<TopicReport, OwnError> {
    let years = absorb(contents, topic, today)?;
    Ok(TopicReport {
        id: topic.description.id.clone(),
        name: topic.indicator.name.nl.clone(),
        file: topic.description.bestand.clone(),
        is_public: topic.description.openbaar,
        rows: topic.rows.len(),
        faults: topic.faults.clone(),
        unnamed: topic.unnamed,
        remarks: topic.remarks.clone(),
        years,
    })
}

fn told(stories: &OwnStories) -> StoriesReport {
    StoriesReport {
        collection: stories.collection(),
        file: stories.description.bestand.clone(),
        is_public: stories.description.openbaar,
        count: stories.stories.len(),
        areas: stories.areas(),
        faults: stories.faults.clone(),
        remarks: stories.remarks.clone(),
    }
}
