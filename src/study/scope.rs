//! What a study is about: a series, and the areas of it that take part.

use geo::Centroid;

use crate::{
    area::AreaCode,
    atlas::{Atlas, Available, Column, RESIDENTS},
    coverage::Detail,
    indicator::Indicator,
};

use super::LeftOut;

/// A series and some of its areas.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// Where the figures are.
    pub atlas: &'a Atlas,
    /// What they are about.
    pub indicator: &'a Indicator,
    /// The figures.
    pub series: Available<'a>,
    /// The areas by ordinal, ascending; no water.
    pub ordinals: Vec<usize>,
}

impl<'a> Scope<'a> {
    /// All areas of a series but water, or those in the areas of `within`: a code of a coarser level
    /// stands for what lies in it, one that names nothing for nothing.
    pub fn new(
        atlas: &'a Atlas,
        indicator: &'a Indicator,
        series: Available<'a>,
        within: Option<&[AreaCode]>,
    ) -> Self {
        let coverage = series.coverage;
        let mut ordinals: Vec<_> = match within {
            None => (0..coverage.len()).collect(),
            Some(codes) => codes.iter().flat_map(|code| coverage.within(code)).collect(),
        };
        ordinals.sort_unstable();
        ordinals.dedup();
        ordinals.retain(|&at| !coverage.is_water(at));
        Self { atlas, indicator, series, ordinals }
    }

    /// The same areas of another series on the same division.
    pub(super) fn with(&self, series: Available<'a>) -> Self {
        Self { series, ..self.clone() }
    }

    /// The number of each area, in the order of the ordinals; NaN where it is missing.
    pub(super) fn values(&self) -> Vec<f64> {
        self.numbers(self.series.column)
    }

    /// The same of another column over the same areas.
    pub(super) fn numbers(&self, column: &Column) -> Vec<f64> {
        self.ordinals.iter().map(|&at| column.get(at).number().unwrap_or(f64::NAN)).collect()
    }

    /// The series of every year of the division that stands beside the scope's own, ascending: of
    /// the same meaning, and known of at least half as many of its areas. A year of a few areas is
    /// no year of the place.
    pub fn years(&self) -> Vec<Available<'a>> {
        let Self { atlas, indicator, series, .. } = self;
        let known = |column: &Column| {
            self.ordinals.iter().filter(|&&at| column.get(at).number().is_some()).count()
        };
        let own = known(series.column);
        atlas
            .series_on(&indicator.id, series.key.vintage, &series.key.level)
            .filter(|(key, column)| {
                key.begin.is_none()
                    && indicator.comparable(key.year, series.key.year)
                    && known(column) * 2 >= own.max(1)
            })
            .map(|(key, column)| Available { key, column, coverage: series.coverage })
            .collect()
    }

    /// How many residents each area has, of the year or of one near it; NaN where that is not
    /// known, and `None` where the atlas has none at all.
    pub(super) fn residents(&self) -> Option<Vec<f64>> {
        let beside = self.atlas.beside(RESIDENTS, self.series.coverage, self.series.key.year)?;
        Some(self.numbers(beside.column))
    }

    /// For each area the number of its gemeente among those that occur, in the order of codes.
    pub(super) fn gemeenten(&self) -> Vec<u32> {
        let mut known: Vec<AreaCode> = Vec::new();
        let of = |at: &usize| {
            let Some(code) = self.series.coverage.gemeente(*at) else { return 0 };
            let place = known.iter().rposition(|one| *one == code).unwrap_or_else(|| {
                known.push(code);
                known.len() - 1
            });
            u32::try_from(place).unwrap_or(u32::MAX)
        };
        self.ordinals.iter().map(of).collect()
    }

    /// The middle of each area, RD metres: its centroid, from coarse borders, which is near enough
    /// for distances of hundreds of metres.
    pub(super) fn centroids(&self) -> Vec<[f64; 2]> {
        let coverage = self.series.coverage;
        let of = |at: &usize| {
            let shape = coverage.shape_at(*at, Detail::GROF).to_multi_polygon();
            let middle = shape.centroid().map(|point| [point.x(), point.y()]);
            middle.unwrap_or([f64::NAN; 2])
        };
        self.ordinals.iter().map(of).collect()
    }

    /// How many areas take part, and what is known of those that do not. `has_part` is asked by
    /// place in the list.
    pub(super) fn left_out(&self, has_part: impl Fn(usize) -> bool) -> (usize, LeftOut) {
        let residents = self.residents();
        let mut left_out =
            LeftOut { residents: residents.as_ref().map(|_| 0), ..LeftOut::default() };
        let (mut units, mut lived) = (0, 0.0);
        for (place, &at) in self.ordinals.iter().enumerate() {
            if has_part(place) {
                units += 1;
                continue;
            }
            left_out.areas += 1;
            let here = residents.as_ref().and_then(|all| all.get(place)).copied();
            lived += here.filter(|here| here.is_finite()).unwrap_or_default();
            if let Some(reason) = self.series.column.get(at).reason() {
                *left_out.reasons.entry(reason).or_default() += 1;
            }
        }
        if residents.is_some() {
            left_out.residents = Some(lived.round() as u64);
        }
        (units, left_out)
    }
}
