//! Every limit holds, and what is just within it is read.

use super::*;
use crate::cql::{MOST_BYTES, MOST_COORDINATES, MOST_ITEMS, MOST_LEVELS, MOST_PREDICATES};

#[test]
fn length() {
    let text = format!("{:MOST_BYTES$}", "TRUE");
    assert!(parse(&text).is_ok());
    assert_eq!(parse(&format!("{text} ")), Err(CqlError::TooLong { length: MOST_BYTES + 1 }));
}

#[test]
fn nesting() {
    let collection = |depth: usize| {
        let (open, close) = ("GEOMETRYCOLLECTION(".repeat(depth), ")".repeat(depth));
        format!("S_INTERSECTS(geom,{open}POINT(1 1){close})")
    };
    let forms: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("NOT", &|depth| format!("{}TRUE", "NOT ".repeat(depth))),
        ("parentheses", &|depth| format!("{}TRUE{}", "(".repeat(depth), ")".repeat(depth))),
        ("CASEI", &|depth| format!("{}naam{}='a'", "CASEI(".repeat(depth), ")".repeat(depth))),
        ("patterns", &|depth| {
            format!("naam LIKE {}'a'{}", "CASEI(".repeat(depth), ")".repeat(depth))
        }),
        ("collections", &collection),
    ];
    for (name, form) in forms {
        assert!(parse(&form(MOST_LEVELS)).is_ok(), "{name}");
        let error = parse(&form(MOST_LEVELS + 1)).expect_err(name);
        assert!(matches!(error, CqlError::TooDeep { .. }), "{name}: {error}");
        assert!(parse(&form(400)).is_err(), "{name}");
    }
    // Side by side is not deep.
    assert!(parse(&vec!["(TRUE)"; 100].join(" AND ")).is_ok());
    // The canonical text goes no deeper than the text.
    let mut text = "naam NOT IN ('a') IS NOT NULL".to_owned();
    for _ in 0..MOST_LEVELS / 2 {
        text = format!("NOT ({text} OR water) IS NOT NULL");
    }
    canonical(&text);
}

#[test]
fn predicates() {
    let text = |count: usize| vec!["water"; count].join(" OR ");
    assert!(parse(&text(MOST_PREDICATES)).is_ok());
    let error = parse(&text(MOST_PREDICATES + 1)).expect_err("too many");
    assert_eq!(error, CqlError::TooManyPredicates { at: MOST_PREDICATES * 9 + 1 });
}

#[test]
fn items() {
    let text = |count: usize| format!("inwoners IN ({})", vec!["1"; count].join(","));
    assert!(parse(&text(MOST_ITEMS)).is_ok());
    let error = parse(&text(MOST_ITEMS + 1)).expect_err("too many");
    assert_eq!(error, CqlError::TooManyItems { at: 14 + 2 * MOST_ITEMS });
}

#[test]
fn coordinates() {
    let text = |count: usize| vec!["S_INTERSECTS(geom,BBOX(0,0,1,1))"; count].join(" OR ");
    assert!(parse(&text(MOST_COORDINATES / 65)).is_ok());
    let error = parse(&text(MOST_COORDINATES / 65 + 1)).expect_err("too many");
    assert!(matches!(error, CqlError::TooManyCoordinates { .. }), "{error}");
}

#[test]
fn what_is_large_is_still_quick() {
    // Each of these compares segments with each other; a limit of seconds catches what is cubic.
    let started = std::time::Instant::now();
    let comb: Vec<_> =
        (0..700).map(|i| format!("{} {}", i, if i % 2 == 0 { 1 } else { 9 })).collect();
    let comb = format!("POLYGON((0 0,{},699 0,0 0))", comb.join(","));
    assert!(parse(&format!("S_WITHIN(geom,{comb})")).is_ok());
    let holes: Vec<_> = (0..200).map(|i| format!("({i} 1,{i}.5 1,{i} 2,{i} 1)")).collect();
    let holes = format!("POLYGON((-1 0,999 0,999 9,-1 9,-1 0),{})", holes.join(","));
    assert!(parse(&format!("S_WITHIN(geom,{holes})")).is_ok());
    let points: Vec<_> = (0..1200).map(|i| format!("{i} 0")).collect();
    assert!(parse(&format!("S_WITHIN(geom,MULTIPOINT({}))", points.join(","))).is_ok());
    assert!(started.elapsed().as_secs() < 5);
}
