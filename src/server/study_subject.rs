//! What a question is about: a topic, or several that are asked about together.

use crate::{
    area::{Level, Year},
    atlas::Atlas,
    indicator::Indicator,
    study::Partition,
};

use super::{
    asked_topics::{self, AskedTopic},
    indicators,
    layers::{find_level, level_error},
    parameter::{INDICATOR, LEVEL_FILTER, YEAR},
    problem::InputError,
    query::Query,
    study_parameter::TOPICS,
    study_question::Question,
};

/// The topic of a question, or the first of several.
pub(super) struct Subject<'a> {
    pub indicator: &'a Indicator,
    /// The groups that together are everybody.
    pub partition: Option<&'static Partition>,
    /// What piles up.
    topics: Vec<AskedTopic>,
    /// Whether the visitor named them.
    is_listed: bool,
}

impl<'a> Subject<'a> {
    /// What a query asks about; what is wrong is noted in it.
    pub fn read(atlas: &'a Atlas, question: Question, query: &mut Query) -> Option<Self> {
        let is_listed = query.text(&TOPICS).is_some();
        let of = |indicator, partition, topics| Self { indicator, partition, topics, is_listed };
        match question {
            Question::Stacking => {
                let topics = asked_topics::topics(atlas, query)?;
                let (first, _) = topics.first()?;
                Some(of(atlas.indicator(first)?, None, topics))
            }
            Question::Mixture => {
                let partition = asked_topics::partition(atlas, query)?;
                let first = atlas.indicator(partition.shares.first()?)?;
                Some(of(first, Some(partition), Vec::new()))
            }
            _ => Some(of(topic(atlas, query)?, None, Vec::new())),
        }
    }

    /// The topics that may stand beside the first in a year; of what the visitor named all do.
    pub fn topics_of(&self, atlas: &Atlas, level: &Level, year: Year) -> Vec<AskedTopic> {
        let own = atlas.series(&self.indicator.id, level, None, year);
        let is_there = |(id, _): &&AskedTopic| {
            own.as_ref().is_some_and(|own| atlas.beside(id, own.coverage, year).is_some())
        };
        self.topics.iter().filter(is_there).cloned().collect()
    }

    /// Whether all that is asked for may stand together in a year: every topic that was named, of
    /// the usual ones three at least, and all groups of that very year.
    fn is_whole(&self, atlas: &Atlas, level: &Level, year: Year) -> bool {
        let there = self.topics_of(atlas, level, year).len();
        let shares = self.partition.map(|of| of.shares).unwrap_or_default();
        let Some(own) = atlas.series(&self.indicator.id, level, None, year) else { return false };
        let is_of_year = |id: &&str| {
            let beside = atlas.beside(id, own.coverage, year);
            beside.is_some_and(|there| there.key.year == year)
        };
        (there == self.topics.len() || (!self.is_listed && there > 2))
            && shares.iter().all(is_of_year)
    }

    /// The level and the year that are asked for, else the finest with figures, and their newest.
    pub fn level_and_year(&self, atlas: &Atlas, query: &mut Query) -> Option<(Level, Year)> {
        let years = |level: &Level| -> Vec<Year> {
            let all = atlas.years(&self.indicator.id, level).into_iter();
            let all = all.filter(|(begin, _)| begin.is_none()).map(|(_, year)| year);
            all.filter(|year| self.is_whole(atlas, level, *year)).collect()
        };
        let level = match query.text(&LEVEL_FILTER).map(ToOwned::to_owned) {
            Some(name) => match find_level(atlas, &name) {
                Some(level) => level,
                None => {
                    query.fail(level_error(atlas, InputError::query, &name));
                    return None;
                }
            },
            None => {
                let mut levels = atlas.levels();
                // An own level covers part of the country: who wants it asks for it.
                levels.retain(|level| level.code_prefix().is_some() && !years(level).is_empty());
                levels.pop().unwrap_or(Level::Buurt)
            }
        };
        let there = years(&level);
        let Some(newest) = there.last().copied() else {
            let detail = if query.text(&INDICATOR).is_some() {
                format!("van dit onderwerp zijn er geen cijfers van {level}")
            } else {
                format!(
                    "er is geen jaar waarin deze onderwerpen samen cijfers van {level} hebben; kies andere onderwerpen"
                )
            };
            let with = atlas.levels().into_iter().filter(|level| !years(level).is_empty());
            query.fail(InputError::query(LEVEL_FILTER.name, "onmogelijk", detail).allowing(with));
            return None;
        };
        let year = query.year(&YEAR).unwrap_or(newest);
        if !there.contains(&year) {
            let detail = format!("van dit onderwerp zijn er op dit niveau geen cijfers van {year}");
            query.fail(InputError::query(YEAR.name, "onbekend", detail).allowing(there));
            return None;
        }
        Some((level, year))
    }
}

fn topic<'a>(atlas: &'a Atlas, query: &mut Query) -> Option<&'a Indicator> {
    let id = query.text(&INDICATOR)?.to_owned();
    match indicators::find(atlas, &id) {
        Ok(indicator) => Some(indicator),
        Err(error) => {
            query.fail(InputError { place: "query", ..error });
            None
        }
    }
}
