//! The adopted reference cases of the statistics, where they are at hand: from the folder in
//! `WIJKZICHT_STATS_FIXTURES`, else `../shared/fixtures/stats`. A case passes when
//! |got - expected| ≤ abs + rel·|expected|.

use std::{collections::BTreeMap, env, error::Error, fs, path::PathBuf};

use serde_json::Value as Json;
use wijkzicht::scale::{Method, breaks};

/// The coverages, each with its shapes and its expected results.
const COVERAGES: [&str; 2] = ["grid", "voronoi"];

#[derive(Default)]
struct Outcome {
    run: usize,
    failed: Vec<String>,
    skipped: BTreeMap<String, usize>,
}

#[test]
fn reference_statistics() -> Result<(), String> {
    let folder = env::var_os("WIJKZICHT_STATS_FIXTURES").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures/stats")),
        PathBuf::from,
    );
    if !folder.is_dir() {
        eprintln!("skipped: no reference statistics in {}", folder.display());
        return Ok(());
    }
    let read = |name: String| -> Result<Json, String> {
        let path = folder.join(name);
        let faulty = |error: &dyn Error| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| faulty(&error))?;
        serde_json::from_str(&text).map_err(|error| faulty(&error))
    };
    let mut outcome = Outcome::default();
    for coverage in COVERAGES {
        let units = read(format!("{coverage}.geojson"))?;
        let expected = read(format!("{coverage}.expected.json"))?;
        for case in expected["cases"].as_array().expect("a list of cases") {
            if case["adopt"] == Json::Bool(true) {
                judge(coverage, &units, case, &mut outcome);
            }
        }
    }
    let skipped: usize = outcome.skipped.values().sum();
    eprintln!("not covered: {:?}", outcome.skipped);
    eprintln!(
        "reference statistics: {} run, {} failed, {skipped} skipped",
        outcome.run,
        outcome.failed.len()
    );
    assert!(outcome.run > 0, "{} holds no case that is covered", folder.display());
    assert!(outcome.failed.is_empty(), "{}", outcome.failed.join("\n"));
    Ok(())
}

/// Runs a case, or counts it as skipped.
fn judge(coverage: &str, units: &Json, case: &Json, outcome: &mut Outcome) {
    let statistic = text(&case["statistic"]);
    let result = match statistic {
        "quantiles" => Some(classification(units, case, Method::Kwantielen)),
        "equal_interval" => Some(classification(units, case, Method::GelijkeIntervallen)),
        "fisher_jenks" => Some(classification(units, case, Method::NatuurlijkeGrenzen)),
        "classification_edge" => match text(&case["params"]["method"]) {
            "Quantiles" => Some(edge(case, Method::Kwantielen)),
            "EqualInterval" => Some(edge(case, Method::GelijkeIntervallen)),
            "FisherJenks" => Some(edge(case, Method::NatuurlijkeGrenzen)),
            _ => None,
        },
        _ => None,
    };
    match result {
        None => *outcome.skipped.entry(statistic.to_owned()).or_default() += 1,
        Some(result) => {
            outcome.run += 1;
            if let Err(message) = result {
                outcome.failed.push(format!("{coverage} {}: {message}", text(&case["id"])));
            }
        }
    }
}

/// A column of the coverage: breaks, and the class of every unit; for natural breaks the sum of
/// squared deviations too, and the breaks only where one choice alone is best.
///
/// The tolerance of a break is that of its classes too: reference breaks that near to each other
/// are one, and a value that near to a break, but not on it, may stand on either side. (Where a
/// quantile falls on a value, the reference's own rounding puts it a last digit beside.)
fn classification(units: &Json, case: &Json, method: Method) -> Result<(), String> {
    let column = text(&case["params"]["column"]);
    let values: Vec<Option<f64>> = units["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|unit| unit["properties"][column].as_f64())
        .collect();
    let finite: Vec<f64> = values.iter().flatten().copied().collect();
    let expected = &case["expected"];
    let got = breaks(method, &finite, classes(case)).ok_or("no breaks")?;
    let class = |value: f64| got.partition_point(|&bound| bound < value);

    if !expected["sse"].is_null() {
        let (within, total) = deviations(&finite, got.len() + 1, class);
        close(case, "sse", &[within], &numbers(&expected["sse"]))?;
        close(case, "gvf", &[1.0 - within / total], &numbers(&expected["gvf"]))?;
        if expected["unique_optimum"] != Json::Bool(true) {
            return Ok(());
        }
    }
    let near = |a: f64, b: f64| within_tolerance(case, a, b);
    let all_bounds = numbers(&expected["breaks"]);
    let mut bounds = all_bounds.clone();
    bounds.dedup_by(|b, a| near(*b, *a));
    close(case, "breaks", &with_highest(&got, &finite), &bounds)?;

    let ids = expected["class_ids"].as_array().ok_or("no class ids")?;
    if ids.len() != values.len() {
        return Err(format!("{} class ids for {} units", ids.len(), values.len()));
    }
    for (unit, (value, id)) in values.iter().zip(ids).enumerate() {
        // The reference's class, among the breaks that are left.
        let id = id.as_u64().and_then(|id| usize::try_from(id).ok());
        let upper = id.and_then(|id| all_bounds.get(id));
        let id = upper.and_then(|&upper| bounds.iter().position(|&b| upper <= b || near(upper, b)));
        let beside_a_break =
            value.is_some_and(|value| all_bounds.iter().any(|&b| b != value && near(value, b)));
        let same = match (value.map(class), id) {
            (Some(got), Some(id)) if beside_a_break => got.abs_diff(id) <= 1,
            (got, id) => got == id,
        };
        if !same {
            return Err(format!("unit {unit} ({value:?}) is in another class than {id:?}"));
        }
    }
    Ok(())
}

/// Values given in the case itself: constant, few, none, negative, tiny, big.
fn edge(case: &Json, method: Method) -> Result<(), String> {
    let values = numbers(&case["params"]["values"]);
    let got = breaks(method, &values, classes(case));
    let expected = &case["expected"]["adopted_breaks"];
    match got {
        None if expected.is_null() => Ok(()),
        None => Err("no breaks".to_owned()),
        Some(_) if expected.is_null() => Err("breaks without values".to_owned()),
        Some(got) => close(case, "breaks", &with_highest(&got, &values), &numbers(expected)),
    }
}

/// The sums of squared deviations from the class means, and from the mean of all.
fn deviations(values: &[f64], classes: usize, class: impl Fn(f64) -> usize) -> (f64, f64) {
    let deviation = |members: &[f64]| {
        let mean = members.iter().sum::<f64>() / members.len() as f64;
        members.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
    };
    let mut members = vec![Vec::new(); classes];
    for &value in values {
        members[class(value)].push(value);
    }
    (members.iter().map(|class| deviation(class)).sum(), deviation(values))
}

/// The references list the highest value as the upper bound of the highest class.
fn with_highest(breaks: &[f64], values: &[f64]) -> Vec<f64> {
    let highest = values.iter().copied().reduce(f64::max);
    breaks.iter().copied().chain(highest).collect()
}

fn close(case: &Json, what: &str, got: &[f64], expected: &[f64]) -> Result<(), String> {
    let near = |(&got, &expected): (&f64, &f64)| within_tolerance(case, got, expected);
    if got.len() == expected.len() && got.iter().zip(expected).all(near) {
        Ok(())
    } else {
        Err(format!("{what} {got:?}, expected {expected:?}"))
    }
}

fn within_tolerance(case: &Json, got: f64, expected: f64) -> bool {
    let tolerance = &case["tolerance"];
    (got - expected).abs() <= number(&tolerance["abs"]) + number(&tolerance["rel"]) * expected.abs()
}

fn classes(case: &Json) -> usize {
    case["params"]["k"].as_u64().and_then(|k| usize::try_from(k).ok()).expect("a number of classes")
}

fn text(json: &Json) -> &str {
    json.as_str().expect("a text")
}

fn number(json: &Json) -> f64 {
    json.as_f64().expect("a number")
}

fn numbers(json: &Json) -> Vec<f64> {
    match json {
        Json::Array(list) => list.iter().map(number).collect(),
        one => vec![number(one)],
    }
}
