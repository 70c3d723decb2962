//! What is refused, and where.

use proptest::prelude::*;

use super::*;

fn fault(text: &str) -> CqlError {
    match parse(text) {
        Err(error) => error,
        Ok(read) => unreachable!("{text:?} was read as {}", read.canonical()),
    }
}

#[test]
fn errors_tell_the_place() {
    for (text, at) in [
        ("", 1),
        ("   ", 4),
        ("foo = 1", 1),
        ("inwoners > 1 AND foo = 1", 18),
        ("naam = 'é' AND foo = 1", 16),
        ("inwoners >", 11),
        ("inwoners > 1 naam", 14),
        ("inwoners > 'a'", 12),
        ("inwoners > naam", 12),
        ("inwoners > geom", 12),
        ("geom = 1", 6),
        ("inwoners LIKE 'a'", 1),
        ("naam LIKE code", 11),
        ("naam BETWEEN 1 AND 2", 1),
        ("inwoners BETWEEN 1 OR 2", 20),
        ("inwoners IN ()", 14),
        ("inwoners IN (1, 'a')", 17),
        ("inwoners IN 1", 13),
        ("inwoners NOT = 1", 14),
        ("inwoners IS 1", 13),
        ("inwoners IS NOT 1", 17),
        ("CASEI(inwoners) = 'a'", 7),
        ("(inwoners > 1", 14),
        ("inwoners > 1)", 13),
        ("naam = 'abc", 8),
        ("\"naam = 1", 1),
        ("inwoners > 1e400", 12),
        ("inwoners > 12abc", 12),
        ("inwoners > 1e", 12),
        ("inwoners > NaN", 12),
        ("inwoners > inf", 12),
        ("inwoners > 0x10", 12),
        ("inwoners > -inwoners", 12),
        ("inwoners != 1", 10),
        ("aandeel-65 > 1", 1),
        ("inwoners-65 > 1", 9),
        ("in = 'a'", 1),
        ("date = 'a'", 1),
        ("naam = \"date\" AND date = 'a'", 19),
        ("naam = AND", 8),
        ("naam = 'a\0'", 10),
        ("naam\0= 'a'", 5),
        ("naam = foo @", 8),
        ("inwoners IS NULL IS NULL", 18),
        ("POINT(1 1)", 11),
        ("S_INTERSECTS(geom POINT(1 1))", 19),
        ("S_INTERSECTS(geom, naam)", 20),
        ("S_INTERSECTS(inwoners, geom)", 14),
        ("S_INTERSECTS(geom, POINT(1))", 27),
        ("S_INTERSECTS(geom, POINT(1 2 3 4))", 32),
        ("S_INTERSECTS(geom, POINT(1 1e10))", 28),
        ("S_INTERSECTS(geom, POINT EMPTY)", 26),
        ("S_INTERSECTS(geom, BBOX(1,2,3))", 24),
        ("S_INTERSECTS(geom, BBOX(1,2,3,4,5))", 24),
        ("S_INTERSECTS(geom, BBOX(2,0,1,1))", 24),
        ("S_INTERSECTS(geom, BBOX(0,2,1,1))", 24),
        ("S_INTERSECTS(geom, BBOX(0,0,naam,1))", 29),
        ("S_INTERSECTS(geom, GEOMETRYCOLLECTION(BBOX(0,0,1,1)))", 39),
        ("S_INTERSECTS(geom, LINESTRING(1 1))", 30),
        ("S_INTERSECTS(geom, LINESTRING(1 1, 1 1))", 30),
        ("S_INTERSECTS(geom, POLYGON((0 0,1 0,1 1,0 1)))", 28),
        ("S_INTERSECTS(geom, POLYGON((0 0,1 0,0 0)))", 28),
        ("S_INTERSECTS(geom, POLYGON((0 0,1 1,2 2,0 0)))", 27),
        ("S_INTERSECTS(geom, POLYGON((0 0,2 2,2 0,0 2,0 0)))", 27),
        ("S_INTERSECTS(geom, POLYGON((0 0,4 0,4 4,2 4,2 6,2 4,0 4,0 0)))", 27),
        (
            "S_INTERSECTS(geom, POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1),(8 8,12 8,8 9,8 8)))",
            27,
        ),
        ("S_INTERSECTS(geom, POLYGON((0 0,9 0,9 9,0 9,0 0),(20 20,30 20,20 30,20 20)))", 27),
        (
            "S_INTERSECTS(geom, POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(3 3,5 3,5 5,3 3)))",
            27,
        ),
        ("S_WITHIN(POINT(1 1), BBOX(0,0,2,2))", 22),
        ("GEOM IS NULL", 1),
    ] {
        let error = fault(text);
        assert_eq!(error.at(), Some(at), "{text}: {error}");
        assert!(error.to_string().starts_with(&format!("op teken {at}: ")), "{error}");
    }
}

#[test]
fn errors_tell_what_is_allowed() {
    for (text, message) in [
        (
            "inwoners > 1 AND foo = 1",
            "op teken 18: \"foo\" is geen eigenschap; toegestaan: code, naam, inwoners, \
             eo:cloud_cover, stedelijk, water, geom, dag, moment, in, aandeel 65+ \"oud\", date",
        ),
        ("inwoners > 'a'", "op teken 12: \"'a'\" is een tekst; verwacht: een getal"),
        (
            "inwoners BETWEEN 1",
            "op teken 19: het einde van het filter hoort hier niet; verwacht: AND",
        ),
        (
            "in = 'a'",
            "op teken 1: \"in\" is een sleutelwoord; zet de naam van de eigenschap tussen dubbele \
             aanhalingstekens",
        ),
        ("naam = 'x", "op teken 8: het aanhalingsteken ' wordt nergens gesloten"),
        (
            "S_INTERSECTS(geom,BBOX(6,52,4,53))",
            "op teken 23: de eerste rand van een BBOX ligt voorbij de derde",
        ),
    ] {
        assert_eq!(fault(text).to_string(), message);
    }
}

#[test]
fn echoes_are_short_and_safe() {
    let long = "x".repeat(500);
    for text in [&*long, &format!("\"{long}\" = 1"), &format!("inwoners = '{long}'")] {
        let message = fault(text).to_string();
        let told = message.split('"').nth(1).expect("an echo");
        assert_eq!(told.chars().count(), 60, "{message}");
    }
    assert!(!fault("\"a\nb\u{85}\" = 1").to_string().contains(char::is_control));
    let none = Filter::parse("a = 1", &[], Longitude::None).expect_err("no properties").to_string();
    assert!(none.ends_with("toegestaan: geen"), "{none}");
}

const PIECES: [&str; 48] = [
    "inwoners",
    "naam",
    "stedelijk",
    "geom",
    "\"in\"",
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    "(",
    ")",
    ",",
    "=",
    "<>",
    "<",
    ">=",
    "LIKE",
    "BETWEEN",
    "IN",
    "IS",
    "NULL",
    "TRUE",
    "'a%'",
    "'",
    "\"",
    "\\",
    "1",
    "-2.5",
    "1e999",
    "CASEI(",
    "S_INTERSECTS(",
    "S_WITHIN(",
    "BBOX(",
    "POINT(",
    "POLYGON((",
    "MULTIPOLYGON(((",
    "GEOMETRYCOLLECTION(",
    "0 0,1 0,1 1,0 0",
    "0 0,2 2,2 0,0 2,0 0",
    "))",
    ")))",
    "DATE('2024-01-01')",
    "TIMESTAMP('",
    "é",
    "\0",
    "\u{10FFFF}",
    "Z",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_it_fail(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn no_row_of_tokens_makes_it_fail(pieces in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let text = pieces.iter().map(|i| PIECES[*i]).collect::<Vec<_>>().join(" ");
        let row = Area::new(vec![], None);
        match parse(&text) {
            Ok(read) => {
                read.holds(&row);
                prop_assert_eq!(parse(&read.canonical()), Ok(read));
            }
            Err(error) => {
                let at = error.at().unwrap_or(1);
                prop_assert!((1..=text.chars().count() + 1).contains(&at), "{} {}", error, text);
                prop_assert!(error.to_string().chars().count() < 400);
            }
        }
    }

    #[test]
    fn no_part_of_a_text_makes_it_fail(from in 0_usize..200, to in 0_usize..200) {
        let text = "NOT (naam LIKE 'a\\'b%' OR \"in\" IN ('é', CASEI('Ü'))) AND S_WITHIN(geom, \
            GEOMETRYCOLLECTION(POINT(1 2), POLYGON((0 0,1 0,1 1,0 0)))) AND dag > DATE('2024-01-01')";
        let part: String = text.chars().skip(from).take(to).collect();
        let _ = parse(&part);
    }
}
