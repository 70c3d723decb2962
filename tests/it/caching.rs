//! An ETag per encoding, 304 with what a cache needs, and bodies that are the same whatever their
//! encoding.

use std::collections::BTreeSet;

use crate::harness::Server;

const CACHED: [&str; 5] = [
    "/v1/lagen/buurten.geojson?indicator=leefbaarheid",
    "/v1/lagen/gemeenten.csv?indicator=leefbaarheid",
    "/v1/legenda?indicator=leefbaarheid&niveau=buurten",
    "/v1/indicatoren",
    "/v1/openapi.json",
];

const ENCODINGS: [&str; 3] = ["identity", "gzip", "br"];

#[test]
fn every_encoding_has_the_same_content_and_its_own_tag() {
    let server = Server::demo();
    for target in CACHED {
        let mut tags = BTreeSet::new();
        let mut bodies = BTreeSet::new();
        let mut sent = BTreeSet::new();
        for encoding in ENCODINGS {
            let answer = server.ask("GET", target, &[("Accept-Encoding", encoding)]);
            assert_eq!(answer.status, 200, "{target}");
            assert!(answer.lower("vary").contains("accept-encoding"), "{target} {encoding}");
            assert!(answer.header("cache-control").is_some(), "{target} {encoding}");
            sent.insert(answer.lower("content-encoding"));
            tags.insert(answer.header("etag").expect("an ETag"));
            bodies.insert(answer.plain());
        }
        assert_eq!(bodies.len(), 1, "{target}: bodies differ by encoding");
        // What is too short to compress may be sent as it is, and then has one tag.
        assert_eq!(tags.len(), sent.len(), "{target}: {tags:?} for {sent:?}");
    }
    let layer = server.ask("GET", CACHED[0], &[("Accept-Encoding", "br, gzip")]);
    assert!(["br", "gzip"].contains(&layer.lower("content-encoding").as_str()));
}

#[test]
fn an_unchanged_answer_is_not_sent_again() {
    let server = Server::demo();
    for target in CACHED {
        for encoding in ENCODINGS {
            let accept = ("Accept-Encoding", encoding);
            let tag = server.ask("GET", target, &[accept]).header("etag").expect("an ETag");
            let known = [tag.clone(), format!("\"old\", {tag}"), "*".to_owned()];
            for known in &known {
                for method in ["GET", "HEAD"] {
                    let answer = server.ask(method, target, &[accept, ("If-None-Match", known)]);
                    assert_eq!(answer.status, 304, "{method} {target} {encoding} {known}");
                    assert!(answer.body.is_empty(), "{target}");
                    assert_eq!(answer.header("etag"), Some(tag.clone()), "{target} {encoding}");
                    assert!(answer.lower("vary").contains("accept-encoding"), "{target}");
                    assert!(answer.header("access-control-allow-origin").is_some(), "{target}");
                }
            }
            let other = server.ask("GET", target, &[accept, ("If-None-Match", "\"old\"")]);
            assert_eq!(other.status, 200, "{target}");
        }
    }
}

#[test]
fn head_says_what_get_says() {
    let server = Server::demo();
    for target in CACHED {
        for encoding in ENCODINGS {
            let accept = [("Accept-Encoding", encoding)];
            let (get, head) =
                (server.ask("GET", target, &accept), server.ask("HEAD", target, &accept));
            assert_eq!(head.status, get.status, "{target}");
            for name in ["etag", "vary", "content-type", "content-encoding", "cache-control"] {
                assert_eq!(head.header(name), get.header(name), "{name} of {target} {encoding}");
            }
            if let Some(length) = head.header("content-length") {
                assert_eq!(length, get.body.len().to_string(), "{target} {encoding}");
            }
        }
    }
}

#[test]
fn an_encoding_that_is_refused_is_not_sent() {
    let server = Server::demo();
    for (accepts, allowed) in [
        ("gzip;q=0, br;q=0", &[""][..]),
        ("br;q=0, gzip", &["gzip", ""]),
        ("*;q=0, identity;q=1", &[""]),
        ("deflate, zstd;q=0", &[""]),
        ("GZIP", &["gzip", ""]),
        (";;;,,q=", &[""]),
    ] {
        let answer = server.ask("GET", CACHED[0], &[("Accept-Encoding", accepts)]);
        assert_eq!(answer.status, 200, "{accepts}");
        let sent = answer.lower("content-encoding");
        assert!(allowed.contains(&sent.as_str()), "{sent:?} for {accepts:?}");
    }
}

#[test]
fn an_error_is_never_cached() {
    let server = Server::demo();
    for target in ["/v1/niets", "/v1/lagen/buurten.geojson?indicator=geluk", "/v1/locaties?lat=1"] {
        let answer = server.get(target);
        assert!(answer.status >= 400, "{target}");
        assert!(answer.header("etag").is_none(), "{target}");
        let control = answer.lower("cache-control");
        assert!(control.is_empty() || control.contains("no-store"), "{target}: {control}");
    }
}

#[test]
fn another_atlas_has_other_tags() {
    let other = crate::harness::demo_with("demo-zaad-7", &["--seed", "7"]);
    let tags = [Server::demo(), Server::on(&other)]
        .map(|server| server.get(CACHED[0]).header("etag").expect("an ETag"));
    assert_ne!(tags[0], tags[1]);
}
