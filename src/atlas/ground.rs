//! What the levels of a division that share their arcs have in common.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHashSet;

use super::plane::Plane;
use crate::{
    coverage::{Borders, Locator, Shape},
    crs::{Rd, RdTransform},
};

/// What follows from the arcs of a division, made when it is first asked for, by whichever of the
/// levels that share them comes first.
#[derive(Debug, Default)]
pub(super) struct Ground {
    plane: OnceLock<Plane>,
    locator: OnceLock<Locator>,
}

impl Ground {
    /// The ground of each level; those that share their arcs share it.
    pub(super) fn of_levels<'a>(borders: impl Iterator<Item = &'a Borders>) -> Vec<Arc<Self>> {
        let mut known: Vec<(&Borders, Arc<Self>)> = Vec::new();
        for one in borders {
            let same = |other: &Borders| Arc::ptr_eq(other.topology(), one.topology());
            let ground = known.iter().find(|(other, _)| same(other)).map(|(_, ground)| ground);
            let ground = ground.cloned().unwrap_or_default();
            known.push((one, ground));
        }
        known.into_iter().map(|(_, ground)| ground).collect()
    }

    /// The arcs on the plane of web tiles.
    pub(super) fn plane(&self, borders: &Borders, transform: &RdTransform) -> &Plane {
        self.plane.get_or_init(|| Plane::new(borders.arcs(), transform))
    }

    /// The area of the level with these borders that holds a point.
    pub(super) fn at(&self, borders: &Borders, point: Rd) -> Option<usize> {
        of_level(borders, self.locator(borders).at(point)?)
    }

    /// The areas of the level with these borders that hold some points.
    pub(super) fn at_all(&self, borders: &Borders, points: &[Rd]) -> Vec<Option<usize>> {
        let found = self.locator(borders).at_all(points);
        found.into_iter().map(|area| of_level(borders, area?)).collect()
    }

    /// The areas of the level with these borders that come within `metres` of a point, with their
    /// distance, the nearest first.
    pub(super) fn within_radius(
        &self,
        borders: &Borders,
        point: Rd,
        metres: f64,
    ) -> Vec<(usize, f64)> {
        let mut found: Vec<(usize, f64)> = Vec::new();
        let mut known = FxHashSet::default();
        for (area, metres) in self.locator(borders).within_radius(point, metres) {
            // The first of the areas that one is made of is the nearest of them.
            if let Some(area) = of_level(borders, area)
                && known.insert(area)
            {
                found.push((area, metres));
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }

    /// The areas of the level with these borders that share interior with a shape, ascending.
    pub(super) fn overlapping(&self, borders: &Borders, shape: &Shape) -> Vec<usize> {
        let locator = self.locator(borders);
        let areas = shape.polygons().flat_map(|polygon| locator.meeting_polygon(&polygon));
        let areas: BTreeSet<_> = areas.filter_map(|area| of_level(borders, area)).collect();
        areas.into_iter().collect()
    }

    fn locator(&self, borders: &Borders) -> &Locator {
        self.locator.get_or_init(|| Locator::new(borders.topology().clone()))
    }
}

/// The area of the level with these borders that an area of the finest level is part of.
fn of_level(borders: &Borders, finest: u32) -> Option<usize> {
    match borders.parents() {
        Some(parents) => parents[finest as usize].map(|parent| parent as usize),
        None => Some(finest as usize),
    }
}
