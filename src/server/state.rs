//! What every request sees: one atlas, whole, and the configuration.

use std::sync::{Arc, atomic::AtomicBool};

use axum::response::Response;

use crate::{
    area::{AreaCode, Flag, Level, Selection, Vintage},
    atlas::Atlas,
    geodata,
};

use super::{
    Config, address_search::Gazetteer, answer::Answer, answers::Answers, asked::Asked,
    basemap::Basemap, config::DEFAULT_INDICATOR, key::Key, metrics::Metrics, problem::Problem,
};

/// What every request sees. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The atlas. A request keeps the one that it began with.
    pub atlas: Arc<Atlas>,
    /// The configuration.
    pub config: Arc<Config>,
    /// The basemap, where one is configured.
    pub basemap: Option<Arc<Basemap>>,
    /// Where free texts are looked up as addresses, where that is configured.
    pub gazetteer: Option<Arc<Gazetteer>>,
    /// The selections that are built in, and the organisation's own behind them.
    pub selections: Arc<Vec<Selection>>,
    /// The answers that are kept ready.
    pub answers: Arc<Answers>,
    /// What the server counts of itself.
    pub metrics: Arc<Metrics>,
    /// Whether the server was asked to stop.
    pub is_leaving: Arc<AtomicBool>,
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

/// The selections that are built in, and the organisation's own behind them.
pub fn selections(config: &Config) -> Vec<Selection> {
    let mut selections = geodata::selections().expect("those built in read, as a test says");
    selections.extend(config.selectie.iter().cloned());
    selections
}

impl App {
    /// An atlas with a configuration, and nothing answered yet.
    ///
    /// # Errors
    /// When a basemap or an address search is configured and there is no way to ask it.
    pub fn new(atlas: Atlas, config: Config) -> Result<Self, reqwest::Error> {
        let basemap = config.achtergrondkaart.as_deref().map(Basemap::new).transpose()?;
        let gazetteer = config.adreszoeker.as_deref().map(Gazetteer::new).transpose()?;
        let selections = selections(&config);
        Ok(Self {
            answers: Arc::new(Answers::new(config.antwoordgeheugen.saturating_mul(1_000_000))),
            atlas: Arc::new(atlas),
            basemap: basemap.map(Arc::new),
            gazetteer: gazetteer.map(Arc::new),
            selections: Arc::new(selections),
            config: Arc::new(config),
            metrics: Arc::default(),
            is_leaving: Arc::default(),
        })
    }

    /// The answer to a question that everybody may have the same answer to, kept ready for the
    /// next who asks it. `key` is what is asked for, every choice made; what `make` gives may
    /// depend on nothing but that and the app. It runs off the async threads and only where the
    /// answer is not there, so whatever is not quick belongs in it; what comes before it in a
    /// handler (reading the query, filling in what it leaves open) runs on them, and should stay
    /// under half a millisecond.
    ///
    /// # Errors
    /// Those of `make`, which are not kept; a panic in it is an internal problem.
    pub(super) async fn keep(
        &self,
        asked: &Asked,
        key: Key,
        make: impl FnOnce(&Self) -> Result<Answer, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let app = self.clone();
        self.answers.answer(self.atlas.id, asked, &key, move || make(&app)).await
    }

    /// The first view: the buurten of the configured gemeente, else of the one with the most
    /// residents, else of the largest. A country of gemeenten in which nothing scores low
    /// would hide what matters.
    pub fn first_view(&self) -> FirstView {
        let level = self.first_level();
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

    /// The level of the first view: the configured one, else the finest there is.
    pub fn first_level(&self) -> Level {
        let configured = self.config.niveau.clone();
        configured
            .into_iter()
            .chain([Level::Buurt, Level::Wijk, Level::Gemeente])
            .find(|level| self.atlas.newest(level).is_some())
            .unwrap_or(Level::Buurt)
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
