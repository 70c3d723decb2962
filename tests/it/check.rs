//! What `check` says of an atlas.

use std::{fs, path::Path};

use serde_json::Value;

use crate::harness::{demo, everything, run, scratch};

fn check(atlas: &Path) -> Value {
    let path = atlas.to_str().expect("UTF-8");
    let before = fs::read(atlas).expect("an atlas");
    let said = run(&["check", "--data", path, "--json"]).succeeded().stdout;
    assert!(before == fs::read(atlas).expect("an atlas"), "check changes nothing");
    serde_json::from_str(&said).expect("a report in JSON")
}

/// The findings of a kind: texts with division and count.
fn findings(report: &Value, kind: &str) -> Vec<(Option<u64>, u64, String)> {
    let all = report["bevindingen"].as_array().expect("a list");
    all.iter()
        .filter(|finding| finding["soort"] == kind)
        .map(|finding| {
            let text = finding["tekst"].as_str().unwrap_or_default().to_owned();
            (finding["indeling"].as_u64(), finding["aantal"].as_u64().unwrap_or_default(), text)
        })
        .collect()
}

fn series<'a>(report: &'a Value, indicator: &str, year: u64, level: &str) -> &'a Value {
    let all = report["reeksen"].as_array().expect("a list");
    all.iter()
        .find(|s| s["indicator"] == indicator && s["jaar"] == year && s["niveau"] == level)
        .expect("the series")
}

#[test]
fn the_fictional_country_is_whole() {
    let report = check(&demo());
    assert_eq!(report["fictief"], true);
    let found = report["bevindingen"].as_array().expect("a list");
    assert!(found.is_empty(), "{found:?}");
    let addresses = &report["adressen"];
    assert_eq!(addresses.as_array().map(Vec::len), Some(2));
    let (all, split) = (addresses[1]["postcodes"].as_u64(), addresses[1]["inMeerBuurten"].as_u64());
    assert!(split > Some(0) && split < all, "{addresses}");
}

#[test]
fn all_public_files_are_told_with_what_is_wrong() {
    let Some(atlas) = everything() else { return };
    let report = check(&atlas);
    assert_eq!(report["rdGrid"], true);
    let coverages = report["vlakken"].as_array().expect("a list");
    assert_eq!(coverages.len(), 12);
    let ermelo = coverages.iter().find(|c| c["indeling"] == 2021).expect("2021");
    assert_eq!((&ermelo["gemeenten"], &ermelo["water"]), (&1.into(), &1.into()));

    // 12,147 buurten have a score, in which nearly everybody lives.
    let scores = series(&report, "leefbaarheid", 2024, "buurten");
    assert_eq!((&scores["metWaarde"], &scores["gebieden"]), (&12_147.into(), &13_118.into()));
    let covered = scores["dekkingInwoners"].as_f64().expect("residents are known");
    assert!((99.0..100.0).contains(&covered), "{covered}");
    assert_eq!(scores["ontbrekend"]["geen_score"], 13_118 - 12_147);
    // The codes of SES-WOA are of 2016: its wijken are there, its buurten wait.
    let wijken = series(&report, "ses-woa", 2019, "wijken");
    assert_eq!((&wijken["indeling"], &wijken["indelingUitCodes"]), (&2016.into(), &true.into()));
    assert_eq!(
        (&wijken["zonderVlak"], &series(&report, "ses-woa", 2019, "buurten")["zonderVlak"]),
        (&0.into(), &479.into())
    );

    let sums = findings(&report, "optelling");
    let of = |year: u64, what: &str| {
        sums.iter().find(|f| f.0 == Some(year) && f.2.contains(what)).map(|f| f.1)
    };
    assert_eq!(of(2024, "than their buurten"), Some(10), "{sums:?}");
    assert_eq!(of(2022, "than their wijken"), Some(14), "{sums:?}");
    assert!(!sums.iter().any(|f| f.2.contains("five parts")), "{sums:?}");
    let waiting = findings(&report, "zonder-vlak");
    for (year, count, level) in
        [(2022, 4057, "pc4"), (2016, 390, "gemeenten"), (2024, 1456, "buurten")]
    {
        assert!(
            waiting.iter().any(|f| f.0 == Some(year) && f.1 == count && f.2.contains(level)),
            "{year} {level}: {waiting:?}"
        );
    }
    assert_eq!(findings(&report, "licentie").len(), 2, "two files state no licence");
    assert!(findings(&report, "waarden").is_empty());

    let text = run(&["check", "--data", atlas.to_str().expect("UTF-8")]).succeeded().stdout;
    for line in [
        "wijken 2016: 2981 areas",
        "(as its codes match)",
        "codes in the place of others",
        "findings:",
    ] {
        assert!(text.contains(line), "no {line:?}");
    }
}

#[test]
fn numbers_that_cannot_be_are_found() {
    let folder = scratch();
    let file = folder.path().join("kwb-2024.csv");
    fs::write(
        &file,
        "code,level,naam,inwoners,koopwoningen\nGM0014,gemeente,A,100,120\nGM0034,gemeente,B,-5,50\n\
         WK001401,wijk,C,60,10\nWK001402,wijk,D,60,10\n",
    )
    .expect("a temporary file");
    let atlas = folder.path().join("atlas.gpkg");
    run(&["import", "--data", atlas.to_str().expect("UTF-8"), file.to_str().expect("UTF-8")])
        .succeeded();
    let report = check(&atlas);
    let wrong = findings(&report, "waarden");
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong.iter().any(|f| f.2.contains("koopwoningen") && f.2.contains("from 0 to 100")));
    assert!(wrong.iter().any(|f| f.2.contains("inwoners") && f.2.contains("not below 0")));
    assert_eq!(findings(&report, "zonder-vlak").len(), 2, "gemeenten and wijken");
}
