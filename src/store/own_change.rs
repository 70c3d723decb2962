//! What an import of own data changed, as far as everybody may see it.

use super::{ChangeRecord, Contents, OWN, change::Before};
use crate::area::Level;

impl Contents {
    /// The municipality's own figures and areas that everybody may see, with their sources, and
    /// nothing else. Cost: a copy of these figures.
    pub fn public_own(&self) -> Self {
        let mut own = Self::default();
        let is_own = |level: &Level| match level {
            Level::Own(level) => self.levels.contains_key(level.id()),
            _ => false,
        };
        let topic = |id: &str| self.own.get(id).is_some_and(|own| own.is_public);
        own.series.extend(
            self.series
                .iter()
                .filter(|(key, _)| topic(&key.indicator) && self.shows(&key.level))
                .map(|(key, series)| (key.clone(), series.clone())),
        );
        own.areas.extend(
            self.areas
                .iter()
                .filter(|((_, level), _)| is_own(level) && self.shows(level))
                .map(|(key, areas)| (key.clone(), areas.clone())),
        );
        own.stories.extend(
            self.stories
                .iter()
                .filter(|(_, story)| story.is_public && self.shows(&story.level))
                .map(|(id, story)| (id.clone(), story.clone())),
        );
        own.sources.extend(
            self.sources
                .iter()
                .filter(|(_, source)| source.provenance.dialect == OWN)
                .map(|(id, source)| (*id, source.clone())),
        );
        own.forget_unused_sources();
        own
    }

    /// Adds to the history what an import of own data changed for everybody; `version` is what
    /// [`Contents::public_version`] was before, `before` what [`Contents::public_own`] was, `moment`
    /// when it was. What nobody may see leaves no trace.
    pub fn remember_own(&mut self, version: String, before: &Self, moment: &str) {
        let after = self.public_version();
        if version == after {
            return;
        }
        let now = self.public_own();
        let changes = Before::of_both(before, &now).compare(&now);
        let moment = moment.to_owned();
        self.remember(ChangeRecord { moment, before: Some(version), after, changes });
    }
}
