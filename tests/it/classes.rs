//! Every way to make classes, in every form of a layer.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{Answer, Server, each};

const COMPUTED: [&str; 4] =
    ["kwantielen", "gelijke-intervallen", "natuurlijke-grenzen", "standaarddeviatie"];
const LAYER: &str = "indicator=leefbaarheid&niveau=buurten";

fn legend(server: &Server, query: &str) -> Value {
    server.get(&format!("/v1/legenda?{LAYER}&{query}")).ok()
}

/// The upper bounds of all classes but the highest, ascending.
fn bounds(legend: &Value) -> Vec<f64> {
    each(&legend["klassen"], "tot").into_iter().rev().filter_map(Value::as_f64).collect()
}

/// The values that classes are made from.
fn values(server: &Server, year: &Value) -> Vec<f64> {
    let layer =
        server.get(&format!("/v1/lagen/buurten.geojson?indicator=leefbaarheid&jaar={year}")).ok();
    let properties = each(&layer["features"], "properties");
    let counts = |area: &&&Value| area["vlaggen"].as_array().is_some_and(Vec::is_empty);
    properties.iter().filter(counts).filter_map(|area| area["waarde"].as_f64()).collect()
}

/// The years of leefbaarheid per buurt, ascending.
fn years(server: &Server) -> Vec<Value> {
    let detail = server.get("/v1/indicatoren/leefbaarheid").ok();
    let levels = detail["niveaus"].as_array().expect("levels");
    let level = levels.iter().find(|level| level["niveau"] == "buurten").expect("buurten");
    let years: Vec<Value> = each(&level["jaren"], "jaar").into_iter().cloned().collect();
    assert!(years.len() > 1, "{years:?}");
    years
}

#[test]
fn standard_deviations_lie_around_the_mean_and_say_so() {
    let server = Server::demo();
    let years = years(&server);
    let last = years.last().expect("a year");
    let of_all: Vec<f64> = years.iter().flat_map(|year| values(&server, year)).collect();
    for (scope, values) in [("vast", of_all), ("jaar", values(&server, last))] {
        let legend =
            legend(&server, &format!("jaar={last}&methode=standaarddeviatie&schaal={scope}"));
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / (values.len() - 1) as f64).sqrt();
        let bounds = bounds(&legend);
        assert_eq!(bounds.len(), 4, "{legend}");
        for (bound, multiple) in bounds.iter().zip([-2.0, -1.0, 1.0, 2.0]) {
            let expected = mean + multiple * deviation;
            assert!((bound - expected).abs() < 1e-9, "{scope}: {bound} {expected}");
        }
        let names = each(&legend["klassen"], "naam");
        assert_eq!(names[0]["nl"], "meer dan 2 standaardafwijkingen boven het gemiddelde");
        assert_eq!(names[2]["en"], "within 1 standard deviation of the mean");
        assert_eq!(names[4]["nl"], "meer dan 2 standaardafwijkingen onder het gemiddelde");
        let colours: BTreeSet<_> =
            each(&legend["klassen"], "kleur").into_iter().map(Value::to_string).collect();
        assert_eq!(colours.len(), 5);
    }
    let four = legend(&server, "methode=standaarddeviatie&aantalKlassen=4");
    assert_eq!(
        four["klassen"][3]["naam"]["nl"],
        "meer dan 1 standaardafwijking onder het gemiddelde"
    );
}

#[test]
fn own_bounds_are_the_bounds() {
    let server = Server::demo();
    let query = "indicator=leefbaarheid&methode=eigen&klassegrenzen=-0.1,0,0.125";
    let layer = server.get(&format!("/v1/lagen/buurten.geojson?{query}")).ok();
    assert_eq!(bounds(&layer["legenda"]), [-0.1, 0.0, 0.125]);
    assert_eq!(layer["legenda"]["methode"], "eigen");
    let mut seen = BTreeSet::new();
    for area in each(&layer["features"], "properties") {
        let expected = area["waarde"].as_f64().map(|value| match value {
            value if value <= -0.1 => 1,
            value if value <= 0.0 => 2,
            value if value <= 0.125 => 3,
            _ => 4,
        });
        assert_eq!(area["klasse"].as_u64(), expected, "{area}");
        assert_eq!(area["klassenaam"].is_string(), expected.is_some(), "{area}");
        seen.extend(expected);
    }
    assert!(seen.len() > 2, "the demo has values in classes {seen:?}");

    // The same classes in the other forms.
    let table = server.get(&format!("/v1/lagen/buurten.csv?{query}")).text();
    assert!(table.contains("meer dan 0,00 t/m 0,125"), "{table}");
    let style = server.get(&format!("/v1/lagen/buurten.qml?{query}")).text();
    let categories: Vec<&str> =
        style.split("<category value=\"").skip(1).filter_map(|rest| rest.get(..1)).collect();
    assert_eq!(categories[..4], ["4", "3", "2", "1"], "by number, the highest first");
    let page = server.get("/kaart/leefbaarheid/tabel?methode=eigen&klassegrenzen=-0.10,0");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("methode=eigen&amp;klassegrenzen=-0.1,0"), "{}", page.text());
}

#[test]
fn equal_requests_have_equal_tags() {
    let server = Server::demo();
    let tag = |target: &str, query: &str| {
        let answer: Answer = server.get(&format!("{target}{query}"));
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        answer.header("etag").expect("an ETag")
    };
    for target in [
        "/v1/lagen/buurten.geojson?indicator=leefbaarheid",
        "/v1/lagen/buurten.csv?indicator=leefbaarheid",
        "/v1/lagen/buurten.qml?indicator=leefbaarheid",
        "/v1/legenda?indicator=leefbaarheid&niveau=buurten",
        "/kaart/leefbaarheid/tabel?niveau=buurten",
    ] {
        let plain = tag(target, "&methode=eigen&klassegrenzen=-0.1,0,0.5");
        for same in [
            "&klassegrenzen=-0.10,-0,5e-1&methode=eigen",
            "&methode=eigen&klassegrenzen=-0.1%2C0%2C0.5&aantalKlassen=4",
        ] {
            assert_eq!(tag(target, same), plain, "{target} {same}");
        }
        assert_ne!(tag(target, "&methode=eigen&klassegrenzen=-0.1,0,0.6"), plain, "{target}");
    }
}

#[test]
fn breaks_over_all_years_are_those_of_every_year_and_others_are_not() {
    let server = Server::demo();
    let years = years(&server);
    let (first, last) = (years.first().expect("a year"), years.last().expect("a year"));
    for method in COMPUTED {
        let of = |year: &Value, scope: &str| {
            legend(&server, &format!("jaar={year}&methode={method}&schaal={scope}"))
        };
        let (fixed, other) = (of(last, "vast"), of(first, "vast"));
        assert_eq!(bounds(&fixed), bounds(&other), "{method}");
        let own = of(last, "jaar");
        assert_ne!(bounds(&own), bounds(&fixed), "{method}: of one year, not of all");
        assert_ne!(bounds(&own), bounds(&of(first, "jaar")), "{method}");
        assert_eq!((&fixed["schaal"], &own["schaal"]), (&"vast".into(), &"jaar".into()));
        // Kept breaks are those of the question, whatever was asked in between.
        let fewer = legend(&server, &format!("jaar={last}&methode={method}&aantalKlassen=3"));
        assert_eq!(bounds(&fewer).len(), 2, "{method}");
        assert_eq!(of(last, "vast"), fixed, "{method}");
        assert_eq!(of(last, "jaar"), own, "{method}");
    }
    for scope in ["vast", "jaar"] {
        let query = format!("jaar={last}&methode=eigen&klassegrenzen=0&schaal={scope}");
        assert_eq!(bounds(&legend(&server, &query)), [0.0]);
    }
}

#[test]
fn bounds_belong_to_own_classes_alone() {
    let server = Server::demo();
    let error = |query: &str| {
        let problem = server.get(&format!("/v1/legenda?{LAYER}&{query}")).problem(400);
        let errors = problem["errors"].as_array().expect("errors").clone();
        assert_eq!(errors.len(), 1, "{query}: {problem}");
        assert!(problem["detail"].as_str().is_some_and(|text| text.contains("klassegrenzen")));
        (errors[0]["code"].clone(), errors[0].to_string())
    };
    let (code, text) = error("methode=eigen");
    assert!(code == "ontbreekt" && text.contains("10,12.5,20"), "{text}");
    for method in ["publicatie", "kwantielen", "standaarddeviatie"] {
        let (code, text) = error(&format!("methode={method}&klassegrenzen=1,2"));
        assert!(code == "onmogelijk" && text.contains("methode=eigen"), "{text}");
    }
    for wrong in ["", "1,1", "2,1", "1;2", "1,,2", "1,twee", "1,NaN", "1,2,3,4,5,6,7,8,9"] {
        let (code, text) = error(&format!("methode=eigen&klassegrenzen={wrong}"));
        assert!(code == "ongeldig" && text.contains("1 tot en met 8"), "{text}");
    }
    let problem =
        server.get(&format!("/v1/legenda?{LAYER}&methode=eigen&klassegrenzen=1&aantalKlassen=5"));
    let problem = problem.problem(400);
    assert_eq!(problem["errors"][0]["toegestaan"][0], "2", "{problem}");
}

#[test]
fn the_description_and_the_catalogue_offer_what_there_is() {
    let server = Server::demo();
    let all = ["publicatie", "kwantielen", "gelijke-intervallen", "natuurlijke-grenzen"];
    let all: Vec<Value> =
        all.into_iter().chain(["standaarddeviatie", "eigen"]).map(Value::from).collect();
    let detail = server.get("/v1/indicatoren/leefbaarheid").ok();
    assert_eq!(detail["methoden"].as_array(), Some(&all));
    let document = server.get("/v1/openapi.json").ok();
    let layer = document["paths"]["/v1/lagen/{laag}"]["get"]["parameters"].as_array();
    let described = |name: &str| {
        layer.into_iter().flatten().find(|parameter| parameter["name"] == name).expect(name)
    };
    assert_eq!(described("methode")["schema"]["enum"].as_array(), Some(&all));
    assert!(described("klassegrenzen")["schema"]["pattern"].is_string());
}
