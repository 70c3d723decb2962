//! Deliveries into contents, by rules that do not depend on the order of import.
//!
//! Of two geometries for a division and level, the one from the delivery with more of the three
//! levels wins, then the one with more vertices. Of two values, a number wins over a reason, then the later
//! delivery, then more decimals, then the file's name. What still ties falls to the checksum.

use std::{cmp::Ordering, collections::BTreeMap};

use crate::{
    area::{AddressTable, Level, Vintage},
    indicator::{Series, SeriesKey, Value},
    source::{Provenance, Recode},
};

use super::contents::{Areas, Contents, Source, StoredSeries, StoredValue};

/// What a merge changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeNote {
    /// Values that were not there before, or are now another file's.
    pub taken: u64,
    /// Values that agree with what was there, to the bit.
    pub agreeing: u64,
    /// Numbers that another file gives with more or fewer decimals: the same but for rounding.
    pub rounded: u64,
    /// Numbers that differ from another file's number for the same area, whichever won.
    pub disagreeing: u64,
    /// A few of them, in words.
    pub examples: Vec<String>,
}

/// How many examples a note carries.
const EXAMPLES: usize = 5;

impl MergeNote {
    fn add(&mut self, other: Self) {
        self.taken += other.taken;
        self.agreeing += other.agreeing;
        self.rounded += other.rounded;
        self.disagreeing += other.disagreeing;
        self.examples.extend(other.examples);
        self.examples.truncate(EXAMPLES);
    }
}

impl Contents {
    /// The number of a source, new or known by its checksum and dialect.
    pub fn source(&mut self, provenance: Provenance, retrieved: &str) -> u32 {
        let known = self.sources.iter().find(|(_, source)| {
            source.provenance.checksum == provenance.checksum
                && source.provenance.file == provenance.file
        });
        if let Some((&id, _)) = known {
            if let Some(source) = self.sources.get_mut(&id) {
                source.provenance = provenance;
            }
            return id;
        }
        let id = self.sources.keys().next_back().map_or(1, |last| last + 1);
        self.sources.insert(id, Source { provenance, retrieved: retrieved.to_owned() });
        id
    }

    /// Takes the areas of a division and level; `false` when the geometry already there is kept.
    pub fn merge_areas(&mut self, vintage: Vintage, level: Level, offered: Areas) -> bool {
        let rank = |areas: &Areas| {
            let checksum = self.sources.get(&areas.source).map(|s| s.provenance.checksum.clone());
            (areas.nested, areas.vertices(), checksum)
        };
        let key = (vintage, level);
        let takes = self.areas.get(&key).is_none_or(|there| rank(there) <= rank(&offered));
        if takes {
            self.areas.insert(key, offered);
        }
        takes
    }

    /// Takes the values of a series from the source of that number.
    pub fn merge_series(&mut self, series: Series, source: u32) -> MergeNote {
        let mut all = std::mem::take(&mut self.series);
        let note = self.merge_into(&mut all, series, source);
        self.series = all;
        note
    }

    /// Takes the codes that replaced others; of two sources for a pair the first by name counts.
    pub fn merge_recode(&mut self, recode: Recode, source: u32) {
        let name = |id: &u32| {
            let from = self.sources.get(id).map(|source| &source.provenance);
            from.map(|from| (from.file.clone(), from.checksum.clone()))
        };
        let pairs = self.recodes.entry((recode.vintage, recode.level)).or_default();
        for (before, after) in recode.pairs {
            let there = pairs.entry((after, before)).or_insert(source);
            if name(&source) < name(there) {
                *there = source;
            }
        }
    }

    /// Takes addresses; returns how many postcodes the division has now.
    pub fn merge_addresses(&mut self, vintage: Vintage, table: AddressTable, source: u32) -> usize {
        let there = self.addresses.entry(vintage).or_default();
        there.table = if there.sources.is_empty() { table } else { there.table.union(&table) };
        there.sources.insert(source);
        there.table.len()
    }

    pub(super) fn merge_into(
        &self,
        all: &mut BTreeMap<SeriesKey, StoredSeries>,
        series: Series,
        source: u32,
    ) -> MergeNote {
        let Series { key, values } = series;
        let mut offered: StoredSeries =
            values.into_iter().map(|(code, value)| StoredValue { code, value, source }).collect();
        offered.sort_unstable_by(|a, b| a.code.cmp(&b.code));
        let there = all.remove(&key).unwrap_or_default();
        let (merged, note) = self.merge_values(&key, there, offered);
        all.insert(key, merged);
        note
    }

    pub(super) fn merge_values(
        &self,
        key: &SeriesKey,
        there: StoredSeries,
        offered: StoredSeries,
    ) -> (StoredSeries, MergeNote) {
        let mut note = MergeNote::default();
        if there.is_empty() {
            note.taken = offered.len() as u64;
            return (offered, note);
        }
        let mut merged = Vec::with_capacity(there.len().max(offered.len()));
        let mut left = there.into_iter().peekable();
        let mut right = offered.into_iter().peekable();
        loop {
            let order = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) => a.code.cmp(&b.code),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            match order {
                Ordering::Less => merged.extend(left.next()),
                Ordering::Greater => {
                    note.taken += 1;
                    merged.extend(right.next());
                }
                Ordering::Equal => {
                    if let (Some(a), Some(b)) = (left.next(), right.next()) {
                        let (winner, more) = self.choose(key, a, b);
                        note.add(more);
                        merged.push(winner);
                    }
                }
            }
        }
        (merged, note)
    }

    fn choose(&self, key: &SeriesKey, a: StoredValue, b: StoredValue) -> (StoredValue, MergeNote) {
        let mut note = MergeNote::default();
        match (a.value, b.value) {
            (x, y) if x == y => note.agreeing = 1,
            (Value::Number(x), Value::Number(y)) if a.source != b.source && is_rounding(x, y) => {
                note.rounded = 1;
            }
            (Value::Number(x), Value::Number(y)) if a.source != b.source => {
                note.disagreeing = 1;
                note.examples
                    .push(format!("{} {} {}: {x} and {y}", key.indicator, key.year, a.code));
            }
            _ => {}
        }
        // A file that is read anew speaks for itself: its own earlier value gives way.
        if a.source == b.source || self.rank(&a).cmp(&self.rank(&b)) == Ordering::Less {
            note.taken = u64::from(a.value != b.value);
            (b, note)
        } else {
            (a, note)
        }
    }

    /// What decides between two values; the greater wins.
    fn rank<'a>(&'a self, value: &StoredValue) -> (bool, &'a str, usize, &'a str, &'a str) {
        let (delivery, file, checksum) =
            self.sources.get(&value.source).map_or(("", "", ""), |source| {
                let from = &source.provenance;
                (from.delivery.as_str(), from.file.as_str(), from.checksum.as_str())
            });
        let decimals = value.value.number().map_or(0, decimals);
        (value.value.number().is_some(), delivery, decimals, file, checksum)
    }
}

/// How many decimals the shortest text of a number has.
fn decimals(number: f64) -> usize {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, behind)| behind.len())
}

/// Whether the number with fewer decimals is the other one, rounded.
fn is_rounding(a: f64, b: f64) -> bool {
    let (short, long) = if decimals(a) < decimals(b) { (a, b) } else { (b, a) };
    // Half a unit of the last place, and a hair for what a decimal loses as a double.
    let unit = 10_f64.powi(-i32::try_from(decimals(short)).unwrap_or(i32::MAX));
    decimals(short) != decimals(long) && (short - long).abs() <= unit * 0.500_001
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        area::{AreaCode, Year},
        indicator::Reason,
    };

    fn provenance(file: &str, delivery: &str) -> Provenance {
        Provenance {
            file: file.into(),
            checksum: format!("sum of {file}"),
            size: 1,
            publisher: "P".into(),
            licence: "L".into(),
            delivery: delivery.into(),
            dialect: "d".into(),
        }
    }

    fn key() -> SeriesKey {
        SeriesKey {
            indicator: "inwoners".into(),
            begin: None,
            year: Year::new(2024).expect("a year"),
            vintage: Vintage::new(2024).expect("a year"),
            level: Level::Gemeente,
        }
    }

    /// A file, its delivery, and a value for each of some gemeenten.
    type File<'a> = (&'a str, &'a str, Vec<(u8, Value)>);

    fn merged(files: &[File<'_>]) -> (Vec<(AreaCode, Value, String)>, MergeNote) {
        let mut contents = Contents::default();
        let mut note = MergeNote::default();
        for (file, delivery, values) in files {
            let source = contents.source(provenance(file, delivery), "2026-01-01");
            let values = values
                .iter()
                .map(|(n, value)| {
                    (AreaCode::parse(&format!("GM00{n:02}")).expect("a code"), *value)
                })
                .collect();
            note.add(contents.merge_series(Series { key: key(), values }, source));
        }
        let rows = contents.series[&key()]
            .iter()
            .map(|v| {
                let file = contents.sources[&v.source].provenance.file.clone();
                (v.code.clone(), v.value, file)
            })
            .collect();
        (rows, note)
    }

    #[test]
    fn a_number_wins_over_a_reason_and_a_later_delivery_over_an_earlier() {
        let (rows, _) = merged(&[
            ("a", "v1", vec![(1, Value::Number(5.0)), (2, Value::Number(1.0))]),
            ("b", "v2", vec![(1, Value::Missing(Reason::Onbekend)), (2, Value::Number(2.0))]),
        ]);
        assert_eq!(rows[0].1, Value::Number(5.0));
        assert_eq!(rows[1].1, Value::Number(2.0));
    }

    #[test]
    fn more_decimals_win_and_the_disagreement_is_counted() {
        let (rows, note) = merged(&[
            ("a", "", vec![(1, Value::Number(0.25))]),
            ("b", "", vec![(1, Value::Number(0.4))]),
        ]);
        assert_eq!(rows[0].1, Value::Number(0.25));
        assert_eq!((note.rounded, note.disagreeing), (0, 1));
        assert_eq!(note.examples, ["inwoners 2024 GM0001: 0.25 and 0.4"]);
    }

    #[test]
    fn rounding_is_no_disagreement() {
        let (rows, note) = merged(&[
            ("a", "", vec![(1, Value::Number(-0.0138)), (2, Value::Number(35.0))]),
            ("b", "", vec![(1, Value::Number(-0.013_822_8)), (2, Value::Number(35.6))]),
        ]);
        assert_eq!((rows[0].1, rows[1].1), (Value::Number(-0.013_822_8), Value::Number(35.6)));
        assert_eq!((note.rounded, note.disagreeing), (1, 1));
    }

    proptest! {
        #[test]
        fn the_order_of_import_never_matters(
            a in proptest::collection::btree_map(0u8..6, -3i8..3, 0..6),
            b in proptest::collection::btree_map(0u8..6, -3i8..3, 0..6),
            c in proptest::collection::btree_map(0u8..6, -3i8..3, 0..6),
            deliveries in proptest::array::uniform3(prop_oneof!["", "v1", "v2"]),
        ) {
            let value = |v: i8| match v {
                -3 => Value::Missing(Reason::Onbekend),
                -2 => Value::Missing(Reason::GeenScore),
                v => Value::Number(f64::from(v) / 2.0),
            };
            let file = |name, delivery, map: &BTreeMap<u8, i8>| {
                (name, delivery, map.iter().map(|(k, v)| (*k, value(*v))).collect::<Vec<_>>())
            };
            let files = [
                file("a", deliveries[0].as_str(), &a),
                file("b", deliveries[1].as_str(), &b),
                file("c", deliveries[2].as_str(), &c),
            ];
            let first = merged(&files).0;
            for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                let again = merged(&order.map(|i| files[i].clone())).0;
                prop_assert_eq!(&first, &again);
            }
        }
    }
}
