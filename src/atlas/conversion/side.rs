//! A division, ready to be laid over another.

use std::sync::Arc;

use crate::{
    area::{AreaCode, Level},
    atlas::{Atlas, LevelCoverage},
    coverage::{BBox, Crosswalk, Topology},
};

/// A division, ready to be laid over another.
pub(super) struct Side<'a> {
    pub(super) coverage: &'a LevelCoverage,
    /// Its borders, or as much of them as matters.
    pub(super) topology: Arc<Topology>,
    /// Of an own level: where the buurten of its division lie.
    pub(super) nest: Option<Nest<'a>>,
}

/// Where the buurten of a division lie in the areas of an own level.
pub(super) struct Nest<'a> {
    pub(super) buurten: &'a LevelCoverage,
    /// By ordinal of a buurt: the area that it lies in wholly, [`beyond`], or [`cut`].
    pub(super) areas: Vec<u32>,
}

/// What stands for lying in no area of a coverage.
pub(super) fn beyond(coverage: &LevelCoverage) -> u32 {
    coverage.len() as u32
}

/// What stands for lying in several areas of a coverage.
pub(super) fn cut(coverage: &LevelCoverage) -> u32 {
    coverage.len() as u32 + 1
}

impl<'a> Side<'a> {
    /// A level with all of its borders.
    pub(super) fn whole(coverage: &'a LevelCoverage) -> Self {
        Self { coverage, topology: coverage.borders().own_topology(), nest: None }
    }

    /// A level with the borders of the areas that come near those of another; others have none.
    pub(super) fn near(coverage: &'a LevelCoverage, other: &LevelCoverage) -> Self {
        let there = (0..other.len()).filter_map(|at| other.bbox(at)).reduce(BBox::union);
        let is_near = |at: usize| {
            coverage.bbox(at).zip(there).is_some_and(|(here, there)| here.meets(&there))
        };
        let kept: Vec<_> = (0..coverage.len()).map(|at| is_near(at).then_some(at as u32)).collect();
        let all = coverage.borders().own_topology();
        let rings = all.dissolve(&kept, kept.len());
        Self { coverage, topology: Arc::new(all.dissolved(&kept, &rings)), nest: None }
    }

    /// The area that an area with that code lies in, by its code, or is.
    pub(super) fn holder(&self, code: &AreaCode) -> Option<u32> {
        let code = match (&self.coverage.level, &self.nest) {
            (Level::Own(_), Some(Nest { buurten, areas })) => {
                return buurten.ordinal(code).map(|at| areas[at]);
            }
            (Level::Wijk, _) => &code.wijk()?,
            (Level::Gemeente, _) => &code.gemeente()?,
            (Level::Buurt | Level::Own(_), _) => code,
        };
        self.coverage.ordinal(code).map(|at| at as u32)
    }

    /// The level below with residents, on the same division.
    pub(super) fn finer(&self, atlas: &'a Atlas) -> Option<Finer<'a>> {
        let below = match (&self.coverage.level, &self.nest) {
            (Level::Gemeente, _) => [Level::Buurt, Level::Wijk].into_iter(),
            (Level::Wijk, _) | (Level::Own(_), Some(_)) => [Level::Buurt, Level::Buurt].into_iter(),
            _ => return None,
        };
        let vintage = self.coverage.vintage;
        below.filter_map(|level| atlas.coverage(vintage, &level)).find_map(|finer| {
            let column = atlas.residents(finer)?;
            let number = |at: usize| column.get(at).number().unwrap_or(0.0);
            let side = match self.nest {
                Some(_) => Side::near(finer, self.coverage),
                None => Side::whole(finer),
            };
            Some(Finer {
                residents: (0..finer.len()).map(number).collect(),
                m2: side.topology.sizes(),
                parents: finer.codes().iter().map(|code| self.holder(code)).collect(),
                side,
            })
        })
    }
}

/// The areas of the level below, with residents.
pub(super) struct Finer<'a> {
    pub(super) side: Side<'a>,
    /// By ordinal.
    residents: Vec<f64>,
    m2: Vec<f64>,
    parents: Vec<Option<u32>>,
}

impl Finer<'_> {
    /// The area above that a piece of a finer area lies in, and how many of its residents live
    /// there if they live evenly.
    pub(super) fn residents_of(&self, area: u32, m2: f64) -> Option<(u32, f64)> {
        let at = area as usize;
        let parent = self.parents[at]?;
        let lives = self.m2[at] > 0.0 && self.residents[at] > 0.0;
        lives.then(|| (parent, self.residents[at] * (m2 / self.m2[at]).min(1.0)))
    }
}

/// Both divisions laid over each other; `None` where they cannot be.
pub(super) fn crosswalk(old: &Side<'_>, new: &Side<'_>) -> Option<Crosswalk> {
    match Crosswalk::between(&old.topology, &new.topology) {
        Ok(crosswalk) => Some(crosswalk),
        Err(error) => {
            let [from, to] = [old, new].map(|side| side.coverage.vintage);
            let level = &new.coverage.level;
            tracing::warn!(%error, %from, %to, %level, "these divisions cannot be laid over each other");
            None
        }
    }
}
