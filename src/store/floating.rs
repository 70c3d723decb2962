//! Values whose codes must tell which division they belong to.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    indicator::{Series, SeriesKey},
};

use super::{Contents, StoredSeries};

/// How many in a thousand codes must be areas of a division before it counts as theirs.
const ENOUGH: usize = 900;

/// Series that share their division: the same figures on several levels.
type Figures = (smol_str::SmolStr, Option<Year>, Year);

impl Contents {
    /// The division of each floating series: the one whose areas bear its codes, where at least
    /// nine in ten do; the one in its key where none does.
    ///
    /// Of several, the one that has the finest level, then most codes, then the one nearest to the
    /// year of the figures, then the older. It depends on what the atlas holds and not on the order
    /// in which that came.
    pub fn divisions_of_floating(&self) -> BTreeMap<SeriesKey, Vintage> {
        let mut figures: BTreeMap<Figures, Vec<&SeriesKey>> = BTreeMap::new();
        for key in self.floating.keys() {
            figures.entry((key.indicator.clone(), key.begin, key.year)).or_default().push(key);
        }
        let mut divisions = BTreeMap::new();
        for ((.., year), keys) in figures {
            let mut codes: BTreeMap<Level, BTreeSet<&AreaCode>> = BTreeMap::new();
            for key in &keys {
                let values = self.floating.get(*key).into_iter().flatten();
                codes.entry(key.level.clone()).or_default().extend(values.map(|v| &v.code));
            }
            let vintages: BTreeSet<Vintage> =
                self.areas.keys().map(|(vintage, _)| *vintage).collect();
            let best = vintages
                .into_iter()
                .filter_map(|vintage| {
                    let (level, share) = self.match_on(vintage, &codes)?;
                    let distance = vintage.get().abs_diff(year.get());
                    Some((level, share, std::cmp::Reverse((distance, vintage)), vintage))
                })
                .max();
            for key in keys {
                divisions.insert(key.clone(), best.as_ref().map_or(key.vintage, |best| best.3));
            }
        }
        divisions
    }

    /// The finest level at which a division has enough of the codes, and how many in a thousand.
    fn match_on(
        &self,
        vintage: Vintage,
        codes: &BTreeMap<Level, BTreeSet<&AreaCode>>,
    ) -> Option<(Level, usize)> {
        codes.iter().rev().find_map(|(level, codes)| {
            let areas = self.areas.get(&(vintage, level.clone()))?;
            let matched = codes.iter().filter(|code| areas.get(code).is_some()).count();
            let share = 1000 * matched / codes.len().max(1);
            (share >= ENOUGH).then(|| (level.clone(), share))
        })
    }

    /// Brings every floating series to its division, beside those that came with one.
    pub fn settle(&mut self) {
        let divisions = self.divisions_of_floating();
        for (key, values) in std::mem::take(&mut self.floating) {
            let vintage = divisions.get(&key).copied().unwrap_or(key.vintage);
            self.merge_stored(SeriesKey { vintage, ..key }, values);
        }
    }

    /// Takes the values of a floating series from the source of that number.
    pub fn merge_floating(&mut self, series: Series, source: u32) -> super::MergeNote {
        let mut floating = std::mem::take(&mut self.floating);
        let note = self.merge_into(&mut floating, series, source);
        self.floating = floating;
        note
    }

    fn merge_stored(&mut self, key: SeriesKey, values: StoredSeries) {
        let there = self.series.remove(&key).unwrap_or_default();
        let (merged, _) = self.merge_values(&key, there, values);
        self.series.insert(key, merged);
    }
}
