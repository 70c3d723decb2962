//! What the fictional country promises.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use geo_types::MultiPolygon;
use sha2::{Digest, Sha256};

use super::*;
use crate::indicator::{Reason, Value};

type Point = (i64, i64);

fn recipe(gemeenten: usize, seed: u64) -> Recipe {
    Recipe { gemeenten, seed }
}

/// The rings of a shape in whole millimetres.
fn rings(shape: &MultiPolygon<f64>) -> impl Iterator<Item = Vec<Point>> {
    shape.0.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors())).map(
        |ring| {
            ring.0
                .iter()
                .map(|at| {
                    let grid = |metres: f64| {
                        let whole = (metres * 1000.0).round();
                        assert!((whole / 1000.0 - metres).abs() < 1e-9, "{metres} is off the grid");
                        whole as i64
                    };
                    (grid(at.x), grid(at.y))
                })
                .collect()
        },
    )
}

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

fn table<'a>(delivery: &'a Delivery, level: &Level) -> &'a AreaTable {
    delivery.tables.iter().find(|table| table.level == *level).expect("every level has a table")
}

fn values(delivery: &Delivery, id: &str, year: u16, level: &Level) -> BTreeMap<String, Value> {
    let series = delivery
        .series
        .iter()
        .find(|s| s.key.indicator == id && s.key.year.get() == year && s.key.level == *level)
        .unwrap_or_else(|| panic_missing(id, year));
    series.values.iter().map(|(code, value)| (code.to_string(), *value)).collect()
}

fn panic_missing(id: &str, year: u16) -> ! {
    unreachable!("the demo delivers {id} of {year}")
}

fn numbers(delivery: &Delivery, id: &str, year: u16, level: &Level) -> BTreeMap<String, f64> {
    let all = values(delivery, id, year, level);
    all.into_iter().filter_map(|(code, value)| Some((code, value.number()?))).collect()
}

/// A digest of all that is delivered, codes, names, shapes and values.
fn digest(deliveries: &[Delivery]) -> String {
    let mut hash = Sha256::new();
    for delivery in deliveries {
        for area in delivery.tables.iter().flat_map(|table| &table.areas) {
            hash.update(format!("{} {} {:?}", area.code, area.name, area.flags));
            for (x, y) in rings(&area.shape).flatten() {
                hash.update(x.to_le_bytes());
                hash.update(y.to_le_bytes());
            }
        }
        for series in &delivery.series {
            hash.update(format!("{:?}", series.key));
            for (code, value) in &series.values {
                hash.update(format!("{code} {value:?}"));
            }
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_same_recipe_gives_the_same_country() {
    let once = country(&recipe(3, 5));
    assert_eq!(once, country(&recipe(3, 5)));
    assert_ne!(digest(&once.deliveries), digest(&deliveries(&recipe(3, 6))));
    // On every machine: a new digest here is a new country, and other people's pictures of it age.
    assert_eq!(digest(&deliveries(&recipe(1, 1))), PINNED);
}

const PINNED: &str = "da091612aa08407fe898a0af0fcb7da11da13e60f2d6b86e4ec323c1b9dd4af8";

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

#[test]
fn every_reason_a_publisher_gives_occurs_and_missing_is_never_zero() {
    let deliveries = deliveries(&Recipe::default());
    let seen: BTreeSet<Reason> = deliveries
        .iter()
        .flat_map(|delivery| &delivery.series)
        .flat_map(|series| &series.values)
        .filter_map(|(_, value)| value.reason())
        .collect();
    let expected = [
        Reason::GeenScore,
        Reason::GeheimOfAfwezig,
        Reason::NogNietGepubliceerd,
        Reason::NietMeerGepubliceerd,
        Reason::OnderPublicatiegrens,
        Reason::Onbekend,
    ];
    assert_eq!(seen, BTreeSet::from(expected));
    let new = &deliveries[1];
    let residents = values(new, "inwoners", 2024, &Level::Buurt);
    let scores = values(new, "leefbaarheid", 2024, &Level::Buurt);
    let homes = values(new, "woningwaarde", 2024, &Level::Buurt);
    let (mut nobody, mut few) = (0, 0);
    for (code, residents) in &residents {
        match residents.number() {
            None => assert!(code[6..].starts_with("999"), "{code}"),
            Some(number) if number < 97.5 => {
                assert!(scores.get(code).is_none_or(|score| score.number().is_none()), "{code}");
                few += 1;
                if number == 0.0 {
                    assert_eq!(homes[code].reason(), Some(Reason::GeheimOfAfwezig));
                    nobody += 1;
                }
            }
            Some(_) => {}
        }
    }
    assert!(nobody >= 1 && few >= 20, "{nobody} without residents, {few} with few");
    for note in deliveries.iter().flat_map(|delivery| &delivery.notes) {
        assert!(note.numbers > 0 && note.shapes > 0);
    }
}

#[test]
fn counts_add_up_and_scores_are_sums() {
    let deliveries = deliveries(&Recipe::default());
    let new = &deliveries[1];
    for year in [2018, 2024] {
        let whole = numbers(new, "inwoners", year, &Level::Gemeente);
        let parts = numbers(new, "inwoners", year, &Level::Buurt);
        for (gemeente, number) in whole {
            let own: Vec<f64> =
                parts.iter().filter(|(c, _)| c[2..6] == gemeente[2..]).map(|(_, n)| *n).collect();
            let sum: f64 = own.iter().sum();
            assert!(number % 5.0 == 0.0 && (sum - number).abs() <= 2.5 * (own.len() as f64 + 1.0));
        }
    }
    for level in Level::CBS {
        let total = numbers(new, "leefbaarheid", 2022, &level);
        let classes = numbers(new, "leefbaarheid-klasse", 2022, &level);
        let absolute = numbers(new, "leefbaarheid-absoluut", 2022, &level);
        let parts: Vec<_> = [
            "woningvoorraad",
            "fysieke-omgeving",
            "voorzieningen",
            "sociale-samenhang",
            "overlast-onveiligheid",
        ]
        .into_iter()
        .map(|part| numbers(new, &format!("leefbaarheid-{part}"), 2022, &level))
        .collect();
        for (code, total) in total {
            let sum: f64 = parts.iter().map(|part| part[&code]).sum();
            assert!((sum - total).abs() < 1e-9, "{code}");
            assert!((absolute[&code] - total - 4.102_264_851_143_685).abs() < 1e-12);
            let cuts = [-0.428, -0.354, -0.2815, -0.164, -0.103, 0.0101, 0.0895, 0.168];
            let class = 1 + cuts.iter().filter(|&&cut| cut < total).count();
            assert_eq!(classes[&code], class as f64, "{code} {total}");
        }
    }
}

#[test]
fn few_score_low_and_where_they_do_incomes_are_low() {
    let deliveries = deliveries(&Recipe::default());
    let new = &deliveries[1];
    let classes = numbers(new, "leefbaarheid-klasse", 2024, &Level::Buurt);
    let of = |range: std::ops::RangeInclusive<f64>| {
        classes.values().filter(|class| range.contains(class)).count() as f64 / classes.len() as f64
    };
    assert!(of(1.0..=1.0) > 0.0 && of(2.0..=2.0) > 0.0 && of(3.0..=3.0) > 0.0);
    assert!(of(1.0..=3.0) < 0.05 && of(6.0..=8.0) > 0.6);
    let scores = numbers(new, "leefbaarheid", 2024, &Level::Buurt);
    for (id, sign) in
        [("laagste-inkomens", -1.0), ("corporatiewoningen", -1.0), ("woningwaarde", 1.0)]
    {
        let other = numbers(new, id, 2024, &Level::Buurt);
        let pairs: Vec<(f64, f64)> =
            scores.iter().filter_map(|(code, score)| Some((*score, *other.get(code)?))).collect();
        let correlation = sign * pearson(&pairs);
        assert!(correlation > 0.5, "{id}: {correlation}");
    }
}

fn pearson(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mx, my) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / n, b + y / n));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    xy / (xx * yy).sqrt()
}

#[test]
fn the_planted_stories_can_be_read_from_the_scores() {
    let country = country(&Recipe::default());
    let new = &country.deliveries[1];
    let years = [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022, 2024];
    let scores = years.map(|year| numbers(new, "leefbaarheid", year, &Level::Buurt));
    for story in Story::ALL {
        let own: Vec<_> = country.planted.iter().filter(|planted| planted.story == story).collect();
        assert!(own.len() >= 3, "{} of {story:?}", own.len());
        for planted in own {
            let at = scores.each_ref().map(|year| year[planted.code.as_str()]);
            let holds = match story {
                Story::Falling => {
                    at[2..].windows(2).all(|pair| pair[1] < pair[0]) && at[2] - at[8] > 0.12
                }
                Story::Recovering => {
                    at[2..].windows(2).all(|pair| pair[1] > pair[0]) && at[8] - at[2] > 0.1
                }
                Story::EarlySignal => {
                    at[8] > -0.103 && at[7] - at[8] > 0.02 && at[6] - at[7] > 0.02
                }
                Story::Success => at[0] < -0.103 && at[8] > 0.0101 && at[8] - at[0] > 0.28,
            };
            assert!(holds, "{story:?} {}: {at:?}", planted.code);
        }
    }
}

#[test]
fn any_size_and_seed_makes_a_country() {
    for (gemeenten, seed) in [(0, 0), (1, u64::MAX), (4, 77), (40, 1)] {
        let made = deliveries(&recipe(gemeenten, seed));
        let counts = made.iter().map(|d| table(d, &Level::Gemeente).areas.len());
        let merged = gemeenten.max(1).div_ceil(12);
        assert_eq!(counts.collect::<Vec<_>>(), [gemeenten.max(1) + merged, gemeenten.max(1)]);
        for area in made.iter().flat_map(|d| &d.tables).flat_map(|t| &t.areas) {
            for (x, y) in rings(&area.shape).flatten() {
                assert!(
                    (10_000_000..290_000_000).contains(&x)
                        && (300_000_000..630_000_000).contains(&y)
                );
            }
        }
    }
}

#[test]
fn version_2_adds_up_and_its_changes_are_differences() {
    const PARTS: [&str; 5] =
        ["woningen", "bewoners", "voorzieningen", "veiligheid", "fysieke-omgeving"];
    let deliveries = deliveries(&Recipe::default());
    let old = &deliveries[0];
    let change = |id: &str, begin: u16| -> BTreeMap<String, f64> {
        let series = old.series.iter().find(|series| {
            let key = &series.key;
            let years = (key.begin.map(Year::get), key.year.get());
            key.indicator == id && years == (Some(begin), 2016) && key.level == Level::Wijk
        });
        let values = &series.expect("a series of changes").values;
        values.iter().filter_map(|(code, v)| Some((code.to_string(), v.number()?))).collect()
    };
    for id in std::iter::once(String::new()).chain(PARTS.map(|part| format!("-{part}"))) {
        let score = |year| numbers(old, &format!("leefbaarheid-2{id}"), year, &Level::Wijk);
        for begin in [2012, 2014] {
            let (before, after) = (score(begin), score(2016));
            let changes = change(&format!("leefbaarheid-2-ontwikkeling{id}"), begin);
            assert!(changes.len() > 50);
            let constants: BTreeSet<i64> = changes
                .iter()
                .map(|(code, change)| {
                    ((change - (after[code] - before[code])) * 1e6).round() as i64
                })
                .collect();
            assert_eq!(constants.len(), 1, "{id} {begin}: {constants:?}");
        }
    }
    let whole = numbers(old, "leefbaarheid-2", 2014, &Level::Gemeente);
    let parts =
        PARTS.map(|part| numbers(old, &format!("leefbaarheid-2-{part}"), 2014, &Level::Gemeente));
    for (code, whole) in whole {
        let sum: f64 = parts.iter().map(|part| part[&code]).sum();
        assert!((sum - whole).abs() < 1e-9, "{code}");
    }
}

/// Every indicator of the catalogue has figures in the fictional country, but those that the atlas
/// derives.
#[test]
fn every_indicator_is_there() {
    let deliveries = deliveries(&Recipe::default());
    let there: BTreeSet<_> = deliveries
        .iter()
        .flat_map(|delivery| &delivery.series)
        .filter(|series| series.values.iter().any(|(_, value)| value.number().is_some()))
        .map(|series| series.key.indicator.clone())
        .collect();
    let catalogue = crate::geodata::catalogue().expect("a sound catalogue");
    let lacking: Vec<_> = catalogue
        .iter()
        .filter(|indicator| indicator.derived.is_none() && !there.contains(&indicator.id))
        .map(|indicator| indicator.id.clone())
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    for delivery in &deliveries {
        assert!(delivery.addresses.iter().all(|(_, table)| table.len() > 1000));
    }
}
