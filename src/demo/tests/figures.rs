//! Values, their reasons, and the stories told in them.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::indicator::Reason;

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
