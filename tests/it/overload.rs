//! Many, slow and impatient clients, and the end of the server.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use tempfile::TempDir;

use crate::harness::{Server, demo, parse_answer, run, scratch};

/// A server on the demo with these limits.
fn limited(limits: &str) -> (Server, TempDir) {
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    fs::write(&config, format!("[grenzen]\n{limits}\n")).expect("written");
    let (atlas, config) = (demo(), config.display().to_string());
    let server = Server::start(&["--data", atlas.to_str().expect("UTF-8"), "--config", &config]);
    (server, folder)
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address).expect("accepted");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
    stream
}

/// One answer on a connection that stays.
fn ask(stream: &mut TcpStream, target: &str) -> String {
    let request = format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        text.push(byte[0]);
    }
    let head = String::from_utf8(text).expect("a head is ASCII").to_lowercase();
    let length = head.split("content-length: ").nth(1).expect("a length");
    let length: usize = length.split('\r').next().expect("a line").parse().expect("a number");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    head
}

#[test]
fn five_hundred_slow_and_half_open_clients_disturb_nobody() {
    let server = Server::demo();
    let mut slow = Vec::new();
    for number in 0..500 {
        let mut stream = connect(&server);
        // Nothing, the beginning of a head, or of a body.
        let begun: &[u8] = match number % 3 {
            0 => b"",
            1 => b"GET /v1/indicatoren HTTP/1.1\r\nHost: x\r\nX-Slow: ",
            _ => b"POST /v1/locaties HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nlon,lat\n5",
        };
        stream.write_all(begun).expect("sent");
        slow.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(server.get("/health/ready").status, 200);
        assert_eq!(server.get("/v1/indicatoren").status, 200);
    }
    // Who says nothing, or not all of a head, is given up after a while: the other end closes.
    for stream in slow.iter_mut().take(2) {
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest).map_err(|error| error.kind());
        // A close or a reset; not that the reader lost patience.
        assert!(matches!(ended, Ok(_) | Err(ErrorKind::ConnectionReset)), "{ended:?}");
    }
}

#[test]
fn more_connections_than_there_is_room_for_are_told_to_come_back() {
    let (server, _folder) = limited("verbindingen = 4");
    let mut here: Vec<_> = (0..4).map(|_| connect(&server)).collect();
    for stream in &mut here {
        assert!(ask(stream, "/v1/indicatoren").starts_with("http/1.1 200"));
    }
    let told = server.get("/v1/indicatoren");
    told.problem(503);
    assert!(told.header("retry-after").expect("when").parse::<u32>().is_ok());
    assert_eq!(server.get("/health/live").status, 200, "who watches is answered");
    assert_eq!(server.get("/health/ready").status, 200);
    // Those who were there are served on.
    assert!(ask(&mut here[0], "/v1/indicatoren").starts_with("http/1.1 200"));
    // And when one goes there is room again.
    drop(here.pop());
    let mut answered = false;
    for _ in 0..100 {
        answered = server.get("/v1/indicatoren").status == 200;
        if answered {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(answered);
}

#[test]
fn counters_are_on_a_listener_of_their_own() {
    let probe = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = probe.local_addr().expect("an address");
    drop(probe);
    let (atlas, metrics) = (demo(), address.to_string());
    let server = Server::start(&["--data", atlas.to_str().expect("UTF-8"), "--metrics", &metrics]);
    assert_eq!(server.get("/v1/indicatoren").status, 200);
    assert_eq!(server.get("/v1/niets").status, 404);
    assert_eq!(server.get("/metrics").status, 404, "not where everybody comes");
    let mut stream = TcpStream::connect(address).expect("it listens there too");
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("read");
    let text = parse_answer(&answer, false).text();
    for line in [
        "wijkzicht_requests_total{status=\"2xx\"} 1",
        "wijkzicht_requests_total{status=\"4xx\"} 2",
        "wijkzicht_panics_total 0",
        "wijkzicht_requests_under_way 0",
    ] {
        assert!(text.lines().any(|one| one == line), "no {line} in\n{text}");
    }
}

#[test]
fn a_check_serves_nothing_and_says_what_is_wrong() {
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    let (atlas, path) = (demo(), config.display().to_string());
    let atlas = atlas.to_str().expect("UTF-8");
    fs::write(&config, "[grenzen]\nverbindingen = 100\n").expect("written");
    let fine = run(&["serve", "--check", "--data", atlas, "--config", &path]).succeeded();
    assert_eq!(fine.stdout, "in orde\n");
    fs::write(&config, "[grenzen]\nverbindingen = 0\n").expect("written");
    run(&["serve", "--check", "--data", atlas, "--config", &path])
        .failed_naming(&["grenzen", "verbindingen"]);
    fs::write(&config, "[grenzen]\nvertrouwde-proxys = [\"ergens\"]\n").expect("written");
    run(&["serve", "--check", "--data", atlas, "--config", &path])
        .failed_naming(&["wijkzicht.toml", "vertrouwde-proxys"]);
}

#[test]
fn a_client_that_asks_too_often_is_told_and_others_are_not() {
    let (server, _folder) =
        limited("verzoeken-per-seconde = 0.01\nvertrouwde-proxys = [\"127.0.0.0/8\"]");
    let ask = |client: &str| server.ask("GET", "/v1/indicatoren", &[("X-Forwarded-For", client)]);
    // One is always allowed, and the next one after a hundred seconds.
    assert_eq!(ask("192.0.2.1").status, 200);
    let told = ask("192.0.2.1");
    told.problem(429);
    assert!(told.header("retry-after").is_some());
    assert_eq!(ask("192.0.2.2").status, 200);
    assert_eq!(ask("192.0.2.1, 192.0.2.3").status, 200, "the last one is whom the proxy saw");
    let health = server.ask("GET", "/health/ready", &[("X-Forwarded-For", "192.0.2.1")]);
    assert_eq!(health.status, 200);

    // Whoever is no proxy counts himself, whatever he says.
    let (server, _folder) = limited("verzoeken-per-seconde = 0.01");
    let ask = |client: &str| server.ask("GET", "/v1/indicatoren", &[("X-Forwarded-For", client)]);
    assert_eq!(["192.0.2.1", "192.0.2.2"].map(|client| ask(client).status), [200, 429]);
}

#[test]
#[cfg(unix)]
fn requests_under_way_are_finished_when_the_server_is_asked_to_stop() {
    let server = Server::demo();
    let mut waiting = connect(&server);
    assert!(ask(&mut waiting, "/health/ready").starts_with("http/1.1 200"));
    // A table that is read while it is answered, half of it sent.
    let rows: String = (0..20_000).map(|row| format!("5.{:05},52.2\n", row % 90_000)).collect();
    let table = format!("lon,lat\n{rows}");
    let mut long = connect(&server);
    let head = format!(
        "POST /v1/locaties HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\nContent-Length: {}\r\n\r\n",
        table.len()
    );
    let (first, second) = table.split_at(table.len() / 2);
    long.write_all(head.as_bytes()).and_then(|()| long.write_all(first.as_bytes())).expect("sent");
    server.ask_to_stop();
    // No new connection is taken any more, sooner or later.
    let refused = (0..250).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        TcpStream::connect(server.address).is_err()
    });
    assert!(refused);
    let mut back = long.try_clone().expect("a second handle");
    let reader = std::thread::spawn(move || {
        let mut answer = Vec::new();
        back.read_to_end(&mut answer).expect("the whole answer");
        answer
    });
    long.write_all(second.as_bytes()).expect("sent");
    let answer = parse_answer(&reader.join().expect("read"), false);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text().lines().count(), 20_001);
    assert_eq!(server.exit_code(), Some(0));
}
