//! The basemap comes through the server or not at all.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::mpsc,
    thread,
};

use crate::harness::{Server, scratch};

/// The first bytes of every PNG, and something that is none.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the rest of a tile";
const PAGE: &[u8] = b"<html><script>alert(1)</script></html>";

/// Somebody's tile server: tells which paths it was asked for, and answers a picture for column 1
/// and a page for every other.
fn stand_in() -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (asked, paths) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            let body = if path.starts_with("/tegels/2/1/") { PNG } else { PAGE };
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nset-cookie: spy=1\r\nconnection: close\r\n\r\n",
                body.len()
            );
            drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)));
            if asked.send(path).is_err() {
                return;
            }
        }
    });
    (address, paths)
}

#[test]
fn tiles_pass_through_and_nothing_else_does() {
    let (address, paths) = stand_in();
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    let text = format!("achtergrondkaart = 'http://{address}/tegels/{{z}}/{{x}}/{{y}}.png'");
    fs::write(&config, text).expect("a temporary file");
    let server = Server::start(&["--demo", "--config", config.to_str().expect("UTF-8")]);

    let tile = server.get("/v1/achtergrondkaart/2/1/3.png");
    assert_eq!(tile.status, 200);
    assert_eq!(tile.body, PNG);
    assert_eq!(tile.header("content-type").as_deref(), Some("image/png"));
    assert_eq!(tile.header("set-cookie"), None, "another server's cookie passed through");
    assert_eq!(paths.recv().expect("asked"), "/tegels/2/1/3.png");

    // What is no picture is not passed on, whatever the other server says.
    server.get("/v1/achtergrondkaart/2/0/0.png").problem(502);
    paths.recv().expect("asked");

    // Tiles that cannot be are refused without asking anybody.
    for odd in ["2/4/0.png", "20/0/0.png", "2/-1/0.png", "2/1/x.png", "2/1/..%2f..%2fetc.png"] {
        server.get(&format!("/v1/achtergrondkaart/{odd}")).problem(404);
    }
    assert!(paths.try_recv().is_err(), "the other server was asked for a tile that cannot be");
}

#[test]
fn without_configuration_there_is_none() {
    Server::demo().get("/v1/achtergrondkaart/2/1/3.png").problem(404);
}
