//! What follows from the borders, so that a start reckons nothing anew.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Areas, Contents};
use crate::area::{AreaCode, Level, Vintage};

/// An area may differ from its parts together by this much and count as made of them, square
/// metres or part of itself, whichever is more.
const SLACK_M2: f64 = 1000.0;
const SLACK_PART: f64 = 0.001;

/// What each of the finer areas lies in: the place of its wijk or gemeente.
pub type Parents = Arc<[Option<u32>]>;

impl Contents {
    /// The finest of buurten, wijken and gemeenten that a division has.
    pub fn finest(&self, vintage: Vintage) -> Option<Level> {
        [Level::Buurt, Level::Wijk, Level::Gemeente]
            .into_iter()
            .find(|level| self.areas.contains_key(&(vintage, level.clone())))
    }

    /// The areas of the finest level of a division by their places in a level above, where that is
    /// made of them: each has some, each of them lies in one, and the extents agree. Then the
    /// level's borders are those of the finest, with the inner ones left out.
    pub fn made_of(&self, vintage: Vintage, level: &Level) -> Option<Parents> {
        let finest = self.finest(vintage)?;
        let parent: fn(&AreaCode) -> Option<AreaCode> = match level {
            Level::Wijk => AreaCode::wijk,
            Level::Gemeente => AreaCode::gemeente,
            _ => return None,
        };
        if finest == *level {
            return None;
        }
        let parts = self.areas.get(&(vintage, finest))?;
        let wholes = self.areas.get(&(vintage, level.clone()))?;
        made_of(parts, wholes, parent)
    }

    /// Reckons the order in which vertices are left out, of every level that is not made of a finer
    /// one, where it is not known yet; forgets it of the others.
    pub fn derive(&mut self) {
        let keys: Vec<_> = self.areas.keys().cloned().collect();
        for (vintage, level) in keys {
            let is_made = self.made_of(vintage, &level).is_some();
            let Some(areas) = self.areas.get_mut(&(vintage, level)) else { continue };
            match (is_made, areas.topology.is_ordered()) {
                (true, true) => Arc::make_mut(&mut areas.topology).forget_order(),
                (false, false) => Arc::make_mut(&mut areas.topology).order_removals(),
                _ => {}
            }
        }
    }
}

fn made_of(
    parts: &Areas,
    wholes: &Areas,
    parent: fn(&AreaCode) -> Option<AreaCode>,
) -> Option<Parents> {
    let places: FxHashMap<&AreaCode, u32> =
        wholes.areas.iter().map(|area| &area.code).zip(0..).collect();
    let parents: Vec<Option<u32>> = parts
        .areas
        .iter()
        .map(|area| Some(Some(*places.get(&parent(&area.code)?)?)))
        .collect::<Option<_>>()?;
    let mut sums = vec![None; wholes.areas.len()];
    for (size, &place) in parts.topology.sizes().into_iter().zip(parents.iter().flatten()) {
        *sums[place as usize].get_or_insert(0.0) += size;
    }
    let agrees = |(whole, sum): (f64, Option<f64>)| {
        sum.is_some_and(|sum| (sum - whole).abs() <= SLACK_M2.max(whole * SLACK_PART))
    };
    wholes.topology.sizes().into_iter().zip(sums).all(agrees).then(|| parents.into())
}
