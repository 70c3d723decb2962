//! Location against GEOS: the same buurt for every point that does not lie on a border.

use std::{fs, path::Path};

use crate::harness::{country, demo, input, python, run_with, scratch};

const ORACLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/location.py");

/// Half of the points lie anywhere in the extent, half within metres of a border.
fn agrees_with_geos(atlas: &Path, points: usize) {
    let folder = scratch();
    let atlas = atlas.to_str().expect("UTF-8");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (given, located) = (path("points.csv"), path("located.csv"));
    let count = points.to_string();
    let Some(made) = python(&[ORACLE, "points", atlas, &count, &given]) else {
        return;
    };
    made.succeeded();

    let csv = fs::read(&given).expect("points");
    let found =
        run_with(&["locate", "--data", atlas, "--crs", "rd"], input(folder.path(), "in.csv", &csv))
            .succeeded();
    assert_eq!(found.stdout.lines().count(), points + 1);
    fs::write(&located, found.stdout).expect("a temporary file");

    let Some(compared) = python(&[ORACLE, "compare", atlas, &located]) else {
        return;
    };
    println!("{}", compared.stdout);
    let compared = compared.succeeded();
    assert!(compared.stdout.contains(&format!("{points} points")), "{}", compared.stdout);
    assert!(compared.stdout.contains(" 0 wrong"), "{}", compared.stdout);
}

#[test]
fn fifty_thousand_points_in_the_demo() {
    agrees_with_geos(&demo(), 50_000);
}

#[test]
fn a_million_points_in_the_country() {
    if let Some(atlas) = country() {
        agrees_with_geos(&atlas, 1_000_000);
    }
}
