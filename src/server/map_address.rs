//! Where the map shows a place.

use crate::{
    area::{AreaCode, Level},
    atlas::LevelCoverage,
    indicator::Language,
};

use super::App;

/// The address of the map at an area: selected where the map opens on its topic, and with its
/// buurten for a gemeente. The map as it opens where no topic has figures of its division.
pub(super) fn map_address(
    app: &App,
    coverage: &LevelCoverage,
    code: &AreaCode,
    language: Language,
) -> String {
    let english = if language == Language::En { "taal=en" } else { "" };
    let vintage = coverage.vintage;
    let levels = match coverage.level {
        Level::Gemeente => vec![Level::Buurt, Level::Wijk, Level::Gemeente],
        Level::Own(_) => Vec::new(),
        _ => vec![coverage.level.clone()],
    };
    let first = app.first_view().indicator;
    let newest = |id: &str, level: &Level| {
        let of_place = app.atlas.series_on(id, vintage, level);
        of_place
            .filter(|(key, column)| {
                let drawn = app.atlas.series(id, level, key.begin, key.year);
                column.has_numbers() && drawn.is_some_and(|drawn| drawn.key == *key)
            })
            .map(|(key, _)| key.year)
            .max()
    };
    let topics = || {
        let others = app.atlas.indicators().filter(|one| !one.sensitive);
        std::iter::once(first.as_str()).chain(others.map(|one| one.id.as_str()))
    };
    let found = topics().find_map(|id| {
        let there = |level: &Level| Some((id, level.clone(), newest(id, level)?));
        levels.iter().find_map(there)
    });
    let Some((id, level, year)) = found else { return format!("/?{english}") };
    let place = match (&coverage.level, &level) {
        (Level::Gemeente, Level::Gemeente) => format!("gebied={code}"),
        (Level::Gemeente, _) => format!("binnen={code}"),
        _ => format!("gebied={code}"),
    };
    let english = if english.is_empty() { String::new() } else { format!("&{english}") };
    format!("/kaart/{id}?jaar={year}&niveau={level}&{place}{english}")
}
