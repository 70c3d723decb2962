//! Compact borders and value columns, which a page joins by ordinal.

use std::fs;

use crate::harness::{Server, scratch, vitest};

/// What both files carry between their fourth byte and the count of areas.
fn order(file: &[u8]) -> &[u8] {
    &file[8..16]
}

fn count(file: &[u8]) -> u32 {
    u32::from_le_bytes(file[16..20].try_into().expect("four bytes"))
}

/// The page's own reader makes of them what the GeoJSON says.
#[test]
fn the_page_reads_the_layer_in_them() {
    let server = Server::demo();
    for (level, indicator, year, within) in [
        ("buurten", "leefbaarheid", 2024, false),
        ("buurten", "bijstand-per-1000", 2024, true),
        ("gemeenten", "inwoners", 2018, false),
        ("wijken", "woningwaarde", 2024, false),
    ] {
        let gemeente = server.get("/v1/gebieden?niveau=gemeenten&aantal=1").ok();
        let gemeente = gemeente["gebieden"][0]["code"].as_str().expect("a code").to_owned();
        let limit = if within { format!("&binnen={gemeente}") } else { String::new() };
        let query = format!("indicator={indicator}&jaar={year}");
        let folder = scratch();
        for (name, target) in [
            ("grenzen", format!("/v1/gebiedsgrenzen/{level}?jaar={year}&detail=volledig{limit}")),
            ("waarden", format!("/v1/waarden/{level}?{query}")),
            ("laag.geojson", format!("/v1/lagen/{level}.geojson?{query}&detail=volledig{limit}")),
        ] {
            let answer = server.get(&target);
            assert_eq!(answer.status, 200, "{target}: {}", answer.text());
            fs::write(folder.path().join(name), answer.plain()).expect("kept");
        }
        let path = folder.path().to_str().expect("UTF-8");
        let Some(seen) = vitest("src/core/answers.test.ts", ("WIJKZICHT_ANSWERS", path)) else {
            return;
        };
        assert_eq!(seen.code, Some(0), "{level} {indicator}: {}\n{}", seen.stdout, seen.stderr);
        assert!(!seen.stdout.contains("skipped"), "{}", seen.stdout);
    }
}

#[test]
fn borders_and_values_tell_whether_they_belong_together() {
    let server = Server::demo();
    let of = |target: &str| {
        let answer = server.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        answer.plain()
    };
    let borders = of("/v1/gebiedsgrenzen/buurten?jaar=2024");
    let values = of("/v1/waarden/buurten?indicator=leefbaarheid&jaar=2024");
    assert_eq!((&borders[..5], &values[..5]), (&b"WKGR\x01"[..], &b"WKWA\x01"[..]));
    assert_eq!(order(&borders), order(&values));
    assert_eq!(count(&borders), count(&values));
    let detail = of("/v1/gebiedsgrenzen/buurten?jaar=2024&detail=volledig");
    assert_eq!(order(&detail), order(&borders), "whatever the detail");
    assert!(detail.len() > borders.len(), "{} and {}", detail.len(), borders.len());
    let before = of("/v1/gebiedsgrenzen/buurten?jaar=2018");
    assert_ne!(order(&before), order(&borders), "another division");
    let wijken = of("/v1/gebiedsgrenzen/wijken?jaar=2024");
    assert_ne!(order(&wijken), order(&borders), "another level");
}

#[test]
fn what_cannot_be_asked_is_told() {
    let server = Server::demo();
    for (target, code) in [
        ("/v1/gebiedsgrenzen/buurten?detail=heel-fijn", "ongeldig"),
        ("/v1/gebiedsgrenzen/buurten?jaar=1999", "onbekend"),
        ("/v1/gebiedsgrenzen/buurten?binnen=GM9998", "onbekend"),
        ("/v1/gebiedsgrenzen/buurten?bbox=4,52,5,53", "onbekend"),
        ("/v1/waarden/buurten", "ontbreekt"),
        ("/v1/waarden/buurten?indicator=inwoners&decimalen=12", "ongeldig"),
        ("/v1/waarden/buurten?indicator=inwoners&binnen=GM0014", "onbekend"),
        ("/v1/waarden/buurten?indicator=inwoners&jaar=1999", "onbekend"),
    ] {
        let problem = server.get(target).problem(400);
        assert_eq!(problem["errors"][0]["code"], code, "{target}: {problem}");
    }
    server.get("/v1/gebiedsgrenzen/straten").problem(404);
    server.get("/v1/waarden/straten?indicator=inwoners").problem(404);
}

/// What a page waits for; figures of `web/budgets.json` are of the page itself.
#[test]
fn they_are_small() {
    let Some(server) = Server::country() else { return };
    let bytes = |target: &str| {
        let answer = server.ask("GET", target, &[("Accept-Encoding", "br")]);
        assert_eq!(answer.status, 200, "{target}");
        answer.body.len()
    };
    let gemeente = bytes("/v1/gebiedsgrenzen/buurten?binnen=GM0363");
    assert!(gemeente <= 60_000, "{gemeente} bytes of one gemeente");
    let values = bytes("/v1/waarden/buurten?indicator=aandeel-65-plus&decimalen=0");
    assert!(values <= 20_000, "{values} bytes of values");
}
