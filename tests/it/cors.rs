//! Open data: any page may ask, and no page may be framed but those that are meant to be.

use crate::harness::Server;

const ORIGIN: (&str, &str) = ("Origin", "https://gemeente.example");

#[test]
fn every_answer_of_the_interface_may_be_read_by_any_page() {
    let server = Server::demo();
    for target in [
        "/v1/indicatoren",
        "/v1/openapi.json",
        "/v1/lagen/buurten.geojson?indicator=leefbaarheid",
        "/v1/lagen/buurten.geojson?indicator=geluk",
        "/v1/niets",
        "/v1/locaties?lat=0&lon=0",
    ] {
        for headers in [&[ORIGIN][..], &[]] {
            let answer = server.ask("GET", target, headers);
            assert_eq!(
                answer.header("access-control-allow-origin").as_deref(),
                Some("*"),
                "{target}"
            );
            assert!(answer.header("access-control-allow-credentials").is_none(), "{target}");
        }
    }
}

#[test]
fn a_preflight_is_answered() {
    let server = Server::demo();
    let asked = [
        ORIGIN,
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "if-none-match"),
    ];
    let answer = server.ask("OPTIONS", "/v1/indicatoren", &asked);
    assert!([200, 204].contains(&answer.status), "{}", answer.status);
    assert_eq!(answer.header("access-control-allow-origin").as_deref(), Some("*"));
    let methods = answer.header("access-control-allow-methods").unwrap_or_default();
    assert!(methods == "*" || methods.contains("GET"), "{methods:?}");
}

#[test]
fn answers_carry_the_headers_that_the_api_rules_ask_for() {
    let server = Server::demo();
    for target in ["/v1/indicatoren", "/v1/niets", "/v1/lagen/buurten.geojson?indicator=geluk"] {
        let answer = server.get(target);
        assert_eq!(answer.lower("x-content-type-options"), "nosniff", "{target}");
        assert!(
            answer.lower("content-security-policy").contains("frame-ancestors 'none'"),
            "{target}"
        );
        assert_eq!(answer.lower("referrer-policy"), "no-referrer", "{target}");
        let version = answer.header("api-version").unwrap_or_default();
        assert_eq!(version.split('.').count(), 3, "API-Version {version:?} of {target}");
    }
    let page = server.get("/");
    assert_eq!(page.lower("x-content-type-options"), "nosniff");
    let policy = page.lower("content-security-policy");
    assert!(policy.contains("default-src") && !policy.contains("unsafe-eval"), "{policy:?}");
    assert!(page.header("set-cookie").is_none(), "no cookies");
}
