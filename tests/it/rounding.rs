//! Rounding made visible: a value, a quotient and a rank carry the interval that it allows.

use serde_json::Value;

use crate::harness::Server;

fn features(server: &Server, query: &str) -> Vec<Value> {
    let layer = server.get(&format!("/v1/lagen/buurten.geojson?{query}")).ok();
    layer["features"].as_array().expect("features").clone()
}

fn pair(value: &Value) -> Option<(f64, f64)> {
    Some((value[0].as_f64()?, value[1].as_f64()?))
}

/// The ranks by brute force: how many are surely and possibly higher.
fn ranks(intervals: &[(f64, f64)], own: (f64, f64)) -> (f64, f64) {
    let surely = intervals.iter().filter(|other| other.0 >= own.1).count();
    let maybe = intervals.iter().filter(|other| other.1 > own.0).count();
    (1.0 + surely as f64, maybe as f64)
}

#[test]
fn shares_and_counts_carry_half_a_step_to_either_side_and_the_ranks_that_follow() {
    let server = Server::demo();
    for (indicator, step, most) in [
        ("koopwoningen", 1.0, 100.0),
        ("inwoners", 5.0, f64::INFINITY),
        ("bijstand", 10.0, f64::INFINITY),
    ] {
        let all = features(&server, &format!("indicator={indicator}&jaar=2024"));
        let intervals: Vec<_> = all
            .iter()
            .filter(|one| one["properties"]["rang"].is_array())
            .map(|one| pair(&one["properties"]["marge"]).expect("an interval"))
            .collect();
        assert!(intervals.len() > 100, "{indicator}");
        for one in &all {
            let properties = &one["properties"];
            let Some(value) = properties["waarde"].as_f64() else {
                assert!(properties.get("marge").is_none() && properties.get("rang").is_none());
                continue;
            };
            let own = pair(&properties["marge"]).expect("an interval");
            assert_eq!(own, ((value - step / 2.0).max(0.0), (value + step / 2.0).min(most)));
            if let Some(rank) = pair(&properties["rang"]) {
                assert_eq!(rank, ranks(&intervals, own), "{properties}");
            }
        }
    }
}

#[test]
fn a_rate_of_two_rounded_counts_lies_in_its_interval() {
    let server = Server::demo();
    let of = |id: &str| features(&server, &format!("indicator={id}&jaar=2024"));
    let (rates, counts, residents) = (of("bijstand-per-1000"), of("bijstand"), of("inwoners"));
    let mut with_rate = 0;
    for ((rate, count), whole) in rates.iter().zip(&counts).zip(&residents) {
        let [rate, count, whole] = [rate, count, whole].map(|one| &one["properties"]);
        assert_eq!(rate["code"], whole["code"]);
        let (Some(count), Some(whole)) = (count["waarde"].as_f64(), whole["waarde"].as_f64())
        else {
            assert!(rate["waarde"].is_null(), "{rate}");
            continue;
        };
        if whole < 100.0 {
            assert_eq!(rate["reden"], "te_weinig_inwoners", "{rate}");
            continue;
        }
        let (low, high) = pair(&rate["marge"]).expect("an interval");
        let expected = [
            (count - 5.0).max(0.0) * 1000.0 / (whole + 2.5),
            count * 1000.0 / whole,
            (count + 5.0) * 1000.0 / (whole - 2.5),
        ];
        for (got, want) in
            [low, rate["waarde"].as_f64().expect("a rate"), high].iter().zip(expected)
        {
            assert!((got - want).abs() <= 1e-4, "{rate} {expected:?}");
        }
        with_rate += 1;
    }
    assert!(with_rate > 100, "{with_rate}");
}

#[test]
fn an_area_tells_its_interval_and_its_ranks_in_the_country_and_in_its_gemeente() {
    let server = Server::demo();
    let all = features(&server, "indicator=koopwoningen&jaar=2024");
    let one = all.iter().find(|one| one["properties"]["rang"].is_array()).expect("a rank");
    let code = one["id"].as_str().expect("a code");
    let detail = server.get(&format!("/v1/gebieden/{code}")).ok();
    let years = detail["waarden"]["koopwoningen"].as_array().expect("years");
    let value = years.iter().find(|year| year["jaar"] == 2024).expect("the year");
    let own = pair(&one["properties"]["marge"]).expect("an interval");
    assert_eq!(value["interval"], serde_json::json!({"van": own.0, "tot": own.1}));
    let [country, gemeente] = &value["rang"].as_array().expect("ranks")[..] else {
        unreachable!("two ranks: {value}")
    };
    assert_eq!(country["binnen"], Value::Null);
    assert_eq!(country["van"], one["properties"]["rang"][0]);
    assert_eq!(country["tot"], one["properties"]["rang"][1]);
    let legend = server.get("/v1/legenda?indicator=koopwoningen&niveau=buurten&jaar=2024").ok();
    assert_eq!(country["aantal"], legend["gerangschikt"]);
    assert_eq!(gemeente["binnen"], detail["gemeente"]["code"]);
    let beside: Vec<_> = all
        .iter()
        .filter(|other| other["id"].as_str().is_some_and(|other| other[2..6] == code[2..6]))
        .filter(|other| other["properties"]["rang"].is_array())
        .map(|other| pair(&other["properties"]["marge"]).expect("an interval"))
        .collect();
    let (best, worst) = ranks(&beside, own);
    assert_eq!(gemeente["van"].as_f64(), Some(best));
    assert_eq!(gemeente["tot"].as_f64(), Some(worst));
    assert_eq!(gemeente["aantal"].as_u64(), Some(beside.len() as u64));
    // A score is not rounded so far that it shows, and classes are not ranked.
    let score = &detail["waarden"]["leefbaarheid"][0];
    assert!(score["interval"].is_null(), "{score}");
    let class = &detail["waarden"]["leefbaarheid-klasse"][0];
    assert_eq!(class["rang"], serde_json::json!([]));
}

#[test]
fn the_table_has_the_same_intervals_and_ranks() {
    let server = Server::demo();
    let query = "indicator=woningwaarde&jaar=2022";
    let text = server.get(&format!("/v1/lagen/buurten.csv?{query}")).text();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().expect("a header").clone();
    let columns = ["waarde_van", "waarde_tot", "rang_van", "rang_tot"]
        .map(|name| header.iter().position(|column| column == name).expect(name));
    for (row, one) in rows.records().zip(features(&server, query)) {
        let row = row.expect("a row");
        let cells = columns.map(|at| row[at].parse::<f64>().ok());
        let properties = &one["properties"];
        let bound = |key: &str, at: usize| properties[key][at].as_f64();
        let expected = [bound("marge", 0), bound("marge", 1), bound("rang", 0), bound("rang", 1)];
        assert_eq!(cells, expected, "{properties}");
    }
}

#[test]
fn shares_that_an_import_computed_carry_the_rounding_of_their_counts() {
    let Some(server) = Server::country() else { return };
    let query = "indicator=aandeel-65-plus&jaar=2024&binnen=GM0014";
    let shares = features(&server, query);
    let residents = features(&server, "indicator=inwoners&jaar=2024&binnen=GM0014");
    let mut wide = 0;
    for (share, whole) in shares.iter().zip(&residents) {
        let (share, whole) = (&share["properties"], &whole["properties"]);
        let (Some(value), Some(whole)) = (share["waarde"].as_f64(), whole["waarde"].as_f64())
        else {
            continue;
        };
        let (low, high) = pair(&share["marge"]).expect("an interval");
        assert!(low <= value && value <= high, "{share}");
        let count = value * whole / 100.0;
        let expected = (100.0 * (count + 2.5) / (whole - 2.5)).min(100.0);
        assert!((high - expected).abs() < 1e-3 || whole <= 2.5, "{share} {expected}");
        wide += usize::from(high - low > 5.0);
    }
    assert!(wide > 0, "the share of a tiny buurt jumps");
}
