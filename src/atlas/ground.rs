//! What the levels of a division that share their arcs have in common.

use std::sync::{Arc, OnceLock};

use super::plane::Plane;
use crate::{
    coverage::{Borders, Locator},
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
        let locator = self.locator.get_or_init(|| Locator::new(borders.topology().clone()));
        let finest = locator.at(point)? as usize;
        match borders.parents() {
            Some(parents) => parents[finest].map(|parent| parent as usize),
            None => Some(finest),
        }
    }
}
