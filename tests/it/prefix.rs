//! Below a path of somebody else's address.

use crate::harness::{Server, demo};

#[test]
fn what_it_says_of_itself_has_the_path_and_requests_may() {
    let atlas = demo();
    let base = "https://gemeente.example/kaarten/wijken";
    let data = ["--data", atlas.to_str().expect("UTF-8"), "--base-url", base];
    let server = Server::start(&data);
    let plain = server.get("/v1/indicatoren");
    let below = server.get("/kaarten/wijken/v1/indicatoren");
    assert_eq!((plain.status, below.status), (200, 200));
    assert_eq!(plain.text(), below.text(), "some proxies cut the path off, others do not");
    for path in ["/kaarten/wijken", "/kaarten/wijken/", "/kaarten/wijken?taal=en"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    for path in ["/kaarten/wijkenkaart", "/kaarten", "/kaarten/wijken/kaarten/wijken"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let tiles = server.get("/v1/tegels/buurten/tilejson.json").ok();
    let tile = tiles["tiles"][0].as_str().expect("an address");
    assert!(tile.starts_with("/kaarten/wijken/v1/tegels/buurten/"), "{tile}");
    let openapi = server.get("/v1/openapi.json").ok();
    assert_eq!(openapi["servers"][0]["url"], "/kaarten/wijken/");
    let landing = server.get("/ogc/v1").ok();
    for link in landing["links"].as_array().expect("links") {
        let href = link["href"].as_str().expect("an address");
        assert!(href.starts_with(base), "{href}");
    }
    // What proxies or clients say of the address counts for nothing.
    let forged = [("Host", "kwaad.example"), ("X-Forwarded-Host", "kwaad.example")];
    let more = [("X-Forwarded-Prefix", "/kwaad"), ("Forwarded", "host=kwaad.example;proto=http")];
    for (header, value) in forged.into_iter().chain(more) {
        let page = server.ask("GET", "/bronnen", &[(header, value)]).text();
        assert!(!page.contains("kwaad") && page.contains("href=\"/kaarten/wijken/"), "{header}");
    }
}
