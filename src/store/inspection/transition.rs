//! What became of the areas of one division in the next.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Finding, FindingKind};
use crate::{
    area::{AreaCode, Level, Vintage},
    coverage::{Change, ChangeKind, Changes, Crosswalk, Flow},
    store::{Areas, Contents},
};

/// From one division of a level to the next that the atlas has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transition {
    /// The level.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// The older division.
    #[serde(rename = "van")]
    pub from: Vintage,
    /// The newer one.
    #[serde(rename = "naar")]
    pub to: Vintage,
    /// Pieces of ground that are no wider on average, in metres, count as drawing: a border that
    /// moved by less is the same. See [`Changes::of`].
    #[serde(rename = "tolerantie")]
    pub tolerance: f64,
    /// How much happened, by kind.
    #[serde(rename = "aantallen")]
    pub counts: BTreeMap<ChangeKind, Count>,
    /// What happened to areas that are not equal, kind by kind. Where borders moved, the areas that
    /// kept the least of themselves come first.
    #[serde(rename = "veranderingen")]
    pub changes: Vec<AreaChange>,
}

/// How much of a kind happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many changes.
    #[serde(rename = "veranderingen")]
    pub changes: usize,
    /// How many old areas they are of.
    #[serde(rename = "oud")]
    pub old: usize,
    /// How many new areas came of them.
    #[serde(rename = "nieuw")]
    pub new: usize,
}

/// Areas that went, and those that came in their place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaChange {
    /// What happened.
    #[serde(rename = "soort")]
    pub kind: ChangeKind,
    /// The old areas, in order.
    #[serde(rename = "oud")]
    pub old: Vec<AreaCode>,
    /// The new areas, in order.
    #[serde(rename = "nieuw")]
    pub new: Vec<AreaCode>,
    /// What ground they have in common, in the order of old and new areas.
    #[serde(rename = "delen")]
    pub parts: Vec<Part>,
}

/// Ground that an old and a new area have in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// The old area.
    #[serde(rename = "oud")]
    pub old: AreaCode,
    /// The new area.
    #[serde(rename = "nieuw")]
    pub new: AreaCode,
    /// Its size, whole square metres.
    pub m2: f64,
    /// The part of the old area that lies in the new one, from 0 to 1 in ten-thousandths.
    #[serde(rename = "deelVanOud")]
    pub of_old: f64,
    /// The part of the new area that lies in the old one, from 0 to 1 in ten-thousandths.
    #[serde(rename = "deelVanNieuw")]
    pub of_new: f64,
}

/// Holds every division of a level against the one before it.
pub fn inspect(contents: &Contents, findings: &mut Vec<Finding>) -> Vec<Transition> {
    let levels: BTreeSet<&Level> = contents.areas.keys().map(|(_, level)| level).collect();
    let mut transitions = Vec::new();
    for level in levels {
        let divisions: Vec<(Vintage, &Areas)> = contents
            .areas
            .iter()
            .filter(|((_, of), _)| of == level)
            .map(|((vintage, _), areas)| (*vintage, areas))
            .collect();
        for pair in divisions.windows(2) {
            let [(from, old), (to, new)] = [pair[0], pair[1]];
            let Ok(crosswalk) = Crosswalk::between(&old.topology, &new.topology) else {
                findings.push(Finding {
                    vintage: Some(to),
                    level: Some(level.clone()),
                    ..Finding::new(
                        FindingKind::Divisions,
                        format!("borders of {level} cross those of {from} too often to compare"),
                    )
                });
                continue;
            };
            let codes = |areas: &Areas| -> Vec<AreaCode> {
                areas.areas.iter().map(|area| area.code.clone()).collect()
            };
            let (old, new) = (codes(old), codes(new));
            let recodes = |before: &AreaCode, after: &AreaCode| {
                contents.recodes.iter().any(|((vintage, of), pairs)| {
                    of == level
                        && (from < *vintage && *vintage <= to)
                        && pairs.contains_key(&(after.clone(), before.clone()))
                })
            };
            let changes = Changes::of(&crosswalk, &old, &new, recodes);
            let named = Named { old: &old, new: &new };
            transitions.push(named.transition(level, [from, to], changes));
        }
    }
    transitions
}

/// The codes of two divisions, by ordinal.
struct Named<'a> {
    old: &'a [AreaCode],
    new: &'a [AreaCode],
}

impl Named<'_> {
    fn transition(&self, level: &Level, [from, to]: [Vintage; 2], changes: Changes) -> Transition {
        let mut counts: BTreeMap<ChangeKind, Count> = BTreeMap::new();
        for change in &changes.changes {
            let count = counts.entry(change.kind).or_default();
            count.changes += 1;
            count.old += change.old.len();
            count.new += change.new.len();
        }
        let tolerance = (changes.tolerance * 100.0).round() / 100.0;
        let mut changes = changes.changes;
        changes.retain(|change| change.kind != ChangeKind::Equal);
        changes.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| rank(a).total_cmp(&rank(b))));
        let changes = changes.iter().map(|change| self.change(change)).collect();
        Transition { level: level.clone(), from, to, tolerance, counts, changes }
    }

    fn change(&self, change: &Change) -> AreaChange {
        let codes = |all: &[AreaCode], areas: &[u32]| -> Vec<AreaCode> {
            areas.iter().filter_map(|&area| all.get(area as usize).cloned()).collect()
        };
        AreaChange {
            kind: change.kind,
            old: codes(self.old, &change.old),
            new: codes(self.new, &change.new),
            parts: change.flows.iter().filter_map(|flow| self.part(flow)).collect(),
        }
    }

    fn part(&self, flow: &Flow) -> Option<Part> {
        let part = |part: f64| (part * 1e4).round() / 1e4;
        Some(Part {
            old: self.old.get(flow.old as usize)?.clone(),
            new: self.new.get(flow.new as usize)?.clone(),
            m2: flow.m2.round(),
            of_old: part(flow.of_old),
            of_new: part(flow.of_new),
        })
    }
}

/// What comes first within a kind: where borders moved, by what the areas kept of themselves.
fn rank(change: &Change) -> f64 {
    if !matches!(change.kind, ChangeKind::Redrawn | ChangeKind::Replaced) {
        return 0.0;
    }
    let kept =
        |flows: &[Flow]| flows.iter().map(|flow| flow.of_old.min(flow.of_new)).fold(0.0, f64::max);
    change.flows.chunk_by(|a, b| a.old == b.old).map(kept).fold(1.0, f64::min)
}
