//! An ETag per encoding, 304 with what a cache needs, and bodies that are the same whatever their
//! encoding.

use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use crate::harness::{Answer, Server, demo, scratch};

const CACHED: [&str; 5] = [
    "/v1/lagen/buurten.geojson?indicator=leefbaarheid",
    "/v1/lagen/gemeenten.csv?indicator=leefbaarheid",
    "/v1/legenda?indicator=leefbaarheid&niveau=buurten",
    "/v1/indicatoren",
    "/v1/openapi.json",
];

const ENCODINGS: [&str; 4] = ["identity", "gzip", "br", "zstd"];

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
            let length = head.header("content-length").expect("a length");
            assert_eq!(length, get.body.len().to_string(), "{target} {encoding}");
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
        ("zstd, br;q=0.9, gzip;q=0.8", &["zstd"]),
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

/// Two ways to ask the same, and one that asks something else.
#[test]
fn what_means_the_same_is_answered_the_same() {
    let server = Server::demo();
    let layer = "/v1/lagen/buurten.geojson?indicator=leefbaarheid";
    let year = server.get(layer).ok()["jaar"].as_u64().expect("a year");
    let list = server.get("/v1/gebieden?niveau=gemeenten&aantal=1").ok();
    let code = list["gebieden"][0]["code"].as_str().expect("a code");
    let detail = format!("/v1/gebieden/{code}");
    let detail_year = server.get(&detail).ok()["jaar"].as_u64().expect("a year");
    for (one, same, other) in [
        (
            layer.to_owned(),
            format!(
                "/v1/lagen/buurten.geojson?taal=nl&jaar={year}&schaal=vast&indicator=leefbaarheid\
                 &crs=CRS84&methode=publicatie"
            ),
            format!("{layer}&taal=en"),
        ),
        (
            "/v1/legenda?indicator=leefbaarheid&niveau=buurten".to_owned(),
            "/v1/legenda?niveau=buurten&taal=en&crs=EPSG:28992&indicator=leefbaarheid".to_owned(),
            "/v1/legenda?indicator=leefbaarheid&niveau=wijken".to_owned(),
        ),
        (detail.clone(), format!("{detail}?jaar={detail_year}"), format!("/v1/gebieden?q={code}")),
        (
            "/v1/gebieden?niveau=gemeenten".to_owned(),
            "/v1/gebieden?aantal=20&niveau=gemeenten".to_owned(),
            "/v1/gebieden?aantal=1&niveau=gemeenten".to_owned(),
        ),
    ] {
        let [one, same, other] = [one, same, other].map(|target| server.get(&target));
        assert_eq!((one.status, same.status, other.status), (200, 200, 200));
        assert_eq!(one.header("etag"), same.header("etag"));
        assert_eq!(one.body, same.body);
        assert_ne!(one.header("etag"), other.header("etag"));
    }
}

/// What is kept makes room for what is new, and comes back as it was.
#[test]
fn what_was_forgotten_is_answered_as_before() {
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    let atlas = demo();
    let atlas = atlas.to_str().expect("UTF-8");
    for megabytes in [0, 1] {
        fs::write(&config, format!("antwoordgeheugen = {megabytes}\n")).expect("a file");
        let config = config.to_str().expect("UTF-8");
        let server = Server::start(&["--data", atlas, "--config", config]);
        let targets: Vec<String> = ["leefbaarheid", "inwoners", "woningwaarde", "misdrijven"]
            .iter()
            .flat_map(|indicator| {
                ["gemeenten.geojson", "wijken.geojson", "buurten.geojson", "buurten.csv"]
                    .map(|file| format!("/v1/lagen/{file}?indicator={indicator}"))
            })
            .collect();
        let ask = || -> Vec<(u16, Option<String>, Vec<u8>)> {
            let answers = targets.iter().map(|target| {
                let answer = server.ask("GET", target, &[("Accept-Encoding", "gzip")]);
                (answer.status, answer.header("etag"), answer.body)
            });
            answers.collect()
        };
        let first = ask();
        assert!(first.iter().any(|(status, ..)| *status == 200));
        assert!(first.iter().map(|(.., body)| body.len()).sum::<usize>() > 200_000);
        for _ in 0..2 {
            assert!(ask() == first, "with {megabytes} MB");
        }
    }
}

/// Sixty at once who ask the same, and as many who ask all sorts of things: everybody is answered,
/// and whoever asks what is ready too.
#[test]
fn a_crowd_is_answered() {
    let server = Server::demo();
    server.get("/v1/indicatoren").ok();
    let tags = thread::scope(|scope| {
        let server = &server;
        let same: Vec<_> = (0..60)
            .map(|_| scope.spawn(|| server.ask("GET", CACHED[0], &[("Accept-Encoding", "gzip")])))
            .collect();
        let others: Vec<_> = (2..10)
            .flat_map(|classes| {
                ["kwantielen", "gelijke-intervallen", "natuurlijke-grenzen"].map(|method| {
                    format!(
                        "/v1/lagen/buurten.geojson?indicator=inwoners&methode={method}\
                         &aantalKlassen={classes}"
                    )
                })
            })
            .map(|target| scope.spawn(move || server.get(&target)))
            .collect();
        for target in ["/health/live", "/v1/indicatoren", "/health/ready"] {
            assert_eq!(server.get(target).status, 200, "{target}");
        }
        for other in others {
            other.join().expect("no panic").ok();
        }
        let answers = same.into_iter().map(|one| one.join().expect("no panic"));
        answers.map(|answer| (answer.status, answer.header("etag"))).collect::<BTreeSet<_>>()
    });
    assert_eq!(tags.len(), 1, "{tags:?}");
}

/// On a connection that stays open nothing stands between two answers: a 304 and the answer to
/// HEAD have no body, whatever their headers say.
#[test]
fn answers_on_one_connection_follow_each_other() {
    let server = Server::demo();
    for target in CACHED {
        let whole = server.ask("GET", target, &[("Accept-Encoding", "gzip")]);
        let tag = whole.header("etag").expect("an ETag");
        let request = |method: &str, more: &str| {
            format!("{method} {target} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n{more}\r\n")
        };
        let known = format!("If-None-Match: {tag}\r\n");
        let requests = [
            request("HEAD", ""),
            request("GET", &known),
            request("HEAD", &known),
            request("GET", "Connection: close\r\n"),
        ];
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        stream.write_all(requests.concat().as_bytes()).expect("it reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it closes");
        let mut rest = &bytes[..];
        for status in ["200", "304", "304", "200"] {
            let end = rest.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
            let head = String::from_utf8_lossy(&rest[..end]);
            assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{target}: {head}");
            rest = &rest[end..];
        }
        assert!(rest == whole.body, "{target}: {} bytes for {}", rest.len(), whole.body.len());
    }
}

/// What proves popular is compressed better: another body with another tag, and whoever has the
/// old one need not fetch it again.
#[test]
fn what_is_asked_for_often_stays_the_same_content() {
    let server = Server::demo();
    let accept = ("Accept-Encoding", "gzip");
    let first = server.ask("GET", CACHED[0], &[accept]);
    let old = first.header("etag").expect("an ETag");
    let better = (0..6000).find_map(|round| {
        // After a while only the work itself is waited for.
        thread::sleep(Duration::from_millis(if round < 100 { 0 } else { 10 }));
        let answer = server.ask("GET", CACHED[0], &[accept]);
        (answer.header("etag").as_deref() != Some(&old)).then_some(answer)
    });
    let better: Answer = better.expect("a better one, in the end");
    assert_eq!(better.plain(), first.plain());
    assert!(better.body.len() < first.body.len());
    for tag in [old, better.header("etag").expect("an ETag")] {
        let answer = server.ask("GET", CACHED[0], &[accept, ("If-None-Match", &tag)]);
        assert_eq!((answer.status, answer.header("etag")), (304, Some(tag)));
    }
}
