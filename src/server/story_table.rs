//! Stories as points on a map and as a table.

use serde_json::{Value as Json, json};

use crate::{area::Language, layer::guarded};

use super::story_entry::StoryEntry;

/// The columns of the table.
const COLUMNS: [&str; 18] = [
    "id",
    "code",
    "naam",
    "niveau",
    "indeling",
    "gemeentecode",
    "gemeente",
    "van",
    "tot",
    "pijler",
    "pijler_naam",
    "titel",
    "tekst",
    "bron",
    "licentie",
    "link",
    "lon",
    "lat",
];

/// A story as a feature: a point inside its area. `None` where there is no place.
pub(super) fn feature(story: &StoryEntry, language: Language) -> Option<Json> {
    let gemeente = story.gemeente.as_ref();
    Some(json!({
        "type": "Feature",
        "id": story.id,
        "geometry": {"type": "Point", "coordinates": story.place?},
        "properties": {
            "id": story.id,
            "code": story.code,
            "naam": story.name,
            "niveau": story.level.plural(),
            "indeling": story.vintage,
            "gemeentecode": gemeente.map(|one| &one.code),
            "gemeente": gemeente.map(|one| &one.name),
            "van": story.from,
            "tot": story.until,
            "pijler": story.pillar.id(),
            "pijlerNaam": story.pillar_name.get(language),
            "titel": story.title,
            "tekst": story.text,
            "bron": story.told_by,
            "licentie": story.licence,
            "link": story.link,
        },
    }))
}

/// Stories as CSV (RFC 4180): UTF-8, comma, a header; what goes on has no `tot`. A text that would
/// be computed by a program of sheets gets an apostrophe before it; where the country is invented,
/// the source says so.
///
/// # Errors
/// Only when memory runs out: the writer is in memory.
pub(super) fn csv(
    stories: &[StoryEntry],
    language: Language,
    is_fictional: bool,
) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for story in stories {
        let gemeente = story.gemeente.as_ref();
        let degree = |at: usize| story.place.map(|place| place[at].to_string()).unwrap_or_default();
        let told_by = if is_fictional {
            format!("FICTIEF: {}", story.told_by)
        } else {
            story.told_by.clone()
        };
        table.write_record([
            story.id.as_str(),
            story.code.as_str(),
            &guarded(&story.name),
            story.level.plural(),
            &story.vintage.to_string(),
            gemeente.map_or("", |one| one.code.as_str()),
            &guarded(gemeente.map_or("", |one| &one.name)),
            &story.from.to_string(),
            &story.until.map(|year| year.to_string()).unwrap_or_default(),
            story.pillar.id(),
            story.pillar_name.get(language),
            &guarded(&story.title),
            &guarded(&story.text),
            &guarded(&told_by),
            &guarded(&story.licence),
            story.link.as_deref().unwrap_or_default(),
            &degree(0),
            &degree(1),
        ])?;
    }
    table.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}
