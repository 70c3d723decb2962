//! Expressions as the standard and its abstract test suite have them.

use super::*;

/// The properties that the examples name.
const EXAMPLE: [Property<'static>; 27] = {
    const fn of(name: &'static str, kind: Kind) -> Property<'static> {
        Property { name, kind }
    }
    [
        of("city", Kind::Text),
        of("cityName", Kind::Text),
        of("name", Kind::Text),
        of("NAME", Kind::Text),
        of("nameascii", Kind::Text),
        of("road_class", Kind::Text),
        of("owner", Kind::Text),
        of("eo:instrument", Kind::Text),
        of("floors", Kind::Number),
        of("taxes", Kind::Number),
        of("depth", Kind::Number),
        of("category", Kind::Number),
        of("pop_other", Kind::Number),
        of("pop_min", Kind::Number),
        of("pop_max", Kind::Number),
        of("POP_EST", Kind::Number),
        of("eo:cloud_cover", Kind::Number),
        of("value", Kind::Number),
        of("swimming_pool", Kind::Boolean),
        of("boolean", Kind::Boolean),
        of("material", Kind::Text),
        of("geometry", Kind::Geometry),
        of("geom", Kind::Geometry),
        of("updated", Kind::Date),
        of("date", Kind::Date),
        of("start", Kind::Timestamp),
        of("end", Kind::Timestamp),
    ]
};

#[test]
fn examples_are_read() {
    for text in [
        "city='Toronto'",
        "updated >= date('1970-01-01')",
        "geometry IS NOT NULL",
        "geometry is null",
        "name LIKE 'Smith%'",
        "depth BETWEEN 100.0 and 150.0",
        "depth NOT BETWEEN 100.0 AND 150.0",
        "cityName IN ('Toronto','Frankfurt','Tokyo','New York')",
        "category NOT IN (1,2,3,4)",
        "CASEI(road_class) IN (CASEI('Οδος'),CASEI('Straße'))",
        "S_INTERSECTS(geometry,POINT(36.319836 32.288087))",
        "S_INTERSECTS(geometry,POINT(379213.87 3610774.16))",
        "S_INTERSECTS(geom, BBOX(-180,-90,180,90))",
        "S_INTERSECTS(geom,BBOX(-180,-90,-90,90)) AND S_INTERSECTS(geom,BBOX(90,-90,180,90))",
        "S_INTERSECTS(geom,MULTIPOINT(7.02 49.92, 90 80))",
        "S_INTERSECTS(geom,LINESTRING(-180 -45, 0 -45))",
        "S_INTERSECTS(geom,MULTILINESTRING((-180 -45, 0 -45), (0 45, 180 45)))",
        "S_INTERSECTS(geom,POLYGON((-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, -100 \
         -50, -100 -40, -120 -40, -120 -50)))",
        "S_INTERSECTS(geom,MULTIPOLYGON(((-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, \
         -100 -50, -100 -40, -120 -40, -120 -50)),((0 0, 10 0, 10 10, 0 10, 0 0))))",
        "S_INTERSECTS(geom,GEOMETRYCOLLECTION(POINT(7.02 49.92), POLYGON((0 0, 10 0, 10 10, 0 10, \
         0 0))))",
        "S_INTERSECTS(POINT(7.02 49.92),geom)",
        "S_WITHIN(BBOX(7,50,8,51),geom)",
        "S_WITHIN(LINESTRING(7 50,8 51),geom)",
        "S_DISJOINT(LINESTRING(0 40,10 50),geom)",
        "S_INTERSECTS(geometry,POLYGON((43.5845 -79.5442, 43.6079 -79.4893, 43.5677 -79.4632, \
         43.6129 -79.3925, 43.6223 -79.3238, 43.6576 -79.3163, 43.7945 -79.1178, 43.8144 -79.1542, \
         43.8555 -79.1714, 43.7509 -79.6390, 43.5845 -79.5442)))",
        "NAME>='Luxembourg'",
        "POP_EST<>37589262",
        "name<'København'",
        "\"date\"=DATE('2022-04-16')",
        "\"date\" in (DATE('2021-04-16'),DATE('2022-04-16'),DATE('2022-04-18'))",
        "start<=TIMESTAMP('2022-04-16T10:13:19Z')",
        "start<end",
        "boolean=true",
        "boolean not in (false)",
        "true",
        "false",
        "name=nameascii",
        "1038288>=pop_other",
        "pop_other between pop_min and pop_max",
        "'København' LIKE 'K_benhavn'",
        "CASEI(name) LIKE casei('B_r%')",
        "CASEI(name) IN (casei('Kiev'), casei('kobenhavn'), casei('Berlin'))",
        "TIMESTAMP('2022-04-14T14:48:46Z') = TIMESTAMP('2022-04-14T14:48:46Z')",
        "eo:cloud_cover BETWEEN 0.1 AND 0.2 AND eo:instrument LIKE 'OLI%'",
        "swimming_pool=true AND (floors>5 OR material LIKE 'brick%' OR material LIKE '%brick%')",
        "floors>5 AND swimming_pool = TRUE",
        "(floors>5 AND material='brick') OR swimming_pool=true",
        "NOT (floors<5) OR swimming_pool=true",
        "owner LIKE '%Mike%' or owner NOT LIKE '%Mike%'",
        "value=8 AND value<>+8.1E-1 and value > .5 and value < 5.",
        "(NOT (pop_other=1) AND boolean) OR (name='a' and true) or not (boolean OR floors IS NULL)",
    ] {
        let read = Filter::parse(text, &EXAMPLE, Longitude::First);
        let read = read.unwrap_or_else(|error| unreachable!("{text}: {error}"));
        assert_eq!(
            Filter::parse(&read.canonical(), &EXAMPLE, Longitude::First).as_ref(),
            Ok(&read),
            "{text}"
        );
    }
}

#[test]
fn functions_of_other_classes_are_refused_by_name() {
    for (text, name) in [
        ("avg(floors) < 4", "avg"),
        ("S_TOUCHES(geom, POINT(1 1))", "S_TOUCHES"),
        ("ACCENTI(name) = ACCENTI('débárquér')", "ACCENTI"),
        ("T_AFTER(start, end)", "T_AFTER"),
        ("name = upper('a')", "upper"),
    ] {
        let error = Filter::parse(text, &EXAMPLE, Longitude::First).expect_err(text);
        let CqlError::UnknownFunction { found, allowed, .. } = error else {
            unreachable!("{text}: {error}");
        };
        assert_eq!(found, name);
        assert!(allowed.contains(&"S_WITHIN".to_owned()));
    }
    assert!(Filter::parse("floors - 1 > 0", &EXAMPLE, Longitude::First).is_err());
    assert!(Filter::parse("floors-1 > 0", &EXAMPLE, Longitude::First).is_err());
    assert!(Filter::parse("floors * 2 > 0", &EXAMPLE, Longitude::First).is_err());
}

#[test]
fn values_compare_with_themselves() {
    let row = Area::new(vec![], None);
    for value in
        ["'foo'", "true", "3.14", "1", "TIMESTAMP('2022-04-14T14:48:46Z')", "DATE('2022-04-14')"]
    {
        for (operator, holds) in
            [("=", true), ("<>", false), (">", false), ("<", false), (">=", true), ("<=", true)]
        {
            assert_eq!(truth(&format!("{value} {operator} {value}"), &row), Some(holds));
        }
        assert_eq!(truth(&format!("{value} IS NULL"), &row), Some(false));
    }
}

#[test]
fn escapes_are_recovered() {
    for (literal, text) in [
        (r"'Via dell''Avvento'", "Via dell'Avvento"),
        (r"'Via dell\'Avvento'", "Via dell'Avvento"),
        (r"'\a\b\t\n\v\f\r'", "\u{7}\u{8}\t\n\u{B}\u{C}\r"),
        (r"'a\\'", "a\\"),
        (r"'\q\%'", r"\q\%"),
        ("'tab\there'", "tab\there"),
        ("''", ""),
    ] {
        let row = Area::with("naam", Value::Text(text));
        assert!(filter(&format!("naam = {literal}")).holds(&row), "{literal}");
        canonical(&format!("naam = {literal}"));
    }
}

#[test]
fn case_is_that_of_full_folding() {
    for (one, two, equal) in [
        ("Straße", "STRASSE", true),
        ("STRAẞE", "strasse", true),
        ("ΟΔΟΣ", "οδος", true),
        ("ΟΔΟΣ", "οδοσ", true),
        ("KØBENHAVN", "københavn", true),
        ("\u{212A}", "k", true),
        ("ŉ", "ʼN", true),
        ("ı", "i", false),
        ("İ", "i\u{307}", true),
        ("e", "é", false),
    ] {
        let row = Area::with("naam", Value::Text(one));
        assert_eq!(
            truth(&format!("CASEI(naam) = CASEI('{two}')"), &row),
            Some(equal),
            "{one} {two}"
        );
        assert_eq!(truth(&format!("CASEI(naam) LIKE CASEI('%{two}%')"), &row), Some(equal));
        assert_eq!(
            truth(&format!("CASEI(naam) IN (CASEI('x'), CASEI('{two}'))"), &row),
            Some(equal)
        );
    }
    assert_eq!(canonical("casei(CaseI(naam))=casei('ABC')"), "CASEI(naam)='abc'");
}

#[test]
fn instants_are_in_the_order_of_time() {
    let row = Area::with("moment", Value::Text("2024-02-29T12:00:00.50Z"));
    for (other, smaller) in [
        ("2024-02-29T12:00:00Z", false),
        ("2024-02-29T12:00:00.5Z", false),
        ("2024-02-29T12:00:00.6Z", true),
        ("2024-02-29T12:00:01Z", true),
    ] {
        assert_eq!(
            truth(&format!("moment < TIMESTAMP('{other}')"), &row),
            Some(smaller),
            "{other}"
        );
    }
    assert_eq!(truth("moment = TIMESTAMP('2024-02-29T12:00:00.500Z')", &row), Some(true));
    assert!(
        filter("dag > DATE('2024-01-31')").holds(&Area::with("dag", Value::Text("2024-02-01")))
    );
    for wrong in [
        "DATE('2023-02-29')",
        "DATE('2024-13-01')",
        "DATE('2024-1-01')",
        "DATE('')",
        "TIMESTAMP('2024-01-01')",
        "TIMESTAMP('2024-01-01T24:00:00Z')",
        "TIMESTAMP('2024-01-01T00:00:00')",
        "TIMESTAMP('2024-01-01T00:00:00.Z')",
        "TIMESTAMP('2024-01-01T00:00:00:00Z')",
    ] {
        let error = parse(&format!("dag = {wrong}")).expect_err(wrong);
        assert!(matches!(error, CqlError::Instant { .. }), "{wrong}: {error}");
    }
}
