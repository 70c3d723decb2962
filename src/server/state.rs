//! What every request sees: one atlas, whole, and the configuration.

use std::sync::Arc;

use crate::{
    area::{AreaCode, Flag, Level, Vintage},
    atlas::Atlas,
};

use super::{Config, basemap::Basemap, config::DEFAULT_INDICATOR};

/// What every request sees. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The atlas. A request keeps the one that it began with.
    pub atlas: Arc<Atlas>,
    /// The configuration.
    pub config: Arc<Config>,
    /// The basemap, where one is configured.
    pub basemap: Option<Arc<Basemap>>,
}

/// What the map shows when the address says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstView {
    /// The indicator's id.
    pub indicator: String,
    /// The level.
    pub level: Level,
    /// The gemeente.
    pub within: Option<AreaCode>,
}

impl App {
    /// The first view: the buurten of the configured gemeente, else of the one with the most
    /// residents, else of the largest. A country of gemeenten in which nothing scores low
    /// would hide what matters.
    pub fn first_view(&self) -> FirstView {
        let level = [Level::Buurt, Level::Wijk, Level::Gemeente]
            .into_iter()
            .find(|level| self.atlas.newest(level).is_some())
            .unwrap_or(Level::Buurt);
        let indicator = self
            .config
            .indicator
            .clone()
            .or_else(|| {
                let has = |id: &&str| self.atlas.series_of(id).any(|s| s.key.level == level);
                Some(DEFAULT_INDICATOR).filter(has).map(str::to_owned)
            })
            .or_else(|| {
                let has = |id: &str| self.atlas.series_of(id).any(|s| s.key.level == level);
                let mut ordinary = self.atlas.indicators().filter(|i| !i.sensitive);
                ordinary.find(|i| has(&i.id)).map(|i| i.id.to_string())
            })
            .unwrap_or_else(|| DEFAULT_INDICATOR.to_owned());
        let within = (level != Level::Gemeente).then(|| self.home(&level)).flatten();
        FirstView { indicator, level, within }
    }

    /// The gemeente that the map opens on, where `level` has areas in it.
    fn home(&self, level: &Level) -> Option<AreaCode> {
        let vintage = self.atlas.newest(level)?;
        let coverage = self.atlas.coverage(vintage, level)?;
        let has_areas = |code: &AreaCode| !coverage.within(code).is_empty();
        let configured = self.config.gemeente.clone().filter(has_areas);
        configured.or_else(|| self.largest(vintage)).filter(has_areas)
    }

    fn largest(&self, vintage: Vintage) -> Option<AreaCode> {
        let gemeenten = self.atlas.coverage(vintage, &Level::Gemeente)?;
        let residents = self.atlas.residents(gemeenten);
        let size = |at: usize| match residents {
            Some(column) => column.get(at).number().unwrap_or(0.0),
            None => gemeenten.shape(at).area_m2(),
        };
        (0..gemeenten.len())
            .filter(|&at| !gemeenten.flags(at).contains(&Flag::Water))
            .max_by(|&a, &b| size(a).total_cmp(&size(b)))
            .map(|at| gemeenten.codes()[at].clone())
    }
}
