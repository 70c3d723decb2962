//! Figures of one division read on another.
//!
//! An area with the same border keeps its figure, under whatever code. Areas that were joined have
//! theirs added up or averaged. Where a border moved, figures are estimated: divided by where the
//! addresses went, else by the residents of a finer level, else by ground. Each area says which.

mod column;
mod own_level;
mod side;
mod split;
#[cfg(test)]
mod tests;
mod transfer;
mod way;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use crate::{
    area::{Level, Vintage, Year},
    indicator::{Recipe, SeriesKey},
};

use super::{Atlas, Available, Column, ColumnRef, LevelCoverage, Read};

use column::Conversion;
pub use column::{Converted, Estimate, ReadFigure};
pub(super) use own_level::columns as columns_of_own_levels;
use transfer::Transfer;
pub use way::Way;

/// How many converted series are kept: more than a visitor compares, and few enough that all
/// visitors together cannot fill the memory with them.
const KEPT: usize = 48;

/// Two divisions laid over each other, when that was asked for; `None` where they cannot be.
type Laid = OnceLock<Option<Arc<Transfer>>>;

/// What was converted, when it was asked for.
#[derive(Debug, Default)]
pub(super) struct Conversions {
    /// By level, division from and division to.
    transfers: BTreeMap<(Level, Vintage, Vintage), Laid>,
    /// What can be converted: by what the series is about, its division being the one that it is
    /// read on, the division that the figures are from.
    from: BTreeMap<SeriesKey, Vintage>,
    /// The series converted last, the oldest first.
    columns: Mutex<VecDeque<(SeriesKey, Arc<Column>)>>,
}

impl Conversions {
    /// Every series on every other division of its level. Of a year that was delivered on several
    /// divisions, that of the year itself is taken, else the nearest to where it is read.
    pub(super) fn of(atlas: &Atlas) -> Self {
        let mut new = Self::default();
        for level in atlas.levels() {
            let vintages = atlas.vintages(&level);
            for &from in &vintages {
                for &to in vintages.iter().filter(|&&to| to != from) {
                    new.transfers.insert((level.clone(), from, to), OnceLock::new());
                }
            }
            let of_level = atlas.columns.iter().filter(|(key, column)| {
                key.level == level
                    && vintages.contains(&key.vintage)
                    && column.has_numbers()
                    && is_convertible(atlas, key)
            });
            for (key, _) in of_level {
                for &to in vintages.iter().filter(|&&to| to != key.vintage) {
                    let wanted = SeriesKey { vintage: to, ..key.clone() };
                    if atlas.columns.contains_key(&wanted) {
                        continue;
                    }
                    let rank =
                        |from: Vintage| (from.0 != key.year, from.get().abs_diff(to.get()), from);
                    let known = new.from.entry(wanted).or_insert(key.vintage);
                    if rank(key.vintage) < rank(*known) {
                        *known = key.vintage;
                    }
                }
            }
        }
        new
    }

    fn kept(&self, key: &SeriesKey) -> Option<Arc<Column>> {
        let kept = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(other, _)| other == key).map(|(_, column)| column.clone())
    }

    fn keep(&self, key: &SeriesKey, column: Arc<Column>) {
        let mut kept = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back((key.clone(), column));
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
    /// series linear in its areas, while it is among those asked for last a look-up.
    pub fn series_on_division(
        &self,
        indicator: &str,
        level: &Level,
        begin: Option<Year>,
        year: Year,
        vintage: Vintage,
    ) -> Option<Read<'_>> {
        let coverage = self.coverage(vintage, level)?;
        let key =
            SeriesKey { indicator: indicator.into(), begin, year, vintage, level: level.clone() };
        if let Some((key, column)) = self.columns.get_key_value(&key) {
            return Some(Read { key, column: ColumnRef::Own(column), coverage });
        }
        let (key, from) = self.conversions.from.get_key_value(&key)?;
        let column = match self.conversions.kept(key) {
            Some(column) => column,
            None => {
                let made = Arc::new(self.conversion(key, *from)?.column());
                self.conversions.keep(key, made.clone());
                made
            }
        };
        Some(Read { key, column: ColumnRef::Made(column), coverage })
    }

    /// The same, or as [`Atlas::series`] has it where no division is asked for.
    pub fn series_read(
        &self,
        indicator: &str,
        level: &Level,
        begin: Option<Year>,
        year: Year,
        vintage: Option<Vintage>,
    ) -> Option<Read<'_>> {
        match vintage {
            Some(vintage) => self.series_on_division(indicator, level, begin, year, vintage),
            None => self.series(indicator, level, begin, year).map(Read::from),
        }
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
        self.columns.contains_key(&key) || self.conversions.from.contains_key(&key)
    }

    /// The years of an indicator that can be read on a division of a level though they were
    /// delivered on others, with the year that a change is counted from. Nothing is computed.
    pub fn years_converted(
        &self,
        indicator: &str,
        level: &Level,
        vintage: Vintage,
    ) -> Vec<(Option<Year>, Year)> {
        let of = self.conversions.from.keys().filter(|key| {
            key.indicator == indicator && key.level == *level && key.vintage == vintage
        });
        let mut years: Vec<_> = of.map(|key| (key.begin, key.year)).collect();
        years.sort_by_key(|(begin, year)| (*year, *begin));
        years
    }

    /// The figure of one area for a year, read on the division of its coverage as
    /// [`Atlas::series_on_division`] has it. Cost: linear in the areas that have part in it, once the
    /// two divisions were laid over each other.
    pub fn read_area(
        &self,
        indicator: &str,
        begin: Option<Year>,
        year: Year,
        coverage: &LevelCoverage,
        ordinal: usize,
    ) -> Option<ReadFigure> {
        let (vintage, level) = (coverage.vintage, coverage.level.clone());
        let key = SeriesKey { indicator: indicator.into(), begin, year, vintage, level };
        let from = *self.conversions.from.get(&key)?;
        Some(self.conversion(&key, from)?.figure(ordinal))
    }

    fn conversion(&self, key: &SeriesKey, from: Vintage) -> Option<Conversion<'_>> {
        let own = SeriesKey { vintage: from, ..key.clone() };
        let (own, column) = self.columns.get_key_value(&own)?;
        let series = Available { key: own, column, coverage: self.coverage(from, &key.level)? };
        let transfer = self.transfer(&key.level, from, key.vintage)?;
        let indicator = self.catalogue.get(&key.indicator)?;
        Some(Conversion::new(self, indicator, series, transfer))
    }

    fn transfer(&self, level: &Level, from: Vintage, to: Vintage) -> Option<Arc<Transfer>> {
        let made = self.conversions.transfers.get(&(level.clone(), from, to))?;
        made.get_or_init(|| Transfer::between(self, level, from, to).map(Arc::new)).clone()
    }
}
