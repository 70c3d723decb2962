//! Faults that other map and feature servers had, each held against this one. Every test is named
//! after where the fault was seen.

#[allow(dead_code, unused_imports, reason = "the harness serves the promises too")]
#[path = "it/harness/mod.rs"]
mod harness;

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

use harness::{SQUARE, Server, each, geopackage, polygon, run, run_in_little, scratch, shapefile};

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

/// Runs an import that must fail, naming the file and what else is said of it.
#[track_caller]
fn refused(file: &Path, named: &[&str]) {
    let atlas = file.with_file_name("atlas.gpkg");
    let path = |path: &Path| path.to_str().expect("a path in UTF-8").to_owned();
    let arguments = ["import", "--year", "2024", "--data", &path(&atlas), &path(file)];
    run_in_little(&arguments).failed_naming(named);
    assert!(!atlas.exists(), "an atlas is left behind");
}

/// Writes other bytes into a file, and what it held back afterwards.
fn spoilt(path: &Path, at: usize, bytes: &[u8], then: impl Fn()) {
    let whole = fs::read(path).expect("it is there");
    let mut other = whole.clone();
    other[at..at + bytes.len()].copy_from_slice(bytes);
    fs::write(path, other).expect("written");
    then();
    fs::write(path, whole).expect("mended");
}

/// shapefile-rs #25, dbase-rs #51 #119: a negative record size, no table, bytes that are anything.
#[test]
fn shapefile_panics() {
    let folder = scratch();
    let shapes = shapefile(folder.path());
    let (index, table) = (shapes.with_extension("shx"), shapes.with_extension("dbf"));
    let negative = (-40_i32).to_be_bytes();
    spoilt(&index, 104, &negative, || refused(&shapes, &["wijk_2016.shp, record 1"]));
    // The header of the record itself is not what is gone by.
    let atlas = folder.path().join("atlas.gpkg");
    spoilt(&shapes, 104, &negative, || {
        let arguments = [&atlas, &shapes].map(|path| path.to_str().expect("a path in UTF-8"));
        run_in_little(&["import", "--data", arguments[0], arguments[1]]).succeeded();
        fs::remove_file(&atlas).expect("the atlas");
    });
    for (at, bytes) in [(8, [0xff; 4]), (10, [0; 4]), (32 + 16, [0xff; 4]), (32 + 16, [0; 4])] {
        spoilt(&table, at, &bytes, || refused(&shapes, &["wijk_2016.dbf"]));
    }
    spoilt(&table, 32 + 11, b"I", || refused(&shapes, &["wijk_2016.dbf"]));
    fs::remove_file(table).expect("it is there");
    refused(&shapes, &["wijk_2016.dbf is missing"]);
}

/// dbase-rs #37 #83 #88: letters beyond ASCII in every encoding that tables come in.
#[test]
fn dbf_encodings() {
    for (code_page, mark, encode) in [
        (Some("UTF-8"), 0_u8, str::as_bytes as fn(&str) -> &[u8]),
        (None, 0, str::as_bytes),
        (None, 3, |_| b"S\xfadwest-Frysl\xe2n"),
        (Some("1252"), 0, |_| b"S\xfadwest-Frysl\xe2n"),
        (None, 0, |_| b"S\xfadwest-Frysl\xe2n"),
    ] {
        let folder = scratch();
        let shapes = shapefile(folder.path());
        let table = shapes.with_extension("dbf");
        let mut bytes = fs::read(&table).expect("it is there");
        let name = encode("Súdwest-Fryslân");
        let at = bytes.windows(13).position(|part| part == b"'s-Gravenzijd").expect("a name");
        bytes[at..at + 20].fill(b' ');
        bytes[at..at + name.len()].copy_from_slice(name);
        bytes[29] = mark;
        fs::write(&table, bytes).expect("written");
        drop(fs::remove_file(shapes.with_extension("cpg")));
        if let Some(code_page) = code_page {
            fs::write(shapes.with_extension("cpg"), code_page).expect("written");
        }
        let atlas = folder.path().join("atlas.gpkg");
        let paths = [&atlas, &shapes].map(|path| path.to_str().expect("a path in UTF-8"));
        run(&["import", "--data", paths[0], paths[1]]).succeeded();
        let names = names(&atlas, "wijken_2016");
        assert_eq!(names, ["Súdwest-Fryslân", "'s-Gravenzijde"], "{code_page:?} {mark}");
    }
}

/// The names of a table of areas, by code.
fn names(atlas: &Path, table: &str) -> Vec<String> {
    let atlas = rusqlite::Connection::open(atlas).expect("an atlas");
    let sql = format!("SELECT naam FROM {table} ORDER BY code");
    let mut rows = atlas.prepare(&sql).expect("a table of areas");
    rows.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("names")
}

/// geozero #299, wkb #93: counts that ask for memory before there is anything to fill it, and
/// brackets without end.
#[test]
fn huge_preallocation_and_deep_nesting() {
    let folder = scratch();
    let layer = |name: &str, geometry: Vec<u8>| {
        let columns = "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT";
        let row = [("'BU00140000', 'Dorp', 'Stad'", geometry)];
        geopackage(folder.path(), name, "buurten", columns, &row)
    };
    // Where the counts stand: rings in a polygon, points in its first ring.
    for (name, at) in [("ringen.gpkg", 13), ("punten.gpkg", 17)] {
        let mut lie = polygon(&SQUARE);
        lie[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        refused(&layer(name, lie), &[name, "record 1", "4294967295"]);
    }
    let mut many = polygon(&SQUARE)[..8].to_vec();
    many.extend([1, 6, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    refused(&layer("vlakken.gpkg", many), &["record 1", "4294967295 polygons"]);
    // Collections in collections are no areas, however deep.
    let mut deep = polygon(&SQUARE)[..8].to_vec();
    deep.extend([1, 7, 0, 0, 0, 1, 0, 0, 0].repeat(100_000));
    refused(&layer("diep.gpkg", deep), &["record 1", "geometry type 7"]);
    for (name, bracket) in
        [("lijsten", "["), ("leden", r#"{"type":"GeometryCollection","geometries":["#)]
    {
        let path = folder.path().join(format!("{name}.geojson"));
        let geometry = bracket.repeat(200_000);
        fs::write(&path, format!(r#"{{"features":[{{"geometry":{geometry}"#)).expect("written");
        refused(&path, &[name, "record 1"]);
    }
}

/// t-rex #315, panics in overlays: shapes that cross, touch and repeat themselves are repaired,
/// counted and named.
#[test]
fn invalid_geometry() {
    let at = |points: &[(i32, i32)]| -> Vec<(f64, f64)> {
        let metres = |n: i32| f64::from(n) * 100.0;
        points.iter().map(|&(x, y)| (150_000.0 + metres(x), 450_000.0 + metres(y))).collect()
    };
    let shapes = [
        ("bow", at(&[(0, 0), (4, 4), (4, 0), (0, 4), (0, 0)])),
        ("spike", at(&[(0, 0), (4, 0), (4, 4), (4, 9), (4, 4), (0, 4), (0, 0)])),
        ("eight", at(&[(0, 0), (2, 2), (4, 0), (4, 4), (2, 2), (0, 4), (0, 0)])),
        ("repeats", at(&[(0, 0), (4, 0), (4, 0), (4, 0), (4, 4), (0, 4), (0, 0)])),
        ("open", at(&[(0, 0), (4, 0), (4, 4), (0, 4)])),
    ];
    let folder = scratch();
    let rows: Vec<_> = shapes
        .iter()
        .zip(0..)
        .map(|((name, points), n): (_, i32)| {
            (format!("'BU0014000{n}', '{name}', 'Stad'"), polygon(points))
        })
        .collect();
    let rows: Vec<_> = rows.iter().map(|(row, shape)| (row.as_str(), shape.clone())).collect();
    let columns = "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT";
    let path = geopackage(folder.path(), "b_2024.gpkg", "buurten", columns, &rows);
    let atlas = folder.path().join("atlas.gpkg");
    let paths = [&atlas, &path].map(|path| path.to_str().expect("a path in UTF-8"));
    let said = run(&["import", "--json", "--data", paths[0], paths[1]]).succeeded().stdout;
    let report: serde_json::Value = serde_json::from_str(&said).expect("a report");
    let areas = &report["bestanden"][0]["vlakken"][0];
    // Those that another covers wholly have no shape, and are named.
    let vanished = areas["passend"]["verdwenen"].as_array().map_or(0, Vec::len);
    assert_eq!(areas["gebieden"].as_u64(), Some(5 - vanished as u64), "{areas}");
    let repaired: Vec<_> = each(&areas["hersteld"], "record");
    assert_eq!(repaired, [1, 2, 3], "{areas}");
    Server::on(&atlas).get("/v1/locaties?x=150100&y=450050").ok();

    let line = geopackage(
        folder.path(),
        "lijn_2024.gpkg",
        "buurten",
        columns,
        &[("'BU00140000', 'lijn', 'Stad'", polygon(&at(&[(0, 0), (2, 2), (4, 4), (0, 0)])))],
    );
    fs::remove_file(&atlas).expect("the atlas");
    refused(&line, &["lijn_2024.gpkg", "record 1", "BU00140000", "no ring encloses an area"]);
}

/// pygeoapi #2267, mbtileserver #55: one bad file among good ones.
#[test]
fn one_bad_file_stops_all() {
    let folder = scratch();
    let good = shapefile(folder.path());
    let bad = folder.path().join("slecht.gpkg");
    fs::write(&bad, [7; 5_000]).expect("written");
    let atlas = folder.path().join("atlas.gpkg");
    let [data, good, bad] = [&atlas, &good, &bad].map(|path| path.to_str().expect("UTF-8"));
    run(&["import", "--data", data, good, bad]).failed_naming(&["slecht.gpkg"]);
    assert!(!atlas.exists(), "half an import");
    run(&["import", "--data", data, good]).succeeded();
    let before = fs::read(&atlas).expect("the atlas");
    run(&["import", "--data", data, bad]).failed_naming(&["slecht.gpkg"]);
    assert!(before == fs::read(&atlas).expect("the atlas"), "the old data is kept");
    // A server that is given it says so at its start, and does not start.
    run_in_little(&["serve", "--listen", "127.0.0.1:0", "--data", bad])
        .failed_naming(&["slecht.gpkg"]);
    Server::on(&atlas).get("/v1/gebieden?niveau=wijken").ok();
}
