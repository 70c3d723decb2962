//! Tables of JSON: objects a line, collections.

use super::*;

const NONE: &str = r#""buurtcode":null,"wijkcode":null,"gemeentecode":null"#;
const MEMBERS: &str =
    r#""buurtcode":"BU0363AA01","wijkcode":"WK0363AA","gemeentecode":"GM0363","fout":null"#;

#[test]
fn objects_a_line_keep_what_they_had() {
    let (output, counts) = located_by(
        TableForm::Ndjson,
        "{\"lon\": 4.8932 ,\"lat\":52.3731, \"n\":[1,{}]}\r\n\n{\"X\":\"121687\",\"Y\":487484}\n\
         {\"lon\":5}\n{\"lon\":5,\"lat\":1e300}\n[5,52]\n{\"lon\":5,\n{}\n{\"x\":1,\"lat\":5}\n\
         {\"lon\":5,\"lat\":52,\"fout\":1}\n{\"postcode\":\"1011AC\"}",
    );
    let lines: Vec<_> = output.lines().collect();
    let fault = |text: &str| format!("{NONE},\"fout\":{}}}", serde_json::Value::from(text));
    assert_eq!(
        lines,
        [
            format!("{{\"lon\": 4.8932 ,\"lat\":52.3731, \"n\":[1,{{}}],{MEMBERS}}}"),
            format!("{{\"X\":\"121687\",\"Y\":487484,{MEMBERS}}}"),
            format!("{{\"lon\":5,{}", fault("kolom lat: leeg, verwacht een getal")),
            format!(
                "{{\"lon\":5,\"lat\":1e300,{}",
                fault("kolom lat: 1e300 kan niet, verwacht -90 tot 90 graden")
            ),
            format!("{{{}", fault("is geen JSON-object")),
            format!("{{{}", fault("is geen JSON, bij teken 9")),
            format!("{{{}", fault("verwacht lon en lat of x en y of postcode")),
            format!(
                "{{\"x\":1,\"lat\":5,{}",
                fault("heeft lon,lat en x,y: zeg welk stelsel geldt (crs rd of wgs84)")
            ),
            format!("{{{}", fault("heeft al een fout, die erbij komt: hernoem of verwijder die")),
            "{\"postcode\":\"1011AC\",\"buurtcode\":\"BU0363AB01\",\"wijkcode\":\"WK0363AB\",\
             \"gemeentecode\":\"GM0363\",\"fout\":null}"
                .to_owned(),
        ]
    );
    assert_eq!(counts, LocateCounts { rows: 10, found: 3, ambiguous: 0, outside: 0, faulty: 7 });
}

#[test]
fn features_get_properties() {
    let point = |at: &str, rest: &str| {
        format!(
            "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{at}]}}{rest}}}"
        )
    };
    let dam = "4.8932,52.3731,2.5";
    let input = format!(
        "{{\"type\":\"FeatureCollection\", \"name\":\"a]}}\",\"features\" : [\n{},\n{} ,{}\n,{},{},7,{}],\"b\":[1]}}\n",
        point(dam, ",\"properties\":{\"a\":\"}\"},\"id\":1"),
        point(dam, ",\"properties\":null"),
        point(dam, ""),
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}",
        point("4.8", ",\"properties\":{ }"),
        "{\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]},\"properties\":{\"fout\":1}}",
    );
    let (output, counts) = located_by(TableForm::Geojson, &input);
    assert_eq!(counts, LocateCounts { rows: 7, found: 3, ambiguous: 0, outside: 0, faulty: 4 });
    let read: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    assert_eq!(read["b"], serde_json::json!([1]));
    let features = read["features"].as_array().expect("features");
    let faults: Vec<_> = features.iter().map(|f| f["properties"]["fout"].as_str()).collect();
    assert_eq!(
        faults,
        [
            None,
            None,
            None,
            Some("heeft geen geometrie"),
            Some("kolom lat: leeg, verwacht een getal"),
            Some("is geen JSON-object"),
            Some("heeft al een fout, die erbij komt: hernoem of verwijder die"),
        ]
    );
    assert_eq!(features[0]["properties"]["a"], "}");
    assert_eq!(features[0]["id"], 1);
    for feature in &features[..3] {
        assert_eq!(feature["properties"]["gemeentecode"], "GM0363", "{feature}");
        assert_eq!(feature["geometry"]["coordinates"], serde_json::json!([4.8932, 52.3731, 2.5]));
    }
}

#[test]
fn a_collection_can_say_its_system() {
    let collection = |crs: &str, at: &str| {
        format!(
            "{{{crs}\"features\":[{{\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{at}]}}}}]}}"
        )
    };
    let rd =
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::28992\"}},";
    let found = |input: String| located_by(TableForm::Geojson, &input).1.found;
    assert_eq!(found(collection(rd, "121687,487484")), 1);
    assert_eq!(found(collection("", "121687,487484")), 0);
    assert_eq!(found(collection("", "4.9,52.4")), 1);
}

#[test]
fn what_is_no_collection_or_not_all_of_one_is_refused() {
    let options = LocateOptions { form: TableForm::Geojson, ..LocateOptions::default() };
    for input in ["", "[]", "{}", "{\"features\":{}}", "{\"a\":1", "{\"type\":\"Feature\"}"] {
        assert!(error(input, &options).contains("FeatureCollection"), "{input}");
    }
    for input in ["{\"features\":[", "{\"features\":[\n{}", "{\"features\":[{},{\"a\":"] {
        assert!(error(input, &options).contains("ends within"), "{input}");
    }
}
