use crate::{
    analysis::{
        Weights,
        autocorrelation::{Adjustment, Permutations, local_moran},
    },
    area::{Level, Year},
    atlas::{Atlas, Available, RESIDENTS, testdata},
    indicator::{Cluster, Reason, Recipe, Value},
};

/// Every series of an indicator with that of the same years and division of another.
fn beside<'a>(atlas: &'a Atlas, id: &'a str, of: &'a str) -> Vec<[Available<'a>; 2]> {
    let found: Vec<_> = atlas
        .series_of(id)
        .filter_map(|one| {
            let same = |other: &Available<'_>| {
                other.key.year == one.key.year && std::ptr::eq(other.coverage, one.coverage)
            };
            Some([one, atlas.series_of(of).find(same)?])
        })
        .collect();
    assert!(!found.is_empty(), "{id}");
    found
}

#[test]
fn location_quotients_are_those_of_brute_force_and_their_weighed_mean_is_one() {
    let atlas = testdata::atlas();
    for indicator in atlas.catalogue.iter() {
        let Some(Recipe::LocationQuotient(rule)) = &indicator.derived else { continue };
        let denominator = atlas.catalogue.get(&rule.of).and_then(|of| of.denominator.clone());
        let denominator = denominator.unwrap_or_else(|| RESIDENTS.into());
        for [quotients, shares] in beside(&atlas, &indicator.id, &rule.of) {
            let whole = atlas
                .beside(&denominator, shares.coverage, shares.key.year)
                .expect("something tells the weights");
            let known =
                |at: usize| Some((shares.column.get(at).number()?, whole.column.get(at).number()?));
            let all: Vec<_> = (0..shares.coverage.len()).filter_map(known).collect();
            let people: f64 = all.iter().map(|(_, t)| t).sum();
            let country = all.iter().map(|(s, t)| s * t).sum::<f64>() / people;
            let mean = all.iter().map(|(s, t)| s / country * t).sum::<f64>() / people;
            assert!((mean - 1.0).abs() < 1e-9, "{mean}");
            for at in 0..shares.coverage.len() {
                let value = quotients.column.get(at);
                let Some((share, total)) = known(at) else {
                    let why = shares.column.reason(at).or_else(|| whole.column.reason(at));
                    assert_eq!(value.reason(), why, "missing keeps its reason");
                    continue;
                };
                if total < f64::from(rule.least) {
                    assert_eq!(value, Value::Missing(Reason::TeWeinigInwoners));
                    continue;
                }
                let got = value.number().expect("a quotient");
                assert!((got - share / country).abs() < 1e-9, "{got} {share} {country}");
                let of_share = shares.column.interval(at).expect("a share");
                let own = quotients.column.interval(at).expect("an interval");
                assert!((own.low - of_share.low / country).abs() < 1e-9, "{own:?} {of_share:?}");
                assert!((own.high - of_share.high / country).abs() < 1e-9, "{own:?} {of_share:?}");
            }
        }
    }
}

#[test]
fn clusters_are_those_of_local_moran_on_any_number_of_threads_and_wait_to_be_asked() {
    let atlas = testdata::atlas();
    let years = atlas.years("cluster-leefbaarheid", &Level::Buurt);
    assert_eq!(years, atlas.years("leefbaarheid", &Level::Buurt));
    let pairs = beside(&atlas, "cluster-leefbaarheid", "leefbaarheid");
    assert!(pairs.iter().all(|[clusters, _]| !clusters.column.is_ready()), "nobody has asked");
    let [newest, other]: [Vec<_>; 2] = [true, false].map(|is_listed| {
        let listed = |[one, _]: &&[Available<'_>; 2]| {
            one.column.is_listed() == is_listed && one.key.level == Level::Buurt
        };
        pairs.iter().filter(listed).collect()
    });
    let last = |years: &[&[Available<'_>; 2]]| years.iter().map(|[one, _]| one.key.year).max();
    assert!(last(&newest) > last(&other));

    let [clusters, scores] = newest.last().expect("a year");
    let weights = Weights::queen(scores.coverage.neighbours());
    let values: Vec<_> =
        scores.column.values().iter().map(|v| v.number().unwrap_or(f64::NAN)).collect();
    let [least, most] = Cluster::PERMUTATIONS;
    let permutations = Permutations::adaptive(least, most, Cluster::SEED).expect("in range");
    let found = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let found = pool.install(|| local_moran(&values, &weights, permutations));
        let found = found.expect("scores differ");
        found.clusters(Cluster::LEVEL, Adjustment::FalseDiscovery).expect("a level")
    };
    let expected = found(1);
    assert_eq!(expected, found(3));
    for (at, expected) in expected.iter().enumerate() {
        let alone = Value::Missing(Reason::GeenBuren);
        let value = match expected.code() {
            "LL" => Value::Number(1.0),
            "LH" => Value::Number(2.0),
            "ns" => Value::Number(3.0),
            "HL" => Value::Number(4.0),
            "HH" => Value::Number(5.0),
            "isolated" => alone,
            _ => scores.column.get(at),
        };
        assert_eq!(clusters.column.reason(at), value.reason(), "{at} {expected:?}");
        assert_eq!(clusters.column.get(at), value, "{at} {expected:?}");
    }
    assert!(clusters.column.is_ready());
    assert!(other.iter().all(|[one, _]| !one.column.is_ready()), "each year by itself");
}

#[test]
fn a_stacking_counts_what_is_in_the_least_favourable_part() {
    let atlas = testdata::atlas();
    let Some(Recipe::Stacking(rule)) =
        atlas.catalogue.get("stapeling").and_then(|one| one.derived.clone())
    else {
        unreachable!("a stacking")
    };
    let mut stacked = 0;
    for series in atlas.series_of("stapeling") {
        let (coverage, year) = (series.coverage, series.key.year);
        let of = |id: &str| {
            let all = atlas.series_on(id, coverage.vintage, &coverage.level);
            all.filter(|(key, _)| key.year == year).map(|(_, column)| column).next()
        };
        let ids = rule.low.iter().map(|id| (id, true));
        let ids: Vec<_> = ids.chain(rule.high.iter().map(|id| (id, false))).collect();
        for at in 0..coverage.len() {
            let (mut known, mut count, mut why) = (0, 0, None);
            for (id, low) in &ids {
                let Some(column) = of(id).filter(|column| column.has_numbers()) else { continue };
                let Some(own) = column.get(at).number() else {
                    why = why.or(column.reason(at));
                    continue;
                };
                known += 1;
                let mut all: Vec<f64> = (0..coverage.len())
                    .filter(|&other| coverage.is_compared(other))
                    .filter_map(|other| column.get(other).number())
                    .map(|value| if *low { value } else { -value })
                    .collect();
                all.sort_by(f64::total_cmp);
                let place = (all.len() - 1) as f64 * rule.part;
                let [below, above] = [place.floor(), place.ceil()].map(|at| all[at as usize]);
                let limit = below + (above - below) * place.fract();
                let own = if *low { own } else { -own };
                assert!((own - limit).abs() > 1e-12 || own == limit || below == above);
                count += u32::from(own <= limit + 1e-12);
            }
            let expected = if known >= rule.known {
                Value::Number(f64::from(count))
            } else {
                Value::Missing(why.expect("a reason"))
            };
            assert_eq!(series.column.get(at), expected, "{at} {year}");
            stacked += count;
        }
    }
    assert!(stacked > 10, "{stacked}");
}

#[test]
fn a_course_is_told_from_the_first_year_to_the_last_by_way_of_the_one_in_between() {
    let atlas = testdata::atlas();
    let mut found = 0;
    for series in atlas.series_of("verloop-leefbaarheid") {
        let coverage = series.coverage;
        let all = atlas.series_on("leefbaarheid", coverage.vintage, &coverage.level);
        let years: Vec<_> = all.filter(|(_, column)| column.has_numbers()).collect();
        let (first, last) = (years[0], years[years.len() - 1]);
        assert_eq!(series.key.begin, Some(first.0.year));
        assert_eq!(series.key.year, last.0.year);
        let middle = &years[1..years.len() - 1];
        let away = |year: Year| year.get().abs_diff(2012);
        let between = middle.iter().min_by_key(|(key, _)| away(key.year)).expect("a year");
        for at in 0..coverage.len() {
            let three = [first.1, between.1, last.1].map(|column| column.get(at));
            let [Value::Number(start), Value::Number(mid), Value::Number(end)] = three else {
                let why = three.iter().rev().find_map(|value| value.reason());
                assert_eq!(series.column.get(at).reason(), why);
                continue;
            };
            let (weak, band) = (-0.164, 0.0392);
            let fell = end - mid < -band || end - start < -band;
            let class = match (start <= weak, end <= weak) {
                (true, false) if end - start > band => 5.0,
                (true, _) | (_, true) if fell => 1.0,
                (true, _) if end - start > band => 4.0,
                _ if fell => 2.0,
                _ => 3.0,
            };
            assert_eq!(series.column.get(at), Value::Number(class), "{start} {mid} {end}");
            found += 1;
        }
    }
    assert!(found > 10, "{found}");
}

#[test]
fn more_than_two_thirds_is_a_class_of_its_own() {
    let atlas = testdata::atlas();
    for [class, share] in beside(&atlas, "corporatiebuurt", "corporatiewoningen") {
        for at in 0..share.coverage.len() {
            let expected = match share.column.get(at) {
                Value::Number(share) => Value::Number(f64::from(u8::from(share > 66.67))),
                missing => missing,
            };
            assert_eq!(class.column.get(at), expected);
        }
        assert_eq!(class.column.sources(), share.column.sources());
    }
}
