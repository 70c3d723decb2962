//! Requests that are not what they seem.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::{
    LAYER,
    harness::{Server, each},
};

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

/// pygeoapi #1658 and gokoala: pages that lose areas or repeat them, a cursor for another filter.
#[test]
fn paging_loses_or_repeats() {
    let server = Server::demo();
    let items = "/ogc/v1/collections/wijken-2024/items";
    let mut next = Some(format!("{items}?limit=7&filter=water%20=%20FALSE"));
    let (mut found, mut cursors) = (Vec::new(), Vec::new());
    while let Some(target) = next {
        let page = server.get(&target).ok();
        found.extend(each(&page["features"], "id").into_iter().map(ToString::to_string));
        let links = page["links"].as_array().expect("links");
        let link = links.iter().find(|link| link["rel"] == "next");
        next = link.map(|link| {
            let href = link["href"].as_str().expect("an address");
            href[href.find("/ogc/").expect("a path")..].to_owned()
        });
        cursors.extend(next.iter().filter_map(|href| {
            href.split(['?', '&']).find(|part| part.starts_with("cursor=")).map(ToOwned::to_owned)
        }));
    }
    let all = server.get(&format!("{items}?limit=1000&filter=water%20=%20FALSE")).ok();
    let all: Vec<_> = each(&all["features"], "id").into_iter().map(ToString::to_string).collect();
    assert_eq!(found, all);
    assert!(cursors.len() > 2, "{cursors:?}");
    for cursor in &cursors {
        server.get(&format!("{items}?limit=7&filter=water%20=%20TRUE&{cursor}")).problem(400);
    }
}

/// pygeoapi #2365: a tile that cannot be is not there; one without anything in it is empty.
#[test]
fn tile_out_of_range() {
    let server = Server::demo();
    for nothing in ["3/8/0", "3/0/8", "40/0/0", "-1/0/0", "3/1e0/0"] {
        server.get(&format!("/v1/tegels/buurten/{nothing}")).problem(404);
    }
    assert_eq!(server.get("/v1/tegels/buurten/6/0/0").status, 204);
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

/// `GeoServer` CVE-2024-36401: a property name that is evaluated instead of looked up.
#[test]
fn names_that_are_evaluated() {
    let server = Server::demo();
    let items = "/ogc/v1/collections/gemeenten-2024/items";
    let evil = "exec(java.lang.Runtime.getRuntime(),'touch%20here')";
    for name in [evil, "naam;DROP", "__proto__", "constructor", "../naam", "naam%00", "*"] {
        server.get(&format!("{items}?properties={name}")).problem(400);
        server.get(&format!("{items}?sortby={name}")).problem(400);
        server.get(&format!("{items}?filter={name}%20=%201")).problem(400);
        server.get(&format!("/v1/locaties?lat=52&lon=5&indicatoren={name}")).problem(400);
    }
}

/// `GeoServer` CVE-2025-30220, CVE-2025-58360: XML with entities in a request. No request is XML.
#[test]
fn xml_in_a_request() {
    let server = Server::demo();
    let xml =
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
    for target in ["/v1/locaties", "/v1/gebieden?niveau=buurten"] {
        for kind in ["application/xml", "text/xml", "application/gml+xml"] {
            let request = format!(
                "POST {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{xml}",
                xml.len()
            );
            let answer = server.send(&request);
            assert!([400, 415].contains(&answer.status), "{target} {kind}: {}", answer.status);
            assert!(!answer.text().contains("root:"), "{target} {kind}");
        }
    }
}

/// martin #503: a header that leads to another address.
#[test]
fn headers_that_rewrite() {
    let server = Server::demo();
    for header in ["X-Rewrite-URL", "X-Original-URL", "X-Forwarded-Uri", "X-Forwarded-Prefix"] {
        let answer = server.ask("GET", "/v1/niets", &[(header, "/v1/indicatoren")]);
        answer.problem(404);
    }
}

/// PDOK's users: limits that nobody tells of, and addresses that end with a year.
#[test]
fn silent_limits_and_addresses_that_end() {
    let server = Server::demo();
    let collections = server.get("/ogc/v1/collections").ok();
    let ids = each(&collections["collections"], "id");
    let ids: Vec<_> = ids.into_iter().filter_map(|id| id.as_str()).collect();
    assert!(ids.contains(&"buurten-2018") && ids.contains(&"buurten-2024"), "{ids:?}");
    for year in [2018, 2024] {
        let layer =
            server.get(&format!("/v1/lagen/gemeenten.geojson?indicator=leefbaarheid&jaar={year}"));
        assert_eq!(layer.ok()["jaar"], year);
    }
    // Who asks for more than there is on a page is told how many there are, and given the way on.
    let page = server.get("/ogc/v1/collections/buurten-2024/items?limit=1000000").ok();
    let returned = page["numberReturned"].as_u64().expect("a number");
    let matched = page["numberMatched"].as_u64().expect("a number");
    let on = each(&page["links"], "rel").contains(&&"next".into());
    assert_eq!(page["features"].as_array().map(|all| all.len() as u64), Some(returned));
    assert!(returned == matched || on, "{returned} of {matched} and no way on");
}

/// tzf-rs #207 #208: points on a border that lie nowhere, or in two places.
#[test]
fn points_on_shared_borders() {
    let server = Server::demo();
    let layer = server
        .get("/v1/lagen/buurten.geojson?indicator=leefbaarheid&crs=EPSG:28992&detail=volledig");
    let layer = layer.ok();
    // Who has each corner, and which belong to none but the areas that have it.
    let mut owners = BTreeMap::<(String, String), BTreeSet<&str>>::new();
    for feature in layer["features"].as_array().expect("features") {
        let code = feature["properties"]["code"].as_str().expect("a code");
        let mut rings = vec![&feature["geometry"]["coordinates"]];
        while let Some(part) = rings.pop() {
            match part.as_array().map(Vec::as_slice) {
                Some([x, y]) if x.is_number() => {
                    owners.entry((x.to_string(), y.to_string())).or_default().insert(code);
                }
                Some(parts) => rings.extend(parts),
                None => {}
            }
        }
    }
    // Inside the coverage: corners that three areas have, and so are on no outer border but by chance.
    owners.retain(|_, codes| codes.len() >= 3);
    let shared: Vec<_> = owners.keys().collect();
    assert!(shared.len() > 50, "{} corners", shared.len());
    let table: String = shared.iter().map(|(x, y)| format!("{x},{y}\n")).collect();
    let body = format!("x,y\n{table}");
    let request = format!(
        "POST /v1/locaties?crs=rd HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = server.send(&request).text();
    assert_eq!(answer.lines().count(), shared.len() + 1);
    let mut nowhere = 0;
    for (line, codes) in answer.lines().skip(1).zip(owners.values()) {
        let buurt = line.split(',').find(|cell| cell.starts_with("BU"));
        nowhere += usize::from(buurt.is_none());
        assert!(buurt.is_none_or(|buurt| codes.contains(buurt)), "{line}, not of {codes:?}");
    }
    // A corner of three areas may lie on the outer border too, where it belongs to what is not there.
    assert!(nowhere * 20 < shared.len(), "{nowhere} of {} corners lie nowhere", shared.len());
}
