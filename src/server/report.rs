//! What the sheets of a report share.

use crate::{
    area::{AreaCode, Level},
    atlas::{Atlas, Available, LevelCoverage},
    indicator::{Indicator, Language},
};

use super::{
    config::DEFAULT_INDICATOR,
    html::{Frame, escape, say},
    place_page::AskedPlace,
    story_parts::PageStories,
};

/// The score that the report is about.
pub(super) const SCORE: &str = DEFAULT_INDICATOR;

/// A report, part by part.
pub(super) struct Report<'a> {
    pub(super) atlas: &'a Atlas,
    pub(super) wanted: &'a AskedPlace,
    pub(super) name: &'a str,
    pub(super) language: Language,
    pub(super) frame: &'a Frame<'a>,
    pub(super) stories: &'a PageStories,
}

impl<'a> Report<'a> {
    pub(super) fn say<'b>(&self, nl: &'b str, en: &'b str) -> &'b str {
        say(self.language, nl, en)
    }

    pub(super) fn level(&self, level: &Level) -> Option<&'a LevelCoverage> {
        self.atlas.coverage(self.wanted.vintage, level)
    }

    /// The areas of a level in the gemeente, by name; water is left out.
    pub(super) fn within(
        &self,
        level: &Level,
        code: &AreaCode,
    ) -> Option<(&'a LevelCoverage, Vec<usize>)> {
        let coverage = self.level(level)?;
        let mut areas = coverage.within(code);
        areas.retain(|&at| !coverage.is_water(at));
        areas.sort_by(|&a, &b| {
            coverage
                .name(a)
                .cmp(coverage.name(b))
                .then(coverage.codes()[a].cmp(&coverage.codes()[b]))
        });
        Some((coverage, areas)).filter(|(_, areas)| !areas.is_empty())
    }

    pub(super) fn link(&self, code: &AreaCode, name: &str) -> String {
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        let year = self.wanted.vintage;
        format!("<a href=\"/gebied/{code}?jaar={year}{english}\">{}</a>", escape(name))
    }

    /// The newest series of an indicator on a level of the division that has numbers.
    pub(super) fn series(
        &self,
        id: &str,
        coverage: &'a LevelCoverage,
    ) -> Option<(&'a Indicator, Available<'a>)>
    where
        Self: 'a,
    {
        let indicator = self.atlas.indicator(id)?;
        let (key, column) = self
            .atlas
            .series_on(&indicator.id, coverage.vintage, &coverage.level)
            .filter(|(key, column)| key.begin.is_none() && column.has_numbers())
            .last()?;
        Some((indicator, Available { key, column, coverage }))
    }
}
