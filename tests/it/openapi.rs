//! The description of the interface describes the interface.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use crate::harness::{Server, scratch};

const PROMISED: [&str; 17] = [
    "/v1/indicatoren",
    "/v1/indicatoren/{id}",
    "/v1/lagen/{laag}",
    "/v1/legenda",
    "/v1/gebieden",
    "/v1/gebieden/{code}",
    "/v1/gebieden/{code}/profiel",
    "/v1/gebieden/{code}/vergelijkbaar",
    "/v1/selecties",
    "/v1/selecties/{selectie}",
    "/v1/selecties/{selectie}/totalen",
    "/v1/adressen",
    "/v1/locaties",
    "/v1/tegels/{niveau}/{z}/{x}/{y}",
    "/v1/tegels/{niveau}/tilejson.json",
    "/v1/gebiedsgrenzen/{niveau}",
    "/v1/waarden/{niveau}",
];

/// The paths of the description.
fn paths(document: &Value) -> BTreeSet<String> {
    document["paths"].as_object().expect("paths").keys().cloned().collect()
}

#[test]
fn it_says_what_the_api_rules_ask_for() {
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    let contact =
        "[contact]\nnaam = 'Beheer'\nemail = 'kaart@example.org'\nurl = 'https://example.org'";
    fs::write(&config, contact).expect("a temporary file");
    let config = config.to_str().expect("a path in UTF-8");
    let server = Server::start(&["--demo", "--config", config]);
    let document = server.get("/v1/openapi.json").ok();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    assert!(document["info"]["title"].is_string() && document["info"]["license"].is_object());
    let version = document["info"]["version"].as_str().unwrap_or_default();
    assert_eq!(version.split('.').count(), 3, "{version:?}");
    let contact = &document["info"]["contact"];
    for key in ["name", "email", "url"] {
        assert!(contact[key].is_string(), "no {key} in {contact}");
    }
}

#[test]
fn it_has_every_promised_path_and_each_answers_problems_in_the_same_form() {
    let server = Server::demo();
    let document = server.get("/v1/openapi.json").ok();
    let paths = paths(&document);
    for promised in PROMISED {
        assert!(paths.contains(promised), "no {promised} in {paths:?}");
    }
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            if !["get", "post"].contains(&method.as_str()) {
                continue;
            }
            let id = operation["operationId"].as_str().unwrap_or_default();
            assert!(ids.insert(id.to_owned()) && !id.is_empty(), "operationId {id:?} of {path}");
            let responses = operation["responses"].as_object().expect("responses");
            assert!(responses.contains_key("200"), "{path}");
            for (status, response) in responses {
                if status.starts_with(['4', '5']) {
                    let content = response["content"].as_object();
                    let is_problem = content
                        .is_none_or(|content| content.contains_key("application/problem+json"));
                    assert!(
                        is_problem || response["$ref"].is_string(),
                        "{path} {status}: {response}"
                    );
                }
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap_or_default();
                let plain = |c: char| {
                    c.is_ascii_lowercase() || c.is_ascii_uppercase() || c.is_ascii_digit()
                };
                assert!(
                    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain),
                    "{name:?} of {path}"
                );
            }
        }
    }
}

#[test]
fn every_address_in_it_is_answered() {
    let server = Server::demo();
    let document = server.get("/v1/openapi.json").ok();
    let areas = server.get("/v1/gebieden?niveau=buurten&aantal=1").ok();
    let code = areas["gebieden"][0]["code"].as_str().expect("a code");
    for path in paths(&document) {
        let target = path
            .replace("{laag}", "buurten.geojson")
            .replace("{niveau}", "buurten")
            .replace("{id}", "leefbaarheid")
            .replace("{selectie}", "twaalf-wijken")
            .replace("{code}", code);
        if target.contains('{') {
            continue;
        }
        let answer = server.get(&target);
        assert!(answer.status == 200 || answer.status == 400, "{target}: {}", answer.status);
        if answer.status == 400 {
            let problem = answer.problem(400);
            assert!(problem["errors"].is_array(), "{target}: what is missing is named: {problem}");
        }
    }
}
