//! Tables of places over HTTP: the same answers as `locate` gives, while the table still comes in.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::harness::{Answer, Server, demo as demo_atlas, parse_answer, run_with, scratch};

/// A POST of a body, read while it is written.
fn post(server: &Server, target: &str, kind: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    let mut back = stream.try_clone().expect("a second handle");
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: {kind}\r\n\
         Content-Length: {}\r\n\r\n",
        server.address,
        body.len()
    );
    thread::scope(|scope| {
        let answer = scope.spawn(move || {
            let mut bytes = Vec::new();
            let read = back.read_to_end(&mut bytes);
            assert!(!bytes.is_empty(), "no answer: {read:?}");
            parse_answer(&bytes, false)
        });
        stream.write_all(head.as_bytes()).expect("sent");
        // A server may refuse before it read all.
        drop(stream.write_all(body));
        answer.join().expect("an answer")
    })
}

/// Places all over the fictional country, and around it.
fn places(server: &Server, count: usize) -> Vec<(f64, f64)> {
    let page = server.get("/").text();
    let (_, extent) = page.split_once("\"omvang\":[").expect("the extent");
    let numbers = extent.split(']').next().expect("an end").split(',');
    let extent: Vec<f64> = numbers.map(|number| number.trim().parse().expect("a number")).collect();
    let part = |k: usize, factor: f64| (k as f64 * factor).fract() * 1.2 - 0.1;
    let round = |v: f64| (v * 1e6).round() / 1e6;
    (0..count)
        .map(|k| {
            let along = |axis: usize, factor| {
                round(extent[axis] + part(k, factor) * (extent[axis + 2] - extent[axis]))
            };
            (along(0, 0.754_877_666), along(1, 0.569_840_290))
        })
        .collect()
}

fn csv(places: &[(f64, f64)]) -> String {
    let mut table = "id,lon,lat\n".to_owned();
    for (id, (lon, lat)) in places.iter().enumerate() {
        writeln!(table, "{id},{lon},{lat}").expect("written");
    }
    table
}

#[test]
fn the_answer_is_that_of_locate_in_every_form() {
    let server = Server::demo();
    let folder = scratch();
    let places = places(&server, 500);
    let ndjson: String = places
        .iter()
        .enumerate()
        .map(|(id, (lon, lat))| format!("{{\"id\":{id},\"lon\":{lon},\"lat\":{lat}}}\n"))
        .collect();
    let features: Vec<_> = places
        .iter()
        .map(|(lon, lat)| {
            format!(
                "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}},\
                 \"properties\":{{}}}}"
            )
        })
        .collect();
    let geojson =
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
    let csv = csv(&places) + "bad,1e300,52\nworse,,\n";
    let mut codes: Vec<Vec<String>> = Vec::new();
    for (kind, format, table) in [
        ("text/csv; charset=utf-8", "csv", csv),
        ("application/x-ndjson", "ndjson", ndjson + "{\"lon\":1e300,\"lat\":52}\nno\n"),
        ("application/geo+json", "geojson", geojson),
    ] {
        let answer = post(&server, "/v1/locaties", kind, table.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.lower("cache-control"), "no-store");
        assert!(kind.starts_with(&answer.lower("content-type")));
        let file = folder.path().join(format);
        fs::write(&file, table).expect("written");
        let atlas = demo_atlas();
        let atlas = atlas.to_str().expect("UTF-8");
        let located = run_with(
            &["locate", "--data", atlas, "--format", format],
            File::open(&file).expect("the table"),
        )
        .succeeded();
        assert!(answer.text() == located.stdout, "{format} differs from locate");
        let is_area = |text: &&str| text.starts_with("BU");
        codes.push(match format {
            "csv" => {
                let rows = answer.text();
                let rows = rows.lines().skip(1).take(places.len());
                rows.map(|row| row.split(',').nth(3).unwrap_or_default().to_owned()).collect()
            }
            "ndjson" => answer
                .text()
                .lines()
                .take(places.len())
                .map(|line| serde_json::from_str::<Value>(line).expect("an object"))
                .map(|line| line["buurtcode"].as_str().unwrap_or_default().to_owned())
                .collect(),
            _ => answer.json()["features"]
                .as_array()
                .expect("features")
                .iter()
                .map(|f| f["properties"]["buurtcode"].as_str().unwrap_or_default().to_owned())
                .collect(),
        });
        let found = codes
            .last()
            .map_or(0, |codes| codes.iter().map(String::as_str).filter(is_area).count());
        assert!(found > 100 && found < 500, "{found} of {format} are inside");
    }
    assert_eq!(codes[0], codes[1]);
    assert_eq!(codes[0], codes[2]);
}

#[test]
fn a_million_rows_with_a_bad_one_are_all_answered() {
    let server = Server::demo();
    let some = places(&server, 1000);
    let mut table = "id,lon,lat\n".to_owned();
    for id in 0..1_000_000 {
        let (lon, lat) = some[id % some.len()];
        if id == 654_321 {
            table += "654321,\"hier\",52\n";
        } else {
            writeln!(table, "{id},{lon},{lat}").expect("written");
        }
    }
    let answer = post(&server, "/v1/locaties", "text/csv", table.as_bytes());
    assert_eq!(answer.status, 200);
    let text = answer.text();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("id,lon,lat,buurtcode,wijkcode,gemeentecode,fout"));
    let mut faults = 0;
    for (id, line) in lines.by_ref().enumerate() {
        assert!(line.starts_with(&format!("{id},")), "row {id}: {line}");
        if id == 654_321 {
            assert!(line.contains("\"\"hier\"\" is geen getal"), "{line}");
        }
        faults += usize::from(line.ends_with('"'));
        assert!(id < 1_000_000);
    }
    assert_eq!(faults, 1);
    assert_eq!(text.lines().count(), 1_000_001);
}

/// Sends the head of a POST in chunks, and says what it answers to each.
struct Talk(TcpStream);

impl Talk {
    fn begin(server: &Server) -> Self {
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        let head = format!(
            "POST /v1/locaties HTTP/1.1\r\nHost: {}\r\nContent-Type: text/csv\r\n\
             Transfer-Encoding: chunked\r\n\r\n",
            server.address
        );
        stream.write_all(head.as_bytes()).expect("sent");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        Self(stream)
    }

    fn say(&mut self, text: &str) -> std::io::Result<()> {
        self.0.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes())
    }

    /// Reads until what was read holds `text`.
    fn hear(&mut self, text: &str) -> String {
        let (mut heard, mut piece) = (String::new(), [0; 4096]);
        while !heard.contains(text) {
            let read = self.0.read(&mut piece).expect("an answer before the end of the table");
            assert!(read > 0, "ended after {heard}");
            heard += &String::from_utf8_lossy(&piece[..read]);
        }
        heard
    }
}

#[test]
fn rows_are_answered_before_the_table_is_whole() {
    let server = Server::demo();
    let (lon, lat) = places(&server, 1)[0];
    let mut talk = Talk::begin(&server);
    talk.say("id,lon").expect("sent");
    talk.say(&format!(",lat\n1,{lon},{lat}\n2,")).expect("sent");
    let heard = talk.hear("\n1,");
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
    talk.say(&format!("{lon},{lat}\n3,x,y")).expect("sent");
    talk.hear("\n2,");
    talk.0.write_all(b"0\r\n\r\n").expect("sent");
    talk.hear("is geen getal");
}

#[test]
fn a_client_that_stops_reading_is_not_read_from() {
    let server = Server::demo();
    // What is made when a coordinate is first asked for counts for nobody.
    server.get("/v1/locaties?lat=52&lon=5");
    let before = server.resident();
    let mut talk = Talk::begin(&server);
    talk.0.set_write_timeout(Some(Duration::from_secs(3))).expect("a timeout");
    talk.say("id,lon,lat\n").expect("sent");
    let rows = "123456,4.123456,52.123456\n".repeat(4000);
    let mut sent = 0;
    let stopped = loop {
        match talk.say(&rows) {
            Ok(()) => sent += rows.len(),
            Err(error) => break error,
        }
        assert!(sent < 60_000_000, "everything is taken and nothing is read");
    };
    assert!(matches!(stopped.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{stopped}");
    // Others are answered, and nothing was heaped up.
    assert_eq!(server.get("/health/ready").status, 200);
    let (Some(before), Some(after)) = (before, server.resident()) else { return };
    assert!(after < before + 60_000_000, "{before} bytes before, {after} after {sent}");
}

#[test]
fn what_is_no_table_is_told() {
    let server = Server::demo();
    let csv = |body: &str| post(&server, "/v1/locaties", "text/csv", body.as_bytes());
    for (body, code) in [
        ("", "leeg"),
        ("a,b\n1,2\n", "kolommen"),
        ("lon,lat,x,y\n", "kolommen"),
        ("lon,lat,fout\n", "kolommen"),
    ] {
        let problem = csv(body).problem(400);
        assert_eq!(problem["errors"][0]["code"], code, "{problem}");
        assert_eq!(problem["errors"][0]["in"], "body");
    }
    let long = format!("lon,{}", "x".repeat(3_000_000));
    assert_eq!(csv(&long).problem(400)["errors"][0]["code"], "te-lang");
    let geojson = post(&server, "/v1/locaties", "application/geo+json", b"[1]");
    assert_eq!(geojson.problem(400)["errors"][0]["code"], "geen-collectie");
    for kind in ["application/json", "text/plain", ""] {
        let problem = post(&server, "/v1/locaties", kind, b"lon,lat\n").problem(415);
        assert!(problem["detail"].as_str().is_some_and(|d| d.contains("text/csv")), "{problem}");
    }
    for (query, name) in [("crs=EPSG:3857", "crs"), ("jaar=1999", "jaar"), ("kleur=rood", "kleur")]
    {
        let answer = post(&server, &format!("/v1/locaties?{query}"), "text/csv", b"lon,lat\n");
        assert_eq!(answer.problem(400)["errors"][0]["location"]["name"], name);
    }
    let answer =
        post(&server, "/v1/locaties?scheidingsteken=puntkomma&crs=rd", "text/csv", b"X;Y\n1;2");
    assert_eq!(answer.text(), "X;Y;buurtcode;wijkcode;gemeentecode;fout\n1;2;;;;\n");
}

#[test]
fn areas_are_found_around_a_place_and_within_a_polygon() {
    let server = Server::demo();
    let inside = places(&server, 200).into_iter().find_map(|(lon, lat)| {
        let answer = server.get(&format!("/v1/locaties?lon={lon}&lat={lat}"));
        let is_land = answer.status == 200
            && answer.json()["buurt"]["code"].as_str().is_some_and(|code| !code.ends_with("9998"));
        is_land.then(|| (lon, lat, answer.json()))
    });
    let (lon, lat, place) = inside.expect("a place in the country");
    let listed = |answer: &Value| -> Vec<String> {
        let areas = answer["gebieden"].as_array().expect("areas");
        areas.iter().map(|area| area["code"].as_str().expect("a code").to_owned()).collect()
    };
    for (level, name) in [("buurten", "buurt"), ("wijken", "wijk"), ("gemeenten", "gemeente")] {
        let around = |metres: u32| {
            server
                .get(&format!(
                    "/v1/gebieden?niveau={level}&lon={lon}&lat={lat}&straal={metres}&aantal=1000"
                ))
                .ok()
        };
        let here = around(0);
        assert_eq!(listed(&here), [place[name]["code"].as_str().expect("a code")]);
        assert_eq!(here["gebieden"][0]["afstand"], 0.0);
        let (near, far) = (around(500), around(5000));
        assert!(near["totaal"].as_u64() <= far["totaal"].as_u64());
        let distances: Vec<_> = far["gebieden"]
            .as_array()
            .expect("areas")
            .iter()
            .map(|area| area["afstand"].as_f64().expect("a distance"))
            .collect();
        assert!(distances.is_sorted() && distances.iter().all(|metres| *metres <= 5000.0));

        // A square of degrees a hair wide holds the place, and so its area.
        let square = |half: f64| {
            let (w, s) = ((lon - half).max(3.0), (lat - half).max(50.5));
            let (e, n) = ((lon + half).min(7.5), (lat + half).min(53.9));
            let text = format!(
                "{{\"type\":\"Polygon\",\"coordinates\":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}"
            );
            let target = format!("/v1/gebieden?niveau={level}&aantal=1000");
            listed(&post(&server, &target, "application/geo+json", text.as_bytes()).ok())
        };
        assert_eq!(square(1e-7), listed(&here));
        let (some, all) = (square(0.01), square(3.0));
        assert!(some.iter().all(|code| all.contains(code)));
        let every = server.get(&format!("/v1/gebieden?niveau={level}&aantal=1000")).ok();
        assert_eq!(Some(all.len() as u64), every["totaal"].as_u64());
        let bbox = format!("{},{},{},{}", lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01);
        let boxed = listed(
            &server.get(&format!("/v1/gebieden?niveau={level}&bbox={bbox}&aantal=1000")).ok(),
        );
        assert!(some.iter().all(|code| boxed.contains(code)), "a box holds what its ground holds");
    }
}

#[test]
fn a_polygon_that_cannot_be_is_told() {
    let server = Server::demo();
    let send = |body: &str| {
        post(&server, "/v1/gebieden?niveau=wijken", "application/geo+json", body.as_bytes())
    };
    for body in [
        "",
        "{}",
        "{\"type\":\"Point\",\"coordinates\":[5,52]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[5,52],[1e300,52],[5,53],[5,52]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[5],[6,52],[5,53]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[]]}",
    ] {
        send(body).problem(400);
    }
    post(&server, "/v1/gebieden", "application/geo+json", b"{}").problem(400);
    // A million vertices are refused before any of them is sent.
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    let head =
        "POST /v1/gebieden?niveau=wijken HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("sent");
    let mut heard = [0; 12];
    stream.read_exact(&mut heard).expect("an answer");
    assert_eq!(&heard, b"HTTP/1.1 413");
    server.get("/v1/gebieden?niveau=wijken&straal=5").problem(400);
    server.get("/v1/gebieden?lon=5&lat=52&straal=5").problem(400);
    server.get("/v1/gebieden?niveau=wijken&lon=5&lat=52").problem(400);
    server.get("/v1/gebieden?niveau=wijken&lon=5&lat=52&straal=-1").problem(400);
    server.get("/v1/gebieden?niveau=wijken&bbox=5,52,4,53").problem(400);
}
