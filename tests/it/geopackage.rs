//! The atlas is a GeoPackage like any other: what others make of it.

use std::path::Path;

use crate::harness::{country, demo, ogrinfo, python};

const VALIDITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/validity.py");

fn gdal_has_no_complaint(atlas: &Path, expected: &[&str]) {
    let path = atlas.to_str().expect("UTF-8");
    let Some(seen) = ogrinfo(&["-ro", "-al", "-so", path]) else { return };
    assert_eq!(seen.code, Some(0), "{}", seen.stderr);
    assert_eq!(seen.stderr, "");
    for line in seen.stdout.lines() {
        assert!(!line.contains("Warning") && !line.contains("ERROR"), "{line}");
    }
    for text in expected {
        assert!(seen.stdout.contains(text), "no {text:?} in:\n{}", seen.stdout);
    }
}

fn geos_finds_every_shape_valid_and_fitting(atlas: &Path) {
    let path = atlas.to_str().expect("UTF-8");
    let Some(seen) = python(&[VALIDITY, path]) else { return };
    assert_eq!(seen.code, Some(0), "{}\n{}", seen.stdout, seen.stderr);
    assert!(seen.stdout.contains(" 0 invalid, 0 unfit"), "{}", seen.stdout);
    assert!(!seen.stdout.contains(" 0 shapes"), "{}", seen.stdout);
}

#[test]
fn gdal_opens_it_without_a_warning() {
    gdal_has_no_complaint(&demo(), &["Geometry: Multi Polygon", "Amersfoort / RD New"]);
    if let Some(atlas) = country() {
        gdal_has_no_complaint(&atlas, &["buurten_2024", "Feature Count: 13179"]);
    }
}

#[test]
fn every_shape_is_valid_to_geos() {
    geos_finds_every_shape_valid_and_fitting(&demo());
    if let Some(atlas) = country() {
        geos_finds_every_shape_valid_and_fitting(&atlas);
    }
}
