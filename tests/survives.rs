//! Faults that other map and feature servers had, each held against this one. Every test is named
//! after where the fault was seen.

#[expect(dead_code, unused_imports, reason = "the harness serves the promises too")]
#[path = "it/harness/mod.rs"]
mod harness;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use harness::Server;

const LAYER: &str = "/v1/lagen/buurten.geojson?indicator=leefbaarheid";

/// `tileserver-php` #166, `mbtiles.js` #2, `MapProxy` #1102: names that become paths.
#[test]
fn path_traversal() {
    let server = Server::demo();
    let long = "a".repeat(7_000);
    for name in [
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "..%5c..%5cwindows",
        "../../etc/passwd",
        "%00",
        "leefbaarheid%00.html",
        "/etc/passwd",
        "%252e%252e%252fetc",
        "C:%5cboot.ini",
        &long,
    ] {
        for base in ["/v1/indicatoren/", "/v1/gebieden/", "/assets/", "/", "/v1/lagen/"] {
            let answer = server.get(&format!("{base}{name}"));
            assert!(
                [400, 404, 414, 431].contains(&answer.status),
                "{base}{name:.60}: {}",
                answer.status
            );
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(!text.contains("root:"), "{base}{name:.60}: {text:.200}");
        }
    }
    // An indicator that is none, on the page: a page or a problem, never a file.
    let answer = server.get("/kaart/..%2f..%2fCargo.toml");
    assert!(!String::from_utf8_lossy(&answer.plain()).contains("[package]"));
}

/// tileserver-gl, MapServer CVE-2026-42030, pg_tileserv #196: input echoed into a page.
#[test]
fn reflected_script() {
    let server = Server::demo();
    let script = "%3Cscript%3Ealert(1)%3C/script%3E";
    let raw = "<script>alert(1)</script>";
    for target in [
        format!("/kaart/{script}"),
        format!("/kaart/leefbaarheid?jaar={script}&binnen={script}"),
        format!("/?q={script}"),
        format!("/{script}"),
        format!("/v1/indicatoren/{script}"),
        format!("/v1/gebieden?q={script}"),
        format!("{LAYER}&jaar={script}"),
        format!("{LAYER}&{script}=1"),
        format!("/kaart/leefbaarheid?binnen=%22%3E{script}"),
    ] {
        let answer = server.get(&target);
        assert_eq!(answer.lower("x-content-type-options"), "nosniff", "{target}");
        if answer.lower("content-type").starts_with("text/html") {
            assert!(!answer.text().contains(raw), "{target}");
            assert!(answer.lower("content-security-policy").contains("script-src"), "{target}");
        }
    }
}

/// tileserver-gl #2032, martin #503: a host that the caller made up.
#[test]
fn host_header_poisoning() {
    let server = Server::demo();
    for target in ["/", "/v1/indicatoren", "/v1/openapi.json", LAYER, "/v1/niets"] {
        let answer = server.send(&format!(
            "GET {target} HTTP/1.1\r\nHost: boef.example\r\nX-Forwarded-Host: boef.example\r\n\
             Forwarded: host=boef.example\r\nX-Rewrite-URL: /boef.example\r\nConnection: close\r\n\r\n"
        ));
        assert!(!answer.text().contains("boef.example"), "{target}");
        let echoed = answer.headers.iter().find(|(_, value)| value.contains("boef"));
        assert_eq!(echoed, None, "{target}");
    }
}

/// tile38 #793, rstar #112, pygeoapi #2068: numbers that are none.
#[test]
fn nan_and_infinity() {
    let server = Server::demo();
    for number in
        ["NaN", "nan", "inf", "-inf", "Infinity", "1e400", "-1e400", "", "0x10", "1_0", "١"]
    {
        server.get(&format!("/v1/locaties?lat={number}&lon=5.1")).problem(400);
        server.get(&format!("/v1/locaties?x={number}&y=450000")).problem(400);
        server.get(&format!("{LAYER}&bbox={number},52,5,53")).problem(400);
        server.get(&format!("{LAYER}&methode=eigen&klassegrenzen=0,{number}")).problem(400);
    }
    for target in [LAYER, "/v1/indicatoren", "/v1/legenda?indicator=leefbaarheid&niveau=buurten"] {
        // serde reads no NaN: that it parses is the proof.
        server.get(target).ok();
    }
}

/// pygeoapi #2067, pg_featureserv #112: a limit beyond what fits.
#[test]
fn limit_overflow() {
    let server = Server::demo();
    for limit in ["0", "-1", "18446744073709551616", "1000000000", "1e9"] {
        server.get(&format!("/v1/gebieden?q=a&aantal={limit}")).problem(400);
    }
}

/// pygeoapi #2187: boxes of six values, reversed, across the antimeridian.
#[test]
fn odd_boxes() {
    let server = Server::demo();
    for bbox in ["4,52,0,5,53,0", "5,53,4,52", "4,53,5,52", "179,50,-179,54", "1,2,3,4,5"] {
        let answer = server.get(&format!("{LAYER}&bbox={bbox}"));
        assert!([200, 400].contains(&answer.status), "{bbox}: {}", answer.status);
        if answer.status == 400 {
            assert_eq!(answer.problem(400)["errors"][0]["location"]["name"], "bbox");
        }
    }
    let nowhere = server.get(&format!("{LAYER}&bbox=-10,10,-9,11")).ok();
    assert_eq!(
        nowhere["features"].as_array().map(Vec::len),
        Some(0),
        "an empty box is an empty layer"
    );
}

/// martin GHSA-5x5g, MapServer #7555: lists and parameters without a cap.
#[test]
fn lists_without_a_cap() {
    let server = Server::demo();
    let many = vec!["leefbaarheid"; 1_000].join(",");
    let answer = server.get(&format!("/v1/locaties?lat=52&lon=5&indicatoren={many}"));
    assert!([400, 414, 431].contains(&answer.status), "{}", answer.status);
    let repeated = "&jaar=2024".repeat(200);
    server.get(&format!("{LAYER}{repeated}")).problem(400);
    let breaks = (0..2_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let answer = server.get(&format!("{LAYER}&methode=eigen&klassegrenzen={breaks}"));
    assert!([400, 414, 431].contains(&answer.status), "{}", answer.status);
    let answer = server.get(&format!("/v1/gebieden?q={}", "a".repeat(5_000)));
    assert!([400, 414, 431].contains(&answer.status), "{}", answer.status);
}

/// pygeoapi #2010, t-rex #205: longitude and latitude the wrong way round.
#[test]
fn axis_order() {
    let server = Server::demo();
    let layer = server.get("/v1/lagen/gemeenten.geojson?indicator=leefbaarheid").ok();
    let mut first = &layer["features"][0]["geometry"]["coordinates"];
    while first[0].is_array() {
        first = &first[0];
    }
    let axis = |index: usize| first[index].as_f64().expect("a number");
    assert!((3.0..8.0).contains(&axis(0)) && (50.0..54.0).contains(&axis(1)), "{first}");
    let Some(server) = Server::country() else { return };
    assert_eq!(server.get("/v1/locaties?lat=53.233375&lon=6.551162").status, 200);
    assert_ne!(server.get("/v1/locaties?lat=6.551162&lon=53.233375").status, 200);
}

/// tegola #250: an error kept as if it were an answer.
#[test]
fn an_error_cached_as_success() {
    let server = Server::demo();
    for _ in 0..3 {
        server.get(&format!("{LAYER}&jaar=1066")).problem(400);
        server.get(LAYER).ok();
    }
}

/// geolens #1785: another cache entry for every spelling of the same question.
#[test]
fn one_answer_for_one_question() {
    let server = Server::demo();
    let tag = |target: &str| server.get(target).header("etag").expect("an ETag");
    let plain = "/v1/legenda?indicator=leefbaarheid&niveau=buurten";
    assert_eq!(tag(plain), tag("/v1/legenda?niveau=buurten&indicator=leefbaarheid"));
    assert_eq!(tag(plain), tag("/v1/legenda?niveau=buurten&indicator=%6Ceefbaarheid"));
    assert_eq!(tag(plain), tag(&format!("{plain}&schaal=vast")));
}

/// axum #2741: senders of half a request keep others waiting.
#[test]
fn half_open_connections() {
    let server = Server::demo();
    let mut half: Vec<TcpStream> = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        stream.write_all(b"GET /v1/indicatoren HTTP/1.1\r\nHost: x\r\nX-Slow: ").expect("half");
        half.push(stream);
    }
    let asked = Instant::now();
    assert_eq!(server.get("/health/live").status, 200);
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    drop(half);
}

/// Requests that are none: an answer or an end, and the next one is served.
#[test]
fn broken_requests() {
    let server = Server::demo();
    for request in [
        "GET\r\n\r\n",
        "\u{0}\u{1}\u{2}\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /v1/gebieden?q=%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET http://boef.example/v1/indicatoren HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "POST /v1/indicatoren HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\nConnection: close\r\n\r\n0\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(!answer.starts_with("HTTP/1.1 5"), "{request:?}: {answer:.200}");
    }
    assert_eq!(server.get("/health/live").status, 200);
}

/// GeoServer CVE-2023-41339, titiler: an address that the server is told to fetch.
#[test]
fn request_forgery() {
    let server = Server::demo();
    for name in ["url", "href", "geojson", "achtergrondkaart"] {
        server.get(&format!("{LAYER}&{name}=http://127.0.0.1:9/")).problem(400);
    }
}

/// GeoServer CVE-2023-25157, pygeoapi #2288: input that becomes SQL.
#[test]
fn injected_sql() {
    let server = Server::demo();
    for text in ["%27%20OR%201=1--", "%27;DROP%20TABLE%20waarnemingen;--", "%25", "_", "%22"] {
        server.get(&format!("/v1/lagen/buurten.geojson?indicator={text}")).problem(400);
        let found = server.get(&format!("/v1/gebieden?q={text}")).ok();
        let total = found["totaal"].as_u64().expect("a count");
        let all =
            server.get("/v1/gebieden?niveau=buurten").ok()["totaal"].as_u64().expect("a count");
        assert!(total < all, "{text} found everything: {total} of {all}");
    }
}
