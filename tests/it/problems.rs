//! What is wrong is said, and what would be right: 400 and 404 as problem+json.

use crate::harness::Server;

/// A target, the status, the parameter that is named, and texts that the answer must hold.
type Wrong = (&'static str, u16, &'static str, &'static [&'static str]);

const LAYER: &str = "/v1/lagen/buurten.geojson?indicator=leefbaarheid";

const WRONG: [Wrong; 18] = [
    ("&kleur=rood", 400, "kleur", &["indicator", "jaar", "methode"]),
    ("&jaar=2024&jaar=2022", 400, "jaar", &[]),
    ("&jaar=1999", 400, "jaar", &["2024"]),
    ("&jaar=", 400, "jaar", &["jaar"]),
    ("&jaar=twintig", 400, "jaar", &["jaar"]),
    ("&aantalKlassen=1", 400, "aantalKlassen", &["2", "9"]),
    ("&aantalKlassen=10", 400, "aantalKlassen", &["2", "9"]),
    ("&aantalKlassen=18446744073709551616", 400, "aantalKlassen", &["2", "9"]),
    ("&aantalKlassen=-1", 400, "aantalKlassen", &["2", "9"]),
    ("&methode=gevoel", 400, "methode", &["kwantielen"]),
    ("&palet=regenboog", 400, "palet", &["blauw-oranje"]),
    ("&schaal=maand", 400, "schaal", &["vast", "jaar"]),
    ("&bbox=NaN,52,5,53", 400, "bbox", &[]),
    ("&bbox=4,52,5", 400, "bbox", &[]),
    ("&bbox=4,52,1e999,53", 400, "bbox", &[]),
    ("&binnen=GM9998", 400, "binnen", &[]),
    ("&crs=EPSG:4711", 400, "crs", &["28992"]),
    ("&taal=fy", 400, "taal", &["nl", "en"]),
];

#[test]
fn a_wrong_parameter_is_named_with_what_is_allowed() {
    let server = Server::demo();
    for (rest, status, name, allowed) in WRONG {
        let problem = server.get(&format!("{LAYER}{rest}")).problem(status);
        let errors = problem["errors"].as_array();
        assert!(errors.is_some_and(|errors| errors.len() == 1), "{rest}: {problem}");
        let error = &problem["errors"][0];
        assert_eq!(error["in"], "query", "{rest}: {problem}");
        assert_eq!(error["location"]["name"], name, "{rest}: {problem}");
        assert!(error["code"].is_string() && error["detail"].is_string(), "{rest}: {problem}");
        let text = error.to_string();
        for word in allowed {
            assert!(text.contains(word), "{rest}: no {word:?} in {text}");
        }
    }
}

/// What is required and there, but empty, is missing.
#[test]
fn an_empty_parameter_is_none() {
    let server = Server::demo();
    for (target, name) in [
        ("/v1/legenda?indicator=leefbaarheid&niveau", "niveau"),
        ("/v1/legenda?indicator=leefbaarheid&niveau=", "niveau"),
        ("/v1/legenda?indicator=&niveau=buurten", "indicator"),
        ("/v1/lagen/buurten.geojson?indicator=", "indicator"),
    ] {
        let problem = server.get(target).problem(400);
        assert_eq!(problem["errors"][0]["location"]["name"], name, "{target}: {problem}");
        assert_eq!(problem["errors"][0]["code"], "ontbreekt", "{target}: {problem}");
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let server = Server::demo();
    let problem =
        server.get(&format!("{LAYER}&jaar=1066&aantalKlassen=99&kleur=rood")).problem(400);
    let mut names: Vec<_> = crate::harness::each(&problem["errors"], "location")
        .into_iter()
        .filter_map(|location| location["name"].as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["aantalKlassen", "jaar", "kleur"], "{problem}");
}

#[test]
fn an_indicator_that_is_not_there_is_named() {
    let server = Server::demo();
    let problem = server.get("/v1/lagen/buurten.geojson?indicator=geluk").problem(400);
    assert!(problem.to_string().contains("leefbaarheid"), "{problem}");
    server.get("/v1/lagen/buurten.geojson").problem(400);
    server.get("/v1/indicatoren/geluk").problem(404);
}

#[test]
fn a_path_that_is_not_there_is_a_problem_too() {
    let server = Server::demo();
    for path in
        ["/v1/lagen/straten.geojson?indicator=leefbaarheid", "/v1/niets", "/v1/gebieden/BU99999999"]
    {
        server.get(path).problem(404);
    }
    let wrong_method = server.ask("POST", "/v1/indicatoren", &[("Content-Length", "0")]);
    wrong_method.problem(405);
    assert!(wrong_method.header("allow").is_some_and(|allow| allow.contains("GET")));
}

#[test]
fn a_half_coordinate_is_no_coordinate() {
    let server = Server::demo();
    for query in [
        "",
        "lat=52.1",
        "lon=5.1",
        "x=150000",
        "lat=52.1&y=463000",
        "lat=52.1&lon=5.1&x=1&y=1",
        "lat=NaN&lon=5.1",
        "lat=inf&lon=5.1",
        "lat=1e400&lon=5.1",
        "lat=&lon=5.1",
        "lat=91&lon=5.1",
        "x=NaN&y=1",
        "lat=52,1&lon=5,1",
        "lat=52.1&lat=52.2&lon=5.1",
    ] {
        let answer = server.get(&format!("/v1/locaties?{query}"));
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        answer.problem(400);
    }
}

#[test]
fn a_limit_is_said_and_kept() {
    let server = Server::demo();
    for count in ["0", "-1", "1001", "18446744073709551616", "1e9", "twee"] {
        let problem = server.get(&format!("/v1/gebieden?q=a&aantal={count}")).problem(400);
        assert!(problem.to_string().contains("1000"), "{problem}");
    }
    let most = server.get("/v1/gebieden?niveau=buurten&aantal=100").ok();
    assert!(most["gebieden"].as_array().is_some_and(|areas| areas.len() <= 100));
    assert!(most["totaal"].as_u64() >= most["gebieden"].as_array().map(|list| list.len() as u64));
}

#[test]
fn who_shows_pages_gets_a_page_and_programs_get_what_they_know() {
    let server = Server::demo();
    let browser = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for (target, language, title) in [
        ("/gebied/XX1", "nl", "Niet gevonden"),
        ("/gebied/XX1?taal=en", "en", "Not found"),
        ("/bestaat-niet", "nl", "Niet gevonden"),
        ("/kaart/geluk/tabel", "nl", "Niet gevonden"),
    ] {
        let page = server.ask("GET", target, &browser);
        assert_eq!(page.status, 404, "{target}");
        assert_eq!(page.header("content-type").as_deref(), Some("text/html; charset=utf-8"));
        assert_eq!(page.header("cache-control").as_deref(), Some("no-store"), "{target}");
        let text = page.text();
        assert!(text.contains(&format!("<html lang=\"{language}\">")), "{text}");
        assert!(text.contains(&format!("<title>{title} - ")) && text.contains("<h1>"), "{text}");
        server.get(target).problem(404);
    }
    let nasty = server.ask("GET", "/gebied/%3Cscript%3E?jaar=%22%3E%3Cscript%3E", &browser).text();
    assert!(!nasty.contains("<script>"), "{nasty}");
    for program in ["/v1/gebieden/GM0000", "/v1/lagen/buurten.geojson", "/oembed"] {
        let answer = server.ask("GET", program, &browser);
        let kind = answer.header("content-type");
        assert_eq!(kind.as_deref(), Some("application/problem+json"), "{program}");
    }
}
