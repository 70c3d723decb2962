//! Codes, names and shapes of both divisions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use geo_types::MultiPolygon;

use super::*;

/// Twice the area of a shape in square millimetres; holes run clockwise and count as negative.
fn doubled_area(shape: &MultiPolygon<f64>) -> i128 {
    rings(shape)
        .flat_map(|ring| {
            ring.windows(2)
                .map(|w| {
                    i128::from(w[0].0) * i128::from(w[1].1)
                        - i128::from(w[1].0) * i128::from(w[0].1)
                })
                .collect::<Vec<_>>()
        })
        .sum()
}

#[test]
fn levels_are_clean_nested_coverages() {
    for (gemeenten, seed) in [(1, 1), (2, 9), (12, 2024), (25, 3)] {
        for delivery in deliveries(&recipe(gemeenten, seed)) {
            let mut outlines = Vec::new();
            let mut areas = Vec::new();
            for level in Level::CBS {
                let table = table(&delivery, &level);
                let mut edges = BTreeSet::new();
                for area in &table.areas {
                    assert!(!area.shape.0.is_empty(), "{} has no shape", area.code);
                    for ring in rings(&area.shape) {
                        assert!(ring.len() >= 4 && ring.first() == ring.last(), "{}", area.code);
                        for pair in ring.windows(2) {
                            assert_ne!(pair[0], pair[1], "{} stands still", area.code);
                            // Each way along an edge has one area on its left.
                            assert!(edges.insert((pair[0], pair[1])), "{} overlaps", area.code);
                        }
                    }
                }
                let outline: BTreeSet<_> =
                    edges.iter().filter(|(a, b)| !edges.contains(&(*b, *a))).copied().collect();
                outlines.push(outline);
                areas.push(table.areas.iter().map(|area| doubled_area(&area.shape)).sum::<i128>());
                assert_no_crossing(&edges);
            }
            assert!(outlines.windows(2).all(|pair| pair[0] == pair[1]));
            assert!(areas[0] > 0 && areas.windows(2).all(|pair| pair[0] == pair[1]), "{areas:?}");
        }
    }
}

/// That no two edges touch but at their ends.
fn assert_no_crossing(edges: &BTreeSet<(Point, Point)>) {
    const BUCKET: i64 = 400_000;
    let mut buckets: HashMap<Point, Vec<(Point, Point)>> = HashMap::new();
    for &(a, b) in edges.iter().filter(|(a, b)| a < b || !edges.contains(&(*b, *a))) {
        for i in a.0.min(b.0).div_euclid(BUCKET)..=a.0.max(b.0).div_euclid(BUCKET) {
            for j in a.1.min(b.1).div_euclid(BUCKET)..=a.1.max(b.1).div_euclid(BUCKET) {
                buckets.entry((i, j)).or_default().push((a, b));
            }
        }
    }
    let side = |a: Point, b: Point, c: Point| {
        (i128::from(b.0 - a.0) * i128::from(c.1 - a.1)
            - i128::from(b.1 - a.1) * i128::from(c.0 - a.0))
        .signum()
    };
    for edges in buckets.values() {
        for (n, &(a, b)) in edges.iter().enumerate() {
            for &(c, d) in &edges[n + 1..] {
                let ends =
                    [a == c, a == d, b == c, b == d].into_iter().filter(|&same| same).count();
                let apart = |axis: fn(Point) -> i64| {
                    axis(a).max(axis(b)) < axis(c).min(axis(d))
                        || axis(c).max(axis(d)) < axis(a).min(axis(b))
                };
                let crosses = side(a, b, c) * side(a, b, d) <= 0
                    && side(c, d, a) * side(c, d, b) <= 0
                    && !apart(|at| at.0)
                    && !apart(|at| at.1);
                assert!(ends == 1 || !crosses, "{a:?}-{b:?} meets {c:?}-{d:?}");
            }
        }
    }
}

#[test]
fn codes_are_valid_invented_and_nested() {
    let deliveries = deliveries(&Recipe::default());
    for delivery in &deliveries {
        let mut codes = BTreeSet::new();
        for level in Level::CBS {
            for area in &table(delivery, &level).areas {
                assert!(AreaCode::parse_at(area.code.as_str(), &level).is_ok());
                assert!(
                    !area.code.is_abroad() && &area.code.as_str()[2..4] == "90",
                    "{}",
                    area.code
                );
                assert!(codes.insert(area.code.clone()), "{} stands there twice", area.code);
                assert!(codes.contains(&area.code.gemeente().expect("a CBS code")));
                assert!(area.code.wijk().is_none_or(|wijk| codes.contains(&wijk)));
                assert!(!area.name.is_empty() && area.gemeente.is_some());
                let water = area.flags.contains(&Flag::Water);
                if level == Level::Buurt {
                    assert_eq!(water, area.code.as_str()[6..].starts_with("999"), "{}", area.code);
                }
            }
        }
        let ends = |end: &str| codes.iter().any(|code| code.as_str().ends_with(end));
        assert!(ends("9998") && ends("9997"));
    }
    let buurten = |place: usize| &table(&deliveries[place], &Level::Buurt).areas;
    let lettered =
        |area: &AreaRecord| area.code.as_str()[6..].bytes().any(|b| b.is_ascii_uppercase());
    assert!(!buurten(0).iter().any(lettered) && buurten(1).iter().any(lettered));
    assert!(
        table(&deliveries[1], &Level::Wijk).areas.iter().any(|a| a.code.as_str().ends_with("NA"))
    );
    let mut names = BTreeMap::new();
    buurten(1).iter().for_each(|area| *names.entry(area.name.as_str()).or_insert(0) += 1);
    assert!(names["Centrum"] >= 10, "a name that many gemeenten share");
}

#[test]
fn the_odd_shapes_are_there() {
    let [old, new] =
        <[Delivery; 2]>::try_from(deliveries(&Recipe::default())).expect("two divisions");
    for delivery in [&old, &new] {
        let holed = |level: &Level| {
            let areas = &table(delivery, level).areas;
            areas
                .iter()
                .filter(|a| a.shape.0.iter().any(|part| !part.interiors().is_empty()))
                .count()
        };
        assert!(holed(&Level::Gemeente) >= 1 && holed(&Level::Buurt) >= 2, "enclaves");
        let land = |area: &&AreaRecord| area.flags.is_empty() && area.shape.0.len() > 1;
        assert!(table(delivery, &Level::Buurt).areas.iter().any(|area| land(&area)), "islets");
        assert!(table(delivery, &Level::Gemeente).areas.iter().any(|area| land(&area)), "exclaves");
        let mut meeting: BTreeMap<Point, BTreeSet<&AreaCode>> = BTreeMap::new();
        for area in &table(delivery, &Level::Buurt).areas {
            for point in rings(&area.shape).flatten() {
                meeting.entry(point).or_default().insert(&area.code);
            }
        }
        assert!(meeting.values().any(|codes| codes.len() == 4), "a point where four areas meet");
    }
}

#[test]
fn divisions_differ_as_divisions_do() {
    let [old, new] =
        <[Delivery; 2]>::try_from(deliveries(&Recipe::default())).expect("two divisions");
    let shapes = |delivery: &Delivery, level: &Level| -> BTreeMap<String, MultiPolygon<f64>> {
        let areas = &table(delivery, level).areas;
        areas.iter().map(|area| (area.code.to_string(), area.shape.clone())).collect()
    };
    let gemeenten = [&old, &new].map(|delivery| shapes(delivery, &Level::Gemeente));
    assert_eq!(gemeenten.each_ref().map(BTreeMap::len), [13, 12]);
    let gone = gemeenten[0].keys().filter(|code| !gemeenten[1].contains_key(*code)).count();
    let fresh: Vec<_> =
        gemeenten[1].keys().filter(|code| !gemeenten[0].contains_key(*code)).collect();
    assert_eq!((gone, fresh.len()), (2, 1));
    let [before, after] = [&old, &new].map(|delivery| shapes(delivery, &Level::Buurt));
    let same = before.iter().filter(|(code, shape)| after.get(*code) == Some(shape)).count();
    let redrawn =
        before.iter().filter(|(c, s)| after.get(*c).is_some_and(|other| other != *s)).count();
    let recoded = before
        .iter()
        .filter(|(code, shape)| !after.contains_key(*code) && after.values().any(|s| s == *shape))
        .count();
    assert!(same * 2 > before.len(), "most buurten stay as they are: {same}");
    assert!(redrawn >= 4 && recoded >= 20, "{redrawn} redrawn, {recoded} recoded");
    let halves =
        table(&new, &Level::Buurt).areas.iter().filter(|a| a.name.starts_with("Nieuw ")).count();
    assert!(halves >= 3, "{halves} split");
}
