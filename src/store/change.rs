//! What an import changed, kept in the atlas: its history, no part of its contents.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    indicator::{SeriesKey, Value},
    source::Delivery,
};

use super::{Contents, StoredSeries};

/// So many records are kept, the newest.
pub(super) const MOST: usize = 200;

/// What one import changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRecord {
    /// When, in UTC: `2026-11-21T09:30:00Z`.
    pub moment: String,
    /// The version of the atlas before; `null` where there was none.
    #[serde(rename = "versieVoor")]
    pub before: Option<String>,
    /// The version of the atlas after.
    #[serde(rename = "versieNa")]
    pub after: String,
    /// What changed.
    #[serde(flatten)]
    pub changes: Changes,
}

/// What changed between two states of an atlas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Changes {
    /// Figures, by topic, year, division and level.
    #[serde(rename = "cijfers")]
    pub figures: Vec<FiguresChanged>,
    /// Areas, by division and level.
    #[serde(rename = "gebieden")]
    pub areas: Vec<AreasChanged>,
    /// Addresses, by division.
    #[serde(rename = "adressen")]
    pub addresses: Vec<AddressesChanged>,
    /// Sources that were not there before.
    #[serde(rename = "bronnen")]
    pub sources: Vec<SourceAdded>,
}

/// How the figures of a topic changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FiguresChanged {
    /// The topic.
    #[schema(value_type = String)]
    pub indicator: SmolStr,
    /// The year that a change is counted from, where they are changes.
    #[serde(rename = "sinds", default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u16>)]
    pub begin: Option<Year>,
    /// The year.
    #[serde(rename = "jaar")]
    #[schema(value_type = u16)]
    pub year: Year,
    /// The division of the areas.
    #[serde(rename = "indeling")]
    #[schema(value_type = u16)]
    pub vintage: Vintage,
    /// The level.
    #[serde(rename = "niveau")]
    #[schema(value_type = String)]
    pub level: Level,
    /// Areas that have a number and had none.
    #[serde(rename = "nieuw")]
    pub added: u64,
    /// Areas that have another number.
    #[serde(rename = "gewijzigd")]
    pub changed: u64,
    /// Areas that had a number and have none.
    #[serde(rename = "vervallen")]
    pub gone: u64,
    /// Areas without a number whose reason is new or another.
    #[serde(rename = "andereReden")]
    pub reasons: u64,
}

/// How the areas of a level changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AreasChanged {
    /// The division.
    #[serde(rename = "indeling")]
    #[schema(value_type = u16)]
    pub vintage: Vintage,
    /// The level.
    #[serde(rename = "niveau")]
    #[schema(value_type = String)]
    pub level: Level,
    /// Areas that were not there.
    #[serde(rename = "nieuw")]
    pub added: u64,
    /// Areas that are there no more.
    #[serde(rename = "vervallen")]
    pub gone: u64,
    /// Whether the borders are of another file.
    #[serde(rename = "andereGrenzen")]
    pub is_redrawn: bool,
}

/// How the addresses of a division changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddressesChanged {
    /// The division.
    #[serde(rename = "indeling")]
    #[schema(value_type = u16)]
    pub vintage: Vintage,
    /// How many postcodes it had.
    #[serde(rename = "postcodesVoor")]
    pub before: u64,
    /// How many it has.
    #[serde(rename = "postcodesNa")]
    pub after: u64,
}

/// A source that was not there before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SourceAdded {
    /// The file.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Its publisher.
    #[serde(rename = "uitgever")]
    pub publisher: String,
    /// Which delivery of the year it is; empty where the publisher has but one.
    #[serde(rename = "levering")]
    pub delivery: String,
}

impl Changes {
    /// Whether nothing changed that is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many figures are new, changed and gone.
    pub fn totals(&self) -> (u64, u64, u64) {
        self.figures.iter().fold((0, 0, 0), |(added, changed, gone), one| {
            (added + one.added, changed + one.changed, gone + one.gone)
        })
    }
}

/// What there was before an import, of all that it can change: nothing else is looked at.
pub(super) struct Before {
    settled: BTreeMap<SeriesKey, StoredSeries>,
    floating: BTreeMap<SeriesKey, StoredSeries>,
    areas: BTreeMap<(Vintage, Level), (BTreeSet<AreaCode>, String)>,
    addresses: BTreeMap<Vintage, u64>,
    sources: BTreeSet<(String, String)>,
}

impl Before {
    /// Looks at what deliveries of these values, areas and addresses can change.
    pub fn of<'a>(
        contents: &Contents,
        deliveries: impl Iterator<Item = &'a Delivery> + Clone,
    ) -> Self {
        let settled = deliveries.clone().flat_map(|one| &one.series).map(|series| &series.key);
        let floating = deliveries.flat_map(|one| &one.floating).map(|series| &series.key);
        Self::at(contents, settled.collect(), floating.collect())
    }

    /// Looks at all that either has.
    pub fn of_both(contents: &Contents, now: &Contents) -> Self {
        let settled = contents.series.keys().chain(now.series.keys()).collect();
        let floating = contents.floating.keys().chain(now.floating.keys()).collect();
        Self::at(contents, settled, floating)
    }

    fn at(
        contents: &Contents,
        settled: BTreeSet<&SeriesKey>,
        floating: BTreeSet<&SeriesKey>,
    ) -> Self {
        type All = BTreeMap<SeriesKey, StoredSeries>;
        let those = |all: &All, keys: BTreeSet<&SeriesKey>| -> All {
            let there = |key: &SeriesKey| all.get(key).cloned().unwrap_or_default();
            keys.into_iter().map(|key| (key.clone(), there(key))).collect()
        };
        Self {
            settled: those(&contents.series, settled),
            floating: those(&contents.floating, floating),
            areas: contents
                .areas
                .iter()
                .map(|(key, areas)| {
                    let codes = areas.areas.iter().map(|area| area.code.clone()).collect();
                    (key.clone(), (codes, checksum(contents, areas.source)))
                })
                .collect(),
            addresses: postcodes(contents),
            sources: names(contents),
        }
    }

    /// What is otherwise now.
    pub fn compare(self, now: &Contents) -> Changes {
        let divisions = now.divisions_of_floating();
        let settled = self.settled.into_iter().map(|(key, before)| {
            let after = now.series.get(&key);
            (key.clone(), before, after, key.vintage)
        });
        let floating = self.floating.into_iter().map(|(key, before)| {
            let vintage = divisions.get(&key).copied().unwrap_or(key.vintage);
            let after = now.floating.get(&key);
            (key, before, after, vintage)
        });
        let figures = settled.chain(floating).filter_map(|(key, before, after, vintage)| {
            let empty = StoredSeries::new();
            let changed =
                FiguresChanged { vintage, ..figures(key, &before, after.unwrap_or(&empty)) };
            let is_any = changed.added + changed.changed + changed.gone + changed.reasons > 0;
            is_any.then_some(changed)
        });
        let addresses = postcodes(now).into_iter().filter_map(|(vintage, after)| {
            let before = self.addresses.get(&vintage).copied().unwrap_or(0);
            (before != after).then_some(AddressesChanged { vintage, before, after })
        });
        let added = now
            .sources
            .values()
            .map(|source| &source.provenance)
            .filter(|from| !self.sources.contains(&(from.file.clone(), from.checksum.clone())));
        Changes {
            figures: figures.collect(),
            areas: areas(&self.areas, now),
            addresses: addresses.collect(),
            sources: added
                .map(|from| SourceAdded {
                    file: from.file.clone(),
                    publisher: from.publisher.clone(),
                    delivery: from.delivery.clone(),
                })
                .collect(),
        }
    }
}

fn areas(
    before: &BTreeMap<(Vintage, Level), (BTreeSet<AreaCode>, String)>,
    now: &Contents,
) -> Vec<AreasChanged> {
    let none = (BTreeSet::new(), String::new());
    now.areas
        .iter()
        .filter_map(|(key, areas)| {
            let (codes, source) = before.get(key).unwrap_or(&none);
            let added = areas.areas.iter().filter(|area| !codes.contains(&area.code)).count();
            let gone = codes.iter().filter(|code| areas.get(code).is_none()).count();
            let is_redrawn = before.contains_key(key) && *source != checksum(now, areas.source);
            (added + gone > 0 || is_redrawn).then(|| AreasChanged {
                vintage: key.0,
                level: key.1.clone(),
                added: added as u64,
                gone: gone as u64,
                is_redrawn,
            })
        })
        .collect()
}

fn figures(key: SeriesKey, before: &StoredSeries, after: &StoredSeries) -> FiguresChanged {
    let (mut added, mut changed, mut gone, mut reasons) = (0, 0, 0, 0);
    let mut left: FxHashMap<&AreaCode, Value> =
        before.iter().map(|value| (&value.code, value.value)).collect();
    for value in after {
        let count = match (left.remove(&value.code), value.value) {
            (Some(was), now) if was == now => continue,
            (Some(Value::Number(_)), Value::Number(_)) => &mut changed,
            (Some(Value::Number(_)), Value::Missing(_)) => &mut gone,
            (_, Value::Number(_)) => &mut added,
            (_, Value::Missing(_)) => &mut reasons,
        };
        *count += 1;
    }
    gone += left.values().filter(|value| value.number().is_some()).count() as u64;
    let SeriesKey { indicator, begin, year, vintage, level } = key;
    FiguresChanged { indicator, begin, year, vintage, level, added, changed, gone, reasons }
}

fn checksum(contents: &Contents, source: u32) -> String {
    let source = contents.sources.get(&source);
    source.map_or_else(String::new, |source| source.provenance.checksum.clone())
}

fn names(contents: &Contents) -> BTreeSet<(String, String)> {
    let name = |from: &crate::source::Provenance| (from.file.clone(), from.checksum.clone());
    contents.sources.values().map(|source| name(&source.provenance)).collect()
}

fn postcodes(contents: &Contents) -> BTreeMap<Vintage, u64> {
    let count = |addresses: &super::StoredAddresses| addresses.table.len() as u64;
    contents.addresses.iter().map(|(vintage, one)| (*vintage, count(one))).collect()
}

impl Contents {
    /// Adds a record to the history, whose oldest go when it becomes too long.
    pub(super) fn remember(&mut self, record: ChangeRecord) {
        self.changes.push(record);
        let surplus = self.changes.len().saturating_sub(MOST);
        self.changes.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{indicator::Reason, store::StoredValue};

    fn series(values: &[(&str, Value)]) -> StoredSeries {
        let stored = |(code, value): &(&str, Value)| StoredValue {
            code: AreaCode::parse(code).expect("a code"),
            value: *value,
            source: 1,
        };
        values.iter().map(stored).collect()
    }

    #[test]
    fn figures_are_new_changed_or_gone() {
        let key = SeriesKey {
            indicator: "inwoners".into(),
            begin: None,
            year: Year::new(2024).expect("a year"),
            vintage: Vintage::new(2024).expect("a year"),
            level: Level::Gemeente,
        };
        let (number, none) = (Value::Number, Value::Missing(Reason::Onbekend));
        let before = series(&[
            ("GM0001", number(1.0)),
            ("GM0002", number(2.0)),
            ("GM0003", none),
            ("GM0004", number(4.0)),
            ("GM0005", number(5.0)),
            ("GM0006", none),
            ("GM0009", none),
        ]);
        let after = series(&[
            ("GM0001", number(1.0)),
            ("GM0002", number(2.5)),
            ("GM0003", number(3.0)),
            ("GM0004", none),
            ("GM0006", Value::Missing(Reason::GeheimOfAfwezig)),
            ("GM0007", number(7.0)),
            ("GM0008", none),
        ]);
        let told = figures(key.clone(), &before, &after);
        assert_eq!((told.added, told.changed, told.gone, told.reasons), (2, 1, 2, 2));
        let same = figures(key, &before, &before);
        assert_eq!((same.added, same.changed, same.gone, same.reasons), (0, 0, 0, 0));
    }

    #[test]
    fn a_record_reads_as_it_is_written() {
        let text = r#"{"moment":"2026-11-21T09:30:00Z","versieVoor":null,"versieNa":"0123",
            "cijfers":[{"indicator":"inwoners","jaar":2024,"indeling":2024,"niveau":"buurten",
            "nieuw":3,"gewijzigd":2,"vervallen":1,"andereReden":0}],
            "gebieden":[{"indeling":2024,"niveau":"wijken","nieuw":1,"vervallen":0,"andereGrenzen":false}],
            "adressen":[{"indeling":2024,"postcodesVoor":0,"postcodesNa":9}],
            "bronnen":[{"bestand":"a.csv","uitgever":"CBS","levering":"v1"}]}"#;
        let record: ChangeRecord = serde_json::from_str(text).expect("a record");
        assert_eq!(record.changes.totals(), (3, 2, 1));
        assert_eq!(record.changes.areas[0].level, Level::Wijk);
        let again = serde_json::to_string(&record).expect("a text");
        assert_eq!(again, text.split_whitespace().collect::<String>());
        // A record of a newer program may lack or have something.
        let little = r#"{"moment":"x","versieVoor":"a","versieNa":"b","straten":[]}"#;
        let little: ChangeRecord = serde_json::from_str(little).expect("a record");
        assert!(little.changes.is_empty());
    }

    #[test]
    fn the_oldest_records_go() {
        let mut contents = Contents::default();
        for number in 0..MOST + 5 {
            contents.remember(ChangeRecord {
                moment: format!("{number}"),
                before: None,
                after: String::new(),
                changes: Changes::default(),
            });
        }
        assert_eq!((contents.changes.len(), contents.changes[0].moment.as_str()), (MOST, "5"));
    }
}
