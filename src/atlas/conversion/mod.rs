//! Figures of one division read on another.
//!
//! An area with the same border keeps its figure, under whatever code. Areas that were joined have
//! theirs added up or averaged. Where a border moved, figures are estimated: divided by where the
//! addresses went, else by the residents of a finer level, else by ground. Each area says which.

mod column;
mod split;
#[cfg(test)]
mod tests;
mod transfer;
mod way;

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use crate::{
    area::{Level, Vintage, Year},
    indicator::{Kind, Recipe, SeriesKey},
};

use super::{Atlas, Available, Column};

pub use column::{Converted, Estimate};
use transfer::Transfer;
pub use way::Way;

/// What was converted, each when it was first asked for.
#[derive(Debug, Default)]
pub(super) struct Conversions {
    /// By level, division from and division to.
    transfers: BTreeMap<(Level, Vintage, Vintage), OnceLock<Option<Arc<Transfer>>>>,
    /// By what a converted series is about, its division being the one it is read on.
    columns: BTreeMap<SeriesKey, Pending>,
}

#[derive(Debug)]
struct Pending {
    /// The division that the figures are from.
    from: Vintage,
    column: OnceLock<Option<Column>>,
}

impl Conversions {
    /// Room for every series on every other division of its level. Of a year that was delivered on
    /// several divisions, that of the year itself is taken, else the nearest to where it is read.
    pub(super) fn of(atlas: &Atlas) -> Self {
        let mut new = Self::default();
        let divisions: Vec<_> =
            atlas.levels().into_iter().map(|level| (atlas.vintages(&level), level)).collect();
        for (vintages, level) in divisions {
            for (from, to) in
                vintages.iter().flat_map(|&from| vintages.iter().map(move |&to| (from, to)))
            {
                if from != to {
                    new.transfers.insert((level.clone(), from, to), OnceLock::new());
                }
            }
            for (key, column) in atlas.columns.iter().filter(|(key, _)| key.level == level) {
                if !is_convertible(atlas, key) || !column.has_numbers() {
                    continue;
                }
                for &to in vintages.iter().filter(|&&to| to != key.vintage) {
                    let wanted = SeriesKey { vintage: to, ..key.clone() };
                    if !vintages.contains(&key.vintage) || atlas.columns.contains_key(&wanted) {
                        continue;
                    }
                    let rank =
                        |from: Vintage| (from.0 != key.year, from.get().abs_diff(to.get()), from);
                    let own = Pending { from: key.vintage, column: OnceLock::new() };
                    let known = new.columns.entry(wanted).or_insert(own);
                    if rank(key.vintage) < rank(known.from) {
                        known.from = key.vintage;
                    }
                }
            }
        }
        new
    }
}

/// What is made of whole levels, as clusters, means something on its own division alone.
fn is_convertible(atlas: &Atlas, key: &SeriesKey) -> bool {
    atlas
        .catalogue
        .get(&key.indicator)
        .is_some_and(|indicator| matches!(indicator.derived, None | Some(Recipe::Quotient(_))))
}

impl Atlas {
    /// The series of an indicator for a year on a level, read on a division: as it was delivered
    /// there, else converted from the division that it was delivered on. `None` where there is no
    /// such series or the two divisions cannot be laid over each other. Cost: for a pair of divisions
    /// that of [`crate::coverage::Crosswalk::between`] and a pass over the addresses, once; for a
    /// series linear in its areas, once.
    pub fn series_on_division(
        &self,
        indicator: &str,
        level: &Level,
        begin: Option<Year>,
        year: Year,
        vintage: Vintage,
    ) -> Option<Available<'_>> {
        let coverage = self.coverage(vintage, level)?;
        let key =
            SeriesKey { indicator: indicator.into(), begin, year, vintage, level: level.clone() };
        if let Some((key, column)) = self.columns.get_key_value(&key) {
            return Some(Available { key, column, coverage });
        }
        let (key, pending) = self.conversions.columns.get_key_value(&key)?;
        let made = pending.column.get_or_init(|| self.converted(key, pending.from));
        Some(Available { key, column: made.as_ref()?, coverage })
    }

    /// Whether there is such a series on that division, delivered or to be converted. Nothing is
    /// computed.
    pub fn is_readable_on(
        &self,
        indicator: &str,
        level: &Level,
        begin: Option<Year>,
        year: Year,
        vintage: Vintage,
    ) -> bool {
        let key =
            SeriesKey { indicator: indicator.into(), begin, year, vintage, level: level.clone() };
        self.columns.contains_key(&key) || self.conversions.columns.contains_key(&key)
    }

    /// The same, or as [`Atlas::series`] has it where no division is asked for.
    pub fn series_read(
        &self,
        indicator: &str,
        level: &Level,
        begin: Option<Year>,
        year: Year,
        vintage: Option<Vintage>,
    ) -> Option<Available<'_>> {
        match vintage {
            Some(vintage) => self.series_on_division(indicator, level, begin, year, vintage),
            None => self.series(indicator, level, begin, year),
        }
    }

    /// The years of an indicator that can be read on a division of a level though they were
    /// delivered on others, with the year that a change is counted from. Nothing is computed.
    pub fn years_converted(
        &self,
        indicator: &str,
        level: &Level,
        vintage: Vintage,
    ) -> Vec<(Option<Year>, Year)> {
        let of = self.conversions.columns.keys().filter(|key| {
            key.indicator == indicator && key.level == *level && key.vintage == vintage
        });
        let mut years: Vec<_> = of.map(|key| (key.begin, key.year)).collect();
        years.sort_by_key(|(begin, year)| (*year, *begin));
        years
    }

    fn converted(&self, key: &SeriesKey, from: Vintage) -> Option<Column> {
        let own = SeriesKey { vintage: from, ..key.clone() };
        let (own, column) = self.columns.get_key_value(&own)?;
        let series = Available { key: own, column, coverage: self.coverage(from, &key.level)? };
        let transfer = self.transfer(&key.level, from, key.vintage)?;
        let indicator = self.catalogue.get(&key.indicator)?;
        Some(column::convert(self, indicator, &series, &transfer, key.vintage))
    }

    fn transfer(&self, level: &Level, from: Vintage, to: Vintage) -> Option<Arc<Transfer>> {
        let made = self.conversions.transfers.get(&(level.clone(), from, to))?;
        made.get_or_init(|| Transfer::between(self, level, from, to).map(Arc::new)).clone()
    }
}

/// Whether the figures of a kind are added up.
fn adds_up(kind: Kind) -> bool {
    kind == Kind::Aantal
}
