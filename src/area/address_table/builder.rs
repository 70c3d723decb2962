//! An address table in the making.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{AddressEntry, AddressTable, put};
use crate::area::AreaCode;

/// Takes the entries of an [`AddressTable`] one by one.
#[derive(Clone, Debug, Default)]
pub struct AddressTableBuilder {
    ordinals: FxHashMap<AreaCode, u32>,
    /// Postcode, buurt in the order of first sight, and number plus one; nought is none.
    rows: Vec<(u32, u32, u32)>,
}

impl AddressTableBuilder {
    /// Takes an entry. House numbers end at 2^32 − 2, where no street does.
    pub fn push(&mut self, entry: &AddressEntry) {
        let next = u32::try_from(self.ordinals.len()).unwrap_or(u32::MAX);
        let buurt = match self.ordinals.get(&entry.buurt) {
            Some(known) => *known,
            None => *self.ordinals.entry(entry.buurt.clone()).or_insert(next),
        };
        let number = entry.number.map_or(0, |number| number.saturating_add(1));
        self.rows.push((entry.postcode.number(), buurt, number));
    }

    /// How many entries it took.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it took none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table.
    pub fn build(self) -> AddressTable {
        let Self { ordinals, mut rows } = self;
        // Entries without a number go where the postcode has numbers; they sort first in a buurt.
        rows.sort_unstable();
        rows.dedup();
        let mut kept = Vec::with_capacity(rows.len());
        for of_postcode in rows.chunk_by(|a, b| a.0 == b.0) {
            let numbered = of_postcode.iter().any(|row| row.2 > 0);
            kept.extend(of_postcode.iter().filter(|row| row.2 > 0 || !numbered).copied());
        }
        let used: FxHashSet<u32> = kept.iter().map(|row| row.1).collect();
        let mut seen: Vec<_> = ordinals.into_iter().filter(|(_, at)| used.contains(at)).collect();
        seen.sort_unstable();
        let places: FxHashMap<u32, u32> =
            (0..).zip(&seen).map(|(to, (_, from))| (*from, to)).collect();
        for row in &mut kept {
            row.1 = places.get(&row.1).copied().unwrap_or_default();
        }
        kept.sort_unstable();
        let mut table = AddressTable {
            codes: seen.into_iter().map(|(code, _)| code).collect(),
            ..AddressTable::default()
        };
        for of_postcode in kept.chunk_by(|a, b| a.0 == b.0) {
            table.postcodes.extend(of_postcode.first().map(|row| row.0));
            table.starts.push(u32::try_from(table.runs.len()).unwrap_or(u32::MAX));
            for of_buurt in of_postcode.chunk_by(|a, b| a.1 == b.1) {
                let numbers = of_buurt.iter().filter_map(|row| row.2.checked_sub(1));
                put(&mut table.runs, of_buurt.first().map_or(0, |row| row.1));
                put(&mut table.runs, u32::try_from(numbers.clone().count()).unwrap_or(u32::MAX));
                let mut last = 0;
                for number in numbers {
                    put(&mut table.runs, number - last);
                    last = number;
                }
            }
        }
        table.starts.push(u32::try_from(table.runs.len()).unwrap_or(u32::MAX));
        table
    }
}
