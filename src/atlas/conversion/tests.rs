//! What must hold of figures that are read on another division.

use std::collections::BTreeMap;

use crate::{
    area::{Level, Vintage},
    atlas::{Atlas, Available, Read, Way},
    demo::{Recipe, deliveries},
    geodata,
    indicator::{Kind, ResidentialChange, Value},
    store::contents_of,
};

use super::transfer::Transfer;

/// A fictional country over several divisions.
fn atlas() -> Atlas {
    let contents = contents_of(deliveries(&Recipe { gemeenten: 6, seed: 11 }), "2026-01-01");
    Atlas::new(
        contents.expect("a country"),
        geodata::catalogue().expect("a sound catalogue"),
        geodata::palettes().expect("sound palettes"),
        geodata::residential_rule(&ResidentialChange::default()).expect("a sound rule"),
    )
}

/// Every pair of divisions of every level.
fn pairs(atlas: &Atlas) -> Vec<(Level, Vintage, Vintage)> {
    let mut pairs = Vec::new();
    for level in atlas.levels() {
        let vintages = atlas.vintages(&level);
        for &from in &vintages {
            for &to in vintages.iter().filter(|to| **to != from) {
                pairs.push((level.clone(), from, to));
            }
        }
    }
    pairs
}

fn read<'a>(atlas: &'a Atlas, series: &Available<'_>, to: Vintage) -> Option<Read<'a>> {
    let key = series.key;
    atlas.series_on_division(&key.indicator, &key.level, key.begin, key.year, to)
}

#[test]
fn every_old_area_goes_somewhere_whole_and_every_way_occurs() {
    let atlas = atlas();
    let mut ways: BTreeMap<Way, usize> = BTreeMap::new();
    for (level, from, to) in pairs(&atlas) {
        let transfer = Transfer::between(&atlas, &level, from, to).expect("a crosswalk");
        let old = atlas.coverage(from, &level).expect("areas");
        let mut sums = vec![0.0; old.len()];
        for share in transfer.shares.all() {
            assert!(share.of_old >= 0.0 && share.of_new >= 0.0, "{share:?}");
            sums[share.old as usize] += share.of_old;
        }
        for (at, sum) in sums.iter().enumerate() {
            assert!((sum - 1.0).abs() < 1e-9, "{level} {from} {to} {}: {sum}", old.codes()[at]);
        }
        for way in transfer.ways.iter().flatten() {
            *ways.entry(*way).or_default() += 1;
        }
    }
    for way in [Way::Gelijk, Way::Hernoemd, Way::Samengevoegd, Way::Adressen] {
        assert!(ways.contains_key(&way), "{way:?} in {ways:?}");
    }
}

#[test]
fn counts_keep_their_totals_and_what_did_not_change_is_as_it_was() {
    let atlas = atlas();
    let mut read_areas = 0;
    let all: Vec<_> = ["inwoners", "huishoudens", "koopwoningen", "leefbaarheid"]
        .into_iter()
        .flat_map(|id| atlas.series_of(id).collect::<Vec<_>>())
        .collect();
    for series in &all {
        let kind = atlas.catalogue.get(&series.key.indicator).expect("known").kind;
        for to in atlas.vintages(&series.key.level) {
            let Some(there) = read(&atlas, series, to) else { continue };
            let Some(converted) = there.column.converted() else { continue };
            if converted.from != series.key.vintage {
                continue;
            }
            let known = |of: &Available<'_>| -> (f64, bool) {
                let values = of.column.values();
                let sum = values.iter().filter_map(|value| value.number()).sum();
                (sum, values.iter().all(|value| value.number().is_some()))
            };
            let ((before, is_whole), (after, _)) = (known(series), known(&there.available()));
            if kind == Kind::Aantal && is_whole {
                assert!((before - after).abs() < 1e-6 * before, "{:?} to {to}", series.key);
            }
            for at in 0..there.coverage.len() {
                let code = &there.coverage.codes()[at];
                let value = there.column.get(at);
                if converted.way(at) == Some(Way::Gelijk) {
                    let own = series.coverage.ordinal(code).expect("the same code");
                    assert_eq!(value, series.column.get(own), "{code}");
                    assert_eq!(there.column.interval(at), series.column.interval(own), "{code}");
                    assert_eq!(there.column.estimate(at), None);
                    read_areas += 1;
                } else if let Value::Number(number) = value {
                    assert!(number.is_finite());
                    let interval = there.column.interval(at).expect("a number");
                    assert!(
                        interval.low <= number + 1e-9 && number <= interval.high + 1e-9,
                        "{code} {number} {interval:?}"
                    );
                }
            }
        }
    }
    assert!(read_areas > 500, "{read_areas}");
}

#[test]
fn there_and_back_is_where_it_came_from_for_what_only_got_another_name() {
    let atlas = atlas();
    let mut renamed = 0;
    for (level, from, to) in pairs(&atlas) {
        let there = Transfer::between(&atlas, &level, from, to).expect("a crosswalk");
        let back = Transfer::between(&atlas, &level, to, from).expect("a crosswalk");
        for (at, way) in there.ways.iter().enumerate() {
            if *way != Some(Way::Hernoemd) {
                continue;
            }
            assert_eq!(there.shares.of_new(at).len(), 1, "one part");
            let share = there.shares.of_new(at)[0];
            let own = back.shares.of_new(share.old as usize);
            assert!(own.iter().any(|share| share.old as usize == at), "{level} {from} {to}");
            renamed += 1;
        }
    }
    assert!(renamed > 0);
}

#[test]
fn classes_are_never_averaged_and_what_is_made_of_levels_stays_there() {
    let atlas = atlas();
    let mut refused = 0;
    for series in atlas.series_of("leefbaarheid-klasse") {
        for to in atlas.vintages(&series.key.level) {
            let Some(there) = read(&atlas, &series, to) else { continue };
            for value in there.column.values() {
                match value {
                    Value::Number(class) => assert_eq!(class.fract(), 0.0),
                    Value::Missing(_) => refused += 1,
                }
            }
        }
    }
    assert!(refused > 0);
    for id in ["cluster-leefbaarheid", "leefbaarheid-verloop"] {
        for series in atlas.series_of(id) {
            for to in atlas.vintages(&series.key.level) {
                assert_eq!(read(&atlas, &series, to).is_some(), {
                    let key = crate::indicator::SeriesKey { vintage: to, ..series.key.clone() };
                    atlas.columns.contains_key(&key)
                });
            }
        }
    }
}

/// By the addresses of both divisions, counted one by one.
#[test]
fn split_buurten_follow_their_addresses() {
    let atlas = atlas();
    let mut compared = 0;
    for (level, from, to) in pairs(&atlas) {
        let tables = [from, to].map(|vintage| atlas.addresses.get(&vintage).map(|one| &one.table));
        let ([Some(before), Some(after)], Level::Buurt) = (tables, &level) else { continue };
        let (old, new) = (
            atlas.coverage(from, &level).expect("areas"),
            atlas.coverage(to, &level).expect("areas"),
        );
        let mut now: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in after.entries() {
            now.entry((entry.postcode, entry.number)).or_default().push(entry.buurt);
        }
        let mut then: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in before.entries() {
            then.entry((entry.postcode, entry.number)).or_default().push(entry.buurt);
        }
        let mut counts: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (address, buurten) in &then {
            let Some(there) = now.get(address) else { continue };
            let weight = 1.0 / (buurten.len() * there.len()) as f64;
            for pair in buurten.iter().flat_map(|a| there.iter().map(move |b| (a, b))) {
                if let (Some(a), Some(b)) = (old.ordinal(pair.0), new.ordinal(pair.1)) {
                    *counts.entry((a, b)).or_default() += weight;
                }
            }
        }
        let transfer = Transfer::between(&atlas, &level, from, to).expect("a crosswalk");
        let mut of_old: BTreeMap<u32, Vec<_>> = BTreeMap::new();
        for share in transfer.shares.all() {
            of_old.entry(share.old).or_default().push(*share);
        }
        for (area, shares) in of_old.iter().filter(|(_, shares)| shares.len() > 1) {
            let count = |new: u32| counts.get(&(*area as usize, new as usize)).unwrap_or(&0.0);
            let total: f64 = shares.iter().map(|share| count(share.new)).sum();
            if total < 20.0 {
                continue;
            }
            for share in shares {
                assert!((share.of_old - count(share.new) / total).abs() < 1e-9, "{share:?}");
                assert!(transfer.ways[share.new as usize].is_some_and(Way::is_estimate));
                compared += 1;
            }
        }
    }
    assert!(compared > 4, "{compared}");
}
