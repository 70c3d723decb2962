//! The figures of own levels: made of those of buurten.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    area::{Level, Vintage},
    atlas::{Atlas, Available, Column, LevelCoverage},
    indicator::SeriesKey,
};

use super::{column::Conversion, is_convertible, transfer::Transfer};

/// The figures of the areas of every own level, of every year that has figures of buurten: what an
/// area holds of them is added up, or averaged by their denominators. A series that was delivered on
/// the level itself is not made. Of a year that was delivered on several divisions, that of the
/// level is taken, else that of the year, else the nearest. Cost: for each division that of
/// [`crate::coverage::Crosswalk::between`] over the buurten near by, for each series linear in the
/// areas.
pub(in crate::atlas) fn columns(atlas: &Atlas) -> Vec<(SeriesKey, Column)> {
    let own = atlas.coverages().filter(|coverage| matches!(coverage.level, Level::Own(_)));
    own.flat_map(|coverage| of_level(atlas, coverage)).collect()
}

fn of_level(atlas: &Atlas, own: &LevelCoverage) -> Vec<(SeriesKey, Column)> {
    let mut from: BTreeMap<SeriesKey, Vintage> = BTreeMap::new();
    let of_buurten = atlas.columns.iter().filter(|(key, column)| {
        key.level == Level::Buurt && column.has_numbers() && is_convertible(atlas, key)
    });
    for (key, _) in of_buurten {
        let wanted = SeriesKey { vintage: own.vintage, level: own.level.clone(), ..key.clone() };
        if atlas.columns.contains_key(&wanted) {
            continue;
        }
        let to = own.vintage;
        let rank =
            |from: Vintage| (from != to, from.0 != key.year, from.get().abs_diff(to.get()), from);
        let known = from.entry(wanted).or_insert(key.vintage);
        if rank(key.vintage) < rank(*known) {
            *known = key.vintage;
        }
    }
    let mut by_division: BTreeMap<Vintage, Vec<SeriesKey>> = BTreeMap::new();
    for (key, vintage) in from {
        by_division.entry(vintage).or_default().push(key);
    }
    let made = by_division.into_par_iter().flat_map_iter(|(vintage, keys)| {
        let buurten = atlas.coverage(vintage, &Level::Buurt);
        let laid = buurten.and_then(|one| Some((one, Transfer::onto(atlas, one, own)?.into())));
        keys.into_iter().filter_map(move |key| {
            let (coverage, transfer) = laid.clone()?;
            let of_buurten = SeriesKey { vintage, level: Level::Buurt, ..key.clone() };
            let (series, column) = atlas.columns.get_key_value(&of_buurten)?;
            let indicator = atlas.catalogue.get(&key.indicator)?;
            let series = Available { key: series, column, coverage };
            let column = Conversion::new(atlas, indicator, series, transfer).column();
            column.has_numbers().then_some((key, column))
        })
    });
    made.collect()
}
