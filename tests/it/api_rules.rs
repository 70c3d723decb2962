//! The technical rules of the NLGov REST API Design Rules 2.2, on the descriptions and the answers.

use std::fs;

use serde_json::Value as Json;

use crate::harness::{Server, demo, scratch};

const V1: &str = "/v1/openapi.json";
const OGC: &str = "/ogc/v1/openapi.json";

/// One of each kind of answer.
const ANSWERS: [&str; 9] = [
    "/v1/indicatoren",
    "/v1/gebieden?q=lind",
    "/v1/lagen/gemeenten.geojson?indicator=leefbaarheid",
    "/v1/locaties?lat=52.2&lon=5.3",
    "/v1/openapi.json",
    "/v1/lagen/gemeenten.geojson?indicator=geluk",
    "/v1/niets",
    "/ogc/v1/collections",
    "/ogc/v1/collections/buurten-2024/items?limit=0",
];

/// `/core/transport/security-headers`, `/core/transport/cors`, `/core/version-header`.
#[test]
fn every_answer_has_the_headers_of_the_rules() {
    let server = Server::demo();
    for target in ANSWERS {
        let answer = server.get(target);
        let header = |name: &str| answer.header(name).unwrap_or_default();
        assert_eq!(header("x-content-type-options"), "nosniff", "{target}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{target}");
        assert_eq!(header("x-frame-options"), "DENY", "{target}");
        assert_eq!(header("access-control-allow-origin"), "*", "{target}");
        assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{target}");
        // `/core/semver`.
        let version = header("api-version");
        let parts: Vec<_> = version.split('.').map(str::parse::<u32>).collect();
        assert!(parts.len() == 3 && parts.iter().all(Result::is_ok), "{target}: {version}");
    }
}

/// `/core/error-handling/problem-details`, `/core/error-handling/invalid-input`.
#[test]
fn errors_are_problems() {
    let server = Server::demo();
    for (target, status) in [
        ("/v1/indicatoren?x=1", 400),
        ("/v1/lagen/gemeenten.geojson?indicator=geluk", 400),
        ("/v1/gebieden/GM0000", 404),
        ("/v1/niets", 404),
        ("/ogc/v1/collections/x", 404),
        ("/ogc/v1/collections/buurten-2024/items?limit=x", 400),
    ] {
        let answer = server.get(target);
        assert_eq!(
            answer.header("content-type").as_deref(),
            Some("application/problem+json"),
            "{target}"
        );
        let problem = answer.problem(status);
        for member in ["status", "title", "detail"] {
            assert!(!problem[member].is_null(), "{target}: {member}");
        }
    }
}

fn is_kebab(segment: &str) -> bool {
    !segment.is_empty()
        && segment.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !segment.starts_with('-')
        && !segment.ends_with('-')
}

/// `^\$?[a-z][a-z\d]*([A-Z][a-z\d]*)*$`, as the rules' own checker has it.
fn is_camel(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `/core/no-trailing-slash`, `/core/path-segments-kebab-case`, `/core/query-keys-camel-case`,
/// `/core/uri-version`, `/core/doc-openapi`, `/core/publish-openapi`.
#[test]
fn paths_and_keys_are_written_as_the_rules_say() {
    let server = Server::demo();
    let answer = server.get(V1);
    assert_eq!(answer.header("access-control-allow-origin").as_deref(), Some("*"));
    let document = answer.ok();
    assert!(document["openapi"].as_str().expect("a version").starts_with("3."));
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() > 15, "{}", paths.len());
    for (path, methods) in paths {
        assert!(path.starts_with("/v1/") && !path.ends_with('/'), "{path}");
        for segment in path.split('/').skip(1) {
            // What is in braces is the client's; what stands behind a point is a form.
            let fixed = segment.split('.').next().expect("a segment");
            assert!(segment.starts_with('{') || is_kebab(fixed), "{path}: {segment}");
        }
        for (method, operation) in methods.as_object().expect("methods") {
            // `/core/http-methods`: nothing is changed by asking.
            assert!(["get", "post"].contains(&method.as_str()), "{path}: {method}");
            for parameter in operation["parameters"].as_array().expect("parameters") {
                let name = parameter["name"].as_str().expect("a name");
                assert!(parameter["in"] == "path" || is_camel(name), "{path}: {name}");
            }
            assert!(operation["responses"]["422"].is_null(), "{path}: 400, not 422");
        }
    }
    for target in ["/v1/indicatoren/", "/v1/", "/v1/gebieden/GM9001/"] {
        server.get(target).problem(404);
    }
}

/// `/core/doc-openapi-contact`, in both descriptions.
#[test]
fn descriptions_name_whom_to_reach() {
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    let contact = "[contact]\nnaam = \"Team\"\nemail = \"team@voorbeeld.example\"\nurl = \"https://voorbeeld.example\"\n";
    fs::write(&config, contact).expect("written");
    let (atlas, config) = (demo(), config.display().to_string());
    let server = Server::start(&["--data", atlas.to_str().expect("UTF-8"), "--config", &config]);
    // RFC 9116.
    let text = server.get("/.well-known/security.txt").text();
    assert!(text.contains("Contact: mailto:team@voorbeeld.example\n"), "{text}");
    assert_eq!(text.matches("Expires: 2").count(), 1, "{text}");
    for target in [V1, OGC] {
        let document = server.get(target).ok();
        for member in ["name", "email", "url"] {
            assert!(document["info"]["contact"][member].is_string(), "{target}: {member}");
        }
    }
}

/// Geo module: the systems on offer, and no more decimals than they deserve.
#[test]
fn coordinates_have_the_decimals_of_the_geo_module() {
    let server = Server::demo();
    for (crs, most) in [("CRS84", 8), ("EPSG:4258", 8), ("EPSG:28992", 3), ("EPSG:3857", 3)] {
        let answer = server.get(&format!(
            "/v1/lagen/gemeenten.geojson?indicator=leefbaarheid&detail=grof&crs={crs}"
        ));
        let text = answer.text();
        assert!(
            answer
                .header("content-crs")
                .is_some_and(|uri| uri.starts_with("<http://www.opengis.net/def/crs/"))
        );
        let body: Json = serde_json::from_str(&text).expect("JSON");
        assert!(!body["features"].as_array().expect("features").is_empty());
        let coordinates = text.split("\"coordinates\":").skip(1);
        for part in coordinates {
            let numbers = part.split('}').next().expect("an end");
            for number in numbers.split([',', '[', ']']).filter(|number| number.contains('.')) {
                let decimals = number.split('.').nth(1).expect("decimals").len();
                assert!(decimals <= most, "{crs}: {number}");
            }
        }
    }
}
