//! Which buurt, wijk and gemeente a coordinate lies in.

use std::collections::BTreeMap;

use crate::{
    area::{AreaCode, Level, Vintage},
    crs::Rd,
};

use super::{Atlas, LevelCoverage};

/// An area: its coverage and its ordinal there.
type Area<'a> = (&'a LevelCoverage, usize);

/// The areas that hold a coordinate, level by level.
#[derive(Clone, Copy, Debug, Default)]
pub struct Located<'a> {
    /// The buurt.
    pub buurt: Option<Area<'a>>,
    /// The wijk.
    pub wijk: Option<Area<'a>>,
    /// The gemeente.
    pub gemeente: Option<Area<'a>>,
}

impl<'a> Located<'a> {
    /// Whether the coordinate lies in no area at all.
    pub fn is_empty(&self) -> bool {
        self.buurt.is_none() && self.wijk.is_none() && self.gemeente.is_none()
    }

    /// The areas, fine to coarse.
    pub fn areas(&self) -> impl Iterator<Item = Area<'a>> {
        [self.buurt, self.wijk, self.gemeente].into_iter().flatten()
    }
}

/// By ordinal of a buurt and of a wijk: what they lie in, as their codes say.
#[derive(Clone, Debug, Default)]
pub(super) struct Nesting {
    wijk_of_buurt: Vec<Option<usize>>,
    gemeente_of_buurt: Vec<Option<usize>>,
    gemeente_of_wijk: Vec<Option<usize>>,
}

impl Nesting {
    pub(super) fn new(coverages: &BTreeMap<(Vintage, Level), LevelCoverage>, of: Vintage) -> Self {
        let [gemeenten, wijken, buurten] = Level::CBS.map(|level| coverages.get(&(of, level)));
        let parents = |of: Option<&LevelCoverage>,
                       within: Option<&LevelCoverage>,
                       parent: fn(&AreaCode) -> Option<AreaCode>| {
            of.map_or_else(Vec::new, |of| {
                of.codes().iter().map(|code| within?.ordinal(&parent(code)?)).collect()
            })
        };
        Self {
            wijk_of_buurt: parents(buurten, wijken, AreaCode::wijk),
            gemeente_of_buurt: parents(buurten, gemeenten, AreaCode::gemeente),
            gemeente_of_wijk: parents(wijken, gemeenten, AreaCode::gemeente),
        }
    }
}

/// Finds the gemeenten that the areas of own levels lie in: those with the name that was delivered
/// with them.
pub(super) fn place_own_levels(coverages: &mut BTreeMap<(Vintage, Level), LevelCoverage>) {
    let mut gemeenten: BTreeMap<Vintage, BTreeMap<String, AreaCode>> = BTreeMap::new();
    for ((vintage, _), of) in coverages.iter().filter(|((_, level), _)| *level == Level::Gemeente) {
        let names = of.codes().iter().enumerate().map(|(at, code)| (of.name(at), code));
        let names = names.map(|(name, code)| (name.to_owned(), code.clone()));
        gemeenten.insert(*vintage, names.collect());
    }
    for ((vintage, level), coverage) in coverages.iter_mut() {
        if let (Level::Own(_), Some(names)) = (level, gemeenten.get(vintage)) {
            coverage.place(names);
        }
    }
}

/// The three levels of one division, ready to be asked for coordinates.
#[derive(Clone, Copy, Debug)]
pub struct DivisionLocator<'a> {
    buurten: Option<&'a LevelCoverage>,
    wijken: Option<&'a LevelCoverage>,
    gemeenten: Option<&'a LevelCoverage>,
    nesting: Option<&'a Nesting>,
}

impl<'a> DivisionLocator<'a> {
    /// The areas that hold a coordinate. The finest level is asked by its shapes; the levels above
    /// follow from its code, and are asked by theirs only where it has no area there.
    pub fn at(&self, point: Rd) -> Located<'a> {
        self.with_above(point, self.buurten.and_then(|buurten| Some((buurten, buurten.at(point)?))))
    }

    /// The areas that hold each of some coordinates, as [`DivisionLocator::at`] has them: quicker
    /// for many.
    pub fn at_all(&self, points: &[Rd]) -> Vec<Located<'a>> {
        let Some(buurten) = self.buurten else {
            return points.iter().map(|point| self.at(*point)).collect();
        };
        let found = buurten.at_all(points).into_iter();
        let found = found.zip(points);
        found.map(|(buurt, point)| self.with_above(*point, buurt.map(|at| (buurten, at)))).collect()
    }

    /// A buurt, or none, and the areas of the levels above at the same coordinate.
    #[inline]
    fn with_above(&self, point: Rd, buurt: Option<Area<'a>>) -> Located<'a> {
        let by_shape = |level: Option<&'a LevelCoverage>| {
            let level = level?;
            // Where there is no buurt there is nothing that is made of buurten.
            let is_nowhere = self.buurten.is_some_and(|buurten| buurten.is_ground_of(level));
            if buurt.is_none() && is_nowhere {
                return None;
            }
            Some((level, level.at(point)?))
        };
        let above = |parents: fn(&Nesting) -> &Vec<Option<usize>>, child: Option<Area<'a>>| {
            parents(self.nesting?).get(child?.1).copied().flatten()
        };
        let wijk = above(|nesting| &nesting.wijk_of_buurt, buurt)
            .and_then(|at| Some((self.wijken?, at)))
            .or_else(|| by_shape(self.wijken));
        let gemeente = above(|nesting| &nesting.gemeente_of_buurt, buurt)
            .or_else(|| above(|nesting| &nesting.gemeente_of_wijk, wijk))
            .and_then(|at| Some((self.gemeenten?, at)))
            .or_else(|| by_shape(self.gemeenten));
        Located { buurt, wijk, gemeente }
    }
}

impl Atlas {
    /// What answers for coordinates on one division.
    pub fn division_locator(&self, vintage: Vintage) -> DivisionLocator<'_> {
        let [gemeenten, wijken, buurten] = Level::CBS.map(|level| self.coverage(vintage, &level));
        DivisionLocator { buurten, wijken, gemeenten, nesting: self.nestings.get(&vintage) }
    }

    /// The division that locations are answered on when none is asked for: the newest with
    /// buurten, else the newest with any level.
    pub fn location_vintage(&self) -> Option<Vintage> {
        self.newest(&Level::Buurt)
            .or_else(|| self.coverages().map(|coverage| coverage.vintage).max())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::testdata::atlas;

    #[test]
    fn many_coordinates_are_answered_as_one_by_one_and_as_each_level_says() {
        let atlas = atlas();
        let vintage = atlas.location_vintage().expect("a division");
        let locator = atlas.division_locator(vintage);
        let [gemeenten, wijken, buurten] =
            Level::CBS.map(|level| atlas.coverage(vintage, &level).expect("a level"));
        let bbox = (0..gemeenten.len()).filter_map(|at| gemeenten.bbox(at));
        let bbox = bbox.reduce(crate::coverage::BBox::union).expect("a gemeente");
        // A lattice over the country and somewhat beyond, off the grid of the shapes.
        let points: Vec<Rd> = (0..60 * 60)
            .map(|at| {
                let along = |axis: usize, step: i32| {
                    let (low, high) = (f64::from(bbox.min[axis]), f64::from(bbox.max[axis]));
                    low + (high - low) * (f64::from(step) / 50.0 - 0.1) + 0.3
                };
                Rd { x: along(0, at % 60) / 1000.0, y: along(1, at / 60) / 1000.0 }
            })
            .collect();
        let ordinals = |found: &Located<'_>| {
            [found.gemeente, found.wijk, found.buurt].map(|area| area.map(|(_, at)| at))
        };
        let (mut inside, mut outside) = (0, 0);
        for (point, found) in points.iter().zip(locator.at_all(&points)) {
            assert_eq!(ordinals(&found), ordinals(&locator.at(*point)), "{point:?}");
            let by_shape = [gemeenten, wijken, buurten].map(|level| level.at(*point));
            assert_eq!(ordinals(&found), by_shape, "{point:?}");
            *if found.is_empty() { &mut outside } else { &mut inside } += 1;
        }
        assert!(inside > 500 && outside > 500, "{inside} {outside}");
    }
}
