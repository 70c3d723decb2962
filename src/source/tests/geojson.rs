//! GeoJSON: what is read, what is told apart, what is refused.

use std::fmt::Write as _;

use crate::source::{ReadOptions, SourceError};

use super::{
    made::{file, folder, plain, values},
    read_plain, read_with,
};

const DEGREES: &str = "[[[5.0,52.0],[5.01,52.0],[5.01,52.01],[5.0,52.01],[5.0,52.0]]]";
const METRES: &str =
    "[[[155000,463000],[156000,463000],[156000,464000],[155000,464000],[155000,463000]]]";

fn feature(code: &str, ring: &str) -> String {
    format!(
        r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{ring}}},
            "properties":{{"buurtcode":"{code}","buurtnaam":"A","aantal_inwoners":5,"los":{{"a":1}}}}}}"#
    )
}

fn collection(members: &str, features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection",{members}"features":[{}]}}"#, features.join(","))
}

fn error(name: &str, text: &str) -> String {
    let folder = folder();
    read_plain(&file(&folder, name, text)).expect_err("must be refused").to_string()
}

#[test]
fn degrees_and_metres_are_told_apart_by_the_coordinates() {
    let folder = folder();
    for (ring, crs) in [
        (DEGREES, ""),
        (METRES, ""),
        (METRES, r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28992"}},"#),
        (DEGREES, r#""crs":{"properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#),
    ] {
        let text = collection(crs, &[feature("BU00140000", ring)]);
        let read = plain(&file(&folder, "buurten_2024.geojson", text));
        let first = read.tables[0].areas[0].shape.0[0].exterior().0[0];
        assert!((first.x - 155_000.0).abs() < 30_000.0, "{first:?} in RD");
        assert!((first.y - 463_000.0).abs() < 30_000.0, "{first:?} in RD");
        assert_eq!(read.notes[0].ignored_columns, ["los.a"]);
    }
}

#[test]
fn the_year_may_stand_before_or_after_the_features() {
    let folder = folder();
    let features = [feature("BU00140000", METRES)];
    let before = collection(r#""metadata":{"year":2018,"x":[1,{"y":2}]},"#, &features);
    let after = format!(
        r#"{{"type":"FeatureCollection","features":[{}],"metadata":{{"year":"2018"}}}}"#,
        features.join(",")
    );
    for text in [before, after] {
        let path = file(&folder, "a_1999.geojson", &text);
        assert_eq!(plain(&path).series[0].key.year.get(), 2018, "{text}");
    }
    let path = file(&folder, "a.geojson", collection("", &features));
    assert!(matches!(read_plain(&path), Err(SourceError::NoYear(_))));
    let options = ReadOptions { year: "2020".parse().ok(), ..ReadOptions::default() };
    assert_eq!(read_with(&path, &options).expect("reads").series[0].key.year.get(), 2020);
}

#[test]
fn a_code_column_that_is_not_there_is_said_with_what_is() {
    let ring = METRES;
    let nameless = feature("x", ring).replace("buurtcode", "stad");
    let text = error("amstelveen.geojson", &collection("", &[nameless.clone(), nameless]));
    for part in ["no code column", "stad", "2 shapes in RD New", "guessing", "--dialect"] {
        assert!(text.contains(part), "{text:?} does not say {part:?}");
    }
}

#[test]
fn coordinates_that_lie_nowhere_here() {
    for (ring, members, says) in [
        ("[[[52,5],[52.1,5],[52.1,5.1],[52,5]]]", "", "latitude before longitude"),
        (
            "[[[600000,5700000],[600001,5700000],[600001,5700001]]]",
            "",
            "neither degrees nor RD New",
        ),
        (DEGREES, r#""crs":{"properties":{"name":"EPSG:3857"}},"#, "EPSG:3857"),
        (METRES, r#""crs":{"properties":{"name":"EPSG:4326"}},"#, "neither degrees"),
        ("[[[5,52],[5.1,52]]]", "", "a ring of 2 corners"),
        ("[[[5],[5.1,52],[5,53]]]", "", "record 1"),
        ("[[[25,52],[25.1,52],[25,52.1]]]", "", "outside RD New"),
    ] {
        let text = error("b_2024.geojson", &collection(members, &[feature("BU00140000", ring)]));
        assert!(
            text.contains("b_2024.geojson") && text.contains(says),
            "{text:?}, wanted {says:?}"
        );
    }
    let point = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[5,52]},
                    "properties":{"buurtcode":"BU00140000","buurtnaam":"A"}}"#;
    let text = error("b_2024.geojson", &collection("", &[point.to_owned()]));
    assert!(text.contains("record 1") && text.contains("expected Polygon"), "{text}");
}

#[test]
fn text_that_is_no_geojson() {
    let good = feature("BU00140000", METRES);
    for (text, says) in [
        ("{", "no GeoJSON"),
        ("[]", "expected a FeatureCollection"),
        (r#"{"type":"Polygon","coordinates":[]}"#, "no member \"features\""),
        (r#"{"features":{}}"#, "expected a list of features"),
        (r#"{"features":[1]}"#, "record 1"),
        (&collection("", &[good.clone(), "{".into()]), "record 2"),
        (&collection("", &[good.replace("463000", "1e999")]), "record 1"),
        (&collection("", &[good.replace("463000", "NaN")]), "record 1"),
        (&format!("{} x", collection("", &[good])), "trailing characters"),
    ] {
        let said = error("c_2024.geojson", text);
        assert!(
            said.contains("c_2024.geojson") && said.contains(says),
            "{said:?}, wanted {says:?}"
        );
    }
}

/// geozero #299: brackets within brackets until the stack ends.
#[test]
fn nesting_without_end() {
    for (open, close) in
        [("[", "]"), (r#"{"a":"#, "}"), (r#"{"type":"GeometryCollection","geometries":["#, "]}")]
    {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        for text in [
            format!(r#"{{"features":[{{"type":"Feature","properties":{{"a":{deep}}}}}]}}"#),
            format!(r#"{{"features":[{{"geometry":{{"type":"Polygon","coordinates":{deep}}}}}]}}"#),
            format!(r#"{{"features":[{{"geometry":{deep}}}]}}"#),
            format!(r#"{{"features":[{deep}]}}"#),
            deep.clone(),
        ] {
            let said = error("deep.geojson", &text);
            assert!(said.contains("deep.geojson"), "{said:.200}");
        }
    }
}

#[test]
fn properties_without_end() {
    let mut features = Vec::new();
    for at in 0..50 {
        let mut properties = String::new();
        for name in 0..100 {
            write!(properties, "\"p{at}_{name}\":1,").expect("writes");
        }
        properties.push_str("\"z\":1");
        features
            .push(format!(r#"{{"type":"Feature","geometry":null,"properties":{{{properties}}}}}"#));
    }
    let said = error("many.geojson", &collection("", &features));
    assert!(said.contains("more than 4096 different properties"), "{said}");
}

#[test]
fn nested_properties_are_columns_with_a_point() {
    let folder = folder();
    let text = format!(
        r#"{{"features":[{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{DEGREES}}},
        "properties":{{"code":"BU01411000","naam":"B","gemeente":"Almelo","klasse":6,"afw":-0.0138,
        "raw":{{"kscore":6,"kafw":5,"afw":-0.0138228,"won":0.01,"fys":0.03,"vrz":0.04,"soc":-0.02,
        "onv":-0.07,"year":"2024"}}}}}}]}}"#
    );
    let read = plain(&file(&folder, "overijssel.geojson", text));
    assert_eq!(values(&read, "leefbaarheid")[0].1.number(), Some(-0.013_822_8));
    assert_eq!(read.tables[0].vintage.get(), 2024);
}
