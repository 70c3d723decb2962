//! Which buurt, wijk and gemeente a coordinate lies in.

use crate::{
    area::{AreaCode, Level, Vintage},
    crs::Rd,
};

use super::{Atlas, LevelCoverage};

/// The areas that hold a coordinate: coverage and ordinal, level by level.
#[derive(Clone, Copy, Debug, Default)]
pub struct Located<'a> {
    /// The buurt.
    pub buurt: Option<(&'a LevelCoverage, usize)>,
    /// The wijk.
    pub wijk: Option<(&'a LevelCoverage, usize)>,
    /// The gemeente.
    pub gemeente: Option<(&'a LevelCoverage, usize)>,
}

impl<'a> Located<'a> {
    /// Whether the coordinate lies in no area at all.
    pub fn is_empty(&self) -> bool {
        self.buurt.is_none() && self.wijk.is_none() && self.gemeente.is_none()
    }

    /// The areas, fine to coarse.
    pub fn areas(&self) -> impl Iterator<Item = (&'a LevelCoverage, usize)> {
        [self.buurt, self.wijk, self.gemeente].into_iter().flatten()
    }

    /// The code of the area of a level, as `locate` writes it.
    pub fn code(area: Option<(&'a LevelCoverage, usize)>) -> Option<&'a AreaCode> {
        area.map(|(coverage, at)| &coverage.codes()[at])
    }
}

impl Atlas {
    /// The areas of a division that hold a coordinate. The finest level with shapes is asked by
    /// its R-tree; the levels above follow from the code, and are asked by theirs only where the
    /// code has no area there.
    pub fn locate(&self, vintage: Vintage, point: Rd) -> Located<'_> {
        let on = |level: &Level| self.coverage(vintage, level);
        let by_shape = |level: &Level| on(level).and_then(|c| Some((c, c.at(point)?)));
        let by_code = |level: &Level, code: Option<AreaCode>| {
            on(level).and_then(|c| Some((c, c.ordinal(&code?)?)))
        };
        let buurt = by_shape(&Level::Buurt);
        let wijk = by_code(&Level::Wijk, Located::code(buurt).and_then(AreaCode::wijk))
            .or_else(|| by_shape(&Level::Wijk));
        let child = Located::code(buurt.or(wijk));
        let gemeente = by_code(&Level::Gemeente, child.and_then(AreaCode::gemeente))
            .or_else(|| by_shape(&Level::Gemeente));
        Located { buurt, wijk, gemeente }
    }

    /// The division that locations are answered on when none is asked for: the newest with
    /// buurten, else the newest with any level.
    pub fn location_vintage(&self) -> Option<Vintage> {
        self.newest(&Level::Buurt)
            .or_else(|| self.coverages().map(|coverage| coverage.vintage).max())
    }
}
