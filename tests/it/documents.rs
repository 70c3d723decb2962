//! The pages about methods and sources: whole without script, and every source on them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{Server, each};

fn page(server: &Server, target: &str) -> String {
    let answer = server.get(target);
    assert_eq!(answer.status, 200, "{target}");
    assert_eq!(answer.header("content-type").as_deref(), Some("text/html; charset=utf-8"));
    let policy = answer.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("style-src 'self'") && !policy.contains("unsafe"), "{policy}");
    answer.text()
}

/// The values of an attribute, in order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    html.split(&open).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Every element that is opened is closed, in order.
fn check_nesting(html: &str, target: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if ["meta", "link", "!doctype"].contains(&name) {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{target}");
        } else {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} in {target}");
}

#[test]
fn they_are_whole_need_no_script_and_lead_somewhere() {
    let server = Server::demo();
    for target in ["/methoden", "/methoden?taal=en", "/bronnen", "/bronnen?taal=en"] {
        let html = page(&server, target);
        check_nesting(&html, target);
        for refused in ["<script", "style=", "<style", "<img"] {
            assert!(!html.contains(refused), "{refused} in {target}");
        }
        assert_eq!(html.matches("<h1>").count(), 1, "{target}");
        let language = if target.contains("taal=en") { "en" } else { "nl" };
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{target}");
        let ids = attributes(&html, "id");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
        for label in attributes(&html, "aria-labelledby") {
            assert!(ids.contains(&label), "{label} in {target}");
        }
        let links: BTreeSet<_> = attributes(&html, "href").into_iter().collect();
        for link in links {
            if let Some(id) = link.strip_prefix('#') {
                assert!(ids.contains(&id), "{link} in {target}");
            } else if link.starts_with('/') {
                let status = server.get(&link.replace("&amp;", "&")).status;
                assert_eq!(status, 200, "{link} in {target}");
            }
        }
    }
    server.get("/methoden?jaar=2024").problem(400);
    server.get("/bronnen?taal=fr").problem(400);
    // Every page that is made by the server leads to both.
    for target in ["/methoden", "/gebied/GM9003"] {
        let html = page(&server, target);
        assert!(html.contains("href=\"/methoden\"") && html.contains("href=\"/bronnen\""));
    }
}

#[test]
fn every_source_is_told_with_what_it_is_used_for() {
    let server = Server::demo();
    let list = server.get("/v1/bronnen").ok();
    let sources = list["bronnen"].as_array().expect("a list");
    assert!(!sources.is_empty());
    let html = page(&server, "/bronnen");
    for source in sources {
        let checksum = source["controlegetal"].as_str().expect("a checksum");
        assert_eq!(checksum.len(), 64, "{source}");
        assert!(html.contains(&format!("<code>{checksum}</code>")), "{checksum}");
        for told in ["uitgever", "licentie", "bestand"] {
            let text = source[told].as_str().expect("a text");
            assert!(html.contains(text), "{told} {text}");
        }
        let day = source["opgehaald"].as_str().expect("a day");
        assert!(html.contains(day.split('-').next().unwrap_or_default()), "{day}");
    }
    // Of every topic, the files that the catalogue names, and no others.
    let catalogue = server.get("/v1/indicatoren").ok();
    for id in each(&catalogue["indicatoren"], "id") {
        let id = id.as_str().expect("an id");
        let topic = server.get(&format!("/v1/indicatoren/{id}")).ok();
        let named: BTreeSet<_> = each(&topic["bronnen"], "controlegetal")
            .into_iter()
            .filter_map(Value::as_str)
            .collect();
        let used: BTreeSet<_> = sources
            .iter()
            .filter(|source| each(&source["onderwerpen"], "id").into_iter().any(|one| one == id))
            .filter_map(|source| source["controlegetal"].as_str())
            .collect();
        assert_eq!(used, named, "{id}");
        assert!(html.contains(&format!("href=\"/kaart/{id}\"")), "{id}");
    }
    // Every division and level has borders of one file.
    let borders: Vec<_> = sources
        .iter()
        .flat_map(|source| source["grenzen"].as_array().into_iter().flatten())
        .map(ToString::to_string)
        .collect();
    assert_eq!(borders.len(), borders.iter().collect::<BTreeSet<_>>().len(), "{borders:?}");
    assert!(borders.iter().any(|one| one.contains("2024") && one.contains("buurten")));
}

#[test]
fn methods_tell_the_thresholds_that_are_in_force() {
    let server = Server::demo();
    let legend = server.get("/v1/legenda?niveau=buurten&indicator=inwoners").ok();
    let flags = legend["vlaggen"].as_array().expect("marks").iter();
    let explained = flags.filter_map(|flag| flag["uitleg"]["nl"].as_str()).next().expect("a rule");
    assert!(page(&server, "/methoden").contains(explained), "{explained}");
    for told in ["0,0392", "0,0665", "Hyndman", "Fisher", "id=\"rangen\"", "id=\"indelingen\""] {
        assert!(page(&server, "/methoden").contains(told), "{told}");
    }
}
