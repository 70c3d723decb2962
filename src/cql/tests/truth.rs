//! Precedence and three-valued logic.

use super::*;

const TRUTHS: [(&str, Option<bool>); 3] =
    [("TRUE", Some(true)), ("FALSE", Some(false)), ("stedelijk", None)];

#[test]
fn the_truth_table_is_that_of_the_standard() {
    let row = Area::new(vec![], None);
    for (one, a) in TRUTHS {
        assert_eq!(truth(&format!("NOT {one}"), &row), a.map(|a| !a));
        for (two, b) in TRUTHS {
            let and = match (a, b) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
            let or = match (a, b) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
            assert_eq!(truth(&format!("{one} AND {two}"), &row), and, "{one} AND {two}");
            assert_eq!(truth(&format!("{one} OR {two}"), &row), or, "{one} OR {two}");
        }
    }
}

#[test]
fn not_binds_before_and_before_or() {
    let row = Area::new(vec![], None);
    for bits in 0..8 {
        let [a, b, c] = [1, 2, 4].map(|bit| bits & bit != 0);
        let [x, y, z] = [a, b, c].map(|bit| if bit { "TRUE" } else { "FALSE" });
        for (text, holds) in [
            (format!("{x} OR {y} AND {z}"), a || b && c),
            (format!("{x} AND {y} OR {z}"), a && b || c),
            (format!("({x} OR {y}) AND {z}"), (a || b) && c),
            (format!("NOT {x} AND {y}"), !a && b),
            (format!("NOT {x} OR {y}"), !a || b),
            (format!("NOT ({x} AND {y}) OR NOT NOT {z}"), !(a && b) || c),
        ] {
            assert_eq!(truth(&text, &row), Some(holds), "{text}");
        }
    }
}

#[test]
fn what_is_missing_equals_nothing() {
    let row = Area::new(vec![], None);
    for text in [
        "inwoners > 3",
        "inwoners = 0",
        "inwoners <= 0",
        "inwoners <> 0",
        "inwoners = inwoners",
        "naam = ''",
        "naam LIKE '%'",
        "naam NOT LIKE 'a'",
        "CASEI(naam) = 'a'",
        "inwoners BETWEEN -1 AND 1",
        "inwoners NOT BETWEEN 1 AND 2",
        "inwoners IN (0)",
        "inwoners NOT IN (0)",
        "5 IN (inwoners, 4)",
        "stedelijk",
        "stedelijk = FALSE",
        "S_INTERSECTS(geom, BBOX(0,0,1,1))",
        "S_DISJOINT(geom, BBOX(0,0,1,1))",
        "S_WITHIN(geom, BBOX(0,0,1,1))",
        "S_WITHIN(BBOX(0,0,1,1), geom)",
        "S_INTERSECTS(geom, geom)",
    ] {
        assert_eq!(truth(text, &row), None, "{text}");
    }
    for text in ["inwoners IS NULL", "geom IS NULL", "stedelijk is null", "inwoners = 1 IS NULL"] {
        assert_eq!(truth(text, &row), Some(true), "{text}");
    }
    assert_eq!(truth("5 IN (inwoners, 5)", &row), Some(true));
    assert_eq!(truth("5 BETWEEN 6 AND inwoners", &row), Some(false));
    assert_eq!(truth("5 BETWEEN inwoners AND 6", &row), None);
    let odd = Area::with("inwoners", Value::Number(f64::NAN));
    assert_eq!(truth("inwoners = 1", &odd), None);
    assert_eq!(truth("inwoners IS NULL", &odd), Some(true));
    // A value of another kind than was promised.
    let odd = Area::with("inwoners", Value::Text("1"));
    assert_eq!(truth("inwoners = 1", &odd), None);
}

#[test]
fn values_that_are_there_compare() {
    let row = Area::with("inwoners", Value::Number(0.0));
    assert_eq!(truth("inwoners = -0", &row), Some(true));
    assert_eq!(truth("inwoners IN (1, -0.0)", &row), Some(true));
    assert_eq!(truth("inwoners IS NOT NULL", &row), Some(true));
    let row = Area::with("water", Value::Boolean(false));
    assert_eq!(truth("water", &row), Some(false));
    assert_eq!(truth("water < TRUE", &row), Some(true));
    assert_eq!(truth("water IN (FALSE)", &row), Some(true));
    let row = Area::with("in", Value::Text("é"));
    assert_eq!(truth("\"in\" > 'z'", &row), Some(true));
    let row = Area::with("aandeel 65+ \"oud\"", Value::Number(1e300));
    assert_eq!(truth("\"aandeel 65+ \"\"oud\"\"\" = 1E300", &row), Some(true));
    for i in 0..50 {
        let row = Area::with("inwoners", Value::Number(f64::from(i)));
        assert_eq!(truth("inwoners IN (40, 8, 21, 8, 3)", &row), Some([40, 8, 21, 3].contains(&i)));
    }
}

#[test]
fn what_means_the_same_has_one_text() {
    for (texts, one) in [
        (&["inwoners>3", " ( inwoners  >\n3.0 ) ", "((inwoners > +3e0))"][..], "inwoners>3"),
        (&["NOT NOT stedelijk", "stedelijk", "(\"stedelijk\")"], "stedelijk"),
        (
            &["naam NOT LIKE 'a%%'", "not naam like 'a%'", "NOT (naam LIKE 'a%')"],
            "naam NOT LIKE 'a%'",
        ),
        (&["code IN ('b','a','b')", "code in('a', 'b')"], "code IN ('a','b')"),
        (
            &["S_DISJOINT(POINT(1 2), geom)", "NOT s_intersects(geom,Point z (1 2 3))"],
            "S_DISJOINT(geom,POINT(1 2))",
        ),
        (
            &["water AND (stedelijk AND TRUE)", "(water and stedelijk) and true"],
            "water AND stedelijk AND TRUE",
        ),
        (
            &["water OR stedelijk AND TRUE", "water or (stedelijk and (true))"],
            "water OR stedelijk AND TRUE",
        ),
        (&["(water OR stedelijk) AND TRUE"], "(water OR stedelijk) AND TRUE"),
        (&["NOT (water OR stedelijk)"], "NOT (water OR stedelijk)"),
        (
            &["S_WITHIN(geom, bbox(0,1,9,2,3,9)) AND water"],
            "water AND S_WITHIN(geom,BBOX(0,1,2,3))",
        ),
        (&["(water) IS NULL", "water is null"], "water IS NULL"),
        (&["(inwoners IS NULL) IS NOT NULL"], "(inwoners IS NULL) IS NOT NULL"),
        (&["(naam not in ('a')) is null"], "naam NOT IN ('a') IS NULL"),
        (&["inwoners = 100000000000000000000000"], "inwoners=1E23"),
        (
            &["S_INTERSECTS(geom,MULTIPOINT(1 2,(3 4)))"],
            "S_INTERSECTS(geom,MULTIPOINT((1 2),(3 4)))",
        ),
        (&["S_INTERSECTS(BBOX(0,0,2,2),POINT(1 1))"], "TRUE"),
    ] {
        for text in texts {
            assert_eq!(canonical(text), one, "{text}");
        }
    }
}
