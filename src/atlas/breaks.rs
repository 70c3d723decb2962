//! Class breaks of an indicator on a level, computed once: an atlas never changes.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use smol_str::SmolStr;

use super::Atlas;
use crate::{
    area::{Level, Year},
    scale::{self, Method},
};

/// How many are kept. Their values are few; more than every indicator, level and method that
/// people look at in a day.
const KEPT: usize = 512;

/// All that breaks depend on, in one atlas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreaksKey {
    /// The indicator's id.
    pub indicator: SmolStr,
    /// The level.
    pub level: Level,
    /// From the figures of which years: the year that a change is counted from, and the year.
    pub periods: Vec<(Option<Year>, Year)>,
    /// How they are made.
    pub method: Method,
    /// For how many classes at most.
    pub classes: usize,
}

/// The breaks computed last, the oldest first.
#[derive(Debug, Default)]
pub(super) struct BreaksCache(Mutex<VecDeque<(BreaksKey, Arc<[f64]>)>>);

impl BreaksCache {
    fn get(&self, key: &BreaksKey) -> Option<Arc<[f64]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(other, _)| other == key).map(|(_, breaks)| breaks.clone())
    }

    fn put(&self, key: BreaksKey, breaks: Arc<[f64]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back((key, breaks));
    }
}

impl Atlas {
    /// The breaks as [`scale::breaks`] makes them of every figure of those years on the level, in
    /// the whole country, but for water and *nauwelijks woongebied*. `None` where none has a
    /// number. Cost: that of the method the first time, then a look-up.
    pub fn breaks(&self, key: &BreaksKey) -> Option<Arc<[f64]>> {
        if let Some(known) = self.breaks.get(key) {
            return Some(known);
        }
        let breaks: Arc<[f64]> = scale::breaks(key.method, &self.figures(key), key.classes)?.into();
        self.breaks.put(key.clone(), breaks.clone());
        Some(breaks)
    }

    fn figures(&self, key: &BreaksKey) -> Vec<f64> {
        let mut figures = Vec::new();
        for series in self.series_of(&key.indicator) {
            let period = (series.key.begin, series.key.year);
            if series.key.level != key.level || !key.periods.contains(&period) {
                continue;
            }
            figures.extend(
                (0..series.coverage.len())
                    .filter(|&at| series.coverage.is_compared(at))
                    .filter_map(|at| series.column.get(at).number()),
            );
        }
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: u16) -> Year {
        Year::new(year).expect("a year")
    }

    fn key(classes: usize) -> BreaksKey {
        BreaksKey {
            indicator: "leefbaarheid".into(),
            level: Level::Buurt,
            periods: vec![(None, year(2024))],
            method: Method::Kwantielen,
            classes,
        }
    }

    #[test]
    fn the_newest_are_kept_and_none_stands_for_another() {
        let cache = BreaksCache::default();
        for classes in 0..=KEPT {
            cache.put(key(classes), Arc::from([classes as f64]));
        }
        assert_eq!(cache.get(&key(0)), None, "the oldest made room");
        assert_eq!(cache.get(&key(KEPT)).as_deref(), Some(&[KEPT as f64][..]));
        let others = [
            BreaksKey { indicator: "inwoners".into(), ..key(1) },
            BreaksKey { level: Level::Wijk, ..key(1) },
            BreaksKey { periods: vec![(None, year(2022)), (None, year(2024))], ..key(1) },
            BreaksKey { periods: vec![(Some(year(2022)), year(2024))], ..key(1) },
            BreaksKey { method: Method::GelijkeIntervallen, ..key(1) },
        ];
        for other in others {
            assert_eq!(cache.get(&other), None, "{other:?}");
        }
    }
}
