//! The adopted reference cases of the statistics, where they are at hand: every
//! `NAME.expected.json`, with its units in `NAME.geojson`, of the folder in
//! `WIJKZICHT_STATS_FIXTURES`, else of `../shared/fixtures/stats`. A case passes when
//! |got - expected| ≤ abs + rel·|expected|.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value as Json;

use crate::case::Units;

mod areal;
mod autocorrelation;
mod case;
mod classification;
mod inequality;
mod segregation;
mod weights;

/// What a name must end in to be a file of expected results.
const EXPECTED: &str = ".expected.json";

#[derive(Default)]
struct Outcome {
    run: usize,
    failed: Vec<String>,
    skipped: BTreeMap<String, usize>,
}

#[test]
fn reference_statistics() -> Result<(), String> {
    let named = env::var_os("WIJKZICHT_STATS_FIXTURES").map(PathBuf::from);
    let folder = named.clone().unwrap_or_else(|| {
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/fixtures/stats"))
    });
    if named.is_none() && !folder.is_dir() {
        eprintln!("skipped: no reference statistics in {}", folder.display());
        return Ok(());
    }
    let mut outcome = Outcome::default();
    for name in coverages(&folder)? {
        let expected = read(&folder.join(format!("{name}{EXPECTED}")))?;
        let cases = expected["cases"].as_array().ok_or(format!("{name}: no list of cases"))?;
        let mut units = Units::new(read(&folder.join(format!("{name}.geojson")))?, cases)?;
        units.target = match folder.join(format!("{name}_target.geojson")) {
            target if target.is_file() => Some(read(&target)?),
            _ => None,
        };
        for case in cases.iter().filter(|case| case["adopt"] == Json::Bool(true)) {
            judge(&name, &units, case, &mut outcome);
        }
    }
    eprintln!("reference statistics: {} run, {} failed", outcome.run, outcome.failed.len());
    assert!(outcome.run > 0, "{} holds no case that is covered", folder.display());
    assert!(outcome.skipped.is_empty(), "skipped {:?}", outcome.skipped);
    assert!(outcome.failed.is_empty(), "{}", outcome.failed.join("\n"));
    Ok(())
}

/// The names of the coverages in a folder that have expected results, in order.
fn coverages(folder: &Path) -> Result<Vec<String>, String> {
    let faulty = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(faulty)? {
        let file = entry.map_err(faulty)?.file_name();
        names.extend(file.to_str().and_then(|file| file.strip_suffix(EXPECTED)).map(str::to_owned));
    }
    names.sort_unstable();
    Ok(names)
}

fn read(path: &Path) -> Result<Json, String> {
    let faulty = |error: &dyn Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| faulty(&error))?;
    serde_json::from_str(&text).map_err(|error| faulty(&error))
}

/// Runs a case, or counts it as skipped.
fn judge(coverage: &str, units: &Units, case: &Json, outcome: &mut Outcome) {
    let result = classification::judge(units, case)
        .or_else(|| weights::judge(units, case))
        .or_else(|| segregation::judge(units, case))
        .or_else(|| autocorrelation::judge(units, case))
        .or_else(|| inequality::judge(units, case))
        .or_else(|| areal::judge(units, case));
    let statistic = case["statistic"].as_str().unwrap_or("a case without a statistic");
    match result {
        None => *outcome.skipped.entry(statistic.to_owned()).or_default() += 1,
        Some(result) => {
            outcome.run += 1;
            if let Err(mut message) = result {
                let id = case["id"].as_str().unwrap_or(statistic);
                let end = message.char_indices().nth(600).map_or(message.len(), |(at, _)| at);
                message.truncate(end);
                outcome.failed.push(format!("{coverage} {id}: {message}"));
            }
        }
    }
}
